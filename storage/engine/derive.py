"""Stored values that rules work out are worked out again, in the same step, when anything they read changes."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from graphlib import TopologicalSorter
from operator import attrgetter

from storage.engine.ddl import changed_values, quoted
from storage.engine.fields import RECORDS, Field, Kind, Record
from storage.engine.parts import Explained, Parts, Reads
from storage.engine.rows import Rows, rows_of, stored

Touched = dict[str, set[int]]
OldLinks = dict[tuple[str, str], set[int]]  # (table, link field): ids that rows pointed to before
SLICE = 120  # records derived between two turns of the event loop


def linking_tables() -> frozenset[str]:
    """Tables whose former links must be known, because a rule reads through them."""
    return frozenset(r.table for c in RECORDS.values() for r in c.READS if r.link and not r.through)


def derive(conn: sqlite3.Connection, touched: Touched, old_links: OldLinks, today: date) -> Iterator[Touched]:
    """Work out again what the touched rows are read by; yields what was written, a slice at a time.

    What is worked out may itself be read by others, such as a measure's rating by its contract: those come after it.
    """
    touched = {table: set(ids) for table, ids in touched.items()}
    for cls in _read_before_their_readers(tuple(RECORDS.values())):
        fields = rows_of(cls).derived
        if not fields:
            continue
        ids = sorted(_dependents(conn, cls, touched, old_links) | touched.get(cls.TABLE, set()))
        lists = _Lists(conn)
        for start in range(0, len(ids), SLICE):
            changed = _derive_slice(conn, cls, fields, ids[start : start + SLICE], today, lists)
            touched.setdefault(cls.TABLE, set()).update(changed)
            yield {cls.TABLE: changed} if changed else {}


@cache
def _read_before_their_readers(classes: tuple[type[Record], ...]) -> tuple[type[Record], ...]:
    """Record classes in an order in which what a rule reads has been worked out; those that work nothing out are left.

    Classes that read each other, such as a contract and its provider, read only typed fields of one another.
    """
    by_table = {cls.TABLE: cls for cls in classes}
    graph: TopologicalSorter[str] = TopologicalSorter()
    for cls in classes:
        graph.add(cls.TABLE, *(r.table for r in cls.READS if r.derived))
    return tuple(by_table[table] for table in graph.static_order() if table in by_table)


def _dependents(
    conn: sqlite3.Connection, cls: type[Record], touched: Touched, old_links: OldLinks
) -> set[int]:
    found: set[int] = set()
    for reads in cls.READS:
        former = old_links.get((reads.table, reads.link), set()) if not reads.through else set()
        if changed := touched.get(reads.table):
            found |= _readers(conn, cls, reads, changed)
        found |= former
    return found


def _readers(conn: sqlite3.Connection, cls: type[Record], reads: Reads, changed: Collection[int]) -> set[int]:
    """Which records of a class read the changed rows of another table."""
    if not reads.link:
        return {row[0] for row in conn.execute(f"select id from {quoted(cls.TABLE)}")}
    link = quoted(reads.link)
    if not reads.through:
        sql = f"""select distinct {link} from {quoted(reads.table)}
                  where id in (select value from json_each(?)) and {link} is not null"""
        return {row[0] for row in conn.execute(sql, (json.dumps(sorted(changed)),))}
    via = next(r for r in cls.READS if r.name == reads.through)
    sql = f"select id from {quoted(via.table)} where {link} in (select value from json_each(?))"
    between = [row[0] for row in conn.execute(sql, (json.dumps(sorted(changed)),))]
    return _readers(conn, cls, via, between) if between else set()


def _derive_slice(
    conn: sqlite3.Connection,
    cls: type[Record],
    fields: list[Field],
    ids: list[int],
    today: date,
    lists: _Lists,
) -> set[int]:
    read = cls.RULES_READ and (*cls.RULES_READ, *(f.name for f in fields))
    rows = rows_of(cls, read)
    records = [rows.make(r) for r in conn.execute(rows.by_ids, (json.dumps(ids),)).fetchall()]
    parts = read_parts(conn, cls, records, today, lists, silent=True)
    rules = [f.rule for f in fields if f.rule]
    held = attrgetter("id", *(f.name for f in fields))
    updates: list[list[object]] = []
    for record in records:
        number, *before = held(record)
        within = parts[number]
        worked = [rule(record, within).value for rule in rules]
        if worked != before:
            pairs = zip(fields, worked, strict=True)
            kept = [None if v is None or v == "" else stored(f, v) for f, v in pairs]
            updates.append([*kept, number])
    sets = ", ".join(f"{quoted(f.name)} = ?" for f in fields)
    conn.executemany(f"update {quoted(cls.TABLE)} set {sets} where id = ?", updates)
    return {int(str(u[-1])) for u in updates}


class _Lists:
    """The small tables that rules read whole, fetched once for many slices, and what rules make of them."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self._read: dict[str, tuple[Record, ...]] = {}
        self.pointed_to: dict[str, dict[int, Record]] = defaultdict(
            dict
        )  # what many records share, by name and id
        self.shared: dict[Hashable, object] = {}

    def rows(self, table: str) -> tuple[Record, ...]:
        """Every row of a table that is not in the bin."""
        if table not in self._read:
            rows = rows_of(RECORDS[table])
            sql = f"select {rows.columns} from {quoted(table)} where binned is null"
            self._read[table] = tuple(rows.make(r) for r in self._conn.execute(sql).fetchall())
        return self._read[table]


