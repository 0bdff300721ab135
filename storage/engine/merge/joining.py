"""Comparing the open file with another copy of itself: per record and field, what each has changed since they parted.

Records are matched by UUID, since both sides may have given the same number to different records; a link is
compared as the UUID of the record it leads to. Nothing here writes: see `merging`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from storage.engine.ddl import quoted
from storage.engine.errors import NewerFile
from storage.engine.fields import RECORDS, Field, Kind, Record
from storage.engine.merge.later import Key, Later, Told, Values, changed_since, later_steps
from storage.engine.merge.sides import Sides, object_in
from storage.engine.migrations import VERSION
from storage.engine.steps import Progress
from storage.engine.store import Store

BINNED = "binned"
SEALED = "It is issued or signed here and does not change. Reopen it first, with a reason."
UNREADABLE = "It holds something that this program cannot read."
SLICE = 200  # records compared between two turns of the event loop


@dataclass(frozen=True, slots=True, eq=False)
class Difference:
    """One thing that is otherwise in the other file: a field of a record, or with no `field` a whole record.

    Values are what SQLite would hold, a link being the UUID it leads to; a whole record is a `Values`, or None on
    the side that has not got it.
    """

    table: str
    uuid: str  # of the record in the open file, or the one it would get
    name: str
    field: str  # a column, `own:` and a key, `binned`, or empty
    base: object
    mine: object
    theirs: object
    conflict: bool  # the open file has changed it too
    refused: str = ""  # why it cannot be taken; empty when it can

    @property
    def is_new(self) -> bool:
        """A record that only the other file has."""
        return not self.field and self.mine is None

    @property
    def is_gone(self) -> bool:
        """A record that the other file no longer has, because adding it was undone there."""
        return not self.field and self.theirs is None


class Joining(Sides):
    """The open file beside another copy of it, and the differences between them."""

    def __init__(self, store: Store, later: Later, since: dict[Key, Told]) -> None:
        super().__init__(store, later, since)
        self.differences: list[Difference] = []

    # ---- comparing

    def comparing(self) -> Iterator[Progress]:
        """Fill `differences`, conflicts first, a slice at a time."""
        keys = [key for key in self.later.rows if key[0] in RECORDS]
        self._find_same(keys)
        for count, key in enumerate(keys, 1):
            self.differences += self._compared(key)
            if count % SLICE == 0:
                yield Progress(count, len(keys), "Comparing the two files")
        order = {table: n for n, table in enumerate(RECORDS)}
        self.differences.sort(key=lambda d: (not d.conflict, order[d.table]))

    def _find_same(self, keys: list[Key]) -> None:
        """Know again what both files have added separately though there can be only one of it."""
        for key in keys:
            told, cls = self.later.rows[key], RECORDS[key[0]]
            if not cls.ONE_PER or told.old is not None or told.new is None:
                continue
            theirs = self.theirs(key) or {}
            if self.number(cls.TABLE, str(theirs["uuid"])) is None:
                same = self._one_like(cls, theirs)
                self.also |= {str(theirs["uuid"]): same} if same else {}

    def _one_like(self, cls: type[Record], theirs: Values) -> str:
        """The UUID of the record here that is alike in the fields of which there is one record each."""
        values: list[object] = []
        for name in cls.ONE_PER:
            value = theirs.get(name)
            linked = cls.FIELDS[name].kind is Kind.LINK and value is not None
            values.append(self.number(cls.FIELDS[name].target, str(value)) if linked else value)
        if None in values:
            return ""
        test = " and ".join(f"{quoted(n)} = ?" for n in cls.ONE_PER)
        sql = f"select uuid from {quoted(cls.TABLE)} where binned is null and {test} limit 1"
        row = self.store.conn.execute(sql, values).fetchone()
        return str(row[0]) if row else ""

    def _compared(self, key: Key) -> list[Difference]:
        base, theirs = self.base(key) if self.later.rows[key].old is not None else None, self.theirs(key)
        there = theirs or base
        if there is None or "uuid" not in there:
            return []  # made and undone again
        uuid = self.also.get(str(there["uuid"]), str(there["uuid"]))
        mine = self.mine(key[0], uuid)
        make = partial(Difference, key[0], uuid, self._name(key[0], mine or there))
        why = self._refusal(RECORDS[key[0]], mine, theirs)
        if mine is None or theirs is None:
            if (mine is None and theirs in (None, base)) or (theirs is None and base is None):
                return []
            conflict = base is not None and (mine or theirs) != base if theirs is None else base is not None
            return [make("", base, mine, theirs, conflict, why)]
        names = [n for n in (theirs | mine | (base or {})) if n != "uuid"]
        return [
            make(
                n,
                (base or {}).get(n),
                mine.get(n),
                theirs.get(n),
                base is None or mine.get(n) != base.get(n),
                why,
            )
            for n in names
            if _differs(n, base, mine, theirs)
        ]

    def _refusal(self, cls: type[Record], mine: Values | None, theirs: Values | None) -> str:
        """Why nothing of the other file's record can be taken; empty when it can."""
        if theirs and not _readable(self.store.fields(cls), theirs):
            return UNREADABLE
        if mine and cls.SEALED_BY and mine.get(cls.SEALED_BY) is not None:
            return SEALED
        if cls.SEALED_WITH:
            target = RECORDS[cls.FIELDS[cls.SEALED_WITH].target]
            for side in (mine, theirs):
                owner = str((side or {}).get(cls.SEALED_WITH) or "")
                held = self.mine(target.TABLE, owner) if owner else None
                if held and held.get(target.SEALED_BY) is not None:
                    return SEALED
        return ""

    # ---- words

    def field(self, difference: Difference) -> Field | None:
        """The field a difference is about; None for the bin, a whole record, and an own field not known here."""
        return self.store.fields(RECORDS[difference.table]).get(difference.field)

    def words(self, table: str, name: str, value: object) -> str:
        """A value of a field as a person reads it."""
        if name == BINNED:
            return "In the bin" if value else "In use"
        found = self.store.fields(RECORDS[table]).get(name)
        if value is None or found is None:
            return "" if value is None else str(value)
        if found.kind is Kind.LINK:
            return self.called(found.target, str(value))
        if found.kind is Kind.DATA:
            return "; ".join(f"{k}: {v}" for k, v in object_in(value).items())
        try:
            return found.show(found.from_sql(value))
        except (ValueError, TypeError):
            return str(value)

    def called(self, table: str, uuid: str) -> str:
        """What the record with a UUID, here or there, is called."""
        held = self.mine(table, uuid)
        if held is None and (key := self.made.get((table, uuid))):
            held = self.theirs(key)
        return self._name(table, held) if held else f"{RECORDS[table].LABEL} that is not in this file"

    def _name(self, table: str, held: Values) -> str:
        """What a record is called; a part, which has no name of its own, by the records it links."""
        cls = RECORDS[table]
        name = next((self.words(table, n, held[n]) for n in cls.NAMED_BY if held.get(n)), "")
        if name and not cls.SEALED_WITH and cls.SEARCHED:
            return name
        links = [f for f in cls.FIELDS.values() if f.kind is Kind.LINK and held.get(f.name)]
        linked = [self.called(f.target, str(held[f.name])) for f in links]
        return " · ".join(p for p in (*linked, name) if p) or cls.LABEL


