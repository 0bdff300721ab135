"""Ends and notice: a missing end, a day to give notice that is near or gone, ends that do not agree."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from storage.desk.put_right.finding import Finding, Kind, Severity
from storage.desk.put_right.register import RUNNING, Register
from storage.records.contracts import Contract
from storage.records.terms import BreakPoint
from storage.rules.breaks import Break, break_notice
from storage.rules.position import EXPIRED, RUNNING_ON
from storage.rules.renewal import BY_AGREEMENT, ENDS, OPEN_ENDED, ROLLS_OVER

NOTICE_NEAR = timedelta(days=90)
_GROUP = "Ends and notice"
MUST, SHOULD, COULD = Severity.MUST, Severity.SHOULD, Severity.COULD

NO_END = Kind(
    "no_end",
    MUST,
    _GROUP,
    "No end date",
    "It has no end date, and it is not marked as open-ended.",
    "current_end",
)
NO_START = Kind(
    "no_start",
    SHOULD,
    _GROUP,
    "No start date",
    "It has no start date, so nothing can be counted from it.",
    "start",
)
NO_NOTICE_PERIOD = Kind("no_notice_period", SHOULD, _GROUP, "No notice period",
    "No notice period is recorded, so the last day to give notice is not known.", "notice_commissioner")  # fmt: skip
NOTICE_PASSED = Kind("notice_passed", MUST, _GROUP, "Notice day passed",
    "The last day to give notice, {0}, passed without notice, and what follows {1} is still to be decided.",
    "renewal")  # fmt: skip
SERVE_SOON = Kind("notice_soon", SHOULD, _GROUP, "Notice to serve soon",
    "Notice, if it is to be given, is to be served by {0}; the last day is {1}.", "stage")  # fmt: skip
SERVE_LATE = Kind("serve_late", MUST, _GROUP, "Notice overdue",
    "Notice, if it is to be given, was to be served by {0}; {1} is the last day of all.", "stage")  # fmt: skip
ROLLS_SOON = Kind("rolls_soon", MUST, _GROUP, "About to roll over",
    "It rolls over for {0} unless notice is given by {1}.", "stage")  # fmt: skip
ROLLS_UNKNOWN = Kind("rolls_unknown", SHOULD, _GROUP, "Rolls over for how long",
    "It rolls over, but it is not recorded for how long.", "rolls")  # fmt: skip
AGREEMENT_EXPIRED = Kind("agreement_expired", MUST, _GROUP, "Ended without a decision",
    "It ended {0}. It is renewed by agreement only, and no decision is recorded.", "current_end")  # fmt: skip
ENDED_OPEN = Kind("ended_open", SHOULD, _GROUP, "Ended, not closed",
    "It ended {0}, and it is neither extended nor closed.", "stage")  # fmt: skip
RUNS_PAST = Kind("runs_past", SHOULD, _GROUP, "Running on past its end",
    "Its end, {0}, has passed and it runs on.", "current_end")  # fmt: skip
OPEN_WITH_END = Kind("open_with_end", COULD, _GROUP, "Open-ended with an end",
    "It is marked as open-ended, but {0} is recorded as its end.", "renewal")  # fmt: skip
END_DIFFERS = Kind("end_differs", SHOULD, _GROUP, "End and term disagree",
    "The current end is recorded as {0}; by its start, term and options taken up it is {1}.",
    "current_end")  # fmt: skip
FIRST_END_DIFFERS = Kind("first_end_differs", COULD, _GROUP, "First end and term disagree",
    "The initial end is recorded as {0}; by its start and term it is {1}.", "initial_end")  # fmt: skip
TERM_UNREAD = Kind("term_unread", SHOULD, _GROUP, "Term cannot be read",
    "No date can be worked out from the term “{0}”. Write it like 3+1+1 or 36m+12m.", "term")  # fmt: skip
BREAK_SOON = Kind("break_soon", SHOULD, _GROUP, "Break to decide on",
    "Notice for the break on {0} is to be given by {1}, if it is to be used.", "used_on")  # fmt: skip


def ends_and_notice(register: Register) -> Iterator[Finding]:
    """Everything about the end of a contract and the notice that brings it about."""
    for contract in register.contracts:
        if contract.position == EXPIRED:
            yield from _ended(register, contract)
    for contract in register.active:
        yield from _dates(register, contract)
        if contract.position in RUNNING and contract.key not in register.notice_given:
            yield from _notice(register, contract)


def _ended(register: Register, c: Contract) -> Iterator[Finding]:
    if c.stage == "Notice served":
        return
    yield register.found(AGREEMENT_EXPIRED if c.renewal == BY_AGREEMENT else ENDED_OPEN, c, c.agreed_end)


def _dates(register: Register, c: Contract) -> Iterator[Finding]:
    if c.start is None:
        yield register.found(NO_START, c)
    if c.agreed_end is None and c.renewal != OPEN_ENDED and not c.term:
        yield register.found(NO_END, c)
    if c.term and c.first_end is None and c.start is not None:
        yield register.found(TERM_UNREAD, c, c.term)
    if c.current_end is not None:
        if c.renewal == OPEN_ENDED:
            yield register.found(OPEN_WITH_END, c, c.current_end)
        if c.end_by_term is not None and c.end_by_term != c.current_end:
            yield register.found(END_DIFFERS, c, c.current_end, c.end_by_term)
    if c.initial_end is not None and c.first_end is not None and c.first_end != c.initial_end:
        yield register.found(FIRST_END_DIFFERS, c, c.initial_end, c.first_end)
    if c.notice_commissioner is None:
        yield register.found(NO_NOTICE_PERIOD, c)
    if c.renewal == ROLLS_OVER and c.rolls is None:
        yield register.found(ROLLS_UNKNOWN, c)


def _notice(register: Register, c: Contract) -> Iterator[Finding]:
    if c.position == RUNNING_ON:
        yield register.found(RUNS_PAST, c, c.agreed_end)
    last, today = c.notice_by, register.today
    if last is None or c.renewal == ENDS or c.ends is None:
        return
    if last < today:
        if c.ends >= today:
            yield register.found(NOTICE_PASSED, c, last, c.ends)
    elif last - today <= NOTICE_NEAR:
        if c.renewal == ROLLS_OVER and c.rolls is not None:
            yield register.found(ROLLS_SOON, c, c.rolls, last)
        else:
            by = c.serve_by or last
            yield register.found(SERVE_LATE if by < today else SERVE_SOON, c, by, last)


def breaks(register: Register) -> Iterator[Finding]:
    """Breaks of ours whose last day for notice is near."""
    today = register.today
    for contract, point in register.of_active(BreakPoint, "on", "side", "notice", "clause", "used_on"):
        last = last_day_of(point)
        if last is not None and point.used_on is None and today <= last <= today + NOTICE_NEAR:
            yield register.found(BREAK_SOON, contract, point.on, last, at=point)


def last_day_of(point: BreakPoint) -> date | None:
    """The last day on which we may give notice for a break; None for one that is the provider's alone."""
    if point.on is None or point.side == "Provider":
        return None
    return break_notice(Break(point.on, "commissioner", point.notice, point.clause)).value
