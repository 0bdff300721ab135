"""Where a contract stands, and how soon it expires."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.rules.position import BANDS, POSITIONS, band_edges, expiry_band, position

TODAY = date(2026, 11, 22)
YESTERDAY = TODAY - timedelta(days=1)
TOMORROW = TODAY + timedelta(days=1)
PAST = date(2020, 4, 1)
DAYS = st.dates(date(1950, 1, 1), date(2200, 12, 31))


@pytest.mark.parametrize(
    ("stage", "start", "end", "runs_on", "where"),
    [
        ("", PAST, TOMORROW, False, "Live"),
        ("signed", PAST, TODAY, False, "Live"),
        ("Signed", TODAY, TOMORROW, False, "Live"),
        ("", None, TOMORROW, False, "Live"),
        ("", TOMORROW, None, False, "Not started"),
        ("", PAST, None, False, "Open-ended"),
        ("", None, None, True, "Open-ended"),
        ("", PAST, YESTERDAY, False, "Expired"),
        ("signed", PAST, YESTERDAY, True, "Running on"),
        ("draft", PAST, YESTERDAY, True, "Draft"),
        ("DRAFT ", None, None, False, "Draft"),
        ("awarded", TOMORROW, None, False, "Awarded"),
        ("awarded", None, None, False, "Awarded"),
        ("awarded", PAST, TOMORROW, False, "Live"),
        ("Notice served", PAST, TOMORROW, True, "Notice served"),
        ("notice  served", PAST, None, True, "Notice served"),
        ("notice served", PAST, YESTERDAY, True, "Expired"),
        ("terminated", PAST, TOMORROW, True, "Terminated"),
        ("cancelled", TOMORROW, None, False, "Cancelled"),
        ("something of our own", PAST, TOMORROW, False, "Live"),
    ],
)
def test_position(stage: str, start: date | None, end: date | None, runs_on: bool, where: str) -> None:
    found = position(stage, start, end, TODAY, runs_on)
    assert found.value == where
    assert found.why.startswith(where)


def test_every_position_is_listed_for_filters() -> None:
    found = {
        position(stage, start, end, TODAY, runs_on).value
        for stage in ("", "draft", "awarded", "notice served", "terminated", "cancelled")
        for start in (PAST, TOMORROW)
        for end in (None, YESTERDAY, TOMORROW)
        for runs_on in (False, True)
    }
    assert found == set(POSITIONS)


@given(
    st.sampled_from(["", "signed", "live", "awarded", "notice served"]), st.none() | DAYS, DAYS, st.booleans()
)
def test_without_an_end_nothing_expires(stage: str, start: date | None, today: date, runs_on: bool) -> None:
    assert position(stage, start, None, today, runs_on).value not in ("Expired", "Running on", "Live")


@pytest.mark.parametrize(
    ("end", "band"),
    [
        (date(2026, 11, 21), "Expired"),
        (date(2026, 11, 22), "Within 3 months"),
        (date(2027, 2, 22), "Within 3 months"),
        (date(2027, 2, 23), "3 to 6 months"),
        (date(2027, 5, 22), "3 to 6 months"),
        (date(2027, 5, 23), "6 to 12 months"),
        (date(2027, 11, 22), "6 to 12 months"),
        (date(2027, 11, 23), "12 to 18 months"),
        (date(2028, 5, 22), "12 to 18 months"),
        (date(2028, 5, 23), "Over 18 months"),
        (None, "No end date"),
    ],
)
def test_bands_by_calendar_months(end: date | None, band: str) -> None:
    assert expiry_band(end, TODAY) == band


def test_bands_are_clipped_at_the_month_end() -> None:
    assert expiry_band(date(2027, 2, 28), date(2026, 11, 30)) == "Within 3 months"
    assert expiry_band(date(2027, 3, 1), date(2026, 11, 30)) == "3 to 6 months"


@given(DAYS)
def test_edges_leave_no_gap_and_no_overlap(today: date) -> None:
    edges = band_edges(today)
    assert tuple(name for name, _, _ in edges) == BANDS
    dated = edges[:-1]
    assert dated[0][1] is None
    assert dated[-1][2] is None
    assert edges[-1][1:] == (None, None)
    for (_, _, last), (_, first, _) in pairwise(dated):
        assert last is not None
        assert first == last + timedelta(days=1)


@given(DAYS, DAYS)
def test_a_band_agrees_with_its_edges(end: date, today: date) -> None:
    name, first, last = next(edge for edge in band_edges(today) if edge[0] == expiry_band(end, today))
    assert name != "No end date"
    assert (first or date.min) <= end <= (last or date.max)
