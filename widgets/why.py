"""Why a worked-out value is what it is: the sentence, and under it the steps it rests on with their sources."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from widgets.parts import Item, Words, breakable, col, link, panel, row, scroll, text

INDENT = 12  # of the steps under what rests on them
SELECTED = Qt.TextInteractionFlag.TextSelectableByMouse


class WhyStep(Protocol):
    """One step: what was taken, where that is laid down, and what it rests on itself."""

    @property
    def words(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def rests_on(self) -> Sequence[WhyStep]: ...


def why_text(words: str, steps: Sequence[WhyStep], depth: int = 0) -> str:
    """The sentence and its steps as plain text, a line each, for copying and for screen readers."""
    lines = [words] if words else []
    for step in steps:
        source = f" ({step.source})" if step.source else ""
        lines.append(f"{'  ' * depth}- {step.words}{source}")
        if step.rests_on:
            lines.append(why_text("", step.rests_on, depth + 1))
    return "\n".join(lines)


class WhyTree(QFrame):
    """The sentence first, then its steps, each further in than what rests on it; all of it can be copied."""

    def __init__(self) -> None:
        super().__init__()
        self._sentence, self._steps = "", tuple[WhyStep, ...]()
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._held: QWidget | None = None

    def show_why(self, words: str, steps: Sequence[WhyStep] = ()) -> None:
        """Show a reason."""
        if self._held is not None and (words, tuple(steps)) == (self._sentence, self._steps):
            return
        self._sentence, self._steps = words, tuple(steps)
        self.setAccessibleName(words)
        self.setAccessibleDescription(why_text("", steps))
        items: list[Item] = [_words(words, "soft")]
        if steps:
            copy = link("Copy", "copy")
            copy.setAccessibleName("Copy this reason")
            copy.clicked.connect(self.copy)
            items += [_tree(steps), row(copy, None)]
        held = panel(col(*items, gap=6))
        if self._held is not None:
            self._down.removeWidget(self._held)
            self._held.hide()
            self._held.deleteLater()
        self._held = held
        self._down.addWidget(held)

    def words(self) -> str:
        """The sentence."""
        return self._sentence

    def whole(self) -> str:
        """The sentence and its steps as plain text."""
        return why_text(self._sentence, self._steps)

    def copy(self, _checked: bool = False) -> None:
        """Put all of it on the clipboard."""
        QGuiApplication.clipboard().setText(self.whole())


def _words(words: str, role: str = "") -> Words:
    made = text(breakable(words), role, wrap=True)
    made.setTextInteractionFlags(SELECTED)
    return made


def _tree(steps: Sequence[WhyStep]) -> QFrame:
    """Steps beside a line that holds them together."""
    items: list[Item] = []
    for step in steps:
        said: list[Item] = [_words(step.words)]
        said += [_words(step.source, "small")] if step.source else []
        said += [4, _tree(step.rests_on)] if step.rests_on else []
        items.append(col(*said, gap=0))
    return panel(col(*items, gap=6, margins=(INDENT, 0, 0, 0)), "quote")


class WhyBox(QFrame):
    """A reason in a sunken box that can be hidden; a long one scrolls, so that it never takes the panel over."""

    hidden = Signal()

    MOST = 240  # pixels of height

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("part", "inset")
        self.tree = WhyTree()
        self._area: QScrollArea = scroll(col(self.tree, None), "inset")
        self.tree.installEventFilter(self)
        hide = link("Hide")
        hide.setAccessibleName("Hide this reason")
        hide.clicked.connect(self._hide)
        across = row(gap=8, margins=(10, 8, 10, 8))
        across.addWidget(self._area, 1)
        across.addWidget(hide, 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(across)

    def show_why(self, words: str, steps: Sequence[WhyStep] = ()) -> None:
        """Show a reason."""
        self.tree.show_why(words, steps)
        self._fit()

    def _hide(self, _checked: bool = False) -> None:
        self.hidden.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._fit()  # its words know their height once they know their width
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._area.minimumHeight() + 16)

    def _fit(self) -> None:
        self._area.setFixedHeight(min(self.tree.minimumSizeHint().height(), self.MOST))
