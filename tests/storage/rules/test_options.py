"""Options add to the term from its original start, and each says when it is to be decided."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.engine.values import Period
from storage.rules.notice import NoticeTerms
from storage.rules.options import (
    Extendable,
    Option,
    as_at,
    current_end,
    maximum_end,
    option_dates,
)
from storage.rules.terms import end_after, read_term
from storage.rules.value_split import OptionState

START = date(2024, 4, 1)
YEAR = Period(1, "y")
NOTICE = NoticeTerms(Period(6, "m"), clause="17.2")
LEAD = Period(3, "m")
TODAY = date(2026, 1, 10)
DAYS = st.dates(date(1950, 1, 1), date(2099, 12, 31))
LENGTHS = st.builds(Period, st.integers(1, 60), st.sampled_from("dwm")) | st.builds(
    Period, st.integers(1, 5), st.just("y")
)
OPTIONS = st.builds(Option, LENGTHS, st.sampled_from(OptionState), st.none() | DAYS)
TERMS = st.builds(Extendable, DAYS, LENGTHS, st.lists(OPTIONS, max_size=5).map(tuple), st.none()) | st.builds(
    Extendable, st.none() | DAYS, st.none(), st.lists(OPTIONS, max_size=5).map(tuple), DAYS
)
NOTICES = st.builds(
    NoticeTerms,
    st.none() | st.builds(Period, st.integers(0, 24), st.sampled_from("wm")),
    to_month_end=st.booleans(),
)


def of(term: str, start: date, taken: int = 0) -> Extendable:
    """A term as written, with so many of its options taken up."""
    read = read_term(term)
    options = (
        Option(length, "Taken up" if at < taken else "Available") for at, length in enumerate(read.options)
    )
    return Extendable(start, read.core, tuple(options))


@pytest.mark.parametrize(
    ("term", "start", "ends"),
    [
        ("3+1+1", date(2024, 4, 1), [date(2027, 3, 31), date(2028, 3, 31), date(2029, 3, 31)]),
        ("36m+12m", date(2025, 10, 1), [date(2028, 9, 30), date(2029, 9, 30)]),
        ("1", date(2024, 2, 29), [date(2025, 2, 28)]),
    ],
)
def test_domain_d2_ends_with_options_taken_up(term: str, start: date, ends: list[date]) -> None:
    assert [current_end(of(term, start, taken)).value for taken in range(len(ends))] == ends
    assert {maximum_end(of(term, start, taken)).value for taken in range(len(ends))} == {ends[-1]}


def test_each_option_has_its_end_and_a_day_to_decide_by() -> None:
    first, second = option_dates(of("3+1+1", START), NOTICE, LEAD, TODAY)
    assert (first.extends.value, first.end.value) == (date(2027, 3, 31), date(2028, 3, 31))
    assert first.decide_by.value == date(2026, 6, 30)
    assert first.decide_by.why == (
        "30 Jun 2026 = 30 Sep 2026, the last day to give notice, less 3 months lead time."
    )
    assert (second.extends.value, second.end.value) == (date(2028, 3, 31), date(2029, 3, 31))
    assert second.decide_by.value == date(2027, 6, 30)
    assert first.standing.value == second.standing.value == "Available"


def test_says_how_an_end_came_about() -> None:
    found = current_end(of("3+1+1", START, taken=1))
    assert found.why == "31 Mar 2028 = start 1 Apr 2024 plus 3 years + 1 year, less one day."
    assert [reason.words for reason in found.reasons] == [
        "Counted from the start, 1 Apr 2024, never from an earlier end.",
        "Option: 1 year (taken up).",
    ]
    leap = current_end(of("1", date(2024, 2, 29)))
    assert leap.why == "28 Feb 2025 = start 29 Feb 2024 plus 1 year, to the end of a month without that day."


def test_a_declined_option_is_passed_over() -> None:
    options = (Option(YEAR, "Declined"), Option(Period(6, "m"), name="Option B"))
    term = Extendable(START, Period(3, "y"), options)
    assert maximum_end(term).value == date(2027, 9, 30)
    declined, open_still = option_dates(term, NOTICE, LEAD, TODAY)
    assert declined.end.value is None
    assert declined.end.why == "Declined: as recorded. It adds nothing to the term."
    assert open_still.extends.value == date(2027, 3, 31)
    assert open_still.end.reasons[-1].words == "Option B: 6 months (available)."


def test_an_option_nobody_decided_on_lapses_as_of_today_only() -> None:
    term = of("3+1+1", START)
    assert as_at(term, NOTICE, LEAD, date(2026, 9, 30)) == term
    late = option_dates(term, NOTICE, LEAD, date(2026, 7, 1))[0].standing
    assert late.value == "Available"
    assert late.why == (
        "Available, but late: 30 Jun 2026, the day to decide by, has passed; 30 Sep 2026 is the last day for it."
    )
    lapsed = as_at(term, NOTICE, LEAD, date(2026, 10, 1))
    assert [option.status for option in lapsed.options] == ["Lapsed", "Lapsed"]
    assert maximum_end(lapsed).value == date(2027, 3, 31)
    assert maximum_end(term).value == date(2029, 3, 31)
    assert option_dates(term, NOTICE, LEAD, date(2026, 10, 1))[0].standing.why == (
        "Lapsed: 30 Sep 2026, the last day for it, has passed and no decision is recorded."
    )


def test_a_recorded_day_to_decide_by_is_the_last_day() -> None:
    term = Extendable(START, Period(3, "y"), (Option(YEAR, decide_by=date(2026, 12, 20)),))
    (found,) = option_dates(term, NoticeTerms(None), None, date(2026, 12, 20))
    assert found.decide_by.value == date(2026, 12, 20)
    assert "(a Sunday)" in found.decide_by.why
    assert found.standing.value == "Available"
    (found,) = option_dates(term, NoticeTerms(None), None, date(2026, 12, 21))
    assert found.standing.value == "Lapsed"


def test_without_a_notice_period_no_day_is_made_up() -> None:
    term = of("3+1", START)
    (found,) = option_dates(term, NoticeTerms(None), LEAD, date(2027, 3, 31))
    assert found.decide_by.value is None
    assert found.decide_by.why == "No day to decide by: No notice period is recorded."
    assert found.standing.value == "Available"
    (found,) = option_dates(term, NoticeTerms(None), LEAD, date(2027, 4, 1))
    assert found.standing.value == "Lapsed"


def test_without_a_lead_time_the_notice_alone_counts() -> None:
    (found,) = option_dates(of("3+1", START), NOTICE, None, TODAY)
    assert found.decide_by.value == date(2026, 9, 30)
    assert found.decide_by.why.endswith("No lead time is set.")


def test_a_first_end_is_enough() -> None:
    term = Extendable(None, None, (Option(YEAR, "Taken up"),), first_end=date(2027, 3, 31))
    found = current_end(term)
    assert found.value == date(2028, 3, 31)
    assert found.why == "31 Mar 2028 = first end 31 Mar 2027 plus 1 year."
    alone = current_end(Extendable(START, None, (), first_end=date(2027, 3, 31)))
    assert alone.why == "31 Mar 2027 is the first end as recorded."


def test_what_is_missing_is_said() -> None:
    assert current_end(Extendable(None, YEAR)).why == "No start date is recorded."
    assert current_end(Extendable(START, None)).why == "No term is recorded."
    (found,) = option_dates(Extendable(START, None, (Option(YEAR),)), NOTICE, LEAD, TODAY)
    assert (found.end.value, found.decide_by.value, found.standing.value) == (None, None, "Available")
    endless = Extendable(START, YEAR, (Option(Period(999, "y")),) * 20)
    assert maximum_end(endless).why == "This end lies outside the calendar."


@given(TERMS, NOTICES, st.none() | LENGTHS, DAYS)
def test_dates_are_ordered(term: Extendable, notice: NoticeTerms, lead: Period | None, today: date) -> None:
    now, most = current_end(term).value, maximum_end(term).value
    assert now is not None
    assert most is not None
    assert now <= most
    seen = as_at(term, notice, lead, today)
    assert current_end(seen).value == now
    latest = maximum_end(seen).value
    assert latest is not None
    assert now <= latest <= most
    found = option_dates(term, notice, lead, today)
    assert len(found) == len(term.options)
    for option, dates in zip(term.options, found, strict=True):
        assert dates.extends.value is not None
        if dates.end.value is not None:
            assert dates.extends.value < dates.end.value <= latest
        if option.decide_by is None and dates.decide_by.value is not None:
            assert dates.decide_by.value <= dates.extends.value
    assert latest == max([now, *(dates.end.value for dates in found if dates.end.value)])


@given(TERMS, NOTICES, st.none() | LENGTHS, DAYS, st.integers(0, 20_000).map(timedelta))
def test_a_later_today_changes_no_decision_and_brings_no_option_back(
    term: Extendable, notice: NoticeTerms, lead: Period | None, today: date, later: timedelta
) -> None:
    first = option_dates(term, notice, lead, today)
    second = option_dates(term, notice, lead, today + later)
    for option, before, after in zip(term.options, first, second, strict=True):
        if option.status != "Available":
            assert before.standing.value == after.standing.value == option.status
        if before.standing.value == "Lapsed":
            assert after.standing.value == "Lapsed"


@given(DAYS, st.integers(1, 60), st.lists(LENGTHS, max_size=5), st.integers(0, 5))
def test_agrees_with_the_term_as_written(start: date, core: int, lengths: list[Period], taken: int) -> None:
    taken = min(taken, len(lengths))
    text = "+".join(length.code for length in (Period(core, "m"), *lengths))
    assert current_end(of(text, start, taken)).value == end_after(start, read_term(text), taken).value
