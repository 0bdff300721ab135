"""What rows are brought in from: a file, or a block that was copied."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from storage.exchange.importing.list_kinds import ListKind
from storage.exchange.tables.sheet import Sheet
from storage.exchange.tables.tabular import Ways, read_bytes, read_table

Read = Callable[[str | None, Ways], Sheet]  # a sheet by name, None for the likeliest, and how it is read

COPIED = "copied rows"


@dataclass(frozen=True, slots=True)
class ImportSource:
    """Where rows come from: its name, how it is read, and what the place it was brought to says of it."""

    name: str
    read: Read
    kind: ListKind | None = None  # the list its rows go to; None finds it
    contract: int = 0  # the contract that was open: rows that name none belong to it


def file_source(path: Path) -> ImportSource:
    """A file that was chosen or dropped."""
    return ImportSource(path.name, partial(_read_file, path))


def block_source(words: str, kind: ListKind | None, contract: int = 0) -> ImportSource:
    """A block as a spreadsheet puts it on the clipboard: tabs between the cells, quotation marks around lines."""
    return ImportSource(COPIED, partial(_read_block, words), kind, contract)


def _read_file(path: Path, sheet: str | None, ways: Ways) -> Sheet:
    return read_table(path, sheet, replace(ways, whatever=True))


def _read_block(words: str, _sheet: str | None, ways: Ways) -> Sheet:
    return read_bytes(words.encode(), COPIED, None, replace(ways, whatever=True))
