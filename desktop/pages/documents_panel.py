"""The documents of a record: attached by a button or by dropping files, opened as copies, never run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from storage.desk.files.attachments import LARGEST_MB
from storage.desk.files.document_kinds import is_opened, is_program
from storage.engine.values import show_day
from storage.records.documents import Document
from widgets.elided import elided_link
from widgets.icons import IconLabel
from widgets.parts import Item, breakable, button, col, line, panel, restyle, row, scroll, text
from widgets.shown import escaped

LEAST, EDGES = 180, 150  # pixels for a name at least, and beside it
WORDS = f"Copies are kept in a folder beside this file, up to {LARGEST_MB} MB each. You can drop files here."
READ_ONLY_WORDS = "This file is open to read only: documents can be opened and copied."
ICONS = {
    "pdf": "file-pdf", "csv": "file-csv", "tsv": "file-csv", "xls": "file-xls", "xlsx": "file-xls", "ods": "file-xls",
    "doc": "file-text", "docx": "file-text", "odt": "file-text", "rtf": "file-text", "txt": "file-text",
    "md": "file-text",
}  # fmt: skip
OPEN, COPY, FOLDER, RENAME, REMOVE = "open", "copy", "folder", "rename", "remove"


class DocumentsPanel(QFrame):
    """A row for each document; drawn again whenever they change, since they are few."""

    attach_asked = Signal()
    link_asked = Signal()
    dropped = Signal(list)  # paths, as text
    asked = Signal(str, int)  # what to do (open, copy, folder, rename, remove) with which document

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Documents")
        self._read_only = False
        self._shown: tuple[Document, ...] = ()
        self._held: QWidget | None = None
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 0, 0, 0)

    def show_documents(self, documents: Sequence[Document], *, read_only: bool) -> None:
        """Show these documents."""
        self._shown, self._read_only = tuple(documents), read_only
        self.setAcceptDrops(not read_only)
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._draw()  # names are cut to the room there is

    def _draw(self) -> None:
        down = col(self._head(), gap=12, margins=(24, 14, 16, 16))
        if not self._shown:
            down.addWidget(self._none())
        for document in self._shown:
            down.addLayout(self._row(document))
            down.addWidget(line())
        down.addStretch(1)
        area = scroll(down, "surface")
        if self._held is not None:
            self._down.removeWidget(self._held)
            self._held.hide()
            self._held.deleteLater()
        self._held = area
        self._down.addWidget(area)

    def _head(self) -> QWidget:
        presses: list[Item] = []
        for words, icon_name, asked in (
            ("Attach a file…", "paperclip", self.attach_asked),
            ("Add a link…", "link-simple", self.link_asked),
        ):
            press = button(words, icon_name=icon_name)
            press.clicked.connect(partial(_emit, asked.emit))
            presses.append(press)
        if self._read_only:
            return text(READ_ONLY_WORDS, "soft", wrap=True)
        return _held(col(row(*presses, None), text(WORDS, "soft", wrap=True), gap=8))

    def _none(self) -> QWidget:
        words = text("No documents yet", "strong")
        hint = text(
            "The signed contract, variations, letters: drop them here, or attach them.", "soft", wrap=True
        )
        for each in (words, hint):
            each.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        return panel(col(words, hint, gap=4, margins=(24, 28, 24, 28)), "drop")

    def _row(self, document: Document) -> QHBoxLayout:
        name = self._name(document)
        words = col(name, text(breakable(note_of(document)), "small", wrap=True), gap=0)
        icon_name = "link-simple" if not document.stored else ICONS.get(document.ending, "paperclip")
        across = row(gap=10)
        across.addWidget(IconLabel(icon_name, size=18), 0, Qt.AlignmentFlag.AlignTop)
        across.addLayout(words, 1)
        more = button("More", "link", "caret-down", colour="accent")
        more.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the caret after the word
        more.clicked.connect(partial(self._offer, document, more))
        more.setAccessibleName(f"What can be done with {document.name}")
        across.addWidget(more, 0, Qt.AlignmentFlag.AlignTop)
        return across

    def _name(self, document: Document) -> QWidget:
        """A link where it can be opened; of anything else the name, and the line under it says why."""
        if not can_open(document):
            return text(breakable(document.name), "medium", wrap=True)
        press = elided_link(document.name, max(LEAST, self.width() - EDGES))
        press.clicked.connect(partial(self._ask, OPEN, document.key))
        return press

    def _offer(self, document: Document, under: QPushButton, _checked: bool = False) -> None:
        menu = self._menu(document)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(under.mapToGlobal(under.rect().bottomLeft()))

    def _menu(self, document: Document) -> QMenu:
        offered = [(OPEN, "Open")] if can_open(document) else []
        offered += [(COPY, "Save a copy…"), (FOLDER, "Show in folder")] if document.stored else []
        offered += [] if self._read_only else [(RENAME, "Rename…"), (REMOVE, "Remove")]
        menu = QMenu(self)
        for key, words in offered:
            menu.addAction(escaped(words)).triggered.connect(partial(self._ask, key, document.key))
        return menu

    def _ask(self, key: str, number: int, _checked: bool = False) -> None:
        self.asked.emit(key, number)

    # ---- files dropped on it

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if files_of(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)  # never a move: the file stays where it is
            event.accept()
            restyle(self, part="drop")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        restyle(self, part="")
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        restyle(self, part="")
        if files := files_of(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.dropped.emit(files)


def files_of(mime: QMimeData) -> list[str]:
    """The paths of files that are being dragged."""
    return [url.toLocalFile() for url in mime.urls() if url.isLocalFile()]


def can_open(document: Document) -> bool:
    """Whether it may be opened: an address, or a copy of a kind that runs nothing."""
    return is_opened(document.ending) if document.stored else bool(document.address)


def note_of(document: Document) -> str:
    """The quiet line under a document: what it is, how large, since when, and why it is not opened."""
    if not document.stored:
        return " · ".join(w for w in (document.address or "No address", _added("linked", document)) if w)
    kind = document.ending.upper() or "No type"
    note = " · ".join(w for w in (kind, size_words(document.size or 0), _added("attached", document)) if w)
    if is_program(document.ending):
        return f"{note}. It could run something, so it is never opened from here."
    return note if can_open(document) else f"{note}. Save a copy to open it."


def _added(word: str, document: Document) -> str:
    return f"{word} {show_day(document.added_on)}" if document.added_on else ""


def size_words(size: int) -> str:
    """`12 KB`, `1.4 MB`."""
    return f"{size / 1024 / 1024:.1f} MB" if size >= 1024 * 1024 else f"{max(1, round(size / 1024)):,} KB"


def _held(layout: QLayout) -> QWidget:
    holder = QWidget()
    holder.setLayout(layout)
    return holder


def _emit(emit: Callable[[], None], _checked: bool = False) -> None:
    emit()
