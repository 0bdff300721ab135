"""Taking over differences from another copy of the file: chosen ones, or all that a file has lost, as one step."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from storage.engine.ddl import quoted
from storage.engine.fields import OWN, RECORDS, Kind, Record
from storage.engine.merge.joining import BINNED, SEALED, Difference, Joining
from storage.engine.merge.later import Values
from storage.engine.steps import EDIT, REOPEN, SEAL, Progress

SLICE = 100  # records written between two turns of the event loop
NO_TARGET = "It belongs to a record that was not taken."
OTHERWISE = "What was issued or signed there is not what is here now, so it is not issued or signed here."


@dataclass(slots=True)
class Outcome:
    """What a merge did."""

    taken: int = 0  # differences
    left: list[tuple[Difference, str]] = field(default_factory=list)  # chosen, but not taken, and why


def merging(
    joined: Joining, chosen: Collection[Difference], label: str, outcome: Outcome
) -> Iterator[Progress]:
    """Take the chosen differences in one step, a slice at a time; `outcome` says what was done.

    What is issued or signed here stays as it is and is reported. A record that is gone there goes to the bin.
    """
    work = _Merge(joined, chosen, outcome, exactly=False)
    return joined.store.long_step(label, work.run(), SEAL if work.seals else EDIT)


def replaying(joined: Joining, label: str, outcome: Outcome) -> Iterator[Progress]:
    """Take everything the other file has, in one step: its later changes, done again after going back to a copy."""
    work = _Merge(joined, joined.differences, outcome, exactly=True)
    reopens = any(d.refused == SEALED for d in joined.differences)
    return joined.store.long_step(label, work.run(), REOPEN if reopens else SEAL if work.seals else EDIT)


class _Merge:
    def __init__(
        self, joined: Joining, chosen: Collection[Difference], outcome: Outcome, *, exactly: bool
    ) -> None:
        self.joined, self.outcome, self.exactly = joined, outcome, exactly
        self._store = joined.store
        may = {"", SEALED} if exactly else {""}
        outcome.left += [(d, d.refused) for d in chosen if d.refused not in may]
        self._chosen = [d for d in chosen if d.refused in may]
        self._new: dict[tuple[str, str], int] = {}
        self._parts: dict[str, dict[object, dict[str, Values]]] = {}  # as they are there, by table and owner
        self._unsealed = 0
        self.seals = any(_seal_in(d) is not None for d in self._chosen)

    def run(self) -> Iterator[Progress]:
        """Write: records that are new and fields first, then seals, then what is gone."""
        self._leave_what_leads_nowhere()
        self._number_new()
        records: dict[tuple[str, str], list[Difference]] = {}
        for each in self._chosen:
            records.setdefault((each.table, each.uuid), []).append(each)
        for count, found in enumerate(records.values(), 1):
            self._write(found)
            if count % SLICE == 0:
                yield Progress(count, len(records), "Taking over what was chosen")
        for each in [d for d in self._chosen if _seal_in(d) is not None]:
            self._seal(each)
            yield Progress(0, 0, "Taking over what was chosen")
        self._remove([d for d in self._chosen if d.is_gone])
        self.outcome.taken = len(self._chosen) - self._unsealed

    # ---- which are taken

    def _leave_what_leads_nowhere(self) -> None:
        """A new part of a record, or a link to one, is not taken when that record is neither here nor taken."""
        while True:
            coming = {(d.table, d.uuid) for d in self._chosen if d.is_new}
            orphans = [d for d in self._chosen if self._leads_nowhere(d, coming)]
            if not orphans:
                return
            self.outcome.left += [(d, NO_TARGET) for d in orphans]
            left = set(orphans)
            self._chosen = [d for d in self._chosen if d not in left]

    def _leads_nowhere(self, of: Difference, coming: set[tuple[str, str]]) -> bool:
        cls, values = RECORDS[of.table], _record(of) if of.is_new else {of.field: of.theirs}
        links = [f for f in cls.FIELDS.values() if f.kind is Kind.LINK and values.get(f.name)]
        needed = [f for f in links if not of.is_new or not cls.SEARCHED or f.name == cls.SEALED_WITH]
        return any(
            (f.target, values[f.name]) not in coming
            and self.joined.number(f.target, str(values[f.name])) is None
            for f in needed
        )

    def _number_new(self) -> None:
        following: dict[str, int] = {}
        for each in self._chosen:
            if each.is_new:
                number = following.get(each.table) or self._store.next_id(RECORDS[each.table])
                self._new[each.table, each.uuid] = number
                following[each.table] = number + 1

    # ---- writing

    def _write(self, found: list[Difference]) -> None:
        """Write what was chosen of one record; its seal waits."""
        first, cls = found[0], RECORDS[found[0].table]
        if first.is_gone:
            return
        values = _record(first) if first.is_new else {d.field: d.theirs for d in found}
        values = {n: v for n, v in values.items() if n != cls.SEALED_BY or v is None}
        row = self._row(cls, first, values)
        if first.is_new:
            self._insert(cls, self._new[first.table, first.uuid], row)
        elif row:
            self._update(cls, self._number(first), row)

    def _number(self, of: Difference) -> int:
        found = self._new.get((of.table, of.uuid)) or self.joined.number(of.table, of.uuid)
        if found is None:
            raise RuntimeError("a difference of a record that is not here")
        return found

    def _row(self, cls: type[Record], of: Difference, values: Values) -> Values:
        """Values as columns: links as numbers in this file, those of own fields in their one column."""
        row: Values = {n: self._column(cls, n, v) for n, v in values.items() if not n.startswith(OWN)}
        own = {n.removeprefix(OWN): v for n, v in values.items() if n.startswith(OWN)}
        if own:
            held = {} if of.is_new else self._own(cls, self._number(of))
            merged = {k: v for k, v in (held | own).items() if v is not None}
            row["own"] = json.dumps(merged, ensure_ascii=False, sort_keys=True) if merged else None
        return row

    def _own(self, cls: type[Record], number: int) -> Values:
        sql = f"select own from {quoted(cls.TABLE)} where id = ?"
        (held,) = self._store.conn.execute(sql, (number,)).fetchone()
        return dict(json.loads(held)) if held else {}

    def _column(self, cls: type[Record], name: str, value: object) -> object:
        target = cls.FIELDS[name].target if name in cls.FIELDS else ""
        if not target or value is None:
            return value
        return self._new.get((target, str(value))) or self.joined.number(target, str(value))

    def _insert(self, cls: type[Record], number: int, row: Values) -> None:
        names = ", ".join(map(quoted, ["id", *row]))
        marks = ", ".join("?" * (len(row) + 1))
        sql = f"insert into {quoted(cls.TABLE)}({names}) values({marks})"
        self._store.conn.execute(sql, [number, *row.values()])

    def _update(self, cls: type[Record], number: int, row: Values) -> None:
        sets = ", ".join(f"{quoted(n)} = ?" for n in row)
        self._store.conn.execute(
            f"update {quoted(cls.TABLE)} set {sets} where id = ?", [*row.values(), number]
        )

    # ---- seals

    def _seal(self, of: Difference) -> None:
        """Issue or sign here what was issued or signed there, if it is the same to the last part."""
        cls, number = RECORDS[of.table], self._number(of)
        if self.exactly or self._is_as_there(cls, of.uuid, number):
            self._update(cls, number, {cls.SEALED_BY: _seal_in(of)})
            return
        self.outcome.left.append((of, OTHERWISE))
        self._unsealed += not of.is_new

    def _is_as_there(self, cls: type[Record], uuid: str, number: int) -> bool:
        there = self.joined.theirs_of(cls.TABLE, uuid)
        if _contents(cls, self.joined.now((cls.TABLE, number))) != _contents(cls, there):
            return False
        for part in RECORDS.values():
            if part.SEALED_WITH and part.FIELDS[part.SEALED_WITH].target == cls.TABLE:
                if part.TABLE not in self._parts:
                    self._parts[part.TABLE] = self.joined.parts_there(part)
                if self._parts_here(part, number) != self._parts[part.TABLE].get(uuid, {}):
                    return False
        return True

    def _parts_here(self, part: type[Record], owner: int) -> dict[str, Values]:
        sql = f"select id from {quoted(part.TABLE)} where {quoted(part.SEALED_WITH)} = ?"
        numbers = [row[0] for row in self._store.conn.execute(sql, (owner,))]
        found = [self.joined.now((part.TABLE, number)) or {} for number in numbers]
        return {str(held["uuid"]): held for held in found}

    # ---- what is gone

    def _remove(self, gone: list[Difference]) -> None:
        """Put what is gone there into the bin; when replaying it leaves the file, unless something here leads to it."""
        numbers: dict[str, set[int]] = {}
        for each in gone:
            numbers.setdefault(each.table, set()).add(self._number(each))
        now = datetime.now(UTC).isoformat(timespec="seconds")
        for table, some in numbers.items():
            for number in some:
                if self.exactly and not self._led_to(table, number, numbers):
                    self._store.conn.execute(f"delete from {quoted(table)} where id = ?", (number,))
                else:
                    self._update(RECORDS[table], number, {BINNED: now})

    def _led_to(self, table: str, number: int, gone: dict[str, set[int]]) -> bool:
        for cls in RECORDS.values():
            for linked in (f for f in cls.FIELDS.values() if f.target == table):
                sql = f"select id from {quoted(cls.TABLE)} where {quoted(linked.name)} = ?"
                found = {row[0] for row in self._store.conn.execute(sql, (number,))}
                if found - gone.get(cls.TABLE, set()):
                    return True
        return False


def _record(of: Difference) -> Values:
    """The values of a whole record that only the other file has."""
    return of.theirs if isinstance(of.theirs, dict) else {}


def _seal_in(of: Difference) -> object:
    """What a difference would issue or sign a record with; None when it does not."""
    name = RECORDS[of.table].SEALED_BY
    if not name:
        return None
    return _record(of).get(name) if of.is_new else of.theirs if of.field == name else None


def _contents(cls: type[Record], held: Values | None) -> Values:
    """What is issued or signed: everything but the seal itself."""
    return {n: v for n, v in (held or {}).items() if n not in (cls.SEALED_BY, "uuid")}
