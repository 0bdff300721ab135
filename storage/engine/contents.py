"""What a whole file holds, counted and digested, to compare one file with its copy."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Generator, Mapping, Sequence
from typing import TypeVar, cast

from storage.engine.ddl import quoted
from storage.engine.fields import RECORDS
from storage.engine.steps import Progress

SLICE = 2_000  # rows digested between two turns of the event loop
T = TypeVar("T")
Columns = Mapping[str, Sequence[str]]  # table to its columns


def columns(conn: sqlite3.Connection) -> dict[str, list[str]]:
    """The tables that hold something of their own, with their columns; the search's inner tables are left out."""
    sql = """select m.name, c.name from sqlite_master m, pragma_table_info(m.name) c
             where m.type = 'table' and m.name not like 'sqlite!_%' escape '!'
               and m.name <> 'search' and m.name not like 'search!_%' escape '!' order by m.name, c.cid"""
    found: dict[str, list[str]] = {}
    for table, column in conn.execute(sql):
        found.setdefault(table, []).append(column)
    return found


def rows(conn: sqlite3.Connection, tables: Columns) -> dict[str, int]:
    """How many rows each table has."""
    return {t: conn.execute(f"select count(*) from {quoted(t)}").fetchone()[0] for t in tables}


def records(conn: sqlite3.Connection) -> dict[str, int]:
    """How many records of each kind are in use, the bin left out; kinds that have none are left out."""
    held = {t for t in columns(conn) if t in RECORDS}
    sql = "select count(*) from {} where binned is null"
    counted = {t: conn.execute(sql.format(quoted(t))).fetchone()[0] for t in RECORDS if t in held}
    return {t: n for t, n in counted.items() if n}


def digesting(conn: sqlite3.Connection, tables: Columns) -> Generator[Progress, None, str]:
    """Hash every value of the columns named, a slice at a time; returns the digest as hex.

    What a file notes about being open is left out, since it differs between a file and its copy.
    """
    digest = hashlib.sha256()
    done = 0
    for table, names in tables.items():
        listed = ", ".join(map(quoted, names))
        which = " where name not in ('session', 'clean')" if table == "meta" else ""
        found = conn.execute(f"select {listed} from {quoted(table)}{which} order by rowid")
        digest.update(table.encode())
        while some := found.fetchmany(SLICE):
            for row in some:
                digest.update(repr(row).encode())
            done += len(some)
            yield Progress(done, done, "Checking what is in it")
    return digest.hexdigest()


def finished(work: Generator[Progress, None, T]) -> T:
    """Do the whole of some sliced work at once, and return what it returns."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            return cast("T", end.value)


def problems(conn: sqlite3.Connection, *, quick: bool = False) -> list[str]:
    """What SQLite finds wrong inside a file, in its own words; empty when it is whole."""
    found = [
        str(r[0]) for r in conn.execute("pragma quick_check(1)" if quick else "pragma integrity_check(20)")
    ]
    return [] if found == ["ok"] else found


def broken_links(conn: sqlite3.Connection) -> list[str]:
    """Links to rows that are not in the file."""
    found = conn.execute("pragma foreign_key_check").fetchall()
    return [f"{table} {row} links to a {target} that is not there" for table, row, target, _ in found]
