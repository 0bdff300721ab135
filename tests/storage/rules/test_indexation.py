"""Indexation compounds step by step, to the penny, within its limits, and stops where no rate is known."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.engine.values import Period
from storage.rules.indexation import (
    MOST_STEPS,
    Figure,
    Indexation,
    IndexationMethod,
    Limits,
    NhsUplift,
    compounded,
    indexed,
    rate_for,
    uplifted,
)

APRIL = [date(year, 4, 1) for year in range(2025, 2032)]
RATES = st.decimals(-100, 1000, places=4)
PENCE = st.integers(0, 10**13)


def rate(words: str) -> Decimal:
    return Decimal(words)


def test_domain_section_4_5_uplift_of_2025_26_before_and_after_pay_awards() -> None:
    assert uplifted(10_000_000, rate("4.15")).value.after == 10_415_000
    found = uplifted(10_000_000, rate("4.83"), on=APRIL[0], source="NHS Payment Scheme 2025/26")
    assert found.value.after == 10_483_000
    assert found.why == "1 Apr 2025: £104,830.00 = £100,000.00 plus 4.83%."
    assert found.reasons[0].source == "NHS Payment Scheme 2025/26"


def test_domain_section_7_10_both_ways_of_taking_efficiency_off() -> None:
    added = NhsUplift(rate("4.83"), rate("2"), multiplied=False)
    multiplied = NhsUplift(rate("4.83"), rate("2"), multiplied=True)
    assert (added.rate, multiplied.rate) == (rate("2.83"), rate("2.7334"))
    assert uplifted(100_000_000, added).value.after == 102_830_000
    found = uplifted(100_000_000, multiplied)
    assert found.value.after == 102_733_400
    assert found.reasons[0].words == (
        "Cost uplift 4.83% less efficiency 2%, one after the other, is 2.7334%."
    )


def test_domain_section_7_10_compounds_and_lists_every_step() -> None:
    steps = [Figure(day, rate("3.33")) for day in APRIL[:3]]
    found = compounded(10_001, steps)
    assert found.value is not None
    assert [step.after for step in found.value.steps] == [10_334, 10_678, 11_034]
    assert found.value.value == 11_034
    assert found.why == "£110.34, from £100.01 by 3 steps of indexation."
    assert found.reasons[1].words == "1 Apr 2026: £106.78 = £103.34 plus 3.33%."
    assert found.reasons[1].rests_on[0].words == "The rate is 3.33%."


def test_steps_go_by_their_days_and_stop_at_the_day_asked_for() -> None:
    steps = [Figure(APRIL[1], rate("10")), Figure(APRIL[0], rate("-10")), Figure(APRIL[2], rate("50"))]
    found = compounded(10_005, steps, until=APRIL[1]).value
    assert found is not None
    assert [(step.on, step.after) for step in found.steps] == [(APRIL[0], 9_005), (APRIL[1], 9_906)]
    nothing = compounded(None, steps)
    assert nothing.value is None
    assert nothing.why == "No value is recorded."


@pytest.mark.parametrize(
    ("given_rate", "limits", "used", "after", "said"),
    [
        (
            "0.5",
            Limits(floor=rate("1"), cap=rate("5")),
            "1",
            10_100,
            "0.5% is below the floor, so 1% is used.",
        ),
        ("9.1", Limits(floor=rate("1"), cap=rate("5")), "5", 10_500, "9.1% is above the cap, so 5% is used."),
        ("5", Limits(floor=rate("1"), cap=rate("5")), "5", 10_500, "£105.00 = £100.00 plus 5%."),
        ("-2", Limits(), "-2", 9_800, "£98.00 = £100.00 less 2%."),
        ("-2", Limits(floor=rate("0")), "0", 10_000, "\u22122% is below the floor, so 0% is used."),
        (
            "1",
            Limits(least_value=10_200),
            "1",
            10_200,
            "£100.00 plus 1% is £101.00, below the least value agreed, £102.00, which is taken.",
        ),
        ("3", Limits(least_value=10_200), "3", 10_300, "£103.00 = £100.00 plus 3%."),
    ],
)
def test_floor_and_cap_bound_the_rate_and_a_least_value_the_result(
    given_rate: str, limits: Limits, used: str, after: int, said: str
) -> None:
    found = uplifted(10_000, rate(given_rate), limits)
    assert found.value.used == rate(used)
    assert found.value.given == rate(given_rate)
    assert found.value.after == after
    assert said in found.why


def test_the_floor_works_after_efficiency_is_taken_off() -> None:
    net = NhsUplift(rate("1.5"), rate("2"), multiplied=False)
    assert uplifted(10_000, net, Limits(floor=rate("0"))).value.after == 10_000


def test_limits_and_rates_that_make_no_sense_are_refused() -> None:
    with pytest.raises(ValueError, match="The floor, 5%, is above the cap, 1%"):
        Limits(floor=rate("5"), cap=rate("1"))
    with pytest.raises(ValueError, match="between 0% and 100%"):
        NhsUplift(rate("4"), rate("-1"), multiplied=True)
    with pytest.raises(ValueError, match="rate lies between"):
        uplifted(100, rate("4830"))
    with pytest.raises(ValueError, match="time between"):
        indexed(100, Indexation(IndexationMethod.FIXED, APRIL[0], Period(0, "y")), [], APRIL[1])


def test_a_fixed_rate_stands_until_another_replaces_it() -> None:
    figures = [Figure(APRIL[0], rate("2")), Figure(APRIL[2], rate("3"))]
    found = indexed(1_000_000, Indexation(IndexationMethod.FIXED, APRIL[0]), figures, APRIL[3]).value
    assert found is not None
    assert [step.used for step in found.steps] == [2, 2, 3, 3]
    assert found.value == 1_103_760
    assert found.stopped is None


def test_inflation_of_one_year_is_never_taken_for_the_next() -> None:
    figures = [Figure(APRIL[0], rate("2.6")), Figure(date(2026, 2, 18), rate("3"))]
    found = indexed(1_000_000, Indexation(IndexationMethod.CPI, APRIL[0]), figures, APRIL[4])
    assert found.value is not None
    assert [step.used for step in found.value.steps] == [rate("2.6"), 3]
    assert found.value.stopped == APRIL[2]
    assert found.why == (
        "£10,567.80, from £10,000.00 by 2 steps of indexation. "
        "No rate is recorded for 1 Apr 2027, so nothing is raised from then on."
    )


def test_a_revised_rate_of_the_same_day_replaces_the_first() -> None:
    figures = [Figure(APRIL[0], rate("4.15")), Figure(APRIL[0], rate("4.83"))]
    found = indexed(10_000, Indexation(IndexationMethod.NHS_ADDED, APRIL[0]), figures, APRIL[0]).value
    assert found is not None
    assert found.value == 10_483


def test_dates_count_from_the_first_one() -> None:
    rule = Indexation(IndexationMethod.FIXED, date(2025, 1, 31), Period(1, "m"))
    found = indexed(10_000, rule, [Figure(date(2025, 1, 1), rate("0"))], date(2025, 4, 30)).value
    assert found is not None
    assert [step.on for step in found.steps] == [
        date(2025, 1, 31),
        date(2025, 2, 28),
        date(2025, 3, 31),
        date(2025, 4, 30),
    ]


@pytest.mark.parametrize(
    ("pence", "rule", "until", "said"),
    [
        (None, Indexation(IndexationMethod.CPI, APRIL[0]), APRIL[1], "No value is recorded."),
        (100, Indexation(IndexationMethod.NONE), APRIL[1], "£1.00: no indexation is agreed."),
        (
            100,
            Indexation(IndexationMethod.CPIH),
            APRIL[1],
            "Indexation by CPIH is agreed, but not from which day on.",
        ),
        (
            100,
            Indexation(IndexationMethod.OTHER, APRIL[1]),
            APRIL[0],
            "£1.00: no step of indexation is due yet.",
        ),
        (
            100,
            Indexation(IndexationMethod.FIXED, APRIL[0], Period(1, "d")),
            date.max,
            "A step every 1 day up to 31 Dec 9999 is too many to work out.",
        ),
    ],
)
def test_what_is_not_indexed_says_why(pence: int | None, rule: Indexation, until: date, said: str) -> None:
    assert indexed(pence, rule, [Figure(APRIL[0], rate("1"))], until).why == said


def test_steps_end_with_the_calendar() -> None:
    rule = Indexation(IndexationMethod.FIXED, date(9990, 4, 1), Period(5, "y"))
    found = indexed(100, rule, [Figure(APRIL[0], rate("0"))], date.max).value
    assert found is not None
    assert len(found.steps) == 2 < MOST_STEPS


@pytest.mark.parametrize(
    ("method", "efficiency", "net"),
    [
        (IndexationMethod.NHS_ADDED, rate("2"), "2.83"),
        (IndexationMethod.NHS_ADDED, None, "4.83"),
        (IndexationMethod.NHS_MULTIPLIED, rate("2"), "2.7334"),
        (IndexationMethod.CPI, rate("2"), "4.83"),
        (IndexationMethod.WAGE, None, "4.83"),
    ],
)
def test_an_efficiency_counts_for_an_nhs_uplift_only(
    method: IndexationMethod, efficiency: Decimal | None, net: str
) -> None:
    found = rate_for(method, rate("4.83"), efficiency)
    assert (found.rate if isinstance(found, NhsUplift) else found) == rate(net)


@given(PENCE, RATES, RATES, st.decimals(0, 100, places=4), st.booleans())
def test_a_higher_rate_or_a_lower_efficiency_never_gives_less(
    pence: int, one: Decimal, other: Decimal, efficiency: Decimal, multiplied: bool
) -> None:
    low, high = sorted((one, other))
    assert uplifted(pence, low).value.after <= uplifted(pence, high).value.after
    if low - efficiency >= -100:
        nets = [NhsUplift(each, efficiency, multiplied) for each in (low, high)]
        assert uplifted(pence, nets[0]).value.after <= uplifted(pence, nets[1]).value.after


@given(PENCE, st.lists(st.decimals(-20, 20, places=2), max_size=20))
def test_steps_never_drift_from_what_was_listed(pence: int, rates: list[Decimal]) -> None:
    steps = [Figure(date(2000 + year, 4, 1), each) for year, each in enumerate(rates)]
    found = compounded(pence, steps).value
    assert found is not None
    reached = pence
    for step, each in zip(found.steps, rates, strict=True):
        assert (step.before, step.used) == (reached, each)
        assert abs(step.after - reached * (100 + each) / 100) <= Decimal("0.5")
        reached = step.after
    assert found.value == reached


@given(PENCE, RATES)
def test_limits_hold(pence: int, given_rate: Decimal) -> None:
    found = uplifted(pence, given_rate, Limits(floor=rate("1"), cap=rate("5"))).value
    assert 1 <= found.used <= 5
    assert found.after >= found.before
