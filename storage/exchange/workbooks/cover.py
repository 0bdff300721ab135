"""The sheet Cover: what the workbook is, which contracts, as at when, whom to ask, its marking, and its contents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from storage.engine.values import long_day, show_money
from storage.exchange.workbooks.kit import Kit
from storage.exchange.workbooks.styles import LINE_POINTS, Styles
from storage.exchange.workbooks.text import lines, write_text

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

SHEET = "Cover"
_WIDTHS = (210, 520, 170)  # pixels


@dataclass(frozen=True, slots=True)
class Content:
    """A line of the contents: a sheet, and what it says."""

    sheet: str
    words: str


@dataclass(frozen=True, slots=True)
class Cover:
    """What the cover says. What is empty is left out."""

    meeting: str
    on: date | None
    organisation: str
    marking: str
    view: str
    chosen: str
    as_at: date
    contracts: int
    total_pence: int
    ask: str
    file_name: str
    exported: str
    contents: Sequence[Content]

    @property
    def title(self) -> str:
        """What stands in the first cell."""
        return f"Contract register – {self.meeting}" if self.meeting else "Contract register"


def write_cover(sheet: Worksheet, cover: Cover, kit: Kit) -> None:
    """Write the sheet, which is the one a reader sees first."""
    styles = kit.styles
    for place, width in enumerate(_WIDTHS):
        sheet.set_column_pixels(place, place, width)
    sheet.hide_gridlines(2)
    kit.pages.set(sheet, cover.title, across=False)
    write_text(sheet, 0, 0, cover.title, styles.cover)
    sheet.set_row(0, 30)
    if cover.organisation:
        write_text(sheet, 1, 0, cover.organisation, styles.part)
    row = _write_facts(sheet, 3, cover, styles)
    _write_contents(sheet, row + 1, cover, styles)
    sheet.activate()
    sheet.set_first_sheet()


def _write_facts(sheet: Worksheet, row: int, cover: Cover, styles: Styles) -> int:
    """What it is and where it comes from; returns the row after it."""
    facts = (
        ("Marking", cover.marking),
        ("Meeting", cover.meeting),
        ("Held on", long_day(cover.on) if cover.on else ""),
        ("What it is", f"{cover.contracts:,} contracts, worth {show_money(cover.total_pence)} in all."),
        ("Which contracts", cover.chosen[:1].upper() + cover.chosen[1:]),
        ("View", cover.view),
        ("As at", long_day(cover.as_at)),
        ("Who to ask", cover.ask),
        ("From the file", f"{cover.file_name}, exported {cover.exported}"),
        ("Made with", "Commissioning Desk"),
    )
    for label, said in facts:
        if said:
            sheet.write_string(row, 0, label, styles.label)
            write_text(sheet, row, 1, said, styles.marking if label == "Marking" else styles.wrapped)
            sheet.set_row(row, LINE_POINTS * min(lines(said, _WIDTHS[1]), 27) + 3)
            row += 1
    return row


def _write_contents(sheet: Worksheet, row: int, cover: Cover, styles: Styles) -> None:
    sheet.write_string(row, 0, "Contents", styles.part)
    for content in cover.contents:
        row += 1
        link = f"internal:'{content.sheet}'!A1"
        sheet.write_url(row, 0, link, styles.link, content.sheet, f"Go to {content.sheet}")
        write_text(sheet, row, 1, content.words, styles.wrapped)
        sheet.set_row(row, LINE_POINTS * lines(content.words, _WIDTHS[1]) + 3)
