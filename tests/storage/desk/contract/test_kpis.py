"""KPIs with their results: rated, followed over time, and asked for by period."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import storage.records  # noqa: F401
from storage.desk.bin import move_to_bin
from storage.desk.contract.kpis import (
    begins,
    gaps,
    late,
    next_period,
    period_words,
    result_rating,
    target_of,
    value_words,
)
from storage.engine.opening import new_store
from storage.engine.store import Store
from storage.records.contracts import Contract
from storage.records.measures import Kpi, KpiResult
from storage.rules.kpis import LOWER, MILESTONE

TODAY = date(2026, 11, 22)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = new_store(tmp_path / "kpis.desk", today=lambda: TODAY)
    with made.step("Fill"):
        made.save(Contract(title="Night shelter", start=date(2026, 4, 1)))
        made.save_many(
            [
                Kpi(contract=1, title="Seen in time", unit="%", target=Decimal(95), tolerance=Decimal(5),
                    begins=date(2026, 1, 1)),
                Kpi(contract=1, title="Days waited", better=LOWER, target=Decimal(10), over_by=Decimal(50)),
                Kpi(contract=1, title="Plan agreed", better=MILESTONE, ends=date(2026, 6, 30), frequency="Once"),
            ]
        )  # fmt: skip
        made.save_many(
            [
                KpiResult(kpi=1, period_start=date(2026, 4, 1), value=Decimal("92.5")),
                KpiResult(kpi=1, period_start=date(2026, 1, 1), value=Decimal(97)),
                KpiResult(kpi=1, period_start=date(2026, 7, 1), value=Decimal(80)),
                KpiResult(kpi=2, value=Decimal(4)),
                KpiResult(kpi=3, period_start=date(2026, 7, 2)),
            ]
        )
    yield made
    made.close()


def test_each_result_by_itself(store: Store) -> None:
    kpi = store.get(Kpi, 1)
    [second, first, third] = store.many(KpiResult, [1, 2, 3]).values()
    assert [result_rating(kpi, r).value for r in (first, second, third)] == ["Green", "Amber", "Red"]
    assert [value_words(kpi, r) for r in (first, second)] == ["97%", "92.5%"]
    assert [period_words(kpi, r) for r in (first, second)] == ["Q4 2025/26", "Q1 2026/27"]
    reached = store.get(KpiResult, 5)
    assert value_words(kpi, reached) == "" and period_words(store.get(Kpi, 3), reached) == ""
    assert target_of(kpi) == "at least 95%" and target_of(Kpi()) == ""


def test_the_next_period_is_the_earliest_without_a_result(store: Store) -> None:
    kpi = store.get(Kpi, 1)
    results = [r for r in store.all(KpiResult) if r.kpi == 1]
    assert next_period(kpi, kpi.begins, results, TODAY) == date(2026, 10, 1)
    assert next_period(kpi, kpi.begins, results[1:], TODAY) == date(2026, 4, 1)
    assert next_period(store.get(Kpi, 2), None, [], TODAY) is None


def test_without_a_day_of_its_own_a_kpi_begins_with_its_contract(store: Store) -> None:
    assert begins(store, store.get(Kpi, 2)) == date(2026, 4, 1)
    assert begins(store, store.get(Kpi, 1)) == date(2026, 1, 1)
    assert begins(store, Kpi()) is None


def test_a_period_that_is_over_without_a_result_is_late(store: Store) -> None:
    kpi = store.get(Kpi, 2)
    found = late(kpi, date(2026, 4, 1), [KpiResult(period_start=date(2026, 4, 1), value=Decimal(9))], TODAY)
    assert [one.label for one in found.value] == ["Q2 2026/27"]
    blank = KpiResult(period_start=date(2026, 4, 1))
    assert len(late(kpi, date(2026, 4, 1), [blank], TODAY).value) == 2, "a result without a figure is none"
    assert late(store.get(Kpi, 3), date(2026, 4, 1), [], TODAY).value == ()
    assert late(kpi, None, [], TODAY).value == ()


def test_what_a_kpi_lacks_is_named(store: Store) -> None:
    assert any("owner" in words for words in gaps(store.get(Kpi, 1)).value)


def test_results_go_to_the_bin_with_their_kpi_and_come_back(store: Store) -> None:
    move_to_bin(store, Kpi, [1])
    assert {r.kpi for r in store.all(KpiResult)} == {2, 3}
