"""The very hidden sheet of a workbook that says what was sent, so that what comes back is compared with that.

The sheet is named `Commissioning Desk`. Every cell is text, and the first cell of a row says what those behind it are:

format    the version of this layout, `1`, then words for a person who uncovers the sheet
file      the identity of the file, which its copies share
step      the hash of its last step when the workbook was written
exported  when that was: an ISO date and time with its offset
view      the name of the view; nothing where there was none
chosen    the filter in words
meeting   the name of the meeting; nothing where it was for none
column    position on the sheet Contracts, counted from 1; heading; name of the field; its kind, as `Kind` has it;
          `editable` or `computed`
row       UUID of the record; then its values as sent, in one or more pieces

A heading is exactly that of the sheet Contracts. The column of the UUIDs is not listed. An own field is named as
everywhere, `own:` and its key. The provider is `editable`, although it is worked out: an import takes it.

The values of a row are a JSON array with one text or null for each `editable` column, in their order: what
`Field.to_sql` keeps (`2027-03-31`, pence, `6m`, `1` and `0`), as text. A blank is null. The array is pure ASCII and
cut into pieces of at most 32,000 characters, each between two upright strokes, so that no program that saves the
workbook trims, escapes or works out any of it. A text is here as the file has it, also where its cell could not
hold it whole or as it is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from storage.engine.fields import Field, Kind, Record, Value
from storage.exchange.foreign.book import Book
from storage.exchange.importing.import_headings import PROVIDER
from storage.exchange.workbooks.columns import Register
from storage.exchange.workbooks.origin import SYNC_SHEET
from storage.exchange.workbooks.text import write_text

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

FORMAT = 1
_LEAVE = "Leave this sheet as it is: by it the program tells what was changed when the workbook comes back."
_PIECE = 32_000  # characters; a cell takes 32,767
_EDITABLE, _COMPUTED = "editable", "computed"
_FACTS = ("file", "step", "exported", "view", "chosen", "meeting")
_WHOLE = frozenset({Kind.MONEY, Kind.WHOLE, Kind.YESNO, Kind.LINK})

_encoded = json.JSONEncoder(separators=(",", ":")).encode

Sent = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class SyncColumn:
    """One column of the sheet Contracts as it was sent; `position` counts from 1."""

    position: int
    heading: str
    name: str
    kind: Kind
    editable: bool


@dataclass(frozen=True, slots=True)
class Sync:
    """What was sent: from which file as at which step, and the values of every row by the UUID of its record."""

    file: str
    step: str
    exported: str
    view: str
    chosen: str
    meeting: str
    columns: tuple[SyncColumn, ...]
    rows: Mapping[str, Sent]

    @property
    def editable(self) -> tuple[SyncColumn, ...]:
        """The columns that values were sent of, in the order of those values."""
        return tuple(column for column in self.columns if column.editable)

    def sent(self, uuid: str) -> dict[str, str | None] | None:
        """The values of a record as sent, by the name of their field; None for a record that was not in it."""
        held = self.rows.get(uuid)
        return None if held is None else dict(zip((c.name for c in self.editable), held, strict=True))


def is_editable(field: Field) -> bool:
    """Whether a change of its cell can be brought back."""
    return not field.from_today and (not field.derived or field.name == PROVIDER)


def as_sent(field: Field, value: Value) -> str | None:
    """A value in the form it is sent in; None for a blank."""
    held = field.to_sql(value)
    return None if held is None else str(held)


def from_sent(field: Field, sent: str | None) -> Value:
    """The value that was sent. Raises ValueError for a text that is none of this field's."""
    if sent is None:
        return field.from_sql(None)
    return field.from_sql(int(sent) if field.kind in _WHOLE else sent)


def sync_of(register: Register, **facts: str) -> Sync:
    """What a workbook of these contracts sends; `facts` are those of `Sync` that are not columns and rows."""
    columns = tuple(
        SyncColumn(place, column.heading, field.name, field.kind, is_editable(field))
        for place, column in enumerate(register.columns, start=1)
        if (field := column.field) is not None
    )
    fields = [c.field for c in register.columns if c.field is not None and is_editable(c.field)]
    values = zip(*(_values(field, register.records) for field in fields), strict=True)
    rows = dict(zip((record.uuid for record in register.records), values, strict=True))
    return Sync(**facts, columns=columns, rows=rows)


