"""A value over financial years always says whether it comes to its total."""

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.rules.money import financial_year
from storage.rules.phasing import Phasing, PhasingMethod, YearEffect, phase, year_effect

DAILY, MONTHLY, ANNUAL, MANUAL = PhasingMethod
START, END = date(2025, 10, 1), date(2028, 9, 30)
TOTAL = 90_000_000
DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
STRETCHES = st.tuples(DAYS, DAYS).map(lambda pair: (min(pair), max(pair)))
PENCE = st.integers(-(10**14), 10**14)


def phased(
    method: PhasingMethod, total: int | None, start: date, end: date, figures: Mapping[int, int] | None = None
) -> Phasing:
    found = phase(method, total, start, end, figures).value
    assert found is not None
    return found


def test_domain_d4_phasing_by_day_and_by_month() -> None:
    """§7.7: £900,000 from 1 Oct 2025 to 30 Sep 2028, 1,096 days."""
    daily = phase(DAILY, TOTAL, START, END)
    assert daily.value is not None
    assert daily.value.years == {2025: 14_945_255, 2026: 29_972_628, 2027: 30_054_745, 2028: 15_027_372}
    assert daily.value.sums
    assert daily.why == (
        "£900,000.00 over 4 financial years (2025/26 to 2028/29), evenly by day; the years sum to it exactly. "
        "It runs 1 Oct 2025 to 30 Sep 2028, both days included."
    )
    assert daily.reasons[0].words == "2025/26: £149,452.55."
    monthly = phased(MONTHLY, TOTAL, START, END)
    assert list(monthly.years.values()) == [15_000_000, 30_000_000, 30_000_000, 15_000_000]


def test_figures_by_hand_say_what_they_miss_by() -> None:
    figures = {2028: 15_000_000, 2025: 15_000_000, 2026: 30_000_000, 2027: 29_999_999}
    found = phase(MANUAL, TOTAL, START, END, figures)
    assert found.value is not None
    assert list(found.value.years) == [2025, 2026, 2027, 2028]
    assert (found.value.difference, found.value.sums) == (-1, False)
    assert found.why == (
        "The years come to £899,999.99, £0.01 less than the total of £900,000.00 (entered by hand)."
    )
    over = phase(MANUAL, TOTAL, START, END, {**figures, 2027: 30_000_100})
    assert "£1.00 more than the total" in over.why
    assert phased(MANUAL, TOTAL, START, END, {**figures, 2027: 30_000_000}).sums


def test_figures_by_hand_need_neither_dates_nor_a_total() -> None:
    found = phase(MANUAL, None, None, None, {2026: 500})
    assert found.value is not None
    assert (found.value.difference, found.value.sums) == (0, False)
    assert found.why == (
        "£5.00 over one financial year (2026/27), entered by hand; no total is recorded to check it against."
    )


def test_figures_by_hand_outside_the_dates_are_noticed() -> None:
    found = phased(
        MANUAL, 600, date(2026, 4, 1), date(2028, 3, 31), {2025: 100, 2026: 400, 2028: 100, 2029: 0}
    )
    assert found.warnings == (
        "£1.00 is in 2025/26, before the start, 1 Apr 2026.",
        "£1.00 is in 2028/29, after the end, 31 Mar 2028.",
        "2027/28 has no figure.",
    )
    assert found.sums


def test_annual_figures_follow_the_contract_year() -> None:
    figures = {1: 36_500, 2: 36_500, 3: 36_600}
    found = phased(ANNUAL, 109_600, START, END, figures)
    assert found.years == {2025: 18_200, 2026: 36_500, 2027: 36_600, 2028: 18_300}
    assert found.sums
    assert found.warnings == ()
    from_april = phased(ANNUAL, 600, date(2026, 4, 1), date(2029, 3, 31), {1: 100, 2: 200, 3: 300})
    assert from_april.years == {2026: 100, 2027: 200, 2028: 300}


def test_annual_figures_that_miss_a_year_or_go_beyond_are_noticed() -> None:
    found = phase(ANNUAL, 900, date(2026, 4, 1), date(2028, 9, 30), {1: 300, 3: 300, 4: 300})
    assert found.value is not None
    assert found.value.years == {2026: 300, 2027: 0, 2028: 300}
    assert found.value.warnings == (
        "Contract year 2 (1 Apr 2027 to 31 Mar 2028) has no figure.",
        "£3.00 for contract year 4 is left out: the contract has 3 years.",
    )
    assert "£3.00 less than the total" in found.why
    assert found.reasons[-1].words.startswith("£3.00 for contract year 4")


def test_contract_years_of_a_leap_day_start_on_the_day_after_the_last() -> None:
    found = phase(ANNUAL, None, date(2024, 2, 29), date(2026, 2, 28), {1: 100})
    assert found.value is not None
    assert found.value.warnings == ("Contract year 2 (1 Mar 2025 to 28 Feb 2026) has no figure.",)


