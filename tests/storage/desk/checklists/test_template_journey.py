"""The whole way of a template: adapted, given two questions in Excel, brought in, run, signed, carried on."""

from pathlib import Path

from storage.checklists.data import template_text
from storage.checklists.migration import Fate
from storage.desk.checklists.carrying import carry, plan_move
from storage.desk.checklists.run_state import run_state
from storage.desk.checklists.runs import answer, start_run
from storage.desk.checklists.templates import (
    adapt,
    check,
    draft_data,
    lists_of,
    new_version,
    publish,
    take_in,
)
from storage.exchange.templates.columns import SURVEY_COLUMNS
from storage.exchange.templates.files import read_template_file, write_template_file
from tests.storage.desk.register import Register

ADDED = (
    {"type": "select_one yes_no", "name": "children", "label": "Do children use the service?", "hint": "Ask. Count."},
    {"type": "text", "name": "ages", "label": "Which ages?", "hint": "Ask. Count.", "relevant": "${children} = 'yes'"},
)  # fmt: skip


def edited(path: Path, rows: tuple[dict[str, str], ...]) -> None:
    """Put rows before the end of the first section, as a person does in Excel."""
    from openpyxl import load_workbook

    book = load_workbook(path)
    sheet = book["survey"]
    ends = [n for n in range(2, sheet.max_row + 1) if sheet.cell(n, 1).value == "end_group"]
    end = next(n for n in ends if sheet.cell(n, 2).value == "A")
    sheet.insert_rows(end, len(rows))
    for number, row in enumerate(rows, start=end):
        for column, words in row.items():
            sheet.cell(number, list(SURVEY_COLUMNS).index(column) + 1, words)
    book.save(path)


def test_two_questions_added_in_excel_are_asked_and_go_on_to_the_next_version(
    register: Register, tmp_path: Path
) -> None:
    store, path = register.store, tmp_path / "equality.xlsx"
    own = adapt(store, "T03", "Equality, our way")
    write_template_file(draft_data(own), path)
    edited(path, ADDED)
    brought = read_template_file(path, lists_of(store))
    assert brought.problems == ()
    taken = take_in(store, template_text(brought.data))
    assert (taken.id, check(store, taken.key)) == (own.id, ())
    first = publish(store, taken.key)
    run = start_run(store, "L01", contract=register.contract)
    answer(store, run.key, "L01-01", "answer", "yes")
    answer(store, run.key, "L01-02", "answer", "Five to sixteen")
    assert run_state(store, run.key).progress.answered == 2
    second = new_version(store, first.key)
    write_template_file(draft_data(second), path)
    more = {
        "type": "date",
        "name": "seen",
        "label": "When were they asked?",
        "hint": "Look. Say.",
        "relevant": "${ages} != ''",
    }
    edited(path, (more,))
    publish(store, take_in(store, template_text(read_template_file(path).data)).key)
    move = plan_move(store, run.key, "L01")
    assert [pair.id for pair in move.pairs if pair.fate is Fate.NEW] == ["L01-03"]
    later = run_state(store, carry(store, move).key)
    assert later.answers["L01-02"].values == {"answer": "Five to sixteen"}
    assert later.template.version == "1.1"


def test_a_slip_in_excel_is_named_where_it_stands(register: Register, tmp_path: Path) -> None:
    path = tmp_path / "equality.xlsx"
    write_template_file(draft_data(adapt(register.store, "T03")), path)
    edited(path, (ADDED[0], {**ADDED[1], "relevant": "$children = 'yes'"}))
    (problem,) = read_template_file(path).problems
    assert str(problem).startswith("sheet survey, row ")
    assert "column relevant: write ${children} instead of $children" in str(problem)
