"""A template as a workbook: every shipped one comes back as itself, and a mistake is named by sheet, row and column."""

from pathlib import Path

import pytest

from storage.checklists.data import Data, read_data, template_text
from storage.checklists.structure import Template
from storage.checklists.template import read_template, shipped, shipped_text
from storage.exchange.tables.sheet import SourceError
from storage.exchange.templates.columns import SURVEY_COLUMNS
from storage.exchange.templates.reading import BroughtTemplate, from_rows, read_template_workbook
from storage.exchange.templates.rows import TemplateRows
from storage.exchange.templates.workbook import write_template
from tests.storage.checklists.language.form import text_of

MORE = (
    'kind = "text"\nrelevant = "${agreed} = \'yes\'"\ngate = "warn"\nneeds = { any = ["note", "evidence"] }',
    'kind = "yes_no"\nweight = 3\ngate = "gate"\npasses = ["no"]\nneeds = { yes = ["action"], no = ["note"] }'
    "\nneeds_note = true",
    'parts = [{ key = "answer", kind = "money", label = "Answer", calculation = "${cost} * 2" }]',
    'parts = [{ key = "level", kind = "choice", label = "Level", options_from = "assurance",'
    ' scores = { none = 0, limited = 30, reasonable = 70, substantial = 100 } },'
    ' { key = "why", kind = "text", label = "Why", when = ["none"], optional = true, hint = "In a sentence.",'
    ' relevant = "${people} > 2" }]',
    'gate = "gate"\nparts = [{ key = "score", kind = "matrix", label = "Score", warn_above = "quality_detail",'
    ' closes_at = "quality_stop" }]',
    'parts = [{ key = "steps", kind = "rows", label = "Steps", min_rows = 2, max_rows = 9, columns = ['
    '{ key = "what", kind = "text", label = "What" },'
    '{ key = "due", kind = "date", label = "Due", constraint = ". >= today()", constraint_message = "Not past." }] }]',
)  # fmt: skip


def numbered(rows: list[dict[str, str]]) -> list[tuple[int, dict[str, str]]]:
    return [(place, {key: value for key, value in row.items() if value}) for place, row in enumerate(rows, 2)]


def there_and_back(data: Data) -> BroughtTemplate:
    rows = TemplateRows(data)
    return from_rows(numbered(rows.survey), numbered(list(rows.choices)), numbered([rows.settings]))


@pytest.mark.parametrize("template", shipped(), ids=lambda template: template.id)
def test_every_shipped_template_comes_back_as_itself(template: Template) -> None:
    brought = there_and_back(read_data(shipped_text(template.id)))
    assert brought.problems == ()
    assert read_template(template_text(brought.data)) == template


def test_every_sort_of_question_survives_a_real_workbook(tmp_path: Path) -> None:
    data = read_data(text_of(*MORE))
    write_template(data, tmp_path / "template.xlsx")
    brought = read_template_workbook(tmp_path / "template.xlsx")
    assert brought.problems == ()
    assert read_template(template_text(brought.data)) == read_template(text_of(*MORE))


SETTINGS = [(2, {"form_title": "Visit", "form_id": "L01", "version": "1", "purpose": "For visits."})]
START = {"type": "begin group", "name": "A", "label": "Visit"}
END = {"type": "end_group"}


def brought(*rows: dict[str, str], choices: tuple[dict[str, str], ...] = ()) -> BroughtTemplate:
    return from_rows(numbered([START, *rows, END]), numbered(list(choices)), SETTINGS)


def test_questions_as_a_form_author_writes_them_are_taken_in() -> None:
    found = brought(
        {"type": "select_one yes_no", "name": "children", "label": "Do children use it?", "hint": "Ask."},
        {
            "type": "select_multiple ages",
            "name": "ages",
            "label": "Which?",
            "relevant": "${children} = 'yes'",
        },
        {"type": "integer", "name": "total", "label": "How many?", "constraint": ". > 0"},
        choices=(
            {"list_name": "ages", "name": "under5", "label": "Under 5"},
            {"list_name": "ages", "name": "older"},
        ),
    )
    assert found.problems == ()
    template = read_template(template_text(found.data))
    assert (template.version, template.subjects) == ("1.0", ("contract",))
    assert [(q.id, q.number, q.name) for q in template.questions] == [
        ("L01-01", "01", "children"),
        ("L01-02", "02", "ages"),
        ("L01-03", "03", "total"),
    ]
    assert template.question("L01-02").first.values == ("under5", "older")


