"""Everything as open data from the command line, and a file made of it again."""

from __future__ import annotations

from pathlib import Path

from desktop.commandline_files import file_open
from storage.desk.files.attachments import attachments_folder
from storage.engine.contents import finished
from storage.engine.foreign.copying_rows import report_of
from storage.exchange.whole_file import reading, writing


def export_everything(file: Path, out: Path) -> int:
    """Write every record, and say which attached files could not be put in."""
    with file_open(file, read_only=True) as store:
        done = finished(writing(store, out, documents=attachments_folder(file), name=file.name))
    print(f"{done.path}: {done.records:,} records, {done.documents:,} attached files")
    for words in done.missing:
        print(words)
    return 0


def new_from(file: Path, source: Path) -> int:
    """Make a file of open data, and say what came over."""
    print(report_of(reading(source, file.absolute())), end="")
    return 0
