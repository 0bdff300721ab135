"""After the window is shown: brings in, a little at a time, what pages and commands need when they are first used."""

from __future__ import annotations

import sys
from importlib import import_module

from PySide6.QtCore import QObject, QTimer

from desktop.window import MainWindow

BETWEEN = 60  # ms between two modules, in which keys and clicks have their turn
# Smaller ones first where a large one needs them, so that no single one holds the window up.
MODULES = (
    "desktop.pages.simple_pages",
    "desktop.pages.contract.term_drawing",
    "markdown_it.tree",
    "storage.text.reading",
    "storage.exchange.paper.papers",
    "widgets.prose",
    "desktop.formatted",
    "widgets.preview",
    "storage.desk.specifications",
    "desktop.pages.specification_view",
    "desktop.pages.specifications",
    "storage.checklists.template",
    "widgets.checklist_card",
    "widgets.checklist",
    "storage.desk.runs",
    "desktop.pages.checklist_run",
    "desktop.pages.checklists",
    "desktop.pages.money.page",
    "storage.exchange.workbooks.columns",
    "storage.exchange.importing.headings",
    "storage.exchange.tables.tabular",
    "storage.exchange.importing.register_import",
    "desktop.dialogs.import_register",
)


class Warming(QObject):
    """Imports the modules one after another until all are there or the window closes."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._left = [name for name in MODULES if name not in sys.modules]
        self._timer = QTimer(self, interval=BETWEEN)
        self._timer.timeout.connect(self._next)
        window.closing.connect(self._timer.stop)
        self._timer.start()

    @property
    def running(self) -> bool:
        """True while there is something left to bring in."""
        return self._timer.isActive()

    def _next(self) -> None:
        if self._left:
            import_module(self._left.pop(0))
        else:
            self._timer.stop()
