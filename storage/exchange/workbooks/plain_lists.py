"""Lists that are worked out and not kept, as sheets: changes, what is to be put right, what lies ahead, what is due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from storage.desk.meeting.since_meeting import HEADINGS, ChangeRow, Since, cells_of
from storage.desk.planning.forward import LATE, Ahead
from storage.desk.put_right.finding import Finding
from storage.desk.today.due import Due
from storage.engine.fields import Kind
from storage.engine.values import Unreadable, read_money, show_day
from storage.exchange.workbooks.columns import UUID_HEADING, Cell
from storage.exchange.workbooks.list import Sheets
from storage.exchange.workbooks.table import Table, TableColumn
from storage.exchange.workbooks.text import clean, serial, table_headings
from storage.rules.forward_plan import Planned
from storage.rules.kpi_periods import QUARTERLY, period_label

Plain = str | int | date | None  # an int is pence where its column is money
_CHANGES = (120, 100, 240, 160, 200, 220, 130, 100)


def since_sheets(found: Since, rows: Sequence[ChangeRow] | None = None) -> Sheets:
    """The changes since a meeting that are given; without any, every one, those that only follow from others too."""
    kinds = [Kind.DAY if heading == "When" else Kind.TEXT for heading in HEADINGS]
    columns = [*zip(HEADINGS, kinds, _CHANGES, strict=True)]
    title = "Changes since the meeting"
    table = _table(
        title, f"{found.meeting}, {found.span}", columns, cells_of(found.rows if rows is None else rows)
    )
    return Sheets(title, found.which, [table], (("Meeting", found.meeting), ("Days compared", found.span),
                                                ("Contracts shown", found.which)))  # fmt: skip


def findings_sheets(found: Sequence[Finding], which: str) -> Sheets:
    """What is to be put right, in the order on screen."""
    columns = (("Level", Kind.TEXT, 80), ("What is to be put right", Kind.NOTE, 360), ("Where", Kind.TEXT, 240),
               ("Reference", Kind.TEXT, 100), ("Who", Kind.TEXT, 140), ("Subject", Kind.TEXT, 140))  # fmt: skip
    rows = [(f.kind.severity.words, f.words, f.subject, f.reference, f.owner, f.kind.group) for f in found]
    table = _table("To put right", which, columns, rows)
    return Sheets("To put right", which, [table], (("Which", which),))


def forward_sheets(found: Ahead, items: Sequence[Planned], quarter: str, names: Mapping[int, str]) -> Sheets:
    """What lies ahead, of one quarter where one is named, and the load by quarter; `names` are providers."""
    which = quarter or _span(found)
    dates = (("Contract", Kind.TEXT, 260), ("Provider", Kind.TEXT, 220), ("Day", Kind.DAY, 100),
             ("What", Kind.TEXT, 120), ("Quarter", Kind.TEXT, 110), ("Value", Kind.MONEY, 128))  # fmt: skip
    rows = [
        (i.title, names.get(i.contract, ""), i.day, i.what, _quarter(i.day, found.first), i.pence)
        for i in items
    ]
    load = (("Quarter", Kind.TEXT, 120), ("What falls into it", Kind.TEXT, 360), ("At once", Kind.WHOLE, 90))
    quarters = [(q.label, q.words(), q.at_once) for q in found.quarters]
    tables = [
        _table("Forward plan", which, dates, rows),
        _table("Load by quarter", _span(found), load, quarters),
    ]
    return Sheets(
        "Forward plan",
        which,
        tables,
        (("Time shown", which), *(("Too much at once", c) for c in found.clashes)),
    )


def due_sheets(found: Sequence[Due], which: str) -> Sheets:
    """What is due, the nearest first."""
    columns = (("Day", Kind.DAY, 100), ("What", Kind.NOTE, 320), ("Of", Kind.TEXT, 260),
               ("Reference", Kind.TEXT, 100), ("Who", Kind.TEXT, 140))  # fmt: skip
    rows = [(d.day, d.what, d.subject, d.reference, d.owner) for d in found]
    return Sheets("Due", which, [_table("Due", which, columns, rows)], (("Whose", which),))


def money_sheets(
    title: str,
    which: str,
    columns: Sequence[tuple[str, bool, int]],
    rows: Sequence[Sequence[str]],
    facts: Sequence[tuple[str, str]] = (),
) -> Sheets:
    """A table of money as it is shown: a heading, whether it holds figures, and a width for each column.

    An amount is money again; one with a remark, such as that it is to be confirmed, and a count stay as they are
    shown. A column that says nothing and has no heading is left out.
    """
    kept = [
        place for place, (heading, _, _) in enumerate(columns) if heading or any(row[place] for row in rows)
    ]
    made, cells = [], []
    for place in kept:
        heading, figures, width = columns[place]
        words = [row[place] for row in rows]
        read: list[Plain] = [_amount(each) if figures else each for each in words]
        money = any(isinstance(each, int) for each in read)
        made.append((heading, Kind.MONEY if money else Kind.TEXT, width))
        cells.append(read)
    table = _table(title, which, made, [*zip(*cells, strict=True)])
    return Sheets(title, which, [table], (("Which", which), *facts))


def _amount(words: str) -> str | int:
    try:
        return read_money(words) if "£" in words else words
    except Unreadable:
        return words


def _quarter(day: date, today: date) -> str:
    return LATE if day < today else period_label(QUARTERLY, day)


def _span(found: Ahead) -> str:
    return f"{show_day(found.first)} to {show_day(found.last)}"


def _table(
    title: str, words: str, columns: Sequence[tuple[str, Kind, int]], rows: Sequence[Sequence[Plain]]
) -> Table:
    headings = table_headings([heading for heading, _, _ in columns], UUID_HEADING)
    made = [
        TableColumn(heading, kind, width, [_cell(kind, row[place]) for row in rows])
        for place, (heading, (_, kind, width)) in enumerate(zip(headings, columns, strict=True))
    ]
    name = "".join(letter if letter.isalnum() else "_" for letter in title)
    return Table(title, title, clean(f"{len(rows):,} in all; {words}"), name, made)


def _cell(kind: Kind, held: Plain) -> Cell:
    if isinstance(held, date):
        return show_day(held) if (number := serial(held)) is None else number
    if isinstance(held, int):
        return held / 100 if kind is Kind.MONEY else held
    return clean(held or "") or None
