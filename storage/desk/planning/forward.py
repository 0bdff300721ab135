"""What lies ahead of the register by quarter: what to start, decide and serve, what ends, and where it clashes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from storage.engine.conditions import Where
from storage.engine.query import Query
from storage.engine.reading import Reader
from storage.engine.values import show_day
from storage.records.contract_ends import NOTICE_SERVED
from storage.records.contracts import Contract
from storage.rules.forward_plan import (
    MOST_AT_ONCE,
    Clash,
    Planned,
    QuarterPlan,
    Tender,
    clashes,
    forward_plan,
)
from storage.rules.months import add_months
from storage.rules.totals import Amount, Certainty, Total, summed

LATE = "Late"
"""In the place of a quarter: what should have begun or been decided before today."""
NAMED = 4
"""So many contracts of a clash are named; the rest are counted."""
_LEFT_OUT = ("Draft", "Terminated", "Cancelled")
_FIELDS = (
    "stage", "title", "reference", "ends", "act_by", "decide_by", "serve_by", "start_by", "extend_by",
    "current_value", "value_certainty",
)  # fmt: skip


class What(StrEnum):
    """What falls on a day, in the order in which it is done."""

    START = "Start"
    DECIDE = "Decide"
    SERVE = "Serve notice"
    ENDS = "Ends"


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter with what falls into it; `at_once` is the most procurements that run on one day of it."""

    year: str
    plan: QuarterPlan
    counts: Mapping[What, int]
    ending: Total  # the value of the contracts that end
    at_once: int
    clash: Clash | None

    @property
    def label(self) -> str:
        """Such as Q1 2026/27."""
        return self.plan.label

    def words(self) -> str:
        """What falls into it, in words."""
        said = [(self.counts[What.START], "to start"), (self.counts[What.DECIDE], "to decide"),
                (self.counts[What.SERVE], "to serve notice on"), (self.counts[What.ENDS], "ending")]  # fmt: skip
        found = ", ".join(f"{count:,} {words}" for count, words in said if count)
        worth = f"; {self.ending.words()} ends" if self.counts[What.ENDS] else ""
        return f"{found or 'nothing'}{worth}"


@dataclass(frozen=True, slots=True)
class Ahead:
    """The plan between two days, its clashes in words, and what should have begun or been decided before."""

    first: date
    last: date
    quarters: tuple[Quarter, ...]
    clashes: tuple[str, ...]
    late: tuple[Planned, ...]
    unplanned: int  # contracts for which no day to start is known

    def items(self, label: str = "") -> list[Planned]:
        """What falls into one quarter, or into all; what is late comes first."""
        late = list(self.late) if label in ("", LATE) else []
        return late + [
            item for each in self.quarters if label in ("", each.label) for item in each.plan.items
        ]


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a forward plan is made of, read from the file."""

    first: date
    last: date
    items: tuple[Planned, ...]
    tenders: tuple[Tender, ...]
    worth: Mapping[int, Amount]
    unplanned: int


def ahead(reader: Reader, years: int, most: int = MOST_AT_ONCE) -> Ahead:
    """What lies ahead from today, over so many years, to the end of the quarter; more than `most` at once clash.

    Drafts and what is terminated or cancelled are left out; under notice, only the end is ahead.
    Raises `StorageError` when the file cannot be read.
    """
    return laid_out(gather(reader, years), most)


def gather(reader: Reader, years: int) -> Gathered:
    """Read what lies ahead: the first half of `ahead`, so that a window can take a turn between the two."""
    first = reader.today()
    last = _end_of_quarter(add_months(first, 12 * years))
    query = Query((Where("stage", "is not", _LEFT_OUT), Where("ends", "on or after", (first,))))
    items: list[Planned] = []
    tenders: list[Tender] = []
    worth: dict[int, Amount] = {}
    unplanned = 0
    for number, held in reader.values(Contract, _FIELDS, query):
        row = dict(zip(_FIELDS, held, strict=True))
        items += _items(number, row)
        tenders += _tender(row, first, last)
        worth[number] = _amount(row)
        unplanned += row["act_by"] is None and row["stage"] != NOTICE_SERVED
    return Gathered(first, last, tuple(items), tuple(tenders), worth, unplanned)


def laid_out(found: Gathered, most: int = MOST_AT_ONCE) -> Ahead:
    """Lay out by quarter what was gathered."""
    plan = forward_plan(found.items, found.first, found.last)
    busy = {each.quarter: each for each in clashes(found.tenders, 0).value}
    quarters = tuple(
        _quarter(year.label, each, busy.get(each.label), found.worth, most)
        for year in plan.value
        for each in year.quarters
    )
    late = (i for i in found.items if i.day < found.first and i.what in (What.START, What.DECIDE))
    return Ahead(
        found.first,
        found.last,
        quarters,
        tuple(_said(each.clash) for each in quarters if each.clash is not None),
        tuple(sorted(late, key=lambda item: (item.day, item.title))),
        found.unplanned,
    )


def _end_of_quarter(day: date) -> date:
    following = add_months(day.replace(day=1), 3 - (day.month - 1) % 3)
    return following - timedelta(days=1)


def _items(number: int, row: Mapping[str, object]) -> Iterator[Planned]:
    """The days of one contract, each with what is to be done."""
    name = str(row["title"] or row["reference"] or f"Contract {number}")
    days: list[tuple[What, object]] = [(What.ENDS, row["ends"])]
    if row["stage"] != NOTICE_SERVED:
        days += [(What.START, row["act_by"]), (What.DECIDE, row["decide_by"]), (What.SERVE, row["serve_by"])]
    for what, day in days:
        if isinstance(day, date):
            pence = row["current_value"]
            yield Planned(day, name, what, pence if isinstance(pence, int) else None, number)


def _tender(row: Mapping[str, object], first: date, last: date) -> Iterator[Tender]:
    """The procurement of a contract that is to be bought anew: no option to extend it is open."""
    start, end = row["start_by"], row["ends"]
    if row["stage"] == NOTICE_SERVED or row["extend_by"] is not None:
        return
    if isinstance(start, date) and isinstance(end, date) and start <= last:
        yield Tender(str(row["title"] or row["reference"]), max(start, first), min(end, last))


def _amount(row: Mapping[str, object]) -> Amount:
    pence = row["current_value"]
    return Amount(
        pence if isinstance(pence, int) else None, Certainty.read(str(row["value_certainty"] or ""))
    )


def _quarter(
    year: str, plan: QuarterPlan, busy: Clash | None, worth: Mapping[int, Amount], most: int
) -> Quarter:
    counted = Counter(item.what for item in plan.items)
    ending = summed([worth[item.contract] for item in plan.items if item.what == What.ENDS])
    at_once = len(busy.titles) if busy is not None else 0
    return Quarter(
        year, plan, {what: counted[what] for what in What}, ending, at_once, busy if at_once > most else None
    )


def _said(clash: Clash) -> str:
    """A clash in a sentence."""
    how_many = f"{len(clash.titles):,} procurements at once on {show_day(clash.day)}"
    return f"{clash.quarter}: {how_many}: {named(clash.titles)}."


def named(titles: Sequence[str]) -> str:
    """The first few by name, the rest counted."""
    more = f" and {len(titles) - NAMED:,} more" if len(titles) > NAMED else ""
    return f"{', '.join(titles[:NAMED])}{more}"


def by_year(quarters: Iterable[Quarter]) -> dict[str, list[Quarter]]:
    """Quarters under their financial years."""
    found: dict[str, list[Quarter]] = {}
    for each in quarters:
        found.setdefault(each.year, []).append(each)
    return found
