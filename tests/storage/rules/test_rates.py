"""Parts and percentages are exact and rounded half up once."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.rules.rates import checked_rate, part_of, percent_of, percentage, raised_by, show_rate

PENCE = st.integers(-(10**16), 10**16)
RATES = st.decimals(-100, 1000, places=4)


@pytest.mark.parametrize(
    ("rate", "shown"),
    [
        ("4.83", "4.83%"),
        ("4.80", "4.8%"),
        ("100", "100%"),
        ("1E+2", "100%"),
        ("1000", "1,000%"),
        ("-2.50", "\u22122.5%"),
        ("0", "0%"),
        ("0.00", "0%"),
        ("0.001", "0.001%"),
    ],
)
def test_a_rate_is_shown_without_idle_noughts(rate: str, shown: str) -> None:
    assert show_rate(Decimal(rate)) == shown


@pytest.mark.parametrize("rate", ["NaN", "Infinity", "-100.01", "1000.01", "1E-25"])
def test_what_is_no_rate_is_refused(rate: str) -> None:
    with pytest.raises(ValueError, match="rate"):
        checked_rate(Decimal(rate))


def test_idle_noughts_do_not_count_as_decimals() -> None:
    assert checked_rate(Decimal("2." + "0" * 40)) == 2
    with pytest.raises(ValueError, match="at most 2 decimals"):
        checked_rate(Decimal("2.125"), 2)


@pytest.mark.parametrize(
    ("pence", "part", "whole", "found"),
    [
        (100, 1, 3, 33),
        (200, 1, 3, 67),
        (1, 1, 2, 1),
        (-1, 1, 2, -1),
        (5, -1, 2, -3),
        (0, 7, 9, 0),
        (3, 0, 9, 0),
    ],
)
def test_parts_round_half_away_from_nought(pence: int, part: int, whole: int, found: int) -> None:
    assert part_of(pence, part, whole) == found


@pytest.mark.parametrize("whole", [0, -1])
def test_nothing_is_a_part_of_nothing(whole: int) -> None:
    with pytest.raises(ValueError, match="part of nought"):
        part_of(1, 1, whole)


def test_an_amount_raised_is_rounded_and_not_the_rise() -> None:
    assert raised_by(1, Decimal(-50)) == 1
    assert percent_of(1, Decimal(-50)) == -1
    assert raised_by(10_000_000, Decimal("4.83")) == 10_483_000
    assert raised_by(10_000_000, Decimal(-100)) == 0


def test_percentages_round_half_up_to_the_places_asked_for() -> None:
    assert percentage(1, 8) == Decimal("12.50")
    assert percentage(1, 3, 0) == Decimal(33)
    assert percentage(-1, 800) == Decimal("-0.13")


@given(PENCE, RATES)
def test_a_rise_is_within_half_a_penny_of_the_exact_one(pence: int, rate: Decimal) -> None:
    exact = Fraction(pence) * (100 + Fraction(rate)) / 100
    assert abs(raised_by(pence, rate) - exact) <= Fraction(1, 2)
    assert raised_by(-pence, rate) == -raised_by(pence, rate)
    assert abs(percent_of(pence, rate) - Fraction(pence) * Fraction(rate) / 100) <= Fraction(1, 2)


@given(st.integers(0, 10**16), RATES, RATES)
def test_a_higher_rate_never_gives_less(pence: int, one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    assert raised_by(pence, low) <= raised_by(pence, high)