def read_parts(
    conn: sqlite3.Connection,
    cls: type[Record],
    records: Iterable[Record],
    today: date,
    lists: _Lists | None = None,
    *,
    silent: bool = False,
) -> dict[int, Parts]:
    """For each record, what its rules read, fetched with one query a kind; `silent` where no words are wanted."""
    lists = lists or _Lists(conn)
    ids = [r.key for r in records]
    whole: dict[str, tuple[Record, ...]] = {r.name: lists.rows(r.table) for r in cls.READS if not r.link}
    found = {i: dict(whole) for i in ids}
    for reads in (r for r in cls.READS if r.link):
        rows = rows_of(RECORDS[reads.table], reads.fields if silent else ())
        if reads.through:
            groups = _through(conn, reads, rows, found, lists.pointed_to[reads.name])
        else:
            groups = _pointing(conn, reads, rows, ids)
        for i in ids:
            found[i][reads.name] = groups.get(i, ())
    return {i: Parts(named, today, lists.shared, silent=silent) for i, named in found.items()}


def _pointing(
    conn: sqlite3.Connection, reads: Reads, rows: Rows[Record], ids: list[int]
) -> Mapping[int, tuple[Record, ...]]:
    """Records whose link points to one of these."""
    link = quoted(reads.link)
    sql = f"""select {rows.columns} from {quoted(reads.table)}
              where {link} in (select value from json_each(?)) and binned is null order by id"""
    groups: dict[int, list[Record]] = defaultdict(list)
    make = (
        rows.again if len(ids) == 1 else rows.make
    )  # one record is asked for over and over while it is worked on
    for row in conn.execute(sql, (json.dumps(ids),)).fetchall():
        record = make(row)
        groups[getattr(record, reads.link)].append(record)
    return {i: tuple(records) for i, records in groups.items()}


def _through(
    conn: sqlite3.Connection,
    reads: Reads,
    rows: Rows[Record],
    found: dict[int, dict[str, tuple[Record, ...]]],
    made: dict[int, Record],
) -> Mapping[int, tuple[Record, ...]]:
    """Records that the rows of an earlier reading point to; those in the bin come too, and say so themselves."""
    wanted = {
        i: [t for r in named[reads.through] if (t := getattr(r, reads.link)) is not None]
        for i, named in found.items()
    }
    missing = {t for targets in wanted.values() for t in targets} - made.keys()
    if missing:
        given = (json.dumps(sorted(missing)),)
        made.update((r[0], rows.make(r)) for r in conn.execute(rows.by_ids, given).fetchall())
    return {i: tuple([made[t] for t in targets if t in made]) for i, targets in wanted.items()}


def explain_field(conn: sqlite3.Connection, record: Record, field: Field, today: date) -> Explained | None:
    """How a worked-out value came about, from the record as it stands; None for what no rule works out."""
    if field.rule is None or record.id is None:
        return None
    return field.rule(record, read_parts(conn, type(record), [record], today)[record.key])


def with_derived(conn: sqlite3.Connection, record: Record, today: date) -> Record:
    """The record with its rules applied, for looking at before it is saved."""
    parts = read_parts(conn, type(record), [record], today)[record.key]
    worked = {f.name: f.rule(record, parts).value for f in rows_of(type(record)).derived if f.rule}
    return replace(record, **worked)  # type: ignore[arg-type]


def old_links_of(table: str, old: str | None, into: OldLinks) -> None:
    """Remember where a changed row pointed before."""
    if old is None:
        return
    before = changed_values(old)
    for field in RECORDS[table].FIELDS.values():
        former = before.get(field.name)
        if field.kind is Kind.LINK and isinstance(former, int):
            into.setdefault((table, field.name), set()).add(former)
