"""A file that would run what this program did not write is foreign: only read, and never able to hang the program."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage.engine import connected, ddl
from storage.engine.errors import ForeignFile
from storage.engine.fields import RECORDS
from storage.engine.fingerprint import check_schema
from storage.engine.locking import Lock
from storage.engine.opening import open_store
from storage.engine.store import Store
from tests.storage.engine.library import Book

ENDLESS = "with recursive n(i) as (select 1 union all select i + 1 from n) select i from n"
HOSTILE = {
    "a trigger of its own": "create trigger more after insert on book begin delete from book; end",
    "a trigger altered": "drop trigger book_au; create trigger book_au after update on book begin select 1; end",
    "a trigger that is gone": "drop trigger book_ad",
    "a seal that is gone": "drop trigger edition_seal_update_own",
    "a view": "create view anything as select 1",
    "a view that never ends": f"create view anything as {ENDLESS}",
    "another search table": "create virtual table more using fts5(words)",
    "the search made to read elsewhere": "drop table search; create virtual table search using fts5(title, body, "
    "content='step', content_rowid='id')",
    "a trigger on the step itself": "create trigger s after update on current_step begin delete from step; end",
}


@pytest.fixture
def closed(store: Store, path: Path) -> Path:
    """A file with a book in it that is not open."""
    with store.step("Add"):
        store.save(Book(title="Emma"))
    store.close()
    return path


def alter(path: Path, statements: str) -> bytes:
    with closing(sqlite3.connect(path)) as conn:
        conn.executescript(statements)
    return path.read_bytes()


@pytest.mark.parametrize("statements", HOSTILE.values(), ids=HOSTILE)
def test_i11_what_would_run_and_is_not_ours_makes_a_file_foreign(closed: Path, statements: str) -> None:
    before = alter(closed, statements)
    with pytest.raises(ForeignFile, match="nothing in it was run"):
        open_store(closed)
    with closing(open_store(closed, read_only=True)) as reading:
        assert reading.get(Book, 1).title == "Emma"
    assert closed.read_bytes() == before and not Lock.path_for(closed).exists()


def test_i11_a_table_that_is_a_view_is_not_even_shown(closed: Path) -> None:
    alter(closed, f"drop table draft; create view draft as {ENDLESS}")
    for read_only in (False, True):
        with pytest.raises(ForeignFile):
            open_store(closed, read_only=read_only)


def test_i11_a_statement_that_never_ends_is_stopped(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connected, "LONGEST", 0.2)
    alter(closed, f"create view anything as {ENDLESS}")
    with closing(open_store(closed, read_only=True)) as reading:
        with pytest.raises(sqlite3.OperationalError, match="interrupted"):
            reading.conn.execute("select max(i) from anything").fetchone()
        assert reading.get(Book, 1).title == "Emma"


def test_a_table_more_is_nobodys_harm(closed: Path) -> None:
    alter(closed, "create table notes_of_mine(words); create index more on book(title)")
    open_store(closed).close()


def test_an_older_file_with_a_foreign_trigger_is_foreign_too(
    closed: Path,
) -> None:
    alter(closed, "alter table book drop column written_by")
    alter(closed, "create trigger more after insert on book begin select 1; end")
    with pytest.raises(ForeignFile, match="the trigger more"):
        open_store(closed)


def test_triggers_for_fewer_columns_are_ours_in_an_older_file(closed: Path) -> None:
    with closing(sqlite3.connect(closed)) as conn:
        for name, sql in conn.execute(
            "select name, sql from sqlite_master where type = 'trigger' and tbl_name = 'book'"
        ).fetchall():
            conn.execute(f"drop trigger {name}")
            conn.execute(_without_pages(sql))
        with pytest.raises(ForeignFile, match="book_a"):
            check_schema(conn, "books.desk")
        conn.execute("alter table book drop column pages")
        check_schema(conn, "books.desk")
        conn.commit()
    open_store(closed).close()


def _without_pages(sql: str) -> str:
    """The text of a history trigger as it was made before a book had pages."""
    types = {
        n: t for n, t in ddl.columns(RECORDS["book"]).items() if n in ddl.written_columns(RECORDS["book"])
    }
    del types["pages"]
    kind = sql.split('"')[1]
    return next(s for s in ddl.statements(ddl.history_triggers("book", types)) if f'"{kind}"' in s)
