"""A template as a workbook: survey, choices and settings as XLSForm has them, and a sheet that explains the columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from storage.checklists.data import Data
from storage.checklists.language.functions import FUNCTIONS
from storage.checklists.parts import Kind
from storage.engine.errors import StorageError
from storage.exchange.files_out import not_written, put_in_place
from storage.exchange.templates.columns import (
    BEGIN_GROUP,
    BEGIN_REPEAT,
    CHOICES,
    CHOICES_COLUMNS,
    END_GROUP,
    END_REPEAT,
    MATRIX,
    MATRIX_COLUMNS,
    README,
    SETTINGS,
    SETTINGS_COLUMNS,
    SURVEY,
    SURVEY_COLUMNS,
)
from storage.exchange.templates.matrix import BAND, SCALES, matrix_rows
from storage.exchange.templates.rows import Row, TemplateRows
from storage.exchange.workbooks.styles import DEFAULT_LOOK, LINE_POINTS, Styles
from storage.exchange.workbooks.text import lines

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_FROZEN, _PRINTED = 3, 9  # columns that stay in view, and that are printed: those of XLSForm
_PIXELS, _TALLEST = 7, 12  # of a character, and the most lines of a row
_SPARE = 500  # rows below the last that still offer their lists
_WIDE = frozenset(
    {"label", "hint", "relevant", "constraint", "constraint_message", "calculation", "passes_if", "purpose"}
)
_OFFERED = {
    "required": ("yes", "no"),
    "gate": ("gate", "warn"),
    "needs_note": ("yes",),
    "not_applicable": ("yes", "no"),
}

_HOW: tuple[tuple[str, str], ...] = (
    (
        "How to write",
        "Each row of the sheet survey is a question, or begins or ends something. Read it from the top.",
    ),
    ("A section", "From begin_group to end_group; its name is its letter."),
    ("A question with parts", "A begin_group inside a section; the rows in it are its parts."),
    ("Rows", "From begin_repeat to end_repeat inside a question; the rows in it are the columns."),
    (
        "Answers to choose",
        "select_one LIST or select_multiple LIST; the answers stand on the sheet choices.",
    ),
    (
        "Names",
        "${name} is a question, ${name.part} a part of one, ${name.part.column} a column of its rows.",
    ),
    (
        "A matrix of its own",
        "The sheet risk matrix: five steps of likelihood, five of consequence, and the bands. Leave it empty for "
        "the bands of the file.",
    ),
)

_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "default_format_properties": DEFAULT_LOOK}


def write_template(data: Data, path: Path) -> None:
    """Write a template as a workbook. Raises StorageError, in words to show, when it cannot be written."""
    import xlsxwriter

    rows = TemplateRows(data)
    try:
        with put_in_place(path) as made:
            book = xlsxwriter.Workbook(str(made), _OPTIONS)
            book.set_properties({"title": str(data.get("title", "")), "comments": "A checklist template"})
            styles = Styles(book)
            survey = _sheet(book, styles, SURVEY, SURVEY_COLUMNS, rows.survey)
            _offer(survey, len(rows.survey))
            _sheet(book, styles, CHOICES, CHOICES_COLUMNS, rows.choices)
            _sheet(book, styles, SETTINGS, SETTINGS_COLUMNS, [rows.settings])
            _offer_matrix(_sheet(book, styles, MATRIX, MATRIX_COLUMNS, matrix_rows(data)))
            _readme(book, styles)
            book.close()
    except OSError as error:
        raise StorageError(not_written(error, path)) from error


def _sheet(
    book: Workbook, styles: Styles, name: str, columns: Mapping[str, tuple[int, str]], rows: Iterable[Row]
) -> Worksheet:
    sheet = book.add_worksheet(name)
    for place, (column, (width, about)) in enumerate(columns.items()):
        sheet.set_column(place, place, width, styles.wrapped if column in _WIDE else None)
        sheet.write_string(0, place, column, styles.heading)
        sheet.write_comment(0, place, about, {"x_scale": 2})
    looks = _Looks(book, styles)
    depth = last = 0
    for number, row in enumerate(rows, start=1):
        depth -= row.get("type") == END_GROUP
        sheet.set_row(number, _height(row, columns))
        for place, column in enumerate(columns):
            look = looks.of(row.get("type", ""), depth, column)
            words = row.get(column, "")
            if words:
                sheet.write_string(number, place, words, look)
            elif look is not None:
                sheet.write_blank(number, place, None, look)
        depth += row.get("type") == BEGIN_GROUP
        last = number
    sheet.freeze_panes(1, _FROZEN if name == SURVEY else 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.print_area(0, 0, last, min(len(columns), _PRINTED) - 1)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    return sheet


def _height(row: Row, columns: Mapping[str, tuple[int, str]]) -> float:
    """Points for a row, so that its longest text is seen whole; not every program works that out by itself."""
    most = max(
        (lines(words, _PIXELS * columns[c][0]) for c, words in row.items() if c in _WIDE and c in columns),
        default=1,
    )
    return LINE_POINTS * min(most, _TALLEST)


class _Looks:
    """How the rows look: sections stand out most, then questions with parts; ends stand back."""

    def __init__(self, book: Workbook, styles: Styles) -> None:
        self._styles = styles
        self._section = book.add_format(
            {**DEFAULT_LOOK, "bold": True, "text_wrap": True, "bg_color": "#E3ECF7"}
        )
        self._question = book.add_format({**DEFAULT_LOOK, "bold": True, "text_wrap": True})

    def of(self, kind: str, depth: int, column: str) -> Format | None:
        """The look of a cell; None is that of its column."""
        if kind == BEGIN_GROUP and depth == 0:
            return self._section
        if kind == BEGIN_GROUP and column == "label":
            return self._question
        if kind in (END_GROUP, END_REPEAT):
            return self._styles.soft
        return self._styles.wrapped if column in _WIDE else None


def _offer(sheet: Worksheet, last: int) -> None:
    """Lists to choose from in the columns that take only certain words; others may still be typed."""
    types = [
        BEGIN_GROUP,
        END_GROUP,
        BEGIN_REPEAT,
        END_REPEAT,
        "select_one yes_no",
        "select_one yes_partly_no",
    ]
    types += ["text", "date", "decimal", "money", "percent", "matrix", "person", "file", "link"]
    for column, words in {**_OFFERED, "type": tuple(types)}.items():
        place = list(SURVEY_COLUMNS).index(column)
        sheet.data_validation(
            1,
            place,
            last + _SPARE,
            place,
            {"validate": "list", "source": list(words), "error_type": "information"},
        )


def _offer_matrix(sheet: Worksheet) -> None:
    """Lists to choose from in the sheet of the matrix; other words may still be typed."""
    for column, words in {"what": (*SCALES, BAND), "colour": ("green", "yellow", "orange", "red")}.items():
        place = list(MATRIX_COLUMNS).index(column)
        rule = {"validate": "list", "source": list(words), "error_type": "information"}
        sheet.data_validation(1, place, 30, place, rule)


def _readme(book: Workbook, styles: Styles) -> None:
    sheet = book.add_worksheet(README)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 100, styles.wrapped)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    said: list[tuple[str, str]] = [
        *_HOW,
        ("", ""),
        ("Types", ", ".join(["select_one LIST", "select_multiple LIST", "rating LIST", *Kind])),
        ("Functions", ", ".join(function.example for function in FUNCTIONS.values())),
        ("", ""),
        *((column, about) for column, (_, about) in SURVEY_COLUMNS.items()),
    ]
    for number, (head, words) in enumerate(said):
        sheet.set_row(number, LINE_POINTS * lines(words, 700))
        sheet.write_string(number, 0, head, styles.label)
        sheet.write_string(number, 1, words, styles.wrapped)
