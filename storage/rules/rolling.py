"""Contracts that roll over of themselves: the end of the period today lies in, and the next decision on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from storage.engine.values import Period, show_day
from storage.rules.anchor import Anchor
from storage.rules.explained import Explained, Reason
from storage.rules.months import months_between
from storage.rules.notice import NO_PERIOD, NoticeTerms, end_given, last_day, last_day_to_give_notice
from storage.rules.wording import weekday_day, with_rest_day


@dataclass(frozen=True, slots=True)
class Decision:
    """What there is to decide next about a contract, as of one day."""

    expiry: Explained[date | None]  # the end as things stand; None where there is none
    end: Explained[date | None]  # the next end that notice can still bring about, with the plain sentence
    last_day: Explained[date | None]  # the last day to give notice for that end; None where any day will do
    passed: bool = False  # it is too late to end it at the expiry


@dataclass(frozen=True, slots=True)
class RollingTerm:
    """A first end, and the period by which the contract rolls over after it unless notice is given."""

    first_end: date
    every: Period
    start: date | None = None

    def __post_init__(self) -> None:
        if self.every.count == 0:
            raise ValueError("A contract cannot roll over by nought.")

    @property
    def anchor(self) -> Anchor:
        """What every end is counted from."""
        return Anchor.of_first_end(self.first_end, self.start)

    def end(self, times: int) -> date:
        """The end after rolling over so many times, counted from the anchor and clipped to the month's end."""
        if times == 0:
            return self.first_end
        return self.anchor.end(times * self.every.months, times * self.every.days)

    def times_by(self, day: date) -> int:
        """The fewest times it has to roll over for its end to be on or after `day`."""
        if day <= self.first_end:
            return 0
        if self.every.days:
            return -((self.first_end - day).days // self.every.days)
        anchor, each = self.anchor, self.every.months
        times = max(1, months_between(self.first_end, day) // each)
        while anchor.end(times * each) < day:
            times += 1
        return times


@dataclass(frozen=True, slots=True)
class Reach:
    """The next end that notice can still bring about: after how many times of rolling over, and by when to give it."""

    times: int
    last_day: date


def rolling_term(
    first_end: date | None, every: Period | None, start: date | None = None
) -> Explained[RollingTerm | None]:
    """The rolling term as recorded, or what is missing for it."""
    if first_end is None:
        return Explained(None, "It rolls over, but no first end is recorded to count from.")
    if every is None or every.count == 0:
        return Explained(None, "It rolls over, but for how long each time is not recorded.")
    return Explained(RollingTerm(first_end, every, start), f"It rolls over by {every} at a time.")


def expiry(term: RollingTerm, today: date) -> Explained[date | None]:
    """The end of the period today lies in: the first end until it has passed, then the rolled one."""
    return _rolled(term, term.times_by(today), f"the end of the period {show_day(today)} lies in")


def next_decision(term: RollingTerm, notice: NoticeTerms, today: date) -> Decision:
    """The next end that notice given today or later can still bring about, and the last day to give it.

    Where it is too late for the current expiry the contract is going to roll over, and the sentence says so. For
    a contract on which notice has been given there is nothing to decide: its end is the one notice brought about.
    """
    now = expiry(term, today)
    times = term.times_by(today)
    found = in_reach(term, notice, today)
    if found is None:
        why = f"{NO_PERIOD} Without notice it rolls over to {show_day(term.end(times + 1))}."
        none: Explained[date | None] = Explained(None, NO_PERIOD, (notice.as_reason(),))
        return Decision(now, Explained(None, why, now.reasons), none)
    last = last_day_to_give_notice(now.value, notice, now.reasons)
    if found.times == times:
        return Decision(now, _still_open(term, times, now, found.last_day), last)
    return _too_late(term, notice, found, times, now, last)


def in_reach(term: RollingTerm, notice: NoticeTerms, today: date) -> Reach | None:
    """The days of `next_decision` alone, without the words; None where no notice period is recorded."""
    if notice.period is None:
        return None
    times = term.times_by(today)
    last = last_day(term.end(times), notice)
    if last is None or last < today:
        times = max(times + 1, term.times_by(end_given(today, notice.period, notice)))
        while (last := last_day(term.end(times), notice)) is None or last < today:
            times += 1
    return Reach(times, last)


def _still_open(
    term: RollingTerm, times: int, now: Explained[date | None], last_day: date
) -> Explained[date | None]:
    """The current expiry as the next decision."""
    why = f"Notice by {with_rest_day(last_day)} ends it on {show_day(term.end(times))}."
    why += f" Without notice it rolls over to {show_day(term.end(times + 1))}."
    return Explained(now.value, why, now.reasons)


def _too_late(
    term: RollingTerm,
    notice: NoticeTerms,
    found: Reach,
    times: int,
    now: Explained[date | None],
    missed: Explained[date | None],
) -> Decision:
    """The next end still in reach, once the last day for the current one has passed or none can end it then."""
    rolled = _rolled(term, found.times, "the next end that notice can still reach")
    last = last_day_to_give_notice(rolled.value, notice, rolled.reasons)
    why = missed.why
    if missed.value is not None:
        why = f"The last day to give notice for {show_day(term.end(times))}, {with_rest_day(missed.value)}, has passed."
    why += f" It rolls over to {show_day(term.end(times + 1))}."
    by = with_rest_day(found.last_day)
    why += f" The next end in reach is {show_day(term.end(found.times))}, by notice on or before {by}."
    return Decision(now, Explained(rolled.value, why, (*missed.reasons, *rolled.reasons)), last, passed=True)


def _rolled(term: RollingTerm, times: int, what: str) -> Explained[date | None]:
    """An end after so many times, with what it is and how it is counted."""
    first = Reason(f"The first end: {weekday_day(term.first_end)}.")
    if times == 0:
        why = f"{show_day(term.first_end)} is its first end, {what}; it then rolls over by {term.every} at a time."
        return Explained(term.first_end, why, (first,))
    day = term.end(times)
    count = "once" if times == 1 else f"{times} times"
    why = (
        f"{show_day(day)} = first end {show_day(term.first_end)} rolled over {count} by {term.every}: {what}."
    )
    rule = Reason(
        f"Rolls over by {term.every} at a time unless notice is given.", "", (first, term.anchor.as_reason())
    )
    return Explained(day, why, (rule,))
