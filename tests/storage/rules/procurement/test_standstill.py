"""The standstill by each regime's own count, and what a provider's representation does to it."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.rules.explained import Explained
from storage.rules.procurement.reference import thresholds
from storage.rules.procurement.regimes import processes_of, regimes
from storage.rules.procurement.standstill import (
    Representation,
    Standstill,
    standstill,
    standstill_duty,
)
from storage.rules.procurement.thresholds import Threshold
from storage.rules.reference import bank_holidays
from storage.rules.working_days import add_working_days, is_working_day, working_days_between

HOLIDAYS = frozenset(bank_holidays())
LIMITS = thresholds()
PUBLISHED = st.dates(date(2025, 3, 1), date(2028, 11, 30))
COUNTED = st.sampled_from(["PSR", "PA23", "PA23-LT", "PCR2015"])


def found(
    regime: str,
    published_on: date,
    *representations: Representation,
    limits: tuple[Threshold, ...] = LIMITS,
) -> Standstill:
    """The standstill, which must be known."""
    value = standstill(regime, published_on, HOLIDAYS, limits, representations).value
    assert value is not None
    return value


def said(found: Explained[Standstill | None]) -> str:
    """The sentence and all steps of an explanation as one text."""
    return " ".join([found.why, *(f"{reason.words} {reason.source}" for reason in found.reasons)])


@pytest.mark.parametrize(
    ("published", "psr", "pa23"),
    [
        (date(2026, 6, 1), date(2026, 6, 11), date(2026, 6, 10)),
        (date(2026, 3, 27), date(2026, 4, 10), date(2026, 4, 9)),
        (date(2026, 12, 18), date(2027, 1, 4), date(2026, 12, 31)),
    ],
)
def test_domain_d5_standstill_by_each_regime(published: date, psr: date, pa23: date) -> None:
    for regime, last in (("PSR", psr), ("PA23", pa23)):
        value = found(regime, published)
        assert value.last_day == value.last_day_to_be_heard == last
        assert value.earliest_award == last + timedelta(days=1)


def test_the_sentence_names_the_day_and_the_count_and_the_reasons_the_law() -> None:
    psr = standstill("PSR", date(2026, 6, 1), HOLIDAYS, LIMITS)
    assert psr.why == (
        "The standstill ends at midnight at the end of Thursday 11 Jun 2026, the 8th working day after publication"
        " on Monday 1 Jun 2026. The earliest day to award is Friday 12 Jun 2026; Saturday 13 Jun 2026 is safe under"
        " every reading."
    )
    assert "SI 2023/1348, regulation 12(3)" in said(psr)
    act = standstill("PA23", date(2026, 6, 1), HOLIDAYS, LIMITS)
    assert act.why == (
        "The standstill ends at midnight at the end of Wednesday 10 Jun 2026: 8 working days beginning with the day"
        " of publication, Monday 1 Jun 2026. The earliest day to award is Thursday 11 Jun 2026."
    )
    assert "Procurement Act 2023, section 51(2)" in said(act)


def test_publication_on_a_day_of_rest_is_said_and_counted_from_the_next_working_day() -> None:
    saturday = date(2026, 6, 6)
    assert found("PSR", saturday).last_day == date(2026, 6, 17)
    act = standstill("PA23", saturday, HOLIDAYS, LIMITS)
    assert act.value is not None
    assert act.value.last_day == date(2026, 6, 17)
    assert "beginning with the first one after publication, Monday 8 Jun 2026" in act.why
    for regime in ("PSR", "PA23"):
        assert "No working day" in said(standstill(regime, saturday, HOLIDAYS, LIMITS))


def test_the_2015_regulations_count_days_and_end_on_a_working_day() -> None:
    assert found("PCR2015", date(2024, 6, 3)).last_day == date(2024, 6, 13)
    sent = standstill("PCR2015", date(2024, 3, 21), HOLIDAYS, LIMITS)
    assert sent.value is not None
    assert sent.value.last_day == date(2024, 4, 2)
    assert "moved from Sunday 31 Mar 2024 to a working day" in sent.why


def test_the_cautious_award_is_a_working_day_later_and_can_be_made_the_rule() -> None:
    plain = found("PSR", date(2025, 10, 7))
    assert plain.last_day == date(2025, 10, 17)
    assert plain.cautious_award == date(2025, 10, 21)
    longer = tuple(
        replace(each, number=Decimal(1)) if each.key == "psr_standstill_starts_after" else each
        for each in LIMITS
    )
    strict = found("PSR", date(2025, 10, 7), limits=longer)
    assert strict.last_day == date(2025, 10, 20)
    assert strict.earliest_award == strict.cautious_award == date(2025, 10, 21)


def test_a_representation_in_time_keeps_the_standstill_open_until_it_is_answered() -> None:
    published = date(2026, 6, 1)
    opened = standstill("PSR", published, HOLIDAYS, LIMITS, [Representation(date(2026, 6, 11))])
    assert opened.value is not None
    assert (opened.value.last_day, opened.value.earliest_award, opened.value.cautious_award) == (None,) * 3
    assert opened.value.last_day_to_be_heard == date(2026, 6, 11)
    assert "5 more working days" in opened.why
    answered = found("PSR", published, Representation(date(2026, 6, 11), date(2026, 6, 19)))
    assert answered.last_day == date(2026, 6, 26)
    assert answered.earliest_award == date(2026, 6, 27)


def test_an_early_answer_does_not_close_the_window_early() -> None:
    value = found("PSR", date(2026, 6, 1), Representation(date(2026, 6, 2), date(2026, 6, 3)))
    assert value.last_day == date(2026, 6, 11)
    assert value.cautious_award == date(2026, 6, 13)


def test_all_representations_have_to_be_answered_and_the_last_answer_counts() -> None:
    first = Representation(date(2026, 6, 5), date(2026, 6, 10))
    open_one = Representation(date(2026, 6, 9))
    assert found("PSR", date(2026, 6, 1), first, open_one).last_day is None
    closed = Representation(date(2026, 6, 9), date(2026, 6, 24))
    assert found("PSR", date(2026, 6, 1), first, closed).last_day == date(2026, 7, 1)


def test_a_late_representation_changes_nothing_and_is_said_to_be_late() -> None:
    late = Representation(date(2026, 6, 15))
    answer = standstill("PSR", date(2026, 6, 1), HOLIDAYS, LIMITS, [late])
    assert answer.value == found("PSR", date(2026, 6, 1))
    assert "came after the window" in said(answer)


def test_a_representation_on_the_day_only_the_longer_count_has_is_taken_as_in_time() -> None:
    assert found("PSR", date(2026, 6, 1), Representation(date(2026, 6, 12))).last_day is None


def test_without_a_notice_a_rule_or_a_limit_the_answer_is_not_known_and_says_why() -> None:
    assert "No notice" in standstill("PSR", None, HOLIDAYS, LIMITS).why
    assert "no standstill" in standstill("grant", date(2026, 6, 1), HOLIDAYS, LIMITS).why
    early = standstill("PSR", date(2023, 12, 31), HOLIDAYS, LIMITS)
    assert early.value is None
    assert "31 Dec 2023" in early.why
    assert standstill("PA23", date(2025, 2, 23), HOLIDAYS, LIMITS).value is None
    assert standstill("PA23", date(2025, 2, 24), HOLIDAYS, LIMITS).value is not None


def test_years_without_listed_bank_holidays_are_said() -> None:
    assert "Bank holidays of 2029" in standstill("PSR", date(2028, 12, 27), HOLIDAYS, LIMITS).why
    assert "not listed" not in standstill("PSR", date(2028, 6, 1), HOLIDAYS, LIMITS).why


def test_who_owes_a_standstill() -> None:
    duties = {
        (regime.code, process.code): standstill_duty(process, regime.code).value
        for regime in regimes()
        for process in processes_of(regime.code)
    }
    owed = {code for (regime, code), duty in duties.items() if regime == "PSR" and duty == "must"}
    assert owed == {"DA-C", "MSP", "CP", "FW-MC"}
    assert duties["PSR", "DA-A"] == duties["PSR", "DA-B"] == duties["PSR", "URG"] == "none"
    assert duties["PA23", "PA23-open"] == "must"
    assert duties["PA23-LT", "PA23-open"] == duties["PA23", "PA23-call-off"] == "voluntary"
    assert duties["PA23-LT", "PA23-below"] == "none"


@given(COUNTED, PUBLISHED)
def test_a_standstill_never_ends_on_a_day_of_rest(regime: str, published: date) -> None:
    value = found(regime, published)
    assert value.last_day is not None
    assert is_working_day(value.last_day, HOLIDAYS)
    assert value.last_day > published
    assert value.earliest_award == value.last_day + timedelta(days=1)
    assert value.cautious_award is not None
    assert value.cautious_award >= value.earliest_award
    assert is_working_day(value.cautious_award - timedelta(days=1), HOLIDAYS)


@given(PUBLISHED)
def test_the_two_counts_have_exactly_eight_working_days(published: date) -> None:
    psr, act = found("PSR", published), found("PA23", published)
    assert psr.last_day is not None
    assert act.last_day is not None
    assert working_days_between(published, psr.last_day, HOLIDAYS) == 8
    assert working_days_between(published - timedelta(days=1), act.last_day, HOLIDAYS) == 8
    assert act.last_day <= psr.last_day


@given(PUBLISHED, st.integers(0, 20), st.integers(0, 60))
def test_a_representation_never_brings_the_end_forward(published: date, after: int, later: int) -> None:
    received = published + timedelta(days=after)
    answered = received + timedelta(days=later)
    plain, kept = found("PSR", published), found("PSR", published, Representation(received, answered))
    assert plain.last_day is not None
    assert kept.last_day is not None
    assert kept.last_day >= plain.last_day
    assert is_working_day(kept.last_day, HOLIDAYS)
    if kept.last_day > plain.last_day:
        assert kept.last_day == add_working_days(answered, 5, HOLIDAYS)
