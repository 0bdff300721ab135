"""The whole file as open data: one JSON document, or a zip of it with the register as a workbook and attachments."""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from storage.desk.files.attachments import LARGEST, attachments_folder, stored_file
from storage.desk.files.document_kinds import safe_name
from storage.engine import disk
from storage.engine.errors import DamagedFile, StorageError, explain_os
from storage.engine.fields import RECORDS
from storage.engine.foreign.open_data_rows import MOST_BYTES, from_open_data
from storage.engine.open_data import lines
from storage.engine.opening import open_store
from storage.engine.query import Query
from storage.engine.reading import Reader
from storage.engine.repair.recovery import Recovery
from storage.engine.steps import Progress
from storage.engine.values import long_day
from storage.exchange.files_out import not_written, put_in_place
from storage.exchange.workbooks.register import export_register
from storage.records.documents import Document

JSON, ZIP = ".json", ".zip"
RECORDS_NAME, WORKBOOK, NOTE = "records.json", "register.xlsx", "Read me.txt"
_DOCUMENT = re.compile(r"documents/([0-9a-f]{32})/[^/]{1,255}")
_MOST_PARTS = 20_000
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError)
README = """{name}, as it was on {day}

records.json    Every record: what the fields are called, of what kind they are, and a line for each record.
register.xlsx   The contracts, as a workbook for Excel, LibreOffice or Numbers.
documents/      The attached files, each in a folder that is named as its record has it (“stored”).

Commissioning Desk makes a file of its own of this again: File, New from open data. The history of changes is not in it.
Nothing here is protected by a password.
"""


@dataclass(frozen=True, slots=True)
class Written:
    """Open data that was written: where, and how much of what is in it."""

    path: Path
    records: int
    documents: int
    missing: tuple[str, ...] = ()  # attached files that could not be put in, each with the reason


def writing(reader: Reader, out: Path, *, documents: Path, name: str) -> Generator[Progress, None, Written]:
    """Write everything to `out`, as JSON alone or, where its name ends in .zip, with the workbook and the attachments.

    `documents` is the folder of the attached files, which need not exist. Runs on any thread.
    Raises `StorageError`; a file that was at `out` is then as it was.
    """
    count = sum(len(reader.ids(cls)) + len(reader.ids(cls, Query(binned=True))) for cls in RECORDS.values())
    try:
        with put_in_place(out) as beside:
            if out.suffix.lower() != ZIP:
                with beside.open("wb") as target:
                    yield from _records(reader, target, count)
                return Written(out, count, 0)
            with zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED) as packed:
                taken, missing = yield from _packed(reader, packed, documents, name, count)
            return Written(out, count, taken, missing)
    except OSError as error:
        raise StorageError(not_written(error, out)) from error


def _records(reader: Reader, target: BinaryIO, count: int) -> Iterator[Progress]:
    for place, words in enumerate(lines(reader)):
        target.write(words.encode("utf-8", "replace"))
        if place % 500 == 0:
            yield Progress(min(place, count), count, "Writing the records")


def _packed(
    reader: Reader, packed: zipfile.ZipFile, documents: Path, name: str, count: int
) -> Generator[Progress, None, tuple[int, tuple[str, ...]]]:
    """The parts of the zip; returns how many attached files are in it, and why others are not."""
    packed.writestr(NOTE, README.format(name=name, day=long_day(reader.today())))
    with packed.open(RECORDS_NAME, "w", force_zip64=True) as target:
        yield from _records(reader, target, count)  # type: ignore[arg-type]
    yield Progress(0, 0, "Writing the workbook")
    with tempfile.TemporaryDirectory(prefix="commissioning-desk-") as room:
        export_register(reader, Path(room) / WORKBOOK, today=reader.today(), file_name=name)
        packed.write(Path(room) / WORKBOOK, WORKBOOK)
    taken, missing = 0, []
    attached = [d for q in (Query(), Query(binned=True)) for d in reader.all(Document, q) if d.stored]
    for place, document in enumerate(attached):
        yield Progress(place, len(attached), "Putting in the documents")
        try:
            held = stored_file(documents, document).read_bytes()
        except StorageError as error:
            missing.append(str(error))
            continue
        packed.writestr(f"documents/{document.stored}/{safe_name(document.title, document.ending)}", held)
        taken += 1
    return taken, tuple(missing)


def reading(source: Path, made: Path) -> Recovery:
    """Make a new file, whose name must be free, of open data; attached files go into the folder beside it.

    Raises `StorageError`; nothing is left then.
    """
    try:
        if source.suffix.lower() != ZIP:
            if source.stat().st_size > MOST_BYTES:
                raise StorageError(_too_large(source.name))
            return from_open_data(source.read_bytes(), source, made)
        with zipfile.ZipFile(source) as packed:
            return _unpacked(packed, source, made)
    except FileNotFoundError:
        raise StorageError(f"There is no file {source}. Nothing was written.") from None
    except OSError as error:
        raise explain_os(error, f"read {source.name}") from error
    except _BROKEN as error:
        raise DamagedFile(
            f"{source.name} is damaged or no open data of Commissioning Desk. Nothing was written. "
            "Write it again from the file it came from."
        ) from error


def _unpacked(packed: zipfile.ZipFile, source: Path, made: Path) -> Recovery:
    parts = packed.infolist()
    if len(parts) > _MOST_PARTS or RECORDS_NAME not in packed.namelist():
        raise zipfile.BadZipFile(source.name)
    recovery = from_open_data(_part(packed, RECORDS_NAME, MOST_BYTES, source.name), source, made)
    try:
        lost = _attached(packed, made)
    except BaseException:
        shutil.rmtree(attachments_folder(made), ignore_errors=True)
        made.unlink(missing_ok=True)
        raise
    return replace(recovery, doubtful=(*recovery.doubtful, *lost))


def _part(packed: zipfile.ZipFile, name: str, most: int, source: str) -> bytes:
    """One part, never more of it than may be: what the zip says of its size may be a lie."""
    with packed.open(name) as stream:
        held = stream.read(most + 1)
    if len(held) > most:
        raise StorageError(_too_large(source))
    return held


def _too_large(name: str) -> str:
    return f"{name} holds more than any file of this program. Nothing was written."


def _attached(packed: zipfile.ZipFile, made: Path) -> list[str]:
    """Put the attached files where the new file looks for them, each checked; returns what is wrong with others."""
    inside = {found[1]: name for name in packed.namelist() if (found := _DOCUMENT.fullmatch(name))}
    folder, lost = attachments_folder(made), []
    for document in _documents(made):
        held = _document(packed, inside.get(document.stored))
        if hashlib.sha256(held).hexdigest() != document.sha256:
            lost.append(f"The attached file of “{document.name}” is missing or changed; attach it again.")
            continue
        folder.mkdir(mode=0o700, exist_ok=True)
        target = folder / document.stored
        target.write_bytes(held)
        disk.sync(target)
    return lost


def _document(packed: zipfile.ZipFile, name: str | None) -> bytes:
    """An attached file; nothing when it is not there, damaged or too large, which its hash then tells."""
    if name is None:
        return b""
    try:
        return _part(packed, name, LARGEST, name)
    except (StorageError, *_BROKEN):
        return b""


def _documents(made: Path) -> list[Document]:
    store = open_store(made, read_only=True)
    try:
        every = [*store.all(Document), *store.all(Document, Query(binned=True))]
    finally:
        store.close()
    known = re.compile(r"[0-9a-f]{32}")
    return [d for d in every if known.fullmatch(d.stored)]
