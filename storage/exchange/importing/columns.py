"""Turning the cells of a foreign table into values: column by column, nothing guessed, nothing dropped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from storage.engine.fields import Field, Kind, Value
from storage.engine.values import (
    Period,
    Unreadable,
    day_from_serial,
    month_first_evidence,
    read_day,
    read_money,
    read_number,
    read_whole,
    read_yes_no,
    show_day,
)
from storage.exchange.importing.headings import Match, words
from storage.exchange.importing.own_columns import judge
from storage.exchange.tables.sheet import Cell, Problem, Sheet, as_text

DateOrder = Literal["day", "month"]
Reader = Callable[[Cell], Value]
Words = Mapping[str, Mapping[str, object]]

_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"})
SHEET_ERROR = "This is a spreadsheet's error, not a value."
# Day numbers of 1980 to 2149: what an unformatted date cell holds. A smaller number may be a year.
_FIRST_SERIAL, _LAST_SERIAL = 29_221, 91_311
_UNITS = {"day": "days", "week": "weeks", "wk": "weeks", "month": "months", "mth": "months", "year": "years"}


@dataclass(frozen=True, slots=True)
class TypedRow:
    """One row: values by field, values of own columns and unread text by heading, and every cell in words."""

    number: int
    values: dict[str, Value]
    own: dict[str, Value]
    unread: dict[str, str]
    raw: dict[str, str]


@dataclass(frozen=True, slots=True)
class OwnColumn:
    """A column that becomes a field of the user's own: what sort, its choices, and how many cells it fills."""

    heading: str
    kind: Kind
    choices: tuple[str, ...]
    filled: int


@dataclass(frozen=True, slots=True)
class Typed:
    """A table read: its rows, what could not be read, columns whose date order must be asked, own columns."""

    rows: list[TypedRow]
    problems: list[Problem]
    questions: list[str]
    own: list[OwnColumn]


@dataclass(frozen=True, slots=True)
class _Column:
    """One column read: a value or None per row, and the reason where a cell needs looking at."""

    heading: str
    values: list[Value]
    whys: dict[int, str]  # by index of the row
    asks: bool = False


def read_columns(
    sheet: Sheet,
    matches: Sequence[Match],
    fields: Mapping[str, Field],
    *,
    date_order: DateOrder | Mapping[str, DateOrder] | None = None,
    words_of: Words | None = None,
    own_kinds: Mapping[str, Kind] | None = None,
) -> Typed:
    """The rows of a sheet as values of the fields its headings were matched to.

    Dates are day first unless a value of the column fits only month first: then the column is among the
    questions until `date_order` says, for the file or by heading. A cell that cannot be read is a problem and
    stays in `unread`. `words_of` are words that mean a value for one field alone; `own_kinds` changes the sort
    of own columns by heading. Columns that are left out or worked out are in `raw` only.
    """
    by_heading = {match.heading: match for match in matches}
    cells = list(zip(*sheet.rows, strict=True)) or [()] * len(sheet.headings)
    typed: dict[str, _Column] = {}
    owned: list[_Column] = []
    own: list[OwnColumn] = []
    for heading, column in zip(sheet.headings, cells, strict=True):
        match = by_heading[heading]
        order = date_order if isinstance(date_order, str | None) else date_order.get(heading)
        if match.field_name is not None:
            field, meanings = fields[match.field_name], (words_of or {}).get(match.field_name, {})
            typed[field.name] = _read(heading, column, field, order, sheet.date1904, meanings)
        elif match.how == "own":
            own.append(_own_column(heading, column, (own_kinds or {}).get(heading)))
            field = Field(heading, own[-1].kind, name=heading, choices=own[-1].choices)
            owned.append(_read(heading, column, field, order, sheet.date1904, {}))
    texts = {h: _texts(column) for h, column in zip(sheet.headings, cells, strict=True)}
    asked = [column.heading for column in (*typed.values(), *owned) if column.asks]
    return Typed(_rows(sheet, typed, owned, texts), _problems(sheet, typed, owned, texts), asked, own)


def _own_column(heading: str, column: Sequence[Cell], kind: Kind | None) -> OwnColumn:
    """What sort of field a column of the user's own becomes."""
    filled = [as_text(cell) for cell in column if cell is not None and cell != ""]
    dated = sum(isinstance(cell, date) for cell in column)
    return OwnColumn(heading, *judge(heading, filled, kind, dated), len(filled))


def _texts(column: Sequence[Cell]) -> list[str]:
    """The cells of a column in words."""
    if all(isinstance(cell, str) for cell in column):
        return list(column)  # type: ignore[arg-type]
    return [as_text(cell) for cell in column]


def _read(
    heading: str,
    column: Sequence[Cell],
    field: Field,
    order: DateOrder | None,
    date1904: bool,
    meanings: Mapping[str, object],
) -> _Column:
    """Read one column, each different cell once."""
    # 1, 1.0 and True are equal as keys, but not the same cell.
    keys: Sequence[object] = column
    if not all(isinstance(cell, str) for cell in column):
        keys = [(type(cell), cell) for cell in column]
    cells = {key: cell for key, cell in zip(keys, column, strict=True) if cell is not None and cell != ""}
    month_first, asks = _order(cells.values(), order) if field.kind is Kind.DAY else (False, False)
    reader = _reader(field, _unit(heading), month_first, date1904)
    values: dict[object, Value] = {}
    reasons: dict[object, str] = {}
    for key, cell in cells.items():
        values[key], why = _value(cell, field, reader, meanings)
        if why:
            reasons[key] = why
    whys = {i: reasons[key] for i, key in enumerate(keys) if key in reasons} if reasons else {}
    return _Column(heading, [values.get(key) for key in keys], whys, asks)


