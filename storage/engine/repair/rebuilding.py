"""A fresh file made out of rescued rows by this program's own declarations, checked before it has its name."""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from storage.engine import contents, ddl, disk, search
from storage.engine.derive import derive, with_derived
from storage.engine.errors import DamagedFile, explain, explain_os
from storage.engine.fields import RECORDS, Record
from storage.engine.history import History
from storage.engine.opening import new_store
from storage.engine.repair.past import Past, PastChange, PastStep, past_of
from storage.engine.repair.recovery import Recovery
from storage.engine.repair.scavenging import Rescued, Row
from storage.engine.repair.settling import Settled, settle
from storage.engine.replaying import unrecorded
from storage.engine.rows import rows_of
from storage.engine.steps import MIGRATION
from storage.engine.store import Store
from storage.engine.values import show_day

RECOVERED = "Recovered from a damaged file"
_BESIDES = ("meta", "state", "draft")  # what a file holds besides records and history
_STEP = "insert into step(id, uuid, at, who, label, kind, undoes, previous, hash) values(?,?,?,?,?,?,?,?,?)"
_CHANGE = "insert into change(id, step, tbl, row, old, new) values(?,?,?,?,?,?)"


def rebuild(rescued: Rescued, made: Path, source: Path, how: str, label: str = RECOVERED) -> Recovery:
    """Write a new file that holds what was rescued, under a name that is free, and say what came back.

    `label` is what the history calls the step that brought it.

    Raises `DamagedFile` when nothing was rescued, and `StorageError` when the new file cannot be written.
    """
    past = past_of(rescued)
    settled = settle(rescued, past, {})
    if not past.steps and not any(settled.held.values()):
        raise DamagedFile(
            f"Nothing of what {source.name} held could be read. It is as it was. "
            "If there is another copy of it, on a share or in an e-mail, open that."
        )
    ready = disk.beside(made, "repaired")
    try:
        without: dict[str, set[int]] = {}
        while unusable := _filled(ready, rescued, past, settled, label):
            without = {t: without.get(t, set()) | ids for t, ids in (without | unusable).items()}
            settled = settle(rescued, past, without)
        _named(ready, made)
    except sqlite3.Error as error:
        raise explain(error, made) from error
    except OSError as error:
        raise explain_os(error, f"write {made.name}") from error
    finally:
        _tidy(ready)
    _doubt_the_end(past, settled)
    came, missing = tuple(settled.came), tuple(settled.missing)
    doubtful, cleared = tuple(settled.doubtful), tuple(settled.cleared)
    steps, lost = len(past.steps), past.missing
    return Recovery(source, made, how, came, missing, doubtful, cleared, steps, lost)


def _doubt_the_end(past: Past, settled: Settled) -> None:
    """Say so where the history may have gone on."""
    if past.steps and not past.missing and not past.to_the_end:
        last = past.steps[-1]
        at = datetime.fromisoformat(str(last.head[1])).astimezone()
        when = f"{show_day(at.date())} {at:%H:%M}"
        settled.doubtful.append(
            f"Whether anything was changed after “{last.head[3]}” of {when} is not known."
        )


def _filled(ready: Path, rescued: Rescued, past: Past, settled: Settled, label: str) -> dict[str, set[int]]:
    """Make the file; when the rules fail over damaged records, those are returned and there is no file."""
    with closing(new_store(ready)) as store:
        unusable = _Rebuilt(store, rescued, past, settled, label).write()
        if not unusable:
            _check(store)
    if unusable:
        _tidy(ready)
    return unusable


def _tidy(ready: Path) -> None:
    for end in ("", *disk.SIDE_FILES):
        ready.with_name(ready.name + end).unlink(missing_ok=True)


def _named(ready: Path, made: Path) -> None:
    """Give the finished file its name, which must be free."""
    disk.sync(ready)
    if made.exists():
        raise FileExistsError(17, f"{made.name} is there already")
    ready.rename(made)
    disk.sync_folder(made.parent)


