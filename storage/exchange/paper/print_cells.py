"""Puts short answers, rows and sums by year into words for paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from storage.checklists.parts import Kind
from storage.checklists.parts import Part as Asked
from storage.checklists.structure import Template
from storage.checklists.values import ROW, Row, row_of, rows_of
from storage.engine.values import long_day, show_money
from storage.exchange.paper.papers import Rows
from storage.rules.risks import score

Names = Mapping[tuple[str, int], str]
"""What the records that answers point to are called, by table and number."""

EMPTY_ROWS = 4  # on a blank form, where rows are free
FEW = "fewer than 5"
YEARS = 4  # lines for a sum by year, where the template does not say how many
NAME_WIDE = 4  # how wide the name of a row is, beside columns of 1 to 4
_WIDE = {Kind.TEXT: 4, Kind.LINK: 3, Kind.FILE: 3, Kind.NUMBER: 1, Kind.PERCENT: 1}
MOST_SHORT = 90  # letters of choices that still stand under a heading


def in_words(part: Asked, value: object, names: Names) -> str:
    """A short answer as it reads on paper; what cannot be read is shown as it is kept."""
    match value:
        case None:
            return ""
        case {"likelihood": int(likelihood), "consequence": int(consequence)}:
            points = score(likelihood, consequence)
            return f"{likelihood} × {consequence} = {points}, {part.scales.band(points).name}"
        case dict():
            return ", ".join(
                names.get((table, number), f"{table} {number}") for table, number in value.items()
            )
        case list():
            return ", ".join(part.words(str(one)) for one in value)
        case int() if part.kind is Kind.MONEY:
            return show_money(value)
        case str() if part.kind is Kind.DATE:
            return _day(value)
        case str() if part.options:
            return part.words(value)
    return f"{value}%" if part.kind is Kind.PERCENT else str(value)


def is_of_people(template: Template) -> bool:
    """Whether the numbers of a template count people by what the law protects: the equality assessment does."""
    return "T03" in (template.id, template.adapted_from)


def kept_back(part: Asked, value: object) -> object:
    """A number from 1 to 4, alone or in rows, replaced by words, so that nobody can be known by it.

    Fewer than five is the usual limit for counts of people in published tables.
    """
    if part.kind is Kind.NUMBER and isinstance(value, str) and value.strip() in ("1", "2", "3", "4"):
        return FEW
    if part.kind is Kind.ROWS:
        columns = {column.key: column for column in part.columns}
        return [
            {key: kept_back(columns[key], cell) if key in columns else cell for key, cell in row.items()}
            for row in rows_of(value)
        ]
    return value


def rows_paper(
    label: str,
    part: Asked,
    value: object,
    names: Names,
    *,
    complete: bool,
    moved: Mapping[tuple[str, str], str],
) -> Rows:
    """Rows with their columns; the fixed ones are named in the first column.

    `moved` says of scores, by row and column, how they have moved since the last review.
    """

    def cells(row: Row, key: str) -> Iterator[str]:
        for column in part.columns:
            words, more = in_words(column, row.get(column.key), names), moved.get((key, column.key), "")
            yield f"{words} ({more})" if more else words

    head = [("", "", NAME_WIDE)] if part.fixed else []
    headings = (
        *head,
        *(
            (column.label, "" if complete else _choices(column), _WIDE.get(column.kind, 2))
            for column in part.columns
        ),
    )
    if part.fixed:
        rows = tuple((o.label, *cells(row_of(value, o.value) or {}, o.value)) for o in part.fixed)
    else:
        rows = tuple(tuple(cells(row, str(row.get(ROW, "")))) for row in rows_of(value))
    return Rows(label, headings, rows, bool(part.fixed), max(EMPTY_ROWS, part.least))


def years_paper(label: str, part: Asked, value: object) -> Rows:
    """Sums by financial year."""
    sums = value if isinstance(value, dict) else {}
    rows = tuple((str(year), show_money(pence)) for year, pence in sums.items() if isinstance(pence, int))
    return Rows(label, (("Financial year", "", 1), ("Sum", "", 2)), rows, blank=part.years or YEARS)


def _choices(column: Asked) -> str:
    """What can be chosen in a column, where that is short enough to stand under its heading."""
    words = " / ".join(option.label for option in column.options)
    return words if len(words) <= MOST_SHORT else ""


def _day(value: str) -> str:
    try:
        return long_day(date.fromisoformat(value))
    except ValueError:
        return value
