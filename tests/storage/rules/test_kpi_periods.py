"""The stretches of a KPI follow the financial year, are cut at its start and end, and leave no day out."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.rules.kpi_periods import (
    FREQUENCIES,
    ONCE,
    missing_periods,
    period_label,
    periods,
    periods_due,
    periods_of_year,
)

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
REPEATED = st.sampled_from([frequency for frequency in FREQUENCIES if frequency != ONCE])


@pytest.mark.parametrize(
    ("frequency", "day", "label"),
    [
        ("Monthly", date(2026, 4, 30), "Apr 2026"),
        ("Quarterly", date(2026, 4, 1), "Q1 2026/27"),
        ("Quarterly", date(2027, 3, 31), "Q4 2026/27"),
        ("Quarterly", date(2026, 12, 31), "Q3 2026/27"),
        ("Half-yearly", date(2026, 9, 30), "H1 2026/27"),
        ("Half-yearly", date(2026, 10, 1), "H2 2026/27"),
        ("Yearly", date(2026, 3, 31), "2025/26"),
        ("Yearly", date(2026, 4, 1), "2026/27"),
    ],
)
def test_labels_part_d_1(frequency: str, day: date, label: str) -> None:
    assert period_label(frequency, day) == label


def test_an_unknown_frequency_is_an_error_only_where_it_was_not_recorded() -> None:
    with pytest.raises(ValueError, match="Weekly"):
        period_label("Weekly", date(2026, 4, 1))
    assert "how often" in periods_due("Weekly", date(2026, 4, 1), date(2026, 7, 1)).why
    with pytest.raises(ValueError, match="below nought"):
        periods("Monthly", date(2026, 4, 1), date(2026, 7, 1), days_to_report=-1)


def test_a_result_is_due_once_its_period_is_over() -> None:
    start = date(2026, 2, 15)
    assert periods_due("Quarterly", start, date(2026, 3, 31)).why == (
        "No result is due yet; Q4 2025/26 runs until 31 Mar 2026."
    )
    found = periods_due("Quarterly", start, date(2026, 7, 1))
    assert [one.label for one in found.value] == ["Q4 2025/26", "Q1 2026/27"]
    assert found.value[0].first == start
    assert found.why == "2 results are due: Q4 2025/26, Q1 2026/27."


def test_the_last_period_is_cut_off_at_the_end() -> None:
    found = periods_due("Quarterly", date(2026, 4, 1), date(2027, 1, 1), end=date(2026, 8, 15))
    assert [one.last for one in found.value] == [date(2026, 6, 30), date(2026, 8, 15)]
    assert "No start" in periods_due("Monthly", None, date(2027, 1, 1)).why


def test_what_is_measured_once_is_due_after_the_end() -> None:
    start, end = date(2026, 4, 1), date(2027, 3, 31)
    assert periods_due(ONCE, start, date(2027, 3, 31), end).value == ()
    (found,) = periods_due(ONCE, start, date(2027, 4, 1), end).value
    assert found.label == "By 31 Mar 2027"
    assert "no end date" in periods_due(ONCE, start, date(2027, 4, 1)).why


def test_late_results_are_those_not_handed_in_by_their_day() -> None:
    due = periods_due("Monthly", date(2026, 4, 10), date(2026, 7, 10), days_to_report=14).value
    found = missing_periods("Monthly", due, {date(2026, 4, 1)}, date(2026, 7, 10))
    assert [one.label for one in found.value] == ["May 2026"]
    assert found.why == "1 result is late: May 2026."
    assert found.reasons[0].words == "May 2026: to be handed in by 14 Jun 2026"
    both = {date(2026, 4, 10), date(2026, 5, 1)}
    assert missing_periods("Monthly", due, both, date(2026, 7, 10)).why == "No result is late."


def test_what_is_measured_once_is_late_until_it_is_recorded() -> None:
    today = date(2027, 5, 1)
    due = periods_due(ONCE, date(2026, 4, 1), today, date(2027, 3, 31)).value
    assert missing_periods(ONCE, due, (), today).value == due
    assert missing_periods(ONCE, due, {date(2026, 4, 1)}, today).value == ()


def test_many_are_counted_and_the_last_named() -> None:
    found = periods_due("Monthly", date(2025, 4, 1), date(2026, 4, 1))
    assert found.why == "12 results are due: 8 earlier, Dec 2025, Jan 2026, Feb 2026, Mar 2026."


def test_the_periods_of_a_year_are_opened_as_far_as_the_kpi_runs() -> None:
    labels = [one.label for one in periods_of_year("Quarterly", 2026, date(2020, 1, 1))]
    assert labels == ["Q1 2026/27", "Q2 2026/27", "Q3 2026/27", "Q4 2026/27"]
    short = periods_of_year("Quarterly", 2026, date(2026, 8, 1), date(2026, 11, 30))
    assert [(one.first, one.last) for one in short] == [
        (date(2026, 8, 1), date(2026, 9, 30)),
        (date(2026, 10, 1), date(2026, 11, 30)),
    ]


@given(REPEATED, DAYS, st.integers(0, 3000), st.integers(0, 3000))
def test_periods_follow_one_another_without_a_gap(frequency: str, start: date, runs: int, seen: int) -> None:
    end, until = start + timedelta(days=runs), start + timedelta(days=seen)
    found = periods(frequency, start, until, end)
    assert found[0].first == start
    for one, following in pairwise(found):
        assert following.first == one.last + timedelta(days=1)
    assert all(one.first <= one.last <= end for one in found)
    assert found[-1].last >= min(until, end)
    assert len({one.label for one in found}) == len(found)


@given(REPEATED, DAYS, st.integers(0, 2000), st.integers(0, 500))
def test_what_was_due_stays_due_as_days_go_by(frequency: str, start: date, seen: int, more: int) -> None:
    today = start + timedelta(days=seen)
    before = periods_due(frequency, start, today).value
    after = periods_due(frequency, start, today + timedelta(days=more)).value
    assert after[: len(before)] == before
