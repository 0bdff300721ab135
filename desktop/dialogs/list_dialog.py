"""A dialog around a short list that is drawn again whenever the file changes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLayout, QVBoxLayout, QWidget

from desktop.session import Session
from storage.engine.steps import Changes
from widgets.parts import Item, button, col, line, row, scroll, text
from widgets.shown import set_title


class ListDialog(QDialog):
    """Title, a sentence, rows with a hairline under each, and Close."""

    none = "Nothing yet."  # said when there are no rows

    def __init__(self, parent: QWidget, session: Session, title: str, words: str, *foot: Item) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        set_title(self, title)
        self.setMinimumSize(600, 440)
        self.session = session
        self._held: QWidget | None = None
        close = button("Close", "primary")
        close.clicked.connect(self.accept)
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 16, 0, 16)
        self._down.addLayout(
            col(text(title, "title"), text(words, "soft", wrap=True), margins=(24, 0, 24, 8))
        )
        self._down.addLayout(row(*foot, None, close, margins=(24, 8, 24, 0)))
        session.changed.connect(self._changed)
        self.draw()

    def rows(self) -> Sequence[QLayout]:
        """The rows as they are now."""
        return ()

    def _changed(self, _changes: Changes) -> None:
        self.draw()

    def draw(self) -> None:
        """Draw the rows again."""
        down = col(gap=6, margins=(24, 4, 24, 8))
        rows = self.rows()
        for each in rows:
            down.addLayout(each)
            down.addWidget(line())
        if not rows:
            down.addWidget(text(self.none, "soft", wrap=True))
        down.addStretch(1)
        area = scroll(down)
        if self._held is not None:
            self._down.removeWidget(self._held)
            self._held.hide()
            self._held.deleteLater()
        self._held = area
        self._down.insertWidget(1, area, 1)


def list_row(name: str, note: str, *presses: QWidget) -> QLayout:
    """A name over a quieter note, and what can be done with it at the right."""
    across = row(gap=12)
    across.addLayout(col(text(name, "medium", wrap=True), text(note, "small", wrap=True), gap=0), 1)
    for press in presses:
        across.addWidget(press)
    return across
