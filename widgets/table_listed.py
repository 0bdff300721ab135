"""Rows that are all there already, as a table asks for them; for what is worked out rather than kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from widgets.table_model import Row, Sort

Key = int | str | None
_Keyed = tuple[Row, Mapping[str, Key]]


class ListedRows:
    """Rows in their order. Each comes with what its columns are sorted by; what has no such value comes last."""

    def __init__(self) -> None:
        self._given: list[_Keyed] = []
        self._order: list[int] = []
        self._rows: dict[int, Row] = {}
        self._sort: tuple[Sort, ...] = ()

    def show(self, rows: Iterable[_Keyed]) -> None:
        """Show these rows, sorted as the last ones were."""
        self._given = list(rows)
        self._rows = {row.id: row for row, _ in self._given}
        self.sort_by(self._sort)

    def sort_by(self, order: Sequence[Sort]) -> None:
        """Sort by columns, the first one first; by none, the rows stand as they were given."""
        self._sort = tuple(order)
        found = self._given
        for name, down in reversed(self._sort):
            found = sorted(found, key=partial(_value, name), reverse=down)
            found = sorted(found, key=partial(_blank, name))
        self._order = [row.id for row, _ in found]

    def ids(self) -> Sequence[int]:
        """Every id, in order."""
        return list(self._order)

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """The rows of these ids."""
        return {i: self._rows[i] for i in ids if i in self._rows}


def _value(name: str, keyed: _Keyed) -> tuple[int, int, str]:
    """Numbers by size, words by letters; the two never meet in one column."""
    key = keyed[1].get(name)
    return (0, key, "") if isinstance(key, int) else (1, 0, str(key or "").casefold())


def _blank(name: str, keyed: _Keyed) -> bool:
    return keyed[1].get(name) in (None, "")
