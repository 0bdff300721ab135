"""A fresh file made of open data: every value checked against the declarations, and what does not fit is told."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import cast

from storage.engine.ddl import derived_fields, typed_fields
from storage.engine.errors import DamagedFile, NewerFile, NotADeskFile, StorageError
from storage.engine.fields import RECORDS, Record
from storage.engine.foreign.checked_rows import CheckedRows
from storage.engine.open_data import FORMAT, VERSION, Json, from_json
from storage.engine.repair.rebuilding import rebuild
from storage.engine.repair.recovery import Recovery
from storage.engine.values_plain import storable

MOST_BYTES = 400_000_000
_KEPT = "It was not changed, and nothing was written."
_NOT_IN_IT = "Open data holds every record, not the history, the drafts and the arrangement of the window."


def from_open_data(data: bytes, source: Path, made: Path) -> Recovery:
    """Make a new file, whose name must be free, of a document in JSON; `source` is what it is called.

    Raises `StorageError` when it is no such document, is of a later version, or `made` cannot be written.
    """
    if made.exists() or made.is_symlink():
        raise StorageError(f"{made.name} already exists. Nothing was changed. Choose another name.")
    read = CheckedRows()
    for table, rows in _tables(_document(data, source.name), read).items():
        for row in rows:
            read.take({"table": table, "row": _held(RECORDS[table], row, read)})
    read.check_own_values()
    recovery = rebuild(read.rescued, made, source, _NOT_IN_IT, f"Made from {source.name}")
    return replace(recovery, doubtful=(*read.doubtful, *recovery.doubtful))


def _document(data: bytes, name: str) -> Json:
    """The whole document; numbers JSON does not know are refused."""
    if len(data) > MOST_BYTES:
        raise StorageError(f"{name} is larger than {MOST_BYTES // 1_000_000} MB. {_KEPT}")
    try:
        found = json.loads(data, parse_constant=_no_number)
    except (ValueError, RecursionError, MemoryError) as error:
        raise DamagedFile(
            f"{name} is not whole JSON, so it cannot be read ({type(error).__name__}). {_KEPT} "
            "Write it again from the file it came from."
        ) from error
    if (
        not isinstance(found, dict)
        or found.get("format") != FORMAT
        or not isinstance(found.get("records"), dict)
    ):
        raise NotADeskFile(f"{name} is not open data written by Commissioning Desk. {_KEPT}")
    version = found.get("version")
    if not isinstance(version, int) or version > VERSION:
        raise NewerFile(
            f"{name} was written by a later version of Commissioning Desk. {_KEPT} Use that version, or a newer one."
        )
    return found


def _no_number(words: str) -> object:
    raise ValueError(f"{words} is no number")


def _tables(document: Json, read: CheckedRows) -> Mapping[str, list[object]]:
    """The rows of each table this program knows; of another it says that it was left out."""
    known: dict[str, list[object]] = {}
    for table, held in cast("Json", document["records"]).items():
        rows = held.get("rows") if isinstance(held, dict) else None
        if table not in RECORDS or not isinstance(rows, list):
            count = len(rows) if isinstance(rows, list) else 0
            read.doubtful.append(f"“{table[:60]}”, {count:,} rows: this program knows no such records.")
            continue
        known[table] = rows
    return known


def _held(cls: type[Record], row: object, read: CheckedRows) -> object:
    """A row as SQLite is to hold it; what the program works out itself is left aside."""
    if not isinstance(row, dict):
        return None
    fields, aside = {f.name: f for f in typed_fields(cls)}, {f.name for f in derived_fields(cls)}
    made: Json = dict.fromkeys(("uuid", "binned", "own", *fields))
    for name, value in row.items():
        if name in fields:
            made[name] = _plain(from_json(fields[name], value))
        elif name in ("id", "uuid", "binned"):
            made[name] = _plain(value)
        elif name == "own":
            made[name] = json.dumps(value, ensure_ascii=False, sort_keys=True)
        elif name not in aside:
            read.doubtful.append(
                f"{cls.LABEL} {row.get('id')}: “{str(name)[:60]}” is no field of this program."
            )
    return made


def _plain(value: object) -> object:
    """A text without what no file can hold; a value of any other kind as it is, for the checks to judge."""
    return storable(value) if isinstance(value, str) else value
