"""The small panel in which one filter is made: a comparison, and values read the way people write them."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QListWidget, QListWidgetItem, QWidget

from storage.engine.fields import Field, FromToday, Kind, Unreadable
from widgets.filter_words import BLANKS, Filter, Options, Value, op_words, ops_for, options_of
from widgets.parts import button, col, restyle, row, text
from widgets.popup import Popup

_VALUE = Qt.ItemDataRole.UserRole
_WIDE = 300
_LINE, _LINES = 28, 8
_HINTS = {
    Kind.DAY: "For example 1 Apr 2027, or a day that moves: today, in 12 months, 90 days ago",
    Kind.MONEY: "For example 45,000 or 1.2m",
    Kind.PERIOD: "For example 6 months",
}


class FilterEditor(Popup):
    """Makes or changes one filter. Enter applies, Esc leaves it as it was."""

    applied = Signal(object)  # Filter
    removed = Signal()

    def __init__(
        self, parent: QWidget, field: Field, options: Options = (), current: Filter | None = None
    ) -> None:
        super().__init__(parent)
        self._field = field
        self._options = options_of(field, options)
        self._ops = ops_for(field, self._options)
        self._op = QComboBox(self)
        self._op.addItems([op_words(op, field) for op in self._ops])
        self._op.setAccessibleName(f"{field.label}: how to compare")
        self._first, self._second = self._line("Value"), self._line("Second value")
        self._and = text("and", "small")
        self._list = QListWidget(self)
        self._wrong = text("", "small", "red", wrap=True)
        self._hint = text(_HINTS.get(field.kind, ""), "small", wrap=True)
        self._lay_out(current)
        self._op.currentIndexChanged.connect(self._suit)
        self._fill(current)

    def _lay_out(self, current: Filter | None) -> None:
        apply, remove = button("Apply", "primary"), button("Remove", "quiet")
        apply.clicked.connect(self._apply)
        remove.clicked.connect(self._remove)
        if current is None:
            remove.hide()
        self._list.setAccessibleName(f"{self._field.label}: values")
        values = (self._list, self._first, self._and, self._second, self._hint, self._wrong)
        head = text(self._field.label, "strong")
        self.setLayout(col(head, self._op, *values, 4, row(remove, None, apply), gap=8, margins=12))
        self.setFixedWidth(_WIDE)

    def _line(self, name: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setAccessibleName(f"{self._field.label}: {name.lower()}")
        line.textChanged.connect(self._typed)
        return line

    def value(self) -> Filter:
        """The filter as it stands. Raises `Unreadable` in plain words when a value is missing or unclear."""
        op = self._ops[self._op.currentIndex()]
        if op in BLANKS:
            return Filter(self._field.name, op)
        if self._listed(op):
            chosen = self._ticked()
            if not chosen:
                raise Unreadable("Tick at least one.")
            return Filter(self._field.name, op, tuple(chosen))
        lines = [self._first, self._second] if op == "between" else [self._first]
        values = [self._read(op, line) for line in lines]
        if op == "between" and _falls(*values):
            values.reverse()
        return Filter(self._field.name, op, tuple(values))

    def showEvent(self, event: QShowEvent) -> None:
        """Ready to type or tick."""
        super().showEvent(event)
        self._get_ready()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter applies."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._apply()
        else:
            super().keyPressEvent(event)

    # ------------------------------------------------------------------ inside
    def _fill(self, current: Filter | None) -> None:
        held = current.values if current else ()
        for value, words in self._options:
            item = QListWidgetItem(words, self._list)
            item.setData(_VALUE, value)
            item.setSizeHint(QSize(0, _LINE))
            item.setCheckState(Qt.CheckState.Checked if value in held else Qt.CheckState.Unchecked)
        places = [place for place, (value, _) in enumerate(self._options) if value in held]
        self._list.setCurrentRow(places[0] if places else 0)
        self._list.setFixedHeight(_LINE * min(_LINES, max(1, len(self._options))) + 4)
        if current and current.op in self._ops:
            self._op.setCurrentIndex(self._ops.index(current.op))
            for line, value in zip((self._first, self._second), held, strict=False):
                line.setText(self._field.show(value))
        self._suit()

    def _listed(self, op: str) -> bool:
        return bool(self._options) and op in ("is", "is not")

    def _suit(self) -> None:
        """Show the parts the comparison needs."""
        op = self._ops[self._op.currentIndex()]
        listed, typed = self._listed(op), op not in BLANKS and not self._listed(op)
        self._list.setVisible(listed)
        self._first.setVisible(typed)
        self._hint.setVisible(typed and self._field.kind in _HINTS)
        for part in (self._and, self._second):
            part.setVisible(op == "between")
        self._say("")
        self.adjustSize()
        if self.isVisible() and not self._op.hasFocus():
            self._get_ready()

    def _get_ready(self) -> None:
        """Put the keyboard where the value goes."""
        for part in (self._list, self._first, self._op):
            if part.isVisible():
                part.setFocus(Qt.FocusReason.PopupFocusReason)
                return

    def _ticked(self) -> list[Value]:
        items = [self._list.item(place) for place in range(self._list.count())]
        return [item.data(_VALUE) for item in items if item.checkState() == Qt.CheckState.Checked]

    def _read(self, op: str, line: QLineEdit) -> Value:
        words = line.text()
        if not words.strip():
            restyle(line, wrong="true")
            raise Unreadable("Type what to compare with.")
        if op == "contains":
            return words.strip()
        try:
            return self._read_words(words)
        except Unreadable:
            restyle(line, wrong="true")
            raise

    def _read_words(self, words: str) -> Value:
        """A value; for a day, one that moves with today before one of the calendar."""
        if self._field.kind is Kind.DAY:
            with suppress(Unreadable):
                return FromToday.read(words)
        return self._field.read(words)

    def _typed(self) -> None:
        for line in (self._first, self._second):
            restyle(line, wrong="")
        self._say("")

    def _say(self, wrong: str) -> None:
        self._wrong.setText(wrong)
        self._wrong.setVisible(bool(wrong))

    def _apply(self) -> None:
        try:
            made = self.value()
        except Unreadable as wrong:
            self._say(str(wrong))
            self.adjustSize()
            return
        self.applied.emit(made)
        self.close()

    def _remove(self) -> None:
        self.removed.emit()
        self.close()


def _falls(first: Value, second: Value) -> bool:
    """Whether two bounds stand the wrong way round; a fixed and a moving day are let stand."""
    some_day = date(2001, 1, 1)  # any will do to compare moving days
    if isinstance(first, FromToday) and isinstance(second, FromToday):
        return first.on(some_day) > second.on(some_day)
    if isinstance(first, FromToday) or isinstance(second, FromToday):
        return False
    return bool(first > second)  # type: ignore[operator]
