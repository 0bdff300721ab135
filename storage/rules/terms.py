"""How long a contract runs: a first term and the options after it, and the end dates that follow."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from storage.engine.values import Period, Unreadable, show_day
from storage.engine.values_plain import COUNTING_WORDS, tidy
from storage.rules.explained import Explained
from storage.rules.months import add_months, last_day_of_months

_MOST_OPTIONS = 50
_LONGEST_MONTHS = 12_000
_JOIN = re.compile(r" ?(?:\+|\bplus\b|\bwith\b) ?")
_TIMES = re.compile(
    r"(\d{1,2}|"
    + "|".join(sorted(COUNTING_WORDS, key=len, reverse=True))
    + r")(?: ?[x×*] ?(?=.)| (?=.*[a-z]))(.+)"
)
# Brackets round words, not round the figure in "twelve (12) months".
_BRACKETS = re.compile(r"\(([^()]*[^()\d][^()]*)\)")
_CORE_FILLING = frozenset({"an", "initial", "fixed", "term", "of"})
_OPTION_FILLING = frozenset(
    {"the", "optional", "further", "possible", "option", "options", "extension", "extensions"}
    | {"to", "extend", "for", "of", "by", "each", "period", "periods"}
)
_UNIT_WORDS = frozenset(("year", "month", "week", "day"))
_BARE = re.compile(r"\d{1,3}")


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
    """A term as people write it: `3+1+1` (years), `36m+12m`, `2 years with two 12-month options`, `3 + 2x1`.

    A number without a unit counts years, but not after a part in another unit: `36m+12` is refused.
    Raises Unreadable with the reason.
    """
    plain = tidy(_BRACKETS.sub(r" \1 ", tidy(text).lower()))
    parts: list[Period] = []
    for piece in _JOIN.split(plain):
        parts.extend(_read_part(piece, parts))
    return Term(parts[0], tuple(parts[1:]))


def initial_end(start: date | None, term: Term | None) -> Explained[date | None]:
    """The last day of the first term, without options."""
    return end_after(start, term, 0)


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
    months, days = sum(part.months for part in parts), sum(part.days for part in parts)
    end = last_day_of_months(start, months) + timedelta(days=days)
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


def _read_part(piece: str, earlier: list[Period]) -> list[Period]:
    """The periods one piece between the pluses stands for; `two 12-month options` are two."""
    if not piece:
        raise Unreadable("A part of the term is missing. Write it like 3+1+1 or 36m+12m.")
    piece = _without_filling(piece, _OPTION_FILLING if earlier else _CORE_FILLING)
    whole = _period(piece, earlier)
    if whole is not None:
        return [whole]
    times = _TIMES.fullmatch(piece) if earlier else None
    each = _period(times[2], earlier) if times else None
    if times is None or each is None:
        raise Unreadable("This is not a term. Write it like 3+1+1, 36m+12m or 2 years + 12 months.")
    count = int(times[1]) if times[1].isdigit() else COUNTING_WORDS[times[1]]
    return [each] * count


def _without_filling(piece: str, filling: frozenset[str]) -> str:
    """The words that count: no `option to extend for`, and an article only where it stands for one."""
    words = [word for word in piece.split(" ") if word not in filling]
    while len(words) > 1 and words[0] in ("a", "an") and words[1] not in _UNIT_WORDS:
        words.pop(0)
    return " ".join(words)


def _period(piece: str, earlier: list[Period]) -> Period | None:
    """One length of time, a bare number being years; None when it is none."""
    if _BARE.fullmatch(piece):
        if any(part.unit != "y" for part in earlier):
            raise Unreadable("Write the unit after every number, such as 36m+12m.")
        return Period(int(piece), "y")
    try:
        return Period.read(piece)
    except Unreadable:
        return None
