"""What a record is linked to, in groups: each a link to walk, to add to, to take away from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.pages.page import Place
from widgets.elided import elided_link
from widgets.parts import button, col, line, link, row, scroll, text
from widgets.shown import set_tip

LEAST, EDGES = 200, 120  # pixels for a name at least, and beside it


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One linked record: its words, a quieter word beside them, where it leads, and its link’s id."""

    words: str
    note: str
    place: Place | None
    link_id: int = 0  # 0: cannot be taken away here


@dataclass(frozen=True, slots=True)
class LinkGroup:
    """Linked records of one sort."""

    key: str
    title: str
    rows: tuple[LinkRow, ...]
    add: str = ""  # the words of the button that adds one
    none: str = "None yet"


class LinksPanel(QWidget):
    """Groups of links; rebuilt whenever they change, since they are few."""

    go = Signal(object)  # Place
    add = Signal(str)  # the key of a group
    remove = Signal(str, int)  # the key of a group and the id of a link

    def __init__(self) -> None:
        super().__init__()
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._held: QWidget | None = None

    def show_groups(self, groups: Sequence[LinkGroup], *, read_only: bool) -> None:
        """Show these groups."""
        down = col(gap=14, margins=(24, 14, 16, 16))
        for group in groups:
            down.addLayout(self._group(group, read_only))
        down.addStretch(1)
        area = scroll(down, "surface")
        if self._held is not None:
            self._down.removeWidget(self._held)
            self._held.hide()
            self._held.deleteLater()
        self._held = area
        self._down.addWidget(area)

    def _group(self, group: LinkGroup, read_only: bool) -> QVBoxLayout:
        head = row(text(group.title, "strong"), None)
        if group.add and not read_only:
            press = link(group.add, "plus")
            press.clicked.connect(partial(self._add, group.key))
            head.addWidget(press)
        down = col(head, gap=6)
        if not group.rows:
            down.addWidget(text(group.none, "soft"))
        for each in group.rows:
            down.addLayout(self._row(group.key, each, read_only))
        down.addSpacing(6)
        down.addWidget(line())
        return down

    def _row(self, key: str, each: LinkRow, read_only: bool) -> QHBoxLayout:
        name: QWidget = text(each.words, wrap=True)
        if each.place:
            press = elided_link(each.words, max(LEAST, self.width() - EDGES))
            press.clicked.connect(partial(self._go, each.place))
            name = press
        words = col(name, gap=0)
        if each.note:
            words.addWidget(text(each.note, "small", wrap=True))
        across = row(gap=10)
        across.addLayout(words, 1)
        if each.link_id and not read_only:
            cross = button("", "quiet", "x")
            cross.setAccessibleName(f"Unlink {each.words}")
            set_tip(cross, "Take this link away")
            cross.clicked.connect(partial(self._remove, key, each.link_id))
            across.addWidget(cross, 0, Qt.AlignmentFlag.AlignTop)
        return across

    def _go(self, place: Place, _checked: bool = False) -> None:
        self.go.emit(place)

    def _add(self, key: str, _checked: bool = False) -> None:
        self.add.emit(key)

    def _remove(self, key: str, number: int, _checked: bool = False) -> None:
        self.remove.emit(key, number)
