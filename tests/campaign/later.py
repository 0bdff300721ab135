"""This process as a later version of the program, which brings files of this version up to date."""

import sqlite3
import sys
from pathlib import Path

from sqlite_utils import Database

from storage.engine import migrations
from storage.engine.fields import Kind, Record, derived, link, record, text
from storage.engine.migrations import Migration
from storage.engine.opening import open_store
from storage.engine.parts import Reads
from tests.campaign.frame import Figure
from tests.campaign.harness import answer
from tests.storage.engine.library import Book, Told, only_the_library

MARK = " (moved)"  # what the migration adds to the name of each shelf, once


def _move(database: Database) -> None:
    database.conn.execute("update shelf set title = title || ?", (MARK,))


def become_later() -> None:
    """From now on shelves have a room, a link and a worked-out value, and a migration has changed their names."""
    version = migrations.VERSION
    for name, module in list(sys.modules.items()):
        if name.startswith("storage.engine") and getattr(module, "VERSION", None) == version:
            setattr(module, "VERSION", version + 1)  # noqa: B010 - whatever module it is
    migrations.MIGRATIONS = (*migrations.MIGRATIONS, Migration("move the shelves", _move))

    @record("room", "Room", named_by=("title",))
    class Room(Record):
        """New in the later version."""

        title: str = text("Name")

    @record("shelf", "Shelf", "Shelves", named_by=("title",), reads=(Reads("books", "book", link="shelf"),))
    class Shelf(Record):
        """As before, and more."""

        title: str = text("Name", required=True)
        room: int | None = link("Room", "room")
        holds: int | None = derived(
            "Books", Kind.WHOLE, rule=lambda shelf, parts: Told(len(parts.of(Book, "books")), "")
        )


def shape(conn: sqlite3.Connection) -> tuple[bool, bool, bool]:
    """Three signs that a file is of the later version; they are all there or none is."""
    version = conn.execute("pragma user_version").fetchone()[0] > migrations.VERSION
    columns = {row[1] for row in conn.execute("pragma table_info(shelf)")}
    titles = [row[0] for row in conn.execute("select title from shelf")]
    assert all(title.count(MARK) == titles[0].count(MARK) <= 1 for title in titles)
    return version, "holds" in columns, MARK in titles[0]


def bring_up_to_date(path: str) -> dict[str, Figure]:
    """Open a file as the later version does; returns which version it is of then."""
    with only_the_library():
        become_later()
        open_store(Path(path), who="Ann").close()
    return {"version": migrations.VERSION}


if __name__ == "__main__":
    answer(bring_up_to_date)
