"""Somebody else's file is read as bytes, by plain reading alone: nothing in it runs, and nothing outside is reached."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest

from storage.engine.foreign import foreign_rows
from storage.engine.foreign.foreign_rows import answer

COLUMNS = {"book": ["id", "title", "price"], "shelf": ["id", "title"]}
REFUSED = r"not authorized|no such function|prohibited|authorization denied"
ENDLESS = (
    "with recursive n(i) as (select 1 union all select i + 1 from n) select i id, 'x' title, 1 price from n"
)


@pytest.fixture
def made(tmp_path: Path) -> Callable[[str], bytes]:
    """The bytes of a database made by a script."""

    def make(script: str) -> bytes:
        path = tmp_path / "foreign.db"
        with closing(sqlite3.connect(path)) as conn:
            conn.create_function("ours", 1, lambda words: words, deterministic=True)
            conn.executescript(script)
        return path.read_bytes()

    return make


def told(data: bytes) -> list[dict[str, object]]:
    out = BytesIO()
    answer(bytearray(data), COLUMNS, out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_known_columns_of_known_tables_come(made: Callable[[str], bytes]) -> None:
    data = made(
        "create table book(id, title, secret); create table other(id, title);"
        "insert into book values(1, 'Emma', 'x'), (2, x'00ff', 2.5); insert into other values(1, 'y')"
    )
    assert told(data) == [
        {"table": "book", "row": {"id": 1, "title": "Emma"}},
        {"table": "book", "row": {"id": 2, "title": {"bytes": 2}}},
        {"end": True},
    ]


@pytest.mark.parametrize(
    "script",
    [
        f"create view book as {ENDLESS}",
        "create view book as select 1 id, ours('x') title, 2 price",
        "create virtual table book using fts5(id, title, price)",
        "create table book(other)",
        "create table book(id generated always as (ours(1)) virtual, title)",
    ],
)
def test_i11_what_is_no_plain_table_is_passed_over(made: Callable[[str], bytes], script: str) -> None:
    assert told(made(script)) == [{"end": True}]


def test_i11_worked_out_columns_indexes_checks_and_triggers_run_nothing(made: Callable[[str], bytes]) -> None:
    data = made(
        "create table book(id, title text check(ours(title) <> ''), price as (ours(title)) virtual);"
        "create index i on book(ours(title)); insert into book(id, title) values(1, 'Emma');"
        "create trigger t after insert on book begin select ours(new.title); end"
    )
    assert told(data)[0] == {"table": "book", "row": {"id": 1, "title": "Emma"}}


@pytest.mark.parametrize(
    "statement",
    [
        "select abs(1)",
        "select load_extension('x')",
        "select readfile('x')",
        "attach 'other.db' as other",
        "pragma writable_schema = on",
        "insert into book values(2, 'x')",
        "delete from book",
        "create table more(x)",
        "vacuum into 'x.db'",
    ],
)
def test_i11_no_function_is_called_and_nothing_written(made: Callable[[str], bytes], statement: str) -> None:
    conn = foreign_rows._opened(made("create table book(id, title)"))
    with closing(conn), pytest.raises(sqlite3.DatabaseError, match=REFUSED):
        conn.execute(statement)


def test_i11_reading_that_does_not_end_is_ended(
    made: Callable[[str], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(foreign_rows, "MOST_SECONDS", foreign_rows._SPARE)
    conn = foreign_rows._opened(made("create table book(id, title)"))
    with closing(conn), pytest.raises(sqlite3.OperationalError, match="interrupted"):
        conn.execute(ENDLESS).fetchall()


def test_a_file_that_had_a_log_beside_it_is_read_alone(made: Callable[[str], bytes]) -> None:
    data = bytearray(made("create table book(id, title); insert into book values(1, 'Emma')"))
    data[18:20] = b"\2\2"
    assert told(bytes(data))[0] == {"table": "book", "row": {"id": 1, "title": "Emma"}}


def test_a_damaged_part_is_told_and_the_rest_comes(made: Callable[[str], bytes]) -> None:
    rows = ", ".join(f"({n}, '{'x' * 500}')" for n in range(100))
    data = bytearray(
        made(f"create table shelf(id, title); insert into shelf values(1, 'A'); create table book(id, title);"
             f"insert into book values{rows}")
    )  # fmt: skip
    data[6 * 4096 : 7 * 4096] = b"\xff" * 4096
    lines = told(bytes(data))
    assert {"table": "book", "broken": "DatabaseError"} in lines and lines[-1] == {"end": True}
    assert {"table": "shelf", "row": {"id": 1, "title": "A"}} in lines


@pytest.mark.parametrize("data", [b"", b"SQLite format 3\0" + bytes(84), b"nonsense" * 600])
def test_what_is_no_database_is_said(data: bytes) -> None:
    assert told(data)[-1].keys() & {"unreadable", "end"}


def test_more_than_any_file_holds_is_refused(
    made: Callable[[str], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(foreign_rows, "MOST_ROWS", 1)
    data = made("create table book(id, title); insert into book values(1, 'a'), (2, 'b')")
    assert told(data)[-1] == {"too_much": True}