@dataclass(slots=True)
class _Rebuilt:
    """A new file while it is filled."""

    store: Store
    rescued: Rescued
    past: Past
    settled: Settled
    label: str

    def write(self) -> dict[str, set[int]]:
        """Fill the file in one transaction; returns the records over which a rule fails, and then writes nothing.

        The triggers are set aside meanwhile: what they would note is written as it was.
        """
        run = self.store.conn.execute
        run("begin immediate")
        for (name,) in run("select name from sqlite_master where type = 'trigger'").fetchall():
            run(f"drop trigger {ddl.quoted(name)}")
        for table in _BESIDES:
            self._besides(table)
        steps = self._steps()
        for table, rows in self.settled.held.items():
            self._records(table, rows)
        if self._differs():
            self._last_step(steps)
        for cls in RECORDS.values():
            for statement in ddl.statements(ddl.triggers(cls)):
                run(statement)
        if unusable := self._derive():
            run("rollback")
            return unusable
        search.rebuild(self.store.conn, self.store.own_fields())
        self._numbers()
        run("commit")
        return {}

    def _derive(self) -> dict[str, set[int]]:
        """Work out what is worked out; the records with which that cannot be done come back instead."""
        conn, ids = self.store.conn, {t: set(rows) for t, rows in self.settled.held.items()}
        try:
            for _ in derive(conn, ids, {}, self.store.today()):
                pass
        except Exception:  # a rule may fail in any way over damaged values
            today = self.store.today()
            bad = {t: {n for n in ids[t] if not _works(conn, cls, n, today)} for t, cls in RECORDS.items()}
            if found := {t: numbers for t, numbers in bad.items() if numbers}:
                return found
            raise
        return {}

    def _besides(self, table: str) -> None:
        """Rows of a table of names and texts; those that cannot be read are worth nothing."""
        names = ["name", "value"] if table == "meta" else ["name", "value", "at"]
        marks = ", ".join("?" * len(names))
        sql = f"insert or replace into {table}({', '.join(names)}) values({marks})"
        for row in self.rescued.rows(table).values():
            values = [row.get(n) for n in names]
            if all(isinstance(v, str) for v in values) and (values[0] != "file_uuid" or _is_uuid(values[1])):
                self.store.conn.execute(sql, values)

    def _records(self, table: str, rows: Mapping[int, Row]) -> None:
        names = ddl.written_columns(RECORDS[table])
        marks = ", ".join("?" * (len(names) + 1))
        sql = f"insert into {ddl.quoted(table)}(id, {', '.join(map(ddl.quoted, names))}) values({marks})"
        self.store.conn.executemany(sql, ([n, *(row[c] for c in names)] for n, row in rows.items()))

    def _steps(self) -> list[PastStep]:
        """Write the steps that are whole; after a gap they are chained anew, which the last step says."""
        kept: list[PastStep] = []
        numbers: set[int] = set()
        for step in self.past.steps:
            step = step.after(kept[-1].hash if kept else "", numbers)
            self._write_step(step)
            kept.append(step)
            numbers.add(step.id)
        return kept

    def _write_step(self, step: PastStep) -> None:
        self.store.conn.execute(_STEP, (step.id, *step.head, step.hash))
        changes = [(c.id, step.id, c.table, c.row, c.old, c.new) for c in step.changes]
        self.store.conn.executemany(_CHANGE, changes)

    def _differs(self) -> bool:
        """Whether the history that was kept does not tell everything by itself."""
        return not self.past.complete or next(self._unlike(), None) is not None

    def _last_step(self, steps: list[PastStep]) -> None:
        """One step that leads from what the kept history tells to what came back, and says why."""
        number = self.past.last + 1
        first = max((c.id for s in steps for c in s.changes), default=0) + 1
        lost = self.past.missing
        steps_lost = f"; {lost:,} earlier {'step' if lost == 1 else 'steps'} could not be read"
        label = self.label + (steps_lost if lost else "")
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        previous = steps[-1].hash if steps else ""
        head = (str(uuid.uuid4()), at, "", label, MIGRATION, None, previous)
        changes = tuple(
            PastChange(n, table, row, _written(old), _written(new))
            for n, (table, row, old, new) in enumerate(self._unlike(), first)
        )
        step = PastStep(number, head, "", changes)
        self._write_step(PastStep(number, head, step.hashed(), changes))

    def _unlike(self) -> Iterator[tuple[str, int, Row | None, Row | None]]:
        """Where what came back is not what the kept history tells: table, number, before, after."""
        told = self.past.told()
        for table, rows in self.settled.held.items():
            before = told.get(table, {})
            for number in sorted(set(rows) | set(before)):
                old, new = before.get(number), rows.get(number)
                if old is None or new is None:
                    filled = {n: v for n, v in (new or {}).items() if v is not None}
                    if old is not None or filled:
                        yield table, number, old, filled or None
                    continue
                names = [n for n in new if old.get(n) != new[n]]
                if names:
                    yield table, number, {n: old.get(n) for n in names}, {n: new[n] for n in names}

    def _numbers(self) -> None:
        """Numbers that were given out once are never given out again."""
        run = self.store.conn.execute
        highest = {t: max((n for n, _ in rows.items()), default=0) for t, rows in self.settled.held.items()}
        for row in self.rescued.rows("sqlite_sequence").values():
            if (
                isinstance(row.get("name"), str)
                and isinstance(row.get("seq"), int)
                and row["name"] in RECORDS
            ):
                highest[str(row["name"])] = max(highest[str(row["name"])], int(str(row["seq"])))
        for table, number in highest.items():
            if number:
                run("delete from sqlite_sequence where name = ?", (table,))
                run("insert into sqlite_sequence(name, seq) values(?, ?)", (table, number))


def _works(conn: sqlite3.Connection, cls: type[Record], number: int, today: date) -> bool:
    """Whether the rules of a record can be worked out."""
    if not rows_of(cls).derived:
        return True
    try:
        row = conn.execute(rows_of(cls).by_ids, (f"[{number}]",)).fetchone()
        with_derived(conn, rows_of(cls).make(row), today)
    except Exception:  # noqa: BLE001 - likewise
        return False
    return True


def _written(values: Row | None) -> str | None:
    return None if values is None else json.dumps(values, ensure_ascii=False)


def _is_uuid(value: object) -> bool:
    try:
        return bool(uuid.UUID(str(value)))
    except ValueError:
        return False


def _check(store: Store) -> None:
    """Raise `DamagedFile` unless the new file stands every test that a file is put to."""
    found = contents.problems(store.conn) or contents.broken_links(store.conn)
    if not found and History(store).first_broken() is not None:
        found = ["its history does not hold together"]
    if not found and any(next(unrecorded(store.conn, cls), None) is not None for cls in RECORDS.values()):
        found = ["its history does not tell everything"]
    if found:
        raise DamagedFile(
            f"The repaired file is not sound ({found[0]}), so it was not kept. Nothing was changed."
        )
