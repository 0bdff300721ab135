"""A checklist that goes out as a workbook and comes home: by id, compared, explained, taken in one step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from shutil import copy

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from storage.checklists.values import Row
from storage.desk.checklists import runs
from storage.desk.checklists.run_state import run_state
from storage.engine.errors import Refused, StorageError
from storage.exchange.forms.of_run import form_of, letters_in
from storage.exchange.forms.plan import plan_form
from storage.exchange.forms.reading import is_form, read_form
from storage.exchange.forms.taking import counts_of
from storage.exchange.forms.workbook import ANSWER, AS_SENT, FORM, ID, LISTS
from storage.exchange.tables.sheet import SourceError
from storage.records.assessments import Given, Run
from tests.storage.desk.register import Register, make_register
from tests.storage.desk.run_samples import EVERYTHING, start_everything
from tests.storage.exchange.form_samples import EVIL, FILES, begun, check, edited, home_of, sent, take


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    made = make_register(tmp_path / "desk.desk")
    yield made
    made.store.close()


@pytest.fixture
def run(register: Register) -> Run:
    return begun(register)


def test_a_form_has_lists_to_choose_from_hidden_ids_and_no_formula(
    register: Register, run: Run, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(sent(register.store, run, tmp_path))
    sheet = book[FORM]
    assert {name: book[name].sheet_state for name in (LISTS, AS_SENT)} == dict.fromkeys(
        (LISTS, AS_SENT), "veryHidden"
    )
    assert sheet.column_dimensions["K"].hidden and sheet.protection.sheet and not sheet.protection.password
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert EVIL in {cell.value for row in sheet.iter_rows() for cell in row}
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    first = next(row for row in sheet.iter_rows(min_row=8) if row[ID].value == "T90-01/answer")
    assert (
        rules[first[ANSWER].coordinate].formula1 == f"{LISTS}!$A$1:$A$2"
        and not first[ANSWER].protection.locked
    )
    assert [cell.value for cell in first[:3]] == [
        "01", "Is anybody affected?", "Look.\nYes needs evidence and a mitigation.",
    ]  # fmt: skip
    assert [cell.value for cell in first[3:6]] == ["Answer", "Choose: Yes / No", "Yes"]
    assert sheet.print_title_rows == "$7:$7" and sheet.page_setup.orientation == "landscape"


def test_nothing_differs_when_nothing_was_changed(register: Register, run: Run, tmp_path: Path) -> None:
    home = home_of(register.store, run, sent(register.store, run, tmp_path))
    assert home.changes == () and home.problems == [] and home.read > 15


def test_a_form_edited_elsewhere_is_taken_in_one_step_that_undo_takes_back(
    register: Register, run: Run, tmp_path: Path
) -> None:
    store, path = register.store, edited(sent(register.store, run, tmp_path))
    before = store.all(Given)
    check(store, run, home_of(store, run, path))
    assert register.labels()[-1] == "Bring home form.xlsx into CL-90 Everything"
    again = home_of(store, run, path)
    assert again.changes == ()  # nothing is taken twice, the comment neither
    register.undo()
    assert [g for g in store.all(Given) if g.values or g.note] == [g for g in before if g.values or g.note]


@pytest.mark.parametrize("name", ["back.ods", "back.xls"])
def test_a_form_saved_by_libreoffice_comes_home_as_well(
    register: Register, run: Run, tmp_path: Path, name: str
) -> None:
    path = Path(copy(FILES / name, tmp_path))
    assert is_form(path)
    check(register.store, run, home_of(register.store, run, path))


def test_what_both_sides_changed_is_a_conflict_and_left_unless_it_is_chosen(
    register: Register, run: Run, tmp_path: Path
) -> None:
    store, path = register.store, edited(sent(register.store, run, tmp_path))
    runs.answer(store, run.key, "T90-04", "before", {"likelihood": 1, "consequence": 4})
    runs.set_note(store, run.key, "T90-03", "Mine")
    home = home_of(store, run, path)
    conflicts = {change.question.id: change for change in home.changes if change.conflict}
    assert [*conflicts] == ["T90-03", "T90-04"]
    [risk] = conflicts["T90-04"].differences
    assert (risk.base, risk.theirs, risk.mine) == ("3 Possible", "5 Almost certain", "1 Rare")
    assert counts_of(home, home.proposed)["taken"] == ["T90-01", "T90-02"]
    take(store, home, home.proposed)
    assert run_state(store, run.key).given["T90-04"].values == {"before": {"likelihood": 1, "consequence": 4}}


def test_rows_of_their_own_and_questions_there_are_not_are_told(
    register: Register, run: Run, tmp_path: Path
) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.insert_rows(9, 2)
        sheet["F9"], sheet["F10"], sheet["K10"] = "What about parking?", "Yes", "T90-77/answer"

    home = home_of(register.store, run, edited(sent(register.store, run, tmp_path), change))
    assert home.changes == ()
    assert [(p.row, p.value) for p in home.problems] == [(9, "What about parking?"), (10, "Yes")]
    assert "is not in the checklist" in home.problems[1].why


def test_a_reason_why_it_does_not_apply_sets_the_answer_aside(
    register: Register, run: Run, tmp_path: Path
) -> None:
    def change(sheet: Worksheet) -> None:
        row = next(row for row in sheet.iter_rows(min_row=8) if row[ID].value == "T90-04#reason")
        row[ANSWER].value = "No risk is left."

    home = home_of(register.store, run, edited(sent(register.store, run, tmp_path), change))
    take(register.store, home, home.proposed)
    given = run_state(register.store, run.key).given["T90-04"]
    assert given.not_applicable and given.reason == "No risk is left." and given.values


def test_it_is_refused_for_a_signed_run_and_for_another_one(
    register: Register, run: Run, tmp_path: Path
) -> None:
    store, path = register.store, sent(register.store, run, tmp_path)
    other = start_everything(store, register.contract)
    returned = read_form(path)
    with pytest.raises(SourceError, match="was sent out for another checklist"):
        plan_form(store, returned, other.key)
    with store.step("Sign"):
        held = store.get(Run, run.key)
        store.save(replace(held, signed_by="Dr A Mehta", signed_on=date(2026, 11, 20)))
    with pytest.raises(Refused, match="was signed by Dr A Mehta on 20 November 2026, so nothing"):
        plan_form(store, returned, run.key)
    with pytest.raises(Refused, match="is signed"):
        form_of(store, run.key)


def test_what_is_no_form_is_refused_in_plain_words(register: Register, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "other.xlsx"
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Question", "Answer"])
    book.save(path)
    assert not is_form(path)
    with pytest.raises(SourceError, match="is no checklist that was sent out"):
        read_form(path)


def test_some_sections_or_only_what_is_open_can_be_sent(register: Register, run: Run) -> None:
    store = register.store
    assert [q.question.id for q in form_of(store, run.key, letters=letters_in("b")).questions] == [
        "T90-03",
        "T90-04",
    ]
    assert [q.question.id for q in form_of(store, run.key, unanswered=True).questions] == [
        "T90-01",
        "T90-03",
        "T90-04",
    ]
    with pytest.raises(StorageError, match="has no section Z"):
        form_of(store, run.key, letters=letters_in("A; Z"))


def test_small_numbers_of_people_are_not_sent_and_stay_as_they_are_here(
    register: Register, tmp_path: Path
) -> None:
    store = register.store
    text = EVERYTHING.replace("T90", "T03")
    run = start_everything(store, register.contract, text)
    rows: list[Row] = [
        {"row": "1", "group": "Carers", "people": "3"},
        {"row": "2", "group": "Men", "people": "12"},
    ]
    runs.answer(store, run.key, "T03-02", "rows", rows)
    path = sent(store, run, tmp_path)
    book = openpyxl.load_workbook(path)
    held = {str(row[ID].value): row[ANSWER].value for row in book[FORM].iter_rows(min_row=8)}
    assert (held["T03-02/rows/1/people"], held["T03-02/rows/2/people"]) == ("fewer than 5", 12)
    assert not any('\\"3\\"' in str(cell.value) for row in book[AS_SENT].iter_rows() for cell in row)
    assert home_of(store, run, path).changes == ()
