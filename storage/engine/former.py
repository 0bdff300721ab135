"""Records as they were after an earlier step, for what left the file then and comes back."""

from __future__ import annotations

import json
from collections.abc import Generator
from dataclasses import replace
from typing import TypeVar

from storage.engine.ddl import changed_values
from storage.engine.fields import Record, Value
from storage.engine.reading import Reader
from storage.engine.steps import Progress

SLICE = 200  # records put back between two turns of the event loop
_DOING = "Looking up what was sent"
R = TypeVar("R", bound=Record)


def last_hash(reader: Reader) -> str:
    """The hash of the last step, which no other step has; empty in a file without any."""
    found = reader.conn.execute("select hash from step order by id desc limit 1").fetchone()
    return str(found[0]) if found else ""


def all_hashes(reader: Reader) -> list[str]:
    """The hashes of every step, in order."""
    return [str(row[0]) for row in reader.conn.execute("select hash from step order by id")]


def has_step(reader: Reader, step_hash: str) -> bool:
    """Whether a step is one of this file."""
    found = reader.conn.execute("select 1 from step where hash = ?", (step_hash,)).fetchone()
    return bool(step_hash) and found is not None


def former_values(reader: Reader, cls: type[Record], number: int) -> dict[str, list[object]]:
    """What the columns of a record held before they were changed, by column, as SQLite holds it."""
    found: dict[str, list[object]] = {}
    sql = "select old from change where tbl = ? and row = ? and old is not null"
    for (old,) in reader.conn.execute(sql, (cls.TABLE, number)):
        for name, value in changed_values(old).items():
            found.setdefault(name, []).append(value)
    return found


def reading_as_of(
    reader: Reader, cls: type[R], step_hash: str
) -> Generator[Progress, None, dict[int, R | None] | None]:
    """The records of a class changed since a step, as they were then, a slice at a time; None for one not there then.

    None altogether when this file has no such step.
    """
    run = reader.conn.execute
    step = run("select id from step where hash = ?", (step_hash,)).fetchone() if step_hash else None
    if step is None:
        return None
    sql = "select row, old from change where tbl = ? and step > ? order by id desc"
    former: dict[int, dict[str, object] | None] = {}
    changed = run(sql, (cls.TABLE, step[0])).fetchall()
    for start in range(0, len(changed), SLICE):
        for row, old in changed[start : start + SLICE]:
            former[row] = None if old is None else (former.get(row) or {}) | changed_values(old)
        yield Progress(start, len(changed), _DOING)
    found: dict[int, R | None] = {}
    numbers = list(former)
    for start in range(0, len(numbers), SLICE):
        some = numbers[start : start + SLICE]
        now = reader.many(cls, some)
        for row in some:
            values = former[row]
            found[row] = _then(now[row], values) if values is not None and row in now else None
        yield Progress(start, len(numbers), _DOING)
    return found


def _then(record: R, held: dict[str, object]) -> R:
    """A record with the values its columns had."""
    values: dict[str, Value] = {n: f.from_sql(held[n]) for n, f in record.FIELDS.items() if n in held}
    if "binned" in held:
        values["binned"] = held["binned"] or ""
    if "own" in held:
        values["own"] = json.loads(str(held["own"])) if held["own"] else {}
    return replace(record, **values)  # type: ignore[arg-type]
