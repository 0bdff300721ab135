"""A checklist as a workbook to be filled in by somebody else: a line for each answer, lists to choose from, hidden ids.

What was sent stands on a sheet only a program can show again: `format`, `checklist` (the UUID of the run), `template`,
`version`, `exported`, then a row `line` for each cell with its id and what it held, in the pieces of `workbook_sync`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from storage.checklists.parts import Kind
from storage.engine.values import long_day
from storage.exchange.files_out import not_written, put_in_place
from storage.exchange.forms.cells import TOO_LONG, cell_of, choices_of, how_to, sent_words, words_of
from storage.exchange.forms.lines import REASON, Held, Line
from storage.exchange.forms.of_run import Form, FormQuestion
from storage.exchange.forms.styles import FormStyles
from storage.exchange.workbooks.origin import RUN_PROPERTY
from storage.exchange.workbooks.pages import Pages
from storage.exchange.workbooks.styles import DEFAULT_LOOK, LINE_POINTS
from storage.exchange.workbooks.sync import packed
from storage.exchange.workbooks.sync import write as write_hidden
from storage.exchange.workbooks.text import WorkbookError, clean, fits, lines, write_text

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

FORM, README, LISTS, AS_SENT = "Checklist", "How to fill in", "Choices", "Checklist as sent"
BY, FORMAT = "@by", 1
ID_HEADING = "Id, leave as it is"
HEADINGS = (
    ("No.", 5), ("Question", 30), ("Guidance", 36), ("What to answer", 20), ("How", 27), ("Answer", 28), ("Note", 23),
    ("Evidence", 20), ("Mitigation", 23), ("Your comment", 22), (ID_HEADING, 12),
)  # fmt: skip
NUMBER, QUESTION, GUIDANCE, WHAT, HOW, ANSWER, NOTED, PROOF, EASED, SAID, ID = range(len(HEADINGS))
TOP = 6  # the row of the headings, counted from 0
_PIXELS, _TALLEST = 7, 27
_LEAVE = "Leave this sheet as it is: by it the program tells what was changed when the workbook comes back."
REASON_LABEL = "Or: why this does not apply"
_TOLD = (
    ("What this is", "A checklist to fill in and send back. Nothing in it is worked out, and it holds no macros."),
    ("Where to write", "In the framed cells: the answer, a note, the evidence, your comment. Say above who you are."),
    ("Choices", "A cell with choices has a list. Where several may be chosen, write each on a line of its own."),
    ("Mitigation", "Where the cell is framed, some answer to the question needs a word on what is done about it."),
    ("Does not apply", "Write the reason in the line that asks for it; then leave the answer empty."),
    ("Comments", "What you write under Your comment is kept with the note on the question, with your name."),
    ("Rows and columns", "The sheet is protected, without a password, so that no question is changed by accident."),
    ("Sending it back", "Save it as a workbook, also from LibreOffice (xlsx, ods or xls). Every difference is shown "
     "before it is taken over, and nothing is taken unseen."),
)  # fmt: skip


@dataclass
class _Lists:
    """The lists to choose from, each once, on a sheet of their own."""

    columns: dict[tuple[str, ...], int] = field(default_factory=dict)

    def of(self, choices: tuple[str, ...]) -> str:
        """The range of a list."""
        from xlsxwriter.utility import xl_col_to_name

        name = xl_col_to_name(self.columns.setdefault(choices, len(self.columns)))
        return f"={LISTS}!${name}$1:${name}${len(choices)}"


def write_form(form: Form, path: Path, today: date, now: datetime | None = None) -> None:
    """Write the form to `path`, which ends in .xlsx. Raises WorkbookError; what stood there is then as it was."""
    import xlsxwriter

    if path.suffix.lower() != ".xlsx":
        raise WorkbookError(f"{path.name} is no name for a workbook. Nothing was written. End it in .xlsx.")
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_format_properties": DEFAULT_LOOK,
    }
    try:
        with put_in_place(path) as made, xlsxwriter.Workbook(str(made), options) as book:
            _write(book, form, today, now or datetime.now().astimezone())
    except OSError as error:
        raise WorkbookError(not_written(error, path)) from error


def _write(book: Workbook, form: Form, today: date, now: datetime) -> None:
    book.set_properties(
        {"title": clean(form.run.title), "author": "Commissioning Desk", "company": form.whose.organisation}
    )
    book.set_custom_property(RUN_PROPERTY, form.run.uuid, "text")
    styles, found = FormStyles(book), _Lists()
    pages = Pages(today, form.whose.marking)
    sheet = book.add_worksheet(FORM)
    told = book.add_worksheet(README)
    _Sheet(sheet, form, styles, found).write(today)
    pages.set(sheet, clean(form.run.title))
    pages.set(told, README)
    told.set_column(0, 0, 22, styles.strong)
    told.set_column(1, 1, 100, styles.wrapped)
    for number, (head, words) in enumerate(_TOLD):
        told.write_string(number, 0, head, styles.strong)
        told.write_string(number, 1, words, styles.wrapped)
        told.set_row(number, LINE_POINTS * lines(words, 700))
    lists = book.add_worksheet(LISTS)
    for choices, column in found.columns.items():
        for row, words in enumerate(choices):
            write_text(lists, row, column, clean(words))
    lists.very_hidden()
    write_hidden(book.add_worksheet(AS_SENT), _sent(form, now))


def _sent(form: Form, now: datetime) -> Iterator[Sequence[str]]:
    yield "format", str(FORMAT), _LEAVE
    yield "checklist", form.run.uuid
    yield "named", clean(form.run.name)
    yield "file", form.whose.file_id
    yield "template", form.run.template
    yield "version", form.run.template_version
    yield "exported", now.isoformat(timespec="seconds")
    for question in form.questions:
        for key, held in question.sent():
            yield "line", *packed((key, sent_words(held)))


class _Sheet:
    """Writes the one sheet that is filled in."""

    def __init__(self, sheet: Worksheet, form: Form, styles: FormStyles, found: _Lists) -> None:
        self._sheet, self._form, self._styles, self._lists = sheet, form, styles, found
        self._row = TOP

    def write(self, today: date) -> None:
        """Head, headings, every section; then how it prints and what may be changed."""
        sheet, styles = self._sheet, self._styles
        for place, (_, width) in enumerate(HEADINGS):
            sheet.set_column(place, place, width, None, {"hidden": place == ID})
        self._head(today)
        for place, (heading, _) in enumerate(HEADINGS):
            sheet.write_string(TOP, place, heading, styles.heading)
        for section, questions in self._form.sections:
            self._section(f"{section.letter}. {section.title}")
            for question in questions:
                self._question(question)
        sheet.freeze_panes(TOP + 1, QUESTION + 1)
        sheet.repeat_rows(TOP)
        sheet.print_area(0, 0, self._row, SAID)
        sheet.protect("", {"format_columns": True, "format_rows": True, "format_cells": True})
        sheet.activate()
        sheet.set_selection(TOP + 2, ANSWER, TOP + 2, ANSWER)

    def _head(self, today: date) -> None:
        sheet, form, styles = self._sheet, self._form, self._styles
        sheet.set_row(0, 24)
        write_text(sheet, 0, 0, clean(form.run.title), styles.title)
        about = f"{form.run.reference}, {form.about}" if form.about else form.run.reference
        write_text(sheet, 1, 0, clean(" ".join(about.split())), styles.strong)
        sender = " · ".join(words for words in (form.whose.organisation, form.whose.keeper) if words)
        sent = f"Sent {long_day(today)}" + (f" by {sender}" if sender else "")
        write_text(
            sheet, 2, 0, f"{sent}. Fill in the framed cells, save, and send the workbook back.", styles.soft
        )
        sheet.set_row(4, 2 * LINE_POINTS)
        sheet.write_string(4, QUESTION, "Completed by: name, role and organisation", styles.label)
        sheet.merge_range(4, GUIDANCE, 4, HOW, "", styles.text)
        sheet.write_string(4, ID, BY)

    def _section(self, words: str) -> None:
        self._row += 1
        for place in range(ID):
            self._sheet.write_blank(self._row, place, None, self._styles.section)
        write_text(self._sheet, self._row, 0, clean(words), self._styles.section)

    def _question(self, asked: FormQuestion) -> None:
        question = asked.question
        for place, (line, held) in enumerate(asked.lines):
            answer = words_of(line, held, self._form.names)
            words = {WHAT: line.label, HOW: how_to(line), ANSWER: answer}
            if place == 0:
                words |= {
                    QUESTION: question.text,
                    GUIDANCE: asked.words,
                    NOTED: asked.note,
                    PROOF: asked.evidence,
                }
                if asked.mitigates:
                    words[EASED] = asked.mitigation
            self._line(question.number, words, line.key)
            self._answer(line, held)
        if question.not_applicable:
            words = {WHAT: REASON_LABEL, HOW: "The reason in words", ANSWER: asked.reason}
            self._line(question.number, words, f"{question.id}{REASON}")
            self._words(ANSWER, asked.reason)

    def _line(self, number: str, words: Mapping[int, str], key: str) -> None:
        """Begin a row with what is asked; with a question come the cells for what is said beside its answer."""
        self._row += 1
        sheet, row, styles, first = self._sheet, self._row, self._styles, QUESTION in words
        for place in (NUMBER, QUESTION, GUIDANCE, WHAT, HOW):
            look = styles.asked if place in (NUMBER, QUESTION) and first else styles.soft_wrapped
            _put(sheet, row, place, clean(number if place == NUMBER else words.get(place, "")), look)
        if first:
            self._words(NOTED, words[NOTED])
            self._words(PROOF, words[PROOF])
            if EASED in words:
                self._words(EASED, words[EASED])
            sheet.write_blank(row, SAID, None, styles.text)
        sheet.write_string(row, ID, key)
        sheet.set_row(row, LINE_POINTS * _height(words))

    def _answer(self, line: Line, held: Held) -> None:
        cell = cell_of(line, held, self._form.names)
        look = self._styles.of(line.part.kind)
        if isinstance(cell, float):
            self._sheet.write_number(self._row, ANSWER, cell, look)
        elif isinstance(cell, date):
            self._sheet.write_datetime(self._row, ANSWER, cell, look)
        else:
            self._words(ANSWER, "" if cell is None else str(cell), look)
        if rule := self._rule(line):
            self._sheet.data_validation(self._row, ANSWER, self._row, ANSWER, rule)

    def _rule(self, line: Line) -> Mapping[str, object]:
        """What a cell takes, as the spreadsheet itself checks it."""
        choices = choices_of(line)
        if choices:
            return {"validate": "list", "source": self._lists.of(choices), "error_title": "Choose from the list",
                    "error_message": "Choose one of the words in the list, or leave the cell empty."}  # fmt: skip
        match line.part.kind:
            case Kind.DATE:
                return {"validate": "date", "criteria": "between", "minimum": date(1900, 3, 1),
                        "maximum": date(2200, 12, 31), "error_title": "A date is needed",
                        "error_message": "Write a date, day first, such as 31/03/2027."}  # fmt: skip
            case Kind.NUMBER | Kind.PERCENT | Kind.MONEY | Kind.MONEY_BY_YEAR:
                return {"validate": "decimal", "criteria": "between", "minimum": -1e13, "maximum": 1e13,
                        "error_title": "A number is needed", "error_message": "Write a number in digits."}  # fmt: skip
        return {}

    def _words(self, place: int, words: str, look: Format | None = None) -> None:
        said = clean(words)
        _put(self._sheet, self._row, place, said if fits(said) else TOO_LONG, look or self._styles.text)


def _put(sheet: Worksheet, row: int, place: int, words: str, look: Format) -> None:
    if words:
        write_text(sheet, row, place, words, look)
    else:
        sheet.write_blank(row, place, None, look)


def _height(words: Mapping[int, str]) -> int:
    """Lines of a row, so that its longest text is seen whole; not every program works that out by itself."""
    return min(_TALLEST, max(lines(said, HEADINGS[place][1] * _PIXELS) for place, said in words.items()))
