"""Checking a whole file: damage, which must not be, and advice, which a person may act on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from storage.engine import contents
from storage.engine.ddl import quoted, schema
from storage.engine.derive import read_parts
from storage.engine.errors import UNREADABLE, DamagedFile
from storage.engine.fields import RECORDS, Field, Kind, Record
from storage.engine.file_header import read_header
from storage.engine.history import History
from storage.engine.migrations import VERSION
from storage.engine.opening import open_store
from storage.engine.replaying import unrecorded
from storage.engine.rows import Rows, rows_of
from storage.engine.safety import backups
from storage.engine.search import document
from storage.engine.store import Store
from storage.engine.values import show_day

R = TypeVar("R", bound=Record)
MOST = 5  # named one by one; the rest are counted
SLICE = 500
OLD_BACKUP_DAYS = 7
_UNREADABLE = (*UNREADABLE, ValueError, TypeError, KeyError, AttributeError, RecursionError)


@dataclass(slots=True)
class Report:
    """What a check found. Damage is words about the file itself; advice is about what it holds or lacks."""

    damage: list[str] = field(default_factory=list)
    advice: list[str] = field(default_factory=list)
    facts: dict[str, object] = field(default_factory=dict)  # all of it may become JSON


def check(path: Path) -> Report:
    """Check a file without changing it, whether it is open elsewhere or not.

    Raises `NotADeskFile`, or `StorageError` when there is no such file or the disk does not let it be read.
    """
    report = Report(facts={"file": str(path.absolute())})
    try:
        with closing(open_store(path, read_only=True)) as store:
            _about_the_file(path, store, report)
            _inside(store, report)
    except DamagedFile as error:
        report.damage.append(str(error))
    except (sqlite3.Error, *_UNREADABLE) as error:
        report.damage.append(f"{path.name} is damaged: part of it cannot be read ({error}).")
    _about_backups(path, report)
    return report


def _about_the_file(path: Path, store: Store, report: Report) -> None:
    header = read_header(path)
    report.facts |= {"bytes": header.size, "version": header.version}
    if header.pages and header.size > header.pages * header.page_size:
        report.advice.append(
            f"Something was written behind the end of {path.name}. It is not used, and a copy leaves it out."
        )
    report.facts["steps"] = store.conn.execute("select count(*) from step").fetchone()[0]
    report.facts["records"] = contents.records(store.conn)


def _inside(store: Store, report: Report) -> None:
    report.damage += contents.problems(store.conn) or contents.broken_links(store.conn)
    if report.facts["version"] == VERSION:
        report.damage += _parts_missing(store.conn)
    if report.damage:
        return
    report.damage += _history_problems(store) + _index_problems(store)
    for cls in RECORDS.values():
        report.damage += _unreadable(store.conn, cls)
    if report.damage:
        return
    for cls in RECORDS.values():
        _records(store, cls, report)
        report.advice += [*_binned_links(store, cls), *_findings(store, cls)]


def _parts_missing(conn: sqlite3.Connection) -> list[str]:
    """Tables and triggers that every file of this version has; without them history has gaps."""
    sql = "select type, name from sqlite_master where type in ('table', 'trigger') order by type, name"
    with closing(sqlite3.connect(":memory:")) as memory:
        memory.executescript(schema(RECORDS.values()))
        wanted = memory.execute(sql).fetchall()
    held = set(conn.execute(sql).fetchall())
    return [f"The {sort} {name} of the file is missing." for sort, name in wanted if (sort, name) not in held]


def _history_problems(store: Store) -> list[str]:
    step = History(store).first_broken()
    if step is not None:
        return [
            f"The history was altered from outside: step {step.id}, “{step.label}”, is not as it was recorded."
        ]
    return [
        f"{_many(cls, count)}: the history does not tell how they came to be as they are. "
        "A step was taken out of it, or they were changed from outside."
        for cls in RECORDS.values()
        if (count := sum(1 for _ in unrecorded(store.conn, cls)))
    ]


def _index_problems(store: Store) -> list[str]:
    """Ask the search index to check itself against the documents, in memory since that counts as writing."""
    memory = sqlite3.connect(":memory:", isolation_level=None)
    with closing(memory):
        memory.deserialize(store.conn.serialize())
        try:
            memory.execute("insert into search(search, rank) values('integrity-check', 1)")
        except sqlite3.DatabaseError as error:
            return [f"The search index is damaged ({error}). No record is affected."]
    return []


def _unreadable(conn: sqlite3.Connection, cls: type[Record]) -> list[str]:
    """Records that hold something their fields cannot, such as a date that is none."""
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


def _records(store: Store, cls: type[Record], report: Report) -> None:
    """Work out every record's values afresh and look at what the search holds of it."""
    own, rows = store.own_fields().get(cls.TABLE, []), rows_of(cls)
    stale = unsearched = 0
    held = _documents(store.conn, cls) if cls.SEARCHED else {}
    for some in _slices(store.conn, rows):
        records = [rows.make(row) for row in some]
        stale += _stale(store.conn, cls, records)
        for record in records if cls.SEARCHED else []:
            wanted = None if record.binned else document(record, own)
            unsearched += held.pop(record.key, None) != wanted
    if stale:
        report.advice.append(
            f"{_many(cls, stale)}: dates or totals worked out by another version of the program. "
            "They are worked out again when the record is changed."
        )
    if unsearched := unsearched + len(held):
        report.damage.append(
            f"The search index does not agree with {_many(cls, unsearched)}. No record is affected."
        )


