"""By whom and when a contract was changed between two moments: the history asked field by field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from storage.engine.fields import RECORDS
from storage.engine.query import Query
from storage.engine.reading import Reader
from storage.engine.who_changed import Touch, touches
from storage.records.contracts import Contract
from storage.rules.since_meeting import BUYING_AGAIN, OPTIONS_OPEN, OPTIONS_TAKEN

CALENDAR = "The calendar"
_EVERY = ("bank_holiday", "desk", "lead_time", "decision_meeting")  # read for every contract
_PARTS = ("extension", "contract_party", "kpi", "procurement")  # rows that name their contract
_RESULT, _ORGANISATION = "kpi_result", "organisation"
_RATED, _NAMED = ("kpi", _RESULT), ("contract_party", _ORGANISATION)
_DATED = ("extension", *_EVERY)
_FROM: Mapping[str, tuple[str, ...]] = {
    "kpi_rating": _RATED,
    "provider_name": _NAMED,
    "guidance_notice_by": (*_DATED, *_NAMED),
    OPTIONS_TAKEN: ("extension",),
    OPTIONS_OPEN: ("extension",),
    BUYING_AGAIN: ("procurement",),
    "value_with_options": ("extension",),
    "annualised": ("extension",),
}
"""Which tables, besides the contract, a worked-out value comes from; the days come from those of `_DATED`."""
_MONEY = frozenset(("current_value", "start", "current_end", "term", "value_basis"))


@dataclass(frozen=True, slots=True)
class ByWhom:
    """Who did it and on which day by the clock of this machine; nobody where the history names nobody."""

    who: str = ""
    day: date | None = None


NOBODY, BY_CALENDAR = ByWhom(), ByWhom(CALENDAR)


@dataclass
class Trail:
    """The last touches of the contracts in a stretch of the history."""

    fields: dict[tuple[int, str], Touch] = field(default_factory=dict)  # of one field of a contract
    rows: dict[int, Touch] = field(default_factory=dict)  # of any field of a contract
    parts: dict[tuple[int, str], Touch] = field(
        default_factory=dict
    )  # of what belongs to a contract, by table
    every: dict[str, Touch] = field(default_factory=dict)  # of what concerns all contracts, by table
    added: set[int] = field(default_factory=set)

    def of_field(self, contract: int, name: str) -> ByWhom:
        """Who last changed a value of a contract, or what it is worked out from."""
        known = Contract.FIELDS.get(name)
        worked_out = known is None or known.derived or known.from_today
        if not worked_out or name.startswith("own:"):
            return _by(self.fields.get((contract, "own" if name.startswith("own:") else name)))
        sources = _FROM.get(name, _DATED)
        found = [self.fields.get((contract, each)) for each in _inputs_of(name)]
        found += [self.parts.get((contract, table)) for table in sources]
        found += [self.every.get(table) for table in sources]
        return _by(max(filter(None, found), key=_moment, default=None))

    def of_contract(self, contract: int) -> ByWhom:
        """Who last changed anything of a contract itself."""
        return _by(self.rows.get(contract))


def _inputs_of(name: str) -> Iterable[str]:
    """The typed fields of a contract that a worked-out value may come from."""
    if name in ("value_with_options", "annualised"):
        return _MONEY
    if name in _FROM and name != "guidance_notice_by":
        return ()
    return _DATES


_ALSO_DATES = ("stage", "route", "plan_moved")
_DATES = frozenset(
    name
    for name, each in Contract.FIELDS.items()
    if not each.derived and (each.group == "Term and notice" or name in _ALSO_DATES)
)


def _by(touch: Touch | None) -> ByWhom:
    return ByWhom(touch.who, local_day(touch.at)) if touch is not None else NOBODY


def _moment(touch: Touch) -> str:
    return touch.at


def local_day(at: str) -> date | None:
    """The day of a moment that was written down in universal time, by the clock of this machine."""
    try:
        return datetime.fromisoformat(at).astimezone().date()
    except ValueError:
        return None


def trail(reader: Reader, after: int, until: int | None = None) -> Trail:
    """What happened to the contracts, and to what their values come from, after one step and up to another."""
    made = Trail()
    tables = ("contract", *_PARTS, *_EVERY, _RESULT, _ORGANISATION)
    seen = [*touches(reader, after, until, tables)]
    owners = {table: _owners(reader, table, seen) for table in (*_PARTS, _RESULT, _ORGANISATION)}
    for touch in seen:
        if touch.table == "contract":
            made.rows[touch.row] = touch
            made.fields |= {(touch.row, name): touch for name in touch.fields}
            if touch.added:
                made.added.add(touch.row)
        elif touch.table in _EVERY:
            made.every[touch.table] = touch
        else:
            for contract in owners[touch.table].get(touch.row, ()):
                made.parts[contract, touch.table] = touch
    return made


def _owners(reader: Reader, table: str, seen: Iterable[Touch]) -> dict[int, tuple[int, ...]]:
    """By row of a table, the contracts it belongs to."""
    rows = {touch.row for touch in seen if touch.table == table}
    if not rows:
        return {}
    if table == _ORGANISATION:
        found: dict[int, tuple[int, ...]] = {}
        for contract, organisation in _links(reader, "contract_party", "contract", "organisation"):
            if organisation in rows:
                found[organisation] = (*found.get(organisation, ()), contract)
        return found
    if table == _RESULT:
        of_kpi = dict(_pairs(reader, "kpi", "contract"))
        return {r: (of_kpi[k],) for r, k in _pairs(reader, table, "kpi") if r in rows and k in of_kpi}
    return {row: (contract,) for row, contract in _pairs(reader, table, "contract") if row in rows}


def _pairs(reader: Reader, table: str, link: str) -> Iterable[tuple[int, int]]:
    """Each row of a table, the bin included, with the record its link points to."""
    for binned in (False, True):
        for number, (target,) in reader.values(RECORDS[table], (link,), Query(binned=binned)):
            if isinstance(target, int):
                yield number, target


def _links(reader: Reader, table: str, one: str, other: str) -> Iterable[tuple[int, int]]:
    for binned in (False, True):
        for _, (first, second) in reader.values(RECORDS[table], (one, other), Query(binned=binned)):
            if isinstance(first, int) and isinstance(second, int):
                yield first, second
