"""The two charts of the summary, each with words for those who cannot see it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from storage.engine.values import show_money_short
from storage.exchange.workbook_block import Line

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_ACCENT, _INK, _LINE = "#2A5B9C", "#1F2A37", "#DDE2E8"
_POUNDS = '[>=1000000]"£"0.0,,"m";[>=1000]"£"0,"k";"£"0'
_SIZE = {"width": 640, "height": 300}  # pixels
_FONT = {"name": "Calibri", "size": 9, "color": _INK}


def column_chart(
    book: Workbook, sheet: Worksheet, at: tuple[int, int], title: str, first: int, lines: Sequence[Line]
) -> None:
    """Draw amounts as columns; `lines` are those of a block, whose first stands in row `first`."""
    _chart(book, sheet, at, title, first, lines, "column")


def bar_chart(
    book: Workbook, sheet: Worksheet, at: tuple[int, int], title: str, first: int, lines: Sequence[Line]
) -> None:
    """The same as bars, the first line on top."""
    _chart(book, sheet, at, title, first, lines, "bar")


def _chart(
    book: Workbook,
    sheet: Worksheet,
    at: tuple[int, int],
    title: str,
    first: int,
    lines: Sequence[Line],
    kind: str,
) -> None:
    if not lines:
        return
    last = first + len(lines) - 1
    chart = book.add_chart({"type": kind})
    chart.add_series(
        {
            "name": title,
            "categories": [sheet.get_name(), first, 0, last, 0],
            "values": [sheet.get_name(), first, 2, last, 2],
            "fill": {"color": _ACCENT},
            "gap": 45,
        }
    )
    chart.set_title({"name": title, "name_font": {**_FONT, "size": 12, "bold": True}, "overlay": False})
    chart.set_legend({"none": True})
    words, amounts = (
        {"num_font": _FONT, "line": {"color": _LINE}},
        {
            "num_font": _FONT,
            "num_format": _POUNDS,
            "major_gridlines": {"visible": True, "line": {"color": _LINE, "width": 0.75}},
            "line": {"none": True},
            "min": 0 if all(line.pence >= 0 for line in lines) else None,
        },
    )
    if kind == "bar":  # its category axis stands up, and would begin at the bottom
        chart.set_y_axis(words | {"reverse": True, "crossing": "max"})
        chart.set_x_axis(amounts)
    else:
        chart.set_x_axis(words)
        chart.set_y_axis(amounts)
    chart.set_size(_SIZE)
    chart.set_chartarea({"border": {"color": _LINE}})
    sheet.insert_chart(
        *at, chart, {"description": described(title, lines, kind), "object_position": 3, "decorative": False}
    )


def described(title: str, lines: Sequence[Line], kind: str) -> str:
    """The chart in words: what it shows, from which line to which, and which is the largest."""
    largest = max(lines, key=lambda line: line.pence)
    named = "Columns" if kind == "column" else "Bars"
    return (
        f"{named}: {title}, {len(lines)} of them, from {lines[0].word} to {lines[-1].word}. "
        f"The largest is {largest.word} with {show_money_short(largest.pence)}."
    )
