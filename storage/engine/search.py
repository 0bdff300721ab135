"""One full-text index over every record, kept up to date inside each step."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from storage.engine.ddl import quoted
from storage.engine.fields import RECORDS, Field, Kind, Record
from storage.engine.query import match_words
from storage.engine.rows import rows_of

SLICE = 150
_WEIGHTS = "bm25(10.0, 1.0)"  # a word in the title weighs ten times one in the body
_WORDS = frozenset({Kind.TEXT, Kind.NOTE, Kind.CHOICE})


@dataclass(frozen=True, slots=True)
class Hit:
    """One record found."""

    table: str
    id: int
    title: str
    excerpt: str


def find(conn: sqlite3.Connection, words: str, *, limit: int = 30, tables: tuple[str, ...] = ()) -> list[Hit]:
    """Records that hold every word, by their beginnings, the best first."""
    match = match_words(words)
    if not match:
        return []
    kinds, among = "", ""
    if tables:
        kinds = "join document t on t.id = s.rowid"
        among = f"and t.tbl in ({', '.join('?' * len(tables))})"
    sql = f"""
        with best as (select s.rowid, s.rank as score from search s {kinds}
                      where s.search match ? and s.rank match '{_WEIGHTS}' {among} order by s.rank limit ?)
        select d.tbl, d.row, d.title, d.body from best b join document d on d.id = b.rowid order by b.score, d.id
    """
    found = conn.execute(sql, [match, *tables, limit]).fetchall()
    return [Hit(t, i, title, _excerpt(body, words)) for t, i, title, body in found]


def _excerpt(body: str, words: str) -> str:
    """The line of the body where the first word stands, or its beginning."""
    found = max(0, body.lower().find((words.lower().split() or [""])[0]))
    line = body.rfind("\n", 0, found) + 1
    start = line if found - line <= 40 else body.find(" ", found - 40, found) + 1 or found
    shown = " ".join(body[start : start + 160].partition("\n")[0].split())
    return f"… {shown}" if start > line else shown


def index(
    conn: sqlite3.Connection, touched: Mapping[str, set[int]], own: Mapping[str, list[Field]]
) -> Iterator[None]:
    """Bring the index in step with the touched rows, a slice at a time."""
    for table, ids in touched.items():
        cls = RECORDS.get(table)
        if cls is None or not cls.SEARCHED:
            continue
        every = sorted(ids)
        for start in range(0, len(every), SLICE):
            _index_slice(conn, cls, every[start : start + SLICE], own.get(table, []))
            yield


def _index_slice(conn: sqlite3.Connection, cls: type[Record], ids: list[int], own: list[Field]) -> None:
    given = json.dumps(ids)
    # What has no words takes most of the reading: a contract has a hundred fields and thirty with words.
    rows = rows_of(cls, (*rows_of(cls).searched, *cls.NAMED_BY, *(("own",) if own else ())))
    sql = (
        "select row, id, title, body from document where tbl = ? and row in (select value from json_each(?))"
    )
    held = {r[0]: r[1:] for r in conn.execute(sql, (cls.TABLE, given)).fetchall()}
    live: dict[int, tuple[str, str]] = {}
    for row in conn.execute(rows.by_ids, (given,)).fetchall():
        record = rows.make(row)
        if not record.binned:
            live[record.key] = document(record, own)
    stale = [(i, *held[i]) for i in ids if i in held and held[i][1:] != live.get(i)]
    _remove(conn, [s[1:] for s in stale])
    gone = {s[0] for s in stale}
    _add(conn, cls.TABLE, {i: d for i, d in live.items() if i not in held or i in gone})


def _remove(conn: sqlite3.Connection, stale: list[tuple[int, str, str]]) -> None:
    conn.executemany("insert into search(search, rowid, title, body) values('delete', ?, ?, ?)", stale)
    conn.executemany("delete from document where id = ?", [(s[0],) for s in stale])


def _add(conn: sqlite3.Connection, table: str, live: Mapping[int, tuple[str, str]]) -> None:
    next_id = conn.execute("select coalesce(max(id), 0) + 1 from document").fetchone()[0]
    made = [(next_id + n, table, i, *d) for n, (i, d) in enumerate(live.items())]
    conn.executemany("insert into document(id, tbl, row, title, body) values(?, ?, ?, ?, ?)", made)
    conn.executemany(
        "insert into search(rowid, title, body) values(?, ?, ?)", [(m[0], m[3], m[4]) for m in made]
    )


def document(record: Record, own: list[Field]) -> tuple[str, str]:
    """What is searched of one record: its name, and its words line by line."""
    held = record.__dict__
    lines = [str(held[name]) for name in rows_of(type(record)).searched if held[name]]
    lines += [str(v) for f in own if f.kind in _WORDS and (v := record.own.get(f.key))]
    return record.name, "\n".join(lines)


def rebuild(conn: sqlite3.Connection, own: Mapping[str, list[Field]]) -> None:
    """Make the whole index anew, after a migration or a repair."""
    conn.execute("insert into search(search) values('delete-all')")
    conn.execute("delete from document")
    every = {table: {r[0] for r in conn.execute(f"select id from {quoted(table)}")} for table in RECORDS}
    for _ in index(conn, every, own):
        pass
