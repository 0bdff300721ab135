"""A dialog that asks for a few fields and does one thing with them; what is typed is never lost when that fails."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QLineEdit, QWidget

from storage.engine.errors import StorageError
from storage.engine.fields import Field, Kind, Value
from widgets.editors import Editor, LinkEditor, editor_for
from widgets.parts import Item, button, col, row, text
from widgets.shown import set_field, set_title

WIDE = 520
LONG = 200  # a field whose table column is wider than this has a row of its own
Values = Mapping[str, Value]
Act = Callable[[Values], object]


class FormDialog(QDialog):
    """Labels above their fields, the first with the cursor; Enter does it, Esc leaves all as it was."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        fields: Sequence[Field],
        act: Act,
        *,
        do: str,
        today: date,
        words: str = "",
        values: Values | None = None,
        leave: str = "Cancel",
    ) -> None:
        super().__init__(parent)
        set_title(self, title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(WIDE)
        self._act = act
        self._fields = {f.name: f for f in fields}
        self._editors = {f.name: editor_for(f, today=today) for f in fields}
        for name, value in (values or {}).items():
            self._editors[name].set_value(value)
        self._wrong = text("", "small", tone="red", wrap=True)
        self._wrong.hide()
        self._do = button(do, "primary")
        self._do.setDefault(True)
        self._do.clicked.connect(self.accept)
        self._more = row(gap=8)
        self._lay_out(title, words, leave)

    def _lay_out(self, title: str, words: str, leave: str) -> None:
        cancel = button(leave)
        cancel.clicked.connect(self.reject)
        said: list[Item] = [text(words, "soft", wrap=True)] if words else []
        foot = row(self._more, None, cancel, self._do)
        head = text(title, "record", wrap=True)
        self.setLayout(
            col(head, *said, 4, self._grid(), self._wrong, None, 8, foot, margins=(24, 20, 24, 20))
        )

    def _grid(self) -> QGridLayout:
        """Labels above their fields; short ones stand two in a row."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        line = across = 0
        for name, field in self._fields.items():
            editor, wide = self._editors[name], field.kind is Kind.NOTE or field.width > LONG
            label = text(field.label, "label")
            set_field(label, editor.control)
            if wide and across:
                line, across = line + 1, 0
            grid.addLayout(col(label, editor, None, gap=4), line, across, 1, 2 if wide else 1)
            across = 0 if wide else 1 - across
            line += 0 if across else 1
        return grid

    def editor(self, name: str) -> Editor:
        """The editor of a field."""
        return self._editors[name]

    def set_options(self, name: str, options: Sequence[tuple[int, str]]) -> None:
        """What a link can point to."""
        editor = self._editors[name]
        if isinstance(editor, LinkEditor):
            editor.set_options(options)

    def add_button(self, words: str, act: Callable[[], object]) -> None:
        """Another way out, at the left of the foot."""

        made = button(words)
        made.clicked.connect(partial(self._attempt, act))
        self._more.addWidget(made)

    def stop(self, words: str) -> None:
        """Say why it cannot be done yet; the button waits."""
        self._say(words)
        self._do.setEnabled(not words)

    def said(self) -> str:
        """What is wrong, in words; empty when nothing is."""
        return self._wrong.text()

    def accept(self) -> None:
        """Take over what was typed and do it; with something missing or refused, say so and stay."""
        for editor in self._editors.values():
            if not editor.commit():
                editor.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        values: dict[str, Value] = {name: editor.value() for name, editor in self._editors.items()}
        for name, field in self._fields.items():
            if field.required and (missing := field.problem(_trimmed(values[name]))):
                self._say(missing)
                self._editors[name].setFocus(Qt.FocusReason.OtherFocusReason)
                return

        self._attempt(partial(self._act, values))

    def showEvent(self, event: QShowEvent) -> None:
        """The first field has the cursor."""
        super().showEvent(event)
        self.adjustSize()  # words know their height once they know their width
        first = next(iter(self._editors.values()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
            if isinstance(first.control, QLineEdit) and first.control.hasSelectedText():
                first.control.end(False)
                first.control.home(True)  # marked backwards, so that long words show their beginning

    def _attempt(self, act: Callable[[], object], _checked: bool = False) -> None:
        try:
            act()
        except StorageError as error:
            self._say(str(error))
            return
        super().accept()

    def _say(self, words: str) -> None:
        self._wrong.setText(words)
        self._wrong.setVisible(bool(words))


def _trimmed(value: Value) -> Value:
    return value.strip() if isinstance(value, str) else value
