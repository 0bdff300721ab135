"""Reading a damaged file row by row through SQLite, passing over what it cannot read."""

from __future__ import annotations

import sqlite3
from itertools import pairwise
from time import monotonic

from storage.engine.ddl import quoted
from storage.engine.errors import UNREADABLE
from storage.engine.repair.pages import Doubtful, legible
from storage.engine.repair.scavenging import Rescued, Row

SLICE = 500  # rows asked for at once
_FAILURES = 2_000  # rows of a table that may fail one after another before the rest of it is given up
_SECONDS = 20.0  # for a whole file
_TURNS = 20_000  # steps of SQLite's machine between two looks at the clock
_FAILS = (sqlite3.Error, *UNREADABLE)


def by_key(conn: sqlite3.Connection) -> Rescued:
    """Every row that SQLite can read, by its number. Never raises over damage; what is unreadable is left out."""
    found = Rescued()
    until = monotonic() + _SECONDS
    conn.text_factory = legible
    conn.set_progress_handler(lambda: int(monotonic() > until), _TURNS)
    try:
        for table in _tables(conn):
            reading = _Reading(conn, table, until)
            found.tables[table] = reading.rows()
            found.failed |= reading.failed
    finally:
        conn.set_progress_handler(None, 0)
        conn.text_factory = str
    return found


def _tables(conn: sqlite3.Connection) -> list[str]:
    """The tables that hold something of their own; the search's are made anew."""
    sql = """select name from sqlite_master
             where type = 'table' and name <> 'search' and name not like 'search!_%' escape '!'"""
    try:
        return [name for (name,) in conn.execute(sql).fetchall() if isinstance(name, str)]
    except _FAILS:
        return []


class _Reading:
    """One table while it is read."""

    def __init__(self, conn: sqlite3.Connection, table: str, until: float) -> None:
        self._conn = conn
        self._until = until
        self.failed = False
        self._names: list[str] = []
        try:
            told = [r[1] for r in conn.execute(f"pragma table_info({quoted(table)})").fetchall()]
        except _FAILS:
            told = []
        if not told or any(isinstance(name, Doubtful) for name in told):
            self.failed = True
            return
        self._names = told
        listed = ", ".join(map(quoted, told))
        self._sql = f"select rowid, {listed} from {quoted(table)} where rowid > ? order by rowid limit ?"
        self._one = f"select rowid, {listed} from {quoted(table)} where rowid = ?"

    def rows(self) -> dict[int, Row]:
        """The rows that can be read, by number."""
        found: dict[int, Row] = {}
        last = failed = 0
        while self._names and failed < _FAILURES and monotonic() < self._until:
            some = self._next(last)
            if some is None:
                self.failed = True
                some = self._singly(last)
                failed = failed + SLICE if not some else 0
                last += SLICE
            elif not some:
                break
            else:
                last, failed = some[-1][0], 0
            found |= {r[0]: dict(zip(self._names, r[1:], strict=True)) for r in some}
        return found

    def _next(self, last: int) -> list[tuple[int, ...]] | None:
        """The rows that follow a number; None where they cannot be read, or where the tree has lost their order.

        Wiped places then read as empty rows of number nought, and the same rows would come again and again.
        """
        try:
            some: list[tuple[int, ...]] = self._conn.execute(self._sql, (last, SLICE)).fetchall()
        except _FAILS:
            return None
        numbers = [last, *(r[0] for r in some)]
        return some if all(a < b for a, b in pairwise(numbers)) else None

    def _singly(self, last: int) -> list[tuple[int, ...]]:
        """The rows that follow a number, each asked for by itself."""
        found = []
        for number in range(last + 1, last + SLICE + 1):
            try:
                found += self._conn.execute(self._one, (number,)).fetchall()
            except _FAILS:
                continue
        return found
