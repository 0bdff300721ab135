"""The column chooser: every field there is, ticked when it is a column, found by typing."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from storage.engine.fields import Field
from widgets.field_list import FieldList
from widgets.parts import button, col, row, text
from widgets.popup import Popup


class ColumnChooser(Popup):
    """Ticks show and hide columns at once; `changed` tells their names in the order they are shown."""

    changed = Signal(list)  # list[str]

    def __init__(
        self,
        parent: QWidget,
        fields: Sequence[Field],
        shown: Sequence[str],
        usual: Sequence[str] = (),
        always: Collection[str] = (),
    ) -> None:
        """`usual` is what Reset brings back (default: the fields that are shown from the start)."""
        super().__init__(parent)
        self._fields = [field for field in fields if field.column]
        self._usual = list(usual) or [field.name for field in self._fields if field.shown]
        self._always = frozenset(always)
        known = {field.name for field in self._fields}
        self._shown = [name for name in shown if name in known]
        self._list = FieldList(self, ticks=True)
        self._count = text("", "small")
        self._reset = button("Reset", "link")
        self._reset.setAccessibleDescription("Show the columns of the start again")
        head = row(text("Columns", "strong"), None, self._count)
        self.setLayout(col(head, self._list, row(self._reset, None), gap=8, margins=12))
        self._list.toggled.connect(self._toggle)
        self._reset.clicked.connect(self._bring_back)
        self._show()
        self._list.focus_search()

    def shown(self) -> list[str]:
        """The names of the columns, in order."""
        return list(self._shown)

    def _toggle(self, name: str, on: bool) -> None:
        """A new column comes last; the last column cannot be taken away."""
        if on and name not in self._shown:
            self._shown.append(name)
        elif not on and len(self._shown) > 1:
            self._shown.remove(name)
        else:
            self._show()
            return
        self._say()
        self.changed.emit(self.shown())

    def _bring_back(self) -> None:
        self._shown = list(self._usual)
        self._show()
        self.changed.emit(self.shown())

    def _show(self) -> None:
        self._list.set_fields(self._fields, self._shown, self._always)
        self._say()

    def _say(self) -> None:
        self._count.setText(f"{len(self._shown)} of {len(self._fields)} shown")
