"""Taking something out of a file for good: rows, words, their history and their traces; done on a copy and checked."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import uuid
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from storage.engine import contents, disk, search
from storage.engine.backup.copying import copied, last_step
from storage.engine.connection import connect
from storage.engine.ddl import quoted
from storage.engine.derive import derive
from storage.engine.errors import UNREADABLE, FileInUse, StorageError, explain_os
from storage.engine.fields import RECORDS, Kind
from storage.engine.forget.spelling import Spelling
from storage.engine.forget.texts import STEP, Place, Rows, Texts
from storage.engine.locking import Held, Lock
from storage.engine.migrations import sync
from storage.engine.reading import own_fields_of
from storage.engine.replaying import unrecorded
from storage.engine.sealing import first_broken, seal_anew
from storage.engine.steps import FORGET, Progress, chain_head

EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Erasure:
    """What is to go: words wherever they stand, and whole rows with their history."""

    spelling: Spelling
    instead: str  # what stands where the words stood
    rows: Rows = field(default_factory=dict)
    keep: frozenset[Place] = frozenset()  # places that are left as they are


@dataclass(slots=True)
class Found:
    """What one place holds of the words."""

    now: int = 0  # texts
    former: int = 0  # texts of the history
    examples: list[str] = field(default_factory=list)  # a line each, as the file holds them


@dataclass(frozen=True, slots=True)
class Forgotten:
    """A file in which nothing is left, ready to take the place of the one it was made from."""

    path: Path
    former_head: str  # the hash of the last step of the file it was made from
    texts: int  # that were changed, those of the history too
    rows: int  # of records that were removed


def looking(image: bytes, erasure: Erasure) -> Generator[Progress, None, dict[Place, Found]]:
    """Where the words of an erasure stand in a file, given as its bytes; nothing is changed.

    The rows that will go are left out, since they go whole.
    """
    found: dict[Place, Found] = {}

    def noted(place: Place, text: str, former: bool) -> str:
        if erasure.spelling.within(text):
            held = found.setdefault(place, Found())
            held.now, held.former = held.now + (not former), held.former + former
            shown = erasure.spelling.excerpt(text)
            if len(held.examples) < EXAMPLES and shown not in held.examples:
                held.examples.append(shown)
        return text

    with _opened(image) as conn:
        _without_triggers(conn)
        _remove(conn, erasure.rows)
        yield from Texts(conn, noted, erasure.rows).rewriting()
    return found


def forgetting(
    image: bytes, erasure: Erasure, path: Path, *, who: str, label: str
) -> Generator[Progress, None, Forgotten]:
    """Write a file without what is to go, beside `path`, from the bytes of the file that lies there.

    The history is sealed anew and ends with a step that says so. The work is done in memory, so that nothing of
    what goes is written to the disk once more; what is written is looked over before this returns. Raises
    `StorageError` when it cannot be done; nothing is left behind then.
    """
    ready = disk.beside(path, "forgotten")
    try:
        with _opened(image) as conn:
            _refuse_altered(conn)
            former = last_step(conn)[1]
            counts = _counts(conn, erasure.rows)
            texts = yield from _forgetting(conn, erasure, who, label)
            copied(conn, ready)
        yield from _looking_over(ready, erasure, counts)
        shutil.copymode(path, ready)
        return Forgotten(ready, former, texts, sum(map(len, erasure.rows.values())))
    except OSError as error:
        ready.unlink(missing_ok=True)
        raise explain_os(error, f"write {path.name} anew") from error
    except (sqlite3.Error, *UNREADABLE) as error:
        ready.unlink(missing_ok=True)
        raise StorageError(
            f"Nothing was removed from {path.name} ({error}). The file is as it was."
        ) from error
    except BaseException:
        ready.unlink(missing_ok=True)
        raise


def put_in_place(path: Path, forgotten: Forgotten) -> None:
    """Let the file without what was to go take the place of the one that lies there, which is gone then.

    The file must be closed. Raises `StorageError` when it is open, or has changed since; it is then as it was.
    """
    lock = Lock.take(path)
    try:
        if isinstance(lock, Held):
            raise FileInUse(
                f"{path.name} is open in {lock.words}. Nothing was removed. Close it there first."
            )
        with closing(connect(path, "ro")) as conn:
            head = last_step(conn)[1]
        if head != forgotten.former_head or disk.side_files(path):
            raise StorageError(f"{path.name} was changed meanwhile, so nothing was removed. Try again.")
        forgotten.path.replace(path)
        disk.sync_folder(path.parent)
    except OSError as error:
        raise explain_os(error, f"replace {path.name}") from error
    finally:
        disk.discard(forgotten.path)
        if isinstance(lock, Lock):
            lock.drop()


@contextmanager
def _opened(image: bytes) -> Iterator[sqlite3.Connection]:
    """The file in memory, where nothing that is done to it reaches the disk."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as conn:
        conn.deserialize(image)
        conn.execute("pragma trusted_schema = off")
        conn.execute("pragma foreign_keys = on")
        conn.execute("begin immediate")
        yield conn
        if conn.in_transaction:
            conn.execute("rollback")


