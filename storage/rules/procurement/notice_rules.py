"""Which notices there are under each regime: who owes them, when, and from which date their days are counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from storage.rules.months import add_months
from storage.rules.procurement.reference import first_day, last_day, table, words
from storage.rules.procurement.thresholds import Threshold, count_of

MUST, MAY, CHECK = "must", "may", "check"
"""How binding a notice is; `check` where it depends on something the program cannot know."""


@dataclass(frozen=True, slots=True)
class NoticeRule:
    """One notice. `starts_from` names the date its days or months are counted from, empty where there is none.

    `counting` says how: "after" that day, "with" it as the first, "on" it, or "before" what happens on it. `days`
    and `months` are keys of limits.
    """

    code: str
    title: str
    regimes: tuple[str, ...]
    processes: tuple[str, ...]  # empty: all of the regime
    duty: str
    when: str
    timing: str
    starts_from: tuple[str, ...]
    counting: str
    days: str
    months: str
    effective_from: date | None
    effective_to: date | None
    source: str
    limits: tuple[str, ...] = ()  # keys of limits its explanation names

    def in_force(self, on: date) -> bool:
        """Whether the duty exists on a day."""
        return (self.effective_from is None or self.effective_from <= on) and (
            self.effective_to is None or on <= self.effective_to
        )

    def concerns(self, regime_code: str, process_code: str) -> bool:
        """Whether a procurement under a regime, by a process, owes it; an unnamed process owes what all owe."""
        return regime_code in self.regimes and (not self.processes or process_code in self.processes)

    def due(self, base: date, limits: tuple[Threshold, ...]) -> tuple[date, tuple[Threshold, ...]]:
        """The last day for the notice, counted from a date, and the limits used. Raises NotInForce."""
        if self.months:
            months, by_months = count_of(self.months, base, limits)
            return add_months(base, months), (by_months,)
        if self.days:
            days, by_days = count_of(self.days, base, limits)
            return base + timedelta(days=days - (self.counting == "with")), (by_days,)
        return base, ()


@cache
def notice_rules() -> tuple[NoticeRule, ...]:
    """What a single contract owes, as shipped."""
    return tuple(_rule(row) for row in table("procurement_notices")["notices"])


@cache
def yearly_rules() -> tuple[NoticeRule, ...]:
    """What an organisation owes by the calendar, as shipped; `starts_from` holds days of the year as 04-01."""
    return tuple(_rule(row) for row in table("procurement_notices")["yearly"])


def _rule(row: dict[str, Any]) -> NoticeRule:
    """One row of the file."""
    start = row.get("from", ())
    return NoticeRule(
        code=row["code"],
        title=row["title"],
        regimes=words(row, "regimes"),
        processes=words(row, "processes"),
        duty=row.get("duty", MUST),
        when=row.get("when", "always"),
        timing=row["timing"],
        starts_from=(start,) if isinstance(start, str) else tuple(start),
        counting=row.get("counting", ""),
        days=row.get("days", ""),
        months=row.get("months", ""),
        effective_from=first_day(row),
        effective_to=last_day(row),
        source=row["source"],
        limits=tuple(row[key] for key in ("spend", "value") if key in row),
    )
