"""The user’s own fields: add one, rename it, change its kind, put it away."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop.dialogs.form_dialog import FormDialog, Values
from desktop.session import Session
from desktop.words import count_words
from storage.desk.own_fields import add_own_field, change_kind, own_fields, remove_own_field, rename_own_field
from storage.engine.fields import Field, Kind
from storage.engine.own_fields import OWN_KINDS, OwnField
from storage.engine.steps import Changes
from widgets.parts import button, col, line, row, scroll, text

_WORDS = {kind.value.capitalize(): kind for kind in OWN_KINDS}
FIELDS = (
    Field("Heading", Kind.TEXT, name="label", required=True),
    Field("Kind", Kind.CHOICE, name="kind", choices=tuple(_WORDS), required=True),
    Field("Choices, one a line", Kind.NOTE, name="choices", help="Only for a choice."),
)


class OwnFieldsDialog(QDialog):
    """Every field of the user’s own on contracts; each is a column, a filter and a heading of the workbook too."""

    def __init__(self, parent: QWidget, session: Session) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Fields of your own")
        self.setMinimumSize(600, 440)
        self._session = session
        self._held: QWidget | None = None
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 16, 0, 16)
        words = "Fields you added to contracts. They are shown, sorted, filtered, searched and exported like any other."
        add, close = button("Add a field…", icon_name="plus"), button("Close", "primary")
        add.setEnabled(not session.read_only)
        add.clicked.connect(self._add)
        close.clicked.connect(self.accept)
        head = col(
            text("Fields of your own", "title"), text(words, "soft", wrap=True), margins=(24, 0, 24, 8)
        )
        self._down.addLayout(head)
        self._down.addLayout(row(add, None, close, margins=(24, 8, 24, 0)))
        session.changed.connect(self._changed)
        self._show()

    def _changed(self, changes: Changes) -> None:
        if changes.touches("own_field"):
            self._show()

    def _show(self) -> None:
        down = col(gap=6, margins=(24, 4, 24, 8))
        fields = own_fields(self._session.store)
        for field in fields:
            change, away = button("Change…", "link", "pencil-simple"), button("Put away", "link", "trash")
            change.setAccessibleName(f"Change {field.label}")
            away.setAccessibleName(f"Put away {field.label}")
            change.clicked.connect(partial(self._change, field.key))
            away.clicked.connect(partial(self._put_away, field.key))
            for press in (change, away):
                press.setEnabled(not self._session.read_only)
            words = col(text(field.label, "medium"), text(field.kind.capitalize(), "small"), gap=0)
            across = row(gap=12)
            across.addLayout(words, 1)
            across.addWidget(change)
            across.addWidget(away)
            down.addLayout(across)
            down.addWidget(line())
        if not fields:
            down.addWidget(
                text(
                    "None yet. An import makes one for each heading the program does not know.",
                    "soft",
                    wrap=True,
                )
            )
        down.addStretch(1)
        area = scroll(down)
        if self._held is not None:
            self._down.removeWidget(self._held)
            self._held.hide()
            self._held.deleteLater()
        self._held = area
        self._down.insertWidget(1, area, 1)

    def _add(self) -> None:
        dialog = FormDialog(
            self, "Add a field", FIELDS, self._added, do="Add", today=self._session.today(),
            values={"kind": "Text"},
        )  # fmt: skip
        dialog.open()

    def _added(self, values: Values) -> None:
        label, kind, choices = _given(values)
        add_own_field(self._session.store, label, kind, choices=choices)

    def _change(self, number: int, _checked: bool = False) -> None:
        field = self._session.store.get(OwnField, number)
        values = {"label": field.label, "kind": field.kind.capitalize(), "choices": field.choices}
        dialog = FormDialog(
            self, f"Change {field.label}", FIELDS, partial(self._change_to, number), do="Change",
            today=self._session.today(), values=values,
            words="Values that cannot be read as the new kind are kept as words on their contract.",
        )  # fmt: skip
        dialog.open()

    def _change_to(self, number: int, values: Values) -> None:
        label, kind, choices = _given(values)
        store = self._session.store
        before = store.get(OwnField, number)
        if label.strip() != before.label:
            rename_own_field(store, number, label)
        if (kind.value, "\n".join(choices)) != (before.kind, before.choices):
            unread = change_kind(store, number, kind, choices)
            if unread:
                self._session.said.emit(
                    f"{count_words(unread, 'value')} could not be read and kept as words."
                )

    def _put_away(self, number: int, _checked: bool = False) -> None:
        self._session.attempt(partial(remove_own_field, self._session.store, number))


def _given(values: Values) -> tuple[str, Kind, tuple[str, ...]]:
    kind = _WORDS.get(str(values["kind"]), Kind.TEXT)
    choices = tuple(c.strip() for c in str(values["choices"]).splitlines() if c.strip())
    return str(values["label"]), kind, choices if kind is Kind.CHOICE else ()