@pytest.mark.parametrize(
    ("method", "total", "start", "end", "said"),
    [
        (DAILY, None, START, END, "No value is recorded."),
        (MONTHLY, 100, None, END, "No start date is recorded."),
        (DAILY, 100, START, None, "No end date is recorded."),
        (ANNUAL, 100, START, END, "No figure is recorded for any contract year."),
        (MANUAL, 100, START, END, "No figure is recorded for any financial year."),
        (DAILY, 100, END, START, "The end, 1 Oct 2025, lies before the start, 30 Sep 2028."),
        (
            DAILY,
            100,
            START,
            date(9999, 12, 31),
            "The end, 31 Dec 9999, lies more than 100 years after the start, 1 Oct 2025, "
            "which is too long to spread a value over.",
        ),
    ],
)
def test_what_cannot_be_laid_out_says_why(
    method: PhasingMethod, total: int | None, start: date | None, end: date | None, said: str
) -> None:
    found = phase(method, total, start, end)
    assert found.value is None
    assert found.why == said


def test_of_many_years_the_reasons_stay_few_and_lose_nothing() -> None:
    found = phase(MONTHLY, 120_000, date(2026, 4, 1), date(2056, 3, 31))
    assert len(found.reasons) == 12
    assert found.reasons[-1].words == "And 19 years more: £760.00."


@pytest.mark.parametrize(
    ("start", "end", "part", "how"),
    [
        (date(2026, 4, 1), None, 120_000, "12 ÷ 12 months"),
        (date(2026, 10, 1), None, 60_000, "6 ÷ 12 months"),
        (date(2025, 7, 1), date(2026, 6, 30), 30_000, "3 ÷ 12 months"),
        (date(2027, 3, 31), None, 329, "1 ÷ 365 days"),
        (date(2026, 4, 1), date(2026, 5, 15), 14_795, "45 ÷ 365 days"),
        (date(2020, 4, 1), date(9999, 12, 31), 120_000, "12 ÷ 12 months"),
    ],
)
def test_part_year_and_full_year_effect(start: date, end: date | None, part: int, how: str) -> None:
    found = year_effect(120_000, start, end, 2026)
    assert found.value == YearEffect(2026, part, 120_000)
    assert how in found.why


def test_part_year_effect_in_words() -> None:
    assert year_effect(120_000, date(2026, 10, 1), None, 2026).why == (
        "£600.00 in 2026/27 = £1,200.00 a year × 6 ÷ 12 months; £1,200.00 in a full year."
    )
    outside = year_effect(120_000, date(2027, 4, 1), None, 2026)
    assert outside.value == YearEffect(2026, 0, 120_000)
    assert outside.why == "Nothing falls into 2026/27."
    assert year_effect(None, START, None, 2026).why == "No annual value is recorded."
    assert year_effect(100, None, None, 2026).why == "No start date is recorded."


@given(st.sampled_from([DAILY, MONTHLY]), PENCE, STRETCHES)
def test_spreading_always_sums_and_gives_no_longer_year_less(
    method: PhasingMethod, total: int, stretch: tuple[date, date]
) -> None:
    found = phased(method, total, *stretch)
    assert found.sums
    assert sum(found.years.values()) == total
    assert list(found.years) == sorted(found.years)
    assert all(pence * total >= 0 for pence in found.years.values())
    middle = [abs(pence) for pence in list(found.years.values())[1:-1]]
    ends = [abs(found.years[year]) for year in (min(found.years), max(found.years))]
    # A whole year in the middle never gets less than a year of which only a part is covered, but for one penny.
    assert not middle or min(middle) + abs(total) // 365 + 2 >= max(ends)


@given(STRETCHES, st.lists(PENCE, min_size=1, max_size=8))
def test_annual_figures_are_spread_without_losing_a_penny(
    stretch: tuple[date, date], pence: list[int]
) -> None:
    start, end = stretch
    figures = dict(enumerate(pence, 1))
    found = phased(ANNUAL, sum(pence), start, end, figures)
    left_out = [w for w in found.warnings if "left out" in w]
    kept = len(pence) - len(left_out)
    assert sum(found.years.values()) == sum(pence[:kept])
    assert set(found.years) == set(range(financial_year(start), financial_year(end) + 1))


@given(st.integers(0, 10**12), DAYS, st.none() | DAYS, st.integers(1990, 2060))
def test_a_part_of_a_year_never_costs_more_than_the_year(
    annual: int, start: date, end: date | None, year: int
) -> None:
    found = year_effect(annual, start, end, year).value
    assert found is not None
    assert 0 <= found.part_year <= found.full_year == annual
