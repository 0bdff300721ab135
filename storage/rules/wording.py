"""Dates, notice periods and clauses as the sentences of these rules write them."""

from __future__ import annotations

from datetime import date

from storage.engine.values import Period, show_day, weekday_name

_SATURDAY = 5


def weekday_day(day: date) -> str:
    """A date with its weekday: Friday 26 Jun 2026."""
    return f"{weekday_name(day)} {show_day(day)}"


def with_rest_day(day: date) -> str:
    """A date that says so when it is a Saturday or Sunday: 28 Jun 2026 (a Sunday)."""
    return f"{show_day(day)} (a {weekday_name(day)})" if day.weekday() >= _SATURDAY else show_day(day)


def notice_words(period: Period) -> str:
    """The period as a possessive: 2 months’ notice, 1 month’s notice."""
    return f"{period}{'’s' if period.count == 1 else '’'} notice"


def clause_name(clause: str) -> str:
    """The clause as written, with the word `clause` in front when only its number was given."""
    clause = clause.strip()
    return f"clause {clause}" if clause[:1].isdigit() else clause


def in_brackets(clause: str) -> str:
    """The clause in brackets after a space, ready to follow a word; nothing when none is given."""
    name = clause_name(clause)
    return f" ({name})" if name else ""
