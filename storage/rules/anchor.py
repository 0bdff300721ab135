"""The one day a contract's ends are all counted from, so that clipping at a short month never carries on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from storage.engine.values import Period, show_day
from storage.rules.explained import Reason
from storage.rules.months import add_months, last_day_of_months, whole_months

_ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A first day and how much is counted from it up to the first end; later ends add to that, never to an end."""

    day: date
    months: int = 0
    days: int = 0

    @classmethod
    def of_term(cls, start: date, core: Period) -> Anchor:
        """Counted from the start, over a first term."""
        return cls(start, core.months, core.days)

    @classmethod
    def of_first_end(cls, first_end: date, start: date | None = None) -> Anchor:
        """Counted from the start where it lies whole months before the first end, otherwise from the day after it."""
        months = whole_months(start, first_end) if start is not None and start <= first_end else None
        if start is None or months is None:
            return cls(first_end + _ONE)
        return cls(start, months)

    def end(self, months: int = 0, days: int = 0) -> date:
        """The last day when so many months, and then days, follow the first end."""
        return last_day_of_months(self.day, self.months + months) + timedelta(days=self.days + days)

    def is_clipped(self, months: int = 0) -> bool:
        """Whether the month that is reached lacks the first day's number, so that its own end is taken."""
        return add_months(self.day, self.months + months).day != self.day.day

    def as_reason(self) -> Reason:
        """What is counted from, as one step of an explanation."""
        if self.months or self.days:
            return Reason(f"Counted from the start, {show_day(self.day)}, never from an earlier end.")
        return Reason(f"Counted from {show_day(self.day)}, the day after the first end.")
