"""What becomes of a contract at its end, and, for each kind, what there is to decide next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from storage.engine.values import Period, show_day
from storage.rules.explained import Explained, Reason
from storage.rules.notice import NoticeTerms, last_day_to_give_notice
from storage.rules.open_ended import minimum_end, not_before, open_ended_decision, run_on_decision
from storage.rules.rolling import Decision, RollingTerm, in_reach, next_decision, rolling_term
from storage.rules.wording import weekday_day, with_rest_day

ENDS = "Ends"
BY_AGREEMENT = "By agreement"
ROLLS_OVER = "Rolls over"
RUNS_ON = "Runs on until ended"
OPEN_ENDED = "Open-ended"

RENEWALS = (ENDS, BY_AGREEMENT, ROLLS_OVER, RUNS_ON, OPEN_ENDED)
"""Every kind of renewal, from the least to the most lasting."""


@dataclass(frozen=True, slots=True)
class Tenure:
    """What is recorded of how long a contract lasts; `end` is its end so far, extensions taken up included."""

    start: date | None = None
    end: date | None = None
    renewal: str = ""  # one of RENEWALS; blank is read as one that ends
    every: Period | None = None  # by how much it rolls over
    minimum: Period | None = None  # the least it lasts, apart from any end


def decision(tenure: Tenure, notice: NoticeTerms, today: date) -> Decision:
    """The end as things stand today, the next end notice can bring about, and the last day to give it.

    For a contract on which no notice has been given yet; after notice its end is the one recorded.
    """
    minimum = minimum_end(tenure.start, tenure.minimum)
    within = not_before(minimum.value, notice)
    if tenure.renewal == ROLLS_OVER:
        term = rolling_term(tenure.end, tenure.every, tenure.start)
        if term.value is not None:
            return next_decision(term.value, within, today)
        return _roll_unknown(tenure.end, term.why, within, today)
    if tenure.renewal == OPEN_ENDED or tenure.end is None:
        return open_ended_decision(today, notice, minimum)
    if tenure.renewal == RUNS_ON:
        return run_on_decision(tenure.end, within, today)
    return _fixed_end(tenure.end, tenure.renewal == BY_AGREEMENT, notice, today)


def days_of(tenure: Tenure, notice: NoticeTerms, today: date) -> tuple[date | None, date | None]:
    """The expiry and the last day of `decision` alone, for a whole register at once."""
    if (
        tenure.renewal == ROLLS_OVER
        and tenure.end is not None
        and tenure.every is not None
        and tenure.every.count
    ):
        term = RollingTerm(tenure.end, tenure.every, tenure.start)
        within = not_before(minimum_end(tenure.start, tenure.minimum).value, notice)
        reach = in_reach(term, within, today)
        return term.end(term.times_by(today)), reach.last_day if reach else None
    endless = tenure.renewal != ROLLS_OVER and (tenure.renewal == OPEN_ENDED or tenure.end is None)
    if endless and minimum_end(tenure.start, tenure.minimum).value is None:
        return None, None  # notice can be given on any day
    found = decision(tenure, notice, today)
    return found.expiry.value, found.last_day.value


def _fixed_end(end: date, by_agreement: bool, notice: NoticeTerms, today: date) -> Decision:
    """A contract that ends of itself at its end; renewal by agreement never happens by itself."""
    last = last_day_to_give_notice(end, notice)
    recorded = (Reason(f"The end as recorded: {weekday_day(end)}."),)
    if end < today:
        why = f"It ended {show_day(end)}."
        if by_agreement:
            why = f"It ended {show_day(end)}. It is renewed by agreement only, and no decision is recorded."
        over: Explained[date | None] = Explained(end, why, recorded)
        return Decision(over, Explained(None, why, recorded), last, passed=True)
    why = f"It ends {show_day(end)}"
    why += " unless its renewal is agreed." if by_agreement else "; a later end has to be agreed."
    expiry: Explained[date | None] = Explained(end, why, recorded)
    passed = _before(last.value, today)
    if last.value is not None and not passed:
        why += f" Where notice is called for, {with_rest_day(last.value)} is the last day to give it."
    return Decision(expiry, Explained(end, why, last.reasons), last, passed)


def _roll_unknown(end: date | None, why: str, notice: NoticeTerms, today: date) -> Decision:
    """A contract that rolls over nobody knows how: only a first end that has not passed can be told."""
    known: Explained[date | None] = Explained(None if _before(end, today) else end, why)
    last = last_day_to_give_notice(known.value, notice)
    return Decision(known, known, last, passed=_before(end, today) or _before(last.value, today))


def _before(day: date | None, today: date) -> bool:
    return day is not None and day < today
