"""The sheet Lists: the words that the drop-down lists of the workbook offer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.engine.fields import Field, Kind
from storage.exchange.workbooks.text import clean, write_text

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

LISTS = "Lists"
_YES_NO = ("Yes", "No")


def choices_of(field: Field | None) -> tuple[str, ...]:
    """The words a column offers; none for one that is not typed or takes any."""
    if field is None or field.derived or field.from_today:
        return ()
    return tuple(filter(None, map(clean, _YES_NO if field.kind is Kind.YESNO else field.choices)))


class Lists:
    """The lists of a workbook, side by side on a hidden sheet; equal ones once.

    A list written into the cell itself may have 255 characters and no word with a comma; a range may have any.
    """

    def __init__(self) -> None:
        self._found: dict[tuple[str, ...], str] = {}  # with the heading above each

    def range_of(self, heading: str, choices: tuple[str, ...]) -> str:
        """Where the words will stand, as a validation names it; `heading` says above them what they are for."""
        from xlsxwriter.utility import xl_col_to_name

        self._found.setdefault(choices, heading)
        letter = xl_col_to_name([*self._found].index(choices))
        return f"={LISTS}!${letter}$2:${letter}${len(choices) + 1}"

    def write(self, sheet: Worksheet) -> None:
        """Write the lists that were asked for until now, and hide the sheet."""
        for place, (choices, heading) in enumerate(self._found.items()):
            for row, words in enumerate((heading, *choices)):
                write_text(sheet, row, place, words)
        sheet.hide()
