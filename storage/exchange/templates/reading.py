"""Reads a template's workbook back, and says of each mistake in which sheet, row and column it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from storage.checklists.data import Data
from storage.checklists.editing import problems
from storage.checklists.lists import Lists
from storage.checklists.nearest import nearest
from storage.exchange.foreign.archive import SAVE_AGAIN
from storage.exchange.foreign.kinds import TEXT, kind_of
from storage.exchange.tables.sheet import SourceError, clean
from storage.exchange.tables.tabular import Line, answer_of, bytes_of
from storage.exchange.templates.cells import CellError
from storage.exchange.templates.columns import (
    CHOICES,
    CHOICES_COLUMNS,
    MATRIX,
    MATRIX_COLUMNS,
    SETTINGS,
    SETTINGS_COLUMNS,
    SURVEY,
    SURVEY_COLUMNS,
)
from storage.exchange.templates.matrix import MatrixSheet, with_matrix
from storage.exchange.templates.survey import Places, Survey

_KNOWN = {
    SURVEY: SURVEY_COLUMNS, CHOICES: CHOICES_COLUMNS, SETTINGS: SETTINGS_COLUMNS, MATRIX: MATRIX_COLUMNS,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SheetProblem:
    """One mistake in a workbook. `row` counts from 1 as Excel does; 0 when it belongs to no row.

    `sheet` is empty for a template that came as text, whose mistakes name the question themselves.
    """

    sheet: str
    row: int
    column: str
    mistake: str

    def __str__(self) -> str:
        if not self.sheet:
            return self.mistake
        place = f"sheet {self.sheet}" + (f", row {self.row}" if self.row else "")
        return f"{place}{f', column {self.column}' if self.column else ''}: {self.mistake}"


@dataclass(frozen=True, slots=True)
class BroughtTemplate:
    """A template from a workbook, with what is to be mended before it can be published."""

    data: Data
    problems: tuple[SheetProblem, ...]


SheetRows = list[tuple[int, dict[str, str]]]


def read_template_workbook(path: Path, lists: Lists | None = None) -> BroughtTemplate:
    """Read a template from a workbook; mistakes are named, and what can be read is kept.

    Takes its time: to be called off the window's own thread. Raises SourceError for what is no such workbook.
    """
    data = bytes_of(path)
    if kind_of(data, path.name) == TEXT:
        raise SourceError(f"“{path.name}” is no workbook.", "Choose a workbook with a sheet survey.")
    found: list[SheetProblem] = []
    survey = _rows(data, path.name, SURVEY, found)
    choices = _rows(data, path.name, CHOICES, found)
    settings = _rows(data, path.name, SETTINGS, found)
    matrix = _rows(data, path.name, MATRIX, found)
    return from_rows(survey, choices, settings, lists, found, matrix)


def from_rows(
    survey: SheetRows,
    choices: SheetRows,
    settings: SheetRows,
    lists: Lists | None = None,
    already: Sequence[SheetProblem] = (),
    matrix: SheetRows | None = None,
) -> BroughtTemplate:
    """The template in the rows of the sheets, each with its number and its cells by column."""
    found = [*already]
    reader = Survey(_lists_in(choices, found), settings[0] if settings else (0, {}))
    for row, cells in survey:
        try:
            reader.take(row, cells)
        except CellError as error:
            found.append(SheetProblem(SURVEY, row, error.column, error.mistake))
    try:
        made = reader.finish()
    except CellError as error:
        found.append(SheetProblem(SURVEY, error.row, error.column, error.mistake))
        made = reader.data
    made = _with_matrix(made, matrix or [], reader.places, found)
    found += [_placed(p.where, p.key, p.mistake, reader.places) for p in problems(made, lists)]
    return BroughtTemplate(made, tuple(found))


def _with_matrix(made: Data, rows: SheetRows, places: Places, found: list[SheetProblem]) -> Data:
    """The template with the matrix of its sheet, which remembers where that stands."""
    sheet = MatrixSheet()
    for row, cells in rows:
        try:
            sheet.take(row, cells)
        except CellError as error:
            found.append(SheetProblem(MATRIX, row, error.column, error.mistake))
    where = f"{made['id']}, risk_matrix"
    places.add(where, sheet.bands[0] if sheet.bands else 2, MATRIX)
    for number, row in enumerate(sheet.bands, start=1):
        places.add(f"{where}, bands {number}", row, MATRIX)
    return with_matrix(made, sheet)


def _placed(where: str, key: str, mistake: str, places: Places) -> SheetProblem:
    sheet, row, column = places.of(where, key)
    return SheetProblem(sheet, row, column, mistake.removeprefix(f"{key}: "))


def _lists_in(rows: SheetRows, found: list[SheetProblem]) -> Mapping[str, dict[str, str]]:
    lists: dict[str, dict[str, str]] = {}
    for row, cells in rows:
        name, value = cells.get("list_name", ""), cells.get("name", "")
        missing = next((column for column in ("list_name", "name") if not cells.get(column)), "")
        if missing:
            found.append(SheetProblem(CHOICES, row, missing, f"{missing} must be filled in"))
        elif value in lists.setdefault(name, {}):
            found.append(SheetProblem(CHOICES, row, "name", f"{value} stands in the list {name} already"))
        else:
            lists[name][value] = cells.get("label") or value
    return lists


def _rows(data: bytes, source: str, sheet: str, found: list[SheetProblem]) -> SheetRows:
    """The rows of a sheet by their headings. Raises SourceError when the workbook cannot be read."""
    kind = kind_of(data, source)
    numbered = _numbered(answer_of(data, source, {"kind": kind, "sheet": sheet}), source, sheet)
    if not numbered:
        if sheet == SURVEY:
            raise SourceError(
                f"The sheet survey of “{source}” is empty.", "It needs a row of headings: type, name, label."
            )
        return []
    (top, headings), rows = numbered[0], numbered[1:]
    columns = [_column(sheet, top, heading, found) for heading in headings]
    return [
        (row, {c: v for c, v in zip(columns, cells, strict=False) if c and v})
        for row, cells in rows
        if any(cells)
    ]


def _column(sheet: str, row: int, heading: str, found: list[SheetProblem]) -> str:
    """A heading as a column that is known; one that is not is named, and left out."""
    plain = heading.strip().casefold().replace(" ", "_").split("::")[0]
    if plain in _KNOWN[sheet] or not plain:
        return plain
    near = nearest(plain, _KNOWN[sheet])
    hint = f"did you mean {near}?" if near else "it was left out"
    found.append(SheetProblem(sheet, row, heading, f"there is no column {heading}; {hint}"))
    return ""


def _numbered(lines: Iterable[Line], source: str, sheet: str) -> list[tuple[int, list[str]]]:
    """The rows of a sheet as the reading process answered, each with its number; none for a sheet that is not there."""
    answer = iter(lines)
    first = next(answer, {})
    if "sheets" not in first:
        raise SourceError(f"“{source}” could not be read.", SAVE_AGAIN)
    names = [str(name) for name, _ in cast("list[tuple[str, bool]]", first["sheets"])]
    if not first.get("chosen"):
        if sheet == SURVEY:
            raise SourceError(f"“{source}” has no sheet survey.", f"Its sheets are: {', '.join(names)}.")
        return []
    return [
        (cast("int", line["row"]), [_words(cell) for cell in cast("Sequence[object]", line["cells"])])
        for line in answer
        if "row" in line and "cells" in line
    ]


def _words(cell: object) -> str:
    """A cell as text: whole numbers without a point, dates as they are written in expressions."""
    if isinstance(cell, dict):
        return str(cell.get("day", ""))[:10]
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else clean(str(cell)).strip()
