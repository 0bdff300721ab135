"""Comparing records with their history: what every step did, put together, is what the record holds now."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from storage.engine.ddl import changed_values, quoted, written_columns
from storage.engine.fields import Record

SLICE = 500  # record numbers compared at once
Values = dict[str, object]


def unrecorded(conn: sqlite3.Connection, cls: type[Record]) -> Iterator[int]:
    """The numbers of records that hold, lack or have lost something of which the history says nothing.

    So a step that was taken out of the end of the history is found, which no hash can show, and a write made
    behind the history's back. Columns without a value are left out on both sides, as history leaves them out.
    """
    names = written_columns(cls)
    listed, table = ", ".join(map(quoted, ["id", *names])), quoted(cls.TABLE)
    sql = f"""select max(coalesce((select max(id) from {table}), 0),
              coalesce((select max(row) from change where tbl = ?), 0))"""
    last = conn.execute(sql, (cls.TABLE,)).fetchone()[0]
    for start in range(0, last, SLICE):
        between = (start, start + SLICE)
        told = _told(conn, cls.TABLE, between)
        for number, *values in conn.execute(
            f"select {listed} from {table} where id > ? and id <= ? order by id", between
        ):
            held = {n: v for n, v in zip(names, values, strict=True) if v is not None}
            recorded = told.pop(number, None)
            if recorded is None or {n: recorded.get(n) for n in names if recorded.get(n) is not None} != held:
                yield number
        yield from told


def _told(conn: sqlite3.Connection, table: str, between: tuple[int, int]) -> dict[int, Values]:
    """What the history says that some records of a table hold."""
    told: dict[int, Values] = {}
    sql = "select row, new from change where tbl = ? and row > ? and row <= ? order by id"
    for row, new in conn.execute(sql, (table, *between)):
        if new is None:
            told.pop(row, None)
        else:
            told.setdefault(row, {}).update(changed_values(new))
    return told
