"""What was decided about a kind of file when it was brought in, so that the next one of its kind needs no thought."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from storage.engine.fields import Record, data, day, record, text, whole


@record(
    "remembered_import",
    "Remembered import",
    named_by=("title",),
    searched=False,
    one_per=("list", "shape"),
)
class RememberedImport(Record):
    """Where the headings of one kind of file go. Its kind is told by its headings, not by its name."""

    title: str = text("File", shown=True, width=240, help="The name of the last file of this kind.")
    list: str = text("Brought in as", shown=True, width=130, help="The list its rows went to, by its key.")
    shape: str = text("Shape")
    sheet: str = text("Sheet", shown=True)
    header_row: int | None = whole("Row of the headings", help="Only where a person chose it.")
    decided: Mapping[str, object] = data("What was decided")
    used_on: date | None = day("Last used", shown=True)
