"""What a part can hold: values in a form JSON keeps, and whether one can be right."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date

from storage.checklists.parts import DECIDING_KINDS, MOST_ROWS, Kind, Part
from storage.rules.risks import STEPS

Cell = str | int | list[str] | dict[str, int]
Row = dict[str, Cell]
"""One row: its key under "row", and a value for each column that was filled."""

Value = Cell | list[Row]
"""A part's value in a form JSON keeps: an option's value, a text, an ISO date, a decimal number as text, whole pence,
a list of option values, {"likelihood": 1-5, "consequence": 1-5}, {"2026/27": whole pence}, a link as text or as
{table: id}, or a list of rows."""

MOST_PENCE = 10**15
ROW = "row"
LINKED = (
    "contract",
    "service",
    "specification",
    "organisation",
    "procurement",
    "checklist_run",
    "attached_document",
)
"""The tables a link or a file can point to."""

_DECIMAL = re.compile(r"-?\d{1,15}(\.\d{1,6})?", re.ASCII)
_YEAR = re.compile(r"(\d{4})/(\d{2})", re.ASCII)


def is_blank(value: object) -> bool:
    """Whether nothing was answered. Spaces and invisible characters are nothing; zero is an answer."""
    if isinstance(value, str):
        if value.isascii() and value.isprintable():
            return not value.strip()
        return all(unicodedata.category(character)[0] in "ZC" for character in value)
    return value is None or (not isinstance(value, int) and not value)


def part_problem(part: Part, value: object) -> str | None:
    """Why a value cannot be kept for this part, in words for the user; None when it can, or is blank."""
    return None if value is None or is_blank(value) else _CHECKS[part.kind](part, value)


def rows_of(value: object) -> list[Row]:
    """The rows of a value; none when it is not rows."""
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def row_of(value: object, key: str) -> Row | None:
    """The row with this key, or None."""
    return next((row for row in rows_of(value) if row.get(ROW) == key), None)


def asked_columns(part: Part, row: Mapping[str, object]) -> tuple[Part, ...]:
    """The columns a row asks for, given what was chosen in its first one."""
    chosen = row.get(part.columns[0].key) if part.columns and part.columns[0].kind in DECIDING_KINDS else None
    return tuple(column for column in part.columns if not column.when or chosen in column.when)


def missing_columns(part: Part, row: Mapping[str, object]) -> tuple[Part, ...]:
    """The asked columns of a row that still need a value, or hold one that cannot be right."""
    return tuple(column for column in asked_columns(part, row) if not is_settled(column, row.get(column.key)))


def is_settled(part: Part, value: object) -> bool:
    """Whether nothing more is to be filled in: a right value, or none where it may stay empty."""
    if part.kind is Kind.ROWS and not is_blank(value):
        return part_problem(part, value) is None and not _rows_missing(part, rows_of(value))
    return part.optional if is_blank(value) else part_problem(part, value) is None


def _rows_missing(part: Part, rows: list[Row]) -> bool:
    keys = {row.get(ROW) for row in rows}
    if any(row.value not in keys for row in part.fixed) or len(rows) < part.least:
        return True
    return any(missing_columns(part, row) for row in rows)


def _text_problem(part: Part, value: object) -> str | None:
    return None if isinstance(value, str) else f"{part.label} must be text."


def _link_problem(part: Part, value: object) -> str | None:
    if isinstance(value, str):
        return None
    if isinstance(value, dict) and len(value) == 1:
        ((table, number),) = value.items()
        if table in LINKED and isinstance(number, int) and not isinstance(number, bool) and number > 0:
            return None
    return f"{part.label} must be a name, or a record of this file."


def _option_problem(part: Part, value: object) -> str | None:
    if isinstance(value, str) and value in part.values:
        return None
    return f"{part.label}: choose one of {', '.join(option.label for option in part.options)}."


def _choices_problem(part: Part, value: object) -> str | None:
    listed = [one for one in value if isinstance(one, str)] if isinstance(value, list) else None
    if listed is not None and listed == value and len(set(listed) & set(part.values)) == len(listed):
        return None
    return f"{part.label}: choose from {', '.join(option.label for option in part.options)}, each once."


def _matrix_problem(part: Part, value: object) -> str | None:
    keys = {"likelihood", "consequence"}
    if isinstance(value, dict) and set(value) == keys and all(_is_step(step) for step in value.values()):
        return None
    return f"{part.label}: choose both a likelihood and a consequence from 1 to {STEPS}."


def _is_step(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= STEPS


def _date_problem(part: Part, value: object) -> str | None:
    try:
        if isinstance(value, str) and date.fromisoformat(value).isoformat() == value:
            return None
    except ValueError:
        pass  # said below, as for a value that is not text at all
    return f"{part.label} must be a date, such as 31 March 2027."


def _number_problem(part: Part, value: object) -> str | None:
    if isinstance(value, str) and _DECIMAL.fullmatch(value):
        return None
    return f"{part.label} must be a number, such as 12 or 7.5."


def _is_pence(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= MOST_PENCE


def _money_problem(part: Part, value: object) -> str | None:
    return None if _is_pence(value) else f"{part.label} must be an amount of money, such as £1,250.00."


def _money_by_year_problem(part: Part, value: object) -> str | None:
    if isinstance(value, dict) and all(_is_year(year) and _is_pence(sum_) for year, sum_ in value.items()):
        return None
    return f"{part.label} must be an amount of money for each financial year, such as 2026/27: £1,250.00."


def _is_year(label: object) -> bool:
    found = _YEAR.fullmatch(label) if isinstance(label, str) else None
    return found is not None and (int(found[1]) + 1) % 100 == int(found[2])


def _rows_problem(part: Part, value: object) -> str | None:
    rows = rows_of(value)
    if not isinstance(value, list) or len(rows) != len(value) or len(rows) > (part.most or MOST_ROWS):
        return f"{part.label} must be at most {part.most or MOST_ROWS} rows."
    keys = [row.get(ROW) for row in rows]
    fixed = tuple(row.value for row in part.fixed)
    if not all(isinstance(key, str) and not is_blank(key) for key in keys) or len(set(keys)) < len(keys):
        return f"{part.label}: each row needs a key of its own."
    if fixed and not set(keys) <= set(fixed):
        return f"{part.label}: the rows are {', '.join(row.label for row in part.fixed)}."
    for place, row in enumerate(rows, start=1):
        for key, cell in row.items():
            if key != ROW and (problem := _cell_problem(part, key, cell)):
                return f"{part.label}, row {place}: {problem}"
    return None


def _cell_problem(part: Part, key: str, cell: object) -> str | None:
    try:
        return part_problem(part.column(key), cell)
    except KeyError:
        return f"there is no column {key}."


_CHECKS: dict[Kind, Callable[[Part, object], str | None]] = {
    Kind.YES_PARTLY_NO: _option_problem,
    Kind.YES_NO: _option_problem,
    Kind.RATING: _option_problem,
    Kind.CHOICE: _option_problem,
    Kind.CHOICES: _choices_problem,
    Kind.MATRIX: _matrix_problem,
    Kind.DATE: _date_problem,
    Kind.NUMBER: _number_problem,
    Kind.PERCENT: _number_problem,
    Kind.MONEY: _money_problem,
    Kind.MONEY_BY_YEAR: _money_by_year_problem,
    Kind.TEXT: _text_problem,
    Kind.PERSON: _text_problem,
    Kind.LINK: _link_problem,
    Kind.FILE: _link_problem,
    Kind.ROWS: _rows_problem,
}
