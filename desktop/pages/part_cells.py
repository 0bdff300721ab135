"""What a list of parts shows of each: the values of its columns as cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from desktop.pages.part_list import PartColumn, PartList
from storage.engine.fields import RECORDS, Field, Kind, Record
from storage.engine.reading import Reader
from storage.engine.values import show_money
from widgets.table_model import Cell, Column, Row

RATINGS = {"green": "green", "amber": "amber", "red": "red", "unrated": "unrated", "not rated": "unrated"}
_RIGHT = (Kind.MONEY, Kind.WHOLE, Kind.NUMBER)
_MOST = 184  # pixels for a column of words


def table_columns(part: PartList[Any]) -> list[Column]:
    """The columns with their labels and sides."""
    made = []
    for column in part.all_columns():
        field = part.cls.FIELDS.get(column.name)
        label = column.label or (field.brief or field.label if field else "")
        right = column.right if column.right is not None else field is not None and field.kind in _RIGHT
        made.append(Column(column.name, label, column.width or _most(field), "right" if right else "left"))
    return made


def _most(field: Field | None) -> int:
    return _MOST if field is None or field.kind in (Kind.TEXT, Kind.NOTE, Kind.LINK, Kind.CHOICE) else 0


def rows_of(reader: Reader, part: PartList[Any], records: Sequence[Record], today: date) -> list[Row]:
    """Each part as a row."""
    columns = part.all_columns()
    pence = _has_pence(part, records)
    shown = {c.name: _Shown(reader, part, c, records, today, pence) for c in columns}
    rows = []
    for record in records:
        cells = {name: each.cell(record) for name, each in shown.items()}
        main = columns[0].name
        if not cells[main].text:
            cells[main] = replace(cells[main], text=record.name, tone="soft")
        tone = part.tone(record, today) if part.tone else ""
        rows.append(Row(record.key, _toned(cells, tone, main)))
    return rows


def _has_pence(part: PartList[Any], records: Sequence[Record]) -> bool:
    """Whether any amount has pence; then all are shown with them."""
    fields = [f for c in part.all_columns() if (f := part.cls.FIELDS.get(c.name)) and f.kind is Kind.MONEY]
    values = (f.value_of(r) for f in fields for r in records)
    return any(isinstance(v, int) and v % 100 for v in values)


def _toned(cells: dict[str, Cell], tone: str, main: str) -> dict[str, Cell]:
    """What is over is quiet in all its words; what is late stands out by its name."""
    if tone == "soft":
        return {name: c if c.tone or c.mark else replace(c, tone="soft") for name, c in cells.items()}
    return {**cells, main: replace(cells[main], tone=tone)} if tone else cells


class _Shown:
    """One column over all the parts: amounts alike in every row, links by the names of what they point to."""

    def __init__(
        self,
        reader: Reader,
        part: PartList[Any],
        column: PartColumn[Any],
        records: Sequence[Record],
        today: date,
        pence: bool,
    ) -> None:
        self._made, self._today = column.cell, today
        self._all = column.cells(reader, records, today) if column.cells else None
        self._field = part.cls.FIELDS.get(column.name)
        self._names: Mapping[int, str] = {}
        self._pence = pence
        if self._all is not None or self._made is not None or self._field is None:
            return
        if self._field.kind is Kind.LINK:
            ids = {v for r in records if isinstance(v := self._field.value_of(r), int)}
            found = reader.many(RECORDS[self._field.target], sorted(ids))
            self._names = {n: f"{r.name} (in the bin)" if r.binned else r.name for n, r in found.items()}

    def cell(self, record: Record) -> Cell:
        """What it shows of one part."""
        if self._all is not None:
            return self._all.get(record.key, Cell())
        if self._made is not None:
            return self._made(record, self._today)
        if self._field is None:
            return Cell()
        value = self._field.value_of(record, self._today)
        if self._field.kind is Kind.LINK:
            return Cell(self._names.get(value, "Not in this file") if isinstance(value, int) else "")
        if self._field.kind is Kind.MONEY and isinstance(value, int) and self._pence:
            return Cell(show_money(value))
        words = self._field.show(value)
        is_rating = self._field.kind is Kind.CHOICE
        return Cell(words, mark=RATINGS.get(words.casefold(), "") if is_rating else "")
