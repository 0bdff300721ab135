"""One record as it is here, as it was when two copies of the file parted, and as it is in the other copy."""

from __future__ import annotations

import json
from collections.abc import Callable

from storage.engine.ddl import quoted, written_columns
from storage.engine.fields import OWN, RECORDS, Kind, Record
from storage.engine.merge.later import Key, Later, Told, Values
from storage.engine.store import Store


class Sides:
    """Records of the open file and of another copy of it, of which only the history is read.

    A record is given as `Values` without blanks: a link is the UUID it leads to, own fields stand one by one.
    """

    def __init__(self, store: Store, later: Later, since: dict[Key, Told]) -> None:
        self.store, self.later = store, later
        self.also: dict[str, str] = {}  # UUIDs of the other file to those the same things have here
        self._since = since
        self.made = {
            (key[0], str(told.new["uuid"])): key
            for key, told in later.rows.items()
            if told.whole and told.new and "uuid" in told.new
        }
        self._numbers: dict[tuple[str, str], int | None] = {}

    # ---- a record as it is here, as it was when the files parted, and as it is there

    def mine(self, table: str, uuid: str) -> Values | None:
        """The record as the open file holds it now."""
        number = self.number(table, uuid)
        return None if number is None else self.now((table, number))

    def now(self, key: Key) -> Values | None:
        """As `mine`, by its number."""
        held = self._held(key)
        return self._portable(key[0], held, self._uuid_here) if held else None

    def base(self, key: Key) -> Values | None:
        """The record as both held it when they parted, by its number; None when it was not there."""
        former = self._then(key)
        return self._portable(key[0], former, self._uuid_here) if former else None

    def theirs(self, key: Key) -> Values | None:
        """The record as the other file holds it after its last verified step, by its number there or then."""
        told = self.later.rows.get(key)
        if told is None:
            return self.base(key)
        if told.new is None:
            return None
        held = told.new if told.whole else (self._then(key) or {}) | told.new
        return self._portable(key[0], held, self._uuid_there)

    def theirs_of(self, table: str, uuid: str) -> Values | None:
        """The record as the other file holds it, by its UUID."""
        number = self.number(table, uuid)
        if key := self.made.get((table, uuid)):
            return self.theirs(key)
        return None if number is None or self._only_here((table, number)) else self.theirs((table, number))

    def parts_there(self, part: type[Record]) -> dict[object, dict[str, Values]]:
        """What is sealed together with its owner, in the other file: by the owner's UUID, then by its own."""
        sql = f"select id from {quoted(part.TABLE)}"
        keys = {(part.TABLE, int(row[0])) for row in self.store.conn.execute(sql)}
        keys = {k for k in keys | set(self._since) if k[0] == part.TABLE and not self._only_here(k)}
        found: dict[object, dict[str, Values]] = {}
        for key in keys | {k for k in self.later.rows if k[0] == part.TABLE}:
            if there := self.theirs(key):
                found.setdefault(there.get(part.SEALED_WITH), {})[str(there["uuid"])] = there
        return found

    def _only_here(self, key: Key) -> bool:
        """Whether the number was given here, after the files parted, so that it means something else there."""
        told = self._since.get(key)
        return told is not None and told.old is None

    def _held(self, key: Key) -> Values:
        names, (table, number) = written_columns(RECORDS[key[0]]), key
        sql = f"select {', '.join(map(quoted, names))} from {quoted(table)} where id = ?"
        row = self.store.conn.execute(sql, (number,)).fetchone()
        return dict(zip(names, row, strict=True)) if row else {}

    def _then(self, key: Key) -> Values | None:
        told = self._since.get(key)
        if told is None:
            return self._held(key) or None
        return None if told.old is None else self._held(key) | told.old

    def _portable(self, table: str, held: Values, uuid: Callable[[str, int], str]) -> Values:
        """The values of a row that are not blank: links as UUIDs, those of own fields one by one."""
        cls, made = RECORDS[table], dict[str, object]()
        for name in written_columns(cls):
            value = held.get(name)
            if value is None:
                continue
            if name == "own":
                made |= {OWN + k: v for k, v in object_in(value).items()}
            elif name in cls.FIELDS and cls.FIELDS[name].kind is Kind.LINK:
                made[name] = uuid(cls.FIELDS[name].target, int(str(value)))
            else:
                made[name] = value
        return made

    # ---- numbers and UUIDs

    def number(self, table: str, uuid: str) -> int | None:
        """The number a record has in the open file, by its UUID here or there; None when it is not here."""
        key = table, self.also.get(uuid, uuid)
        if key not in self._numbers:
            sql = f"select id from {quoted(table)} where uuid = ?"
            row = self.store.conn.execute(sql, (key[1],)).fetchone()
            self._numbers[key] = row[0] if row else None
        return self._numbers[key]

    def _uuid_here(self, table: str, number: int) -> str:
        held = self._held((table, number)) or self._then((table, number)) or {}
        return str(held.get("uuid", ""))

    def _uuid_there(self, table: str, number: int) -> str:
        told = self.later.rows.get((table, number))
        held = told.new if told and told.whole else self._then((table, number))
        uuid = str((held or {}).get("uuid", ""))
        return self.also.get(uuid, uuid)


def object_in(value: object) -> Values:
    """The JSON object in a column; nothing when it holds none."""
    try:
        found = json.loads(str(value))
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
