"""SQL text made from the field descriptions: tables, indexes, history and seals."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from sqlite3 import complete_statement

from storage.engine.errors import SEALED
from storage.engine.fields import Field, Kind, Record

BASE = {"uuid": "TEXT", "binned": "TEXT", "own": "TEXT"}

ENGINE_TABLES = """
create table step(id integer primary key autoincrement, uuid text not null unique, at text not null,
  who text not null, label text not null, kind text not null, undoes integer references step,
  previous text not null, hash text not null) strict;
create index step_undoes on step(undoes) where undoes is not null;
create table change(id integer primary key autoincrement, step integer not null references step,
  tbl text not null, row integer not null, old text, new text) strict;
create index change_row on change(tbl, row);
create index change_step on change(step);
create table current_step(one integer primary key check(one = 1), step integer, kind text) strict;
insert into current_step values(1, null, null);
create table meta(name text primary key, value text not null) strict;
create table state(name text primary key, value text not null, at text not null) strict;
create table draft(name text primary key, value text not null, at text not null) strict;
create table document(id integer primary key, tbl text not null, row integer not null,
  title text not null, body text not null, unique(tbl, row)) strict;
create virtual table search using fts5(title, body, content='document', content_rowid='id',
  tokenize='unicode61 remove_diacritics 2', prefix='1 2 3');
"""


def typed_fields(cls: type[Record]) -> list[Field]:
    """The fields a person or an import fills, in order."""
    return [f for f in cls.FIELDS.values() if not f.derived and not f.from_today]


def derived_fields(cls: type[Record]) -> list[Field]:
    """The stored fields that rules work out."""
    return [f for f in cls.FIELDS.values() if f.derived]


def written_columns(cls: type[Record]) -> list[str]:
    """Every column that history watches, in the order rows are written."""
    return [*BASE, *(f.name for f in typed_fields(cls))]


def columns(cls: type[Record]) -> dict[str, str]:
    """Column name to its definition, the id left out."""
    made = {"uuid": "TEXT not null unique", "binned": "TEXT", "own": "TEXT"}
    for field in [*typed_fields(cls), *derived_fields(cls)]:
        refers = f" references {quoted(field.target)} deferrable initially deferred" if field.target else ""
        made[field.name] = field.sql_type + refers
    return made


def quoted(name: str) -> str:
    """A table or column name as SQL: only names from our own declarations come here, and still quoted."""
    return '"' + name.replace('"', '""') + '"'


def create_table(cls: type[Record]) -> str:
    """The table and the indexes of its links."""
    body = ", ".join(f"{quoted(n)} {t}" for n, t in columns(cls).items())
    made = f"create table {quoted(cls.TABLE)}(id integer primary key autoincrement, {body}) strict;\n"
    made += "".join(link_index(cls, f.name) for f in cls.FIELDS.values() if f.kind is Kind.LINK)
    return made + reading_indexes(cls)


def reading_indexes(cls: type[Record]) -> str:
    """Indexes for what is asked most: the usual list with its total, and who else has a reference.

    Their expressions are, word for word, those that `Questions` makes; only so does SQLite use them.
    """
    made, table = "", quoted(cls.TABLE)
    if cls.LISTING:
        first, *more = map(quoted, cls.LISTING)
        listed = ", ".join([f"{first} is null", first, "id", *more])
        name = quoted(f"{cls.TABLE}_listing")
        made += f"create index if not exists {name} on {table}({listed}) where binned is null;\n"
    for field in cls.FIELDS.values():
        if field.unique:
            name = quoted(f"{cls.TABLE}_{field.name}_same")
            made += f"create index if not exists {name} on {table}({same(quoted(field.name))});\n"
    return made


def same(value: str) -> str:
    """What two texts have in common that count as the same, capitals aside, as SQL."""
    return f"lower(coalesce({value}, ''))"


def link_index(cls: type[Record], name: str) -> str:
    """The index of one link, by which parts are found."""
    return f"create index {quoted(f'{cls.TABLE}_{name}')} on {quoted(cls.TABLE)}({quoted(name)});\n"


def _object(types: Mapping[str, str], side: str, when: str) -> str:
    """A JSON object of the columns, given with their types, for which `when` holds, as SQL.

    Put together by hand, because SQLite before 3.41 calls its JSON functions unsafe in a trigger while the
    schema is not trusted; in groups of ten, because SQLite limits how deep an expression may be.
    """
    pairs = [
        f"case when {when.format(quoted(n))} then ',\"{n}\":' || {_json(f'{side}.{quoted(n)}', held)} else '' end"
        for n, held in types.items()
    ]
    groups = [" || ".join(pairs[i : i + 10]) for i in range(0, len(pairs), 10)]
    return "'{' || substr(" + " || ".join(f"({g})" for g in groups) + ", 2) || '}'"


def _json(value: str, sql_type: str) -> str:
    """One value as JSON; rarer control characters stay raw and are accepted by `changed_values`."""
    if sql_type.startswith("INTEGER"):
        return f"coalesce({value}, 'null')"
    escaped = value
    for raw, written in (
        ("'\\'", "'\\\\'"),
        ("'\"'", "'\\\"'"),
        ("char(10)", "'\\n'"),
        ("char(13)", "'\\r'"),
        ("char(9)", "'\\t'"),
    ):
        escaped = f"replace({escaped}, {raw}, {written})"
    return f"coalesce('\"' || {escaped} || '\"', 'null')"


def changed_values(written: str) -> dict[str, object]:
    """The values a history trigger wrote."""
    return dict(json.loads(written, strict=False))


def history_triggers(table: str, types: Mapping[str, str]) -> str:
    """Triggers that write down what changed in columns, given with their types, and refuse a write outside a step."""
    step = "(select step from current_step)"
    guard = f"select raise(abort, 'a write outside a step') where {step} is null;"
    into = "insert into change(step, tbl, row, old, new)"
    watched = ", ".join(map(quoted, types))
    changed, on = "old.{0} is not new.{0}", quoted(table)
    return f"""
