"""A new financial year is looked at first, written as one step, undone as one, and never done twice."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.desk.finance.new_year import beginning, live_contracts, planning
from storage.desk.finance.new_year_parts import NewYear, YearRow, sums
from storage.engine.contents import finished
from storage.engine.errors import StorageError
from storage.engine.fields import RECORDS
from storage.engine.history import History
from storage.engine.store import Store
from storage.records.contracts import FORMS, Contract
from storage.records.finance import PriceStep, ValueYear
from storage.records.measures import Kpi, KpiResult
from storage.records.running import Variation
from storage.records.terms import Extension
from storage.rules.indexation import IndexationMethod
from storage.rules.kpis import MILESTONE
from storage.rules.money import last_day_of_year
from tests.storage.desk.register import Register

TWO = NewYear(2027, rate=Decimal(2))


def add(register: Register, **fields: object) -> int:
    """A live contract with these fields besides a usual term."""
    usual = {"reference": "N-1", "title": "Day centre", "stage": "Signed",
             "start": date(2024, 4, 1), "current_end": date(2029, 3, 31)}  # fmt: skip
    with register.store.step("Add"):
        return register.store.save(Contract(**(usual | fields))).key  # type: ignore[arg-type]


def plan(store: Store, ids: Sequence[int], chosen: NewYear = TWO) -> list[YearRow]:
    return finished(planning(store, ids, chosen))


def begin(store: Store, ids: Sequence[int], chosen: NewYear = TWO) -> None:
    for _ in beginning(store, ids, chosen):
        pass


def everything(store: Store) -> dict[str, list[object]]:
    return {table: list(store.all(cls)) for table, cls in RECORDS.items()}


def test_one_step_writes_uplift_plan_variation_and_periods_and_undo_takes_all_back(
    register: Register,
) -> None:
    store = register.store
    number = add(register, annual_value=100_000_00, contract_form=FORMS[0])
    with store.step("More"):
        store.save(Variation(contract=number, number="V09", title="Hours"))
        store.save(
            ValueYear(contract=number, year=2026, planned=110_000_00, actual=109_000_00, cost_centre="CC1")
        )
        store.save(Kpi(contract=number, title="Waits"))
    before, steps = everything(store), len(register.labels())
    chosen = NewYear(2027, rate=Decimal(2), close=True)
    [row] = plan(store, [number], chosen)
    assert (row.this_year, row.next_year) == (110_000_00, 112_200_00)
    assert everything(store) == before  # looking writes nothing
    begin(store, [number], chosen)
    assert register.labels()[-1] == "New financial year 2027/28 for 1 contract"
    assert len(register.labels()) == steps + 1
    years = {y.year: y for y in store.all(ValueYear)}
    assert years[2026].closed and years[2026].actual == 109_000_00
    assert (years[2027].planned, years[2027].cost_centre, years[2027].closed) == (112_200_00, "CC1", None)
    [step] = store.all(PriceStep)
    assert (step.on, step.rate, step.method) == (date(2027, 4, 1), Decimal(2), IndexationMethod.FIXED)
    variation = next(v for v in store.all(Variation) if v.kind == "National")
    assert (variation.number, variation.effective_on, variation.value_change) == (
        "V10",
        date(2027, 4, 1),
        2_200_00,
    )
    opened = sorted(r.period_start for r in store.all(KpiResult) if r.period_start)
    assert opened == [date(2027, 4, 1), date(2027, 7, 1), date(2027, 10, 1), date(2028, 1, 1)]
    assert all(r.value is None for r in store.all(KpiResult))
    register.undo()
    assert everything(store) == before


def test_a_second_time_says_what_is_there_and_changes_nothing(register: Register) -> None:
    store = register.store
    number = add(register, annual_value=100_000_00, contract_form=FORMS[1])
    with store.step("More"):
        store.save(ValueYear(contract=number, year=2026, actual=5))
        store.save_many(
            [Kpi(contract=number, title="Waits"), Kpi(contract=number, title="Once", frequency="Once")]
        )
    chosen = NewYear(2027, rate=Decimal(2), close=True)
    begin(store, [number], chosen)
    once, steps = everything(store), len(register.labels())
    [row] = plan(store, [number], NewYear(2027, rate=Decimal(9), close=True))
    assert not row.writes
    assert row.there == (
        "Uplift: 2%", "Planned: £102,000", "Variation: 1", "KPI periods: 4 open",
        "Closing: Closed",
    )  # fmt: skip
    begin(store, [number], NewYear(2027, rate=Decimal(9), close=True))
    assert everything(store) == once
    assert len(register.labels()) == steps  # a step that changes nothing leaves no trace


def test_only_the_parts_that_are_ticked_are_done(register: Register) -> None:
    store, number = register.store, add(register, annual_value=50_00, contract_form=FORMS[0])
    begin(store, [number], NewYear(2027, uplift=False, variation=False, kpis=False))
    assert [y.planned for y in store.all(ValueYear)] == [50_00]
    assert not store.all(PriceStep) and not store.all(Variation)
    [row] = plan(store, [number])
    assert row.uplift.new and row.planned.there
    assert any("does not change that figure" in words for words in row.warnings)


def test_what_is_missing_or_ends_is_warned_of(register: Register) -> None:
    store = register.store
    nothing = add(register)
    ends = add(register, annual_value=120_00, current_end=date(2027, 9, 30))
    gone = add(register, annual_value=1, current_end=date(2027, 3, 31))
    unsure = add(register, annual_value=1, value_certainty="To be confirmed", indexation="CPI")
    draft = add(register, annual_value=1, stage="Draft")
    runs_on = add(register, annual_value=1, current_end=date(2026, 3, 31), runs_on=True)
    agreed = add(register, annual_value=1, indexation="None")
    with store.step("Option"):
        store.save(Extension(contract=gone, title="Option A"))
    rows = {r.contract: r for r in plan(store, [nothing, ends, gone, unsure, draft, runs_on, agreed])}
    assert rows[nothing].warnings[0] == "No value is recorded. 2027/28 is not planned."
    assert rows[nothing].next_year is None
    assert rows[ends].warnings == ("It ends 30 Sep 2027, during the year: only that part is planned.",)
    assert rows[ends].next_year == 61_20
    assert rows[gone].warnings == (
        "Ends 31 Mar 2027, before 2027/28. 2027/28 is not planned.",
        "An option to extend is still to be decided.",
    )
    assert not rows[gone].writes
    assert rows[unsure].warnings == (
        "Its price follows CPI: it waits for a run with that rate.",
        "Its value is to be confirmed.",
    )
    assert rows[draft].warnings == ("Draft: it is left as it is.",) and not rows[draft].writes
    assert rows[runs_on].warnings == ("Runs on after 31 Mar 2026: the whole year is planned.",)
    assert not rows[agreed].uplift.new and rows[agreed].next_year == 1
    told = sums(list(rows.values()))
    assert (told.contracts, told.changing, told.unknown, told.warned) == (7, 3, 4, 6)


def test_a_contract_with_another_indexation_waits_unless_it_is_to_be_raised_all_the_same(
    register: Register,
) -> None:
    store, number = (
        register.store,
        add(register, annual_value=100_00, indexation="CPI", contract_form=FORMS[0]),
    )
    begin(store, [number])
    assert not store.all(ValueYear) and not store.all(PriceStep)
    assert len(store.all(Variation)) == 1  # the other parts are done
    [row] = plan(store, [number], NewYear(2027, rate=Decimal(2), same_only=False))
    assert row.next_year == 102_00 and row.warnings == ("Its own indexation: CPI.",)
    begin(store, [number], NewYear(2027, rate=Decimal("3.8"), method=IndexationMethod.CPI))
    assert [y.planned for y in store.all(ValueYear)] == [103_80]


def test_a_year_closes_only_with_its_actual_and_says_when_it_is_not_over(register: Register) -> None:
    store, number = register.store, add(register, annual_value=1)
    chosen = NewYear(2027, rate=Decimal(1), close=True)
    [row] = plan(store, [number], chosen)
    assert row.close.words == "No actual yet" and not row.close.new
    with store.step("Actual"):
        store.save(ValueYear(contract=number, year=2026, planned=4, forecast=3, actual=2))
    [row] = plan(store, [number], chosen)
    assert "2026/27 is closed before it is over." in row.warnings
    begin(store, [number], chosen)
    closed = next(y for y in store.all(ValueYear) if y.year == 2026)
    assert (closed.planned, closed.forecast, closed.actual, closed.closed) == (4, 3, 2, True)


def test_periods_follow_how_often_and_how_long_a_measure_runs(register: Register) -> None:
    store, number = register.store, add(register, current_end=date(2027, 12, 31))
    with store.step("KPIs"):
        monthly, _, _, started = store.save_many([
            Kpi(contract=number, title="Monthly", frequency="Monthly", ends=date(2027, 5, 31)),
            Kpi(contract=number, title="Reached", better=MILESTONE),
            Kpi(contract=number, title="Who knows", frequency=""),
            Kpi(contract=number, title="Half-yearly", frequency="Half-yearly"),
        ])  # fmt: skip
        store.save(KpiResult(kpi=started.id, period_start=date(2027, 5, 2), value=Decimal(1)))
    begin(store, [number], NewYear(2027, uplift=False, planned=False, variation=False))
    opened = [(r.kpi, r.period_start) for r in store.all(KpiResult) if r.value is None]
    assert sorted(opened) == [
        (monthly.id, date(2027, 4, 1)), (monthly.id, date(2027, 5, 1)), (started.id, date(2027, 10, 1)),
    ]  # fmt: skip


def test_a_period_that_is_only_opened_leaves_rating_and_trend_alone(register: Register) -> None:
    store, number = register.store, add(register)
    with store.step("KPI"):
        kpi = store.save(Kpi(contract=number, title="Waits", target=Decimal(90), tolerance=Decimal(5)))
        store.save_many([
            KpiResult(kpi=kpi.id, period_start=date(2026, month, 1), value=Decimal(value))
            for month, value in ((1, 80), (4, 88), (7, 95))
        ])  # fmt: skip
    before = store.get(Kpi, kpi.key)
    begin(store, [number], NewYear(2027, uplift=False, planned=False, variation=False))
    after = store.get(Kpi, kpi.key)
    assert (after.latest, after.rating, after.trend) == (before.latest, before.rating, before.trend)
    assert after.trend == "Improving"


def test_a_choice_that_cannot_be_done_says_why_and_changes_nothing(register: Register) -> None:
    store = register.store
    for chosen, words in (
        (NewYear(2027), "rate of the uplift"),
        (NewYear(2027, uplift=False, planned=False, variation=False, kpis=False), "Nothing is ticked"),
        (NewYear(2027, method=IndexationMethod.NONE, rate=Decimal(1)), "by what prices are raised"),
        (NewYear(2027, rate=Decimal(1), floor=Decimal(3), cap=Decimal(2)), "above the cap"),
        (NewYear(2027, rate=Decimal(5000)), "lies between"),
    ):
        with pytest.raises(StorageError, match=words):
            begin(store, [register.contract], chosen)
    assert not store.steps.busy


def test_stopping_half_way_leaves_nothing_behind(register: Register) -> None:
    store = register.store
    ids = [add(register, annual_value=n) for n in range(1, 4)]
    before = everything(store)
    work = beginning(store, ids, TWO)
    next(work)
    assert store.steps.busy
    work.close()  # type: ignore[attr-defined]
    assert everything(store) == before and not store.steps.busy


def test_the_live_contracts_are_those_that_run_or_will(register: Register) -> None:
    live, draft = add(register), add(register, stage="Draft")
    over = add(register, current_end=date(2025, 3, 31))
    found = live_contracts(register.store)
    assert live in found and register.contract in found
    assert draft not in found and over not in found


CONTRACTS = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "annual_value": st.integers(0, 10**10),
            "current_value": st.integers(0, 10**10),
            "start": st.dates(date(2020, 1, 1), date(2029, 1, 1)),
            "current_end": st.dates(date(2025, 1, 1), date(2031, 1, 1)),
            "runs_on": st.booleans(),
            "contract_form": st.sampled_from(("", *FORMS)),
            "indexation": st.sampled_from(("", *IndexationMethod)),
        },
    ),
    min_size=1,
    max_size=4,
)
CHOSEN = st.builds(
    NewYear,
    year=st.sampled_from((2026, 2027, 2028)),
    rate=st.decimals(Decimal(-20), Decimal(20), places=2),
    efficiency=st.none() | st.decimals(Decimal(0), Decimal(10), places=2),
    method=st.sampled_from([m for m in IndexationMethod if m is not IndexationMethod.NONE]),
    floor=st.none() | st.decimals(Decimal(-5), Decimal(0), places=1),
    same_only=st.booleans(), planned=st.booleans(), variation=st.booleans(), kpis=st.booleans(), close=st.booleans(),
)  # fmt: skip


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(made=CONTRACTS, chosen=CHOSEN)
def test_twice_is_once_and_undo_is_never(
    register: Register, made: list[dict[str, object]], chosen: NewYear
) -> None:
    store = register.store
    ids = [add(register, **fields) for fields in made]
    with store.step("KPIs"):
        store.save_many([Kpi(contract=i, title="A") for i in ids])
    before = everything(store)
    rows = plan(store, ids, chosen)
    planned = sum(r.next_year or 0 for r in rows if r.planned.new)
    begin(store, ids, chosen)
    after = everything(store)
    written = [y for y in store.all(ValueYear) if y.year == chosen.year and y.contract in ids]
    assert sum(y.planned or 0 for y in written) == planned
    begin(store, ids, chosen)
    assert everything(store) == after
    ends = {c.key: c.agreed_end or date.max for c in store.all(Contract) if not c.runs_on}
    closing = last_day_of_year(chosen.year - 1)
    assert all(ends.get(y.contract or 0, date.max) > closing for y in written)
    if after != before:
        for _ in History(store).undo():
            pass
    assert everything(store) == before
