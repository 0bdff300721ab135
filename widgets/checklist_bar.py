"""The bar over the questions: which of them are seen, and the line where answers from paper are typed by number."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QLineEdit

from widgets.choices import Segmented
from widgets.elided import Elided
from widgets.parts import restyle, row
from widgets.shown import set_tip

ALL, OPEN = "all", "open"
HOW = (
    "Type the number of a question to go there, or the number and the answer: 14 n, 14 y, 14 a and why it does not "
    "apply, 15 30/9/2027. Enter takes it."
)


class QuestionBar(QFrame):
    """`filtered` says that something else is to be seen; `typed` carries a line typed from paper."""

    filtered = Signal()
    typed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("part", "subbar")
        self.setFixedHeight(44)
        self._which = Segmented(((ALL, "All"), (OPEN, "Unanswered")), 118)
        self._which.setAccessibleName("Which questions are shown")
        self._which.set_value(ALL)
        self._which.chosen.connect(self._changed)
        self._hidden = QCheckBox()
        self._hidden.clicked.connect(self._changed)
        self.line = QLineEdit()
        self.line.setPlaceholderText("From paper: 14 n")
        self.line.setAccessibleName("Answer by number, from paper")
        set_tip(self.line, HOW)
        self.line.setFixedWidth(150)
        self.line.returnPressed.connect(self._entered)
        self._said = Elided("small")
        self.setLayout(row(self._which, self._hidden, None, self._said, self.line, margins=(24, 0, 14, 0)))

    @property
    def only_open(self) -> bool:
        """Whether only what is still to answer is to be seen."""
        return self._which.value() == OPEN

    @property
    def show_hidden(self) -> bool:
        """Whether what is not asked is to be seen too."""
        return self._hidden.isChecked() and not self.only_open

    def set_counts(self, hidden: int, *, read_only: bool) -> None:
        """How many questions are not asked; a read-only checklist takes no answers."""
        self._hidden.setText(f"Show {hidden} not asked")
        self._hidden.setVisible(hidden > 0)
        self.line.setVisible(not read_only)
        self._said.setVisible(not read_only)

    def clear(self) -> None:
        """Show all questions again, and nothing said or typed."""
        self._which.set_value(ALL)
        self._hidden.setChecked(False)
        self._hidden.setEnabled(True)
        self.say("")

    def say(self, words: str, *, wrong: bool = False) -> None:
        """Say what became of the line; one that was taken makes room for the next."""
        self._said.show_words(words)
        restyle(self._said, tone="red" if wrong else "")
        if wrong:
            self.line.selectAll()
        else:
            self.line.clear()

    def _changed(self) -> None:
        self._hidden.setEnabled(not self.only_open)
        self.filtered.emit()

    def _entered(self) -> None:
        if self.line.text().strip():
            self.typed.emit(self.line.text())
