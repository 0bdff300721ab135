"""Every write is a step: one transaction, derived values and search included, sealed by a hash over its changes."""

from __future__ import annotations

import hashlib
import json
import logging
import sqlite3
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from storage.engine import search
from storage.engine.derive import OldLinks, Touched, derive, linking_tables, old_links_of
from storage.engine.errors import StorageError, explain
from storage.engine.fields import Field
from storage.engine.file import OpenFile

log = logging.getLogger(__name__)
EDIT, IMPORT, SEAL, REOPEN, UNDO, REDO, MIGRATION, FORGET = (
    "edit", "import", "seal", "reopen", "undo", "redo", "migration", "forget",
)  # fmt: skip
BARRIERS = (SEAL, REOPEN, MIGRATION, FORGET)  # undo stops here and says so
SLICE = 500  # change rows hashed between two turns of the event loop


@dataclass(frozen=True)
class Changes:
    """The rows one committed step touched, and who asked for it."""

    label: str
    rows: Mapping[str, frozenset[int]] = field(default_factory=dict)
    origin: object = None

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


@dataclass
class _Open:
    number: int
    uuid: str
    label: str
    head: str  # what the hash begins with
    kept: bool  # even when no record changed
    touched: Touched = field(default_factory=dict)


class Steps:
    """Opens, finishes and commits steps, and tells listeners once they are saved."""

    def __init__(self, file: OpenFile, who: str, own: Callable[[], Mapping[str, list[Field]]]) -> None:
        self.file = file
        self.who = who
        self._own = own
        self._open: _Open | None = None
        self.listeners: list[Callable[[Changes], None]] = []

    @property
    def busy(self) -> bool:
        """True while a step is open, for example between two slices of an import."""
        return self._open is not None

    def begin(self, label: str, kind: str, undoes: int | None = None) -> int:
        """Take the write lock and open a step; raises `StorageError` when that cannot be."""
        if self._open:
            raise StorageError(f"“{self._open.label}” is still running. Wait for it to finish, or cancel it.")
        self.file.check_before_writing()
        run = self.file.conn.execute
        try:
            run("begin immediate")
            self.file.check_alone()
            previous = run("select hash from step order by id desc limit 1").fetchone()
            at = datetime.now(UTC).isoformat(timespec="milliseconds")
            made = [str(uuid.uuid4()), at, self.who, label, kind, undoes, previous[0] if previous else ""]
            sql = "insert into step(uuid, at, who, label, kind, undoes, previous, hash) values(?,?,?,?,?,?,?,'')"
            number = run(sql, made).lastrowid or 0
            run("update current_step set step = ?, kind = ?", (number, kind))
        except sqlite3.Error as error:
            self.file.abandon()
            raise explain(error, self.file.path) from error
        except StorageError:
            self.file.abandon()
            raise
        self._open = _Open(number, str(made[0]), label, chain_head(made), kept=kind == MIGRATION)
        return number

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
        for written in derive(self.file.conn, touched.copy(), old_links):
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

    def commit(self, origin: object = None) -> Changes | None:
        """Save the step and tell the listeners; a step that changed nothing leaves no trace, a migration excepted."""
        step = self._now()
        run = self.file.conn.execute
        try:
            self.file.check_before_writing()  # again, since long work leaves time to move the file
            if not step.touched and not step.kept:
                run("delete from step where id = ?", (step.number,))
            run("update current_step set step = null, kind = null")
            run("commit")
        except StorageError:
            self.abandon()
            raise
        except sqlite3.Error as error:
            self._settle_failed_commit(step, error)
        self._open = None
        if not step.touched:
            return None
        changes = Changes(step.label, {t: frozenset(i) for t, i in step.touched.items()}, origin)
        self._tell(changes)
        return changes

    def _settle_failed_commit(self, step: _Open, error: sqlite3.Error) -> None:
        """SQLite can report an error although the step is saved: only the file knows, so ask it."""
        self._open = None
        try:
            saved = self.file.was_saved(step.uuid)
        except (sqlite3.Error, StorageError) as second:
            raise StorageError(
                f"The disk failed while “{step.label}” was being saved, and {self.file.path.name} cannot be read to "
                "see whether it was. Nothing saved earlier is affected. Open the file again and look."
            ) from second
        if not saved:
            raise explain(error, self.file.path) from error
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


def chain_head(made: list[object]) -> str:
    """The part of a step that its hash begins with: the previous hash first."""
    step, at, who, label, kind, undoes, previous = made
    return json.dumps([previous, step, at, who, label, kind, undoes], ensure_ascii=False)


def chain_link(table: str, row: int, old: str | None, new: str | None) -> bytes:
    """One change as bytes that cannot be mistaken for another."""
    return json.dumps([table, row, old, new], ensure_ascii=False).encode()
