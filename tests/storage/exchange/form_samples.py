"""A checklist that goes out as a workbook, and what somebody at the provider writes into it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from storage.checklists.values import Row
from storage.desk.checklists import runs
from storage.desk.checklists.run_state import run_state
from storage.engine.store import Store
from storage.exchange.forms.of_run import form_of
from storage.exchange.forms.plan import Change, FormHome, plan_form
from storage.exchange.forms.reading import read_form
from storage.exchange.forms.taking import run_of_form, taking_home
from storage.exchange.forms.workbook import ANSWER, FORM, ID, NOTED, SAID, write_form
from storage.records.assessments import Run
from tests.storage.desk.register import Register
from tests.storage.desk.run_samples import start_everything

FILES = Path(__file__).parents[2] / "files" / "forms"
UUID = "0f9a1c34-5b7e-4d2a-9c11-3a5d7e9b2c44"
EVIL = '=HYPERLINK("http://x","y")'


def begun(register: Register) -> Run:
    """A run with a few answers, always of the same identity, so that a kept workbook fits it."""
    store = register.store
    run = start_everything(store, register.contract, uuid=UUID)
    runs.answer(store, run.key, "T90-01", "answer", "yes")
    runs.set_note(store, run.key, "T90-01", EVIL)
    rows: list[Row] = [{"row": "4", "group": "Carers", "people": "12"}]
    runs.answer(store, run.key, "T90-02", "rows", rows)
    runs.answer(store, run.key, "T90-03", "money", {"2026/27": 125_00})
    runs.answer(store, run.key, "T90-04", "before", {"likelihood": 3, "consequence": 4})
    return store.get(Run, run.key)


def sent(store: Store, run: Run, folder: Path) -> Path:
    path = folder / "form.xlsx"
    write_form(form_of(store, run.key), path, store.today())
    return path


def fill(sheet: Worksheet) -> None:
    """What somebody at the provider writes."""
    sheet["C5"] = "Jo Bell, Brightwater"
    answer: dict[str, str | float] = {
        "T90-01/answer": "No",
        "T90-02/rows/4/people": 15,
        "T90-02/rows/5/group": "Young people",
        "T90-03/said": EVIL,
        "T90-03/money/2027/28": 99.5,
        "T90-03/share": "a third",
        "T90-04/before/likelihood": "5 Almost certain",
        "T90-04/after/likelihood": "2",
    }
    for row in sheet.iter_rows(min_row=8):
        key = str(row[ID].value)
        if key in answer:
            row[ANSWER].value = answer[key]
            row[ANSWER].data_type = "s" if isinstance(answer[key], str) else "n"
        if key == "T90-03/said":
            row[SAID].value, row[NOTED].value = "Ask our finance lead.", "From the annual return"


def edited(path: Path, change: Callable[[Worksheet], None] = fill) -> Path:
    book = openpyxl.load_workbook(path)
    change(book[FORM])
    book.save(path)
    return path


def home_of(store: Store, run: Run, path: Path) -> FormHome:
    returned = read_form(path)
    assert run_of_form(store, returned) == run.key
    return plan_form(store, returned, run.key)


def take(store: Store, home: FormHome, chosen: tuple[Change, ...]) -> None:
    for _ in taking_home(store, home, chosen):
        pass


def check(store: Store, run: Run, home: FormHome) -> None:
    """What was filled in arrives where it belongs, and what cannot be is explained."""
    assert [change.question.id for change in home.changes] == ["T90-01", "T90-02", "T90-03", "T90-04"]
    assert {p.column: p.why for p in home.problems} == {
        "03 Share": "This is not a number. Write it in digits, like 95 or 4.83.",
        "04 After: Likelihood": "After: choose both a likelihood and a consequence from 1 to 5.",
    }
    assert home.by == "Jo Bell, Brightwater" and not any(change.conflict for change in home.changes)
    take(store, home, home.proposed)
    given = run_state(store, run.key).given
    assert given["T90-01"].values == {"answer": "no"} and given["T90-01"].note == EVIL
    assert given["T90-02"].values["rows"] == [
        {"row": "4", "group": "Carers", "people": "15"}, {"row": "5", "group": "Young people"},
    ]  # fmt: skip
    assert given["T90-03"].values == {"said": EVIL, "money": {"2026/27": 125_00, "2027/28": 99_50}}
    assert (
        given["T90-03"].note
        == "From the annual return\nComment by Jo Bell, Brightwater: Ask our finance lead."
    )
    assert (given["T90-03"].answered_by, given["T90-03"].answered_on) == (home.by, store.today())
    assert given["T90-04"].values == {"before": {"likelihood": 5, "consequence": 4}}
