"""Bare numbers take the unit written beside them, count years, or are refused as they could be months."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.engine.values import Period, Unreadable
from storage.rules.term_units import about, as_period, measure, settled, with_unit
from storage.rules.term_words import Amount


def listed(*written: str) -> list[Amount]:
    """Amounts from texts such as `3`, `12m` (a letter) and `12 m` (a word)."""
    return [
        Amount(Fraction(text.strip(" dwmy")), text[-1] if text[-1].isalpha() else "", " " not in text)
        for text in written
    ]


@pytest.mark.parametrize(
    ("written", "units"),
    [
        (["3", "1", "1"], "yyy"),
        (["36", "12", "12 m"], "mmm"),
        (["3", "12m"], "ym"),
        (["3 y", "1", "1"], "yyy"),
        (["24 m", "12"], "mm"),
        (["2 y", "6", "6 m"], "ymm"),
        (["25 y", "10"], "yy"),
    ],
)
def test_units_settled(written: list[str], units: str) -> None:
    assert "".join(amount.unit for amount in settled(listed(*written))) == units


@pytest.mark.parametrize(
    "written",
    [
        ["12"],
        ["6", "6"],
        ["3", "12"],
        ["3", "12 m"],
        ["36m", "12"],
        ["12", "1 y"],
        ["3 y", "12"],
        ["4", "2 w"],
    ],
)
def test_what_could_be_months_is_refused(written: list[str]) -> None:
    with pytest.raises(Unreadable, match="years or months"):
        settled(listed(*written))


def test_years_with_a_fraction_become_months() -> None:
    assert as_period(Amount(Fraction(3, 2), "y")) == Period(18, "m")
    with pytest.raises(Unreadable, match="no whole number of months"):
        as_period(Amount(Fraction(13, 10), "y"))


@given(st.integers(1, 99), st.sampled_from("dwmy"))
def test_lengths_are_measured_as_periods_are(count: int, unit: str) -> None:
    period, amounts = Period(count, unit), with_unit([Amount(Fraction(count))], unit)
    assert measure(amounts) == (Fraction(period.months), Fraction(period.days))
    assert about(amounts) > 0
