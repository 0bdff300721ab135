"""How every sheet of a workbook prints: A4, one page wide, with its marking, its day and the number of the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from storage.engine.values import show_day

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_A4 = 9
_LONGEST = 80  # letters of each part; Excel takes 255 for a head or foot with its codes


@dataclass(frozen=True, slots=True)
class Pages:
    """What the head and foot of every page say besides the title of its sheet."""

    as_at: date
    marking: str = ""

    def set(self, sheet: Worksheet, title: str, *, across: bool = True) -> None:
        """Set a sheet up for printing; `across` is landscape."""
        if across:
            sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.7)
        marking = _plain(self.marking)
        sheet.set_header(f'&L&"-,Bold"{_plain(title)}&C&"-,Bold"{marking}&RAs at {show_day(self.as_at)}')
        sheet.set_footer("&L&F&CPage &P of &N&R" + (marking or "Commissioning Desk"))


def _plain(words: str) -> str:
    """Words as a head takes them: one line, and an ampersand begins no code."""
    return " ".join(words.split())[:_LONGEST].replace("&", "&&")
