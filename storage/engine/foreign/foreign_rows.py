"""The separate program that reads somebody else's file: only known tables and columns, and nothing in it is run.

It is given the bytes of the file, never the file, and answers in JSON lines. What a hostile file does to it
ends with it.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Iterator, Mapping, Sequence
from time import monotonic
from typing import BinaryIO

from storage.engine.errors import UNREADABLE
from storage.engine.foreign.child_guard import (
    MOST_SECONDS,
    OUT_OF_MEMORY,
    answer_alone,
    forbid_files_and_network,
    limit_resources,
)

MOST_ROWS = 1_000_000
MOST_TEXT = 400_000_000  # characters in all
_SPARE = 10  # seconds that remain to answer in, once reading was stopped
_EVERY = 10_000  # steps of SQLite's machine between two looks at the clock
_VERSIONS = slice(18, 20)  # of the header: 1 for a rollback journal, 2 for a log beside the file
_SETTINGS = ("trusted_schema=off", "cell_size_check=on", "mmap_size=0", "query_only=on", "temp_store=memory")
_ALLOWED = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE})
_ASKED = frozenset({"table_xinfo"})
_TABLE = "select sql from sqlite_master where type = 'table' and name = ?"

Put = dict[str, object]


def main() -> int:
    """Read a request line and a database from the input, and write its rows. Returns the exit code."""
    limit_resources()
    request = json.loads(sys.stdin.buffer.readline())
    data = bytearray(sys.stdin.buffer.read())
    forbid_files_and_network()
    try:
        with answer_alone() as out:
            answer(data, request["tables"], out)
    except MemoryError:
        return OUT_OF_MEMORY
    return 0


def answer(data: bytearray, tables: Mapping[str, Sequence[str]], out: BinaryIO) -> None:
    """Write the rows of the tables named, of each the columns named that are there, and an end mark."""
    if data[_VERSIONS] == b"\2\2":
        data[_VERSIONS] = b"\1\1"  # there is no log beside bytes
    try:
        conn = _opened(bytes(data))
    except (sqlite3.Error, *UNREADABLE) as error:
        _put(out, {"unreadable": type(error).__name__})
        return
    rows = text = 0
    for table, names in tables.items():
        try:
            for row in _rows(conn, table, names):
                rows, text = rows + 1, text + sum(len(v) for v in row.values() if isinstance(v, str))
                if rows > MOST_ROWS or text > MOST_TEXT:
                    _put(out, {"too_much": True})
                    return
                _put(out, {"table": table, "row": row})
        except (sqlite3.Error, *UNREADABLE) as error:
            _put(out, {"table": table, "broken": type(error).__name__})
    conn.close()
    _put(out, {"end": True})


def _opened(data: bytes) -> sqlite3.Connection:
    """The database in memory: it may be read, and calls no function."""
    conn = sqlite3.connect(":memory:", isolation_level=None)
    conn.deserialize(data)
    for setting in _SETTINGS:
        conn.execute(f"pragma {setting}")
    conn.text_factory = _text
    deadline = monotonic() + MOST_SECONDS - _SPARE
    conn.set_progress_handler(lambda: monotonic() > deadline, _EVERY)
    conn.set_authorizer(_authorised)
    return conn


def _authorised(action: int, first: str | None, *_: str | None) -> int:
    """Plain reading only: a statement that would call a function or write is refused before it runs."""
    if action in _ALLOWED or (action == sqlite3.SQLITE_PRAGMA and first in _ASKED):
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY


def _text(held: bytes) -> str:
    return held.decode("utf-8", "replace")


def _rows(conn: sqlite3.Connection, table: str, names: Sequence[str]) -> Iterator[dict[str, object]]:
    """The rows of a real table, never of a view; columns that are worked out are left out."""
    found = conn.execute(_TABLE, (table,)).fetchone()
    if found is None or not str(found[0]).lstrip().lower().startswith("create table"):
        return
    quoted = f'"{table}"'
    there = {str(row[1]) for row in conn.execute(f"pragma table_xinfo({quoted})") if row[6] == 0}
    wanted = [name for name in names if name in there]
    if "id" not in wanted:
        return
    columns = ", ".join(f'"{name}"' for name in wanted)
    for row in conn.execute(f"select {columns} from {quoted}"):
        yield {name: _plain(value) for name, value in zip(wanted, row, strict=True)}


def _plain(value: object) -> object:
    """A value as JSON can carry it; bytes, which none of our columns holds, as a sign that there were some."""
    return {"bytes": len(value)} if isinstance(value, bytes) else value


def _put(out: BinaryIO, line: Put) -> None:
    out.write(json.dumps(line).encode() + b"\n")


if __name__ == "__main__":
    sys.exit(main())
