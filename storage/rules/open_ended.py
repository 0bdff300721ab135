"""Contracts that go on until somebody ends them: a minimum term without a fixed end, and running on after one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from storage.engine.values import Period, show_day
from storage.rules.anchor import Anchor
from storage.rules.explained import Explained, Reason
from storage.rules.notice import NO_PERIOD, NoticeTerms, end_if_given, last_day_to_give_notice
from storage.rules.rolling import Decision
from storage.rules.wording import weekday_day, with_rest_day

RUN_ON_SOURCE = (
    "Nottinghamshire Children’s Integrated Commissioning Hub, commissioning framework (2015), section 7"
)
_RUN_ON = Reason("Continues after its end unless it is said in writing that it will not.", RUN_ON_SOURCE)
NO_MINIMUM: Explained[date | None] = Explained(None, "No minimum term is recorded.")
_ANY_DAY = "Notice can be given on any day; each day later moves the end with it."


def minimum_end(start: date | None, minimum: Period | None) -> Explained[date | None]:
    """The last day of a minimum term: before it notice cannot end the contract. It is no end of the contract."""
    if minimum is None or minimum.count == 0:
        return NO_MINIMUM
    if start is None:
        return Explained(None, "No start date is recorded to count the minimum term from.")
    day = Anchor.of_term(start, minimum).end()
    why = f"{show_day(day)} is the last day of the minimum term of {minimum} from {show_day(start)}."
    return Explained(day, why, (Reason(f"Starts {weekday_day(start)}; minimum term {minimum}."),))


def not_before(day: date | None, terms: NoticeTerms) -> NoticeTerms:
    """The terms with an earliest day on which notice can end the contract, or the later one they have already."""
    return terms if day is None else replace(terms, not_before=max(day, terms.not_before or day))


def earliest_end(
    today: date, terms: NoticeTerms, minimum: Explained[date | None] = NO_MINIMUM
) -> Explained[date | None]:
    """The earliest day the contract can end, by notice given today; no end is invented where nobody gives notice.

    Notice may be given during the minimum term, but cannot end the contract before the last day of it.
    """
    if minimum.value is None:
        return end_if_given(today, terms)
    found = end_if_given(today, not_before(minimum.value, terms))
    why = found.why
    if found.value is None:
        why += f" It cannot end before {show_day(minimum.value)}, the last day of its minimum term."
    return Explained(found.value, why, (*found.reasons, Reason(minimum.why, rests_on=minimum.reasons)))


def open_ended_decision(
    today: date, terms: NoticeTerms, minimum: Explained[date | None] = NO_MINIMUM
) -> Decision:
    """What can be decided about a contract without an end: the earliest end, and by when to give notice for it."""
    nothing: Explained[date | None] = Explained(None, "It has no end date: it goes on until notice ends it.")
    earliest = earliest_end(today, terms, minimum)
    last = last_day_to_give_notice(earliest.value, terms, (Reason(minimum.why, rests_on=minimum.reasons),))
    bound = minimum.value is not None and end_if_given(today, terms).value != earliest.value
    if not bound or earliest.value is None or last.value is None or last.value < today:
        return Decision(nothing, _from_today(earliest, today), _any_day(terms))
    why = f"Notice by {with_rest_day(last.value)} ends it on {show_day(earliest.value)}, the earliest day it can end"
    why += f": {minimum.why}" if earliest.value == minimum.value else "."
    return Decision(nothing, Explained(earliest.value, why, earliest.reasons), last)


def run_on_decision(end: date | None, terms: NoticeTerms, today: date) -> Decision:
    """What can be decided about a contract that continues unless the commissioner says in writing it will not.

    Until the last day to say so the end itself can be kept; after it the contract runs on, without an end, and
    notice on any day ends it. It has not expired while it runs on. Source: `RUN_ON_SOURCE`.
    """
    if end is None:
        return open_ended_decision(today, terms)
    last = last_day_to_give_notice(end, terms)
    limit = end if terms.period is None else last.value
    if limit is not None and today <= limit:
        why = f"It runs on after {show_day(end)} unless it is said in writing"
        why += (
            f" by {with_rest_day(last.value)} that it will not." if last.value else f" in time. {NO_PERIOD}"
        )
        expiry: Explained[date | None] = Explained(
            end, f"It is to end {show_day(end)} or run on.", (_RUN_ON,)
        )
        return Decision(expiry, Explained(end, why, (_RUN_ON, *last.reasons)), last)
    verb = "runs on" if end < today else "is going to run on"
    expiry = Explained(None, f"It {verb} after {show_day(end)}: no notice has set an end.", (_RUN_ON,))
    found = _from_today(end_if_given(today, not_before(end, terms)), today)
    why = f"{expiry.why} {found.why}"
    if last.value is not None:
        why = f"The last day to stop it at {show_day(end)}, {with_rest_day(last.value)}, has passed. {why}"
    reasons = (_RUN_ON, *found.reasons)
    return Decision(expiry, Explained(found.value, why, reasons), _any_day(terms), passed=True)


def _from_today(earliest: Explained[date | None], today: date) -> Explained[date | None]:
    """The earliest end as an answer to what notice given today would do."""
    if earliest.value is None:
        return earliest
    why = f"Notice given today, {show_day(today)}, ends it on {show_day(earliest.value)}: {earliest.why}"
    return Explained(earliest.value, why, earliest.reasons)


def _any_day(terms: NoticeTerms) -> Explained[date | None]:
    """No day is the last one; without a period none can be said to do."""
    if terms.period is None:
        return Explained(None, NO_PERIOD, (terms.as_reason(),))
    return Explained(None, _ANY_DAY, (terms.as_reason(),))
