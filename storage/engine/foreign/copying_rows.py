"""The rows of somebody else's file in a fresh one of our own: read by a child, checked value by value, reported."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from storage.engine.connection import APPLICATION_ID
from storage.engine.ddl import written_columns
from storage.engine.errors import DamagedFile, MissingFile, NotADeskFile, StorageError, explain_os
from storage.engine.fields import RECORDS
from storage.engine.foreign.checked_rows import CheckedRows
from storage.engine.foreign.child_process import TOO_LONG, Ended, child_command, run_child
from storage.engine.repair.rebuilding import rebuild
from storage.engine.repair.recovery import SECTIONS, Recovery

CHILD_ARGUMENT = "--child-desk"
"""The argument with which a frozen program starts `foreign_rows.main` in place of itself."""

MOST_BYTES = 400_000_000
_CHILD = "storage.engine.foreign.foreign_rows"
_HEADER = b"SQLite format 3\0"
_MARK = slice(68, 72)
_KEPT = "It was not changed, and nothing was written."
_NOT_COPIED = (
    "Its history, its drafts, and the files of its attached documents were not copied; they stay in the file it "
    "came from. Anything in it that could run was not looked at."
)


def copy_rows(source: Path, made: Path) -> Recovery:
    """Make a new file, whose name must be free, out of the records of another; the other is only read.

    Raises `StorageError` when it cannot be read, is no file of ours, or takes too much, and when `made` cannot
    be written.
    """
    source, made = source.absolute(), made.absolute()
    if made.exists() or made.is_symlink():
        raise StorageError(f"{made.name} already exists. Nothing was changed. Choose another name.")
    read = CheckedRows()
    for line in _asked(source):
        read.take(line)
    read.check_own_values()
    recovery = rebuild(read.rescued, made, source, _NOT_COPIED, f"Copied from {source.name}")
    return replace(recovery, doubtful=(*read.doubtful, *recovery.doubtful))


def report_of(copied: Recovery) -> str:
    """What came over and what did not, as plain text."""
    count = sum(came.recovered for came in copied.tables)
    lines = [f"{count:,} records copied from {copied.source.name} to {copied.made.name}.", copied.how, ""]
    lines += [f"{came.label}: {came.recovered:,}" for came in copied.tables]
    for title, each in SECTIONS.items():
        if listed := getattr(copied, each):
            lines += ["", title.replace("come back", "come over"), *(f"- {words}" for words in listed)]
    return "\n".join(lines) + "\n"


def _asked(source: Path) -> Iterable[Mapping[str, object]]:
    """The lines the reading process answers."""
    data = _bytes(source)
    tables = {table: ["id", *written_columns(cls)] for table, cls in RECORDS.items()}
    request = json.dumps({"tables": tables}).encode() + b"\n"
    try:
        ended = run_child(child_command(_CHILD, CHILD_ARGUMENT), request + data)
    except OSError as error:
        raise explain_os(error, f"start reading {source.name}") from error
    _check_end(ended, source.name)
    try:
        lines = [json.loads(line, parse_constant=str) for line in ended.answer.splitlines()]
        last = lines[-1]
    except (ValueError, IndexError) as error:
        raise _unreadable(source.name) from error
    if "too_much" in last:
        raise StorageError(f"{source.name} holds more than any file of this program. {_KEPT}")
    if "end" not in last:
        raise _unreadable(source.name)
    return lines


def _unreadable(name: str) -> StorageError:
    return DamagedFile(
        f"{name} is damaged, so its records could not be read. {_KEPT} Ask for another copy of it."
    )


def _check_end(ended: Ended, name: str) -> None:
    """Turn the way the reading process ended into plain words."""
    if ended.stopped == TOO_LONG:
        raise StorageError(f"{name} took too long to read, so reading was stopped. {_KEPT}")
    if ended.stopped or b"MemoryError" in ended.said or ended.code == 3:
        raise StorageError(f"{name} needs more memory than a file of this program may take. {_KEPT}")
    if ended.code:
        raise _unreadable(name)


def _bytes(source: Path) -> bytes:
    """The whole file; it is not opened as a database here."""
    try:
        if source.stat().st_size > MOST_BYTES:
            raise StorageError(f"{source.name} is larger than {MOST_BYTES // 1_000_000} MB. {_KEPT}")
        data = source.read_bytes()
    except FileNotFoundError as error:
        raise MissingFile(f"There is no file {source}. {_KEPT}") from error
    except OSError as error:
        raise explain_os(error, f"read {source.name}") from error
    if not data.startswith(_HEADER) or data[_MARK] != APPLICATION_ID.to_bytes(4, "big"):
        raise NotADeskFile(f"{source.name} is not a Commissioning Desk file. {_KEPT}")
    return data