def _value(cell: Cell, field: Field, reader: Reader, meanings: Mapping[str, object]) -> tuple[Value, str]:
    """The value of a cell, or None with the reason; words off a list of choices are kept and told."""
    if isinstance(cell, str):
        if cell in _ERRORS:
            return (cell if field.kind.is_words else None), SHEET_ERROR
        if meanings and (folded := " ".join(cell.split()).casefold()) in meanings:
            return meanings[folded], ""
    try:
        value = reader(cell)
    except Unreadable as reason:
        return None, str(reason)
    if field.kind is Kind.CHOICE and field.choices and value not in field.choices:
        return value, f"This is not on the list ({', '.join(field.choices)}). It was kept as it is."
    return value, ""


def _reader(field: Field, unit: str, month_first: bool, date1904: bool) -> Reader:
    """How the cells of one column are read."""

    def day(cell: Cell) -> Value:
        if isinstance(cell, datetime):
            return cell.date()
        if isinstance(cell, date):
            return cell
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            if _FIRST_SERIAL <= cell <= _LAST_SERIAL:
                return day_from_serial(float(cell), date1904=date1904)
            raise Unreadable("This is a bare number, not a date. Write it like 1 Apr 2027 or 01/04/2027.")
        return read_day(as_text(cell), month_first=month_first)

    def period(cell: Cell) -> Value:
        text = as_text(cell)
        return Period.read(f"{text} {unit}" if unit and text.isdigit() else text)

    readers: dict[Kind, Reader] = {
        Kind.DAY: day,
        Kind.PERIOD: period,
        Kind.MONEY: lambda cell: read_money(as_text(cell)),
        Kind.WHOLE: lambda cell: read_whole(as_text(cell)),
        Kind.NUMBER: lambda cell: read_number(as_text(cell)),
        Kind.YESNO: lambda cell: read_yes_no(as_text(cell)),
        Kind.NOTE: as_text,
        Kind.CHOICE: lambda cell: field.read(" ".join(as_text(cell).split())),
    }
    if field.years:
        return lambda cell: field.read(as_text(cell))
    return readers.get(field.kind, lambda cell: " ".join(as_text(cell).split()))


def _order(cells: Iterable[Cell], asked: DateOrder | None) -> tuple[bool, bool]:
    """Whether a column's dates are month first, and whether that must be asked.

    A column that shows its order by itself keeps it, whatever was said for the file.
    """
    seen = {month_first_evidence(cell) for cell in cells if isinstance(cell, str)}
    if asked is None:
        return False, "month" in seen
    return asked == "month" and ("month" in seen or "day" not in seen), False


def _unit(heading: str) -> str:
    """The unit a heading gives for the bare numbers under it, as in “Notice period (months)”."""
    return next((_UNITS[word] for word in words(heading) if word in _UNITS), "")


def _problems(
    sheet: Sheet, typed: Mapping[str, _Column], owned: Sequence[_Column], texts: Mapping[str, list[str]]
) -> list[Problem]:
    """Every cell that needs looking at, by row and column."""
    found = [
        Problem(
            sheet.numbers[index],
            _stood_under(sheet, index, column.heading),
            texts[column.heading][index],
            why,
        )
        for column in (*typed.values(), *owned)
        for index, why in column.whys.items()
    ]
    place = {heading: index for index, heading in enumerate(sheet.headings)}
    return sorted(
        [*sheet.problems, *found, *_short_extensions(sheet, typed, texts)],
        key=lambda problem: (problem.row, place.get(problem.column, len(place))),
    )


def _stood_under(sheet: Sheet, index: int, heading: str) -> str:
    """The heading of a cell in the file, which for a table turned on its side is not that of the column."""
    return sheet.under[index] if sheet.under and heading == sheet.headings[-1] else heading


def _short_extensions(
    sheet: Sheet, typed: Mapping[str, _Column], texts: Mapping[str, list[str]]
) -> list[Problem]:
    """Contracts said to be extendable at most to a day before their end. Both dates are kept."""
    if not {"max_end", "current_end"} <= typed.keys():
        return []
    last, end = typed["max_end"], typed["current_end"]
    found = []
    for index, (latest, current) in enumerate(zip(last.values, end.values, strict=True)):
        if isinstance(latest, date) and isinstance(current, date) and latest < current:
            why = f"The last extension date is before the end date, {show_day(current)}. Both were kept."
            found.append(Problem(sheet.numbers[index], last.heading, texts[last.heading][index], why))
    return found


def _rows(
    sheet: Sheet, typed: Mapping[str, _Column], owned: Sequence[_Column], texts: Mapping[str, list[str]]
) -> list[TypedRow]:
    """The columns turned back into rows, without their blanks."""
    names, headings = list(typed), [column.heading for column in owned]
    filled = list(zip(*(c.values for c in typed.values()), strict=True)) or [()] * len(sheet.numbers)
    own = list(zip(*(column.values for column in owned), strict=True)) or [()] * len(sheet.numbers)
    raw = zip(*texts.values(), strict=True)
    unread: dict[int, dict[str, str]] = {}
    for column in (*typed.values(), *owned):
        for index in column.whys:
            if column.values[index] is None:
                unread.setdefault(index, {})[column.heading] = texts[column.heading][index]
    return [
        TypedRow(
            number=number,
            values={n: v for n, v in zip(names, mine, strict=True) if v is not None},
            own={h: v for h, v in zip(headings, others, strict=True) if v is not None},
            unread=unread.get(index, {}),
            raw={h: t for h, t in zip(sheet.headings, cells, strict=True) if t},
        )
        for index, (number, mine, others, cells) in enumerate(
            zip(sheet.numbers, filled, own, raw, strict=True)
        )
    ]
