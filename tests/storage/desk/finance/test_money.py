"""The money of a register: recorded figures first, worked-out ones told apart, and every sum exact."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.desk.finance.money import Line, Money, explained, read_money
from storage.desk.finance.money_tables import (
    COST_CENTRE,
    DIRECTORATE,
    NONE_NAMED,
    by_group,
    commitments,
    endings,
    pooled,
    this_year,
    year_totals,
)
from storage.records.contracts import Contract
from storage.records.finance import Contribution, ValueYear
from storage.records.organisations import Organisation
from storage.records.running import Notice
from storage.records.terms import Extension
from storage.rules.months import last_day_of_months
from storage.rules.totals import Certainty
from tests.storage.desk.register import Register

THREE_YEARS = {"start": date(2025, 4, 1), "current_end": date(2028, 3, 31)}


def add(register: Register, **fields: object) -> int:
    with register.store.step("Add"):
        made = Contract(**({"title": "Day centre", "stage": "Signed"} | THREE_YEARS | fields))  # type: ignore[arg-type]
        return register.store.save(made).key


def year(register: Register, contract: int, which: int = 2026, /, **fields: object) -> None:
    with register.store.step("Year"):
        register.store.save(ValueYear(contract=contract, year=which, **fields))  # type: ignore[arg-type]


def money(register: Register) -> Money:
    return read_money(register.store)


def line_of(found: Money, contract: int) -> Line:
    return next(line for line in found.lines if line.contract.key == contract)


def test_a_recorded_plan_counts_before_one_worked_out(register: Register) -> None:
    number = add(register, current_value=300_00, phasing="Whole months")
    line = line_of(money(register), number)
    assert line.planned(2026).pence == 100_00 and line.planned(2026).worked_out
    assert line.planned(2026).amount.certainty is Certainty.ESTIMATE
    assert line.planned(2030).pence == 0
    assert explained(line, 2026).why.startswith("Worked out: ")
    year(register, number, planned=90_00)
    line = line_of(money(register), number)
    assert (line.planned(2026).pence, line.planned(2026).worked_out) == (90_00, False)
    assert explained(line, 2026).why == "As recorded on the contract."


def test_an_annual_value_plans_the_part_of_the_year_a_contract_runs(register: Register) -> None:
    number = add(register, annual_value=120_00, current_end=date(2026, 9, 30))
    line = line_of(money(register), number)
    assert line.planned(2026).pence == 60_00
    endless, blank = add(register, annual_value=120_00, current_end=None), add(register)
    assert line_of(money(register), endless).planned(2040).pence == 120_00
    assert line_of(money(register), blank).planned(2026).pence is None


def test_drafts_and_what_is_over_count_only_with_figures_of_their_own(register: Register) -> None:
    draft = add(register, annual_value=1, stage="Draft")
    ended = add(register, annual_value=1, stage="Terminated")
    year(register, ended, actual=7)
    shown = {line.contract.key for line in money(register).of_year(2026)}
    assert ended in shown and draft not in shown
    assert line_of(money(register), ended).planned(2026).pence is None


def test_an_open_year_is_judged_by_its_forecast_and_a_closed_one_by_its_actual(register: Register) -> None:
    number = add(register)
    year(register, number, planned=100, forecast=110, actual=40)
    found = money(register)
    apart = line_of(found, number).variance(2026, found.today).value
    assert apart is not None and (apart.against, apart.pence) == ("forecast", 10)
    year(register, number, 2025, planned=100, forecast=110, actual=95)
    found = money(register)
    apart = line_of(found, number).variance(2025, found.today).value
    assert apart is not None and (apart.against, apart.pence) == ("actual", -5)


def test_totals_say_what_is_to_be_confirmed(register: Register) -> None:
    a = add(register, value_certainty="To be confirmed")
    b = add(register, value_certainty="To be confirmed")
    year(register, a, planned=5_00)
    found = money(register)
    lines = [line_of(found, a), line_of(found, b)]
    total = year_totals(found, 2026, lines).planned
    assert (total.pence, total.unconfirmed, total.to_be_confirmed) == (5_00, 1, 1)


def test_groups_follow_the_cost_centre_of_the_year_and_the_directorate(register: Register) -> None:
    a = add(register, cost_centre="B2", directorate="Adults")
    b = add(register, cost_centre="A1")
    year(register, a, planned=1, cost_centre="A1")
    year(register, b, planned=2)
    found = money(register)
    lines = [line_of(found, a), line_of(found, b)]
    assert [(g.name, g.planned.pence) for g in by_group(found, 2026, lines, COST_CENTRE)] == [("A1", 3)]
    names = [g.name for g in by_group(found, 2026, lines, DIRECTORATE)]
    assert names == ["Adults", NONE_NAMED]
    assert this_year(found) == 2026


def test_commitments_reach_to_the_end_and_no_further_than_notice(register: Register) -> None:
    fixed = add(register, current_value=300_00, phasing="Whole months")
    open_ended = add(register, annual_value=50_00, current_end=None)
    add(register, annual_value=1_000_00, stage="Draft")
    unknown = add(register)
    found = money(register)
    lines = [line_of(found, n) for n in (fixed, open_ended, unknown)]
    told = commitments(found, 2026, lines)
    value = told.found.value
    assert (value.this_year.pence, value.next_year.pence, value.later.pence) == (150_00, 100_00, 0)
    assert value.this_year.blank == value.next_year.blank == 1
    assert told.open_ended == 1
    rows = {line.contract.key: row for line, row in told.rows}
    assert rows[fixed].earlier == 100_00 and rows[unknown].this_year is None


def test_what_ends_on_31_march_says_what_is_decided(register: Register) -> None:
    last = date(2027, 3, 31)
    waits, noticed = add(register, current_end=last), add(register, current_end=last)
    extended = add(register, current_end=last)
    add(register, current_end=date(2027, 3, 30))
    with register.store.step("More"):
        register.store.save_many([
            Extension(contract=waits, title="A", decide_by=date(2026, 12, 1)), Extension(contract=waits, title="B"),
            Extension(contract=extended, title="A", status="Declined"),
        ])  # fmt: skip
        register.store.save(Notice(contract=noticed, kind="Non-renewal", served_on=date(2026, 10, 1)))
    found = {e.line.contract.key: e for e in endings(money(register), 2026)}
    assert set(found) == {waits, noticed, extended, register.contract}
    assert found[waits].option == "Open, decide by 1 Dec 2026 (+1 more)" and not found[waits].decided
    assert found[noticed].decided and found[noticed].notice == "Non-renewal, 1 Oct 2026"
    assert found[extended].option == "No option left"
    assert found[register.contract].notice == "Passed 30 Sep 2026"
    assert not endings(money(register), 2030)


def test_partners_pay_in_with_shares_and_what_falls_away(register: Register) -> None:
    with register.store.step("Partners"):
        office, board = register.store.save_many(
            [Organisation(title="Home Office"), Organisation(title="Board")]
        )
        register.store.save_many([
            Contribution(contract=register.contract, organisation=office.id, year=2026, amount=75_00,
                         until=date(2027, 3, 31)),
            Contribution(contract=register.contract, organisation=board.id, amount=25_00),
            Contribution(contract=register.contract, organisation=board.id, year=2025, amount=99_00),
        ])  # fmt: skip
    whole, partners = pooled(money(register), 2026)
    assert whole.value.total.pence == 100_00
    assert [(p.name, p.total.pence, p.share, p.ending.pence) for p in partners] == [
        ("Board", 25_00, "25%", None), ("Home Office", 75_00, "75%", 75_00),
    ]  # fmt: skip
    assert pooled(money(register), 2026, frozenset())[1] == []


AMOUNTS = st.none() | st.integers(-(10**9), 10**10)
YEARS = st.lists(
    st.fixed_dictionaries({
        "planned": AMOUNTS, "forecast": AMOUNTS, "actual": AMOUNTS,
        "cost_centre": st.sampled_from(("", "A1", "B2")),
        "certainty": st.sampled_from(("", *(str(c) for c in Certainty))),
        "closed": st.none() | st.booleans(),
    }),
    min_size=1, max_size=5,
)  # fmt: skip


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(figures=YEARS)
def test_groups_sum_to_the_whole_to_the_penny(register: Register, figures: list[dict[str, object]]) -> None:
    numbers = [add(register) for _ in figures]
    for number, fields in zip(numbers, figures, strict=True):
        year(register, number, 2026, **fields)
    found = money(register)
    lines = [line_of(found, number) for number in numbers]
    whole = year_totals(found, 2026, lines)
    for grouping in (COST_CENTRE, DIRECTORATE):
        groups = by_group(found, 2026, lines, grouping)
        assert sum(g.contracts for g in groups) == whole.contracts
        for name in ("planned", "forecast", "actual", "variance"):
            parts, total = [getattr(g, name) for g in groups], getattr(whole, name)
            assert sum(p.pence or 0 for p in parts) == (total.pence or 0)
            assert sum(p.blank + p.to_be_confirmed for p in parts) == total.blank + total.to_be_confirmed
    assert (whole.planned.pence or 0) == sum(
        int(str(f["planned"])) for f in figures if f["planned"] is not None
    )


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    value=st.integers(0, 10**11),
    months=st.integers(1, 90),
    by=st.sampled_from(("Even by day", "Whole months")),
)
def test_a_value_is_committed_whole(register: Register, value: int, months: int, by: str) -> None:
    start = date(2026, 4, 1)
    number = add(
        register, start=start, current_end=last_day_of_months(start, months), current_value=value, phasing=by
    )
    found = money(register)
    told = commitments(found, 2026, [line_of(found, number)]).found.value
    committed = (told.this_year.pence or 0) + (told.next_year.pence or 0) + (told.later.pence or 0)
    assert committed == value
