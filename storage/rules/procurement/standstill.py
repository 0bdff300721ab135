"""The standstill between telling the world of an award and making it, by each regime's own count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from storage.engine.values import show_day, weekday_name
from storage.rules.explained import Explained, Reason
from storage.rules.procurement.regimes import LIGHT_TOUCH, PA23, PCR2015, PSR, Process
from storage.rules.procurement.thresholds import Threshold, count_of, unknown_without_limits
from storage.rules.working_days import (
    add_working_days,
    is_working_day,
    unlisted,
    working_day_on_or_after,
)

MUST, VOLUNTARY, NO_STANDSTILL = "must", "voluntary", "none"
_ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Representation:
    """What a provider wrote against a decision, and the day it was told what was decided on it; None while open."""

    received_on: date
    answered_on: date | None = None


@dataclass(frozen=True, slots=True)
class Standstill:
    """A standstill: the last day to be heard, the last day it lasts, and the first on which to award.

    `last_day` and `earliest_award` are None while a representation is unanswered. `cautious_award` is later than
    `earliest_award` where the law can be read as giving more time: waiting for it is safe under every reading.
    """

    published_on: date
    last_day_to_be_heard: date  # until midnight at its end
    last_day: date | None
    earliest_award: date | None
    cautious_award: date | None


def standstill_duty(process: Process, regime_code: str) -> Explained[str]:
    """Whether a standstill must be kept, may be kept (voluntary), or there is none."""
    if regime_code == LIGHT_TOUCH and process.standstill == MUST:
        source = "Procurement Act 2023, section 51(3) (check)"
        why = "A light touch contract owes no standstill; one that is announced has to be kept."
        return Explained(VOLUNTARY, why, (Reason(why, source),))
    why = {
        MUST: f"{process.title}: a standstill has to be kept before the award.",
        VOLUNTARY: f"{process.title}: a standstill is a free choice; one that is announced has to be kept.",
        NO_STANDSTILL: f"{process.title}: there is no standstill.",
    }[process.standstill]
    return Explained(process.standstill, why, (Reason(why, process.source),))


@unknown_without_limits
def standstill(
    regime_code: str,
    published_on: date | None,
    holidays: frozenset[date],
    limits: Iterable[Threshold],
    representations: Sequence[Representation] = (),
) -> Explained[Standstill | None]:
    """The standstill that a notice starts, by the count of the regime; None while it is not published.

    Provider Selection Regime: to midnight at the end of the 8th working day after it starts (SI 2023/1348,
    regulation 12), kept open by a representation in time. Procurement Act: 8 working days beginning with the day of
    publication (section 51). The 2015 regulations: 10 days after sending, to the next working day (regulation 87).
    """
    if published_on is None:
        return Explained(None, "No notice that starts the standstill is on record.")
    limits = tuple(limits)
    if regime_code == PSR:
        return _psr(published_on, holidays, limits, representations)
    if regime_code in (PA23, LIGHT_TOUCH):
        return _act(published_on, holidays, limits)
    if regime_code == PCR2015:
        return _regulations_2015(published_on, holidays, limits)
    return Explained(None, "Where no procurement rules apply there is no standstill.")


def _psr(
    published_on: date,
    holidays: frozenset[date],
    limits: tuple[Threshold, ...],
    representations: Sequence[Representation],
) -> Explained[Standstill | None]:
    """By the Provider Selection Regime, with what was said against the decision."""
    count, days = count_of("psr_standstill_days", published_on, limits)
    lag, starts = count_of("psr_standstill_starts_after", published_on, limits)
    longer, cautious = count_of("psr_standstill_cautious_starts_after", published_on, limits)
    start = published_on + timedelta(days=lag)
    heard = add_working_days(start, count, holidays)
    safe = max(heard, add_working_days(published_on + timedelta(days=longer), count, holidays))
    reasons = (
        _published(published_on, holidays),
        starts.reason,
        Reason(f"{_ordinal(count)} working day after {_day(start)}: {_day(heard)}.", days.source),
        *(
            [Reason(f"Counted so that it starts later, it ends on {_day(safe)}.", cautious.source)]
            * (safe > heard)
        ),
    )
    in_time = [each for each in representations if each.received_on <= safe]
    late = [Reason("What came after the window does not keep the standstill open.", days.source)]
    reasons += tuple(late * (len(in_time) < len(representations)))
    if in_time:
        return _kept_open(published_on, (heard, safe), in_time, holidays, limits, reasons)
    why = (
        f"The standstill ends at midnight at the end of {_day(heard)}, the {_ordinal(count)} working day after"
        f" {'publication' if start == published_on else 'its start'} on {_day(start)}."
    )
    return _ended(published_on, heard, (heard, safe), why, reasons, holidays)


def _kept_open(
    published_on: date,
    window: tuple[date, date],
    in_time: list[Representation],
    holidays: frozenset[date],
    limits: tuple[Threshold, ...],
    reasons: tuple[Reason, ...],
) -> Explained[Standstill | None]:
    """Kept open by a representation: until all are answered, and some working days more."""
    heard, safe = window
    wait, limit = count_of("psr_representation_days", published_on, limits)
    reasons += (limit.reason,)
    answers = [each.answered_on for each in in_time if each.answered_on is not None]
    if len(answers) < len(in_time):
        why = (
            "A representation came in time, so the standstill stays open until the provider has been told what was"
            f" decided on it and {wait} more working days have passed."
        )
        return Explained(Standstill(published_on, heard, None, None, None), why, reasons)
    waited = add_working_days(max(answers), wait, holidays)
    why = (
        f"A representation kept the standstill open. It was answered on {_day(max(answers))}; with {wait} working"
        f" days after that, and not before the window closes, the standstill ends on {_day(max(heard, waited))}."
    )
    return _ended(published_on, heard, (max(heard, waited), max(safe, waited)), why, reasons, holidays)


def _act(
    published_on: date, holidays: frozenset[date], limits: tuple[Threshold, ...]
) -> Explained[Standstill | None]:
    """By the Procurement Act: the day of publication is the first of the days, if people are at work on it."""
    count, days = count_of("pa23_standstill_days", published_on, limits)
    first = working_day_on_or_after(published_on, holidays)
    last = add_working_days(first, max(count - 1, 0), holidays)
    reasons = (
        _published(published_on, holidays),
        Reason(f"{count} working days, the first {_day(first)}, the last {_day(last)}.", days.source),
    )
    why = (
        f"The standstill ends at midnight at the end of {_day(last)}: {count} working days beginning with"
        f" {'the day of publication' if first == published_on else 'the first one after publication'}, {_day(first)}."
    )
    return _ended(published_on, last, (last, last), why, reasons, holidays)


def _regulations_2015(
    published_on: date, holidays: frozenset[date], limits: tuple[Threshold, ...]
) -> Explained[Standstill | None]:
    """By the 2015 regulations: calendar days after the decision was sent, to the next working day."""
    count, days = count_of("pcr_standstill_days", published_on, limits)
    tenth = published_on + timedelta(days=count)
    last = working_day_on_or_after(tenth, holidays)
    moved = f", moved from {_day(tenth)} to a working day" if last != tenth else ""
    why = (
        f"The standstill ends at midnight at the end of {_day(last)}: {count} days after the decision was sent on"
        f" {_day(published_on)}{moved}."
    )
    return _ended(published_on, last, (last, last), why, (Reason(why, days.source),), holidays)


def _ended(
    published_on: date,
    heard: date,
    ends: tuple[date, date],
    why: str,
    reasons: tuple[Reason, ...],
    holidays: frozenset[date],
) -> Explained[Standstill | None]:
    """A standstill with an end: plain and cautious, each with the day after it as the first for an award."""
    last, safe = ends
    why += f" The earliest day to award is {_day(last + _ONE)}"
    why += f"; {_day(safe + _ONE)} is safe under every reading." if safe > last else "."
    why += unlisted((published_on, safe), holidays)
    return Explained(Standstill(published_on, heard, last, last + _ONE, safe + _ONE), why, reasons)


def _published(day: date, holidays: frozenset[date]) -> Reason:
    """The day of publication, with a word when nobody is at work on it."""
    rest = "" if is_working_day(day, holidays) else " No working day: the count goes on to the next one."
    return Reason(f"Published on {_day(day)}.{rest}", "Date of the notice")


def _day(day: date) -> str:
    """A date with its weekday: Thursday 11 Jun 2026."""
    return f"{weekday_name(day)} {show_day(day)}"


def _ordinal(number: int) -> str:
    """8th, 1st, 22nd."""
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
