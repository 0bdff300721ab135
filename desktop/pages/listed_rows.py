"""Things worked out, not kept, as rows of a table: each has its place in what was given for its number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Generic, TypeVar

from widgets.table_model import Cell, Row, Sort

T = TypeVar("T")


class ListedRows(Generic[T]):
    """Rows whose numbers count from 1 in the order given; `cells_of` and `sorted_by` say what they show."""

    def __init__(self) -> None:
        self._every: tuple[T, ...] = ()
        self._shown: list[int] = []
        self._order: Sequence[Sort] = ()

    # ---- what subclasses say

    def cells_of(self, one: T) -> Mapping[str, Cell]:
        """What stands in the columns."""
        raise NotImplementedError

    def sorted_by(self, one: T, column: str) -> tuple[object, ...]:
        """What a column is sorted by."""
        raise NotImplementedError

    # ---- what every table of them does

    def show(self, every: Sequence[T]) -> None:
        """Show these."""
        self._every = tuple(every)
        self._sort()

    def sort_by(self, order: Sequence[Sort]) -> None:
        """Sort by columns, the first given counting most; without one, in the order given."""
        self._order = tuple(order)
        self._sort()

    def _sort(self) -> None:
        self._shown = list(range(1, len(self._every) + 1))
        for name, descending in reversed(self._order):
            self._shown.sort(key=lambda n: self.sorted_by(self.one(n), name), reverse=descending)

    def one(self, number: int) -> T:
        """What a row shows."""
        return self._every[number - 1]

    def ids(self) -> Sequence[int]:
        """Every row, in order."""
        return self._shown

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """The rows of these numbers."""
        return {n: Row(n, self.cells_of(self.one(n))) for n in ids if 0 < n <= len(self._every)}
