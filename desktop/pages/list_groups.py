"""Grouping a list: by which field, all groups opened or closed at once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QPushButton

from storage.desk.lists.arrangement import groupable
from storage.engine.fields import Field
from widgets.field_list import FieldList
from widgets.parts import Item, button, col, row, text
from widgets.popup import Popup
from widgets.shown import escaped, set_tip
from widgets.table_model import RecordTable

LONGEST = 16  # letters of the field on the button


class GroupControl(QObject):
    """Tells by which field the user wants the list grouped; its button says by which it is."""

    asked = Signal(str)  # the name of a field, or nothing for no groups

    def __init__(self, table: RecordTable, parent: QObject) -> None:
        super().__init__(parent)
        self._table = table
        self._fields: Mapping[str, Field] = {}
        self._group = ""
        self.button: QPushButton = button("Group", "quiet", "rows")
        self.button.clicked.connect(self.open)

    def show_group(self, group: str, fields: Mapping[str, Field]) -> None:
        """Say by which field the list is grouped."""
        self._group, self._fields = group, fields
        label = (fields[group].brief or fields[group].label) if group in fields else ""
        short = label if len(label) <= LONGEST else label[: LONGEST - 1].rstrip() + "…"
        self.button.setText(escaped(f"By {short}" if label else "Group"))
        words = f"Grouped by {label}" if label else "Group"
        self.button.setAccessibleName(words)
        set_tip(self.button, words if label else "")

    def open(self, _checked: bool = False) -> None:
        """The fields to group by, found by typing; with groups, also all at once."""
        panel = Popup(self.button)
        panel.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        names = FieldList(panel)
        names.set_fields([f for f in self._fields.values() if groupable(f)])
        names.picked.connect(partial(self._ask, panel))
        panel.setLayout(col(text("Group by", "strong"), names, *self._all_at_once(panel), gap=8, margins=12))
        panel.open_under(self.button, right=True)
        names.focus_search()

    def _all_at_once(self, panel: Popup) -> list[Item]:
        if not self._group:
            return []
        none, close, opened = (
            button("No groups", "link"),
            button("Close all", "link"),
            button("Open all", "link"),
        )
        none.clicked.connect(partial(self._ask, panel, ""))
        close.clicked.connect(partial(self._set_open, panel, False))
        opened.clicked.connect(partial(self._set_open, panel, True))
        return [row(none, None, close, opened, gap=16)]

    def _ask(self, panel: Popup, name: str, _checked: bool = False) -> None:
        panel.close()
        if name != self._group:
            self.asked.emit(name)

    def _set_open(self, panel: Popup, is_open: bool, _checked: bool = False) -> None:
        panel.close()
        self._table.set_open([heading.key for heading in self._table.groups.headings], is_open)
