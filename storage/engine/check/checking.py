"""Checking a whole file: damage, which must not be, and advice, which a person may act on."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from pathlib import Path

from storage.engine import contents
from storage.engine.check import checking_copies, checking_place, checking_records
from storage.engine.check.checking_records import SUMS, many
from storage.engine.check.report import Looked, Outcome, Remedy, Report
from storage.engine.ddl import schema
from storage.engine.errors import UNREADABLE, DamagedFile
from storage.engine.fields import RECORDS
from storage.engine.file_header import read_header
from storage.engine.history import History
from storage.engine.migrations import VERSION
from storage.engine.opening import open_store
from storage.engine.replaying import unrecorded
from storage.engine.steps import Progress
from storage.engine.store import Store

PAGES, PARTS, LINKS, VALUES = "Pages and indexes", "Tables and triggers", "Links", "Values"
HISTORY, SEARCH = "History", "Search"
_UNREADABLE = (*UNREADABLE, ValueError, TypeError, KeyError, AttributeError, RecursionError)
_Look = tuple[
    str, str, Callable[[Store], list[str]]
]  # what it is called, the words for all well, how to look


def check(path: Path) -> Report:
    """Check a file at once, without changing it, whether it is open elsewhere or not.

    Raises `NotADeskFile`, or `StorageError` when there is no such file or the disk does not let it be read.
    """
    return contents.finished(checking(path))


def checking(path: Path, snapshot: Path | None = None) -> Generator[Progress, None, Report]:
    """As `check`, a step at a time; what the file holds is read from a snapshot of it where there is one."""
    report = Report(facts={"file": str(path.absolute())})
    yield Progress(0, len(_LOOKS) + 3, "Opening the file")
    try:
        with closing(open_store(snapshot or path, read_only=True)) as store:
            _facts(path, store, report)
            yield from _inside(store, report)
            checking_place.look(path, store.conn, report, is_open=snapshot is not None)
    except DamagedFile as error:
        report.enter(PAGES, "", [str(error)])
    except (sqlite3.Error, *_UNREADABLE) as error:
        report.enter(PAGES, "", [f"{path.name} is damaged: part of it cannot be read ({error})."])
    seen = {looked.what for looked in report.looked}
    unseen = [what for what in (*(look[0] for look in _LOOKS), SUMS) if what not in seen]
    report.looked += [Looked(what, Outcome.UNSEEN, "The damage above comes first.") for what in unseen]
    yield Progress(len(_LOOKS) + 1, len(_LOOKS) + 3, "Checking the backups")
    yield from checking_copies.look(path, report)
    return report


def _facts(path: Path, store: Store, report: Report) -> None:
    header, run = read_header(path), store.conn.execute
    report.facts |= {"bytes": header.size, "version": header.version}
    if header.pages and header.size > header.pages * header.page_size:
        words = (
            f"Something was written behind the end of {path.name}. It is not used, and a copy leaves it out."
        )
        report.advise("End of the file", words, Remedy.MOVE)
    report.facts["steps"], first = run("select count(*), min(at) from step").fetchone()
    if first:
        report.facts["made"] = first
    report.facts["records"] = contents.records(store.conn)


def _inside(store: Store, report: Report) -> Iterator[Progress]:
    for number, (what, good, look) in enumerate(_LOOKS, 1):
        yield Progress(number, len(_LOOKS) + 3, f"Checking: {what.lower()}")
        if not report.enter(what, good, look(store)) and what in (PAGES, LINKS, VALUES):
            return  # what follows would only repeat it
    if report.damage:
        return
    for cls in RECORDS.values():
        yield Progress(len(_LOOKS), len(_LOOKS) + 3, f"Checking: {cls.PLURAL.lower()}")
        checking_records.look(store, cls, report)
    stale = [looked for looked in report.looked if looked.what == SUMS]
    if not stale:
        report.looked.append(Looked(SUMS, Outcome.GOOD, "Each agrees with the rule it is worked out by"))


def _pages(store: Store) -> list[str]:
    return [
        f"Part of the file cannot be read as it was written. SQLite says: {p}"
        for p in contents.problems(store.conn)
    ]


def _links(store: Store) -> list[str]:
    return contents.broken_links(store.conn)


def _parts_missing(store: Store) -> list[str]:
    """Tables and triggers that every file of this version has; without them history has gaps."""
    if store.conn.execute("pragma user_version").fetchone()[0] != VERSION:
        return []
    sql = "select type, name from sqlite_master where type in ('table', 'trigger') order by type, name"
    with closing(sqlite3.connect(":memory:")) as memory:
        memory.executescript(schema(RECORDS.values()))
        wanted = memory.execute(sql).fetchall()
    held = set(store.conn.execute(sql).fetchall())
    return [f"The {sort} {name} of the file is missing." for sort, name in wanted if (sort, name) not in held]


def _history(store: Store) -> list[str]:
    step = History(store).first_broken()
    if step is not None:
        return [
            f"The history was altered from outside: step {step.id}, “{step.label}”, is not as it was recorded."
        ]
    return [
        f"{many(cls, count)}: the history does not tell how they came to be as they are. "
        "A step was taken out of it, or they were changed from outside."
        for cls in RECORDS.values()
        if (count := sum(1 for _ in unrecorded(store.conn, cls)))
    ]


def _search(store: Store) -> list[str]:
    """Ask the search index to check itself against the documents, in memory since that counts as writing."""
    memory = sqlite3.connect(":memory:", isolation_level=None)
    with closing(memory):
        memory.deserialize(store.conn.serialize())
        try:
            memory.execute("insert into search(search, rank) values('integrity-check', 1)")
        except sqlite3.DatabaseError as error:
            return [f"The search index is damaged ({error}). No record is affected."]
    return checking_records.unsearched(store)


_LOOKS: tuple[_Look, ...] = (
    (PAGES, "Every page of the file and every index was read and agrees", _pages),
    (PARTS, "All that a file of this version has is there", _parts_missing),
    (LINKS, "Every link leads to a record that is there", _links),
    (VALUES, "Every date, amount and choice can be read", checking_records.unreadable),
    (HISTORY, "No step was altered or taken out, and every record is as its steps left it", _history),
    (SEARCH, "The index agrees with the records", _search),
)
