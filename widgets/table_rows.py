"""The rows of a big table: ids in memory, rows fetched in pages when they are looked at, a bounded number held."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

PAGE = 48  # rows fetched together: what a large window shows, since those below may never be looked at
KEPT = 160  # pages held in memory at most


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell shows.

    `tone` is "", "soft", "red", "amber", "green" or "blue"; a tone never stands without words.
    `note` is a few more words: the second line of a two-line row, beside the text in a one-line row when
    the cell has a tone. `mark` draws a rating's shape: "green", "amber", "red" or "unrated".
    """

    text: str = ""
    tone: str = ""
    pill: bool = False
    note: str = ""
    mark: str = ""

    @property
    def words(self) -> str:
        """Text and note together, as a screen reader says them."""
        return f"{self.text}, {self.note}" if self.text and self.note else self.text or self.note


BLANK = Cell()


@dataclass(frozen=True, slots=True)
class Row:
    """One record as the table shows it: a cell by the name of its column; a missing cell is blank."""

    id: int
    cells: Mapping[str, Cell] = field(default_factory=dict)


class Source(Protocol):
    """Where the rows come from, already filtered and sorted."""

    def ids(self) -> Sequence[int]:
        """Every id shown, in order."""

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """The rows of these ids; an id that has gone may be left out."""


class PagedRows:
    """The records of a table by their place in the order of its source."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._order: Sequence[int] = ()
        self._pages: OrderedDict[int, dict[int, Row]] = OrderedDict()
        self._places: dict[int, int] | None = None  # place by id, worked out when first asked for

    def __len__(self) -> int:
        return len(self._order)

    def differs(self, order: Sequence[int]) -> bool:
        """Whether ids came, went or moved."""
        return len(order) != len(self._order) or list(order) != list(self._order)

    def take(self, order: Sequence[int]) -> None:
        """Hold other ids."""
        self._order, self._places = order, None
        self._pages.clear()

    def forget(self) -> None:
        """Fetch every row anew when it is looked at again."""
        self._pages.clear()

    def id_at(self, place: int) -> int | None:
        """The id at a place, or None outside the table."""
        return self._order[place] if 0 <= place < len(self._order) else None

    def place_of(self, id: int) -> int | None:
        """The place of an id, or None when it is not shown."""
        if self._places is None:
            self._places = {each: place for place, each in enumerate(self._order)}
        return self._places.get(id)

    def row(self, place: int) -> Row | None:
        """The row at a place; fetches its page when it is not held."""
        id = self.id_at(place)
        if id is None:
            return None
        number = place // PAGE
        page = self._pages.get(number)
        if page is None:
            page = dict(self._source.rows(self._order[number * PAGE : (number + 1) * PAGE]))
            self._pages[number] = page
            if len(self._pages) > KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return page.get(id)

    def each(self, places: Sequence[int]) -> Iterator[Row]:
        """The rows at these places, fetched in pages and not kept: for copying."""
        for first in range(0, len(places), PAGE):
            ids = [self._order[place] for place in places[first : first + PAGE]]
            found = self._source.rows(ids)
            yield from (found[id] for id in ids if id in found)

    def renew(self, changed: Collection[int]) -> list[int]:
        """Fetch changed rows again where they are held; which places those are."""
        held = [id for id in changed if self._page_of(id) is not None]
        if len(held) > PAGE:
            self._pages.clear()
        elif held:
            for id, row in self._source.rows(held).items():
                if (page := self._page_of(id)) is not None:
                    page[id] = row
        return [place for place in map(self.place_of, held) if place is not None]

    def _page_of(self, id: int) -> dict[int, Row] | None:
        place = self.place_of(id)
        return None if place is None else self._pages.get(place // PAGE)
