"""History is what undo, redo and the audit trail read; undoing is itself a recorded step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from storage.engine.ddl import changed_values, quoted
from storage.engine.errors import Refused
from storage.engine.reading import Reader
from storage.engine.sealing import first_broken
from storage.engine.steps import BARRIERS, REDO, SEAL, UNDO, Progress
from storage.engine.store import Store
from storage.engine.unreadable import reading

SLICE = 200


@dataclass(frozen=True, slots=True)
class Step:
    """One step as people read it."""

    id: int
    at: str
    who: str
    label: str
    kind: str


@dataclass(frozen=True, slots=True)
class Change:
    """What one step did to one row: former and later values of the columns that changed."""

    step: Step
    table: str
    row: int
    old: dict[str, object] | None
    new: dict[str, object] | None


_STEP = "s.id, s.at, s.who, s.label, s.kind"
_NEXT_UNDO = f"""select {_STEP} from step s where s.kind <> '{UNDO}'
  and not exists(select 1 from step u where u.undoes = s.id) order by s.id desc limit 1"""
_NEXT_REDO = f"""select {_STEP} from step s where s.kind = '{UNDO}'
  and not exists(select 1 from step u where u.undoes = s.id)
  and s.id > coalesce((select max(id) from step where kind not in ('{UNDO}', '{REDO}')), 0)
  order by s.id desc limit 1"""


class History:
    """The steps of an open file."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def next_undo(self) -> Step | None:
        """What Undo would undo; a step it stops at is returned too, see `stops`."""
        return self._one(_NEXT_UNDO)

    def next_redo(self) -> Step | None:
        """What Redo would bring back."""
        return self._one(_NEXT_REDO)

    def _one(self, sql: str, *given: object) -> Step | None:
        found = self._store.ask(sql, given)
        return Step(*found[0]) if found else None

    @staticmethod
    def stops(step: Step) -> str:
        """Why undo goes no further than this step; empty when it may."""
        if step.kind not in BARRIERS:
            return ""
        if step.kind == SEAL:
            return f"Undo stops here: “{step.label}”. What is issued or signed is reopened, with a reason, not undone."
        return f"Undo stops here: “{step.label}” cannot be undone."

    def undo(self) -> Iterator[Progress]:
        """Undo the last step, a slice at a time. Raises `Refused` at a barrier, or when there is nothing to undo."""
        step = self.next_undo()
        if step is None:
            raise Refused("There is nothing to undo.")
        if words := self.stops(step):
            raise Refused(words)
        return self._store.long_step(step.label, self._revert(step.id), UNDO, step.id)

    def redo(self) -> Iterator[Progress]:
        """Bring back the last undone step, a slice at a time."""
        step = self.next_redo()
        if step is None:
            raise Refused("There is nothing to redo.")
        return self._store.long_step(step.label, self._revert(step.id), REDO, step.id)

    def _revert(self, step: int) -> Iterator[Progress]:
        run = self._store.conn.execute
        total = run("select count(*) from change where step = ?", (step,)).fetchone()[0]
        sql = "select id, tbl, row, old, new from change where step = ? and id < ? order by id desc limit ?"
        last, done = 1 << 62, 0
        while rows := run(sql, (step, last, SLICE)).fetchall():
            for _, table, row, old, new in rows:
                self._put_back(table, row, old, new)
            last, done = rows[-1][0], done + len(rows)
            yield Progress(done, total, "Putting back what was there")

    def _put_back(self, table: str, row: int, old: str | None, new: str | None) -> None:
        run = self._store.steps.write
        if old is None:
            run(f"delete from {quoted(table)} where id = ?", [(row,)])
            return
        held = changed_values(old)
        if new is None:
            names = ", ".join(quoted(n) for n in ["id", *held])
            marks = ", ".join("?" * (len(held) + 1))
            run(f"insert into {quoted(table)}({names}) values({marks})", [[row, *held.values()]])
            return
        sets = ", ".join(f"{quoted(n)} = ?" for n in held)
        run(f"update {quoted(table)} set {sets} where id = ?", [[*held.values(), row]])

    def latest(self, limit: int = 50) -> list[Step]:
        """The last steps, newest first."""
        sql = f"select {_STEP} from step s order by s.id desc limit ?"
        return [Step(*r) for r in self._store.ask(sql, (limit,))]

    def of(self, table: str, row: int) -> list[Change]:
        """Everything that happened to one record, newest first."""
        sql = f"""select {_STEP}, c.old, c.new from change c join step s on s.id = c.step
                  where c.tbl = ? and c.row = ? order by c.id desc"""
        with reading(self._store.file.path):
            found = self._store.ask(sql, (table, row))
            return [Change(Step(*r[:5]), table, row, _values(r[5]), _values(r[6])) for r in found]

    def first_broken(self) -> Step | None:
        """Check the chain of hashes; the first step whose record was altered, or None when all is as written."""
        with reading(self._store.file.path):
            broken = first_broken(self._store.conn)
        return None if broken is None else self._one(f"select {_STEP} from step s where s.id = ?", broken)


def _values(written: str | None) -> dict[str, object] | None:
    return changed_values(written) if written is not None else None


def rows_changed_last(reader: Reader, most: int) -> list[tuple[str, int, str]]:
    """The last changes of rows, the newest first: table, row, and when, as it was written down."""
    sql = "select c.tbl, c.row, s.at from change c join step s on s.id = c.step order by c.id desc limit ?"
    return [(row[0], row[1], row[2]) for row in reader.ask(sql, (most,))]


def last_step(reader: Reader) -> int:
    """The number of the last step of the file, which only ever rises; 0 while nothing was changed."""
    return int(reader.ask("select coalesce(max(id), 0) from step")[0][0])
