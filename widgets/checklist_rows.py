"""Answers in rows: one line of fields for each thing asked about, fixed ones by name or as many as are wanted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QToolButton, QWidget

from widgets.checklist_data import NOT_MOVED, AnswerValue, PartData, PartKind
from widgets.checklist_segments import PartEditor
from widgets.icons import icon
from widgets.parts import col, link, row, text
from widgets.shown import set_tip

ROW = "row"  # where a row keeps its key
FIELD = (
    32  # pixels of height that a line takes before its fields are made, so that nothing moves when they are
)
YEAR, SUM = "year", "sum"
_STRETCH = {PartKind.TEXT: 3, PartKind.LINK: 3, PartKind.PERSON: 3, PartKind.CHOICE: 3}
_YEARS = (PartData(YEAR, PartKind.PERSON, "Financial year"), PartData(SUM, PartKind.MONEY, "Sum"))

Held = dict[str, object]


class RowsEditor(PartEditor):
    """A table of fields. Rows of a person's own can be added and taken away; an empty one is not kept.

    `make` gives the editor of one field.
    """

    def __init__(self, part: PartData, make: Callable[[PartData], PartEditor]) -> None:
        super().__init__()
        self._make = make
        self._part, self._columns, self._fixed = part, part.columns, part.rows
        self._cells: dict[tuple[str, str], PartEditor] = {}
        self._keys: list[str] = []
        self._removers: list[QToolButton] = []
        self._rows: dict[str, Held] = {}
        self._empty: set[str] = set()  # rows in sight that hold nothing yet
        self._added: set[str] = set()  # rows that somebody asked for
        self._aside = self._read_only = False
        self._waiting: list[tuple[int, str]] = []  # lines whose fields are still to be made
        self._more = QTimer(self, interval=0)
        self._more.timeout.connect(self._make_next)
        self._grid = QGridLayout()
        self._table = QWidget()
        self._add = link("Add a row", "plus")
        self._add.setAccessibleName(f"Add a row to {part.label}")
        self._add.clicked.connect(self._add_row)
        self._under = col(self._table, row(self._add, None), gap=4)
        self.setLayout(self._under)
        self._add.setVisible(not self._fixed)
        self._lay_out([option.value for option in self._fixed] or self._blank_keys())

    def set_part(self, part: PartData, *, not_applicable: bool, read_only: bool) -> None:
        """Show the rows; a row just added and still empty stays."""
        self._part, self._aside, self._read_only = part, not_applicable, read_only or not_applicable
        self._rows = {str(held[ROW]): held for held in self._held(part.value)}
        self._empty -= set(self._rows)
        wanted = [option.value for option in self._fixed]
        wanted = (
            wanted or [*self._rows, *(key for key in self._keys if key in self._empty)] or self._blank_keys()
        )
        if wanted != self._keys:
            self._lay_out(wanted)
        for (key, name), cell in self._cells.items():
            cell.set_part(
                self._cell(key, self._column(name)), not_applicable=not_applicable, read_only=read_only
            )
        self._add.setEnabled(not self._read_only)
        for remover in self._removers:
            remover.setEnabled(not self._read_only)

    @property
    def is_held(self) -> bool:
        """As of any of the fields; a row that was asked for and holds nothing yet must not go either."""
        return bool(self._added & self._empty) or any(cell.is_held for cell in self._cells.values())

    def commit(self) -> None:
        """Say what is typed in any of the fields."""
        for cell in self._cells.values():
            cell.commit()

    def start(self) -> QWidget:
        """The first field."""
        return next(iter(self._cells.values())).start() if self._cells else self

    # ---- the rows

    def _held(self, value: AnswerValue) -> list[Held]:
        """The rows of a value, as they are kept."""
        rows = value if isinstance(value, Sequence) and not isinstance(value, str) else ()
        return [dict(each) for each in rows if isinstance(each, Mapping) and ROW in each]

    def _given(self, rows: list[Held]) -> AnswerValue:
        """What is answered with these rows."""
        return rows or None

    def _blank_keys(self) -> list[str]:
        keys = [str(place) for place in range(1, max(1, self._part.least) + 1)]
        self._empty |= set(keys)
        return keys

    def _add_row(self) -> None:
        key = str(max((int(each) for each in self._keys if each.isdigit()), default=0) + 1)
        self._empty.add(key)
        self._added.add(key)
        self._lay_out([*self._keys, key])
        while self._waiting:
            self._make_next()
        self.set_part(self._part, not_applicable=False, read_only=self._read_only)
        first = self._cells[key, self._columns[0].key].start()
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self, key: str) -> None:
        self._empty.discard(key)
        self._added.discard(key)
        self._rows.pop(key, None)
        self._lay_out([each for each in self._keys if each != key] or self._blank_keys())
        self._tell()

    def _changed(self, key: str, name: str, value: AnswerValue) -> None:
        held = {**self._rows.get(key, {ROW: key}), name: value}
        if value is None or value == "":
            held.pop(name)
        if len(held) == 1:
            self._empty.add(key)
        self._rows[key] = held
        self._tell()

    def _pick(self, key: str, name: str, _within: str) -> None:
        self.pick_asked.emit(f"{key}/{name}")

    def _tell(self) -> None:
        rows = [self._rows[key] for key in self._keys if len(self._rows.get(key, {})) > 1]
        self.changed.emit(self._given(rows))

    # ---- the fields

    def _column(self, name: str) -> PartData:
        return next(column for column in self._columns if column.key == name)

    def _cell(self, key: str, column: PartData) -> PartData:
        """One field, which a reader calls by its column and its row."""
        value = self._rows.get(key, {}).get(column.key)
        named = next((option.label for option in self._fixed if option.value == key), f"row {key}")
        moved = self._part.rows_moved.get((key, column.key), NOT_MOVED)
        words = self._part.rows_words.get((key, column.key), "")
        return replace(column, label=f"{column.label}, {named}", value=value, words=words, moved=moved)  # type: ignore[arg-type]

    def _lay_out(self, keys: list[str]) -> None:
        self.commit()
        self._keys, self._cells, self._removers = keys, {}, []
        self._more.stop()
        grid = self._grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        first = 1 if self._fixed else 0
        for place, column in enumerate(self._columns, first):
            grid.addWidget(text(column.label, "label"), 0, place, Qt.AlignmentFlag.AlignBottom)
            grid.setColumnStretch(place, _STRETCH.get(column.kind, 2))
        if self._fixed:
            grid.setColumnStretch(0, 4)
        self._waiting = list(enumerate(keys, 1))
        table = QWidget()
        table.setLayout(grid)
        self._under.replaceWidget(self._table, table)
        self._table.hide()
        self._table.deleteLater()
        self._table = table
        for line, key in self._waiting:
            grid.setRowMinimumHeight(line, FIELD)
            if self._fixed:
                self._name(grid, line, key)
        self._make_next()
        if self._waiting:
            self._more.start()

    def _make_next(self) -> None:
        """Make the fields of the next line; the rest of a long table follows between turns of the event loop."""
        if not self._waiting:
            self._more.stop()
            return
        line, key = self._waiting.pop(0)
        if not self._fixed:
            self._name(self._grid, line, key)
        for place, column in enumerate(self._columns, 1 if self._fixed else 0):
            data = self._cell(key, column)
            cell = self._cells[key, column.key] = self._make(data)
            cell.set_part(data, not_applicable=self._aside, read_only=self._read_only)
            cell.changed.connect(partial(self._changed, key, column.key))
            cell.pick_asked.connect(partial(self._pick, key, column.key))
            self._grid.addWidget(cell, line, place, Qt.AlignmentFlag.AlignTop)

    def _name(self, grid: QGridLayout, line: int, key: str) -> None:
        """The name of a fixed row at its left, or what takes another one away at its right."""
        for option in self._fixed:
            if option.value == key:
                name = text(option.label, wrap=True)
                name.setContentsMargins(0, 6, 0, 0)
                grid.addWidget(name, line, 0, Qt.AlignmentFlag.AlignTop)
        if not self._fixed:
            remover = QToolButton()
            remover.setIcon(icon("x", "text2"))
            remover.setAccessibleName(f"Take row {line} away")
            set_tip(remover, "Take this row away")
            remover.clicked.connect(partial(self._remove, key))
            self._removers.append(remover)
            grid.addWidget(remover, line, len(self._columns), Qt.AlignmentFlag.AlignTop)


class YearsEditor(RowsEditor):
    """Sums by financial year: the year as 2026/27, and its sum."""

    def __init__(self, part: PartData, make: Callable[[PartData], PartEditor]) -> None:
        super().__init__(replace(part, columns=_YEARS), make)

    def _held(self, value: AnswerValue) -> list[Held]:
        sums = value if isinstance(value, Mapping) else {}
        return [{ROW: str(n), YEAR: year, SUM: pence} for n, (year, pence) in enumerate(sums.items(), 1)]

    def _given(self, rows: list[Held]) -> AnswerValue:
        sums = {
            str(held[YEAR]): held[SUM] for held in rows if YEAR in held and isinstance(held.get(SUM), int)
        }
        return sums or None  # type: ignore[return-value]
