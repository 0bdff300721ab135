"""Records to rows and back, compiled once a class because an import makes thousands."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Generic, TypeVar, cast

from storage.engine.ddl import BASE, derived_fields, quoted, typed_fields, written_columns
from storage.engine.fields import Field, Kind, Period, Record, as_json

R = TypeVar("R", bound=Record)
PLAIN_KINDS = frozenset({Kind.WHOLE, Kind.MONEY, Kind.LINK})
MOST_AGAIN = 1024  # records kept to be given out again
LEFT_AS_HELD = PLAIN_KINDS | {Kind.DATA}


class Rows(Generic[R]):
    """How one record class is written to and read from its table; with `only`, read as far as those fields."""

    def __init__(self, cls: type[R], only: tuple[str, ...] = ()) -> None:
        self.cls = cls
        self._again: dict[tuple[object, ...], R] = {}
        self.written = written_columns(cls)
        self.derived = derived_fields(cls)
        self._typed = typed_fields(cls)
        self._held = [(f.name, f) for f in self._typed]
        stored = [f for f in (*self._typed, *self.derived) if not only or f.name in only]
        self._words = ["binned", *(f.name for f in stored if f.kind.is_words)]
        self._loaders = [
            (f.name, loader_of(f)) for f in stored if not f.kind.is_words and f.kind not in LEFT_AS_HELD
        ]
        self._objects = [(f.name, loader_of(f)) for f in stored if f.kind is Kind.DATA]
        base = [name for name in BASE if not only or name == "binned" or name in only]
        self._objects += [("own", _own)] if "own" in base else []
        self._today = {f.name: "" for f in cls.FIELDS.values() if f.from_today}
        every = cls.FIELDS.values()
        self.searched = [f.name for f in every if f.search and f.kind.is_words and not f.from_today]
        names = ["id", *base, *(f.name for f in stored)]
        self._names = names
        self.columns = ", ".join(quoted(n) for n in names)
        table = quoted(cls.TABLE)
        marks = ", ".join("?" * (len(self.written) + 1))
        self.insert = f"insert into {table}(id, {', '.join(map(quoted, self.written))}) values({marks})"
        sets = ", ".join(f"{quoted(n)} = ?" for n in self.written)
        self.update = f"update {table} set {sets} where id = ?"
        self.by_ids = f"select {self.columns} from {table} where id in (select value from json_each(?))"

    def make(self, row: Sequence[object]) -> R:
        """The record of a row read with `columns`; a field that was not read has its default."""
        record = object.__new__(self.cls)
        held = record.__dict__  # filled directly: a frozen dataclass would set each of 80 fields by a call
        held.update(zip(self._names, row, strict=True))
        for name in self._words:
            if held[name] is None:
                held[name] = ""
        for name, load in self._loaders:
            if (value := held[name]) is not None:
                held[name] = load(value)
        for name, load in self._objects:
            held[name] = load(held[name])
        held.update(self._today)
        return record

    def again(self, row: tuple[object, ...]) -> R:
        """The record of a row, the very same one as the last time while nothing in the row has changed."""
        found = self._again.get(row)
        if found is None:
            if len(self._again) >= MOST_AGAIN:
                self._again.clear()
            found = self._again[row] = self.make(row)
        return found

    def values(self, record: R) -> list[object]:
        """What is written for a record, in the order of `written`."""
        own = record.own
        base: list[object] = [
            record.uuid,
            record.binned or None,
            as_json(own) if own else None,
        ]
        held = record.__dict__
        # Most fields of most records are blank: those are not worth a call.
        return base + [
            None if (value := held[name]) is None or value == "" else stored(field, value)
            for name, field in self._held
        ]


def stored(field: Field, value: object) -> object:
    """As `Field.to_sql` of what is not blank, with the common cases first."""
    if type(value) is str:
        return (
            value.replace("\0", "\ufffd") if "\0" in value else value
        )  # SQLite's functions end a text there
    return value if type(value) is int else field.to_sql(value)


def loader_of(field: Field) -> Callable[[object], object]:
    """How a stored value of a field becomes the value itself."""
    return _LOADERS.get(field.kind, field.from_sql)


def _own(held: object) -> dict[str, object]:
    found = json.loads(cast("str", held)) if held else {}
    if not isinstance(found, dict):
        raise ValueError("own values that are no object")
    return found


def _day(held: object) -> object:
    return date.fromisoformat(held) if isinstance(held, str) else None


@lru_cache(maxsize=1024)  # a register has few different periods, each on many rows
def _period(held: object) -> object:
    return Period.from_code(held) if isinstance(held, str) else None


_LOADERS: dict[Kind, Callable[[object], object]] = {Kind.DAY: _day, Kind.PERIOD: _period}


_COMPILED: dict[tuple[str, tuple[str, ...]], Rows[Any]] = {}


def rows_of(cls: type[R], only: tuple[str, ...] = ()) -> Rows[R]:
    """The compiled rows of a record class, made once; with `only`, as far as these fields."""
    wanted = (cls.TABLE, only)
    if wanted not in _COMPILED or _COMPILED[wanted].cls is not cls:
        _COMPILED[wanted] = Rows(cls, only)
    return _COMPILED[wanted]


_BLANK: dict[type[Record], Record] = {}


def new_record(cls: type[R], values: Mapping[str, object]) -> R:
    """A new record with these values, as the class itself makes it, which takes four times as long for many fields.

    Raises TypeError for a name the class does not have.
    """
    if cls not in _BLANK:
        _BLANK[cls] = cls()
    return altered(cast("R", _BLANK[cls]), {"own": {}, **values})


def altered(record: R, values: Mapping[str, object]) -> R:
    """As `dataclasses.replace`, for the thousands of records of an import. Raises TypeError as that does."""
    if unknown := values.keys() - record.__dataclass_fields__.keys():
        raise TypeError(f"{record.LABEL} has no {', '.join(sorted(unknown))}")
    made = object.__new__(type(record))
    made.__dict__.update(record.__dict__)
    made.__dict__.update(values)
    return made
