"""Every write is a step: one transaction, derived values and search included, sealed by a hash over its changes."""

from __future__ import annotations

import hashlib
import json
import logging
import sqlite3
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import NamedTuple

from storage.engine import search
from storage.engine.ddl import quoted
from storage.engine.derive import OldLinks, Touched, derive, linking_tables, old_links_of
from storage.engine.errors import ChangedOutside, StorageError, Unsettled
from storage.engine.fields import RECORDS, Field
from storage.engine.file import OpenFile

Write = tuple[str, Sequence[Sequence[object]]]  # a statement, and the rows it is run with
log = logging.getLogger(__name__)
EDIT, IMPORT, SEAL, REOPEN, UNDO, REDO, MIGRATION, FORGET = (
    "edit", "import", "seal", "reopen", "undo", "redo", "migration", "forget",
)  # fmt: skip
BARRIERS = (SEAL, REOPEN, MIGRATION, FORGET)  # undo stops here and says so
REPEATABLE = 1_000  # rows in a write, and writes in a step, beyond which it is not held to be made again
SLICE = 500  # change rows hashed between two turns of the event loop


@dataclass(frozen=True)
class Changes:
    """The rows one committed step touched, and who asked for it."""

    label: str
    rows: Mapping[str, frozenset[int]] = field(default_factory=dict)
    origin: object = None
    saved: bool = True  # False for what another program wrote

    def touches(self, *tables: str) -> bool:
        """Whether any of the tables has a changed row."""
        return any(t in self.rows for t in tables)

    def ids(self, table: str) -> frozenset[int]:
        """The changed rows of one table."""
        return self.rows.get(table, frozenset())


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a long write is."""

    done: int
    total: int
    doing: str
    rest: bool = False  # the next piece may be a large one: a window has its turn before it
    saved: bool = False  # what was written stands: the rest tells of it, and cannot be cancelled


class _Made(NamedTuple):
    """What a step is written down with; the same when it has to be made again."""

    uuid: str
    at: str
    who: str
    label: str
    kind: str
    undoes: int | None


@dataclass
class _Open:
    number: int
    made: _Made
    head: str  # what the hash begins with
    kept: bool  # even when no record changed
    seen: int  # rows written on the connection so far, as far as this step knows
    writes: list[Write] | None = field(default_factory=list)  # to make it again; None when that cannot be
    touched: Touched = field(default_factory=dict)


class Steps:
    """Opens, finishes and commits steps, and tells listeners once they are saved."""

    def __init__(
        self,
        file: OpenFile,
        who: str,
        own: Callable[[], Mapping[str, list[Field]]],
        today: Callable[[], date] = date.today,
    ) -> None:
        self.file = file
        self.who = who
        self._today = today
        self._own = own
        self._open: _Open | None = None
        self.listeners: list[Callable[[Changes], None]] = []

    @property
    def busy(self) -> bool:
        """True while a step is open, for example between two slices of an import, or while the disk is waited for."""
        return self._open is not None or self.file.patience.waiting

    def begin(self, label: str, kind: str, undoes: int | None = None) -> int:
        """Take the write lock and open a step; raises `StorageError` when that cannot be."""
        if self.busy:
            running = f"“{self._open.made.label}”" if self._open else "The change before"
            raise StorageError(f"{running} is still running. Wait for it to finish, or cancel it.")
        self.file.check_before_writing()
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        whole = label.encode("utf-8", "replace").decode("utf-8")  # half a character cannot be stored
        made = _Made(str(uuid.uuid4()), at, self.who, whole, kind, undoes)
        try:
            self._open = self._opened(made)
        except sqlite3.Error as error:
            if not self._made_room(error):
                raise self.file.explained(error) from error
            self._open = self._opened(made)
        return self._open.number

    def _opened(self, made: _Made) -> _Open:
        """Take the lock and write the step down."""
        run = self.file.conn.execute
        try:
            self.file.begin()
            self.file.check_alone()
            previous = run("select hash from step order by id desc limit 1").fetchone()
            row = [*made, previous[0] if previous else ""]
            sql = "insert into step(uuid, at, who, label, kind, undoes, previous, hash) values(?,?,?,?,?,?,?,'')"
            number = run(sql, row).lastrowid or 0
            run("update current_step set step = ?, kind = ?", (number, made.kind))
        except ChangedOutside:
            self.file.abandon()
            self.read_again()
            raise
        except BaseException:
            self.file.abandon()
            raise
        seen = self.file.conn.total_changes
        return _Open(number, made, chain_head(row), kept=made.kind == MIGRATION, seen=seen)

    def read_again(self) -> None:
        """Another program wrote to the file: accept what it holds, and tell everybody to read it anew."""
        self.file.accept_change()
        self.show_again("Changed by another program")

    def show_again(self, label: str = "") -> None:
        """Tell everybody that any row may look different now, although no step of ours was saved."""
        found = {t: self.file.conn.execute(f"select id from {quoted(t)}").fetchall() for t in RECORDS}
        rows = {table: frozenset(r[0] for r in ids) for table, ids in found.items()}
        self._tell(Changes(label, rows, saved=False))

    def write(self, sql: str, rows: Sequence[Sequence[object]]) -> int:
        """Run one statement for each row inside the open step; returns how many rows it touched.

        On a full disk the step is made once more from its beginning, with the room that was kept for that.
        """
        try:
            return self._written(self._now(), sql, rows)
        except sqlite3.OperationalError as error:
            return self._written(self._again(error), sql, rows)

    def _written(self, step: _Open, sql: str, rows: Sequence[Sequence[object]]) -> int:
        conn = self.file.conn
        if conn.total_changes != step.seen or max(len(rows), len(step.writes or ())) > REPEATABLE:
            step.writes = None  # something was written past this, or it is too much to hold
        touched = conn.executemany(sql, rows).rowcount
        step.seen = conn.total_changes
        if step.writes is not None:
            step.writes.append((sql, rows))
        return touched

    def _again(self, error: sqlite3.Error) -> _Open:
        """After a full disk: begin the open step anew and write what it had written; otherwise raises the error."""
        before = self._now()
        if not self._made_room(error) or before.writes is None:
            raise error
        self.file.abandon()
        self._open = self._opened(before.made)
        for sql, rows in before.writes:
            self._written(self._open, sql, rows)
        return self._open

    def _made_room(self, error: sqlite3.Error) -> bool:
        full = (getattr(error, "sqlite_errorname", "") or "").startswith("SQLITE_FULL")
        return full and self.file.make_room()

    def saving(self, origin: object = None) -> Iterator[Progress]:
        """Finish the open step, a slice at a time, save it and tell the listeners, each in a turn of its own.

        A step that changed nothing leaves no trace, a migration excepted. Raises `sqlite3.Error`, or
        `StorageError` when the file is not ours to write to any more; the step is then still to be abandoned.
        """
        if self.file.conn.total_changes != (step := self._now()).seen:
            step.writes = None  # something was written past `write`
        try:
            yield from self.finish()
            yield Progress(0, 0, "Saving", rest=True)
            self._commit()
        except sqlite3.Error as error:
            step = self._again(error)
            yield from self.finish()
            self._commit()
        try:
            yield Progress(0, 0, "Saved", rest=True, saved=True)
        finally:  # whoever takes no more turns is told all the same
            self._open = None
            if step.touched:
                rows = {t: frozenset(i) for t, i in step.touched.items()}
                self._tell(Changes(step.made.label, rows, origin))

    def finish(self) -> Iterator[Progress]:
        """Derive, index and hash what the open step wrote, a slice at a time."""
        step = self._now()
        touched: Touched = {}
        old_links: OldLinks = {}
        digest = hashlib.sha256(step.head.encode())
        for count in self._hashed(step, touched, old_links, digest):
            yield Progress(count, count, "Recording the history")
        self.file.conn.execute("update step set hash = ? where id = ?", (digest.hexdigest(), step.number))
        step.touched = touched
        for written in derive(self.file.conn, touched, old_links, self._today()):
            for table, ids in written.items():
                touched.setdefault(table, set()).update(ids)
            yield Progress(0, 0, "Working out dates and totals")
        for _ in search.index(self.file.conn, touched, self._own()):
            yield Progress(0, 0, "Updating the search")

    def _hashed(
        self, step: _Open, touched: Touched, old_links: OldLinks, digest: hashlib._Hash
    ) -> Iterator[int]:
        """Read the step's changes in order: which rows, where they pointed before, and the hash over them all."""
        linking, last, count = linking_tables(), 0, 0
        sql = f"select id, tbl, row, old, new from change where step = ? and id > ? order by id limit {SLICE}"
        while rows := self.file.conn.execute(sql, (step.number, last)).fetchall():
            for _, table, row, old, new in rows:
                digest.update(chain_link(table, row, old, new))
                touched.setdefault(table, set()).add(row)
                if old is not None and table in linking:
                    old_links_of(table, old, old_links)
            last, count = rows[-1][0], count + len(rows)
            yield count

    def _commit(self) -> None:
        step = self._now()
        run = self.file.conn.execute
        self.file.check_before_writing()  # again, since long work leaves time to move the file
        if not step.touched and not step.kept:
            run("delete from step where id = ?", (step.number,))
        run("update current_step set step = null, kind = null")
        try:
            self.file.commit()
        except sqlite3.Error as error:
            self._settle_failed_commit(step.made, error)

    def _settle_failed_commit(self, step: _Made, error: sqlite3.Error) -> None:
        """SQLite can report an error although the step is saved: only the file knows, so ask it."""
        try:
            saved = self.file.was_saved(step.uuid)
        except (sqlite3.Error, StorageError) as second:
            raise Unsettled(
                f"The disk failed while “{step.label}” was being saved, and {self.file.path.name} cannot be read to "
                f"see whether it was. {self.file.kept()}Open the file again and look."
            ) from second
        if not saved:
            raise error
        log.warning("the disk reported an error after a step that was saved")

    def abandon(self) -> None:
        """Roll the open step back; nobody is told."""
        self._open = None
        self.file.abandon()

    def _now(self) -> _Open:
        if self._open is None:
            raise RuntimeError("no step is open")
        return self._open

    def _tell(self, changes: Changes) -> None:
        for listener in list(self.listeners):
            try:
                listener(changes)
            except Exception:
                log.exception("a view failed to refresh; the change itself is saved")


def chain_head(made: Sequence[object]) -> str:
    """The part of a step that its hash begins with: the previous hash first."""
    step, at, who, label, kind, undoes, previous = made
    return json.dumps([previous, step, at, who, label, kind, undoes], ensure_ascii=False)


_LINK = json.JSONEncoder(ensure_ascii=False).encode  # made once: an import seals thousands of changes


def chain_link(table: str, row: int, old: str | None, new: str | None) -> bytes:
    """One change as bytes that cannot be mistaken for another."""
    return _LINK([table, row, old, new]).encode()
