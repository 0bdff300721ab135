"""The register as columns of a sheet: which fields, under which headings, with what in each cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as of
from datetime import date
from decimal import Decimal

from storage.engine.fields import Field, Kind, Record, Value
from storage.engine.query import Query
from storage.engine.reading import Reader
from storage.engine.values import show_day, show_money
from storage.exchange.workbooks.long import LongText, in_pieces
from storage.exchange.workbooks.text import (
    LARGEST_EXACT,
    LONGEST_TEXT,
    MOST_ROWS,
    WorkbookError,
    clean,
    fits,
    is_clean,
    serial,
    table_headings,
)
from storage.records.contracts import Contract

Cell = str | int | float | None
LEADING = (
    "reference", "title", "provider_name", "stage", "start", "current_end", "max_end", "notice_commissioner",
    "notice_by", "current_value", "annual_value",
)  # fmt: skip
PRINTED = "position"  # the last column that is printed, unless a view says more: all would be too small on A4
UUID_HEADING = "Record UUID"
REASONED = ("ends", "notice_by", "serve_by", "act_by")  # the dates whose cells say why
MOST_REASONED = 500  # contracts: a workbook for a meeting; in a whole register notes would only weigh it down
_CUT = LONGEST_TEXT // 2 - 1  # letters, whatever they are
_NOT_WRITTEN = frozenset({Kind.LINK, Kind.DATA})


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the table; `field` is None for the UUID. A day is Excel's number, an amount is pounds."""

    heading: str
    field: Field | None
    cells: list[Cell]

    @property
    def name(self) -> str:
        """The name of its field; empty for the UUID."""
        return self.field.name if self.field else ""


@dataclass(frozen=True, slots=True)
class Register:
    """The contracts to be written, by column; the UUID is the last."""

    columns: list[Column]
    rows: int
    as_at: date
    long: Sequence[LongText] = ()  # texts that no cell holds whole
    printed: str = PRINTED  # the last column that is printed
    whys: Mapping[str, Sequence[str]] = of(default_factory=dict)  # by column, a sentence for each row
    records: Sequence[Contract] = ()  # from which the cells were made
    folded: bool = False  # whether the columns after the last printed one are folded away

    def find(self, name: str) -> Column | None:
        """The column of a field, if it is written."""
        return next((c for c in self.columns if c.name == name), None)

    def place(self, name: str) -> int | None:
        """Where the column of a field stands, counted from 0."""
        return next((i for i, c in enumerate(self.columns) if c.name == name), None)


def gather(reader: Reader, query: Query, today: date, first: Sequence[str] = ()) -> Register:
    """Read what is to be written: the columns of a view where one is given, then the leading columns, then every
    other field that holds a value anywhere.

    All of them are written whatever the view: a sheet that comes back with fewer would leave nothing to compare with.
    A text no Excel cell can hold stands there by its beginning, and whole among the long texts. Raises
    WorkbookError, naming contract and column, for an amount that was typed and that Excel would round; one that was
    worked out stands there in words.
    """
    records = reader.all(Contract, query)
    if len(records) > MOST_ROWS:
        raise WorkbookError(
            f"{len(records):,} contracts are more than the {MOST_ROWS:,} rows of an Excel sheet. "
            "Nothing was written. Narrow the filter and export in parts."
        )
    fields = {
        name: field for name, field in reader.fields(Contract).items() if field.kind not in _NOT_WRITTEN
    }
    first = [name for name in dict.fromkeys(first) if name in fields]
    order = [*LEADING, *(name for name in fields if name not in LEADING)]
    kept: list[tuple[Field, list[Cell]]] = []
    by_day = _by_day(Reader(reader.file, lambda: today), query, fields)
    for field in (fields[name] for name in order):
        cells = by_day[field.name] if field.name in by_day else _cells(field, records)
        if field.name in (*LEADING, *first) or any(cell is not None for cell in cells):
            kept.append((field, cells))
    # Headings are made in the same order for every view: two that are alike are told apart by their order.
    headings = table_headings([field.label for field, _ in kept], UUID_HEADING)
    columns = [Column(h, field, cells) for h, (field, cells) in zip(headings, kept, strict=True)]
    columns.sort(key=lambda c: first.index(c.name) if c.name in first else len(first))
    long = _shorten(columns, records)
    identities: list[Cell] = [record.uuid for record in records]
    columns.append(Column(UUID_HEADING, None, identities))
    whys = reader.whys(records, REASONED) if len(records) <= MOST_REASONED else {}
    return Register(columns, len(records), today, long, first[-1] if first else PRINTED, whys, records)


