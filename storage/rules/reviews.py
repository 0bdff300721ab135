"""How closely a contract is watched: its tier, the days of its reviews, and the reminders ahead of a day."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from storage.engine.values import Period, show_day
from storage.rules.explained import Explained, Reason
from storage.rules.kpi_periods import HALF_YEARLY, MONTHLY, QUARTERLY, YEARLY
from storage.rules.kpis import show_mean, show_number
from storage.rules.months import add_period, subtract_period

TIER_CRITERIA = {
    "value": "Annual value",
    "criticality": "How critical the service is, safety included",
    "dependency": "Dependency on the supplier and its market",
    "complexity": "Complexity",
    "reputation": "Reputation",
    "risk": "Risk",
}
"""What a tier is scored by, each from 1 (least) to 5 (most)."""

EQUAL_WEIGHTS: Mapping[str, Decimal] = dict.fromkeys(TIER_CRITERIA, Decimal(1))
GOLD, SILVER, BRONZE = "Gold", "Silver", "Bronze"
GOLD_FROM, SILVER_FROM = Decimal("3.5"), Decimal(2)

RHYTHMS = {GOLD: MONTHLY, SILVER: QUARTERLY, BRONZE: YEARLY}
"""How often a contract of each tier is usually reviewed; the board looks at gold every quarter as well."""

CYCLES = {
    MONTHLY: Period(1, "m"),
    QUARTERLY: Period(3, "m"),
    HALF_YEARLY: Period(6, "m"),
    YEARLY: Period(12, "m"),
}
"""The review cycles that come round, with their length."""

_PRACTICE = "Working practice, check with your own organisation"
_MOST_REVIEWS = 2_000


@dataclass(frozen=True, slots=True)
class Reminder:
    """A day on which to be reminded of another, a given time ahead."""

    on: date
    lead: Period
    day: date


def tier(
    scores: Mapping[str, int | None],
    weights: Mapping[str, Decimal] = EQUAL_WEIGHTS,
    gold_from: Decimal = GOLD_FROM,
    silver_from: Decimal = SILVER_FROM,
) -> Explained[str]:
    """Gold, silver or bronze by the weighted mean of the scores; blank while one that counts is missing.

    The mean is compared as it is and never rounded first: 3.45 is below 3.5 and so silver.
    Raises ValueError for a score outside 1 to 5, a weight below nought, no weight at all or limits out of order.
    """
    if silver_from > gold_from:
        raise ValueError("Gold cannot begin below silver.")
    if any(weight < 0 for weight in weights.values()) or not sum(weights.values()):
        raise ValueError("Weights cannot be below nought, and one at least must count.")
    counting = {key: weight for key, weight in weights.items() if weight}
    given = {key: score for key in counting if (score := scores.get(key)) is not None}
    if any(not 1 <= score <= 5 for score in given.values()):
        raise ValueError("A score lies between 1 and 5.")
    missing = [TIER_CRITERIA.get(key, key) for key in counting if key not in given]
    steps = tuple(_scored(key, score, counting[key]) for key, score in given.items())
    if missing:
        why = f"No tier yet: {len(missing)} of {len(counting)} scores are missing ({'; '.join(missing)})."
        return Explained("", why, steps)
    whole = sum(counting.values())
    mean = sum((score * counting[key] for key, score in given.items()), Decimal(0)) / whole
    found = GOLD if mean >= gold_from else SILVER if mean >= silver_from else BRONZE
    limits = f"gold from {show_number(gold_from)}, silver from {show_number(silver_from)}"
    why = f"{found}: the weighted mean of the scores is {show_mean(mean)} ({limits})."
    return Explained(found, why, steps)


def next_review(
    last: date | None, cycle: Period | None, today: date, start: date | None = None, end: date | None = None
) -> Explained[date | None]:
    """The day of the next review: the last one, or else the start, plus the cycle.

    One that is overdue stays where it was due. After the end of the contract there is none.
    Raises ValueError for a cycle of nought.
    """
    if cycle is None:
        return Explained(None, "No review cycle is set.")
    if not cycle.count:
        raise ValueError("A review cycle cannot be nought.")
    since = last if last is not None else start
    if since is None:
        return Explained(None, "Neither a last review nor a start is recorded to count from.")
    day = add_period(since, cycle)
    anchor = "the last review" if last is not None else "the start, as none is recorded yet,"
    steps = (Reason(f"Counted from {anchor} {show_day(since)}"), Reason(f"Cycle: every {cycle}"))
    if end is not None and day > end:
        why = f"None: the next would be {show_day(day)}, after the end of the contract {show_day(end)}."
        return Explained(None, why, steps)
    why = f"{show_day(day)} = {anchor} {show_day(since)} plus {cycle}"
    late = (today - day).days
    if late > 0:
        return Explained(day, f"{why}; overdue by {late:,} {'day' if late == 1 else 'days'}.", steps)
    return Explained(day, f"{why}.", steps)


def review_days(since: date, cycle: Period, first: date, last: date) -> Explained[tuple[date, ...]]:
    """Every day of a cycle from `first` to `last`, counted from `since` and never from the one before.

    So a cycle from the last day of January comes back to the last day of a longer month.
    Raises ValueError for a cycle of nought.
    """
    if not cycle.count:
        raise ValueError("A review cycle cannot be nought.")
    days: list[date] = []
    for round_ in range(1, _MOST_REVIEWS):
        day = add_period(since, Period(cycle.count * round_, cycle.unit))
        if day > last:
            break
        if day >= first:
            days.append(day)
    why = f"Every {cycle} from {show_day(since)}: {len(days)} between {show_day(first)} and {show_day(last)}."
    return Explained(tuple(days), why)


def reminders_due(
    day: date | None, leads: Sequence[Period], dismissed: Collection[tuple[Period, date]], today: date
) -> Explained[tuple[Reminder, ...]]:
    """The reminders of a day that have come and are not dismissed, the longest lead first.

    Each lead is an entry of its own, dismissed by itself and only for that day: when the day moves, it comes
    again. Reminders stay after the day has passed until they are dismissed.
    """
    if day is None:
        return Explained((), "There is no day to be reminded of.")
    every = sorted({Reminder(subtract_period(day, lead), lead, day) for lead in leads}, key=_order)
    come = [each for each in every if each.on <= today]
    found = tuple(each for each in come if (each.lead, day) not in dismissed)
    steps = tuple(Reason(f"{each.lead} before {show_day(day)}: {show_day(each.on)}") for each in found)
    gone = len(come) - len(found)
    rest = f" {gone} dismissed." if gone else ""
    if found:
        count = "1 reminder" if len(found) == 1 else f"{len(found)} reminders"
        return Explained(found, f"{count} of {show_day(day)}, {_away(day, today)}.{rest}", steps)
    if len(come) < len(every):
        following = next(each for each in every if each.on > today)
        return Explained((), f"None yet; the next comes on {show_day(following.on)}.{rest}", steps)
    return Explained((), f"None.{rest}", steps)


def _scored(key: str, score: int, weight: Decimal) -> Reason:
    """One score with what it weighs."""
    return Reason(f"{TIER_CRITERIA.get(key, key)}: {score} of 5, weight {show_number(weight)}", _PRACTICE)


def _order(reminder: Reminder) -> tuple[date, str]:
    """The earliest first."""
    return reminder.on, reminder.lead.code


def _away(day: date, today: date) -> str:
    """How far off a day is."""
    left = (day - today).days
    if not left:
        return "which is today"
    count = f"{abs(left):,} {'day' if abs(left) == 1 else 'days'}"
    return f"{count} away" if left > 0 else f"{count} ago"
