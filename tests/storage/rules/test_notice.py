"""The last day to give notice is the legal date; the day to serve by is a working day in time for it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.engine.values import Period
from storage.rules.explained import Reason
from storage.rules.months import month_end, subtract_period
from storage.rules.notice import (
    NoticeTerms,
    end_if_given,
    last_day_to_give_notice,
    serve_by,
    vcse_notice,
    vcse_warning,
    warn_on,
)
from storage.rules.reference import bank_holidays
from storage.rules.terms import initial_end, read_term
from storage.rules.working_days import is_working_day

HOLIDAYS = frozenset(bank_holidays())
ENDS = st.dates(date(1950, 1, 1), date(2199, 12, 31))
PERIODS = st.builds(Period, st.integers(0, 99), st.sampled_from("dwmy")).filter(
    lambda period: period.months + period.days // 30 < 600
)
TERMS = st.builds(
    NoticeTerms, PERIODS, to_month_end=st.booleans(), not_before=st.none() | ENDS, clause=st.just("17.2")
)


@pytest.mark.parametrize(
    ("end", "period", "day"),
    [
        (date(2027, 3, 31), "12m", date(2026, 3, 31)),
        (date(2027, 8, 31), "6m", date(2027, 2, 28)),
        (date(2028, 2, 29), "12m", date(2027, 2, 28)),
        (date(2027, 3, 31), "6m", date(2026, 9, 30)),
        (date(2027, 2, 28), "6m", date(2026, 8, 28)),
        (date(2027, 3, 31), "1y", date(2026, 3, 31)),
        (date(2027, 3, 31), "90d", date(2026, 12, 31)),
        (date(2027, 3, 31), "26w", date(2026, 9, 30)),
        (date(2026, 8, 28), "2m", date(2026, 6, 28)),
        (date(2027, 3, 31), "0d", date(2027, 3, 31)),
    ],
)
def test_domain_d3_last_day_to_give_notice(end: date, period: str, day: date) -> None:
    assert last_day_to_give_notice(end, NoticeTerms(Period.from_code(period))).value == day


def test_says_how_it_came_about() -> None:
    sunday = last_day_to_give_notice(date(2026, 8, 28), NoticeTerms(Period(2, "m"), clause="17.2"))
    assert sunday.why == "28 Jun 2026 (a Sunday) = end 28 Aug 2026 less 2 months’ notice (clause 17.2)."
    clipped = last_day_to_give_notice(date(2027, 3, 31), NoticeTerms(Period(1, "m"), clause="Schedule 6A"))
    assert clipped.why == (
        "28 Feb 2027 (a Sunday) = end 31 Mar 2027 less 1 month’s notice (Schedule 6A)."
        " That month has no day 31, so its last day is taken."
    )


def test_without_an_end_or_a_period_there_is_no_last_day() -> None:
    open_ended = last_day_to_give_notice(None, NoticeTerms(Period(6, "m")))
    assert open_ended.value is None
    assert "no end date" in open_ended.why
    assert last_day_to_give_notice(date(2027, 3, 31), NoticeTerms(None)).value is None
    assert serve_by(None, HOLIDAYS).value is None


@pytest.mark.parametrize(
    ("last_day", "cushion", "day"),
    [
        (date(2026, 6, 28), 0, date(2026, 6, 26)),
        (date(2026, 6, 28), 28, date(2026, 5, 29)),
        (date(2026, 3, 31), 0, date(2026, 3, 31)),
        (date(2026, 3, 31), 28, date(2026, 3, 3)),
        (date(2026, 12, 28), 0, date(2026, 12, 24)),
        (date(2027, 1, 29), 28, date(2026, 12, 31)),
    ],
)
def test_serve_by(last_day: date, cushion: int, day: date) -> None:
    assert serve_by(last_day, HOLIDAYS, cushion).value == day


def test_says_how_the_day_to_serve_came_about() -> None:
    assert serve_by(date(2026, 6, 28), HOLIDAYS, 0).why == (
        "Friday 26 Jun 2026 = the last working day on or before Sunday 28 Jun 2026,"
        " the last day to give notice."
    )
    assert serve_by(date(2027, 1, 29), HOLIDAYS, 28).why == (
        "Thursday 31 Dec 2026 = Friday 29 Jan 2027, the last day to give notice, less 28 days in hand,"
        " moved back to a working day."
    )
    assert "Bank holidays of 2040 are not listed" in serve_by(date(2040, 6, 28), HOLIDAYS).why


def test_a_cushion_below_nought_is_an_error() -> None:
    with pytest.raises(ValueError, match="cushion"):
        serve_by(date(2026, 6, 28), HOLIDAYS, -1)


def test_glpi_g2_the_last_day_may_be_a_sunday_and_is_served_on_a_friday() -> None:
    last = last_day_to_give_notice(date(2026, 8, 28), NoticeTerms(Period(2, "m")))
    assert last.value == date(2026, 6, 28)
    assert serve_by(last.value, HOLIDAYS, 0).value == date(2026, 6, 26)


def test_glpi_g7_first_term_and_warning() -> None:
    end = initial_end(date(2018, 9, 27), read_term("36m")).value
    assert end == date(2021, 9, 26)
    last = last_day_to_give_notice(end, NoticeTerms(Period(3, "m")))
    assert last.value == date(2021, 6, 26)
    warned = warn_on(last.value, Period(21, "d"), last.reasons)
    assert warned.value == date(2021, 6, 5)
    assert warned.why == "5 Jun 2021 (a Saturday) = 21 days before 26 Jun 2021, the last day."
    assert warn_on(None, Period(21, "d")).value is None


def test_snipe_it_s4_reminders_at_six_and_three_months_are_two_days() -> None:
    days = [warn_on(date(2027, 8, 31), Period(months, "m")).value for months in (6, 3)]
    assert days == [date(2027, 2, 28), date(2027, 5, 31)]


@pytest.mark.parametrize(
    ("given_on", "end"),
    [(date(2015, 4, 3), date(2015, 4, 30)), (date(2015, 4, 20), date(2015, 5, 31))],
)
def test_contractmanager_j1_two_weeks_to_a_month_end(given_on: date, end: date) -> None:
    assert end_if_given(given_on, NoticeTerms(Period(2, "w"), to_month_end=True)).value == end


def test_says_how_the_end_came_about() -> None:
    plain = end_if_given(date(2026, 1, 5), NoticeTerms(Period(6, "m"), clause="17.2"))
    assert plain.why == "5 Jul 2026 = given 5 Jan 2026 plus 6 months’ notice (clause 17.2)."
    month = end_if_given(date(2015, 4, 20), NoticeTerms(Period(2, "w"), to_month_end=True))
    assert month.why == (
        "31 May 2015 = given 20 Apr 2015 plus 2 weeks’ notice, 4 May 2015, on to the end of that month."
    )
    terms = NoticeTerms(Period(6, "m"), to_month_end=True, not_before=date(2027, 3, 15))
    put_off = end_if_given(date(2026, 1, 5), terms)
    assert put_off.why == (
        "31 Mar 2027 = given 5 Jan 2026 plus 6 months’ notice, 5 Jul 2026,"
        " put off to 15 Mar 2027, before which it cannot end, on to the end of that month."
    )
    assert end_if_given(date(2026, 1, 5), NoticeTerms(None)).value is None


@pytest.mark.parametrize(
    ("end", "period", "day"),
    [
        (date(2015, 4, 30), "2w", date(2015, 4, 16)),
        (date(2015, 5, 30), "2w", date(2015, 4, 16)),
        (date(2027, 2, 28), "6m", date(2026, 8, 31)),
        (date(2027, 3, 15), "6m", date(2026, 8, 31)),
        (date(2027, 3, 31), "1m", date(2027, 2, 28)),
    ],
)
def test_last_day_for_a_month_end(end: date, period: str, day: date) -> None:
    found = last_day_to_give_notice(end, NoticeTerms(Period.from_code(period), to_month_end=True))
    assert found.value == day
    assert ("is no month’s end" in found.why) == (end != month_end(end))


def test_no_day_is_the_last_for_an_end_that_notice_cannot_bring_about() -> None:
    terms = NoticeTerms(Period(3, "m"), not_before=date(2027, 4, 1))
    found = last_day_to_give_notice(date(2027, 3, 31), terms)
    assert found.value is None
    assert found.why == "Notice cannot end the contract before 1 Apr 2027, so none can end it on 31 Mar 2027."
    assert last_day_to_give_notice(date(2027, 4, 1), terms).value == date(2027, 1, 1)
    to_month_end = NoticeTerms(Period(3, "m"), to_month_end=True, not_before=date(2027, 4, 1))
    assert last_day_to_give_notice(date(2027, 4, 29), to_month_end).value is None
    assert last_day_to_give_notice(date(2027, 4, 30), to_month_end).value == date(2027, 1, 31)


def test_the_steps_name_the_clause_and_the_dates_they_rest_on() -> None:
    terms = NoticeTerms(Period(2, "m"), clause="17.2", side="provider")
    end = Reason("Rolled on once.")
    last = last_day_to_give_notice(date(2026, 8, 28), terms, (end,))
    (counted,) = last.reasons
    agreed, rests_on = counted.rests_on
    assert (agreed.words, agreed.source) == ("2 months’ notice by the provider.", "clause 17.2")
    assert rests_on == Reason("The end: Friday 28 Aug 2026.", rests_on=(end,))
    (working, in_hand) = serve_by(last.value, HOLIDAYS, 7, last.reasons).reasons
    assert working.rests_on[0].rests_on == last.reasons
    assert in_hand.words == "Kept in hand: 7 days."


def test_three_months_for_the_voluntary_sector_is_guidance_and_warns() -> None:
    end = date(2027, 3, 31)
    short = NoticeTerms(Period(1, "m"))
    found = vcse_notice(end, short)
    assert found.value == date(2026, 12, 31)
    assert found.why == (
        "31 Dec 2026 = end 31 Mar 2027 less 3 months. This is guidance for voluntary and community providers;"
        " the last day to give notice is what the contract says."
        " The contract asks for only 1 month: notice on its last day is less than guidance asks for."
    )
    assert "National Audit Office" in found.reasons[0].source
    assert last_day_to_give_notice(end, short).value == date(2027, 2, 28)
    assert vcse_notice(end, NoticeTerms(Period(6, "m"))).value == date(2026, 12, 31)
    assert vcse_warning(end, NoticeTerms(Period(3, "m"))) == ""
    assert vcse_warning(end, NoticeTerms(Period(26, "w"))) == ""
    assert "only 12 weeks" in vcse_warning(end, NoticeTerms(Period(12, "w")))
    assert "not recorded" in vcse_warning(end, NoticeTerms(None))
    assert vcse_notice(None, short).value is None


@given(ENDS, TERMS)
def test_notice_given_on_the_last_day_is_never_late(end: date, terms: NoticeTerms) -> None:
    day = last_day_to_give_notice(end, terms).value
    if day is None:
        assert terms.not_before is not None
        assert month_end(terms.not_before) > end
        return
    reached = end_if_given(day, terms).value
    assert reached is not None
    assert reached <= end


@given(ENDS, TERMS)
def test_to_a_month_end_the_last_day_is_the_very_last(end: date, terms: NoticeTerms) -> None:
    strict = replace(terms, to_month_end=True)
    day = last_day_to_give_notice(end, strict).value
    if day is not None:
        after = end_if_given(day + timedelta(days=1), strict).value
        assert after is not None
        assert after > end


@given(ENDS, ENDS, TERMS)
def test_later_notice_never_ends_a_contract_sooner(one: date, other: date, terms: NoticeTerms) -> None:
    first, second = sorted((one, other))
    sooner, later = end_if_given(first, terms).value, end_if_given(second, terms).value
    assert sooner is not None
    assert later is not None
    assert first <= sooner <= later
    assert not terms.to_month_end or sooner == month_end(sooner)
    assert terms.not_before is None or sooner >= terms.not_before


@given(ENDS, TERMS)
def test_guidance_changes_neither_of_the_other_days(end: date, terms: NoticeTerms) -> None:
    guided = vcse_notice(end, terms).value
    assert guided is not None
    assert guided < end
    assert bool(vcse_warning(end, terms)) == (subtract_period(end, terms.period or Period(0, "d")) > guided)


@given(ENDS, st.integers(0, 400))
def test_serving_is_on_a_working_day_and_keeps_the_cushion(last_day: date, cushion: int) -> None:
    day = serve_by(last_day, HOLIDAYS, cushion).value
    assert day is not None
    assert is_working_day(day, HOLIDAYS)
    assert day <= last_day - timedelta(days=cushion)