def _differs(name: str, base: Values | None, mine: Values, theirs: Values) -> bool:
    if base is not None and theirs.get(name) == base.get(name):
        return False
    if name == BINNED and mine.get(name) and theirs.get(name):
        return base is not None and mine.get(name) == base.get(name)
    return mine.get(name) != theirs.get(name)


def _readable(fields: Mapping[str, Field], held: Values) -> bool:
    """Whether the fields of a record can hold these values, so that it can be read once they are written."""
    for name, value in held.items():
        found = fields.get(name)
        try:
            if found is not None and found.kind is not Kind.LINK:
                found.from_sql(value)
        except (ValueError, TypeError, RecursionError):
            return False
    return True


def joining(store: Store, theirs: sqlite3.Connection) -> Generator[Progress, None, Joining]:
    """Compare the open file with another copy of it, a slice at a time; nothing is written.

    Raises `NotRelated` when the other is no copy of it, and `NewerFile` when a newer version made it.
    """
    if theirs.execute("pragma user_version").fetchone()[0] > VERSION:
        raise NewerFile(
            "That file was made by a newer version of Commissioning Desk, so not all of it can be taken over. "
            "Nothing was changed. Install the newer version first."
        )
    later = yield from later_steps(store.conn, theirs)
    joined = Joining(store, later, (yield from changed_since(store.conn, later.common)))
    yield from joined.comparing()
    return joined
