"""Every text a file holds, wherever it lies, passed through one function: to find something, or to replace it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import cast

from storage.engine import contents
from storage.engine.ddl import changed_values, quoted, written_columns
from storage.engine.fields import OWN, RECORDS, Kind
from storage.engine.steps import Progress

SLICE = 500
STEP = "step"
_BY_OTHER_RULES = {STEP, "change", "current_step", "document"}  # the search is made anew


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text lies: a table and a field of it. What the field held earlier lies in the same place."""

    table: str
    field: str


Clean = Callable[
    [Place, str, bool], str
]  # a place, its text, whether that is a former one; the text to have instead
Rows = Mapping[str, Collection[int]]  # table to numbers of rows
Values = Mapping[str, object]  # column to what it holds


class Texts:
    """Passes the texts of a file through `clean`, and writes those that come back changed.

    Nothing may watch the writes: the caller has taken the triggers away, and makes anew what is worked out from
    the texts, the search and the hashes of the history. Links to the rows that are `gone` are emptied.
    """

    def __init__(self, conn: sqlite3.Connection, clean: Clean, gone: Rows) -> None:
        self._conn, self._clean, self._gone = conn, clean, gone

    def rewriting(self) -> Iterator[Progress]:
        """Look through the whole file, a slice at a time."""
        for table, cls in RECORDS.items():
            yield from self._table(table, "id", written_columns(cls), partial(self._row, table, False))
        yield from self._table("change", "id", ["tbl", "old", "new"], self._change)
        yield from self._table(STEP, "id", ["who", "label"], partial(self._plain, STEP))
        for table, names in contents.columns(self._conn).items():
            if table not in RECORDS and table not in _BY_OTHER_RULES:
                yield from self._table(table, "rowid", names, partial(self._plain, table))

    def _table(
        self, table: str, key: str, names: list[str], made: Callable[[Values], Values]
    ) -> Iterator[Progress]:
        listed, sets = ", ".join(map(quoted, names)), ", ".join(f"{quoted(n)} = ?" for n in names)
        sql = f"select {key}, {listed} from {quoted(table)} where {key} > ? order by {key} limit {SLICE}"
        update = f"update or replace {quoted(table)} set {sets} where {key} = ?"
        last = -1
        while some := self._conn.execute(sql, (last,)).fetchall():
            last = some[-1][0]
            pairs = [(number, dict(zip(names, held, strict=True))) for number, *held in some]
            changed = [(number, new) for number, held in pairs if (new := made(held)) != held]
            self._conn.executemany(update, [[*new.values(), number] for number, new in changed])
            yield Progress(0, 0, "Looking through the file")

    def _at(self, place: Place, former: bool, text: str) -> str:
        return self._clean(place, text, former)

    def _row(self, table: str, former: bool, held: Values) -> Values:
        """The columns of a record, each cleaned as its field asks."""
        return {name: self._value(table, name, value, former) for name, value in held.items()}

    def _value(self, table: str, name: str, held: object, former: bool) -> object:
        cls = RECORDS.get(table)
        field = cls.FIELDS.get(name) if cls else None
        if field is not None and field.kind is Kind.LINK:
            return None if held in self._gone.get(field.target, ()) else held
        if not isinstance(held, str):
            return held
        if cls is not None and name == "own":
            return self._own(table, held, former)
        if cls is not None and field is None:
            return held  # its UUID, its mark of the bin
        if field is not None and field.kind is Kind.DATA:
            return _within_json(held, partial(self._at, Place(table, name), former))
        if field is None or field.kind.is_words:
            return self._clean(Place(table, name), held, former)
        return held

    def _own(self, table: str, held: str, former: bool) -> str:
        """Values of the user's own fields, which lie in one JSON object by their keys."""
        try:
            values = dict(json.loads(held))
        except (ValueError, TypeError):
            return self._clean(Place(table, "own"), held, former)
        made: dict[str, object] = {}
        for key, value in values.items():
            place = Place(table, OWN + key)
            named = self._clean(Place("own_field", "code"), key, True)
            made[named] = _inside(value, partial(self._at, place, former))
        return held if made == values else _written(made)

    def _change(self, held: Values) -> Values:
        table = cast("str", held["tbl"])
        return {
            "tbl": table,
            "old": self._changed(table, cast("str | None", held["old"])),
            "new": self._changed(table, cast("str | None", held["new"])),
        }

    def _changed(self, table: str, written: str | None) -> str | None:
        """What a step noted of one row; written afresh only when something in it changes."""
        if written is None:
            return None
        values = changed_values(written)
        made = self._row(table, True, values)
        return written if made == values else json.dumps(made, ensure_ascii=False)

    def _plain(self, table: str, held: Values) -> Values:
        """Columns that no field describes: plain words, or JSON."""
        made = dict(held)
        for name, value in held.items():
            if isinstance(value, str):
                clean = partial(self._at, Place(table, name), False)
                made[name] = _within_json(value, clean) if value[:1] in ("{", "[", '"') else clean(value)
        return made


def _within_json(held: str, clean: Callable[[str], str]) -> str:
    """A JSON text whose own texts are cleaned; one that is none is cleaned as it stands."""
    try:
        value = json.loads(held)
    except (ValueError, RecursionError):
        return clean(held)
    made = _inside(value, clean)
    return held if made == value else _written(made)


def _inside(value: object, clean: Callable[[str], str]) -> object:
    """Every text of a JSON value cleaned, the keys of its objects too."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [_inside(each, clean) for each in value]
    if not isinstance(value, dict):
        return value
    made: dict[str, object] = {}
    for key, each in value.items():
        named = clean(key)
        while named in made:  # two keys that are alike only now: neither value is lost
            named += "′"
        made[named] = _inside(each, clean)
    return made


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
