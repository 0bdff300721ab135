"""Who changed which rows between two moments, and when, read from the history."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from storage.engine.ddl import changed_values
from storage.engine.reading import Reader

SLICE = 2_000  # changes read at a time


@dataclass(frozen=True, slots=True)
class Touch:
    """What one step did to one row. `fields` are those whose values differ after it."""

    table: str
    row: int
    fields: frozenset[str]
    at: str  # universal time, as it was written down
    who: str
    added: bool = False
    removed: bool = False


def last_step_uuid(reader: Reader) -> str:
    """The identity of the last step; empty while nothing was changed."""
    found = reader.ask("select uuid from step order by id desc limit 1")
    return str(found[0][0]) if found else ""


def step_after_which(reader: Reader, uuid: str, at: str) -> int:
    """The number of the step with this identity; of the last one before a moment where that is not in the file."""
    found = reader.ask("select id from step where uuid = ?", (uuid,))
    if not found:
        found = reader.ask("select coalesce(max(id), 0) from step where at <= ?", (at,))
    return int(found[0][0])


def touches(reader: Reader, after: int, until: int | None, tables: Sequence[str]) -> Iterator[Touch]:
    """Every change to these tables in the steps after one, up to another or to the last, in their order."""
    sql = """select c.id, c.tbl, c.row, c.old, c.new, s.at, s.who from change c join step s on s.id = c.step
             where c.id > ? and c.step > ? and c.step <= ? and c.tbl in (select value from json_each(?))
             order by c.id limit ?"""
    last, to = 0, (1 << 62) if until is None else until
    while rows := reader.ask(sql, (last, after, to, json.dumps(list(tables)), SLICE)):
        for _, table, row, old, new, at, who in rows:
            fields = frozenset(changed_values(new if new is not None else old))
            yield Touch(table, row, fields, at, who, added=old is None, removed=new is None)
        last = rows[-1][0]
