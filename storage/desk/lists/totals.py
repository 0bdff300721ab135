"""What a list comes to, whole and group by group, with all that a bare sum would hide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import attrgetter

from storage.engine.conditions import Where
from storage.engine.fields import Record, Value
from storage.engine.query import Query
from storage.engine.reading import Reader, Summed
from storage.rules.totals import Certainty, Total


@dataclass(frozen=True, slots=True)
class Section:
    """Some records of a list: how many, and what they come to."""

    count: int = 0
    total: Total = field(default_factory=Total)
    key: str = ""  # of the group; the same for values that differ in capitals alone
    value: Value = ""


def list_total(reader: Reader, cls: type[Record], amount: str, certainty: str, query: Query) -> Section:
    """What all records of a query come to; `certainty` names the field that says how sure each amount is, or none."""
    asked = replace(query, group="", order=())
    [whole] = reader.summed(cls, amount or "id", asked)
    if not certainty or not amount:
        return _section([whole], bool(amount))
    said = replace(asked, where=(*query.where, Where(certainty, "not blank")))
    parts = reader.summed(cls, amount, said, by=certainty)  # most registers say it of few
    silent = replace(whole, **{n: getattr(whole, n) - _sum(parts, n) for n in ("count", "filled", "amount")})
    return _section([silent, *parts], True)


def sections(
    reader: Reader, cls: type[Record], amount: str, certainty: str, query: Query
) -> Sequence[Section]:
    """The groups of a query, in the order in which it lists its records."""
    found = reader.summed(cls, amount or "id", replace(query, order=()), by=certainty)
    return [
        replace(_section(rows, bool(amount)), key=rows[0].key, value=rows[0].value)
        for rows in (list(rows) for _, rows in groupby(found, attrgetter("key")))
    ]


def _section(rows: Sequence[Summed], adds_up: bool) -> Section:
    count = sum(row.count for row in rows)
    return Section(count, _total(rows)) if adds_up else Section(count)


def _total(rows: Sequence[Summed]) -> Total:
    """As `storage.rules.totals.summed` makes it of the amounts one by one."""
    by = {sure: [r for r in rows if Certainty.read(r.part) is sure] for sure in Certainty}
    under, waiting = by[Certainty.UNDER_ESTIMATE], by[Certainty.TO_BE_CONFIRMED]
    filled, gaps = _sum(rows, "filled"), _sum(rows, "count") - _sum(rows, "filled")
    to_be_confirmed = _sum(waiting, "count") - _sum(waiting, "filled")
    return Total(
        pence=_sum(rows, "amount") if filled else None,
        figures=filled,
        estimates=_sum(by[Certainty.ESTIMATE], "filled"),
        under_estimates=_sum(under, "filled"),
        bound=_bound(under),
        unconfirmed=_sum(waiting, "filled"),
        unconfirmed_pence=_sum(waiting, "amount"),
        to_be_confirmed=to_be_confirmed,
        blank=gaps - to_be_confirmed,
    )


def _sum(rows: Iterable[Summed], what: str) -> int:
    return sum(getattr(row, what) for row in rows)


def _bound(rows: Sequence[Summed]) -> str:
    """Which way the true sum lies, seen from one with these under-estimates in it."""
    ups = any(row.most is not None and row.most >= 0 for row in rows)
    downs = any(row.least is not None and row.least < 0 for row in rows)
    if ups and downs:
        return "about"
    return "at least" if ups else "at most" if downs else ""
