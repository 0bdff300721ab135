"""A list of fields under their group headings, searched by typing: for choosing columns and filters."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from storage.engine.fields import Field
from widgets.icons import icon
from widgets.parts import text
from widgets.theme import SEMIBOLD, SMALL, font_of, tokens

_NAME = Qt.ItemDataRole.UserRole
_BRIEF = _NAME + 1  # the heading a table gives the field
_LINES = 12  # lines in sight
_LINE = 28
_HEADING = 38  # with some room above it
_OTHER = "Main fields"
_MOVES = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}
_ENTERS = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class FieldList(QWidget):
    """Fields by group. With ticks it says which are ticked; without, which one was picked."""

    picked = Signal(str)  # without ticks: the name of a field
    toggled = Signal(str, bool)  # with ticks: the name, and whether it is now ticked

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        ticks: bool = False,
        noun: str = "field",
        nouns: str = "Fields",
    ) -> None:
        super().__init__(parent)
        self._ticks = ticks
        self._filling = False
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(f"Find a {noun}")
        self.search.setAccessibleName(f"Find a {noun} by typing a part of its name")
        self.search.addAction(icon("magnifying-glass"), QLineEdit.ActionPosition.LeadingPosition)
        self.list = QListWidget(self)
        self.list.setAccessibleName(nouns)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setFixedHeight(_LINES * _LINE + 4)
        self.list.setMinimumWidth(280)
        self._none = text(f"No {noun} has that in its name.", "soft")
        self._none.hide()
        below = QVBoxLayout(self)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(8)
        for part in (self.search, self._none, self.list):
            below.addWidget(part)
        self.search.textChanged.connect(self._narrow)
        self.search.installEventFilter(self)
        self.list.installEventFilter(self)
        self.list.itemChanged.connect(self._changed)
        self.list.itemClicked.connect(self._clicked)

    def set_fields(
        self, fields: Sequence[Field], ticked: Collection[str] = (), fixed: Collection[str] = ()
    ) -> None:
        """Fill the list; `fixed` fields keep the tick they have."""
        self._filling = True
        self.list.clear()
        for group in dict.fromkeys(field.group or _OTHER for field in fields):
            self._add_heading(group)
            for field in fields:
                if (field.group or _OTHER) == group:
                    self._add(field, field.name in ticked, field.name not in fixed)
        self._filling = False
        self._narrow(self.search.text())

    def ticked(self) -> list[str]:
        """The names that are ticked, in the order of the list."""
        checked = Qt.CheckState.Checked
        return [self._name(i) for i in self._items() if self._name(i) and i.checkState() == checked]

    def current(self) -> str:
        """The name of the line the mark is on; empty when none is in sight."""
        item = self.list.currentItem() if self.list.currentRow() >= 0 else None
        return "" if item is None or item.isHidden() else self._name(item)

    def focus_search(self) -> None:
        """Ready to type."""
        self.search.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows move in the list while typing goes on; Enter picks or ticks."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = Qt.Key(event.key())
            if watched is self.search and key in _MOVES:
                self.list.keyPressEvent(event)
                return True
            if key in _ENTERS:
                self._use(self.list.currentItem())
                return True
        return super().eventFilter(watched, event)

    # ------------------------------------------------------------------ inside
    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]

    @staticmethod
    def _name(item: QListWidgetItem) -> str:
        return str(item.data(_NAME) or "")

    def _add_heading(self, words: str) -> None:
        item = QListWidgetItem(words, self.list)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setFont(font_of(self.list, SMALL, SEMIBOLD))
        item.setForeground(tokens(self).colour("text2"))
        item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
        item.setSizeHint(QSize(0, _LINE if self.list.row(item) == 0 else _HEADING))

    def _add(self, field: Field, ticked: bool, free: bool) -> None:
        item = QListWidgetItem(field.label, self.list)
        item.setData(_NAME, field.name)
        item.setData(_BRIEF, field.brief)
        item.setSizeHint(QSize(0, _LINE))
        usable = Qt.ItemFlag.ItemIsSelectable | (
            Qt.ItemFlag.ItemIsEnabled if free else Qt.ItemFlag.NoItemFlags
        )
        if self._ticks:
            item.setFlags(usable | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        else:
            item.setFlags(usable)

    def _narrow(self, words: str) -> None:
        """Show the fields whose label, heading or group holds the words, and the headings that have any."""
        wanted = words.casefold().split()
        heading: QListWidgetItem | None = None
        first: QListWidgetItem | None = None
        for item in self._items():
            if not self._name(item):
                heading = item
                item.setHidden(True)
                continue
            about = f"{item.text()} {item.data(_BRIEF)} {heading.text() if heading else ''}".casefold()
            item.setHidden(not all(word in about for word in wanted))
            if not item.isHidden():
                first = first or item
                if heading:
                    heading.setHidden(False)
        self._none.setVisible(first is None)
        self.list.setCurrentItem(first)  # type: ignore[arg-type]
        self.list.scrollToTop()

    def _use(self, item: QListWidgetItem | None) -> None:
        if item is None or not self._name(item) or item.isHidden():
            return
        if not self._ticks:
            self.picked.emit(self._name(item))
        elif item.flags() & Qt.ItemFlag.ItemIsEnabled:
            on = item.checkState() == Qt.CheckState.Checked
            item.setCheckState(Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)

    def _clicked(self, item: QListWidgetItem) -> None:
        if not self._ticks:
            self._use(item)

    def _changed(self, item: QListWidgetItem) -> None:
        if self._ticks and not self._filling and self._name(item):
            self.toggled.emit(self._name(item), item.checkState() == Qt.CheckState.Checked)
