"""Everything a file records, as JSON any program can read: each record with its number, its links and its values."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from storage import __version__
from storage.engine.ddl import derived_fields, quoted, typed_fields
from storage.engine.fields import RECORDS, Field, Kind, Record
from storage.engine.reading import Reader
from storage.engine.state import file_uuid

FORMAT, VERSION = "Commissioning Desk open data", 1
KINDS: Mapping[str, str] = {
    "text": "one line of words",
    "note": "several lines of words, Markdown as it was typed",
    "whole number": "a number; of a financial year the year it begins in",
    "number": "a decimal number as its digits",
    "money": "whole pence",
    "date": "year-month-day",
    "period": "a count and d, w, m or y for days, weeks, months or years",
    "yes or no": "true or false",
    "choice": "one of a list, or other words",
    "link": "the id of a record of the table named as target",
    "data": "an object the program keeps",
}
Json = dict[str, object]


def lines(reader: Reader, now: datetime | None = None) -> Iterator[str]:
    """The document in pieces, a record a line; binned records are in it, history and drafts are not.

    A blank value is left out. `now` is the moment it is written, aware of its time zone.
    """
    head: Json = {
        "format": FORMAT,
        "version": VERSION,
        "program": __version__,
        "written": (now or datetime.now(UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "file": file_uuid(reader.conn),
        "kinds": dict(KINDS),
    }
    yield json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}") + ',\n "records": {\n'
    for place, cls in enumerate(RECORDS.values()):
        yield ",\n" if place else ""
        yield from _table(reader, cls)
    yield "\n }\n}\n"


def _table(reader: Reader, cls: type[Record]) -> Iterator[str]:
    """One kind of record: what it is called, its fields, its rows."""
    stored = [*typed_fields(cls), *derived_fields(cls)]
    about: Json = {"label": cls.LABEL, "fields": {f.name: _described(f) for f in stored}}
    words = json.dumps(about, ensure_ascii=False).removesuffix("}")
    yield f'  {json.dumps(cls.TABLE)}: {words}, "rows": ['
    names = ["id", "uuid", "binned", "own", *(f.name for f in stored)]
    asked = f"select {', '.join(map(quoted, names))} from {quoted(cls.TABLE)} order by id"
    for place, row in enumerate(reader.conn.execute(asked)):
        yield (",\n   " if place else "\n   ") + json.dumps(_row(row, stored), ensure_ascii=False)
    yield "]}"


def _described(field: Field) -> Json:
    made: Json = {"label": field.label, "kind": field.kind.value}
    if field.target:
        made["target"] = field.target
    if field.derived:
        made["worked_out"] = True
    return made


def _row(row: tuple[object, ...], stored: list[Field]) -> Json:
    number, uuid, binned, own, *values = row
    made: Json = {"id": number, "uuid": uuid}
    if binned is not None:
        made["binned"] = binned
    if own is not None:
        made["own"] = json.loads(str(own))
    made |= {f.name: as_json(f, v) for f, v in zip(stored, values, strict=True) if v is not None}
    return made


def as_json(field: Field, held: object) -> object:
    """What SQLite holds for a value, as JSON has it."""
    if field.kind is Kind.DATA:
        return json.loads(str(held))
    return bool(held) if field.kind is Kind.YESNO else held


def from_json(field: Field, value: object) -> object:
    """What SQLite is to hold for a value of the document; one of the wrong kind stays as it is, to be refused."""
    if field.kind is Kind.DATA and isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    if field.kind is Kind.YESNO and isinstance(value, bool):
        return int(value)
    return value
