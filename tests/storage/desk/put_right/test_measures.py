"""Measures: gaps before a KPI can be measured, results that are late, and the duty of the Procurement Act."""

from datetime import date
from decimal import Decimal

from storage.engine.store import Store
from storage.records.measures import Kpi, KpiResult
from tests.storage.desk.put_right.finding_out import found, save, sound, words


def _measured(contract: int | None, **given: object) -> Kpi:
    values: dict[str, object] = {
        "contract": contract, "title": "Seen in time", "target": Decimal(95), "tolerance": Decimal(5),
        "method": "Counted monthly", "owner": "Provider", "begins": date(2026, 4, 1),
    }  # fmt: skip
    return Kpi(**(values | given))  # type: ignore[arg-type]


def test_a_kpi_without_a_threshold_leads_to_the_cell_that_lacks_it(store: Store) -> None:
    save(store, _measured(sound(store).id, tolerance=None))
    finding = found(store)["kpi_not_smart"]
    assert finding.words == "Seen in time: There is no threshold between amber and red."
    assert (finding.table, finding.field) == ("kpi", "tolerance")


def test_a_result_is_late_a_month_after_its_quarter(store: Store) -> None:
    contract = sound(store)
    save(store, _measured(contract.id))
    assert words(store, "kpi_result_late") == "Seen in time: 2 results are late: Q1 2026/27, Q2 2026/27."
    save(store, KpiResult(kpi=1, period_start=date(2026, 4, 1), value=Decimal(96)))
    save(store, KpiResult(kpi=1, period_start=date(2026, 7, 1), value=Decimal(96)))
    assert "kpi_result_late" not in found(store)


def test_old_quarters_are_history(store: Store) -> None:
    save(store, _measured(sound(store, start=date(2016, 4, 1)).id, begins=date(2016, 4, 1)))
    assert words(store, "kpi_result_late").startswith("Seen in time: 6 results are late: 2 earlier, ")


def test_a_milestone_is_asked_for_after_its_day(store: Store) -> None:
    contract = sound(store)
    save(store, _measured(contract.id, better="Milestone", due_on=date(2026, 10, 1), target=None))
    assert words(store, "kpi_milestone_late") == "Seen in time: it was to be reached by 1 Oct 2026."


def test_a_large_contract_under_the_act_owes_three_indicators(store: Store) -> None:
    large = {"regime": "Procurement Act 2023", "award_value": 600_000_000, "signed_on": date(2026, 3, 1)}
    contract = sound(store, **large)
    assert found(store)["kpi_duty"].field == "kpi_exempt"
    assert words(store, "kpi_duty").endswith("It has none.")
    for _ in range(3):
        save(store, _measured(contract.id))
    assert "kpi_duty" not in found(store)
    sound(store, **large, kpi_exempt="Cannot be measured")
    assert "kpi_duty" not in found(store)
