"""Deciding what each record of a damaged file holds: from its own row, and from the history where that is lost."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from storage.engine.ddl import typed_fields, written_columns
from storage.engine.errors import UNREADABLE
from storage.engine.fields import RECORDS, Field, Kind, Record
from storage.engine.repair.pages import Doubtful
from storage.engine.repair.past import Past, Told
from storage.engine.repair.recovery import Came
from storage.engine.repair.scavenging import UUID, Rescued, Row

_BAD = (ValueError, TypeError, KeyError, AttributeError, RecursionError, *UNREADABLE)
_WHOLE = range(-(1 << 63), 1 << 63)  # the whole numbers a file can hold
_BESIDES = {"uuid": "its identity", "own": "own fields", "binned": "the bin"}  # columns that are no fields
_SHOWN = 80  # letters of a doubtful value that the report shows


@dataclass(slots=True)
class Settled:
    """Every record to be written, by table and number, and what is not as it was."""

    held: dict[str, dict[int, Row]] = field(default_factory=dict)  # written columns only
    came: list[Came] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)
    cleared: list[str] = field(default_factory=list)


def settle(rescued: Rescued, past: Past, without: Mapping[str, set[int]]) -> Settled:
    """Decide what every record holds; `without` are records that cannot be taken, by table and number."""
    told, titles, settled = past.heard(), _titles(rescued), Settled()
    from_history, known = dict[str, int](), dict[str, set[int]]()
    for table, cls in RECORDS.items():
        one = _Table(
            cls, rescued, told.get(table, {}), past.complete, not past.missing, titles, settled.doubtful
        )
        settled.held[table], from_history[table] = one.settled(), one.from_history
        known[table] = one.lost | {row for tbl, row in titles if tbl == table}
        for number in sorted(without.get(table, ())):
            if (row := settled.held[table].pop(number, None)) is not None:
                settled.missing.append(_given_up(cls, number, row))
                known[table].add(number)
    _clear_links(settled, known, titles)
    for table, cls in RECORDS.items():
        gone = sorted(known[table] - set(settled.held[table]) - _deleted(told, table))
        unknown = (n for n in gone if n not in without.get(table, ()))
        settled.missing += [f"{_name(cls, n, titles)}{_remains(cls, told, n)}" for n in unknown]
        count = len(settled.held[table])
        if count or gone:
            settled.came.append(Came(table, count, from_history[table], len(gone)))
    if rescued.unplaced:
        settled.missing += [f"A row whose kind cannot be told: {_shown(list(r))}" for r in rescued.unplaced]
    return settled


def _deleted(told: Told, table: str) -> set[int]:
    return {number for number, values in told.get(table, {}).items() if values is None}


@dataclass(slots=True)
class _Table:
    """The records of one kind while they are decided."""

    cls: type[Record]
    rescued: Rescued
    told: Mapping[int, Row | None]
    complete: bool  # the history lacks nothing, its end included
    gapless: bool  # the history lacks nothing that is known of
    titles: Mapping[tuple[str, int], str]
    doubtful: list[str]
    from_history: int = 0
    lost: set[int] = field(default_factory=set)  # known to have existed, but no row of it was found

    def settled(self) -> dict[int, Row]:
        """The records, each with every written column."""
        rows, names = self.rescued.rows(self.cls.TABLE), written_columns(self.cls)
        fields = {f.name: f for f in typed_fields(self.cls)}
        found: dict[int, Row] = {}
        uuids: set[object] = set()
        for number in sorted(set(rows) | set(self.told)):
            made = self._one(number, rows.get(number), names, fields)
            if made is None:
                continue
            if made["uuid"] in uuids:
                self._doubt(number, "its identity was that of another record; it has a new one")
                made["uuid"] = str(uuid.uuid4())
            uuids.add(made["uuid"])
            found[number] = made
        return found

    def _one(self, number: int, row: Row | None, names: list[str], fields: Mapping[str, Field]) -> Row | None:
        told = self.told.get(number)
        if number in self.told and told is None and (row is None or self.complete):
            return None
        if row is None or (told and self.complete):
            return self._as_told(number, told or {}, row, names, fields)
        for other in self.rescued.others.get((self.cls.TABLE, number), []):
            if told and all(other.get(n) == told.get(n) for n in names):
                row = other  # of several, the one that the history knows to be the last
        return {n: self._value(number, n, row.get(n), told or {}, fields) for n in names}

    def _as_told(
        self, number: int, told: Row, row: Row | None, names: list[str], fields: Mapping[str, Field]
    ) -> Row | None:
        """A record as the history tells it; it must tell how the record was made."""
        if "uuid" not in told:
            if row is None:
                self.lost.add(number)
                return None
            told = row | told
        if row is None:
            self.from_history += 1
            if not self.gapless:
                self._doubt(
                    number,
                    "its row was lost; it is as the history left it, and a later change may be missing",
                )
        made = {n: self._value(number, n, told.get(n), {}, fields) for n in names}
        for name in names if row is not None else ():
            held = row.get(name)  # type: ignore[union-attr]
            if held != made[name] and not isinstance(held, Doubtful):
                other = f"the file held {_shown(held)}, its history {_shown(made[name])}, which was taken"
                self._doubt(number, f"{_label(fields, name)}: {other}")
        return made

    def _value(self, number: int, name: str, held: object, told: Row, fields: Mapping[str, Field]) -> object:
        if not isinstance(held, Doubtful) and readable(fields.get(name), name, held):
            return held
        label = _label(fields, name)
        known = told.get(name)
        vouched = (name in told or "uuid" in told) and readable(fields.get(name), name, known)
        if vouched and isinstance(held, Doubtful) and held.value == known:
            return known
        if vouched and name in told:
            self._doubt(number, f"{label}: taken from the history, because it cannot be read where it was")
            return known
        part = held.value if isinstance(held, Doubtful) else held
        if name == "uuid" and UUID.fullmatch(str(part)):
            return part
        if name == "uuid":
            self._doubt(number, "its identity cannot be read; it has a new one")
            return str(uuid.uuid4())
        words = fields[name].kind.is_words if name in fields else False
        kept = part if words and isinstance(part, str) else None
        how = "only part of it could be read" if kept else "it cannot be read and was left blank"
        self._doubt(number, f"{label}: {how}; what there is: {_shown(part)}")
        return kept

    def _doubt(self, number: int, words: str) -> None:
        self.doubtful.append(f"{_name(self.cls, number, self.titles)}, {words}.")


def readable(field: Field | None, name: str, held: object) -> bool:
    """Whether a value is one that its column can hold; a base column, such as own, has no field."""
    if held is None:
        return name != "uuid"
    if field is None:
        return (
            isinstance(held, str) and (name != "own" or _is_object(held)) and (name != "uuid" or bool(held))
        )
    if field.sql_type == "INTEGER":
        return isinstance(held, int) and held in _WHOLE
    if not isinstance(held, str):
        return False
    if field.kind in (Kind.TEXT, Kind.NOTE, Kind.CHOICE):
        return True
    try:
        field.from_sql(held)
    except _BAD:
        return False
    return field.kind is not Kind.DATA or _is_object(held)


def _is_object(written: str) -> bool:
    try:
        return isinstance(json.loads(written), dict)
    except _BAD:
        return False


def _clear_links(
    settled: Settled, known: Mapping[str, set[int]], titles: Mapping[tuple[str, int], str]
) -> None:
    """Clear the links to records that did not come back, and say so."""
    for table, cls in RECORDS.items():
        links = [f for f in cls.FIELDS.values() if f.kind is Kind.LINK and not f.derived]
        for number, row in settled.held[table].items() if links else ():
            for link in links:
                target = row[link.name]
                if isinstance(target, int) and target not in settled.held[link.target]:
                    known[link.target].add(target)
                    row[link.name] = None
                    lost = _name(RECORDS[link.target], target, titles)
                    settled.cleared.append(
                        f"{_named(cls, number, row, titles)}, {link.label}: led to {lost}."
                    )


def _titles(rescued: Rescued) -> dict[tuple[str, int], str]:
    """What the search knew records by, which often outlives their rows."""
    found: dict[tuple[str, int], str] = {}
    for row in rescued.rows("document").values():
        table, number, title = row.get("tbl"), row.get("row"), row.get("title")
        if isinstance(table, str) and table in RECORDS and isinstance(number, int):
            found[table, number] = title if isinstance(title, str) else ""
    return found


def _name(cls: type[Record], number: int, titles: Mapping[tuple[str, int], str]) -> str:
    title = titles.get((cls.TABLE, number), "")
    return f"{cls.LABEL} {number} (“{title}”)" if title else f"{cls.LABEL} {number}"


def _named(cls: type[Record], number: int, row: Row, titles: Mapping[tuple[str, int], str]) -> str:
    title = next((str(row[n]) for n in cls.NAMED_BY if row.get(n)), "")
    return f"{cls.LABEL} {number} (“{title}”)" if title else _name(cls, number, titles)


def _remains(cls: type[Record], told: Told, number: int) -> str:
    """What the history still tells of a record that did not come back."""
    values = told.get(cls.TABLE, {}).get(number) or {}
    known = [
        f"{cls.FIELDS[n].label} {_shown(v)}" for n, v in values.items() if n in cls.FIELDS and v is not None
    ]
    return f": last known {'; '.join(known)}" if known else ""


def _given_up(cls: type[Record], number: int, row: Row) -> str:
    """A record with which nothing could be worked out, given in words instead."""
    title = next((str(row[n]) for n in cls.NAMED_BY if row.get(n)), "")
    held = [f"{cls.FIELDS[n].label} {_shown(v)}" for n, v in row.items() if n in cls.FIELDS and v is not None]
    name = f"{cls.LABEL} {number}" + (f" (“{title}”)" if title else "")
    return f"{name} is too damaged to be used: {'; '.join(held)}"


def _label(fields: Mapping[str, Field], name: str) -> str:
    return fields[name].label if name in fields else _BESIDES.get(name, name)


def _shown(value: object) -> str:
    if value is None:
        return "nothing"
    words = str(value)
    return f"“{words[:_SHOWN]}…”" if len(words) > _SHOWN else f"“{words}”"
