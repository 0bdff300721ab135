"""How long a contract runs: a first term and the options after it, and the end dates that follow."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from storage.engine.values import Period, Unreadable, show_day
from storage.rules.explained import Explained
from storage.rules.months import add_months, last_day_of_months

_MOST_OPTIONS = 50
_LONGEST_MONTHS = 12_000
_NOTATION = re.compile(r"\d{1,5}[dwmy](?:\+\d{1,5}[dwmy])*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Term:
    """A first term that is agreed, and the extensions that may follow it, in order."""

    core: Period
    options: tuple[Period, ...] = ()

    def __post_init__(self) -> None:
        parts = (self.core, *self.options)
        if any(part.count == 0 for part in parts):
            raise Unreadable("No part of a term can be nought.")
        if len(self.options) > _MOST_OPTIONS:
            raise Unreadable(f"A term can have at most {_MOST_OPTIONS} options.")
        if sum(part.months + part.days // 28 for part in parts) > _LONGEST_MONTHS:
            raise Unreadable("This term is longer than 1,000 years.")

    def __str__(self) -> str:
        return " + ".join(str(part) for part in (self.core, *self.options))

    @property
    def notation(self) -> str:
        """The short form the file keeps, such as `3y+1y+1y`."""
        return "+".join(part.code for part in (self.core, *self.options))


def read_term(text: str) -> Term:
    """A term as people write it: `3+1+1`, `36m+12m`, `2 years with two 12-month options`.

    Every word must be known and every number have its place; otherwise, and wherever the words could mean two
    terms, Unreadable says why. These rules are our own:

    - Numbers without a unit count years, unless one stands beside them or they look like months (12+12, 6+6).
    - What follows a plus is an option. `1 year and 6 months` is one length of 18 months.
    - `up to 2 years` of extension is one option of 2 years, unless steps or a count are given.
    - A total, a sum in brackets and a last day must agree with the parts; alone they are no term.
    """
    found = _read(text)
    if isinstance(found, str):
        raise Unreadable(found)
    return found


# A register says the same few wordings of thousands of contracts, and every date of each rests on its term.
@lru_cache(maxsize=8192)
def _read(text: str) -> Term | str:
    """The term, or why it cannot be read."""
    try:
        if _NOTATION.fullmatch(text):
            first, *options = (Period.from_code(code) for code in text.split("+"))
            return Term(first, tuple(options))
        from storage.rules.term_meaning import read_lengths  # its words take a while to make ready

        return Term(*read_lengths(text))
    except Unreadable as refused:
        return str(refused)


def initial_end(start: date | None, term: Term | None) -> Explained[date | None]:
    """The last day of the first term, without options."""
    return end_after(start, term, 0)


def end_of_parts(start: date, parts: Sequence[Period]) -> date:
    """The last day when all these periods run one after another from `start`: the day of `end_after`, without words."""
    months, days = sum([part.months for part in parts]), sum([part.days for part in parts])
    reached = last_day_of_months(start, months)
    return reached + timedelta(days=days) if days else reached


def end_after(start: date | None, term: Term | None, options_taken: int) -> Explained[date | None]:
    """The last day when so many of the options, in order, have been taken up.

    All months together are added to the start, never to an earlier end, and the day before is the last;
    where the month reached has no such day, its last day. Weeks and days are added after the months.
    Raises ValueError for more options than there are.
    """
    if start is None:
        return Explained(None, "No start date is recorded.")
    if term is None:
        return Explained(None, "No term is recorded.")
    if not 0 <= options_taken <= len(term.options):
        raise ValueError(f"The term has {len(term.options)} options, not {options_taken}.")
    parts = (term.core, *term.options[:options_taken])
    months, end = sum(part.months for part in parts), end_of_parts(start, parts)
    why = f"{show_day(end)} = start {show_day(start)} plus {' + '.join(str(part) for part in parts)}"
    if months and add_months(start, months).day != start.day:
        return Explained(
            end, f"{why}; the month reached has no day {start.day}, so it runs to the month’s end."
        )
    return Explained(end, f"{why}, less one day.")


def ends(start: date | None, term: Term | None) -> tuple[Explained[date], ...]:
    """The end of the first term, then after each option, up to the maximum end; empty when unknown."""
    if start is None or term is None:
        return ()
    found = (end_after(start, term, taken) for taken in range(len(term.options) + 1))
    return tuple(Explained(end.value, end.why) for end in found if end.value is not None)
