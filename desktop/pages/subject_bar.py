"""The bar above an opened record: what it is about, a few quiet facts, its state, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from widgets.elided import Elided
from widgets.parts import pill, restyle

HEIGHT = 48


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
