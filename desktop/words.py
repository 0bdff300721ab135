"""Small words about dates and amounts that several pages say the same way."""

from __future__ import annotations

from datetime import date, datetime

from storage.engine.values import money_brief, show_day, show_money_short
from storage.rules.totals import Total

CLOSE_DAYS = 60  # a date this near is shown as close


def days_words(day: date, today: date) -> str:
    """How far a date is: `in 3 days`, `in 5 months`, `12 days ago`."""
    days = (day - today).days
    if days == 0:
        return "today"
    if days == 1:
        return "tomorrow"
    if days == -1:
        return "yesterday"
    words = _length(abs(days))
    return f"in {words}" if days > 0 else f"{words} ago"


def _length(days: int) -> str:
    if days < CLOSE_DAYS:
        return f"{days} days"
    months = round(days / 30.4375)
    if months < 24:
        return f"{months} months"
    return f"{round(days / 365.25)} years"


def count_words(count: int, one: str, many: str = "") -> str:
    """`1 contract`, `25 contracts`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def noun(label: str) -> str:
    """What a record is called inside a sentence: `contract`, but `KPI`."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def time_words(at: datetime) -> str:
    """A moment here: `22 Nov 2026, 14:02`."""
    here = at.astimezone()
    return f"{show_day(here.date())}, {here:%H:%M}"


def total_words(found: Total) -> str:
    """What amounts come to, with all that is open: `£51,064,150 + 2 to be confirmed · 3 without a value`."""
    open_ones = f"{found.to_be_confirmed:,} to be confirmed" if found.to_be_confirmed else ""
    said = open_ones
    if found.pence is not None:
        said = f"{found.bound} {show_money_short(found.pence)}".strip()
        if found.unconfirmed:
            said += f" ({show_money_short(found.unconfirmed_pence)} of it to be confirmed)"
        said += f" + {open_ones}" if open_ones else ""
    blank = f"{found.blank:,} without a value" if found.blank else ""
    return " · ".join(filter(None, (said, blank))) or show_money_short(0)


def total_brief(found: Total) -> str:
    """The same where there is little room; only that something is still to be confirmed is always said."""
    waiting = f"{found.to_be_confirmed:,} TBC" if found.to_be_confirmed else ""
    if found.pence is None:
        return waiting or ("no value" if found.blank else money_brief(0))
    said = f"{found.bound} {money_brief(found.pence)}".strip()
    if found.unconfirmed:
        said += f" incl. {found.unconfirmed:,} TBC"
    return f"{said} + {waiting}" if waiting else said
