"""Contracts as lines on a scale of time: what is certain, extended, open or running on, and the days to act."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from storage.engine.conditions import Where
from storage.engine.fields import Value
from storage.engine.parts import Parts
from storage.engine.query import ALL, Order, Query
from storage.engine.reading import Reader
from storage.records.contract_ends import AVAILABLE, NOTICE_SERVED, options_of
from storage.records.contracts import Contract
from storage.records.terms import BreakPoint, Extension
from storage.rules.months import add_period
from storage.rules.position import (
    CANCELLED,
    EXPIRED,
    OPEN_ENDED,
    ROLLING,
    RUNNING_ON,
    TERMINATED,
)

SETTLED = frozenset((EXPIRED, TERMINATED, CANCELLED))
"""Where nothing is left to do."""
GOING_ON = frozenset((OPEN_ENDED, ROLLING, RUNNING_ON))
OVER = ("Terminated", "Cancelled")
_ONE = timedelta(days=1)
_NO_END = 9000  # registers write a year like 9999 where there is no end


class Sort(Enum):
    """What a stretch of a line stands for; the value is the word for it."""

    CERTAIN = "Certain"
    USED = "Extended"
    OPEN = "Option still open"
    ROLLS = "Rolls over or runs on"


class Act(Enum):
    """What a marked day is for."""

    NOTICE = "Last day to give notice"
    SERVE = "Serve notice by"
    ACT = "Last safe day to act"
    BREAK = "Break"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a line. No first day: it began before anything is recorded. No last day: until somebody ends it."""

    sort: Sort
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Mark:
    """A day to act."""

    act: Act
    day: date


@dataclass(frozen=True, slots=True)
class Line:
    """One contract on the scale. `next_day` is the first day still ahead, `next_what` what it is for."""

    contract: int
    title: str
    reference: str
    provider: str
    position: str
    start: date | None
    end: date | None
    stretches: tuple[Stretch, ...]
    marks: tuple[Mark, ...]
    next_day: date | None
    next_what: str

    @property
    def settled(self) -> bool:
        """Whether nothing is left to do."""
        return self.position in SETTLED

    @property
    def latest(self) -> date | None:
        """The latest end with every option still open; None where there is none."""
        return max((s.last for s in self.stretches if s.sort is Sort.OPEN and s.last), default=None)

    def day(self, act: Act) -> date | None:
        """The first marked day of a kind."""
        return next((mark.day for mark in self.marks if mark.act is act), None)


_NEXT = (
    ("start", "Starts"), ("serve_by", Act.SERVE.value), ("notice_by", Act.NOTICE.value),
    ("act_by", Act.ACT.value), ("ends", "Ends"),
)  # fmt: skip


def in_order(reader: Reader, query: Query = ALL) -> list[int]:
    """The contracts a query finds, the one with the next day ahead first.

    Those with none ahead come last: without an end, then those that ended, the latest first.
    """
    today = reader.today()
    breaks = _breaks_ahead(reader, today)
    names = ("stage", *(name for name, _ in _NEXT))
    keyed: list[tuple[date, int, int]] = []
    for number, (stage, *days) in reader.values(Contract, names, Query(query.where, (), query.words)):
        held = _still_to_come(str(stage), [day if isinstance(day, date) else None for day in days])
        ahead = [day for day in (*held, *breaks.get(number, ())) if day is not None and day >= today]
        if ahead and stage not in OVER:
            keyed.append((min(ahead), 0, number))
        else:
            end = days[-1]
            keyed.append(
                (date.max, -end.toordinal() if isinstance(end, date) else -date.max.toordinal(), number)
            )
    keyed.sort()
    return [number for _, _, number in keyed]


def _still_to_come(stage: str, days: Sequence[date | None]) -> Sequence[date | None]:
    """The days of `_NEXT` that still matter: under notice, nothing is left but to begin and to end."""
    return (days[0], None, None, None, days[-1]) if stage == NOTICE_SERVED else days


def _breaks_ahead(reader: Reader, today: date) -> dict[int, list[date]]:
    found: dict[int, list[date]] = defaultdict(list)
    asked = Query((Where("on", "on or after", (today,)), Where("used_on", "blank")))
    for _, (contract, on) in reader.values(BreakPoint, ("contract", "on"), asked):
        if isinstance(contract, int) and isinstance(on, date):
            found[contract].append(on)
    return found


