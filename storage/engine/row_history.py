"""How rows stood at the beginning of an earlier day, or after an earlier step, read from their history."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time

from storage.engine.ddl import changed_values
from storage.engine.reading import Reader
from storage.engine.unreadable import reading

Former = dict[str, object] | None
"""What the columns changed since held then; None for a row that was not there yet."""


def stood_before(reader: Reader, table: str, days: Mapping[int, date]) -> dict[int, Former]:
    """How rows stood when a day began, each row with its own day, by the clock of this machine.

    Steps count by their order. Rows about whose day the file says nothing, since it was begun later, are left out.
    """
    with reading(reader.file.path):
        steps = {day: _step_before(reader, day) for day in set(days.values())}
        last = {row: step for row, day in days.items() if (step := steps[day]) is not None}
        return stood_after(reader, table, last)


def stood_after(reader: Reader, table: str, steps: Mapping[int, int]) -> dict[int, Former]:
    """How rows stood after a step, each row with its own step."""
    if not steps:
        return {}
    sql = """select row, step, old from change where tbl = ? and row in (select value from json_each(?)) and step > ?
             order by id desc"""
    with reading(reader.file.path):
        former: dict[int, Former] = {row: {} for row in steps}
        given = (table, json.dumps(list(steps)), min(steps.values()))
        for row, step, old in reader.ask(sql, given):
            if step > steps[row]:
                former[row] = None if old is None else (former[row] or {}) | changed_values(old)
        return former


def steps_that_set(reader: Reader, table: str, row: int, column: str) -> list[tuple[int, object]]:
    """The steps that gave a column of a row a value, with that value, the newest first."""
    sql = "select step, new from change where tbl = ? and row = ? and new is not null order by id desc"
    with reading(reader.file.path):
        found: Iterable[tuple[int, dict[str, object]]] = (
            (step, changed_values(new)) for step, new in reader.ask(sql, (table, row))
        )
        return [(step, held[column]) for step, held in found if held.get(column) is not None]


def _step_before(reader: Reader, day: date) -> int | None:
    begins = datetime.combine(day, time()).astimezone(UTC).isoformat(timespec="milliseconds")
    found = reader.ask("select max(id) from step where at < ?", (begins,))[0][0]
    return None if found is None else int(found)
