"""The file as it was at the end of a past day, rebuilt from its history on a copy; the file itself is only read.

What audit and freedom-of-information requests ask for. Everything changed since is put back as it was, later steps
are left out, and dates and totals are worked out as on that day.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from storage.engine import ddl, search
from storage.engine.ddl import changed_values, quoted
from storage.engine.derive import derive
from storage.engine.errors import StorageError, explain
from storage.engine.fields import RECORDS
from storage.engine.file import OpenFile
from storage.engine.migrations import sync
from storage.engine.reading import own_fields_of
from storage.engine.steps import Progress
from storage.engine.values import show_day

SLICE = 500  # changes read between two turns of the event loop
Row = tuple[str, int]


def rebuild(copy: Path, day: date) -> Generator[Progress, None, None]:
    """Turn a copy of a file into the file as it was at the end of `day`, by the clock of this machine.

    Raises `StorageError` when the history does not reach back that far, or the copy cannot be worked on.
    """
    try:
        with closing(OpenFile(copy)) as file:
            conn = file.conn
            last = _last_step(conn, day)
            _without_triggers(conn)
            conn.execute("begin immediate")
            former = yield from _former(conn, last)
            _put_back(conn, former)
            conn.execute("delete from change where step > ?", (last,))
            conn.execute("delete from step where id > ?", (last,))
            for table in ("draft", "state"):
                conn.execute(f"delete from {table}")
            everything = {t: {r[0] for r in conn.execute(f"select id from {quoted(t)}")} for t in RECORDS}
            for _ in derive(conn, everything, {}, day):
                yield Progress(0, 0, "Working out dates and totals")
            search.rebuild(conn, own_fields_of(conn))
            sync(conn)
            conn.execute("commit")
    except sqlite3.Error as error:
        raise explain(error, copy) from error


def _last_step(conn: sqlite3.Connection, day: date) -> int:
    """The last step of a day or before it. Steps count by their order, so a clock put back hides none of them."""
    after = (
        datetime.combine(day + timedelta(days=1), time()).astimezone(UTC).isoformat(timespec="milliseconds")
    )
    found = conn.execute("select max(id) from step where at < ?", (after,)).fetchone()[0]
    if found is None:
        first = conn.execute("select min(at) from step").fetchone()[0]
        begins = datetime.fromisoformat(first).astimezone().date() if first else None
        since = f"It was begun on {show_day(begins)}" if begins else "Nothing has been recorded in it yet"
        raise StorageError(
            f"This file says nothing about {show_day(day)}. {since}. Nothing was changed. Choose a later day."
        )
    return int(found)


def _without_triggers(conn: sqlite3.Connection) -> None:
    """Let rows of the copy be written without the history noting it; `sync` puts the triggers back."""
    for (name,) in conn.execute("select name from sqlite_master where type = 'trigger'").fetchall():
        conn.execute(f"drop trigger {quoted(name)}")


def _former(
    conn: sqlite3.Connection, last: int
) -> Generator[Progress, None, dict[Row, dict[str, object] | None]]:
    """What every row changed since a step held then; None for a row that was not there."""
    total = conn.execute("select count(*) from change where step > ?", (last,)).fetchone()[0]
    former: dict[Row, dict[str, object] | None] = {}
    before, done = 1 << 62, 0
    sql = "select id, tbl, row, old from change where step > ? and id < ? order by id desc limit ?"
    while rows := conn.execute(sql, (last, before, SLICE)).fetchall():
        for _, table, row, old in rows:
            held = former.get((table, row))
            former[table, row] = None if old is None else (held or {}) | changed_values(old)
        before, done = rows[-1][0], done + len(rows)
        yield Progress(done, total, "Going back through the history")
    return former


def _put_back(conn: sqlite3.Connection, former: dict[Row, dict[str, object] | None]) -> None:
    for (table, row), held in former.items():
        if table not in RECORDS:
            continue
        names = [n for n in ddl.written_columns(RECORDS[table]) if held is not None and n in held]
        values = [held[n] for n in names] if held is not None else []
        there = conn.execute(f"select 1 from {quoted(table)} where id = ?", (row,)).fetchone()
        if held is None:
            conn.execute(f"delete from {quoted(table)} where id = ?", (row,))
        elif not there:
            listed, marks = ", ".join(map(quoted, ["id", *names])), ", ".join("?" * (len(names) + 1))
            conn.execute(f"insert into {quoted(table)}({listed}) values({marks})", [row, *values])
        elif names:
            sets = ", ".join(f"{quoted(n)} = ?" for n in names)
            conn.execute(f"update {quoted(table)} set {sets} where id = ?", [*values, row])
