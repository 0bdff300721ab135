"""A mitigation goes out with a form where a question asks for one, and comes home like every other word."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from storage.desk.checklists import runs
from storage.desk.checklists.run_state import run_state
from storage.exchange.forms.of_run import form_of
from storage.exchange.forms.plan import FormHome, plan_form
from storage.exchange.forms.reading import read_form
from storage.exchange.forms.taking import taking_home
from storage.exchange.forms.workbook import EASED, HEADINGS, ID, TOP
from storage.records.assessments import Run
from tests.storage.desk.register import Register, make_register
from tests.storage.exchange.form_samples import begun, edited, sent

WORDS = "Letters in large print\nand a telephone line"


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    made = make_register(tmp_path / "desk.desk")
    yield made
    made.store.close()


@pytest.fixture
def run(register: Register) -> Run:
    return begun(register)


def written(words: str, question: str = "T90-01") -> object:
    """Write a mitigation into the sheet."""

    def fill(sheet: Worksheet) -> None:
        for row in sheet.iter_rows(min_row=8):
            if str(row[ID].value).startswith(f"{question}/"):
                row[EASED].value = words
                return

    return fill


def home_of(register: Register, run: Run, path: Path) -> FormHome:
    return plan_form(register.store, read_form(path), run.key)


def test_the_cell_is_there_to_write_in_only_where_a_mitigation_is_asked_for(
    register: Register, run: Run, tmp_path: Path
) -> None:
    asked = {
        question.question.id: question.mitigates for question in form_of(register.store, run.key).questions
    }
    assert asked == {"T90-01": True, "T90-02": False, "T90-03": False, "T90-04": False}
    runs.set_mitigation(register.store, run.key, "T90-03", "Held all the same")
    assert {q.question.id for q in form_of(register.store, run.key).questions if q.mitigates} == {
        "T90-01",
        "T90-03",
    }
    import openpyxl

    sheet = openpyxl.load_workbook(sent(register.store, run, tmp_path)).worksheets[0]
    framed = {
        str(row[ID].value) for row in sheet.iter_rows(min_row=TOP + 2) if not row[EASED].protection.locked
    }
    assert framed == {"T90-01/answer", "T90-03/said"}


def test_a_mitigation_comes_home_with_what_differs(register: Register, run: Run, tmp_path: Path) -> None:
    store = register.store
    home = home_of(register, run, edited(sent(store, run, tmp_path), written(WORDS)))  # type: ignore[arg-type]
    (change,) = home.changes
    (difference,) = change.differences
    assert (difference.label, difference.base, difference.theirs) == ("Mitigation", "", WORDS)
    for _ in taking_home(store, home, home.changes):
        pass
    assert run_state(store, run.key).given["T90-01"].mitigation == WORDS
    assert home_of(register, run, tmp_path / "form.xlsx").changes == ()


def test_a_mitigation_changed_on_both_sides_is_a_conflict(
    register: Register, run: Run, tmp_path: Path
) -> None:
    store = register.store
    path = edited(sent(store, run, tmp_path), written(WORDS))  # type: ignore[arg-type]
    runs.set_mitigation(store, run.key, "T90-01", "Another way")
    (change,) = home_of(register, run, path).changes
    assert change.conflict and change.differences[0].mine == "Another way"


def test_a_form_sent_before_there_was_such_a_column_changes_no_mitigation(
    register: Register, run: Run, tmp_path: Path
) -> None:
    store = register.store
    path = edited(sent(store, run, tmp_path), _without_column)
    runs.set_mitigation(store, run.key, "T90-01", "Kept")
    assert home_of(register, run, path).changes == ()


def _without_column(sheet: Worksheet) -> None:
    assert sheet.cell(TOP + 1, EASED + 1).value == HEADINGS[EASED][0]
    sheet.delete_cols(EASED + 1)
