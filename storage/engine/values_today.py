"""A day that moves with the calendar, such as 12 months from today: for conditions that stay true to their name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from storage.engine.values_periods import Period
from storage.engine.values_plain import Unreadable, tidy

_NEAR = {"today": 0, "now": 0, "tomorrow": 1, "yesterday": -1}
_SIGNED = re.compile(r"(?:today ?)?([+-]) ?(.+)")
_AHEAD = re.compile(r"in (.+)|(.+) (?:from (?:today|now)|after today|ahead)")
_BACK = re.compile(r"(.+) (?:ago|before today|back)")
_CODE = re.compile(r"([+-])(\d{1,5}[dwmy])", re.ASCII)


@dataclass(frozen=True, slots=True)
class FromToday:
    """So long after today, or before it. Which day that is, the query asks anew each time."""

    period: Period
    back: bool = False

    def on(self, today: date) -> date:
        """The day meant on a given today; one outside the calendar is the calendar's first or last."""
        try:
            return self.period.before(today) if self.back else self.period.after(today)
        except OverflowError:
            return date.min if self.back else date.max

    def __str__(self) -> str:
        if not self.period.count:
            return "today"
        return f"{self.period} {'before' if self.back else 'from'} today"

    @property
    def code(self) -> str:
        """The short form a file keeps, such as `+12m`."""
        return f"{'-' if self.back else '+'}{self.period.code}"

    @classmethod
    def from_code(cls, code: str) -> FromToday:
        """The day a file keeps as `+12m`. Raises Unreadable when the code is not one."""
        match = _CODE.fullmatch(code)
        if match is None:
            raise Unreadable("This is not a stored day.")
        return cls(Period.from_code(match[2]), match[1] == "-")

    @classmethod
    def read(cls, text: str) -> FromToday:
        """A moving day as people write it: `today`, `+12m`, `in 12 months`, `today - 3 months`, `90 days ago`.

        Raises Unreadable for anything else, a calendar date included.
        """
        plain = tidy(text).lower()
        if plain in _NEAR:
            return cls(Period(abs(_NEAR[plain]), "d"), _NEAR[plain] < 0)
        if match := _SIGNED.fullmatch(plain):
            return cls(Period.read(match[2]), match[1] == "-")
        if match := _AHEAD.fullmatch(plain):
            return cls(Period.read(match[1] or match[2]))
        if match := _BACK.fullmatch(plain):
            return cls(Period.read(match[1]), back=True)
        raise Unreadable("This is no day that moves with today. Write it like in 12 months or 90 days ago.")
