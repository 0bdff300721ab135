"""Where a contract stands today by its dates and the stage a person set, and the bands of its expiry."""

from __future__ import annotations

from datetime import date, timedelta

from storage.engine.values import show_day
from storage.rules.explained import Explained, Reason
from storage.rules.months import add_months
from storage.rules.renewal import BY_AGREEMENT, ROLLS_OVER, RUNS_ON
from storage.rules.renewal import OPEN_ENDED as NEVER_ENDS

DRAFT = "Draft"
AWARDED = "Awarded"
NOT_STARTED = "Not started"
LIVE = "Live"
OPEN_ENDED = "Open-ended"
RUNNING_ON = "Running on"
ROLLING = "Rolling"
EXPIRED = "Expired"
NOTICE_SERVED = "Notice served"
TERMINATED = "Terminated"
CANCELLED = "Cancelled"

POSITIONS = (
    DRAFT,
    AWARDED,
    NOT_STARTED,
    LIVE,
    OPEN_ENDED,
    ROLLING,
    RUNNING_ON,
    NOTICE_SERVED,
    EXPIRED,
    TERMINATED,
    CANCELLED,
)
"""Every position, in the order of a contract's life."""

NO_END_DATE = "No end date"
_BAND_MONTHS = (
    (3, "Within 3 months"),
    (6, "3 to 6 months"),
    (12, "6 to 12 months"),
    (18, "12 to 18 months"),
)
_OVER = "Over 18 months"

BANDS = (EXPIRED, *(name for _, name in _BAND_MONTHS), _OVER, NO_END_DATE)
"""Every expiry band, the soonest first."""

_BY_STAGE_ALONE = {"draft": DRAFT, "terminated": TERMINATED, "cancelled": CANCELLED}


def position(
    stage: str,
    start: date | None,
    end: date | None,
    today: date,
    runs_on: bool = False,
    renewal: str = "",
) -> Explained[str]:
    """Where a contract stands on `today`; it runs to the end of its last day.

    Draft, terminated and cancelled stand whatever the dates; any other stage, and a blank or unknown one,
    leaves it to the dates. Without an end date a contract is open-ended and never expired. What becomes of it
    once its end has passed says `renewal`, one of `storage.rules.renewal.RENEWALS`; `runs_on` means the same as
    the renewal that runs on.
    """
    found = _stands(" ".join(stage.casefold().split()), start, end, today, RUNS_ON if runs_on else renewal)
    return Explained(found.value, found.why, _recorded(stage, start, end, RUNS_ON if runs_on else renewal))


def _recorded(stage: str, start: date | None, end: date | None, renewal: str) -> tuple[Reason, ...]:
    """What a position rests on, as recorded."""
    told = (
        ("Status", stage),
        ("Start", show_day(start) if start else ""),
        ("Current end", show_day(end) if end else ""),
        ("At its end", renewal),
    )
    return tuple(Reason(f"{what}: {words or 'not recorded'}.") for what, words in told)


def _stands(word: str, start: date | None, end: date | None, today: date, renewal: str) -> Explained[str]:
    """The position by the stage, in small letters, and the dates."""
    if word in _BY_STAGE_ALONE:
        settled = _BY_STAGE_ALONE[word]
        return Explained(settled, f"{settled}: this is the stage set for it, whatever its dates.")
    if end is not None and end < today:
        return _after_end(word, end, renewal)
    if word == "notice served":
        until = f"it ends {show_day(end)}" if end is not None else "no end date is recorded"
        return Explained(NOTICE_SERVED, f"Notice served: notice has been given and {until}.")
    if word == "awarded" and (start is None or start > today):
        begins = f"it starts {show_day(start)}" if start is not None else "no start date is recorded"
        return Explained(AWARDED, f"Awarded: {begins} and it is not marked as signed.")
    return _until_end(start, end, today)


def expiry_band(end: date | None, today: date) -> str:
    """The expiry band of a current end, counted in calendar months from `today`."""
    if end is None:
        return NO_END_DATE
    for name, first, last in band_edges(today):
        if (first is None or first <= end) and (last is None or end <= last):
            return name
    return NO_END_DATE


def band_edges(today: date) -> list[tuple[str, date | None, date | None]]:
    """Each band with the first and last end date in it, both included; None is no bound.

    The last band, without an end date, has neither. Three months from 31 January is the last of April.
    """
    edges: list[tuple[str, date | None, date | None]] = [(EXPIRED, None, today - timedelta(days=1))]
    first = today
    for months, name in _BAND_MONTHS:
        last = add_months(today, months)
        edges.append((name, first, last))
        first = last + timedelta(days=1)
    return [*edges, (_OVER, first, None), (NO_END_DATE, None, None)]


def _until_end(start: date | None, end: date | None, today: date) -> Explained[str]:
    """The position by dates alone while the end has not passed."""
    if start is not None and start > today:
        return Explained(NOT_STARTED, f"Not started: it starts {show_day(start)}.")
    if end is None:
        return Explained(OPEN_ENDED, "Open-ended: no end date is recorded.")
    return Explained(LIVE, f"Live: it runs to the end of {show_day(end)}.")


def _after_end(word: str, end: date, renewal: str) -> Explained[str]:
    """The position once the end has passed; after notice nothing runs on, and nothing is renewed by itself."""
    passed = f"{show_day(end)}, has passed"
    if word == "notice served":
        return Explained(EXPIRED, f"Expired: notice was given and it ended {show_day(end)}.")
    if renewal == RUNS_ON:
        return Explained(RUNNING_ON, f"Running on: its end, {passed} and it runs on.")
    if renewal == ROLLS_OVER:
        return Explained(ROLLING, f"Rolling: its first end, {passed} and it rolls over until notice ends it.")
    if renewal == NEVER_ENDS:
        return Explained(OPEN_ENDED, f"Open-ended: the end recorded, {passed}, but only notice ends it.")
    if renewal == BY_AGREEMENT:
        why = f"Expired: it ended {show_day(end)}. It is renewed by agreement only, and no decision is recorded."
        return Explained(EXPIRED, why)
    return Explained(EXPIRED, f"Expired: it ended {show_day(end)} and no later end is recorded.")