def _refuse_altered(conn: sqlite3.Connection) -> None:
    """Sealing anew would hide what somebody did to the history from outside."""
    if first_broken(conn) is not None or any(True for cls in RECORDS.values() for _ in unrecorded(conn, cls)):
        raise StorageError(
            "The history of this file was altered from outside, and forgetting somebody would hide that. Nothing "
            "was removed. See File → Check my file, and restore a copy first."
        )


def _forgetting(
    conn: sqlite3.Connection, erasure: Erasure, who: str, label: str
) -> Generator[Progress, None, int]:
    """Do the whole of it in the transaction that is open; how many texts were changed."""
    changed = 0

    def cleaned(place: Place, text: str, _former: bool) -> str:
        nonlocal changed
        if place in erasure.keep or not erasure.spelling.within(text):
            return text
        changed += 1
        return erasure.spelling.replaced(text, erasure.instead)

    _without_triggers(conn)
    _remove(conn, erasure.rows)
    yield from Texts(conn, cleaned, erasure.rows).rewriting()
    everything = {t: {r[0] for r in conn.execute(f"select id from {quoted(t)}")} for t in RECORDS}
    for _ in derive(conn, everything, {}, date.today()):
        yield Progress(0, 0, "Working out dates and totals")
    search.rebuild(conn, own_fields_of(conn))
    conn.execute(
        "insert into search(search) values('optimize')"
    )  # else removed words stay in its inner tables
    sync(conn)
    first = seal_anew(conn)
    again = f" The history was sealed anew from step {first} on." if first else ""
    _seal_step(conn, cleaned(Place(STEP, "who"), who, False), f"{label}.{again}")
    conn.execute("commit")
    return changed


def _without_triggers(conn: sqlite3.Connection) -> None:
    """Let rows be written without the history noting it, what is sealed included; `sync` puts the triggers back."""
    for (name,) in conn.execute("select name from sqlite_master where type = 'trigger'").fetchall():
        conn.execute(f"drop trigger {quoted(name)}")


def _remove(conn: sqlite3.Connection, rows: Rows) -> None:
    """Take rows out, with what the history and the drafts hold of them; links to them are emptied."""
    for table, ids in rows.items():
        linking = [
            (t, f.name) for t, cls in RECORDS.items() for f in cls.FIELDS.values()
            if f.kind is Kind.LINK and f.target == table
        ]  # fmt: skip
        for number in ids:
            for other, name in linking:
                conn.execute(
                    f"update {quoted(other)} set {quoted(name)} = null where {quoted(name)} = ?", (number,)
                )
            named = conn.execute(f"select uuid from {quoted(table)} where id = ?", (number,)).fetchone()
            if named:
                start = f"{table}/{named[0]}/"
                conn.execute("delete from draft where substr(name, 1, ?) = ?", (len(start), start))
            conn.execute("delete from change where tbl = ? and row = ?", (table, number))
            conn.execute(f"delete from {quoted(table)} where id = ?", (number,))


def _seal_step(conn: sqlite3.Connection, who: str, label: str) -> None:
    """The step that says what was done, without a word of what is gone."""
    at = datetime.now(UTC).isoformat(timespec="milliseconds")
    made: list[object] = [str(uuid.uuid4()), at, who, label, FORGET, None, last_step(conn)[1]]
    sealed = hashlib.sha256(chain_head(made).encode()).hexdigest()
    sql = "insert into step(uuid, at, who, label, kind, undoes, previous, hash) values(?,?,?,?,?,?,?,?)"
    conn.execute(sql, [*made, sealed])


def _counts(conn: sqlite3.Connection, gone: Rows) -> dict[str, int]:
    """How many rows each kind of record must have afterwards."""
    counted = {t: conn.execute(f"select count(*) from {quoted(t)}").fetchone()[0] for t in RECORDS}
    return {t: n - len(gone.get(t, ())) for t, n in counted.items()}


def _looking_over(ready: Path, erasure: Erasure, counts: Mapping[str, int]) -> Iterator[Progress]:
    """Raise `StorageError` unless the file is sound, whole, tells its history, and holds nothing of what was to go."""
    with closing(connect(ready, "ro")) as conn:
        wrong = contents.problems(conn) or contents.broken_links(conn)
        if wrong or first_broken(conn) is not None or _counts(conn, {}) != counts:
            raise _not_done("the new file is not sound")
        if any(True for cls in RECORDS.values() for _ in unrecorded(conn, cls)):
            raise _not_done("the new history does not tell what the records hold")
        image = conn.serialize()
    left = yield from looking(image, Erasure(erasure.spelling, ""))
    if left.keys() - erasure.keep:
        raise _not_done("something would have been left")


def _not_done(why: str) -> StorageError:
    return StorageError(f"Nothing was removed: {why}. The file is as it was. Please report this.")
