"""Tables with a column for each period made into a row for each result, and the periods people write read as days."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from storage.engine.values_dates import MONTHS
from storage.engine.values_years import show_financial_year
from storage.exchange.importing.list_kinds import ListKind
from storage.exchange.tables.sheet import Cell, Sheet

_FEWEST = 2  # columns named after periods that make a table wide
_SHORT = {month[:3].casefold(): number for number, month in enumerate(MONTHS, start=1)}
_MONTH = re.compile(r"([a-z]{3,9})[ .,'’/-]*(\d{4}|\d\d)", re.IGNORECASE)
_FIRST = re.compile(r"0?1 ([a-z]{3,9}) (\d{4})", re.IGNORECASE)  # how a cell that holds a day is shown
_MONTH_AFTER = re.compile(r"(\d{4})[ ./-]*([a-z]{3,9}|\d\d)", re.IGNORECASE)
_MONTH_NUMBER = re.compile(r"(\d{1,2})[/-](\d{4})")
_QUARTER = re.compile(
    r"(?:q|qtr|quarter) ?([1-4])[ ,:(-]*(?:fy ?)?(\d{4}|\d\d) ?(?:[/–-] ?(\d{4}|\d\d))?\)?", re.IGNORECASE
)
_QUARTER_AFTER = re.compile(
    r"(?:fy ?)?(\d{4}|\d\d) ?(?:[/–-] ?(\d{4}|\d\d))?[ ,:-]*(?:q|qtr|quarter) ?([1-4])", re.IGNORECASE
)
_HALF = re.compile(r"h ?([12])[ ,:-]*(?:fy ?)?(\d{4}|\d\d) ?(?:[/–-] ?(\d{4}|\d\d))?", re.IGNORECASE)
_YEAR = re.compile(r"(?:fy ?)?(\d{4}) ?[/–-] ?(\d{4}|\d\d)", re.IGNORECASE)
_YEAR_WITHIN = re.compile(r"(?<!\d)(\d{4}) ?[/–_-] ?(\d{4}|\d\d)(?!\d)")
_STRETCH_ALONE = re.compile(r"(?:q|qtr|quarter) ?[1-4]|h ?[12]", re.IGNORECASE)
_CENTURY, _APRIL = 2000, 4
_NO_YEAR = (
    "name periods without a year, so they were not read as results. Write the financial year, such as "
    "2026/27, above the table, in the name of the sheet or file, or into the headings, and bring the file in again."
)


def prepared(sheet: Sheet, kind: ListKind) -> Sheet:
    """The sheet as a list takes it: a table with a column for each period is turned on its side."""
    if kind.wide is None:
        return sheet
    periods = {h: day for h in sheet.headings if (day := period_start(h)) is not None}
    bare = [h for h in sheet.headings if h not in periods and _in_year(h, _CENTURY) is not None]
    notes = sheet.notes
    if len(bare) >= _FEWEST:
        year, where = _year_said(sheet)
        periods |= {h: day for h in bare if year and (day := _in_year(h, year)) is not None}
        notes = (*notes, _told(", ".join(bare), year, where))
    if len(periods) < _FEWEST:
        return replace(sheet, notes=notes)
    period_label, value_label = (kind.record.FIELDS[name].label for name in kind.wide)
    others = [i for i, h in enumerate(sheet.headings) if h not in periods]
    said = [(i, periods[h], h) for i, h in enumerate(sheet.headings) if h in periods]
    rows: list[tuple[Cell, ...]] = []
    numbers: list[int] = []
    under: list[str] = []
    for number, row in zip(sheet.numbers, sheet.rows, strict=True):
        for place, day, heading in said:
            if row[place] is not None and row[place] != "":
                rows.append((*(row[i] for i in others), day, row[place]))
                numbers.append(number)
                under.append(heading)
    note = f"{len(said)} columns are named after periods: each filled cell under them is a result of its own."
    return replace(
        sheet,
        headings=(*(sheet.headings[i] for i in others), period_label, value_label),
        rows=tuple(rows),
        numbers=tuple(numbers),
        under=tuple(under),
        turned=sheet.headings,
        notes=(*notes, note),
    )


def _year_said(sheet: Sheet) -> tuple[int | None, str]:
    """The financial year that a sheet says its periods are of, by the year it begins in, and where that stands.

    It is never guessed from today: a return that comes in April is of the year that has just ended.
    """
    first = min(sheet.heads, default=0)
    above = [str(cell) for number, cells in sheet.top for cell in cells if number < first and cell]
    places = (
        ("above the table", " ".join(above)),
        ("in the sheet’s name", sheet.name),
        ("in the file’s name", sheet.source),
    )
    for place, words in places:
        found = [f for f in _YEAR_WITHIN.finditer(words) if _stretch(1, 12, f[1], f[2]) is not None]
        if len(years := {int(f[1]) for f in found}) == 1:
            return years.pop(), place
    return None, ""


def _told(columns: str, year: int | None, place: str) -> str:
    """What was done with columns that are named after periods without a year."""
    if year is None:
        return f"The columns {columns} {_NO_YEAR}"
    return f"The columns {columns} are taken as periods of {show_financial_year(year)}, which stands {place}."


def with_periods(sheet: Sheet, heading: str) -> Sheet:
    """The same sheet with what is written under a heading as months, quarters or years read as their first days."""
    place = sheet.headings.index(heading)
    rows = tuple(
        (*row[:place], found, *row[place + 1 :])
        if isinstance(cell := row[place], str) and (found := period_start(cell)) is not None
        else row
        for row in sheet.rows
    )
    return replace(sheet, rows=rows)


def period_start(words: str) -> date | None:
    """The first day of the month, quarter, half or financial year that words name; None for anything else.

    Quarters and halves are those of the financial year from April, as in Q1 2026/27; Q4 2026 alone is the one that
    begins in January 2027, since it belongs to 2026/27.
    """
    plain = " ".join(words.split()).strip("()")
    for pattern, read in _READERS:
        if (found := pattern.fullmatch(plain)) and (day := read(*found.groups())) is not None:
            return day
    return None


def _in_year(words: str, year: int) -> date | None:
    """The first day of a month, quarter or half that words name without a year, in the financial year given."""
    plain = " ".join(words.split()).strip("()")
    if plain.isalpha() and (month := _month(plain)):
        return date(year + (month < _APRIL), month, 1)
    return period_start(f"{plain} {year}") if _STRETCH_ALONE.fullmatch(plain) else None


def shape_words(headings: Sequence[str]) -> tuple[str, ...]:
    """The headings that tell one kind of file from another: those named after a period change every month."""
    named = (h for h in headings if period_start(h) is None and _in_year(h, _CENTURY) is None)
    return tuple(sorted({" ".join(h.split()).casefold() for h in named}))


def _named_month(name: str, year: str) -> date | None:
    number = int(name) if name.isdigit() else _month(name)
    return date(_year(year), number, 1) if 1 <= number <= 12 else None


def _month(name: str) -> int:
    """The number of a month by its name or the beginning of it, or nought."""
    folded = name.casefold()
    number = _SHORT.get(folded[:3], 0)
    full = MONTHS[number - 1].casefold() if number else ""
    return number if full.startswith(folded) or folded == "sept" else 0


def _stretch(number: int, length: int, year: str, second: str | None) -> date | None:
    first = _year(year)
    if second is not None and (first + 1 - _year(second)) % 100:
        return None
    month = 3 + (number - 1) * length
    return date(first + month // 12, month % 12 + 1, 1)


def _year(digits: str) -> int:
    return int(digits) + (_CENTURY if len(digits) == 2 else 0)


_READERS: tuple[tuple[re.Pattern[str], Callable[..., date | None]], ...] = (
    (_MONTH, _named_month),
    (_FIRST, _named_month),
    (_MONTH_NUMBER, _named_month),
    (_YEAR, lambda year, second: _stretch(1, 12, year, second)),
    (_MONTH_AFTER, lambda year, name: _named_month(name, year)),
    (_QUARTER, lambda number, year, second: _stretch(int(number), 3, year, second)),
    (_QUARTER_AFTER, lambda year, second, number: _stretch(int(number), 3, year, second)),
    (_HALF, lambda number, year, second: _stretch(int(number), 6, year, second)),
)


__all__ = ["period_start", "prepared", "shape_words", "with_periods"]
