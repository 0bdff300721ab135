"""Finding the headings of a table among title lines, and giving every column a name of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from itertools import chain

from storage.exchange.importing.headings import words
from storage.exchange.importing.synonyms import SYNONYMS
from storage.exchange.tables.sheet import Cell, Sheet, SourceError, as_text
from storage.exchange.tables.sheet_bands import joined
from storage.exchange.tables.sheet_foot import Numbered, foot_note, without_foot
from storage.records.contracts import Contract

__all__ = ["SHOWN_ABOVE", "Numbered", "distinct", "shape"]

_CHOOSE = "Choose the file or sheet that holds the register."
SHOWN_ABOVE = 40  # rows from the top that are kept as they are, to choose the row of headings from
_LOOKED_AT = 30  # rows from the top among which the headings are sought
_LONGEST_HEADING = 250
# A row of headings fills nearly every column; a title line, or a line of group names, few of them.
_NEARLY_ALL = 0.7
_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}(?:[ T].*)?|\d{1,2}[- /][A-Za-z]{3,9}[- /]\d{2,4}")
_NUMBER = re.compile(r"[£(+-]*\d[\d,. ]*\)?%?")
_YEAR = re.compile(r"(?:19|20)\d\d")


def shape(
    source: str,
    name: str,
    found: Sequence[Numbered],
    notes: Sequence[str] = (),
    *,
    header_row: int | None = None,
    ours: bool = False,
    whatever: bool = False,
) -> Sheet:
    """The table in rows as they were found, without blank ones. Raises SourceError without headings.

    `header_row` says where the headings stand, 0 that there are none; `ours` that every row is a record;
    `whatever` that where no row looks like headings the first is taken for them and marked doubtful.
    """
    top, doubtful = _top(source, found, header_row, whatever=whatever)
    titles, under, over = _titles(found, top)
    data, foot = without_foot(found[top + 1 + under :], ours=ours)
    titles, rows = _named(titles, [cells for _, cells in data])
    heads = tuple(number for number, _ in found[max(top - over, 0) : top + under + 1 if top >= 0 else 0])
    return Sheet(
        source=source,
        name=name,
        headings=distinct(titles),
        rows=rows,
        numbers=tuple(n for n, _ in data),
        header_row=heads[-1] if heads else 0,
        problems=tuple(foot),
        notes=(*notes, *_said(found, top, under, over), *foot_note(foot)),
        heads=heads,
        said=header_row is not None,
        doubtful=doubtful,
        top=tuple((n, tuple(cells)) for n, cells in found[:SHOWN_ABOVE]),
    )


def _top(
    source: str, found: Sequence[Numbered], header_row: int | None, *, whatever: bool
) -> tuple[int, bool]:
    """Where the headings stand, and whether that is in doubt. Raises SourceError."""
    if not found:
        raise SourceError(f"“{source}” holds no rows.", _CHOOSE)
    if header_row == 0:
        return -1, False
    if header_row:
        return _index_of(header_row, found, source), False
    try:
        return _header_index(source, found), False
    except SourceError:
        if not whatever:
            raise
        return 0, True


def _named(
    titles: list[str], found: Sequence[Sequence[Cell]]
) -> tuple[list[str], tuple[tuple[Cell, ...], ...]]:
    """A name for each column that holds anything; one without either is left out."""
    width = max(len(titles), max(map(len, found), default=0))
    rows = [_padded(cells, width) for cells in found]
    titles = [*titles, *[""] * (width - len(titles))]
    if all(titles):
        return titles, tuple(rows)
    kept = [i for i, title in enumerate(titles) if title or any(not _blank(row[i]) for row in rows)]
    return [titles[i] or f"Column {i + 1}" for i in kept], tuple(tuple(row[i] for i in kept) for row in rows)


def _titles(found: Sequence[Numbered], top: int) -> tuple[list[str], int, int]:
    """The headings, and how many rows beneath and above belong to them too; columns by number without any."""
    if top < 0:
        return [f"Column {n + 1}" for n in range(max(len(cells) for _, cells in found))], 0, 0
    number, header = found[top]
    above = found[top - 1] if top else (0, ())
    below = found[top + 1] if top + 1 < len(found) else (0, ())
    return joined(
        above[1] if above[0] == number - 1 else (), header, below[1] if below[0] == number + 1 else ()
    )


def _said(found: Sequence[Numbered], top: int, under: int, over: int) -> list[str]:
    """Which lines above the headings were passed over, and whether the headings fill two rows."""
    if top < 0:
        return ["The table has no headings: its columns are numbered."]
    passed, first = top - over, found[top - over][0]
    said = [f"{_lines(passed)} above the headings in row {first:,} passed over."] if passed else []
    if under or over:
        said.append(f"The headings fill two rows, {first:,} and {first + 1:,}.")
    return said


def _index_of(header_row: int, found: Sequence[Numbered], source: str) -> int:
    """Where the row that a person named stands among those that hold anything."""
    for index, (number, _) in enumerate(found):
        if number == header_row:
            return index
    raise SourceError(
        f"Row {header_row:,} of “{source}” is blank.", "Choose the row in which the headings stand."
    )


def distinct(titles: Sequence[str]) -> tuple[str, ...]:
    """The same titles, with (2), (3) after those that come again, whatever their capitals."""
    taken = {title.casefold() for title in titles}
    seen: set[str] = set()
    names: list[str] = []
    for title in titles:
        name, count = title, 1
        while name.casefold() in seen or (count > 1 and name.casefold() in taken):
            count += 1
            name = f"{title} ({count})"
        seen.add(name.casefold())
        names.append(name)
    return tuple(names)


def _header_index(source: str, found: Sequence[Numbered]) -> int:
    """Which of the first rows is that of the headings."""
    rows = [cells for _, cells in found[: _LOOKED_AT + 1]]
    scores = [len({as_text(c).casefold() for c in cells if _sort_of(c) == "words"}) for cells in rows]
    enough = max(scores[:_LOOKED_AT]) * _NEARLY_ALL
    for index, score in enumerate(scores[:_LOOKED_AT]):
        below = rows[index + 1] if index + 1 < len(rows) else ()
        if score and score >= enough and not _is_data(rows[index], below):
            return _with_known_names(rows[: index + 1])
    raise SourceError(
        f"“{source}” has no row of headings.",
        "Put a row above the data that names each column, such as Reference, Title and End date.",
    )


def _with_known_names(rows: Sequence[Sequence[Cell]]) -> int:
    """The last of these rows, unless one above it names more fields: many of its headings are blank, or alike."""
    named = [sum(isinstance(c, str) and "".join(words(c)) in _known_names() for c in cells) for cells in rows]
    most = max(named)
    return named.index(most) if most > max(1, named[-1]) else len(rows) - 1


@cache
def _known_names() -> frozenset[str]:
    """Every name a field of a contract goes by, without spaces."""
    labels = [f.label for f in Contract.FIELDS.values()]
    return frozenset("".join(words(name)) for name in [*labels, *chain.from_iterable(SYNONYMS.values())])


def _is_data(cells: Sequence[Cell], below: Sequence[Cell]) -> bool:
    """Whether a row looks like the rows under it: dates over dates, amounts over amounts."""
    values = [(i, _sort_of(cell)) for i, cell in enumerate(cells) if not _blank(cell)]
    alike = sum(
        1
        for i, sort in values
        if sort in ("date", "number") and (not below or (i < len(below) and _sort_of(below[i]) == sort))
    )
    return alike * 4 >= len(values) and alike > 0


def _sort_of(cell: Cell) -> str:
    """Roughly what a cell is: words, date, number, or nothing."""
    if _blank(cell):
        return ""
    if not isinstance(cell, str):
        return "date" if isinstance(cell, date) else "year" if _YEAR.fullmatch(str(cell)) else "number"
    if len(cell) > _LONGEST_HEADING:
        return "passage"
    if _DATE.fullmatch(cell):
        return "date"
    if _NUMBER.fullmatch(cell):
        return "year" if _YEAR.fullmatch(cell) else "number"
    return "words"


def _padded(cells: Sequence[Cell], width: int) -> tuple[Cell, ...]:
    return tuple(cells) if len(cells) == width else (*cells, *[""] * (width - len(cells)))


def _blank(cell: Cell) -> bool:
    return cell is None or cell == ""


def _lines(count: int) -> str:
    return "One line" if count == 1 else f"{count} lines"
