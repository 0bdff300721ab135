"""For each kind of renewal: the end as things stand, and what there is to decide next."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.engine.values import Period
from storage.rules.notice import NoticeTerms
from storage.rules.renewal import RENEWALS, Tenure, decision

START = date(2022, 8, 29)
END = date(2025, 8, 28)
AFTER = date(2026, 2, 11)
NOTICE = NoticeTerms(Period(2, "m"))
DAYS = st.dates(date(1950, 1, 1), date(2099, 12, 31))
LENGTHS = st.none() | st.builds(Period, st.integers(0, 60), st.sampled_from("dwmy"))
TENURES = st.builds(
    Tenure, st.none() | DAYS, st.none() | DAYS, st.sampled_from(("", *RENEWALS)), LENGTHS, LENGTHS
)
NOTICES = st.builds(NoticeTerms, LENGTHS, to_month_end=st.booleans(), not_before=st.none() | DAYS)


@pytest.mark.parametrize(
    ("renewal", "expiry", "end", "last_day"),
    [
        ("", END, None, date(2025, 6, 28)),
        ("Ends", END, None, date(2025, 6, 28)),
        ("By agreement", END, None, date(2025, 6, 28)),
        ("Rolls over", date(2026, 8, 28), date(2026, 8, 28), date(2026, 6, 28)),
        ("Runs on until ended", None, date(2026, 4, 11), None),
        ("Open-ended", None, date(2026, 4, 11), None),
    ],
)
def test_after_the_first_end(
    renewal: str, expiry: date | None, end: date | None, last_day: date | None
) -> None:
    found = decision(Tenure(START, END, renewal, Period(12, "m")), NOTICE, AFTER)
    assert (found.expiry.value, found.end.value, found.last_day.value) == (expiry, end, last_day)


def test_glpi_g5_renewal_by_agreement_never_happens_by_itself() -> None:
    tenure = Tenure(START, END, "By agreement", Period(12, "m"))
    for years in (1, 2, 30):
        found = decision(tenure, NOTICE, END + timedelta(days=365 * years))
        assert found.expiry.value == END
        assert found.end.value is None
        assert found.passed
        assert found.expiry.why == (
            "It ended 28 Aug 2025. It is renewed by agreement only, and no decision is recorded."
        )
    before = decision(tenure, NOTICE, END)
    assert before.expiry.why == "It ends 28 Aug 2025 unless its renewal is agreed."


def test_a_fixed_end_ahead_names_the_last_day() -> None:
    found = decision(Tenure(START, END, "Ends"), NOTICE, date(2025, 1, 1))
    assert found.end.value == END
    assert not found.passed
    assert found.end.why == (
        "It ends 28 Aug 2025; a later end has to be agreed."
        " Where notice is called for, 28 Jun 2025 (a Saturday) is the last day to give it."
    )
    assert decision(Tenure(START, END, "Ends"), NOTICE, date(2025, 7, 1)).passed


def test_without_an_end_nothing_ends_by_itself() -> None:
    found = decision(Tenure(START), NOTICE, AFTER)
    assert found.expiry.value is None
    assert found.end.value == date(2026, 4, 11)


def test_nobody_knows_how_it_rolls() -> None:
    unknown = decision(Tenure(START, END, "Rolls over"), NOTICE, AFTER)
    assert (unknown.expiry.value, unknown.end.value, unknown.last_day.value) == (None, None, None)
    assert "for how long each time is not recorded" in unknown.expiry.why
    ahead = decision(Tenure(START, END, "Rolls over"), NOTICE, date(2025, 1, 1))
    assert (ahead.expiry.value, ahead.last_day.value) == (END, date(2025, 6, 28))


def test_a_minimum_term_holds_whatever_becomes_of_it_afterwards() -> None:
    tenure = Tenure(START, END, "Rolls over", Period(12, "m"), minimum=Period(48, "m"))
    found = decision(tenure, NOTICE, date(2025, 1, 1))
    assert found.expiry.value == END
    assert found.end.value == date(2026, 8, 28)
    assert "cannot end the contract before 28 Aug 2026" in found.end.why


@given(TENURES, NOTICES, DAYS, st.integers(0, 20_000).map(timedelta))
def test_a_later_today_moves_no_end_back(
    tenure: Tenure, notice: NoticeTerms, today: date, later: timedelta
) -> None:
    first, second = decision(tenure, notice, today), decision(tenure, notice, today + later)
    assert first.end.why
    assert first.expiry.why
    assert first.last_day.why
    if first.expiry.value and second.expiry.value:
        assert first.expiry.value <= second.expiry.value
    if first.end.value and second.end.value:
        assert first.end.value <= second.end.value
    if first.end.value:
        assert first.end.value >= today
    if first.last_day.value and first.end.value:
        assert first.last_day.value <= first.end.value
