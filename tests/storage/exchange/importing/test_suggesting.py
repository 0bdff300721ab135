"""A heading that only may mean a field is offered, never taken, and only where what stands under it fits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from storage.engine.store import Store
from storage.exchange.importing.register_import import plan_import
from storage.exchange.importing.suggesting import fits
from storage.records.contracts import Contract
from tests.storage.exchange.import_making import made_store, sheet


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(made_store(tmp_path)) as made:
        yield made


def test_what_is_doubtful_is_offered_and_not_taken(store: Store) -> None:
    table = sheet({"Reference": ["C1"], "Contract mgr": ["Ann"], "Extn date": ["31/3/2028"], "Ward": ["Red"]})
    headings = {h.heading: h for h in plan_import(store, table).headings}
    assert {h.heading: h.perhaps for h in headings.values() if h.perhaps} == {
        "Contract mgr": "contract_manager", "Extn date": "max_end",
    }  # fmt: skip
    assert {headings[h].goes for h in ("Contract mgr", "Extn date", "Ward")} == {"own field"}


def test_nearly_a_name_is_taken_only_where_its_cells_fit(store: Store) -> None:
    fitting = sheet({"Reference": ["C1"], "Contrcat end date": ["31/3/2028"]})
    assert plan_import(store, fitting).headings[1].name == "current_end"
    other = sheet({"Reference": ["C1"], "Contrcat end date": ["see the folder"]})
    assert plan_import(store, other).headings[1].goes == "own field"


def test_cells_fit_a_field_when_most_can_be_read() -> None:
    table = sheet(
        {"When": ["1/4/2026", "2/4/2026", "3/4/2026", "4/4/2026", "soon"], "What": ["a", "", "b", "c", "d"]}
    )
    assert fits(table, "When", Contract.FIELDS["start"]) and not fits(table, "What", Contract.FIELDS["start"])
    assert fits(table, "What", Contract.FIELDS["title"])
    assert not fits(sheet({"x": ["", ""]}), "x", Contract.FIELDS["title"])
