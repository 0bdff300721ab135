"""What is due and what lies ahead in the words of the page Today."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desktop.words import days_words
from storage.desk.today.ahead import Quarter
from storage.desk.today.due import LATE, WEEK, Due
from storage.engine.values import money_brief, show_day, show_money_short
from widgets.due_rows import DueLine
from widgets.quarter_bars import Bar, Chart

ICONS = {
    "option": "briefcase", "notice": "briefcase", "safe": "briefcase", "ran on": "briefcase", "action": "flag",
    "review": "book-open", "insurance": "shield-check", "meeting": "chats-circle", "risk": "warning",
    "kpi": "chart-bar", "standstill": "clock", "milestone": "check-square", "reminder": "push-pin",
}  # fmt: skip
RECORD_ICONS = {
    "contract": "briefcase", "organisation": "buildings", "service": "first-aid-kit", "specification": "file-text",
    "checklist_run": "check-square", "action": "flag",
}  # fmt: skip
_TONES = {LATE: "red", WEEK: "amber"}


def due_line(due: Due, group: str, today: date) -> DueLine:
    """One row, in the tone of its group."""
    away = days_words(due.day, today)
    tone = _TONES.get(group, "")
    return DueLine(ICONS[due.sort], due.what, due.where, due.owner, show_day(due.day), away, tone)


def decisions_chart(quarters: Sequence[Quarter]) -> Chart:
    """How many decisions each quarter asks for."""
    bars = tuple(
        Bar(q.label, q.year, str(q.decisions), q.decisions, cells=(f"{q.decisions:,}", f"{q.ending:,}"))
        for q in quarters
    )
    return Chart("Decisions due, by quarter", bars, ("Quarter", "Decisions due", "Contracts ending"))


def money_chart(quarters: Sequence[Quarter]) -> Chart:
    """What contracts that end in each quarter are worth a year."""
    every = [q.ending_pence + q.open_pence for q in quarters]
    unit, scale = ("£m", 10**8) if max(every, default=0) >= 10**8 else ("£k", 10**5)
    bars = tuple(
        Bar(
            q.label,
            q.year,
            _figure(total / scale),
            float(q.ending_pence),
            float(q.open_pence),
            (_pounds(q.ending_pence), _pounds(q.open_pence)),
        )
        for q, total in zip(quarters, every, strict=True)
    )
    unknown = sum(q.unknown for q in quarters)
    note = (
        f"{unknown:,} {'contract ends' if unknown == 1 else 'contracts end'} without a known value."
        if unknown
        else ""
    )
    keys = ("Ends", "Ends unless extended") if any(q.open_pence for q in quarters) else ()
    heads = ("Quarter", "Ends", "Ends unless extended")
    return Chart(f"Annual value ending, {unit}", bars, heads, keys, note)


def _figure(worth: float) -> str:
    if not worth:
        return "0"
    return f"{worth:,.0f}" if worth >= 100 else f"{worth:,.1f}"


def _pounds(pence: int) -> str:
    """Rounded as other small tables have it; nought is written out."""
    return show_money_short(pence) if abs(pence) < 10**6 else money_brief(pence)
