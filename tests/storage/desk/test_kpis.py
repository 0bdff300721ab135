"""KPIs with their results: rated, followed over time, and asked for by period."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import storage.records  # noqa: F401
from storage.desk.bin import move_to_bin
from storage.desk.kpis import next_period, period_words, result_rating, scores, value_words
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
        made.save(Contract(title="Night shelter"))
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


def test_the_latest_result_is_rated_whatever_order_they_were_typed_in(store: Store) -> None:
    kpis = store.all(Kpi)
    found = scores(store, kpis, TODAY)
    assert [found[k.key].rating.value for k in kpis] == ["Red", "Green", "Red"]
    assert found[1].latest is not None and found[1].latest.value == 80
    assert found[1].trend.value == "Worsening" and found[2].trend.value == "Not enough data"
    assert found[2].over.value and not found[1].over.value
    assert scores(store, [], TODAY) == {}


def test_each_result_by_itself(store: Store) -> None:
    kpi = store.get(Kpi, 1)
    [second, first, third] = store.many(KpiResult, [1, 2, 3]).values()
    assert [result_rating(kpi, r, TODAY).value for r in (first, second, third)] == ["Green", "Amber", "Red"]
    assert [value_words(kpi, r) for r in (first, second)] == ["97%", "92.5%"]
    assert [period_words(kpi, r) for r in (first, second)] == ["Q4 2025/26", "Q1 2026/27"]
    late = store.get(KpiResult, 5)
    assert result_rating(store.get(Kpi, 3), late, TODAY).value == "Red"
    assert value_words(kpi, late) == "" and period_words(store.get(Kpi, 3), late) == ""


def test_the_next_period_is_the_earliest_without_a_result(store: Store) -> None:
    kpi = store.get(Kpi, 1)
    results = [r for r in store.all(KpiResult) if r.kpi == 1]
    assert next_period(kpi, results, TODAY) == date(2026, 10, 1)
    assert next_period(kpi, results[1:], TODAY) == date(2026, 4, 1)
    assert next_period(store.get(Kpi, 2), [], TODAY) is None


def test_results_go_to_the_bin_with_their_kpi_and_come_back(store: Store) -> None:
    move_to_bin(store, Kpi, [1])
    assert {r.kpi for r in store.all(KpiResult)} == {2, 3}
