"""Limits of the law: as the file keeps them, and as they come with the program where it keeps none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import storage.records  # noqa: F401
from storage.desk.beginning.opened import see_to
from storage.desk.limits import as_shipped, limits, limits_of
from storage.engine.opening import new_store
from storage.engine.store import Store
from storage.records.planning import Threshold
from storage.rules.procurement.reference import thresholds
from storage.rules.procurement.thresholds import pence_of


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = new_store(tmp_path / "register.desk", today=lambda: date(2026, 11, 22))
    yield made
    made.close()


def test_a_file_is_given_the_limits_once_and_they_say_the_same(store: Store) -> None:
    assert set(limits(store)) == set(thresholds()), "before there are any"
    see_to(store)
    assert len(store.all(Threshold)) == len(as_shipped())
    assert set(limits(store)) == set(thresholds())


def test_a_corrected_limit_counts_and_the_others_stay() -> None:
    mine = Threshold(title="KPIs from", code="pa23_kpi_value", amount=6_000_000_00, from_on=date(2025, 2, 24))
    found = limits_of([mine, Threshold(title="A note without a code", amount=1)])
    assert pence_of("pa23_kpi_value", date(2026, 1, 1), found)[0] == 6_000_000_00
    assert len({each.key for each in found}) == len({each.key for each in thresholds()})