def _values(field: Field, records: Sequence[Record]) -> Sequence[str | None]:
    """The values of one field as sent, record by record."""
    if field.own:
        held = [record.own.get(field.key) for record in records]  # as the file keeps them
        return [None if value is None else str(value) for value in held]
    values = [*map(attrgetter(field.name), records)]
    if field.kind.is_words:
        return [value or None for value in values]  # quickly: most are words or blank
    return [None if value is None else as_sent(field, value) for value in values]


def write(sheet: Worksheet, lines: Iterable[Sequence[str]]) -> None:
    """Write the sheet, its rows being those of `lines_of`, and hide it so that only a program can show it again."""
    for row, cells in enumerate(lines):
        for place, words in enumerate(cells):
            if words:
                write_text(sheet, row, place, words)
    sheet.very_hidden()


def lines_of(sync: Sync) -> Iterator[tuple[str, ...]]:
    """The cells of the sheet, row by row."""
    yield "format", str(FORMAT), _LEAVE
    for fact in _FACTS:
        yield fact, getattr(sync, fact)
    for c in sync.columns:
        edited = _EDITABLE if c.editable else _COMPUTED
        yield "column", str(c.position), c.heading, c.name, c.kind.value, edited
    for uuid, values in sync.rows.items():
        yield "row", uuid, *packed(values)


def packed(values: Sent) -> list[str]:
    """Values as the cells of a row keep them, whatever program saves the workbook."""
    # An underscore before an x would be taken for an escaped character by some programs and not by others.
    text = _encoded(values).replace("_x", "\\u005fx")
    return [f"|{text[start : start + _PIECE]}|" for start in range(0, len(text), _PIECE)]


def read(book: Book) -> Sync | None:
    """What an opened workbook says was sent; None for one without the sheet, of a later layout, or spoilt.

    A row that was spoilt is left out, as is one whose UUID stands there twice with other values.
    """
    named = any(name == SYNC_SHEET for name, _ in book.sheets)
    return read_rows(cells for _, cells in book.rows(SYNC_SHEET)) if named else None


def read_rows(rows: Iterable[Sequence[object]]) -> Sync | None:
    """The same from the rows of the sheet."""
    facts: dict[str, str] = {}
    columns: list[SyncColumn] = []
    sent: list[Sequence[str]] = []
    try:
        for cells in rows:
            head, *rest = map(cell_words, cells)
            if head == "column":
                columns.append(_column(rest))
            elif head == "row":
                sent.append(rest)
            elif rest:
                facts[head] = rest[0]
        if int(facts["format"]) != FORMAT:
            return None
    except (ValueError, KeyError):
        return None
    editable = sum(column.editable for column in columns)
    said = {fact: facts.get(fact, "") for fact in _FACTS}
    return Sync(**said, columns=tuple(columns), rows=_rows(sent, editable))


def cell_words(cell: object) -> str:
    """A cell as text, also where another program made a number of its digits."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def _column(cells: Sequence[str]) -> SyncColumn:
    position, heading, name, kind, edited = cells[:5]
    return SyncColumn(int(position), heading, name, Kind(kind), edited == _EDITABLE)


def _rows(sent: Iterable[Sequence[str]], editable: int) -> dict[str, Sent]:
    found: dict[str, Sent] = {}
    twice: set[str] = set()
    for uuid, *pieces in sent:
        values = unpacked(pieces)
        if values is None or len(values) != editable:
            continue
        if found.setdefault(uuid, values) != values:
            twice.add(uuid)
    return {uuid: values for uuid, values in found.items() if uuid not in twice}


def unpacked(pieces: Sequence[str]) -> Sent | None:
    """The values of a row; None where the pieces are not what was written."""
    text = "".join(piece[1:-1] for piece in pieces if piece[:1] == piece[-1:] == "|")
    try:
        values = json.loads(text)
    except ValueError:
        return None
    if not isinstance(values, list) or not all(value is None or isinstance(value, str) for value in values):
        return None
    return tuple(values)
