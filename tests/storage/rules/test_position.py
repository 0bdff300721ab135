"""Where a contract stands, and how soon it expires."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.records.contracts import STAGES, Contract
from storage.rules.position import BANDS, POSITIONS, band_edges, expiry_band, position
from storage.rules.renewal import RENEWALS

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


@pytest.mark.parametrize(
    ("renewal", "where"),
    [
        ("", "Expired"),
        ("Ends", "Expired"),
        ("By agreement", "Expired"),
        ("Rolls over", "Rolling"),
        ("Runs on until ended", "Running on"),
        ("Open-ended", "Open-ended"),
    ],
)
def test_what_becomes_of_it_once_its_end_has_passed(renewal: str, where: str) -> None:
    assert position("Signed", PAST, YESTERDAY, TODAY, renewal=renewal).value == where
    assert position("Signed", PAST, TODAY, TODAY, renewal=renewal).value == "Live"
    assert position("Notice served", PAST, YESTERDAY, TODAY, renewal=renewal).value == "Expired"
    assert position("Terminated", PAST, YESTERDAY, TODAY, renewal=renewal).value == "Terminated"


def test_glpi_g5_renewal_by_agreement_is_expired_with_no_decision_recorded() -> None:
    found = position("Signed", PAST, YESTERDAY, TODAY, renewal="By agreement")
    assert found.why == (
        "Expired: it ended 21 Nov 2026. It is renewed by agreement only, and no decision is recorded."
    )


def test_says_what_was_recorded() -> None:
    found = position("Signed", None, YESTERDAY, TODAY, runs_on=True)
    assert [reason.words for reason in found.reasons] == [
        "Status: Signed.",
        "Start: not recorded.",
        "Current end: 21 Nov 2026.",
        "At its end: Runs on until ended.",
    ]


@given(
    st.sampled_from(STAGES),
    st.none() | DAYS,
    st.none() | DAYS,
    DAYS,
    st.booleans(),
    st.sampled_from(("", *RENEWALS)),
)
def test_the_register_says_the_same(
    stage: str, start: date | None, end: date | None, today: date, runs_on: bool, renewal: str
) -> None:
    contract = Contract(stage=stage, start=start, agreed_end=end, runs_on=runs_on, renewal=renewal)
    shown = Contract.FIELDS["position"].value_of(contract, today)
    assert shown == position(stage, start, end, today, runs_on, renewal).value


def test_every_position_is_listed_for_filters() -> None:
    found = {
        position(stage, start, end, TODAY, runs_on, renewal).value
        for stage in ("", "draft", "awarded", "notice served", "terminated", "cancelled")
        for start in (PAST, TOMORROW)
        for end in (None, YESTERDAY, TOMORROW)
        for runs_on in (False, True)
        for renewal in ("", "Rolls over")
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
