"""Columns of a short list in a panel: as wide as their words, folded under the first where there is no room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QWidget

from widgets.table_model import BLANK, Cell, Column, Row
from widgets.table_painter import one_line
from widgets.theme import BODY, MEDIUM, ROW, ROW_TWO, SEMIBOLD, SMALL, font_of

GAP, CLOSE_GAP = 16, 12  # between two columns, and where that keeps one from being folded
CARET = 28  # at the right edge of a row
LEAST = 144  # of the main column before another goes under it
PILL_MORE, MARK_MORE = 20, 19  # what a pill and a rating's shape take besides the words


@dataclass(frozen=True, slots=True)
class Placed:
    """A column with where it stands."""

    column: Column
    left: int
    width: int


@dataclass(frozen=True, slots=True)
class Edges:
    """How far words keep from the sides of a row: the same for its heading and what is opened under it."""

    left: int = 24
    right: int = 16


class RowColumns:
    """Where each column stands, from what the rows say and how much room there is.

    The first column takes what the others leave. With less than `LEAST` for it, the columns of `under` are
    read as its second line, one after another, then the rest from the left, which stand there first. A
    column in which no row says anything is not shown.
    """

    def __init__(self, columns: Sequence[Column], under: Sequence[str], edges: Edges) -> None:
        self.columns, self.edges = tuple(columns), edges
        rest = [c.name for c in self.columns[1:] if c.name not in under]
        self._first_under = tuple(under)
        self._fold_order = (*under, *rest)
        self._widths: dict[str, int] = {}
        self._noted = False
        self._room, self._gap = 0, GAP
        self.placed: tuple[Placed, ...] = ()
        self.under: tuple[str, ...] = ()

    @property
    def main(self) -> str:
        """The name of the first column."""
        return self.columns[0].name

    @property
    def height(self) -> int:
        """Of a row: one line, or two."""
        return ROW_TWO if self.under or self._noted else ROW

    def measure(self, rows: Sequence[Row], widget: QWidget) -> None:
        """Take the widths from the words of all rows, close dates as bold as they may become."""
        body = QFontMetricsF(font_of(widget, BODY, SEMIBOLD))
        small = QFontMetricsF(font_of(widget, SMALL, MEDIUM))
        self._noted = any(c.note for r in rows for c in r.cells.values())
        self._widths = {}
        for column in self.columns:
            cells = [c for r in rows if (c := r.cells.get(column.name, BLANK)).words]
            if not cells and column.name != self.main:
                continue
            widest = max((cell_width(c, body, small) for c in cells), default=0.0)
            wide = max(widest, small.horizontalAdvance(column.label)) + 2
            self._widths[column.name] = int(min(wide, column.width) if column.width else wide)
        self.fit(self._room)

    def fit(self, room: int) -> None:
        """Lay the columns out in so many pixels."""
        self._room = room
        inside = room - self.edges.left - self.edges.right - CARET
        beside = [c.name for c in self.columns[1:] if c.name in self._widths]
        under: list[str] = []
        least = min(LEAST, self._widths.get(self.main, LEAST))
        self._gap = GAP
        if inside - self._taken(beside) < least:
            self._gap = CLOSE_GAP
        for name in (n for n in self._fold_order if n in beside):
            if inside - self._taken(beside) >= least:
                break
            beside.remove(name)
            under.append(name)
            least = LEAST  # the second line needs room as well
        kept = [c.name for c in self.columns if c.name in under and c.name not in self._first_under]
        self.under = (*kept, *(n for n in reversed(self._first_under) if n in under))
        self._place(inside, [c for c in self.columns if c.name in beside])

    def _taken(self, names: Sequence[str]) -> int:
        return sum(self._widths[n] + self._gap for n in names)

    def _place(self, inside: int, beside: Sequence[Column]) -> None:
        left, main = self.edges.left, self.columns[0]
        width = max(40, inside - self._taken([c.name for c in beside]))
        placed = [Placed(main, left, width)]
        left += width + self._gap
        for column in beside:
            placed.append(Placed(column, left, self._widths[column.name]))
            left += self._widths[column.name] + self._gap
        self.placed = tuple(placed)

    def second_line(self, cells: Mapping[str, Cell]) -> list[Cell]:
        """What stands under the main words of a row: its note, then what is folded there.

        Figures and ratings say what they are of: a bare 12 or Amber could be anything.
        """
        said = [Cell(cells.get(self.main, BLANK).note)]
        for column in (c for n in self.under for c in self.columns if c.name == n):
            cell = cells.get(column.name, BLANK)
            named = cell.text and (column.align == "right" or cell.mark)
            said.append(Cell(f"{column.label} {cell.words}" if named else cell.words, cell.tone))
        return [c for c in said if c.text]

    def spoken(self, cells: Mapping[str, Cell]) -> str:
        """A row as a screen reader says it: each heading with its value."""
        said = [(c.label, cells.get(c.name, BLANK).words) for c in self.columns]
        return "; ".join(f"{label}: {words}" if label else words for label, words in said if words)


def cell_width(cell: Cell, body: QFontMetricsF, small: QFontMetricsF) -> float:
    """How wide a cell is with its pill or shape; a note stands under the words and may be wider."""
    if cell.pill:
        return small.horizontalAdvance(one_line(cell.text)) + PILL_MORE
    more = MARK_MORE if cell.mark else 0
    words = body.horizontalAdvance(one_line(cell.text)) + more
    return max(words, small.horizontalAdvance(one_line(cell.note)))