def _by_day(reader: Reader, query: Query, fields: Mapping[str, Field]) -> dict[str, list[Cell]]:
    """The columns whose words follow from today, which the query tells faster than they are worked out here."""
    names = [field.name for field in fields.values() if field.from_today]
    told = [values for _, values in reader.values(Contract, names, query)]
    return {name: _texts([row[place] for row in told]) for place, name in enumerate(names)}


def _cells(field: Field, records: Sequence[Contract]) -> list[Cell]:
    cells = converted(field, _values(field, records))
    _refuse_too_large(field, cells, records)
    return cells


def cells_of(field: Field, records: Sequence[Record]) -> list[Cell]:
    """The cells of one field of records of any sort; a text no cell holds is cut."""
    cells = converted(field, [field.value_of(record) for record in records])
    return [cell if not isinstance(cell, str) or fits(cell) else f"{cell[:_CUT]}…" for cell in cells]


def converted(field: Field, values: Sequence[Value]) -> list[Cell]:
    """Values of a field as cells; a blank is none."""
    kind = field.kind
    if kind.is_words:
        return _texts(values)
    convert = _worked_out_money if kind is Kind.MONEY and field.derived else _CONVERT[kind]
    return [None if value is None or value == "" else convert(value) for value in values]


def _values(field: Field, records: Sequence[Contract]) -> list[Value]:
    if field.own:
        key = field.key
        return [field.from_sql(record.own[key]) if key in record.own else None for record in records]
    name = field.name
    return [record.__dict__[name] for record in records]


def _texts(values: Sequence[Value]) -> list[Cell]:
    texts = [str(value) if value else None for value in values]
    if is_clean(" ".join(filter(None, texts))):
        return list(texts)
    return [(clean(text) or None) if text else None for text in texts]


def _day(value: Value) -> Cell:
    if not isinstance(value, date):
        return _plain(value)
    return show_day(value) if (number := serial(value)) is None else number


def _money(value: Value) -> Cell:
    return value / 100 if isinstance(value, int) else _plain(value)


def _worked_out_money(value: Value) -> Cell:
    """As `_money`; in words where a cell would round it, since nobody could correct what is worked out."""
    return show_money(value) if isinstance(value, int) and abs(value) >= LARGEST_EXACT else _money(value)


def _whole(value: Value) -> Cell:
    return value if isinstance(value, int) and abs(value) < LARGEST_EXACT else _plain(value)


def _number(value: Value) -> Cell:
    """A number where a cell keeps all its digits, otherwise its digits as text."""
    if not isinstance(value, Decimal):
        return _plain(value)
    return float(value) if Decimal(str(float(value))) == value else f"{value:f}"


def _yes_no(value: Value) -> Cell:
    return "Yes" if value else "No"


def _plain(value: Value) -> Cell:
    """A value of no type a cell knows, such as a period, in words."""
    return clean(str(value)) or None


_CONVERT: dict[Kind, Callable[[Value], Cell]] = {
    Kind.DAY: _day,
    Kind.MONEY: _money,
    Kind.WHOLE: _whole,
    Kind.YESNO: _yes_no,
    Kind.PERIOD: _plain,
    Kind.NUMBER: _number,
}


def _refuse_too_large(field: Field, cells: Sequence[Cell], records: Sequence[Contract]) -> None:
    """Raise for an amount that a cell would round: a workbook never says less than the register."""
    if field.kind is not Kind.MONEY:
        return
    most = LARGEST_EXACT / 100
    bad = next((i for i, c in enumerate(cells) if isinstance(c, float) and abs(c) >= most), None)
    if bad is not None:
        raise WorkbookError(
            f"“{field.label}” of the contract {_called(records[bad])} is an amount larger than Excel keeps to the "
            "penny. Nothing was written. Correct it there, then export again."
        )


def _shorten(columns: Sequence[Column], records: Sequence[Contract]) -> list[LongText]:
    """Put the beginning in the place of each text that a cell cannot hold; returns those texts."""
    long: list[LongText] = []
    for column in columns:
        cells = column.cells
        if max((len(c) for c in cells if isinstance(c, str)), default=0) <= LONGEST_TEXT // 2:
            continue  # whatever its characters
        for place, cell in enumerate(cells):
            if isinstance(cell, str) and not fits(cell):
                text = in_pieces(len(long) + 1, _called(records[place]), column.heading, cell)
                long.append(text)
                cells[place] = text.cell
    return long


def _called(contract: Contract) -> str:
    return clean(" ".join(filter(None, (contract.reference, contract.title))) or contract.name)[:120]
