"""A page with nothing in it yet: what belongs there, and what to do first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from widgets.icons import IconLabel
from widgets.parts import button, col, panel, row, text

WIDTH = 640


@dataclass(frozen=True, slots=True)
class FirstAction:
    """Something to begin with; the first of several is the one recommended."""

    icon: str
    title: str
    line: str
    button: str
    key: str


def action_card(action: FirstAction, first: bool, choose: Callable[[str], object]) -> QFrame:
    """One thing that can be done, with its button; `choose` is told its key, and the first stands out."""
    press = button(action.button, "primary" if first else "")
    press.setAccessibleDescription(f"{action.title}. {action.line}")
    press.clicked.connect(partial(_chosen, choose, action.key))
    words = col(text(action.title, "strong"), text(action.line, "soft", wrap=True), gap=2)
    across = row(IconLabel(action.icon, "accent", 22), gap=14, margins=(16, 14, 16, 14))
    across.addLayout(words, 1)
    across.addWidget(press, 0, Qt.AlignmentFlag.AlignVCenter)
    return panel(across, "card")


def _chosen(choose: Callable[[str], object], key: str, _checked: bool = False) -> None:
    choose(key)


class EmptyPage(QWidget):
    """Words and up to three first actions, aligned left, in the middle of the page."""

    chosen = Signal(str)  # the key of an action

    def __init__(
        self,
        title: str,
        words: str,
        actions: Sequence[FirstAction],
        icon_name: str = "file-text",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        tile = panel(row(IconLabel(icon_name, "accent", 26), margins=11), "tile", width=48, height=48)
        cards = [action_card(action, place == 0, self.chosen.emit) for place, action in enumerate(actions)]
        heading = text(title, "title")
        said = text(words, "soft", wrap=True)
        middle = panel(col(row(tile, None), 10, heading, said, 12, *cards, gap=8))
        middle.setMaximumWidth(WIDTH)
        middle.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        across = row(margins=(24, 24, 24, 24))
        across.addStretch(1)
        across.addWidget(middle, 100)
        across.addStretch(1)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addStretch(1)
        down.addLayout(across)
        down.addStretch(2)
