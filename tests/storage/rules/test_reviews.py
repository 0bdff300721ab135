"""A tier by its scores, reviews that come round without drifting, and reminders dismissed one by one."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.engine.values import Period
from storage.rules.months import add_months
from storage.rules.reviews import (
    BRONZE,
    EQUAL_WEIGHTS,
    GOLD,
    SILVER,
    TIER_CRITERIA,
    next_review,
    reminders_due,
    review_days,
    tier,
)

KEYS = tuple(TIER_CRITERIA)
SIX, THREE, YEAR = Period(6, "m"), Period(3, "m"), Period(12, "m")
DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


def scored(*scores: int | None) -> dict[str, int | None]:
    return dict(zip(KEYS, scores, strict=True))


@pytest.mark.parametrize(
    ("scores", "name"),
    [
        ((5, 5, 5, 5, 5, 5), GOLD),
        ((4, 4, 4, 3, 3, 3), GOLD),
        ((4, 4, 3, 3, 3, 3), SILVER),
        ((2, 2, 2, 2, 2, 2), SILVER),
        ((1, 2, 2, 2, 2, 2), BRONZE),
        ((1, 1, 1, 1, 1, 1), BRONZE),
    ],
)
def test_tier_domain_7_1(scores: tuple[int, ...], name: str) -> None:
    found = tier(scored(*scores))
    assert found.value == name
    assert len(found.reasons) == len(TIER_CRITERIA)


def test_a_mean_of_3_45_is_silver_because_it_is_not_rounded() -> None:
    weights = dict(zip(KEYS, map(Decimal, ("0.45", "0.55", "0", "0", "0", "0")), strict=True))
    found = tier({"value": 4, "criticality": 3}, weights)
    assert found.value == SILVER
    assert found.why == "Silver: the weighted mean of the scores is 3.45 (gold from 3.5, silver from 2)."
    nearly = dict(weights, value=Decimal("0.4999"), criticality=Decimal("0.5001"))
    assert "is 3.499 " in tier({"value": 4, "criticality": 3}, nearly).why


def test_weights_and_limits_can_be_set() -> None:
    heavy = {**EQUAL_WEIGHTS, "risk": Decimal(10)}
    assert tier(scored(1, 1, 1, 1, 1, 5), heavy).value == GOLD
    assert tier(scored(3, 3, 3, 3, 3, 3), gold_from=Decimal(3)).value == GOLD
    with pytest.raises(ValueError, match="below silver"):
        tier({}, gold_from=Decimal(1))
    with pytest.raises(ValueError, match="below nought"):
        tier({}, {"value": Decimal(-1)})
    with pytest.raises(ValueError, match="one at least must count"):
        tier({}, {"value": Decimal(0)})
    with pytest.raises(ValueError, match="between 1 and 5"):
        tier(scored(0, 1, 1, 1, 1, 1))


def test_no_tier_while_a_score_that_counts_is_missing() -> None:
    found = tier(scored(4, 4, 4, 4, None, 4))
    assert found.value == ""
    assert found.why == "No tier yet: 1 of 6 scores are missing (Reputation)."
    assert tier(scored(4, 4, 4, 4, None, 4), {**EQUAL_WEIGHTS, "reputation": Decimal(0)}).value == GOLD


@given(st.lists(st.integers(1, 5), min_size=6, max_size=6), st.integers(0, 5))
def test_a_higher_score_never_lowers_a_tier(scores: list[int], place: int) -> None:
    order = [BRONZE, SILVER, GOLD]
    higher = list(scores)
    higher[place] = 5
    assert order.index(tier(scored(*higher)).value) >= order.index(tier(scored(*scores)).value)


def test_the_next_review_comes_after_the_last_or_after_the_start() -> None:
    today = date(2026, 7, 10)
    found = next_review(date(2026, 6, 30), THREE, today)
    assert found.value == date(2026, 9, 30)
    assert found.why == "30 Sep 2026 = the last review 30 Jun 2026 plus 3 months."
    late = next_review(None, THREE, today, start=date(2026, 4, 1))
    assert late.value == date(2026, 7, 1)
    assert late.why == (
        "1 Jul 2026 = the start, as none is recorded yet, 1 Apr 2026 plus 3 months; overdue by 9 days."
    )
    over = next_review(date(2026, 6, 30), THREE, today, end=date(2026, 8, 31))
    assert over.value is None
    assert "after the end of the contract 31 Aug 2026" in over.why
    assert next_review(None, THREE, today).value is None
    assert next_review(date(2026, 6, 30), None, today).value is None
    with pytest.raises(ValueError, match="nought"):
        next_review(date(2026, 6, 30), Period(0, "m"), today)


def test_a_cycle_never_drifts_from_the_end_of_a_month() -> None:
    found = review_days(date(2026, 1, 31), Period(1, "m"), date(2026, 2, 1), date(2026, 5, 31))
    assert found.value == (date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30), date(2026, 5, 31))
    assert found.why == "Every 1 month from 31 Jan 2026: 4 between 1 Feb 2026 and 31 May 2026."
    with pytest.raises(ValueError, match="nought"):
        review_days(date(2026, 1, 31), Period(0, "d"), date(2026, 2, 1), date(2026, 5, 31))


@given(DAYS, st.integers(1, 24), st.integers(0, 60))
def test_review_days_are_those_of_the_calendar(since: date, months: int, rounds: int) -> None:
    last = add_months(since, months * rounds)
    found = review_days(since, Period(months, "m"), since, last).value
    assert found == tuple(add_months(since, months * each) for each in range(1, rounds + 1))


END = date(2027, 3, 31)


def test_snipe_it_s4_alerts_at_6_and_3_months_are_two_entries() -> None:
    today = date(2027, 1, 10)
    both = reminders_due(END, [THREE, SIX], set(), today)
    assert [(each.lead, each.on) for each in both.value] == [
        (SIX, date(2026, 9, 30)),
        (THREE, date(2026, 12, 31)),
    ]
    assert both.why == "2 reminders of 31 Mar 2027, 80 days away."
    one = reminders_due(END, [THREE, SIX], {(SIX, END)}, today)
    assert [each.lead for each in one.value] == [THREE]
    assert one.why == "1 reminder of 31 Mar 2027, 80 days away. 1 dismissed."
    assert reminders_due(END, [THREE, SIX], {(SIX, END), (THREE, END)}, today).why == "None. 2 dismissed."


def test_a_dismissed_reminder_comes_again_when_the_day_moves() -> None:
    dismissed = {(SIX, END)}
    later = date(2028, 3, 31)
    assert reminders_due(later, [SIX], dismissed, date(2027, 9, 29)).value == ()
    assert [each.day for each in reminders_due(later, [SIX], dismissed, date(2027, 9, 30)).value] == [later]


def test_says_when_the_next_reminder_comes() -> None:
    found = reminders_due(END, [YEAR, SIX], {(YEAR, END)}, date(2026, 5, 1))
    assert found.why == "None yet; the next comes on 30 Sep 2026. 1 dismissed."
    assert "no day" in reminders_due(None, [SIX], set(), END).why
    assert reminders_due(END, [SIX], set(), END).why.endswith("which is today.")
    assert reminders_due(END, [SIX], set(), END + timedelta(days=1)).why.endswith("1 day ago.")


@given(DAYS, st.sets(st.integers(1, 24), max_size=5), st.integers(0, 900), st.integers(0, 900))
def test_reminders_once_come_stay_until_they_are_dismissed(
    day: date, months: set[int], before: int, more: int
) -> None:
    leads = [Period(count, "m") for count in months]
    today = day - timedelta(days=before)
    now = reminders_due(day, leads, set(), today).value
    later = reminders_due(day, leads, set(), today + timedelta(days=more)).value
    assert later[: len(now)] == now
    for each in now:
        assert each not in reminders_due(day, leads, {(each.lead, day)}, today).value
