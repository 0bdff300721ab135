"""Financial years, phasing to the penny, and the value of a year."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.rules.money import (
    annualised,
    financial_year,
    financial_year_label,
    first_day_of_year,
    last_day_of_year,
    phase_daily,
    phase_monthly,
)

TOTALS = st.integers(-(10**14), 10**14)
STRETCHES = st.tuples(
    st.dates(date(1990, 1, 1), date(2060, 12, 31)), st.dates(date(1990, 1, 1), date(2060, 12, 31))
).map(lambda pair: (min(pair), max(pair)))


@pytest.mark.parametrize(
    ("day", "label"),
    [
        (date(2026, 3, 31), "2025/26"),
        (date(2026, 4, 1), "2026/27"),
        (date(1999, 12, 31), "1999/00"),
        (date(2009, 1, 1), "2008/09"),
    ],
)
def test_domain_d1_financial_years(day: date, label: str) -> None:
    assert financial_year_label(financial_year(day)) == label


def test_domain_d4_phasing_of_three_years_from_october() -> None:
    start, end = date(2025, 10, 1), date(2028, 9, 30)
    daily = phase_daily(90_000_000, start, end)
    assert daily == {2025: 14_945_255, 2026: 29_972_628, 2027: 30_054_745, 2028: 15_027_372}
    assert sum(daily.values()) == 90_000_000
    assert phase_monthly(90_000_000, start, end) == {
        2025: 15_000_000,
        2026: 30_000_000,
        2027: 30_000_000,
        2028: 15_000_000,
    }


def test_first_and_last_day_of_a_financial_year() -> None:
    assert (first_day_of_year(2026), last_day_of_year(2026)) == (date(2026, 4, 1), date(2027, 3, 31))
    assert (first_day_of_year(0), last_day_of_year(9999)) == (date.min, date.max)


def test_the_first_and_last_days_of_the_calendar_can_be_phased() -> None:
    assert sum(phase_daily(100, date.min, date(1, 12, 31)).values()) == 100
    assert sum(phase_daily(100, date(9998, 4, 1), date.max).values()) == 100


def test_a_part_month_counts_where_it_begins() -> None:
    assert phase_monthly(200, date(2026, 3, 1), date(2026, 4, 15)) == {2025: 100, 2026: 100}
    assert phase_monthly(1300, date(2026, 3, 15), date(2027, 3, 14)) == {2025: 108, 2026: 1192}
    assert phase_daily(1, date(2026, 3, 31), date(2026, 4, 1)) == {2025: 1, 2026: 0}


@pytest.mark.parametrize("phase", [phase_daily, phase_monthly])
def test_a_stretch_that_ends_before_it_starts_is_an_error(phase: object) -> None:
    assert callable(phase)
    with pytest.raises(ValueError, match="before the start"):
        phase(100, date(2026, 4, 2), date(2026, 4, 1))


@given(TOTALS, STRETCHES)
def test_phasing_sums_exactly_over_every_year(total: int, stretch: tuple[date, date]) -> None:
    start, end = stretch
    years = list(range(financial_year(start), financial_year(end) + 1))
    daily, monthly = phase_daily(total, start, end), phase_monthly(total, start, end)
    assert sum(daily.values()) == sum(monthly.values()) == total
    assert list(daily) == years
    assert set(monthly) <= set(years)
    assert all(share * total >= 0 for share in (*daily.values(), *monthly.values()))


@pytest.mark.parametrize(
    ("start", "end", "pence", "how"),
    [
        (date(2025, 10, 1), date(2028, 9, 30), 30_000_000, "× 12 ÷ 36 months"),
        (date(2024, 2, 29), date(2025, 2, 28), 90_000_000, "× 12 ÷ 12 months"),
        (date(2026, 4, 1), date(2026, 6, 30), 360_000_000, "× 12 ÷ 3 months"),
        (date(2026, 4, 1), date(2026, 4, 10), 3_285_000_000, "× 365 ÷ 10 days"),
    ],
)
def test_annualised(start: date, end: date, pence: int, how: str) -> None:
    found = annualised(90_000_000, start, end)
    assert found.value == pence
    assert how in found.why


def test_annualised_says_what_is_missing() -> None:
    day = date(2026, 4, 1)
    assert annualised(None, day, day).why == "No value is recorded."
    assert annualised(1, None, day).why == "No start date is recorded."
    assert annualised(1, day, None).why == "No end date is recorded."
    backwards = annualised(1, day, date(2026, 3, 1))
    assert backwards.value is None
    assert "before the start" in backwards.why


def test_annualised_in_words() -> None:
    assert annualised(90_000_000, date(2025, 10, 1), date(2028, 9, 30)).why == (
        "£300,000.00 = £900,000.00 × 12 ÷ 36 months (1 Oct 2025 to 30 Sep 2028)."
    )


def test_annualised_shows_its_steps() -> None:
    whole = annualised(90_000_000, date(2025, 10, 1), date(2028, 9, 30))
    assert [reason.words for reason in whole.reasons] == [
        "The value recorded is £900,000.00.",
        "1 Oct 2025 to 30 Sep 2028, both days included, makes 36 whole months.",
    ]
    odd = annualised(90_000_000, date(2026, 4, 1), date(2026, 4, 10))
    assert odd.reasons[1].words.endswith("makes no whole number of months, so 10 days are counted.")
