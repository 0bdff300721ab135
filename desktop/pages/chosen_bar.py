"""The bar under a list while several rows are chosen: how many, what they come to, and what can be done with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QItemSelectionModel, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame

from widgets.elided import Elided
from widgets.parts import button, row
from widgets.shown import escaped, set_tip
from widgets.table_view import RecordView
from widgets.theme import SUBBAR

SEVERAL = 2
NARROW = 900  # below this the short words are said


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is said of the chosen rows: in full, where there is little room, and how many they are."""

    words: str
    brief: str
    many: str


Say = Callable[[Sequence[int]], Chosen]


class ChosenBar(QFrame):
    """Shows itself while at least two rows are chosen. It stands below, so that no row moves under the pointer."""

    asked = Signal(str)  # the key of a command to run on them

    def __init__(self, view: RecordView, say: Say, *, may_change: bool, may_bin: bool) -> None:
        super().__init__()
        self.setProperty("part", "subbar")
        self.setFixedHeight(SUBBAR)
        self._view, self._say = view, say
        self._words = Elided("medium")
        self._chosen = Chosen("", "", "")
        self._change = button("", "", "sliders-horizontal")
        self._change.setVisible(may_change)
        away = button("Move to the bin", "quiet", "trash")
        away.setVisible(may_bin)
        none = button("Choose none", "quiet", "x")
        self.setLayout(row(self._words, None, self._change, away, none, margins=(24, 0, 8, 0)))
        self._change.clicked.connect(self._ask_change)
        away.clicked.connect(self._ask_bin)
        none.clicked.connect(self.choose_none)
        self._soon = QTimer(
            self, singleShot=True, interval=0
        )  # once for a key held down, and after rows moved
        self._soon.timeout.connect(self.show_chosen)
        view.selection_changed.connect(self._soon.start)
        view.model().modelReset.connect(self._soon.start)
        self.hide()

    def show_chosen(self) -> None:
        """Say what is chosen now."""
        self._soon.stop()
        ids = self._view.selected_ids()
        self.setVisible(len(ids) >= SEVERAL and not self._view.isHidden())
        if len(ids) >= SEVERAL:
            self._chosen = self._say(ids)
            self._change.setText(escaped(f"Change {self._chosen.many}…"))
            self._change.setAccessibleName(f"Change {self._chosen.many}")
            self._settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Short words where there is little room; the whole of them is on the tip."""
        super().resizeEvent(event)
        self._settle()

    def _settle(self) -> None:
        self._words.show_words(self._chosen.brief if self.width() < NARROW else self._chosen.words)
        set_tip(self._words, self._chosen.words)

    def choose_none(self, _checked: bool = False) -> None:
        """Leave only the current row chosen."""
        index = self._view.currentIndex()
        flags = QItemSelectionModel.SelectionFlag
        self._view.selectionModel().select(index, flags.ClearAndSelect | flags.Rows)
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_change(self, _checked: bool = False) -> None:
        self.asked.emit("edit.many")

    def _ask_bin(self, _checked: bool = False) -> None:
        self.asked.emit("edit.bin")
