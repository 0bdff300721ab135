"""The user’s own fields: add one, rename it, change its kind, put it away."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QLayout, QWidget

from desktop.dialogs.form_dialog import FormDialog, Values
from desktop.dialogs.list_dialog import ListDialog, list_row
from desktop.session import Session
from desktop.words import count_words
from storage.desk.lists.own_fields import (
    add_own_field,
    change_kind,
    own_fields,
    remove_own_field,
    rename_own_field,
)
from storage.engine.fields import Field, Kind
from storage.engine.own_fields import OWN_KINDS, OwnField
from widgets.parts import button

_WORDS = {kind.value.capitalize(): kind for kind in OWN_KINDS}
FIELDS = (
    Field("Heading", Kind.TEXT, name="label", required=True),
    Field("Kind", Kind.CHOICE, name="kind", choices=tuple(_WORDS), required=True),
    Field("Choices, one a line", Kind.NOTE, name="choices", help="Only for a choice."),
)


WORDS = (
    "Fields you added to contracts. They are shown, sorted, filtered, searched and exported like any other."
)


class OwnFieldsDialog(ListDialog):
    """Every field of the user’s own on contracts; each is a column, a filter and a heading of the workbook too."""

    none = "None yet. An import makes one for each heading the program does not know."

    def __init__(self, parent: QWidget, session: Session) -> None:
        add = button("Add a field…", icon_name="plus")
        add.setEnabled(not session.read_only)
        super().__init__(parent, session, "Fields of your own", WORDS, add)
        add.clicked.connect(self._add)

    def rows(self) -> Sequence[QLayout]:
        """A row for each field."""
        return [self._row(field) for field in own_fields(self.session.store)]

    def _row(self, field: OwnField) -> QLayout:
        change, away = button("Change…", "link", "pencil-simple"), button("Put away", "link", "trash")
        change.setAccessibleName(f"Change {field.label}")
        away.setAccessibleName(f"Put away {field.label}")
        change.clicked.connect(partial(self._change, field.key))
        away.clicked.connect(partial(self._put_away, field.key))
        for press in (change, away):
            press.setEnabled(not self.session.read_only)
        return list_row(field.label, field.kind.capitalize(), change, away)

    def _add(self) -> None:
        dialog = FormDialog(
            self, "Add a field", FIELDS, self._added, do="Add", today=self.session.today(),
            values={"kind": "Text"},
        )  # fmt: skip
        dialog.open()

    def _added(self, values: Values) -> None:
        label, kind, choices = _given(values)
        add_own_field(self.session.store, label, kind, choices=choices)

    def _change(self, number: int, _checked: bool = False) -> None:
        field = self.session.store.get(OwnField, number)
        values = {"label": field.label, "kind": field.kind.capitalize(), "choices": field.choices}
        dialog = FormDialog(
            self, f"Change {field.label}", FIELDS, partial(self._change_to, number), do="Change",
            today=self.session.today(), values=values,
            words="Values that cannot be read as the new kind are kept as words on their contract.",
        )  # fmt: skip
        dialog.open()

    def _change_to(self, number: int, values: Values) -> None:
        label, kind, choices = _given(values)
        store = self.session.store
        before = store.get(OwnField, number)
        if label.strip() != before.label:
            rename_own_field(store, number, label)
        if (kind.value, "\n".join(choices)) != (before.kind, before.choices):
            unread = change_kind(store, number, kind, choices)
            if unread:
                self.session.said.emit(f"{count_words(unread, 'value')} could not be read and kept as words.")

    def _put_away(self, number: int, _checked: bool = False) -> None:
        self.session.attempt(partial(remove_own_field, self.session.store, number))


def _given(values: Values) -> tuple[str, Kind, tuple[str, ...]]:
    kind = _WORDS.get(str(values["kind"]), Kind.TEXT)
    choices = tuple(c.strip() for c in str(values["choices"]).splitlines() if c.strip())
    return str(values["label"]), kind, choices if kind is Kind.CHOICE else ()
