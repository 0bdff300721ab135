"""The store: records read and written, every write inside a step."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TypeVar

from storage.engine.errors import StorageError
from storage.engine.fields import Field, Kind, Record, Value
from storage.engine.file import OpenFile
from storage.engine.reading import Reader
from storage.engine.rows import altered, rows_of
from storage.engine.steps import EDIT, Progress, Steps

R = TypeVar("R", bound=Record)
_OWN_VALUE = Field("Own value", Kind.TEXT)  # to_sql looks at the value, not at the kind


class Store(Reader):
    """One open file. Reading never blocks; writing takes a step."""

    def __init__(self, file: OpenFile, *, who: str = "", today: Callable[[], date] = date.today) -> None:
        super().__init__(file, today)
        self.steps = Steps(file, who, self.own_fields, today)

    def close(self) -> None:
        """Close the file."""
        self.file.close()

    @contextmanager
    def step(self, label: str, kind: str = EDIT, *, origin: object = None) -> Iterator[int]:
        """Group writes into one undoable, recorded, all-or-nothing step. An error rolls everything back."""
        number = self.steps.begin(label, kind)
        try:
            yield number
            for _ in self.steps.saving(origin):
                pass
        except sqlite3.Error as error:
            self.steps.abandon()
            raise self.file.explained(error) from error
        except BaseException:
            self.steps.abandon()
            raise

    def long_step(
        self, label: str, work: Iterator[Progress], kind: str = EDIT, undoes: int | None = None
    ) -> Iterator[Progress]:
        """As `step`, for long work: the caller takes the event loop's turn at each yield; closing it rolls back."""
        self.steps.begin(label, kind, undoes)
        try:
            yield from work
            yield from self.steps.saving()
        except sqlite3.Error as error:
            self.steps.abandon()
            raise self.file.explained(error) from error
        except BaseException:
            self.steps.abandon()
            raise

    def save(self, record: R) -> R:
        """Write one record inside the open step and return it with its id."""
        return self.save_many([record])[0]

    def save_many(self, records: Sequence[R]) -> list[R]:
        """Write records of one class inside the open step and return them with their ids, in order."""
        if not records:
            return []
        if not self.steps.busy:
            raise RuntimeError("a write outside a step")
        rows = rows_of(type(records[0]))
        made, inserts, updates = [], [], []
        following = self.next_id(type(records[0]))
        for record in records:
            if record.id is None:
                record = _named(record, following)
                following += 1
                inserts.append([record.id, *rows.values(record)])
            else:
                updates.append([*rows.values(record), record.id])
            made.append(record)
        try:
            self.steps.write(rows.insert, inserts)
            changed = self.steps.write(rows.update, updates)
        except (UnicodeEncodeError, OverflowError) as error:
            raise StorageError(
                f"{type(records[0]).LABEL}: a character or a number in it cannot be stored, so it was not saved. "
                "Everything saved before it is safe. Type that part again."
            ) from error
        if updates and changed != len(updates):
            raise missing(type(records[0]))
        return made

    def next_id(self, cls: type[Record]) -> int:
        """The number the next new record of a class gets."""
        row = self.conn.execute("select seq from sqlite_sequence where name = ?", (cls.TABLE,)).fetchone()
        return int(row[0]) + 1 if row else 1

    def change(
        self,
        cls: type[R],
        number: int,
        values: Mapping[str, Value],
        *,
        origin: object = None,
        called: str = "",
    ) -> bool:
        """Set fields of one record as a step of its own; False when they hold these values already.

        `called` is what the step calls a record that has no name of its own.
        """
        before = self.get(cls, number)
        after = with_values(before, values)
        if after == before:
            return False
        named = [self.fields(cls)[n].label.lower() for n in values]
        with self.step(f"Change {' and '.join(named)} of {called or before.name}", origin=origin):
            self.save(after)
        return True

    def bin(self, cls: type[Record], ids: Sequence[int]) -> None:
        """Move records to the bin, inside the open step; links to them stay and say so."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        found = self.many(cls, ids)
        self.save_many([replace(found[i], binned=now) for i in ids])

    def unbin(self, cls: type[Record], ids: Sequence[int]) -> None:
        """Take records out of the bin, inside the open step."""
        found = self.many(cls, ids)
        self.save_many([replace(found[i], binned="") for i in ids])


def with_values(record: R, values: Mapping[str, Value]) -> R:
    """A copy of a record with other values; names of own fields begin with `own:`."""
    declared = {n: v for n, v in values.items() if n in record.FIELDS}
    own = dict(record.own)
    for name, value in values.items():
        if name not in record.FIELDS:
            key = name.removeprefix("own:")
            own[key] = _OWN_VALUE.to_sql(value)
            if own[key] is None:
                del own[key]
    return altered(record, {**declared, "own": own})


def _named(record: R, number: int) -> R:
    """The record with its id, and a UUID unless it brings one."""
    return altered(record, {"id": number, "uuid": record.uuid or str(uuid.uuid4())})


def missing(cls: type[Record]) -> StorageError:
    """The error for a change to a record that is not in the file any more."""
    return StorageError(
        f"This {cls.LABEL.lower()} is no longer in the file, perhaps because adding it was undone, "
        "so the change was not saved. Redo, or add it again."
    )
