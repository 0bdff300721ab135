"""A copy that needs no program of ours: the register as a workbook, every table as text, and how to read them."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Generator
from contextlib import closing
from datetime import date
from pathlib import Path

from storage.engine.backup import plain
from storage.engine.errors import explain_os
from storage.engine.file import OpenFile
from storage.engine.reading import Reader
from storage.engine.state import file_uuid
from storage.engine.steps import Progress
from storage.engine.values import show_day
from storage.exchange.files_out import put_in_place, safe_name
from storage.exchange.workbooks.register import export_register

README = """{name}, as it was on {day}

This folder can be read without Commissioning Desk.

register.xlsx   Every contract, as a workbook for Excel, LibreOffice or Numbers.
tables/         Everything else as plain text: one file for each kind of record, one line for each record, written
                as JSON. "#" is the number of the record; a field that ends in nothing is blank; amounts of money are
                whole pence; dates are written year-month-day. "step" and "change" are the history: who changed what
                and when.

Nothing here is protected by a password. Keep it where only those who may read the register can.
"""


def writing(held: Path, stem: str, today: date) -> Generator[Progress, None, Path]:
    """Write the week's zip from a snapshot of a file and read it back; returns where it lies.

    Raises `StorageError` when it cannot be written; what was there before is then as it was.
    """
    with (
        closing(OpenFile(held, "ro")) as file,
        tempfile.TemporaryDirectory(prefix="commissioning-desk-") as room,
    ):
        reader, uuid = Reader(file, lambda: today), file_uuid(file.conn)
        path = plain.folder(uuid) / safe_name(f"{stem} plain {today.isoformat()}", ".zip", "plain")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with put_in_place(path) as made:
                with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
                    packed.writestr("README.txt", README.format(name=stem, day=show_day(today)))
                    yield from plain.write_tables(reader, packed)
                    workbook = Path(room) / "register.xlsx"
                    export_register(reader, workbook, today=today, file_name=stem)
                    packed.write(workbook, workbook.name)
                yield from plain.check_tables(reader, made)
            plain.thin(uuid)
        except OSError as error:
            raise explain_os(error, f"write {path.name}") from error
        return path
