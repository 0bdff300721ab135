"""The schema: strict tables without constraints on what people type, and triggers that write history."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.engine import ddl
from storage.engine.fields import RECORDS
from storage.engine.store import Store
from tests.storage.engine.library import Book

SAME_FILE = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
texts = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30
) | st.sampled_from(['a"b', "a\\b", "\\u0041", "\x1f", "\u2028", "{}", "'", "line\r\nline\ttab", "\x7f"])


def test_every_table_is_strict(store: Store) -> None:
    found = store.conn.execute(
        "select name, strict from pragma_table_list where schema = 'main' and type = 'table'"
    )
    loose = [name for name, strict in found if not strict and not name.startswith("sqlite_")]
    assert loose == []


@pytest.mark.parametrize("table", ["book", "author", "edition"])
def test_nothing_people_type_is_a_constraint(store: Store, table: str) -> None:
    columns = store.conn.execute(f"select name, \"notnull\" from pragma_table_info('{table}')").fetchall()
    assert {name for name, needed in columns if needed} == {"uuid"}
    assert set(ddl.columns(RECORDS[table])) == {name for name, _ in columns} - {"id"}


def test_words_that_depend_on_today_have_no_column() -> None:
    assert "age" not in ddl.columns(Book) and "due" in ddl.columns(Book)
    assert "due" not in ddl.written_columns(Book)


@SAME_FILE
@given(texts, texts)
def test_history_holds_exactly_what_was_written(store: Store, title: str, notes: str) -> None:
    with store.step("Add"):
        book = store.save(Book(title=title, notes=notes, price=-5, own={"k": title}))
    sql = "select old, new from change where tbl = 'book' order by id desc limit 1"
    old, new = store.conn.execute(sql).fetchone()
    wanted = {"uuid": book.uuid, "own": json.dumps({"k": title}, ensure_ascii=False), "price": -5}
    wanted |= {name: text for name, text in (("title", title), ("notes", notes)) if text}
    assert old is None and ddl.changed_values(new) == wanted
    with store.step("Change"):
        store.save(Book(id=book.id, uuid=book.uuid, title=title, notes=notes + "!", own=book.own))
    old, new = store.conn.execute(sql).fetchone()
    assert ddl.changed_values(old) == {"notes": notes or None, "price": -5}
    assert ddl.changed_values(new) == {"notes": notes + "!", "price": None}


def test_a_script_is_cut_into_its_statements() -> None:
    first = "create table a(b);\n"
    second = "create trigger t after insert on a begin\n select 1; end;\n"
    assert ddl.statements(first + second + "insert into a values(';');\n") == [
        first,
        second,
        "insert into a values(';');\n",
    ]


def test_names_are_quoted() -> None:
    assert ddl.quoted('a"b') == '"a""b"'
