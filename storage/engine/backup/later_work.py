"""The work a file holds that a copy of it does not: how much there is, and doing it again after going back."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from storage.engine import contents, ddl, disk
from storage.engine.backup.backups import Copy
from storage.engine.connection import connect
from storage.engine.errors import UNREADABLE, StorageError
from storage.engine.merge.joining import joining
from storage.engine.merge.later import NotRelated
from storage.engine.merge.merging import Outcome, replaying
from storage.engine.migrations import VERSION
from storage.engine.opening import open_store
from storage.engine.repair.by_key import by_key
from storage.engine.repair.past import past_of
from storage.engine.repair.scavenging import Rescued, scavenge
from storage.engine.values import show_day

_FAILS = (sqlite3.Error, *UNREADABLE, StorageError)
_TABLES = ("meta", "step", "change")
NOTHING = "Nothing had been changed after it."
LABEL = "Do again what was changed after the copy of {}"


def read(path: Path) -> Rescued:
    """Everything a file still holds, damaged or not: as SQLite reads it, and from pages it no longer finds.

    Raises `OSError` when the disk does not let it be read. The file is never written to, nor what lies beside it.
    """
    with tempfile.TemporaryDirectory(prefix="commissioning-desk-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / path.name
        for source in [path, *disk.side_files(path)]:
            disk.copy(source, copy.with_name(source.name))
        found = Rescued()
        try:
            with closing(connect(copy)) as conn:  # a change that was cut off is rolled back on the copy
                found = by_key(conn)
        except _FAILS:
            pass  # SQLite cannot open it at all
        found.fill(scavenge(copy))
        return found


def hashes(path: Path) -> list[str]:
    """The hashes of the steps of a file, in order, as far as they follow one another; none for a file that is gone."""
    try:
        steps = past_of(read(path)).steps
    except OSError:
        return []
    found = [step.hash for step in steps]
    for n, step in enumerate(steps[1:], 1):
        if step.previous != found[n - 1]:
            return found[:n]
    return found


def later_than(copy: Copy, known: Sequence[str]) -> int | None:
    """How many steps follow the last one of a copy; None when the copy is of another line of work."""
    if not copy.head:
        return len(known)
    return len(known) - known.index(copy.head) - 1 if copy.head in known else None


def history_of(rescued: Rescued) -> sqlite3.Connection:
    """The rescued history as a database in memory, for `joining` to read."""
    memory = sqlite3.connect(":memory:", isolation_level=None)
    for statement in ddl.statements(ddl.ENGINE_TABLES):
        memory.execute(statement)
    memory.execute(f"pragma user_version = {VERSION}")
    for table in _TABLES:
        for row in rescued.rows(table).values():
            names, marks = ", ".join(map(ddl.quoted, row)), ", ".join("?" * len(row))
            try:
                memory.execute(f"insert into {table}({names}) values({marks})", list(row.values()))
            except sqlite3.Error:
                continue  # a row of which a value cannot be read; its step is then not whole
    return memory


def done_again(path: Path, replaced: Path, copy: Copy) -> str:
    """Do again in a restored file what the one it replaced holds beyond the copy; says in words what was done.

    Only whole steps whose hash proves them are taken, up to the first that is not. Never raises over what the
    replaced file holds: the restored file is then as the copy was, and the words say why.
    """
    outcome = Outcome()
    try:
        rescued = read(replaced)
        if not rescued.rows("step"):
            return "Whether anything was changed after it could not be read from the file that was replaced."
        with closing(history_of(rescued)) as theirs, closing(open_store(path)) as store:
            joined = contents.finished(joining(store, theirs))
            if not joined.later.steps:
                return "Nothing was changed after it that could be read." if joined.later.left else NOTHING
            when = copy.made.astimezone()
            label = LABEL.format(f"{show_day(when.date())} {when:%H:%M}")
            for _ in replaying(joined, label, outcome):
                pass
            return _words(len(joined.later.steps), joined.later.left, outcome)
    except NotRelated:
        return "What was changed after it is of another line of work and was not done again."
    except (OSError, sqlite3.Error, StorageError) as error:
        return f"What was changed after it could not be done again ({error})."


def _words(steps: int, left: int, outcome: Outcome) -> str:
    done = f"{steps:,} later {'change was' if steps == 1 else 'changes were'} done again."
    if left:
        done += f" {left:,} could not be read and {'was' if left == 1 else 'were'} not."
    if outcome.left:
        names = "; ".join(f"{difference.name}: {why}" for difference, why in outcome.left[:3])
        done += f" Not taken: {names}"
    return done
