"""What a change to many records is asked for: editors for its values, and for a field that is set, which one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QCompleter, QGridLayout, QWidget

from desktop.dialogs.bulk_modes import Mode
from storage.desk.lists.bulk import Change, may_be_set, set_field
from storage.engine.fields import Field, Kind, Record, Unreadable, Value
from storage.engine.store import Store
from widgets.editors import Editor, LineEditor, editor_for
from widgets.field_list import FieldList
from widgets.parts import button, col, text
from widgets.popup import Popup
from widgets.shown import escaped
from widgets.shown import set_field as name_field

MOST_NAMES = 300  # values in use that are offered while a person types
CHOOSE = "Choose a field…"


class BulkForm(QWidget):
    """The form of one mode. It tells whenever what is typed may make another change."""

    edited = Signal()

    def __init__(self, store: Store, cls: type[Record], mode: Mode, today: date) -> None:
        super().__init__()
        self.key = mode.key
        self._store, self._cls, self._mode, self._today = store, cls, mode, today
        self._fields = store.fields(cls)
        self._editors: dict[str, Editor] = {}
        self._holders: list[QWidget] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._pick = button(CHOOSE, "pick", "caret-down")
        self._pick.setParent(self)
        self._pick.clicked.connect(self._choose)
        self._empty = QCheckBox("Empty the field instead", self)
        self._empty.toggled.connect(self._toggled)
        for part in (self._pick, self._empty):
            part.hide()
        for column in (0, 1):
            self._grid.setColumnStretch(column, 1)
        if mode.make is None:
            self._put(text("Field", "label"), self._pick, 0)
        else:
            self._ask(mode.asked)

    # ---- what is asked

    def _ask(self, asked: Sequence[Field], first: int = 0) -> None:
        for column, wanted in enumerate(asked, first):
            editor = editor_for(wanted, today=self._today)
            if wanted.name in self._mode.today:
                editor.set_value(self._today)
            editor.typed.connect(self._edited)
            editor.committed.connect(self._edited)
            self._offer_names(editor)
            self._editors[wanted.name] = editor
            label = text(wanted.label, "label")
            name_field(label, editor.control)
            self._put(label, editor, column)

    def _put(self, label: QWidget, part: QWidget, column: int) -> None:
        holder = QWidget(self)
        holder.setLayout(col(label, part, None, gap=4))
        self._grid.addWidget(holder, 0, column)
        part.show()
        if column:
            self._holders.append(holder)

    def _offer_names(self, editor: Editor) -> None:
        """While a person types a name or a place, offer those that are in use."""
        wanted = editor.field
        if isinstance(editor, LineEditor) and wanted.kind is Kind.TEXT and wanted.name in self._fields:
            used = self._store.tally(self._cls, wanted.name, "id")
            names = [str(value) for value, _, _ in used if value][:MOST_NAMES]
            completer = QCompleter(names, editor)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            if (listed := completer.popup()) is not None:
                listed.setProperty("part", "popup")
            completer.activated.connect(self._edited)
            editor.line.setCompleter(completer)

    # ---- which field

    def _choose(self, _checked: bool = False) -> None:
        panel = Popup(self._pick)
        panel.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        names = FieldList(panel)
        names.set_fields([f for f in self._fields.values() if may_be_set(f)])
        names.picked.connect(partial(self._picked, panel))
        panel.setLayout(col(names, margins=12))
        panel.open_under(self._pick)
        names.focus_search()

    def _picked(self, panel: Popup, name: str) -> None:
        panel.close()
        self.set_by(name)

    def set_by(self, name: str) -> None:
        """Ask for the value of this field."""
        for holder in self._holders:
            self._grid.removeWidget(holder)
            holder.hide()
            holder.deleteLater()
        self._holders, self._editors = [], {}
        wanted = self._fields[name]
        self._pick.setText(escaped(wanted.label))
        self._pick.setAccessibleName(f"Field: {wanted.label}")
        self._empty.setChecked(False)
        self._ask([wanted], first=1)
        self._grid.addWidget(self._empty, 1, 1)
        self._empty.show()
        self.focus_first()
        self.edited.emit()

    def _toggled(self, empty: bool) -> None:
        for editor in self._editors.values():
            editor.setEnabled(not empty)
        self.edited.emit()

    # ---- what was typed

    def editor(self, name: str) -> Editor:
        """The editor of a field."""
        return self._editors[name]

    def focus_first(self) -> None:
        """Put the keyboard where typing begins."""
        first = next(iter(self._editors.values()), None)
        (first or self._pick).setFocus(Qt.FocusReason.OtherFocusReason)

    def shown(self) -> tuple[str, ...]:
        """The field that is to be set, so that its values can be seen before another is typed."""
        return tuple(self._editors) if self._mode.make is None else ()

    def given(self) -> tuple[object, ...]:
        """What is typed just now, to be compared with what was typed before: values, or words that are none yet."""
        return (self._empty.isChecked(), *((n, self._reads(each)) for n, each in self._editors.items()))

    def _reads(self, editor: Editor) -> object:
        try:
            return self._value(editor)
        except Unreadable:
            return ("unreadable", editor.words())

    def settle(self) -> bool:
        """Take over what was typed; False, with the reason under the field, when it cannot be read."""
        return all(editor.commit() for editor in self._editors.values() if editor.isEnabled())

    def change(self) -> Change | None:
        """The change as it is typed; none while something is missing or cannot be read."""
        try:
            given = {name: self._value(editor) for name, editor in self._editors.items()}
        except Unreadable:
            return None
        if self._mode.make is not None:
            return self._mode.make(self._store, given)
        wanted = next((self._fields[name] for name in given), None)
        if wanted is None:
            return None
        if self._empty.isChecked():
            return set_field(wanted, wanted.from_sql(None))
        value = given[wanted.name]
        return None if value is None or value == "" else set_field(wanted, value)

    def _value(self, editor: Editor) -> Value:
        return editor.field.read(editor.words(), today=self._today)

    def _edited(self, _what: object = None) -> None:
        self.edited.emit()
