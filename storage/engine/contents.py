"""What a whole file holds, counted and digested, to compare one file with its copy."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Generator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar, cast

from storage.engine.connection import attaching_allowed
from storage.engine.ddl import quoted
from storage.engine.fields import RECORDS
from storage.engine.steps import Progress

_NOTED = "name not in ('session', 'clean')"  # the rest of `meta` is the same in a file and its copy
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
        which = f" where {_NOTED}" if table == "meta" else ""
        found = conn.execute(f"select {listed} from {quoted(table)}{which} order by rowid")
        digest.update(table.encode())
        while some := found.fetchmany(SLICE):
            for row in some:
                digest.update(repr(row).encode())
            done += len(some)
            yield Progress(done, done, "Checking what is in it")
    return digest.hexdigest()


def same(conn: sqlite3.Connection, path: Path, tables: Columns) -> bool:
    """Whether another file, by its path, holds the same tables with the same rows and values as this connection.

    SQLite compares, so that no other thread has to wait. What a file notes about being open is left out.
    """
    with attaching_allowed(conn):
        conn.execute("attach ? as copy", (str(path.absolute()),))
    try:
        return columns(conn) == tables and all(
            _same_rows(conn, table, names) for table, names in tables.items()
        )
    finally:
        conn.execute("detach copy")


def _same_rows(conn: sqlite3.Connection, table: str, names: Sequence[str]) -> bool:
    """Whether a table holds the same in both files, by its key; one without a number for a key is small."""
    which = f" where {_NOTED}" if table == "meta" else ""
    here, there = (f"{schema}.{quoted(table)}" for schema in ("main", "copy"))
    count = f"(select count(*) from {here}{which}) = (select count(*) from {there}{which})"
    if key := _number_key(conn, table):
        differs = " or ".join(f"a.{quoted(n)} is not b.{quoted(n)} collate binary" for n in names)
        pairs = f"{here} a left join {there} b on b.{key} = a.{key}"
        sql = f"select {count} and not exists(select 1 from {pairs} where b.{key} is null or {differs})"
    else:
        listed = ", ".join(f"{quoted(n)} collate binary" for n in names)
        mine, theirs = (f"select {listed} from {which_one}{which}" for which_one in (here, there))
        sql = f"select {count} and not exists({mine} except {theirs})"
    return bool(conn.execute(sql).fetchone()[0])


def _number_key(conn: sqlite3.Connection, table: str) -> str:
    """The column by which SQLite itself numbers the rows of a table, quoted; empty when there is none."""
    sql = "select name from pragma_table_info(?) where pk = 1 and upper(type) = 'INTEGER'"
    sql += " and (select count(*) from pragma_table_info(?) where pk > 0) = 1"
    found = conn.execute(sql, (table, table)).fetchone()
    return quoted(found[0]) if found else ""


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