def lines(reader: Reader, ids: Sequence[int]) -> dict[int, Line]:
    """The lines of these contracts; one that has gone is left out."""
    of_these = Query((Where("contract", "any of", tuple(ids)),), (Order("id"),))
    options: dict[int | None, list[Extension]] = defaultdict(list)
    breaks: dict[int | None, list[BreakPoint]] = defaultdict(list)
    if ids:
        for option in reader.all(Extension, of_these):
            options[option.contract].append(option)
        for chance in reader.all(BreakPoint, of_these):
            breaks[chance.contract].append(chance)
    today = reader.today()
    return {
        number: _line(contract, options[number], breaks[number], today)
        for number, contract in reader.many(Contract, ids).items()
    }


def _line(
    contract: Contract, options: Sequence[Extension], breaks: Sequence[BreakPoint], today: date
) -> Line:
    position = str(Contract.FIELDS["position"].value_of(contract, today))
    marks = () if position in (*SETTLED, NOTICE_SERVED) else _marks(contract, breaks)
    next_day, what = _next(contract, marks, today)
    return Line(
        contract.key,
        contract.name,
        contract.reference,
        contract.provider_name,
        position,
        contract.start,
        contract.ends,
        tuple(_stretches(contract, position, options)),
        marks,
        next_day,
        what,
    )


def _next(contract: Contract, marks: Iterable[Mark], today: date) -> tuple[date | None, str]:
    """The first day still ahead, and what it is for."""
    if contract.stage in OVER:
        return None, ""
    days = _still_to_come(contract.stage, [getattr(contract, name) for name, _ in _NEXT])
    ahead = [(day, what) for day, (_, what) in zip(days, _NEXT, strict=True) if day and day >= today]
    ahead += [(mark.day, mark.act.value) for mark in marks if mark.act is Act.BREAK and mark.day >= today]
    return min(ahead, key=lambda each: each[0], default=(None, ""))


def _marks(contract: Contract, breaks: Iterable[BreakPoint]) -> tuple[Mark, ...]:
    """The days to act, the soonest first."""
    days: list[tuple[Act, Value]] = [
        (Act.NOTICE, contract.notice_by),
        (Act.SERVE, contract.serve_by),
        (Act.ACT, contract.act_by),
        *((Act.BREAK, chance.on) for chance in breaks if chance.used_on is None),
    ]
    found = (Mark(act, day) for act, day in days if isinstance(day, date))
    return tuple(sorted(found, key=lambda mark: (mark.day, mark.act.value)))


def _stretches(contract: Contract, position: str, options: Sequence[Extension]) -> Iterable[Stretch]:
    """The parts of the line, in the order of time."""
    start, agreed, end = contract.start, contract.agreed_end, contract.ends
    if agreed is None or (start is not None and agreed < start):
        if start is not None:
            yield Stretch(
                Sort.ROLLS if agreed is None else Sort.CERTAIN, start, agreed and max(start, agreed)
            )
        return
    first_end = contract.initial_end or contract.first_end
    core = first_end if first_end and (start or date.min) <= first_end < agreed else agreed
    yield Stretch(Sort.CERTAIN, start, core)
    if core < agreed:
        yield Stretch(Sort.USED, _after(core), agreed)
    last = agreed
    if end is not None and end > agreed:
        yield Stretch(Sort.ROLLS, _after(agreed), end)
        last = end
    if position in GOING_ON:
        yield Stretch(Sort.ROLLS, _after(last), None)
    elif position not in (*SETTLED, NOTICE_SERVED):
        yield from _open(contract, last, options)


def _open(contract: Contract, end: date, options: Sequence[Extension]) -> Iterable[Stretch]:
    """Each option still open after the end, the last one to the maximum end where that is known."""
    latest = contract.max_by_term or contract.max_end
    every = options_of(contract, Parts({"extensions": options}))
    lengths = [each.length for each in every if each.status == AVAILABLE and each.length]
    first = _after(end)
    if end.year >= _NO_END:
        return
    for place, length in enumerate(lengths, 1):
        last = add_period(first, length) - _ONE
        if place == len(lengths) and latest is not None and latest > first:
            last = latest
        yield Stretch(Sort.OPEN, first, last)
        first = _after(last)
    if not lengths and latest is not None and latest > end:
        yield Stretch(Sort.OPEN, first, latest)


def _after(day: date) -> date:
    """The day after; the calendar’s last day stands for no end and has none after it."""
    return day + _ONE if day < date.max else day
