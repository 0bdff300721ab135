"""A kind of file that was brought in once goes the same way the next time, whatever its name and month."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from storage.engine.store import Store
from storage.exchange.importing.import_headings import Choices
from storage.exchange.importing.list_kinds import BY_KEY
from storage.exchange.importing.list_layout import prepared
from storage.exchange.importing.memory import every_known, likely_kind, recall, shape_of
from storage.exchange.importing.register_import import plan_with
from storage.exchange.tables.sheet import Sheet
from storage.records.contracts import Contract
from storage.records.imports import RememberedImport
from storage.records.measures import Kpi, KpiResult
from tests.storage.exchange.import_making import bring, counts, made_store, sheet, undo, write


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(made_store(tmp_path)) as made:
        with made.step("Begin"):
            contract = made.save(Contract(reference="C1", title="Care at home"))
            made.save(Kpi(contract=contract.id, title="Seen within 5 days", frequency="Monthly"))
        yield made


def monthly(*months: str) -> Sheet:
    """A return as a provider sends it: no contract, a KPI under a name of their own, a column for each month."""
    values = {month: [str(90 + n)] for n, month in enumerate(months)}
    return sheet(
        {"Indicator": ["Seen in five days"], "Our ref": ["x"], **values}, f"Return {months[-1]}.xlsx"
    )


def again(store: Store, table: Sheet) -> tuple[tuple[int, int, int, int], list[str]]:
    """Bring a table in by what is remembered of its kind: the counts, and why each heading goes where it goes."""
    recalled = recall(store, table)
    plan = plan_with(store, prepared(table, recalled.kind), recalled.choices, recalled.kind)
    return counts(write(store, plan)), [h.why for h in plan.headings if h.name]


def test_the_next_monthly_return_needs_no_decision(store: Store) -> None:
    kpi = store.all(Kpi)[0]
    bring(
        store, monthly("Apr 2026", "May 2026"), kind=BY_KEY["kpi-results"],
        fixed={"via:kpi": "#1"}, meant={"kpi": {"seen in five days": f"#{kpi.key}"}},
    )  # fmt: skip
    table = monthly("May 2026", "Jun 2026", "Jul 2026")
    assert recall(store, table).kind is BY_KEY["kpi-results"]
    made, whys = again(store, table)
    assert made == (2, 1, 0, 0) and set(whys) == {"as last time"}
    assert len(store.all(KpiResult)) == 4
    assert (
        len(store.all(RememberedImport)) == 1
        and store.all(RememberedImport)[0].title == "Return Jul 2026.xlsx"
    )


def test_records_are_remembered_by_what_they_are_in_every_copy(store: Store) -> None:
    kpi = store.all(Kpi)[0]
    bring(store, monthly("Apr 2026", "May 2026"), kind=BY_KEY["kpi-results"],
          meant={"kpi": {"seen in five days": f"#{kpi.key}"}})  # fmt: skip
    [memory] = store.all(RememberedImport)
    assert memory.decided["meant"] == {"kpi": {"seen in five days": f"@{kpi.uuid}"}}
    with store.step("Bin"):
        store.bin(Kpi, [kpi.key])
    assert recall(store, monthly("Jun 2026", "Jul 2026")).choices.meant == {"kpi": {}}


def test_columns_of_a_register_go_where_they_went(store: Store) -> None:
    table = sheet({"Code": ["C7"], "What": ["Meals"], "Extra": ["a"], "Gone": ["b"]})
    bring(store, table, chosen={"reference": "Code", "title": "What"}, left_out=["Gone"])
    later = sheet({"What": ["Transport"], "Extra": ["c"], "Gone": ["d"], "Code": ["C8"]}, "another.csv")
    recalled = recall(store, later)
    assert recalled.choices.left_out == ("Gone",)
    made, _ = again(store, later)
    assert made == (1, 0, 0, 0)
    assert [c.title for c in store.all(Contract)] == ["Care at home", "Meals", "Transport"]
    assert dict(store.all(Contract)[-1].own) == {"extra": "c"}
    undo(store)
    undo(store)
    assert not recall(store, later).known


def test_a_row_of_headings_somebody_chose_is_chosen_again(store: Store) -> None:
    table = sheet({"Reference": ["C7"], "Title": ["Meals"]})
    said = replace(table, said=True, header_row=3, found="as it was found")
    bring(store, said)
    assert recall(store, table).memory == store.all(RememberedImport)[0]
    assert store.all(RememberedImport)[0].header_row == 3
    assert shape_of(said) == shape_of(table)
    assert recall(store, sheet({"Other": ["x"]})).choices == Choices()


@pytest.mark.parametrize(
    ("headings", "list_key"),
    [
        ("Supplier,Contract title,Start date,End date,Value", "contracts"),
        ("Title,Status,Notes", "contracts"),
        ("Action,Owner,Due date,Status,Contract", "actions"),
        ("Risk,Likelihood,Impact,Owner", "risks"),
        ("Name,Job title,Email,Organisation", "people"),
        ("Provider,Company number,Postcode", "providers"),
        ("KPI,Target,Frequency,Contract", "kpis"),
        ("KPI,Apr 2026,May 2026,Jun 2026", "kpi-results"),
        ("Date,Contract,Venue,Chair", "meetings"),
    ],
)
def test_the_list_a_table_speaks_of_is_found(store: Store, headings: str, list_key: str) -> None:
    table = sheet({heading: ["x", "y"] for heading in headings.split(",")})
    assert likely_kind(table, every_known(store)).key == list_key