MISTAKES = [
    ({"type": "text", "name": "q", "label": "?", "relevant": "$var = 'x'"}, "relevant", "write ${var} instead of $var"),
    ({"type": "text", "name": "q", "label": "?", "relevant": "${chldren} = 'yes'"}, "relevant",
     "did you mean ${children}?"),
    ({"type": "txt", "name": "q", "label": "?"}, "type", "there is no type txt; did you mean text?"),
    ({"type": "select_one agse", "name": "q", "label": "?"}, "type",
     "there is no list agse on the sheet choices; did you mean ages?"),
    ({"type": "select_one", "name": "q", "label": "?"}, "type", "name the list of answers after select_one"),
    ({"type": "text", "name": "q"}, "label", "text must be given"),
    ({"name": "q", "label": "?"}, "type", "type must be filled in"),
    ({"type": "text", "name": "two words", "label": "?"}, "name", "must be letters, digits and underscores"),
    ({"type": "text", "name": "q", "label": "?", "weight": "heavy"}, "weight", "write a whole number, not heavy"),
    ({"type": "text", "name": "q", "label": "?", "weight": "3"}, "weight", "weight does nothing"),
    ({"type": "text", "name": "q", "label": "?", "needs": "note"}, "needs", "write an answer, a colon"),
    ({"type": "text", "name": "q", "label": "?", "required": "perhaps"}, "required", "write yes or no"),
    ({"type": "text", "name": "q", "label": "?", "gate": "stop"}, "gate", 'must be "gate" or "warn"'),
    ({"type": "decimal", "name": "q", "label": "?", "calculation": "${children}"}, "calculation", "a number is needed"),
    ({"type": "decimal", "name": "q", "label": "?", "constraint": ". > 'a'"}, "constraint", "without quotation marks"),
    ({"type": "text", "name": "q", "label": "?", "passes_if": "true()"}, "gate", "gate is missing"),
    ({"type": "end_repeat"}, "type", "there is no begin_repeat above it"),
    ({"type": "select_one yes_no", "name": "q", "label": "?", "scores": "yes"}, "scores", "such as yes=100"),
]  # fmt: skip


@pytest.mark.parametrize(("row", "column", "mistake"), MISTAKES, ids=[each[2] for each in MISTAKES])
def test_a_mistake_names_sheet_row_column_and_the_correction(
    row: dict[str, str], column: str, mistake: str
) -> None:
    found = brought(
        {"type": "select_one yes_no", "name": "children", "label": "Do children use it?"},
        row,
        choices=({"list_name": "ages", "name": "a"}, {"list_name": "ages", "name": "b"}),
    )
    problem = found.problems[0]
    assert (problem.sheet, problem.row, problem.column) == ("survey", 4, column)
    assert mistake in problem.mistake
    assert str(problem).startswith(f"sheet survey, row 4, column {column}: ")


def test_what_is_begun_must_be_ended_and_choices_must_differ() -> None:
    group = {"type": "begin_group", "name": "q", "label": "What?"}
    assert "is begun and never ended" in str(
        brought(group, {"type": "text", "name": "a", "label": "A"}).problems[0]
    )
    twice = ({"list_name": "ages", "name": "a"}, {"list_name": "ages", "name": "a"}, {"name": "b"})
    found = brought({"type": "text", "name": "q", "label": "?"}, choices=twice)
    assert [str(problem) for problem in found.problems] == [
        "sheet choices, row 3, column name: a stands in the list ages already",
        "sheet choices, row 4, column list_name: list_name must be filled in",
    ]


def test_a_heading_that_is_misspelt_and_a_workbook_that_is_none_are_named(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "form.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("survey")
    sheet.write_row(0, 0, ["type", "name", "label", "relevent", "colour"])
    sheet.write_row(1, 0, ["integer", "total", "How many?"])
    book.close()
    found = read_template_workbook(path)
    assert [str(problem) for problem in found.problems[:2]] == [
        "sheet survey, row 1, column relevent: there is no column relevent; did you mean relevant?",
        "sheet survey, row 1, column colour: there is no column colour; it was left out",
    ]
    assert {problem.sheet for problem in found.problems[2:]} == {"settings"}
    (tmp_path / "words.txt").write_text("type,name\n", encoding="utf-8")
    with pytest.raises(SourceError, match="is no workbook"):
        read_template_workbook(tmp_path / "words.txt")


def test_every_column_is_explained() -> None:
    assert all(width > 5 and about.endswith(".") for width, about in SURVEY_COLUMNS.values())
