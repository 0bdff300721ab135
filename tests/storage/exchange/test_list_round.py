"""A list that went out as a workbook of its own comes back unchanged, and what was changed in it is changed here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from storage.desk.lists.arrangement import Arrangement
from storage.engine.store import Store
from storage.exchange.importing.list_kinds import BY_KEY
from storage.exchange.importing.register_import import plan_import
from storage.exchange.tables.sheet import Sheet
from storage.exchange.workbooks.list import export_list
from storage.exchange.workbooks.list_sheets import LISTS
from storage.records.actions import Action
from storage.records.contracts import Contract
from storage.records.finance import Contribution, ValueYear
from storage.records.measures import Kpi
from storage.records.organisations import Organisation, Person
from storage.records.running import Risk
from tests.storage.exchange.foreign.here import read_here
from tests.storage.exchange.import_making import counts, made_store, write

TODAY = date(2026, 6, 1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(made_store(tmp_path)) as made:
        with made.step("Begin"):
            c = made.save(Contract(reference="C1", title="Care at home", stage="Signed")).key
            o = made.save(Organisation(title="Northmoor Trust", kind="NHS trust", sme=False)).key
            made.save(Action(title="Send the pack", owner="Asha", due=date(2026, 7, 1), contract=c))
            made.save(Risk(contract=c, title="Staff leave", likelihood=4, consequence=3))
            made.save(Person(title="Ann Lee", organisation=o, email="ann@example.org"))
            made.save(Kpi(contract=c, title="Seen within 5 days", target=Decimal("95.5"), position=1))
            made.save(ValueYear(contract=c, year=2026))
            made.save(Contribution(contract=c, organisation=o))
        yield made


def exported(store: Store, cls: type, folder: Path) -> Path:
    """The workbook of the list of one kind of record."""
    what = next(each for each in LISTS.values() if each.cls is cls)
    path = folder / f"{what.key}.xlsx"
    export_list(store, path, what, Arrangement(), today=TODAY)
    return path


def read(path: Path) -> Sheet:
    return read_here(path.read_bytes(), path.name)


@pytest.mark.parametrize(
    "key", ["actions", "risks", "people", "kpis", "values-by-year", "contributions", "providers"]
)
def test_a_list_comes_back_from_its_workbook_unchanged(store: Store, tmp_path: Path, key: str) -> None:
    kind = BY_KEY[key]
    plan = plan_import(store, read(exported(store, kind.record, tmp_path)), kind=kind)
    assert counts(write(store, plan)) == (0, 0, 1, 0)
    assert not plan.unmatched and not plan.problems


def test_what_was_changed_in_it_is_known_by_its_uuid_whatever_else_changed(
    store: Store, tmp_path: Path
) -> None:
    path = exported(store, Action, tmp_path)
    book = openpyxl.load_workbook(path)
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
    next(cell for cell in cells if cell.value == "Send the pack").value = "Send both packs"
    next(cell for cell in cells if cell.value == "Asha").value = "Ben"
    book.save(path)
    plan = plan_import(store, read(path), kind=BY_KEY["actions"])
    assert counts(write(store, plan)) == (0, 1, 0, 0)
    [action] = store.all(Action)
    assert (action.title, action.owner, action.due) == ("Send both packs", "Ben", date(2026, 7, 1))