def _stale(conn: sqlite3.Connection, cls: type[Record], some: list[Record]) -> int:
    """How many records hold a worked-out value that their rule does not give today."""
    fields = rows_of(cls).derived
    if not fields or not some:
        return 0
    parts = read_parts(conn, cls, some)
    return sum(
        any(
            f.rule and f.to_sql(f.rule(r, parts[r.key]).value) != f.to_sql(getattr(r, f.name)) for f in fields
        )
        for r in some
    )


def _documents(conn: sqlite3.Connection, cls: type[Record]) -> dict[int, tuple[str, str]]:
    found = conn.execute("select row, title, body from document where tbl = ?", (cls.TABLE,))
    return {row: (title, body) for row, title, body in found}


def _binned_links(store: Store, cls: type[Record]) -> Iterator[str]:
    """Links of records in use to records in the bin; they stay, and a person may want to mend them."""
    for linked in (f for f in cls.FIELDS.values() if f.kind is Kind.LINK):
        target = RECORDS[linked.target]
        sql = f"""select count(*) from {quoted(cls.TABLE)} a join {quoted(target.TABLE)} b
                  on b.id = a.{quoted(linked.name)} where a.binned is null and b.binned is not null"""
        if count := store.conn.execute(sql).fetchone()[0]:
            yield f"{_many(cls, count)}: {linked.label} is in the bin."


def _findings(store: Store, cls: type[Record]) -> Iterator[str]:
    """What is missing or there twice, of fields that should be filled or unlike."""
    table = quoted(cls.TABLE)
    for each in (f for f in cls.FIELDS.values() if not f.from_today):
        name, count = quoted(each.name), store.conn.execute
        if each.required:
            sql = f"select count(*) from {table} where binned is null and {name} is null"
            if blank := count(sql).fetchone()[0]:
                yield f"{_many(cls, blank)}: {each.label} is blank."
        if each.unique:
            yield from _repeated(store, cls, each)


def _repeated(store: Store, cls: type[Record], each: Field) -> Iterator[str]:
    name = quoted(each.name)
    sql = f"""select {name}, count(*) from {quoted(cls.TABLE)} where binned is null and {name} is not null
              group by {name} having count(*) > 1 order by 2 desc, 1"""
    found = store.conn.execute(sql).fetchall()
    for value, count in found[:MOST]:
        yield f"{each.label} {each.show(each.from_sql(value))} is used by {_many(cls, count)}."
    if len(found) > MOST:
        yield f"{len(found) - MOST:,} more values of {each.label} are used more than once."


def _many(cls: type[Record], count: int) -> str:
    return f"{count:,} {(cls.LABEL if count == 1 else cls.PLURAL).lower()}"


def _about_backups(path: Path, report: Report) -> None:
    newest = next(iter(backups.list_copies(path.absolute())), None)
    if newest is None:
        report.advice.append("There is no backup of this file yet.")
        return
    report.facts["last_backup"] = newest.made.isoformat(timespec="seconds")
    age = (datetime.now(UTC) - newest.made).days
    if age >= OLD_BACKUP_DAYS:
        day = show_day(newest.made.astimezone().date())
        report.advice.append(f"The last backup is {age} days old, of {day}.")
