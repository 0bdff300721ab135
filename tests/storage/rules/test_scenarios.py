"""Extend, re-procure or stop: the same years, sums that hold to the penny, and every figure explained."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.engine.values import Period
from storage.rules.last_safe_date import last_safe_date
from storage.rules.notice import NoticeTerms, last_day_to_give_notice
from storage.rules.planning_reference import lead_time
from storage.rules.reference import bank_holidays
from storage.rules.scenarios import (
    Basis,
    OneOff,
    Option,
    Running,
    compare,
    extend,
    reprocure,
    spend,
    stop,
)

MILLION = 100_000_000
BASIS = Basis(date(2026, 4, 1), date(2029, 3, 31), date(2027, 3, 31), MILLION, Decimal(3))
FLAT = Basis(date(2026, 4, 1), date(2029, 3, 31), date(2027, 9, 30), MILLION)
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
PENCE = st.integers(-(10**11), 10**11)


def test_extending_raises_prices_each_april() -> None:
    found = spend(extend(BASIS), BASIS)
    assert found.value.years == {2026: MILLION, 2027: 103_000_000, 2028: 106_090_000}
    assert found.why == (
        "Extend: £3,090,900.00 in all, 2026/27 to 2028/29, prices changing by 3% every 1 April."
    )
    assert [step.words for step in found.reasons[2].rests_on] == [
        "Extension: £1,060,900.00, a full year, prices changed 2 times by 3%"
    ]


def test_an_extension_can_have_its_own_price_and_end_sooner() -> None:
    option = extend(BASIS, annual=90_000_000, until=date(2028, 3, 31))
    assert spend(option, BASIS).value.years == {2026: MILLION, 2027: 92_700_000}


def test_re_procuring_pays_for_transition_and_double_running() -> None:
    option = reprocure(FLAT, annual=80_000_000, transition=5_000_001, double_running=Period(1, "m"))
    found = spend(option, FLAT)
    new_days = 30 + 31 + 30 + 31 + 31 + 29 + 31  # September to March
    assert found.value.years == {
        2026: MILLION,
        2027: 50_000_000 + (80_000_000 * new_days + 183) // 366 + 5_000_001,
        2028: 80_000_000,
    }
    words = [step.words for step in found.reasons[1].rests_on]
    assert words[0] == "Contract as it runs: £500,000.00, £1,000,000.00 a year × 183 of 366 days"
    assert words[-1] == "Transition: £50,000.01 of £50,000.01 (30 Sep 2027)"


def test_transition_is_spread_from_the_signing_to_the_end() -> None:
    lead = lead_time("CP")
    assert lead is not None
    plan = last_safe_date(date(2027, 5, 31), lead, (), frozenset(bank_holidays())).value
    basis = Basis(date(2026, 4, 1), date(2029, 3, 31), date(2027, 5, 31), 0)
    found = spend(reprocure(basis, plan, transition=12_100), basis).value
    signed = date(2027, 2, 1)
    days = (date(2027, 5, 31) - signed).days + 1
    assert found.years[2026] + found.years[2027] == 12_100
    assert found.years[2026] == round(12_100 * (date(2027, 3, 31) - signed + timedelta(days=1)).days / days)
    assert [each.title for each in found.option.decisions] == [
        "Start by",
        "Papers due",
        "Approval meeting",
        "Tender opens",
        "Award notice published",
        "Contract signed",
    ]


def test_stopping_costs_its_exit_and_says_by_when_to_give_notice() -> None:
    notice = last_day_to_give_notice(date(2027, 9, 30), NoticeTerms(Period(6, "m")))
    option = stop(FLAT, exit_cost=1_000_000, notice=notice)
    assert spend(option, FLAT).value.years == {2026: MILLION, 2027: 51_000_000}
    (day,) = option.decisions
    assert (day.title, day.day) == ("Give notice", date(2027, 3, 30))
    assert "less 6 months’ notice" in day.reason.words
    sooner = stop(FLAT, on=date(2026, 9, 30))
    assert spend(sooner, FLAT).value.years == {2026: (MILLION * 183 + 182) // 365}
    assert stop(FLAT, on=date(2030, 1, 1)).running[0].last == date(2027, 9, 30)


def test_options_are_compared_with_the_first() -> None:
    found = compare([extend(BASIS), reprocure(BASIS, annual=90_000_000, transition=1), stop(BASIS)], BASIS)
    assert found.value.years == (2026, 2027, 2028)
    assert found.value.differences[0] == {2026: 0, 2027: 0, 2028: 0}
    assert found.value.differences[1] == {2026: 1, 2027: -10_300_000, 2028: -10_609_000}
    assert found.value.more(2) == -209_090_000
    assert found.why == (
        "Extend costs £3,090,900.00; Re-procure £2,881,810.01, £209,089.99 less; "
        "Stop £1,000,000.00, £2,090,900.00 less (2026/27 to 2028/29, prices changing by 3% every 1 April)."
    )
    assert [step.words.split(":")[0] for step in found.reasons] == ["Extend", "Re-procure", "Stop"]


def test_the_same_and_nothing_are_said() -> None:
    same = compare([extend(FLAT), reprocure(FLAT)], FLAT)
    assert "the same" in same.why
    over = Basis(date(2026, 4, 1), date(2027, 3, 31), date(2026, 3, 1), MILLION)
    assert compare([stop(over)], over).why == "Nothing is paid."
    assert spend(stop(over), over).why == "Stop: nothing is paid between the days compared."
    with pytest.raises(ValueError, match="nothing to compare"):
        compare([], FLAT)


def test_a_basis_that_cannot_be_compared_is_an_error() -> None:
    with pytest.raises(ValueError, match="before the first"):
        Basis(date(2026, 4, 1), date(2026, 3, 31), date(2026, 4, 1), 1)
    with pytest.raises(ValueError, match="50 years"):
        Basis(date(2026, 4, 1), date(2077, 3, 31), date(2026, 4, 1), 1)
    with pytest.raises(ValueError, match="rate"):
        Basis(date(2026, 4, 1), date(2027, 3, 31), date(2026, 4, 1), 1, Decimal("NaN"))


@given(DAYS, st.integers(0, 4000), st.integers(-500, 4000), PENCE, st.decimals(-20, 20, places=2), PENCE)
def test_years_sum_to_the_total_and_differences_to_the_difference(
    first: date, length: int, ends: int, annual: int, change: Decimal, once: int
) -> None:
    end = first + timedelta(days=ends)
    basis = Basis(first, first + timedelta(days=length), end, annual, change)
    options = [extend(basis), reprocure(basis, transition=once), stop(basis, exit_cost=once)]
    found = compare(options, basis).value
    for place, each in enumerate(found.options):
        assert each.total == sum(each.years.values())
        assert found.more(place) == each.total - found.options[0].total
        for year in found.years:
            assert found.differences[place][year] == each.years.get(year, 0) - found.options[0].years.get(
                year, 0
            )
    assert found.options[1].total - found.options[0].total == once


@given(DAYS, st.integers(0, 2000), PENCE, PENCE)
def test_a_one_off_keeps_its_sum_and_full_years_their_price(
    first: date, length: int, annual: int, once: int
) -> None:
    last = first + timedelta(days=length)
    basis = Basis(date(2020, 4, 1), date(2049, 3, 31), date(2049, 3, 31), annual)
    alone = spend(Option("One-off", (), (OneOff("Costs", once, first, last),)), basis).value
    assert alone.total == once
    whole = spend(Option("Runs", (Running("Runs", basis.first, basis.until, annual),)), basis).value
    assert set(whole.years.values()) == {annual}
    assert whole.total == annual * 29
