"""The bar above an opened record: what it is about, a few quiet facts, its state, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from widgets.parts import Words, pill, restyle

HEIGHT = 48
LEAST = 60  # pixels a shortened line keeps


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
        self.setToolTip(self._whole if shown != self._whole else "")


class SubjectBar(QFrame):
    """Name, facts, state pill, and controls at the right."""

    def __init__(self, *controls: QWidget) -> None:
        super().__init__()
        self.setProperty("part", "subbar")
        self.setFixedHeight(HEIGHT)
        self._name, self._facts = Elided("strong"), Elided("soft")
        self._state, self._note = pill(""), Elided("soft")
        across = QHBoxLayout(self)
        across.setContentsMargins(24, 0, 24, 0)
        across.setSpacing(12)
        for item in (self._name, self._facts, self._state, self._note):
            across.addWidget(item)
        across.addStretch(1)
        for control in controls:
            across.addWidget(control)

    def show_subject(self, name: str, facts: Sequence[str], state: tuple[str, str], note: str = "") -> None:
        """Show a subject; `state` is the words of the pill and their tone, `note` stands after it."""
        self._name.show_words(name)
        self._facts.show_words(" · ".join(f for f in facts if f))
        words, tone = state
        self._state.setText(words)
        self._state.setVisible(bool(words))
        restyle(self._state, tone=tone)
        self._note.show_words(note)
