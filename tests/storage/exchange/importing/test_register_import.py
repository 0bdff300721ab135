"""A register becomes contracts: every row accounted for, twice the same, one Undo away."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import cast

import pytest

from storage.engine.errors import Refused
from storage.engine.fields import Kind
from storage.engine.history import History
from storage.engine.own_fields import OwnField
from storage.engine.query import Query
from storage.engine.store import Store
from storage.exchange.importing.register_import import plan_import, summary_of, write_import
from storage.exchange.tables.sheet import SourceError
from storage.exchange.tables.tabular import read_table
from storage.records.contracts import Contract, ImportRow, Party
from storage.records.organisations import Organisation
from tests.storage.exchange.import_making import (
    bring,
    contracts,
    counts,
    made_store,
    redo,
    sheet,
    undo,
    write,
)

REAL = [
    ("norfolk_contracts_register_2015.csv", 5729, 2356),
    ("contracts_finder_councils_2021.csv", 683, 0),
    ("leeds_awards_2020.csv", 23, 20),
]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = made_store(tmp_path)
    yield made
    made.close()


@pytest.mark.parametrize(("name", "rows", "providers"), REAL)
def test_i10_real_registers_come_in_once_and_go_again(
    store: Store, registers: Path, name: str, rows: int, providers: int
) -> None:
    table = read_table(registers / name)
    first = bring(store, table)
    assert counts(first) == (rows, 0, 0, 0)
    assert len(first.headings) == len(table.headings)
    assert any(f"all {rows:,} new contracts are taken as Signed" in note for note in first.notes)
    assert len(store.ids(Contract)) == rows
    assert len(store.ids(Organisation)) == providers
    own = {f.label for f in store.own_fields().get("contract", [])}
    assert own == {h.label for h in first.headings if h.goes == "own field"}
    assert {c.stage for c in contracts(store)} == {"Signed"}
    steps = len(History(store).latest())
    assert counts(bring(store, read_table(registers / name))) == (0, 0, rows, 0)
    assert len(History(store).latest()) == steps
    undo(store)
    for cls in (Contract, Organisation, Party, ImportRow, OwnField):
        assert store.ids(cls) == [], cls
    redo(store)
    assert (len(store.ids(Contract)), len(store.ids(Organisation))) == (rows, providers)
    assert counts(bring(store, table)) == (0, 0, rows, 0)
    assert History(store).first_broken() is None


def test_what_norfolk_says_arrives(store: Store, registers: Path) -> None:
    summary = bring(store, read_table(registers / "norfolk_contracts_register_2015.csv"))
    assert {h.goes for h in summary.headings} == {"field"}
    reasons = {p.why.split(".")[0].split(",")[0] for p in summary.problems}
    assert "No reference" in reasons
    assert sum("No reference" in p.why for p in summary.problems) == 696
    assert sum("last extension" in p.why for p in summary.problems) == 59
    found = store.all(Contract, Query(words="BAN12005"))
    assert [c.provider_name for c in found] == ["INCATERN LIMITED"]
    assert found[0].current_value == 156_700
    assert found[0].fixed_cost == "Estimated"
    assert found[0].supplier_company_number == "gb/02165763"
    provider = store.all(Organisation, Query(words="INCATERN"))[0]
    assert (provider.company_number, provider.contracts_held) == ("gb/02165763", 2)


def test_headings_that_fit_nothing_become_fields_of_ones_own(store: Store) -> None:
    table = sheet(
        {
            "Reference": ["A1", "A2", "A3", "A4"],
            "Title": ["One", "Two", "Three", "Four"],
            "Position": ["Ipswich", "Ely", "Ely", "Ipswich"],
            "Savings target": ["£1,000.50", "(3,728)", "", "12"],
            "Beds": ["12", "3", "4", "1,000"],
            "Visited": ["01/04/2024", "2 May 2024", "", "31/12/2024"],
            "Ward colour": ["Red", "Blue", "Red", "Blue"],
            "Empty": ["", "", "", ""],
        }
    )
    summary = bring(store, table, ticked=["Position"], own_kinds={"Beds": Kind.TEXT})
    where = {h.heading: (h.goes, h.kind) for h in summary.headings}
    assert where["Savings target"] == ("own field", Kind.MONEY)
    assert where["Beds"] == ("own field", Kind.TEXT)
    assert where["Visited"] == ("own field", Kind.DAY)
    assert where["Ward colour"] == ("own field", Kind.CHOICE)
    assert where["Empty"] == ("empty", None)
    fields = {f.label: f for f in store.own_fields()["contract"]}
    assert set(fields) == {"Position (2)", "Savings target", "Beds", "Visited", "Ward colour"}
    second = contracts(store)[1]
    assert fields["Savings target"].value_of(second) == -372_800
    assert fields["Visited"].value_of(second) == date(2024, 5, 2)
    assert fields["Beds"].value_of(contracts(store)[3]) == "1,000"
    assert counts(bring(store, table, ticked=["Position"])) == (0, 0, 4, 0)
    assert len(store.own_fields()["contract"]) == 5


def test_worked_out_columns_and_columns_left_out_are_not_kept(store: Store) -> None:
    table = sheet({"Title": ["One"], "Days left": ["12"], "Colour": ["Red"]})
    summary = bring(store, table, left_out=["Colour"])
    assert [h.goes for h in summary.headings] == ["field", "worked out", "left out"]
    assert not store.own_fields()
    table = sheet({"Title": ["One"], "Days left": ["11"], "Colour": ["Blue"]})
    assert counts(bring(store, table, left_out=["Colour"])) == (0, 0, 1, 0)


def test_a_heading_there_is_not_is_refused(store: Store) -> None:
    table = sheet({"Title": ["One"]})
    with pytest.raises(SourceError, match="no heading “Name”"):
        plan_import(store, table, left_out=["Name"])
    with pytest.raises(SourceError, match="no field “Colour”"):
        plan_import(store, table, chosen={"Colour": "Title"})


def test_dates_in_doubt_are_asked_and_never_guessed(store: Store) -> None:
    table = sheet({"Title": ["One", "Two"], "Start": ["01/02/2024", "04/25/2024"]})
    plan = plan_import(store, table)
    assert plan.questions == ["Start"]
    with pytest.raises(Refused, match="“Start”"):
        write(store, plan)
    assert not contracts(store) and not History(store).latest()
    bring(store, table, date_order="month")
    assert [c.start for c in contracts(store)] == [date(2024, 1, 2), date(2024, 4, 25)]


def test_rows_without_reference_repeated_ones_and_doubles_are_kept(store: Store) -> None:
    table = sheet(
        {
            "Reference": ["", "R", "R", "D", "D"],
            "Title": ["None", "First", "Second", "Double", "Double"],
        }
    )
    summary = bring(store, table)
    assert counts(summary) == (5, 0, 0, 0)
    assert [(p.row, p.column, p.why.split(".")[0]) for p in summary.problems] == [
        (2, "Reference", "No reference"),
        (4, "Reference", "Row 3 has this reference too"),
        (6, "Title", "Every cell says the same as in row 5"),
    ]
    assert counts(bring(store, table)) == (0, 0, 5, 0)


def test_a_status_is_read_and_a_missing_one_is_taken_as_signed(store: Store) -> None:
    table = sheet({"Title": ["A", "B", "C", "D"], "Status": ["Live", "", "draft", "Wobbly"]})
    summary = bring(store, table)
    assert [c.stage for c in contracts(store)] == ["Signed", "Signed", "Draft", "Wobbly"]
    assert any("status of one new contract" in note for note in summary.notes)
    assert [p.row for p in summary.problems if p.column == "Status"] == [5]


def test_providers_are_made_once_and_never_changed(store: Store) -> None:
    with store.step("By hand"):
        store.save(Organisation(title="Acme  Care", company_number="1"))
    table = sheet(
        {
            "Title": ["One", "Two", "Three", "Four", "Five"],
            "Supplier": ["ACME care", "Beta Ltd", "beta  ltd", "A; B", ""],
            "Company number": ["9", "", "77", "", ""],
            "SME": ["Yes", "No", "Yes", "", ""],
        }
    )
    bring(store, table)
    held = store.all(Organisation)
    assert [(o.title, o.company_number, o.sme) for o in held] == [
        ("Acme  Care", "1", None),
        ("Beta Ltd", "77", False),
        ("A; B", "", None),
    ]
    assert [c.provider_name for c in contracts(store)] == ["Acme  Care", "Beta Ltd", "Beta Ltd", "A; B", ""]
    assert [c.supplier_company_number for c in contracts(store)] == ["9", "", "77", "", ""]


def test_cancelling_leaves_nothing(store: Store) -> None:
    table = sheet({"Title": [f"Contract {n}" for n in range(500)], "Lot": ["x", "y"] * 250})
    plan = plan_import(store, table)
    work = store.long_step(plan.label, write_import(store, plan), "import")
    for _ in range(4):
        next(work)
    work.close()  # type: ignore[attr-defined]
    assert not contracts(store) and not store.own_fields() and not History(store).latest()


def test_the_summary_is_plain_data(store: Store) -> None:
    data = summary_of(plan_import(store, sheet({"Title": ["One"], "Start": ["soon"]}))).as_data()
    assert json.loads(json.dumps(data)) == data
    assert (data["rows_read"], data["created"], data["not_imported"]) == (1, 1, 0)
    (problem,) = cast("list[dict[str, object]]", data["problems"])
    assert (problem["row"], problem["column"], problem["value"]) == (2, "Start", "soon")
    assert [h["goes"] for h in cast("list[dict[str, object]]", data["headings"])] == ["field", "field"]
