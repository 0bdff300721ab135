"""Whole tables read at once with only the fields that are asked for, so that a look over every record is quick."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from storage.engine.ddl import quoted
from storage.engine.fields import Field, Record
from storage.engine.query import Questions
from storage.engine.reading import Reader
from storage.engine.rows import PLAIN_KINDS, loader_of

R = TypeVar("R", bound=Record)


def read_partly(reader: Reader, cls: type[R], names: Sequence[str], *, binned: bool = False) -> list[R]:
    """Every record of a class in the order they were made, with its id, UUID and these fields, by one query.

    Any other field holds what a new record has, so such a record is to be looked at and never saved. A field that
    depends on today is worked out for today. With `binned` those in the bin are among them.
    """
    keys = ("id", "uuid", "binned", *names)
    return [_made(cls, keys, row) for row in read_rows(reader, cls, names, binned=binned)]


def read_rows(
    reader: Reader, cls: type[Record], names: Sequence[str], *, binned: bool = False
) -> Iterable[tuple[Any, ...]]:
    """As `read_partly`, each record as id, UUID, the mark of the bin and its values, where that is enough."""
    asked, fields = Questions(cls, reader.fields(cls), reader.today()), [cls.FIELDS[n] for n in names]
    columns, given = ["id", "uuid", "coalesce(binned, '')"], []
    for field in fields:
        column, values = asked.column(field.name) if field.from_today else (quoted(field.name), [])
        columns.append(f"coalesce({column}, '')" if field.kind.is_words else column)
        given += values
    live = "" if binned else " where binned is null"
    rows = reader.ask(f"select {', '.join(columns)} from {quoted(cls.TABLE)}{live} order by id", given)
    return _read(rows, fields)


def unlisted_words(reader: Reader, cls: type[Record]) -> list[tuple[int, str, str]]:
    """Every word in a choice of a record that is on no list, by one query: the record, the field, the word."""
    listed = [f for f in cls.FIELDS.values() if f.choices and not f.derived and not f.from_today]
    if not listed:
        return []
    tests = [f"{quoted(f.name)} not in ({', '.join('?' * len(f.choices))})" for f in listed]
    given = [word for f in listed for word in f.choices]
    columns = ", ".join(quoted(f.name) for f in listed)
    sql = f"""select id, {columns} from {quoted(cls.TABLE)}
              where binned is null and ({" or ".join(tests)}) order by id"""
    return [
        (row[0], field.name, word)
        for row in reader.ask(sql, given)
        for field, word in zip(listed, row[1:], strict=True)
        if word and word not in field.choices
    ]


def _read(rows: list[tuple[object, ...]], fields: Sequence[Field]) -> Iterable[tuple[Any, ...]]:
    """The rows with their values as the fields have them, worked through column by column, which is quicker."""
    columns: list[Iterable[object]] = list(zip(*rows, strict=True))
    for place, field in enumerate(fields, 3):
        if columns and not field.kind.is_words and field.kind not in PLAIN_KINDS:
            load = loader_of(field)
            columns[place] = [None if value is None else load(value) for value in columns[place]]
    return zip(*columns, strict=True)


def _made(cls: type[R], keys: tuple[str, ...], row: tuple[object, ...]) -> R:
    record = object.__new__(cls)
    record.__dict__.update(zip(keys, row, strict=True))  # filled directly, as in `Rows.make`
    return record
