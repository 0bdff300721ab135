"""Whether a file would run only what this program wrote: triggers and search tables are known, or it is foreign."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator

from storage.engine import ddl
from storage.engine.errors import ForeignFile
from storage.engine.fields import RECORDS
from storage.engine.migrations import behind, refuse_newer

_RUNS = """select type, name, tbl_name, coalesce(sql, '') from sqlite_master where type = 'trigger'
           or sql like 'create virtual%' order by type, name"""
_WRITTEN = re.compile(r',"([a-z][a-z0-9_]*)":')  # a column as a history trigger names it
_LISTED = re.compile(r'"([a-z][a-z0-9_]*)"')  # and as any other trigger does
_BEGINS = re.compile(r"create (virtual table|trigger) ", re.IGNORECASE)
_TABLES = re.compile(r"create (?:virtual )?table (\w+)")  # as our own schema makes them
_TABLE = re.compile(r"[a-z][a-z0-9_]*")


def check_schema(conn: sqlite3.Connection, name: str) -> None:
    """Raise `ForeignFile` when the file would run something this program did not write, `NewerFile` when it is newer.

    Nothing but SQLite's own list is read before views are ruled out, since any table may be one that never ends.
    In an older file, triggers made for fewer or other columns are ours too, as long as they are word for word
    what this program makes for the columns they name.
    """
    views = conn.execute("select name from sqlite_master where type = 'view' order by name").fetchall()
    if views:
        raise foreign(name, f"the view {str(views[0][0])[:60]}")
    refuse_newer(conn, name)
    strange = next(_strange(conn, older=behind(conn)), "")
    if strange:
        raise foreign(name, strange)


def foreign(name: str, what: str) -> ForeignFile:
    """The error for a file that another program or person made or altered."""
    return ForeignFile(
        f"{name} holds something this program does not make ({what}), so it may come from somebody who means "
        "harm, or another program altered it. Nothing was changed and nothing in it was run. It can be opened "
        "to read only, and its records can be copied into a fresh file."
    )


def refuse_hidden(conn: sqlite3.Connection, name: str) -> None:
    """Raise `ForeignFile` when a table that is shown is none, but a view."""
    shown = {*RECORDS, *_TABLES.findall(ddl.ENGINE_TABLES)}
    for (held,) in conn.execute("select name from sqlite_master where type = 'view' order by name"):
        if held in shown:
            raise ForeignFile(
                f"{name} keeps {held} not as records but as something that is worked out each time, which this program "
                "never makes and does not run. Nothing was changed. Ask whoever sent it for a file of their own."
            )


def _strange(conn: sqlite3.Connection, *, older: bool) -> Iterator[str]:
    """What runs in the file and is not ours, or is ours and is not there, in words."""
    ours = _ours()
    held = set()
    for sort, name, table, sql in (
        map(str, row) for row in conn.execute(_RUNS)
    ):  # damage makes bytes of them
        held.add(name)
        text = _plain(sql)
        if ours.get(name) != text and not (older and sort == "trigger" and _made_earlier(conn, table, text)):
            yield f"the {'search table' if sort == 'table' else sort} {name[:60]}"
    if not older:
        yield from (f"it lacks the part {name}" for name in ours if name not in held)


def _ours() -> dict[str, str]:
    """The triggers and search tables of this version, by name."""
    made = [s for s in ddl.statements(ddl.ENGINE_TABLES) if s.startswith("create virtual")]
    made += [t for cls in RECORDS.values() for t in ddl.statements(ddl.triggers(cls))]
    return {text.split(maxsplit=1)[0].strip('"'): text for text in map(_plain, made)}


def _plain(sql: str) -> str:
    """The text of a statement without the words it begins with, whose capitals SQLite changes."""
    return _BEGINS.sub("", sql.strip().removesuffix(";"), count=1)


def _made_earlier(conn: sqlite3.Connection, table: str, text: str) -> bool:
    """Whether a trigger is what this program makes for a table of the columns that the trigger names."""
    if not _TABLE.fullmatch(table):
        return False
    types = {r[1]: r[2] for r in conn.execute("select * from pragma_table_info(?)", (table,))}
    named = list(dict.fromkeys(_WRITTEN.findall(text)))
    listed = _LISTED.findall(text.partition(" of ")[2].partition(" on ")[0])
    columns = {name: types[name] for name in named or listed if name in types}
    made = ddl.history_triggers(table, columns)
    if table in RECORDS:
        made += ddl.seal_triggers(RECORDS[table], columns)
    return text in map(_plain, ddl.statements(made))
