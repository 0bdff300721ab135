"""Every table as lines of JSON in a zip that needs no program of ours, read back when nothing else is left."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Generator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from storage.engine import contents
from storage.engine.backup.copies import folder_of
from storage.engine.ddl import quoted
from storage.engine.reading import Reader
from storage.engine.steps import Progress

if TYPE_CHECKING:
    from storage.engine.repair.scavenging import Rescued

FOLDER = "tables/"  # in the zip
ENDING = ".jsonl"
EVERY = timedelta(days=7)
KEPT = 5  # of the newest
_MOST = 512 * 1024 * 1024  # bytes of a table that are read back
SLICE = 500


def folder(file: str) -> Path:
    """Where the plain zips of a file lie, by its UUID."""
    return folder_of(file) / "plain"


def newest(file: str) -> Path | None:
    """The zip made last; None when there is none."""
    return max(folder(file).glob("*.zip"), key=lambda p: p.stat().st_mtime, default=None)


def due(file: str, now: datetime) -> bool:
    """Whether a zip should be made: there is none, or the last one is not of this week."""
    last = newest(file)
    return last is None or abs(now - datetime.fromtimestamp(last.stat().st_mtime, UTC)) >= EVERY


def thin(file: str) -> None:
    """Delete all but the newest few."""
    for old in sorted(folder(file).glob("*.zip"), key=lambda p: p.stat().st_mtime)[:-KEPT]:
        old.unlink(missing_ok=True)


def write_tables(reader: Reader, packed: zipfile.ZipFile) -> Iterator[Progress]:
    """Write every table, a line for each row, its number first."""
    tables = contents.columns(reader.conn) | {"sqlite_sequence": ["name", "seq"]}
    for done, (table, names) in enumerate(tables.items()):
        listed = ", ".join(map(quoted, names))
        found = reader.conn.execute(f"select rowid, {listed} from {quoted(table)} order by rowid")
        with packed.open(f"{FOLDER}{table}{ENDING}", "w") as written:
            while rows := found.fetchmany(SLICE):
                for number, *row in rows:
                    line = {"#": number} | dict(zip(names, row, strict=True))
                    written.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
                yield Progress(done, len(tables), "Writing the tables plainly")


def check_tables(reader: Reader, path: Path) -> Generator[Progress, None, None]:
    """Read a zip back, a table at a time. Raises `OSError` unless it holds every row of the file as it is."""
    tables = contents.columns(reader.conn)
    for done, (table, names) in enumerate(tables.items()):
        yield Progress(done, len(tables), "Reading the plain copy back")
        listed = ", ".join(map(quoted, names))
        held = read_tables(path, table).rows(table)
        for number, *row in reader.conn.execute(f"select rowid, {listed} from {quoted(table)}"):
            # Row by row: two tables held against each other at once would stop the window for as long as that takes.
            if held.pop(number, None) != dict(zip(names, row, strict=True)):
                raise OSError(f"the table {table} was not written as it is")
        if held:
            raise OSError(f"the table {table} was not written as it is")


def read_tables(path: Path, only: str = "") -> Rescued:
    """The rows in a zip, or of one table in it; lines that are no rows are passed over. Raises `OSError`."""
    from storage.engine.repair.scavenging import Rescued

    found = Rescued()
    try:
        with zipfile.ZipFile(path) as packed:
            for part in packed.infolist():
                name = part.filename
                table = name.removeprefix(FOLDER).removesuffix(ENDING)
                wanted = name.startswith(FOLDER) and name.endswith(ENDING) and (not only or table == only)
                if wanted and part.file_size <= _MOST:
                    found.tables[table] = dict(_rows(packed.read(part)))
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise OSError(f"{path.name} cannot be read ({error})") from error
    return found


def _rows(written: bytes) -> Iterator[tuple[int, dict[str, object]]]:
    for line in written.splitlines():
        try:
            row = json.loads(line)
            number = row.pop("#")
        except (ValueError, KeyError, AttributeError, TypeError, RecursionError):
            continue
        if isinstance(number, int):
            yield number, row
