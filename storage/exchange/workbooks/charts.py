"""The two charts of the summary, each with words for those who cannot see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storage.engine.values import show_money_short
from storage.exchange.workbooks.block import Line

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_ACCENT, _INK, _LINE = "#2A5B9C", "#1F2A37", "#DDE2E8"
_POUNDS = '[>=1000000]"£"0.0,,"m";[>=1000]"£"0,"k";"£"0'
_SIZE = {"width": 640, "height": 300}  # pixels
_FONT = {"name": "Calibri", "size": 9, "color": _INK}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart of the amounts of some lines of a block, the first of which stands in row `first`, counted from 0.

    Lying bars, with the first line on top, where there are words to read; otherwise standing columns.
    """

    title: str
    first: int
    lines: Sequence[Line]
    lying: bool = False

    @property
    def words(self) -> str:
        """The chart for those who cannot see it: what it shows, from where to where, and which is the largest."""
        largest = max(self.lines, key=lambda line: line.pence)
        return (
            f"{'Bars' if self.lying else 'Columns'}: {self.title}, {len(self.lines)} of them, "
            f"from {self.lines[0].word} to {self.lines[-1].word}. "
            f"The largest is {largest.word} with {show_money_short(largest.pence)}."
        )


def draw(book: Workbook, sheet: Worksheet, at: tuple[int, int], drawn: Drawn) -> None:
    """Put a chart on a sheet, its corner in a row and column; without lines there is none."""
    if not drawn.lines:
        return
    last = drawn.first + len(drawn.lines) - 1
    chart = book.add_chart({"type": "bar" if drawn.lying else "column"})
    chart.add_series(
        {
            "name": drawn.title,
            "categories": [sheet.get_name(), drawn.first, 0, last, 0],
            "values": [sheet.get_name(), drawn.first, 2, last, 2],
            "fill": {"color": _ACCENT},
            "gap": 45,
        }
    )
    chart.set_title({"name": drawn.title, "name_font": {**_FONT, "size": 12, "bold": True}, "overlay": False})
    chart.set_legend({"none": True})
    words, amounts = {"num_font": _FONT, "line": {"color": _LINE}}, _amounts(drawn)
    if drawn.lying:  # its axis of words stands up, and would begin at the bottom
        chart.set_y_axis(words | {"reverse": True, "crossing": "max"})
        chart.set_x_axis(amounts)
    else:
        chart.set_x_axis(words)
        chart.set_y_axis(amounts)
    chart.set_size(_SIZE)
    chart.set_chartarea({"border": {"color": _LINE}})
    sheet.insert_chart(*at, chart, {"description": drawn.words, "object_position": 3})


def _amounts(drawn: Drawn) -> dict[str, object]:
    """How the axis of amounts looks."""
    return {
        "num_font": _FONT,
        "num_format": _POUNDS,
        "major_gridlines": {"visible": True, "line": {"color": _LINE, "width": 0.75}},
        "line": {"none": True},
        "min": 0 if all(line.pence >= 0 for line in drawn.lines) else None,
    }
