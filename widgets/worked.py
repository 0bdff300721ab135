"""Values the program works out, in a sunken list: never editable, each with its reason a click away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout

from widgets.facts import RatingMark
from widgets.parts import col, link, row, text
from widgets.shown import set_tip
from widgets.why import WhyStep, WhyTree

LONG = 30  # characters beyond which a value has a line of its own


@dataclass(frozen=True, slots=True)
class WorkedValue:
    """A value with its reason. Without a sentence the reason is asked for when somebody wants it.

    `mark` draws a rating's shape before the value: green, amber, red or unrated; the value says its word.
    """

    key: str
    label: str
    value: str
    why: str = ""
    steps: Sequence[WhyStep] = ()
    mark: str = ""
    help: str = ""


class _Line(QFrame):
    """One value: its label, itself, and its reason under it once that was asked for."""

    pressed = Signal()

    def __init__(self, said: WorkedValue) -> None:
        super().__init__()
        self._tree: WhyTree | None = None
        self._value = text("", "medium", wrap=len(said.value) > LONG)
        self._value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.ask = link("Why?")
        self.ask.setAccessibleName(f"Why is {said.label} so?")
        self.ask.clicked.connect(self.pressed)
        label = text(said.label, "soft", wrap=True)
        set_tip(label, said.help)
        shape = [RatingMark(said.mark)] if said.mark else []
        if len(said.value) > LONG:
            first = row(label, self.ask, gap=10, margins=(0, 2, 0, 0))
            self._down = col(first, row(*shape, self._value, gap=7, margins=(0, 0, 0, 2)), gap=0)
        else:
            across = row(label, row(*shape, self._value, gap=7), self.ask, gap=10, margins=(0, 2, 0, 2))
            self._down = col(across, gap=0)
        self.setLayout(self._down)
        self.show_value(said)

    def show_value(self, said: WorkedValue) -> None:
        """Show another value of the same length and shape."""
        words = said.value or "Not known"
        self._value.setText(words)
        self._value.setAccessibleName(f"{said.label}: {words if said.value else 'not known'}")

    def show_why(self, words: str, steps: Sequence[WhyStep]) -> None:
        """Unfold the reason."""
        if self._tree is None:
            self._tree = WhyTree()
            self._tree.setContentsMargins(0, 0, 0, 8)
            self._down.addWidget(self._tree)
        self._tree.show_why(words, steps)
        self._tree.show()
        self.ask.setText("Hide")

    def why(self) -> str:
        """The reason that is unfolded, or nothing."""
        return self._tree.words() if self._tree is not None and not self._tree.isHidden() else ""

    def fold(self) -> None:
        """Fold the reason away."""
        if self._tree is not None:
            self._tree.hide()
        self.ask.setText("Why?")


class WorkedList(QFrame):
    """The values, with the reasons that were unfolded kept up to date."""

    why_asked = Signal(str)  # the key of a value without a sentence; answer with show_why

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("part", "inset")
        self._said: dict[str, WorkedValue] = {}
        self._lines: dict[str, _Line] = {}
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(10, 6, 10, 6)
        self._down.setSpacing(0)

    def show_values(self, values: Sequence[WorkedValue], *, afresh: bool = True) -> None:
        """Show the values; unfolded reasons fold away when they are of something else, and are renewed otherwise."""
        unfolded = [] if afresh else [key for key, line in self._lines.items() if line.why()]
        if [_shape(v) for v in values] != [_shape(v) for v in self._said.values()]:
            self._rebuild(values)
        self._said = {v.key: v for v in values}
        for key, said in self._said.items():
            line = self._lines[key]
            line.show_value(said)
            if key in unfolded:
                self._unfold(key)
            elif line.why():
                line.fold()

    def _rebuild(self, values: Sequence[WorkedValue]) -> None:
        for gone in self._lines.values():
            self._down.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        self._lines = {v.key: _Line(v) for v in values}
        for key, line in self._lines.items():
            line.pressed.connect(partial(self._asked, key))
            self._down.addWidget(line)

    def show_why(self, key: str, words: str, steps: Sequence[WhyStep] = ()) -> None:
        """Unfold the reason for a value."""
        self._lines[key].show_why(words, steps)

    def why(self, key: str) -> str:
        """The reason that is unfolded, or nothing."""
        return self._lines[key].why()

    def link_of(self, key: str) -> QPushButton:
        """The link that asks for a reason, or hides it."""
        return self._lines[key].ask

    def _asked(self, key: str) -> None:
        if self._lines[key].why():
            self._lines[key].fold()
        else:
            self._unfold(key)

    def _unfold(self, key: str) -> None:
        said = self._said[key]
        if said.why:
            self._lines[key].show_why(said.why, said.steps)
        else:
            self.why_asked.emit(key)


def _shape(said: WorkedValue) -> tuple[str, str, str, bool]:
    """What a line is built for; a value that differs in it needs another line."""
    return said.key, said.label, said.mark, len(said.value) > LONG
