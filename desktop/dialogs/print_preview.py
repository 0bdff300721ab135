"""Shows a page as it will print, and sends it to a printer or into a PDF; screen, paper and file are the same pages."""

from __future__ import annotations

from collections.abc import Callable, Generator
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QWidget

from desktop.background import Background
from desktop.dialogs.paper_ways import PaperWays
from desktop.session import Session
from storage.engine.errors import StorageError
from storage.engine.steps import Progress
from storage.exchange.files_out import safe_name
from storage.exchange.paper.papers import Paper
from widgets.parts import col
from widgets.preview import PagePreview
from widgets.shown import escaped, set_title

WIDE, HIGH = 1000, 900


class PrintPreview(QDialog):
    """A large dialog around the preview. The pages are made once it is seen."""

    def __init__(self, parent: QWidget, session: Session, make: Callable[[], Paper], file_name: str) -> None:
        super().__init__(parent)
        self._session, self._make = session, make
        self._wanted: Paper | None = None
        self.preview = PagePreview()
        self.ways = PaperWays(self, session, self.preview)
        self.ways.file_name = file_name
        set_title(self, "Print preview")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setLayout(col(self.preview, gap=0))
        room = parent.window().size()
        self.resize(min(WIDE, max(640, room.width() - 80)), min(HIGH, max(480, room.height() - 60)))
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._lay_out)

    def showEvent(self, event: QShowEvent) -> None:
        """Lay the pages out after the dialog is there."""
        super().showEvent(event)
        if self.ways.paper is None:
            self._soon.start()

    def save(self, path: str) -> None:
        """Write the PDF."""
        self.ways.save(path)

    def offer(self, words: str, make: Callable[[], Paper]) -> None:
        """Offer another form of the same pages, made when its box is ticked."""
        plain, box = self._make, QCheckBox(escaped(words))
        box.toggled.connect(lambda ticked: self._make_with(make if ticked else plain))
        self.preview.add_tool(box)

    def _make_with(self, make: Callable[[], Paper]) -> None:
        self._make = make
        self._soon.start()

    def _lay_out(self) -> None:
        """Gather what is printed, and have a worker make pages of it: many pages take seconds."""
        try:
            paper = self._wanted = self._make()
            self.preview.prepare()
            work = Background(None, partial(pages_of, paper))
            work.finished.connect(self._show_pages)
            work.failed.connect(self._not_made)
            work.start()
        except StorageError as error:
            self._not_made(str(error))

    def _show_pages(self, made: tuple[Paper, list[str]]) -> None:
        paper, pages = made
        if paper is not self._wanted:  # another form was asked for meanwhile
            return
        self.preview.set_pages(pages)
        self.ways.paper = paper
        set_title(self, f"Print preview – {paper.document_title}")

    def _not_made(self, words: str) -> None:
        self._session.failed.emit(words)
        self.reject()


def pages_of(paper: Paper, _nowhere: Path) -> Generator[Progress, None, object]:
    """A paper with its pages, as pictures; for a thread of its own."""
    from storage.exchange.paper.printing import svg_pages

    yield Progress(0, 1, "Preparing pages")
    return paper, svg_pages(paper)


def open_preview(
    parent: QWidget, session: Session, make: Callable[[], Paper], file_name: str
) -> PrintPreview:
    """Show a paper before it is printed or saved; `make` is called once the dialog is there."""
    dialog = PrintPreview(parent, session, make, safe_name(file_name, ".pdf", "Printed"))
    dialog.open()
    return dialog
