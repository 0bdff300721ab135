"""Older copies that still hold what was taken out of a file: found wherever they are kept, deleted on request."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from storage.engine import contents
from storage.engine.backup.copies import folders_of, home, unlist
from storage.engine.connection import connect
from storage.engine.ddl import quoted
from storage.engine.errors import UNREADABLE, StorageError, explain_os
from storage.engine.file_header import SUFFIX
from storage.engine.forget.spelling import Spelling
from storage.engine.private import TEMPORARY
from storage.engine.state import file_uuid
from storage.engine.steps import Progress
from storage.engine.values import show_day

_MOST = 256 * 1024 * 1024  # bytes of a part of a zip that are looked through
_DEEP = 3  # a workbook in a zip is a zip itself
_MAGIC = b"SQLite format 3\x00"


@dataclass(frozen=True, slots=True)
class Holder:
    """A file that still holds it, or that cannot be read to tell."""

    path: Path
    written: datetime  # with its time zone
    certain: bool  # False when it could not be read

    @property
    def when(self) -> str:
        """When it was written, in words."""
        here = self.written.astimezone()
        return f"{show_day(here.date())} {here:%H:%M}"

    @property
    def summary(self) -> str:
        """When it was written and where it lies, in one line."""
        doubt = "" if self.certain else " (it cannot be read, so it may)"
        return f"{self.when}, {self.path}{doubt}"


def finding(
    file: str, path: Path, spelling: Spelling, *, lying: Path | None = None
) -> Generator[Progress, None, list[Holder]]:
    """The files that hold the words, newest first: in the program's own folder, in the second place, beside the file.

    `file` is the UUID of the file, `path` where it is worked on, `lying` where the user knows it to lie, when that is
    elsewhere. Copies of other files are left out.
    """
    found: dict[Path, Holder] = {}
    for each in _files(file, path, lying or path):
        yield Progress(0, 0, f"Looking at {each.name}")
        try:
            held = _holds(each, file, spelling)
            written = datetime.fromtimestamp(each.stat().st_mtime, UTC)
        except OSError:
            continue  # it went away, or is not ours to read
        if held is not False:
            found[each] = Holder(each, written, held is True)
    return sorted(found.values(), key=lambda h: h.written, reverse=True)


def _files(file: str, path: Path, lying: Path) -> Iterator[Path]:
    """Every file that could be a copy, the open file left out."""
    seen = {path.resolve(), lying.resolve()}
    passing = home() / TEMPORARY  # gone when the program ends
    for folder in (home(), *folders_of(file)):
        for each in sorted(folder.rglob("*")):
            if passing in each.parents:
                continue
            if each.is_file() and not each.is_symlink() and each.resolve() not in seen:
                seen.add(each.resolve())
                yield each
    for each in sorted(lying.parent.glob(f"*{SUFFIX}")):
        if each.is_file() and each.resolve() not in seen:
            yield each


def _holds(path: Path, file: str, spelling: Spelling) -> bool | None:
    """Whether a file holds the words; None when it is a copy that cannot be read."""
    with path.open("rb") as opened:
        start = opened.read(len(_MAGIC))
    if start == _MAGIC:
        return _database_holds(path, file, spelling)
    if start[:2] == b"PK":
        return _zip_holds(path.read_bytes(), spelling, _DEEP)
    return spelling.within(path.read_bytes().decode("utf-8", "replace")) > 0


def _database_holds(path: Path, file: str, spelling: Spelling) -> bool | None:
    try:
        with closing(connect(path, "ro")) as conn:
            if file_uuid(conn) != file:
                return False
            for table, names in contents.columns(conn).items():
                listed = ", ".join(map(quoted, names))
                for row in conn.execute(f"select {listed} from {quoted(table)}"):
                    if any(isinstance(held, str) and spelling.within(held) for held in row):
                        return True
            return False
    except (sqlite3.Error, StorageError, *UNREADABLE):
        # It is damaged: its bytes tell when they do, and when they do not it may still be there.
        return spelling.within(path.read_bytes().decode("utf-8", "replace")) > 0 or None


def _zip_holds(held: bytes, spelling: Spelling, deep: int) -> bool | None:
    try:
        with zipfile.ZipFile(io.BytesIO(held)) as packed:
            for part in packed.infolist():
                if part.file_size > _MOST:
                    return None
                inside = packed.read(part)
                if deep and inside[:2] == b"PK" and _zip_holds(inside, spelling, deep - 1):
                    return True
                if spelling.within(inside.decode("utf-8", "replace")):
                    return True
        return False
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError):
        return None


def delete(chosen: Sequence[Holder]) -> None:
    """Delete the copies a person chose, and take them out of the lists they stand in.

    Raises `StorageError` when one cannot be deleted, naming it; those before it are deleted.
    """
    for holder in chosen:
        try:
            holder.path.unlink(missing_ok=True)
            unlist(holder.path)
        except OSError as error:
            raise explain_os(error, f"delete {holder.path}") from error
