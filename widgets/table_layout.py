"""Widths, order and folding of a big table's columns, as the user set them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from PySide6.QtCore import QObject, QTimer, Signal

from widgets.table_header import LEAST, SortHeader
from widgets.table_model import Column, RecordTable
from widgets.table_painter import FoldPlan

_MAIN_LEAST = 160  # of a stretching column when no plan says more
_SETTLE = 300  # ms after the last drag before the layout is told


class TableLayout(QObject):
    """Fits the columns to the room there is; remembers what the user dragged, folded and not folded apart."""

    changed = Signal(dict)  # the layout, a moment after the user changed it
    fold_changed = Signal(bool)

    def __init__(
        self, header: SortHeader, table: RecordTable, plan: FoldPlan | None, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._header, self._table, self._plan = header, table, plan
        self._room = 0
        self._busy = False
        self._order: list[str] = []
        self._widths: dict[bool, dict[str, int]] = {False: {}, True: {}}
        self._ends = (-1, -1)  # first and last visible; painters ask for every cell
        self.folded = False
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE)
        self._settle.timeout.connect(self._tell)
        header.sectionResized.connect(self._resized)
        header.sectionMoved.connect(self._moved)
        header.nudged.connect(self._nudged)

    # ------------------------------------------------------------------ for the table
    def fit(self, room: int) -> None:
        """Lay the columns out in so many pixels: fold or not, fixed widths first, the rest to one column."""
        self._room = room
        if room <= 0 or self._header.count() != len(self._table.columns):
            return
        self._busy, before = True, self.folded
        try:
            self._fold(self._should_fold())
            self._place()
            for logical, width in enumerate(self._fitted()):
                if width and self._header.sectionSize(logical) != width:
                    self._header.resizeSection(logical, width)
        finally:
            self._busy = False
        seen = self._seen()
        self._ends = (seen[0], seen[-1]) if seen else (-1, -1)
        if self.folded != before:  # told once all is in its place
            self.fold_changed.emit(self.folded)

    def visible(self) -> list[Column]:
        """The columns in the order they are seen, folded ones left out."""
        return [self._table.columns[logical] for logical in self._seen()]

    def in_order(self) -> list[Column]:
        """Every chosen column in its order, folded ones too."""
        header = self._header
        return [self._table.columns[header.logicalIndex(place)] for place in range(header.count())]

    def first(self) -> int:
        """The leftmost visible column, or -1."""
        return self._ends[0]

    def last(self) -> int:
        """The rightmost visible column, or -1."""
        return self._ends[1]

    # ------------------------------------------------------------------ to keep and to bring back
    def state(self) -> dict[str, object]:
        """What the user set, in plain values that go into JSON."""
        return {
            "order": list(self._order),
            "widths": dict(self._widths[False]),
            "folded": dict(self._widths[True]),
        }

    def restore(self, state: Mapping[str, object]) -> None:
        """Bring back a layout; what is not understood is left out, and {} is the layout from the start."""
        order = state.get("order")
        self._order = [n for n in order if isinstance(n, str)] if isinstance(order, list) else []
        self._widths = {False: _widths(state.get("widths")), True: _widths(state.get("folded"))}
        if not self._order:
            self._unplace()
        self.fit(self._room)

    def arrange(self, names: Sequence[str]) -> None:
        """Put the columns in this order, as if they had been dragged there, without telling."""
        self._order = list(names)
        self.fit(self._room)

    # ------------------------------------------------------------------ inside
    def _seen(self) -> list[int]:
        logical = [self._header.logicalIndex(place) for place in range(self._header.count())]
        return [each for each in logical if each >= 0 and not self._header.isSectionHidden(each)]

    def _should_fold(self) -> bool:
        plan = self._plan
        names = {c.name for c in self._table.columns}
        if plan is None or plan.main not in names or not names & set(plan.under):
            return False
        others = sum(self._own_width(c, False) for c in self._table.columns if c.name != plan.main)
        return self._room < plan.below and self._room - others < plan.least

    def _fold(self, fold: bool) -> None:
        plan = self._plan
        under = set(plan.under) if plan and fold else set()
        for logical, column in enumerate(self._table.columns):
            self._header.setSectionHidden(logical, column.name in under)
        self._header.set_labels({plan.main: plan.label} if plan and fold and plan.label else {})
        self._table.set_folded(*((plan.main, plan.under) if plan and fold else ()))
        self.folded = fold

    def _place(self) -> None:
        """Put the columns in the user's order; columns it does not name stay after their neighbours."""
        names = [c.name for c in self._table.columns]
        for place, name in enumerate([n for n in self._order if n in names]):
            now = self._header.visualIndex(names.index(name))
            if now != place:
                self._header.moveSection(now, place)

    def _unplace(self) -> None:
        self._busy = True
        for logical in range(self._header.count()):
            self._header.moveSection(self._header.visualIndex(logical), logical)
        self._busy = False

    def _own_width(self, column: Column, folded: bool) -> int:
        usual = column.narrow or column.width if folded else column.width
        return self._widths[folded].get(column.name, usual)

    def _fitted(self) -> Sequence[int]:
        """The width of each column, 0 for hidden ones."""
        seen, columns = self._seen(), self._table.columns
        widths = [self._own_width(c, self.folded) if i in seen else 0 for i, c in enumerate(columns)]
        stretch = next((i for i in seen if columns[i].stretch), -1)
        if stretch >= 0 and columns[stretch].name not in self._widths[self.folded]:
            plan = self._plan
            least = plan.least if plan and plan.main == columns[stretch].name else _MAIN_LEAST
            widths[stretch] = max(least, self._room - sum(widths) + widths[stretch])
        return widths

    def _resized(self, logical: int, _old: int, new: int) -> None:
        if self._busy or new <= 0:
            return
        self._widths[self.folded][self._table.columns[logical].name] = new
        self._settle.start()
        self.fit(self._room)

    def _nudged(self, logical: int, by: int) -> None:
        self._header.resizeSection(logical, max(LEAST, self._header.sectionSize(logical) + by))

    def _moved(self, _logical: int, _old: int, _new: int) -> None:
        if self._busy:
            return
        self._order = [column.name for column in self.in_order()]
        self._settle.start()
        self.fit(self._room)

    def _tell(self) -> None:
        self.changed.emit(self.state())


def _widths(held: object) -> dict[str, int]:
    if not isinstance(held, Mapping):
        return {}
    pairs = cast("Mapping[object, object]", held).items()
    return {str(n): max(LEAST, w) for n, w in pairs if isinstance(w, int) and not isinstance(w, bool)}
