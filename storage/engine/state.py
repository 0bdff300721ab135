"""What a file remembers outside its history: window state, drafts of what is being typed, which file it is."""

from __future__ import annotations

import json
import logging
import sqlite3
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime

from storage.engine.errors import DamagedFile, StorageError
from storage.engine.store import Store
from storage.engine.values_plain import storable

log = logging.getLogger(__name__)
Json = object  # what JSON can hold
_DRAFT, _STATE = "draft", "state"


def file_uuid(conn: sqlite3.Connection) -> str:
    """The identity of a file, which its copies share. Raises `DamagedFile` when it has none."""
    found = conn.execute("select value from meta where name = 'file_uuid'").fetchone()
    try:
        return str(uuid.UUID(str(found[0])))
    except (TypeError, ValueError):
        raise DamagedFile(
            "The file no longer says which file it is, so its backups cannot be told. Nothing was changed. "
            "Use File → Restore to go back to a checked copy."
        ) from None


class State:
    """Small things kept beside the records, each in a transaction of its own.

    They are never worth an error: while a step is open, or the file cannot be written to, they stay in memory
    and are written with the next one that can be.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: dict[tuple[str, str], str | None] = {}  # None: to be dropped

    @property
    def file_uuid(self) -> str:
        """The identity of the open file."""
        return file_uuid(self._store.conn)

    def remember(self, name: str, value: Json) -> None:
        """Keep a value, such as the width of a column, under a name."""
        self._put(_STATE, name, json.dumps(value, ensure_ascii=False))

    def recall(self, name: str, default: Json = None) -> Json:
        """The value kept under a name, or the default when there is none that can be read."""
        held = self._held(_STATE).get(name)
        try:
            return default if held is None else json.loads(held)
        except (ValueError, RecursionError):  # the file may be somebody else's
            return default

    def draft(self, name: str, text: str) -> None:
        """Keep what is being typed, so that a power cut loses at most the last seconds."""
        self._put(_DRAFT, name, text)

    def drafts(self) -> dict[str, str]:
        """What was typed and not yet saved, by name."""
        return {name: text for name, text in self._held(_DRAFT).items() if text is not None}

    def drop_draft(self, name: str) -> None:
        """Forget a draft, once its text is saved or given up; one that was never kept costs no write."""
        if self._held(_DRAFT).get(name) is not None:
            self._put(_DRAFT, name, None)

    def flush(self) -> bool:
        """Write what waits; False while that cannot be."""
        if not self._waiting:
            return True
        if self._store.steps.busy or self._store.file.read_only:
            return False
        writing = self._waiting.copy()
        try:
            self._write(writing)
        except (sqlite3.Error, StorageError) as error:
            log.warning("drafts and window state are kept in memory for now: %s", type(error).__name__)
            return False
        for which, text in writing.items():  # more may have come while the disk was waited for
            if self._waiting.get(which) == text:
                del self._waiting[which]
        return not self._waiting

    def _put(self, table: str, name: str, text: str | None) -> None:
        self._waiting[table, name] = None if text is None else storable(text)
        self.flush()

    def _held(self, table: str) -> dict[str, str | None]:
        found: dict[str, str | None] = dict(self._store.ask(f"select name, value from {table}"))
        waiting = {name: text for (kind, name), text in self._waiting.items() if kind == table}
        return found | waiting

    def _write(self, writing: Mapping[tuple[str, str], str | None]) -> None:
        file, now = self._store.file, datetime.now(UTC).isoformat(timespec="seconds")
        file.check_before_writing()
        run = file.conn.execute
        try:
            run("begin immediate")
            file.check_alone()
            for (table, name), text in writing.items():
                if text is None:
                    run(f"delete from {table} where name = ?", (name,))
                else:
                    run(f"insert or replace into {table}(name, value, at) values(?, ?, ?)", (name, text, now))
            file.commit()
        except (sqlite3.Error, StorageError):
            file.abandon()
            raise
