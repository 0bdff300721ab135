"""A template given to a colleague as one file, and one taken in: a workbook, or the text of the template."""

from __future__ import annotations

import json
from pathlib import Path

from storage.checklists.data import Data, read_data, template_text
from storage.checklists.editing import problems
from storage.checklists.lists import Lists
from storage.checklists.toml_table import TemplateError
from storage.engine.errors import StorageError
from storage.exchange.files_out import not_written, put_in_place
from storage.exchange.tables.sheet import SourceError
from storage.exchange.tables.tabular import bytes_of
from storage.exchange.templates.reading import BroughtTemplate, SheetProblem, read_template_workbook
from storage.exchange.templates.workbook import write_template

ENDINGS = (".xlsx", ".toml", ".json")
_PACKED = (b"PK", b"\xd0\xcf\x11\xe0")  # how a workbook begins, of this century and of the last
LARGEST = 1024 * 1024  # bytes of a template as text


def write_template_file(data: Data, path: Path) -> None:
    """Write a template as its ending asks: workbook, TOML or JSON. Raises StorageError in words to show."""
    ending = path.suffix.casefold()
    if ending not in ENDINGS:
        raise StorageError(
            f"A template is written as {', '.join(ENDINGS)}. Nothing was written. Choose one of these."
        )
    if ending == ".xlsx":
        write_template(data, path)
        return
    text = json.dumps(data, ensure_ascii=False, indent=2) if ending == ".json" else template_text(data)
    try:
        with put_in_place(path) as made:
            made.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise StorageError(not_written(error, path)) from error


def read_template_file(path: Path, lists: Lists | None = None) -> BroughtTemplate:
    """Read a template from whatever file it is in, with what is to be mended before it can be published.

    Takes its time: to be called off the window's own thread. Raises SourceError for what is no template at all.
    """
    data = bytes_of(path)
    if data.startswith(_PACKED):
        return read_template_workbook(path, lists)
    if len(data) > LARGEST:
        raise SourceError(f"“{path.name}” is far longer than any template.", "Choose the file of a template.")
    try:
        made = read_data(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, TemplateError) as error:
        raise SourceError(
            f"“{path.name}” holds no template.", "Choose a workbook, or a .toml or .json file."
        ) from error
    found = tuple(SheetProblem("", 0, p.key, f"{p.where}: {p.mistake}") for p in problems(made, lists))
    return BroughtTemplate(made, found)
