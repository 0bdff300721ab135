"""What one history holds after the last step it shares with another, taken only as far as its hashes prove it."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Generator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from storage.engine.ddl import changed_values
from storage.engine.errors import UNREADABLE, StorageError
from storage.engine.history import Step
from storage.engine.state import file_uuid
from storage.engine.steps import Progress, chain_head, chain_link

Values = dict[str, object]  # column to what SQLite holds; blanks may be left out
Key = tuple[str, int]  # table and row
Change = tuple[str, int, Values | None, Values | None]
StepRow = tuple[Any, ...]
SLICE = 500  # changes read between two turns of the event loop
_BROKEN = (sqlite3.Error, ValueError, RecursionError, *UNREADABLE)
_CHANGE = "tbl, row, old, new"
_STEP = "select id, uuid, at, who, label, kind, undoes, previous, hash from step"


class NotRelated(StorageError):
    """The two histories have nothing in common, so there is nothing to compare."""


@dataclass(slots=True)
class Told:
    """What one history did to one row, all its changes put together."""

    old: Values | None  # what the changed columns held before; None when the row was not there
    new: Values | None  # what they hold now; None when the row is gone
    whole: bool  # `new` is the whole row, because it was made or made again

    def then(self, old: Values | None, new: Values | None) -> None:
        """Add the next change."""
        if self.old is not None and self.new is not None and old is not None:
            self.old = old | self.old
        if new is None or old is None or self.new is None:
            self.new, self.whole = new, new is not None
        else:
            self.new = self.new | new


@dataclass(slots=True)
class Later:
    """The whole, verified steps another history has after the common one."""

    common: int  # the number of the last common step in the open file; 0 for the beginning
    head: str = ""  # the hash of the last step that was verified
    steps: list[Step] = field(default_factory=list)
    left: int = 0  # steps after those that are not whole, so that nothing of them is taken
    rows: dict[Key, Told] = field(default_factory=dict)


def later_steps(mine: sqlite3.Connection, theirs: sqlite3.Connection) -> Generator[Progress, None, Later]:
    """Find the last common step by its hash, then read and verify what the other history did after it.

    The other file may be damaged: reading ends with its last step that is whole. Raises `NotRelated` when the
    histories share no step and the files are not copies of one another.
    """
    known = {str(h): int(n) for n, h in mine.execute("select id, hash from step")}
    found, head = _after_common(theirs, known)
    if not head and not _same_file(mine, theirs):
        raise NotRelated(
            "That file is not a copy of this one: they have no change in common. Nothing was changed. "
            "To take contracts over from it, export its register and import that."
        )
    _refuse_sealed_anew(mine, found)
    later = Later(known.get(head, 0), head)
    for number, *made, given in found:
        changes = yield from _whole(theirs, number, made, later.head, given)
        if changes is None:
            break
        for change in changes:
            _add(later.rows, *change)
        later.steps.append(Step(number, made[1], made[2], made[3], made[4]))
        later.head = given
    later.left = len(found) - len(later.steps)
    return later


def _refuse_sealed_anew(mine: sqlite3.Connection, found: list[StepRow]) -> None:
    """Raise `NotRelated` when a step is in both files but sealed differently: forgetting does that in one of them."""
    here = {r[0] for r in mine.execute("select uuid from step")}
    if any(row[1] in here for row in found):
        raise NotRelated(
            "One of the two files was made before somebody was forgotten in the other, so taking changes over would "
            "bring that person back. Nothing was changed. Look in the older file for what you need, and type it here."
        )


def _after_common(theirs: sqlite3.Connection, known: dict[str, int]) -> tuple[list[StepRow], str]:
    """Their step rows after the last one that is known, oldest first, and the hash of that one."""
    found: list[StepRow] = []
    try:
        for row in theirs.execute(f"{_STEP} order by id desc"):
            if row[-1] in known:
                return found[::-1], row[-1]
            found.append(row)
        return found[::-1], ""
    except _BROKEN:
        return _before_damage(theirs, known)


def _before_damage(theirs: sqlite3.Connection, known: dict[str, int]) -> tuple[list[StepRow], str]:
    """As `_after_common`, from the beginning of a history whose end cannot be read."""
    found: list[StepRow] = []
    head = ""
    with suppress(*_BROKEN):
        for row in theirs.execute(f"{_STEP} order by id"):
            found.append(row)
            if row[-1] in known:
                found, head = [], row[-1]
    return found, head


def _same_file(mine: sqlite3.Connection, theirs: sqlite3.Connection) -> bool:
    try:
        return file_uuid(mine) == file_uuid(theirs)
    except (StorageError, *_BROKEN):
        return False


def _whole(
    theirs: sqlite3.Connection, number: int, made: list[object], head: str, given: str
) -> Generator[Progress, None, list[Change] | None]:
    """The changes of a step, if its hash proves them and it follows the step before; else None."""
    digest, changes = hashlib.sha256(chain_head(made).encode()), list[Change]()
    try:
        sql = f"select {_CHANGE} from change where step = ? order by id"
        for count, change in enumerate(theirs.execute(sql, (number,))):
            digest.update(chain_link(*change))
            changes.append(_read(*change))
            if count % SLICE == 0:
                yield Progress(0, 0, "Reading the other history")
    except _BROKEN:
        return None
    return changes if made[-1] == head and digest.hexdigest() == given else None


def changed_since(conn: sqlite3.Connection, step: int) -> Generator[Progress, None, dict[Key, Told]]:
    """What a file's own history did after a step, row by row."""
    rows: dict[Key, Told] = {}
    sql, last = f"select id, {_CHANGE} from change where step > ? and id > ? order by id limit {SLICE}", 0
    while found := conn.execute(sql, (step, last)).fetchall():
        for _, *change in found:
            _add(rows, *_read(*change))
        last = found[-1][0]
        yield Progress(0, 0, "Reading the history")
    return rows


def _read(table: str, row: int, old: str | None, new: str | None) -> Change:
    return (
        table,
        row,
        None if old is None else changed_values(old),
        None if new is None else changed_values(new),
    )


def _add(rows: dict[Key, Told], table: str, row: int, old: Values | None, new: Values | None) -> None:
    if told := rows.get((table, row)):
        told.then(old, new)
    else:
        rows[table, row] = Told(old, new, whole=old is None)
