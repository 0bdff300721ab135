"""After the window is shown: brings in, a little at a time, what pages and commands need when they are first used."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module

from PySide6.QtCore import QObject, QTimer

from desktop.window import MainWindow

BETWEEN = 40  # ms between two of them, in which keys and clicks have their turn
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
    "storage.desk.specification.specifications",
    "desktop.pages.specification_view",
    "desktop.pages.specifications",
    "storage.checklists.template",
    "widgets.checklist_card",
    "widgets.checklist",
    "storage.desk.checklists.runs",
    "desktop.pages.checklist_run",
    "desktop.pages.checklists",
    "desktop.pages.money.page",
    "desktop.pages.put_right",
    "desktop.pages.forward",
    "desktop.pages.contract_timeline",
    "desktop.pages.since_meeting",
    "storage.exchange.workbooks.columns",
    "storage.exchange.importing.headings",
    "storage.exchange.tables.tabular",
    "storage.exchange.importing.register_import",
    "desktop.dialogs.import_register",
    "desktop.pages.contract_documents",
    "desktop.pages.contract_page",
    "desktop.dialogs.bulk",
    "desktop.dialogs.new_year",
    "desktop.dialogs.settings",
    "desktop.pages.compare",
    "desktop.pages.templates.page",
    "desktop.pages.check",
    "desktop.pages.safety",
    "desktop.meeting_exports",
    "storage.exchange.workbooks.register",
)


class Warming(QObject):
    """Imports the modules and reads the templates one after another, until all are there or the window closes."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._left = _pieces()
        self._timer = QTimer(self, interval=BETWEEN)
        self._timer.timeout.connect(self._next)
        window.closing.connect(self._timer.stop)
        self._timer.start()

    @property
    def running(self) -> bool:
        """True while there is something left to bring in."""
        return self._timer.isActive()

    def _next(self) -> None:
        piece = next(self._left, None)
        if piece is not None:
            piece()
        else:
            self._timer.stop()


def _pieces() -> Iterator[Callable[[], object]]:
    for name in MODULES:
        if name not in sys.modules:
            yield partial(import_module, name)
    from storage.checklists.template import shipped_ids, shipped_one

    for template in shipped_ids():
        yield partial(shipped_one, template)
