"""One line of words that ends in an ellipsis when there is no room: as a label, a link, a button with a menu."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QSizePolicy

from widgets.parts import Words, link
from widgets.shown import escaped, set_tip

LEAST = 60  # pixels a shortened line keeps
MENU_MOST = 240  # pixels of the words of a button with a menu


class Elided(Words):
    """One line of words that ends in an ellipsis when there is no room; the whole of it is on the tool tip."""

    def __init__(self, role: str) -> None:
        super().__init__()
        self._whole = ""
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_words(self, words: str) -> None:
        """Show other words."""
        self._whole = words
        self.setAccessibleName(words)
        if self.parentWidget() is not None:  # on its own it would be shown as a window
            self.setVisible(bool(words))
        self._fit()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self._whole) + 4, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(min(LEAST, self.sizeHint().width()), super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width()
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        QLabel.setText(self, shown)
        set_tip(self, self._whole if shown != self._whole else "")


def elided_link(words: str, room: int) -> QPushButton:
    """A link no wider than so many pixels; the whole of its words is on the tool tip and for screen readers."""
    made = link(words)
    shown = made.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)
    if shown != words:
        made.setText(escaped(shown))
        set_tip(made, words)
    return made


class ElidedMenuButton(QPushButton):
    """A button with a menu that is as wide as its words, up to a limit; where they are cut, the tip has them whole."""

    def __init__(self, menu: QMenu) -> None:
        super().__init__()
        self._name, self._note = "", ""
        self.setProperty("menu", True)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        menu.setParent(self, menu.windowFlags())
        self.setMenu(menu)

    def show_words(self, name: str, note: str = "") -> None:
        """Show a name, and after it a note that is never cut."""
        self._name, self._note = name, note
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Another font has other widths."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        end = f" · {self._note}" if self._note else ""
        shown = self.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideRight, MENU_MOST)
        self.setText(escaped(shown + end))
        set_tip(self, self._name + end if shown != self._name else "")
