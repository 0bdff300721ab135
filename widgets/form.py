"""The form of a record: its fields in groups, an editor for each, and the values worked out for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from storage.engine.fields import Field, Kind
from widgets.editors import AddressEditor, Editor, LinkEditor, editor_for
from widgets.parts import Words, col, text
from widgets.shown import set_field, set_tip
from widgets.why import WhyStep
from widgets.worked import WorkedList, WorkedValue

NARROWEST = 150  # of one column, in pixels at 100 %
GAP = 16
LONG = 200  # a field whose table column is wider than this takes the whole width of the form


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that belong together, under a heading."""

    title: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldCell:
    """An editor with the label above it."""

    label: Words
    editor: Editor
    wide: bool  # takes the whole width


class FieldGrid(QWidget):
    """Cells in as many columns as there is room for."""

    def __init__(self, most: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._cells: Sequence[FieldCell] = ()
        self._most, self._columns = most, 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(4)

    def fill(self, cells: Sequence[FieldCell]) -> None:
        """Put cells into it, once; their editors are made inside it, so that none has to move house."""
        self._cells = cells
        self._place(1)

    def columns(self) -> int:
        """How many columns there are just now."""
        return self._columns

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(max(1, min(self._most, (self.width() + GAP) // (NARROWEST + GAP))))

    def _place(self, columns: int) -> None:
        if columns == self._columns:
            return
        for column in range(max(columns, self._columns)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
            # Equal columns, whatever is in them.
            self._grid.setColumnMinimumWidth(column, 1 if column < columns else 0)
        for line in range(self._grid.rowCount()):
            self._grid.setRowMinimumHeight(line, 0)
        self._columns, across, down = columns, 0, 0
        for cell in self._cells:
            if cell.wide and across:
                across, down = 0, down + 3
            wide = columns if cell.wide else 1
            # Labels of a row end, and its editors begin, on one line.
            self._grid.addWidget(cell.label, down, across, 1, wide, Qt.AlignmentFlag.AlignBottom)
            self._grid.addWidget(cell.editor, down + 1, across, 1, wide, Qt.AlignmentFlag.AlignTop)
            if down:
                self._grid.setRowMinimumHeight(down - 1, 4)
            across = 0 if cell.wide else (across + 1) % columns
            down += 0 if across else 3


class RecordForm(QWidget):
    """Editors for the fields of one record, in groups; built once, then shown one record after another."""

    edited = Signal(str, object)  # the name of a field and its new value
    draft = Signal(str, str)  # the name of a field and the words as they are being typed
    why_asked = Signal(str)  # answer with show_why
    link_opened = Signal(str, object)  # the name of a link field and the id it points to
    address_opened = Signal(str)  # the words of a web or e-mail address

    def __init__(
        self,
        groups: Sequence[Group],
        fields: Mapping[str, Field],
        *,
        today: date,
        columns: int = 2,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._fields = fields
        self._editors: dict[str, Editor] = {}
        self._record: object = None
        self._offers: Mapping[str, tuple[str, object]] = {}
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(12)
        named = [(g.title, [fields[name] for name in g.names if name in fields]) for g in groups]
        for title, members in named:
            typed = [f for f in members if not f.derived and f.kind is not Kind.DATA]
            if typed:
                box, inside = self._box(down, title)
                grid = FieldGrid(columns, box)
                grid.fill([self._cell(f, today, grid) for f in typed])
                inside.addWidget(grid)
        worked = [f for _, members in named for f in members if f.derived]
        self._worked_out = worked
        self._worked = WorkedList()
        self._worked.setParent(self)
        self._worked.setVisible(bool(worked))
        self._worked.why_asked.connect(self.why_asked)
        if worked:
            self._box(down, "Worked out for you")[1].addWidget(self._worked)
        down.addStretch(1)

    def _box(self, down: QVBoxLayout, title: str) -> tuple[QFrame, QVBoxLayout]:
        """A place under the others, with a heading.

        Every part is made where it stays: each time a widget is put into another, all that is in it is styled anew.
        """
        box = QFrame(self)
        inside = col(gap=8, margins=(0, 0, 0, 8))
        box.setLayout(inside)
        if title:
            inside.addWidget(text(title, "strong"))
        down.addWidget(box)
        return box, inside

    def _cell(self, field: Field, today: date, grid: QWidget) -> FieldCell:
        editor = editor_for(field, today=today, parent=grid)
        editor.committed.connect(partial(self.edited.emit, field.name))
        editor.typed.connect(partial(self.draft.emit, field.name))
        if isinstance(editor, LinkEditor):
            editor.opened.connect(partial(self.link_opened.emit, field.name))
        if isinstance(editor, AddressEditor):
            editor.opened.connect(self.address_opened)
        editor.problem_line.taken.connect(partial(self._take, field.name))
        self._editors[field.name] = editor
        label = text(field.label, "label", wrap=True)
        set_field(label, editor.control)
        set_tip(label, field.help)
        long = field.kind in (Kind.TEXT, Kind.LINK) and field.width > LONG
        return FieldCell(label, editor, long or field.kind is Kind.NOTE)

    def editor(self, name: str) -> Editor:
        """The editor of a field. Raises KeyError for a field that has none here."""
        return self._editors[name]

    def has(self, name: str) -> bool:
        """Whether there is an editor for a field."""
        return name in self._editors

    def is_typed_in(self, name: str) -> bool:
        """Whether a field holds words that were typed and not yet taken over."""
        return name in self._editors and self._editors[name].pending

    def put(self, name: str, value: object) -> None:
        """Show the value a field has in the file, whatever was typed; nothing for a field that is not here."""
        if name in self._editors:
            self._editors[name].set_value(value)

    def show_record(
        self,
        values: Mapping[str, object],
        *,
        problems: Mapping[str, str],
        read_only: bool = False,
        record: object = None,
    ) -> None:
        """Show values and findings. `record` says which record they are of.

        While it stays the same, a field that is being typed in, or that holds words which could not be
        read, is left as it is. For another record everything is shown anew; call `leave` first.
        """
        afresh = record != self._record
        self._record = record
        for name, editor in self._editors.items():
            value = values.get(name, editor.field.from_sql(None))
            if afresh:
                editor.set_value(value)
            else:
                editor.renew(value)
            editor.show_problem(problems.get(name, ""))
            editor.set_read_only(read_only)
        said = [
            WorkedValue(f.name, f.label, f.show(values.get(f.name)), help=f.help) for f in self._worked_out
        ]
        self._worked.show_values(said, afresh=afresh)

    def show_offers(self, offers: Mapping[str, tuple[str, object]], *, read_only: bool = False) -> None:
        """Offer values under fields whose finding they mend: the words to press, and the value taken then."""
        self._offers = {} if read_only else offers
        for name, editor in self._editors.items():
            editor.problem_line.offer(self._offers.get(name, ("", None))[0])

    def _take(self, name: str) -> None:
        if name in self._offers:
            self.edited.emit(name, self._offers[name][1])

    def set_options(self, name: str, options: Sequence[tuple[int, str]]) -> None:
        """Give a link field the records it can point to: (id, name)."""
        editor = self._editors[name]
        if isinstance(editor, LinkEditor):
            editor.set_options(options)

    def show_why(self, name: str, words: str, steps: Sequence[WhyStep] = ()) -> None:
        """Unfold the reason for a worked-out value: the sentence, and the steps behind it."""
        self._worked.show_why(name, words, steps)

    def why(self, name: str) -> str:
        """The reason that is unfolded, or nothing."""
        return self._worked.why(name)

    def put_back_draft(self, name: str, words: str) -> None:
        """Show words typed earlier and never committed; they are committed when the field is left."""
        self._editors[name].put_back_draft(words)

    def not_saved(self, name: str, value: object) -> None:
        """A field that was left could not be saved; its words stay, and the file still holds `value`."""
        editor = self._editors[name]
        words = editor.words()
        editor.set_value(value)
        editor.put_back_draft(words)
        editor.show_problem("Not saved yet. Leave the field again to try once more.")

    def leave(self) -> list[str]:
        """Commit what is being typed; the labels of fields whose words could not be read."""
        return [e.field.label for e in self._editors.values() if not e.commit()]

    def focus_field(self, name: str) -> None:
        """Put the cursor into a field, its words chosen as on the way of Tab."""
        self._editors[name].control.setFocus(Qt.FocusReason.TabFocusReason)
