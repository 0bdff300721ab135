"""Group headings among the rows of a big table: which row is a heading, and which record stands in which row."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """One group: what it is called, a few words about it, and how many rows it has, at least one.

    `key` knows the group again after the rows were asked anew.
    """

    key: str
    words: str
    note: str
    count: int


class Groups:
    """Places count records in their order, rows count what is seen: headings, and the records of open groups.

    Without headings every place is its row.
    """

    def __init__(
        self, headings: Sequence[Heading] = (), closed: Collection[str] = (), *, count: int = 0
    ) -> None:
        """`count` is how many records there are where there are no headings."""
        self.headings = tuple(headings)
        self._count = count
        self.closed = {heading.key for heading in headings} & set(closed)
        self._firsts: list[int] = []  # the place of the first record of each group
        self._tops: list[int] = []  # the row of each heading
        self.rows = 0
        self._settle()

    def _settle(self) -> None:
        place, row = 0, 0 if self.headings else self._count
        self._firsts, self._tops = [], []
        for heading in self.headings:
            self._firsts.append(place)
            self._tops.append(row)
            place += heading.count
            row += 1 + (0 if heading.key in self.closed else heading.count)
        self.rows = row

    def group(self, row: int) -> int:
        """Which group a row belongs to, its heading included."""
        return bisect_right(self._tops, row) - 1

    def heading(self, row: int) -> Heading | None:
        """The heading in a row, if one stands there."""
        group = self.group(row)
        return self.headings[group] if group >= 0 and self._tops[group] == row < self.rows else None

    def place(self, row: int) -> int:
        """The place of the record in a row; -1 for a heading and outside."""
        if not self.headings:
            return row if 0 <= row < self.rows else -1
        group = self.group(row)
        if group < 0 or not self._tops[group] < row < self.rows:
            return -1
        return self._firsts[group] + row - self._tops[group] - 1

    def row(self, place: int) -> int | None:
        """The row of a record, or None while its group is closed."""
        if not self.headings:
            return place
        group = bisect_right(self._firsts, place) - 1
        if group < 0 or self.headings[group].key in self.closed:
            return None
        return self._tops[group] + 1 + place - self._firsts[group]

    def row_of_heading(self, key: str) -> int | None:
        """The row a group begins in."""
        return next((self._tops[n] for n, heading in enumerate(self.headings) if heading.key == key), None)

    def key_of(self, place: int) -> str:
        """The group of a record, closed or not."""
        return self.headings[bisect_right(self._firsts, place) - 1].key

    def shape(self) -> list[tuple[str, int]]:
        """Which groups there are, and how long."""
        return [(heading.key, heading.count) for heading in self.headings]

    def headings_in(self, first: int, last: int) -> int:
        """How many headings stand in a stretch of rows, both ends included."""
        return bisect_right(self._tops, last) - bisect_left(self._tops, first)

    def set_open(self, keys: Collection[str], is_open: bool) -> None:
        """Open or close groups."""
        self.closed = self.closed - set(keys) if is_open else self.closed | set(keys)
        self._settle()
