"""A run whose questions depend on each other: what is not asked is out of the way, and comes back with its answer."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import storage.records  # noqa: F401 - enters every record class
from desktop.pages.checklist_fill import Beside, checklist_data
from storage.desk.checklists import runs
from storage.desk.checklists.run_state import run_state
from storage.engine.opening import new_store
from storage.engine.store import Store
from storage.records.contracts import Contract
from widgets.checklist_data import ChecklistData, PartKind, QuestionData

NOTHING = Beside({}, {})


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = new_store(tmp_path / "desk.desk", who="me", today=lambda: date(2026, 11, 22))
    with made.step("Add"):
        made.save(Contract(title="Skin clinics", reference="CD-64", stage="Signed"))
    yield made
    made.close()


def seen(store: Store, run: int) -> ChecklistData:
    return checklist_data(run_state(store, run), NOTHING, read_only=False)


def question(data: ChecklistData, question_id: str) -> QuestionData:
    return next(each for each in data.questions if each.id == question_id)


def test_what_is_not_asked_says_when_it_would_be_and_is_passed_over(store: Store) -> None:
    run = runs.start_run(store, "T08", contract=1).key
    data = seen(store, run)
    hidden = question(data, "T08-02")
    assert (hidden.not_asked, hidden.answered) == ("Asked if question 01 is Yes.", True)
    assert [section.words for section in data.sections] == [
        "0 of 1",
        "none asked",
        "none asked",
        "none asked",
    ]
    runs.answer(store, run, "T08-01", "answer", "yes")
    runs.answer(store, run, "T08-02", "answer", "yes")
    assert question(seen(store, run), "T08-02").not_asked == ""
    runs.answer(store, run, "T08-01", "answer", "no")
    assert question(seen(store, run), "T08-02").not_asked == (
        "Asked if question 01 is Yes. What was answered before is kept."
    )


def test_a_refused_answer_says_why_and_a_figure_is_worked_out(store: Store) -> None:
    run = runs.start_run(store, "T08", contract=1).key
    runs.answer(store, run, "T08-01", "answer", "yes")
    for number in range(2, 14):
        runs.answer(store, run, f"T08-{number:02d}", "answer", "yes" if number == 4 else "no")
    runs.answer(store, run, "T08-26", "answer", "not_needed")
    advice = question(seen(store, run), "T08-26")
    assert advice.parts[0].problem == "A sign of high risk is answered Yes, so a full assessment is needed."
    signs = advice.parts[1]
    assert (signs.worked_out, signs.value) == (True, "1")
    assert signs.proposal == "Worked out: the number answered Yes among questions 02 to 13."


def test_rows_come_with_their_columns(store: Store) -> None:
    run = runs.start_run(store, "T07", contract=1).key
    rows = [{"row": "discharge", "people": "4"}]
    runs.answer(store, run, "T07-03", "caseload", rows)  # type: ignore[arg-type]
    caseload = question(seen(store, run), "T07-03").parts[0]
    assert caseload.kind is PartKind.ROWS
    assert [column.key for column in caseload.columns] == ["people", "where"]
    assert [option.value for option in caseload.rows] == ["discharge", "transfer", "signpost"]
    assert caseload.value == rows
    assert question(seen(store, run), "T07-03").parts[1].value == "4"
