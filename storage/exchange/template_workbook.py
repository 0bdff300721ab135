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
from storage.exchange.template_columns import (
    BEGIN_GROUP,
    BEGIN_REPEAT,
    CHOICES,
    CHOICES_COLUMNS,
    END_GROUP,
    END_REPEAT,
    README,
    SETTINGS,
    SETTINGS_COLUMNS,
    SURVEY,
    SURVEY_COLUMNS,
)
from storage.exchange.template_rows import Row, TemplateRows
from storage.exchange.workbook_styles import DEFAULT_LOOK, Styles

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

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
    for number, row in enumerate(rows, start=1):
        begins = row.get("type") == BEGIN_GROUP
        for place, column in enumerate(columns):
            words = row.get(column, "")
            if words:
                look = styles.label if begins else styles.wrapped if column in _WIDE else None
                sheet.write_string(number, place, words, look)
    sheet.freeze_panes(1, 3 if name == SURVEY else 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    return sheet


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


def _readme(book: Workbook, styles: Styles) -> None:
    sheet = book.add_worksheet(README)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 100, styles.wrapped)
    lines: list[tuple[str, str]] = [
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
        ("", ""),
        ("Types", ", ".join(["select_one LIST", "select_multiple LIST", "rating LIST", *Kind])),
        ("Functions", ", ".join(function.example for function in FUNCTIONS.values())),
        ("", ""),
        *((column, about) for column, (_, about) in SURVEY_COLUMNS.items()),
    ]
    for number, (head, words) in enumerate(lines):
        sheet.write_string(number, 0, head, styles.label)
        sheet.write_string(number, 1, words, styles.wrapped)
