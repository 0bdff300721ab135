"""Checking records: whether their values can be read, are worked out and searched as they should be, and findings."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date
from typing import TypeVar

from storage.engine.check.report import Finding, Looked, Outcome, Report
from storage.engine.conditions import Where
from storage.engine.ddl import quoted
from storage.engine.derive import read_parts
from storage.engine.errors import UNREADABLE
from storage.engine.fields import RECORDS, Field, Kind, Record
from storage.engine.rows import Rows, rows_of
from storage.engine.search import document
from storage.engine.store import Store

R = TypeVar("R", bound=Record)
MOST = 5  # named one by one; the rest are counted
SLICE = 500
SUMS = "Worked-out dates and totals"
_UNREADABLE = (*UNREADABLE, ValueError, TypeError, KeyError, AttributeError, RecursionError)


def unreadable(store: Store) -> list[str]:
    """Records that hold something their fields cannot, such as a date that is none."""
    return [words for cls in RECORDS.values() for words in _unreadable(store.conn, cls)]


def _unreadable(conn: sqlite3.Connection, cls: type[Record]) -> list[str]:
    rows, found = rows_of(cls), []
    for some in _slices(conn, rows):
        for row in some:
            try:
                rows.make(row)
            except _UNREADABLE:
                found.append(row[0])
    told = [f"{cls.LABEL} {number} holds a value that cannot be read." for number in found[:MOST]]
    if len(found) > MOST:
        told.append(f"{len(found) - MOST:,} more of {cls.PLURAL.lower()} hold such a value.")
    return told


def _slices(conn: sqlite3.Connection, rows: Rows[R]) -> Iterator[list[tuple[object, ...]]]:
    """The rows of a class, some at a time."""
    last = 0
    sql = f"select {rows.columns} from {quoted(rows.cls.TABLE)} where id > ? order by id limit {SLICE}"
    while found := conn.execute(sql, (last,)).fetchall():
        last = found[-1][0]
        yield found


def unsearched(store: Store) -> list[str]:
    """Records of which the search holds something else than they say."""
    told = []
    for cls in (c for c in RECORDS.values() if c.SEARCHED):
        own, rows = store.own_fields().get(cls.TABLE, []), rows_of(cls)
        held, count = _documents(store.conn, cls), 0
        for some in _slices(store.conn, rows):
            for record in map(rows.make, some):
                wanted = None if record.binned else document(record, own)
                count += held.pop(record.key, None) != wanted
        if count := count + len(held):
            told.append(f"The search index does not agree with {many(cls, count)}. No record is affected.")
    return told


def _documents(conn: sqlite3.Connection, cls: type[Record]) -> dict[int, tuple[str, str]]:
    found = conn.execute("select row, title, body from document where tbl = ?", (cls.TABLE,))
    return {row: (title, body) for row, title, body in found}


def look(store: Store, cls: type[Record], report: Report) -> None:
    """Work the values of every record out afresh, and find what records lack or share."""
    rows = rows_of(cls)
    parts = (
        _stale(store.conn, cls, [rows.make(r) for r in some], store.today())
        for some in (_slices(store.conn, rows) if rows.derived else ())
    )
    if stale := sum(parts):
        words = (
            f"{many(cls, stale)}: dates or totals worked out by another version of the program. "
            "They are worked out again when the record is changed."
        )
        report.looked.append(Looked(SUMS, Outcome.NOTE, words))
    report.findings += [*_binned_links(store, cls), *_findings(store, cls)]


def _stale(conn: sqlite3.Connection, cls: type[Record], some: list[Record], today: date) -> int:
    """How many records hold a worked-out value that their rule does not give today."""
    fields, parts = rows_of(cls).derived, read_parts(conn, cls, some, today)
    return sum(
        any(
            f.rule and f.to_sql(f.rule(r, parts[r.key]).value) != f.to_sql(getattr(r, f.name)) for f in fields
        )
        for r in some
    )


def _binned_links(store: Store, cls: type[Record]) -> Iterator[Finding]:
    """Links of records in use to records in the bin; they stay, and a person may want to mend them."""
    for linked in (f for f in cls.FIELDS.values() if f.kind is Kind.LINK):
        target = RECORDS[linked.target]
        sql = f"""select count(*) from {quoted(cls.TABLE)} a join {quoted(target.TABLE)} b
                  on b.id = a.{quoted(linked.name)} where a.binned is null and b.binned is not null"""
        if count := store.conn.execute(sql).fetchone()[0]:
            yield Finding(f"{many(cls, count)}: {linked.label} is in the bin.", cls.TABLE)


def _findings(store: Store, cls: type[Record]) -> Iterator[Finding]:
    """What is missing or there twice, of fields that should be filled or unlike."""
    table = quoted(cls.TABLE)
    for each in (f for f in cls.FIELDS.values() if not f.from_today):
        name, count = quoted(each.name), store.conn.execute
        if each.required:
            sql = f"select count(*) from {table} where binned is null and {name} is null"
            if blank := count(sql).fetchone()[0]:
                where = Where(each.name, "blank")
                yield Finding(f"{many(cls, blank)}: {each.label} is blank.", cls.TABLE, where)
        if each.unique:
            yield from _repeated(store, cls, each)


def _repeated(store: Store, cls: type[Record], each: Field) -> Iterator[Finding]:
    name = quoted(each.name)
    sql = f"""select {name}, count(*) from {quoted(cls.TABLE)} where binned is null and {name} is not null
              group by {name} having count(*) > 1 order by 2 desc, 1"""
    found = store.conn.execute(sql).fetchall()
    for held, count in found[:MOST]:
        value = each.from_sql(held)
        words = f"{each.label} {each.show(value)} is used by {many(cls, count)}."
        yield Finding(words, cls.TABLE, Where(each.name, "is", (value,)))
    if len(found) > MOST:
        words = f"{len(found) - MOST:,} more values of {each.label} are used more than once."
        yield Finding(words, cls.TABLE)


def many(cls: type[Record], count: int) -> str:
    """So many records in words: `1 book`, `12 books`."""
    return f"{count:,} {(cls.LABEL if count == 1 else cls.PLURAL).lower()}"