create trigger {quoted(table + "_ai")} after insert on {on} begin {guard}
  {into} values({step}, '{table}', new.id, null, {_object(types, "new", "new.{} is not null")}); end;
create trigger {quoted(table + "_ad")} after delete on {on} begin {guard}
  {into} values({step}, '{table}', old.id, {_object(types, "old", "old.{} is not null")}, null); end;
create trigger {quoted(table + "_au")} after update of {watched} on {on} begin {guard}
  {into} select {step}, '{table}', old.id, o, n from (select {_object(types, "old", changed)} o,
  {_object(types, "new", changed)} n) where o <> '{{}}'; end;
"""


def seal_triggers(cls: type[Record], watched: Iterable[str]) -> str:
    """Triggers that refuse to change what is issued or signed, whoever asks; only a reopening step may."""
    of = f" of {', '.join(map(quoted, watched))}"
    open_again = "(select kind from current_step) is not 'reopen'"
    made = ""
    if cls.SEALED_BY:
        words = (
            f"{SEALED}{cls.LABEL} is issued or signed and does not change. Reopen it first, with a reason."
        )
        test = f"old.{quoted(cls.SEALED_BY)} is not null and {open_again}"
        made += _refusing(cls, "update", of, test, words) + _refusing(cls, "delete", "", test, words)
    if cls.SEALED_WITH:
        link = cls.FIELDS[cls.SEALED_WITH]
        owner = _owner_seal(link)
        words = f"{SEALED}{cls.LABEL} belongs to something issued or signed and does not change. Reopen that first."
        before, after = f"old.{quoted(link.name)}", f"new.{quoted(link.name)}"
        for event, ends in (("insert", after), ("update", f"{before}, {after}"), ("delete", before)):
            test = f"exists(select 1 from {owner} and id in ({ends})) and {open_again}"
            made += _refusing(cls, event, of if event == "update" else "", test, words)
    return made


def _owner_seal(link: Field) -> str:
    from storage.engine.fields import RECORDS

    owner = RECORDS[link.target]
    return f"{quoted(link.target)} where {quoted(owner.SEALED_BY)} is not null"


def _refusing(cls: type[Record], event: str, of: str, test: str, words: str) -> str:
    name = quoted(f"{cls.TABLE}_seal_{event}_{'own' if test.startswith('old') else 'with'}")
    return (
        f"create trigger {name} before {event}{of} on {quoted(cls.TABLE)} when {test} "
        f"begin select raise(abort, '{words}'); end;\n"
    )


def triggers(cls: type[Record]) -> str:
    """All triggers of one record; dropped and made anew after each migration."""
    defined = columns(cls)
    written = {name: defined[name] for name in written_columns(cls)}
    return history_triggers(cls.TABLE, written) + seal_triggers(cls, written)


def schema(records: Iterable[type[Record]]) -> str:
    """The whole schema of a new file."""
    made = list(records)
    return ENGINE_TABLES + "".join(create_table(c) for c in made) + "".join(triggers(c) for c in made)


def statements(sql: str) -> list[str]:
    """The single statements of a script, so that they can run inside one transaction."""
    made, held = [], ""
    for line in sql.splitlines(keepends=True):
        held += line
        if complete_statement(held):
            made.append(held)
            held = ""
    return made
