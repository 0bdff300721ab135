"""Bringing a file of an earlier version up to date: named migrations, then whatever the declarations have more."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storage.engine import ddl, search
from storage.engine.derive import derive
from storage.engine.errors import NewerFile
from storage.engine.fields import RECORDS, Kind, Record
from storage.engine.file import OpenFile
from storage.engine.steps import MIGRATION
from storage.engine.store import Store

if TYPE_CHECKING:
    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations

VERSION = 4  # the schema this program writes; raised with every change to it
_SET = "desk"
_TABLE = "_sqlite_migrations"  # where sqlite-utils keeps the names of those applied


@dataclass(frozen=True, slots=True)
class Migration:
    """One change that a new field or a new record alone does not make, such as a column renamed.

    A name never changes once released, and migrations are only ever added at the end. Inside `run`, writes to
    records go through the history like any other; tables are not rebuilt, since that would lose their triggers.
    """

    name: str
    run: Callable[[Database], None]


MIGRATIONS: tuple[Migration, ...] = ()


def applied(conn: sqlite3.Connection) -> set[str]:
    """The names of the migrations a file has had."""
    if not conn.execute("select 1 from sqlite_master where name = ?", (_TABLE,)).fetchone():
        return set()
    return {r[0] for r in conn.execute(f"select name from {_TABLE} where migration_set = ?", (_SET,))}


def refuse_newer(conn: sqlite3.Connection, name: str) -> None:
    """Raise `NewerFile` when the file has had migrations this program does not know."""
    version = conn.execute("pragma user_version").fetchone()[0]
    if version > VERSION or applied(conn) - {m.name for m in MIGRATIONS}:
        raise newer(name)


def newer(name: str) -> NewerFile:
    """The error for a file of a later version."""
    return NewerFile(
        f"{name} was made by a newer version of Commissioning Desk, so this version does not write to it. "
        "Nothing was changed. Install the newer version, or open the file to read only."
    )


def behind(conn: sqlite3.Connection) -> bool:
    """Whether the file lacks something this program writes."""
    version = conn.execute("pragma user_version").fetchone()[0]
    return version < VERSION or bool(pending(conn)) or any(missing(conn, cls) for cls in RECORDS.values())


def pending(conn: sqlite3.Connection) -> list[Migration]:
    """The migrations a file has not had yet."""
    known = applied(conn)
    return [m for m in MIGRATIONS if m.name not in known]


def missing(conn: sqlite3.Connection, cls: type[Record]) -> list[str]:
    """The declared columns that the table of a record lacks; all of them when there is no table."""
    held = {r[1] for r in conn.execute(f"pragma table_info({ddl.quoted(cls.TABLE)})")}
    return [name for name in ddl.columns(cls) if name not in held]


def stamp(conn: sqlite3.Connection) -> None:
    """Mark a new file as having every migration, since it is made from the declarations as they are."""
    if MIGRATIONS:
        _set_of(()).ensure_migrations_table(_database(conn))
        for migration in MIGRATIONS:
            sql = f"insert into {_TABLE}(migration_set, name, applied_at) values(?, ?, datetime())"
            conn.execute(sql, (_SET, migration.name))
    conn.execute(f"pragma user_version = {VERSION}")


def upgrade(file: OpenFile, who: str) -> None:
    """Bring an open file up to date as one step, at which undo stops.

    Always run on a copy: an error leaves the copy half done, to be thrown away.
    """
    store = Store(file, who=who)
    with store.step("Bring the file up to date", MIGRATION):
        _set_of(pending(file.conn)).apply(_database(file.conn))
        sync(file.conn)
        everything = {table: _ids(file.conn, table) for table in RECORDS}
        for _ in derive(file.conn, everything, {}, store.today()):
            pass
        search.rebuild(file.conn, store.own_fields())
        file.conn.execute(f"pragma user_version = {VERSION}")


def _ids(conn: sqlite3.Connection, table: str) -> set[int]:
    return {r[0] for r in conn.execute(f"select id from {ddl.quoted(table)}")}


def sync(conn: sqlite3.Connection) -> None:
    """Add the tables and columns that declarations have more, and make every trigger anew."""
    for cls in RECORDS.values():
        if cls.LISTING:  # what it lists may be more than before
            conn.execute(f"drop index if exists {ddl.quoted(f'{cls.TABLE}_listing')}")
        lacking = missing(conn, cls)
        made = ddl.create_table(cls) if len(lacking) == len(ddl.columns(cls)) else _added(cls, lacking)
        for statement in ddl.statements(made + ddl.reading_indexes(cls)):
            conn.execute(statement)
    for (name,) in conn.execute("select name from sqlite_master where type = 'trigger'").fetchall():
        conn.execute(f"drop trigger {ddl.quoted(name)}")
    for cls in RECORDS.values():
        for statement in ddl.statements(ddl.triggers(cls)):
            conn.execute(statement)


def _added(cls: type[Record], lacking: list[str]) -> str:
    """The columns a table lacks, as SQL, with the indexes of its links."""
    table, defined = ddl.quoted(cls.TABLE), ddl.columns(cls)
    made = ""
    for name in lacking:
        made += f"alter table {table} add column {ddl.quoted(name)} {defined[name]};\n"
        if name in cls.FIELDS and cls.FIELDS[name].kind is Kind.LINK:
            made += ddl.link_index(cls, name)
    return made


def _set_of(migrations: Sequence[Migration]) -> Migrations:
    from sqlite_utils.migrations import Migrations

    named = Migrations(_SET)
    for migration in migrations:
        named(name=migration.name)(migration.run)
    return named


def _database(conn: sqlite3.Connection) -> Database:
    from sqlite_utils import Database

    return Database(conn, execute_plugins=False)
