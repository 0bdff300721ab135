"""The bar above a table: words to filter by, filters as chips, and the totals of what is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QWidget

from storage.engine.fields import Field
from widgets.field_list import FieldList
from widgets.filter_editor import FilterEditor
from widgets.filter_words import Filter, Options, ops_for
from widgets.flow import FlowLayout
from widgets.icons import icon
from widgets.parts import button, col, text
from widgets.popup import Popup
from widgets.shown import escaped, set_tip
from widgets.theme import CONTROL, SUBBAR

_WAIT = 80  # ms after the last letter
_NARROW = 900  # below this the totals are short and the line is narrow
_TIGHT = 560  # below this the line is at its least
_EDGE, _END, _PAD = 24, 8, 8
_ON = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down, Qt.Key.Key_Escape}
_LONGEST = 44  # letters on a chip

__all__ = ["Filter", "FilterBar"]


class FilterChip(QPushButton):
    """One filter. A click or Enter changes it; its cross, Delete or Backspace takes it away."""

    removed = Signal()

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        short = words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"
        super().__init__(escaped(short) + "   ×", parent)
        self.setProperty("kind", "chip")
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"Filter, {words}")
        self.setAccessibleDescription("Enter changes it, Delete takes it away")
        set_tip(self, words if short != words else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete and Backspace take the filter away."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the cross, a target 24 px wide, takes the filter away."""
        place = event.position()
        if self.isDown() and place.x() >= self.width() - 24 and self.rect().contains(place.toPoint()):
            self.setDown(False)
            self.removed.emit()
        else:
            super().mouseReleaseEvent(event)


class FilterLine(QLineEdit):
    """Words to filter by. Tells them when typing pauses; Enter and Down go on to the rows."""

    paused = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told = ""
        self._wait = QTimer(self, singleShot=True, interval=_WAIT)
        self._wait.timeout.connect(self.tell)
        self.textChanged.connect(self._wait.start)
        self.setPlaceholderText("Filter")
        self.setAccessibleName("Show only rows that have these words")
        self.setClearButtonEnabled(True)
        self.addAction(icon("funnel-simple"), QLineEdit.ActionPosition.LeadingPosition)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def words(self) -> str:
        """What is typed, without spaces around it."""
        return self.text().strip()

    def put(self, words: str) -> None:
        """Show other words without telling."""
        self.setText(words)
        self._wait.stop()
        self._told = self.words()

    def tell(self) -> None:
        """Tell the words now, if they are new."""
        self._wait.stop()
        if self.words() != self._told:
            self._told = self.words()
            self.paused.emit(self._told)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc empties the line, then goes on to the rows as Enter and Down do."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.tell()
        elif event.key() in _ON:
            self.tell()
            self.left.emit()
        else:
            super().keyPressEvent(event)


class FilterBar(QFrame):
    """Filters a table by words and by fields. It knows fields; the page turns filters into a question."""

    filters_changed = Signal(list)  # list[Filter]
    text_changed = Signal(str)
    left = Signal()  # Enter or Down in the line: on to the rows

    def __init__(
        self,
        fields: Sequence[Field] = (),
        options: Mapping[str, Options] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`options` gives, by field name, the values to choose among, for links and for values in use."""
        super().__init__(parent)
        self.setProperty("part", "subbar")
        self._fields: dict[str, Field] = {}
        self._options: Mapping[str, Options] = {}
        self._filters: list[Filter] = []
        self._chips: list[FilterChip] = []
        self._totals_words = ("", "")
        self._spare: list[QPushButton] = []
        self._line = FilterLine(self)
        self._add = button("Add filter", "quiet", "plus")
        self._add.clicked.connect(self._choose_field)
        self._totals = text("", "small")
        self._build()
        self._line.paused.connect(self.text_changed)
        self._line.left.connect(self.left)
        self.set_fields(fields, options or {})

    def _build(self) -> None:
        self._flow = FlowLayout(gap=8, line_gap=8)
        self._flow.addWidget(self._line)
        self._flow.addWidget(self._add)
        self._left = QWidget(self)
        self._left.setLayout(self._flow)
        self._across = QHBoxLayout(self)
        self._across.setContentsMargins(_EDGE, _PAD, _END, _PAD - 1)  # the hairline takes one
        self._across.setSpacing(8)
        self._across.addWidget(self._left, 1)
        self._totals.setFixedHeight(CONTROL)
        self._across.addWidget(self._totals, 0, Qt.AlignmentFlag.AlignTop)
        self._across.addSpacing(4)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(SUBBAR)

    # ------------------------------------------------------------------ for the page
    def set_fields(self, fields: Sequence[Field], options: Mapping[str, Options] | None = None) -> None:
        """What can be filtered by."""
        self._fields = {field.name: field for field in fields}
        self._options = options or {}
        self.set_filters(self._filters)

    def filters(self) -> list[Filter]:
        """The filters in force."""
        return list(self._filters)

    def set_filters(self, filters: Sequence[Filter]) -> None:
        """Put these in force without telling; those on fields that are not there are left out."""
        self._filters = [each for each in filters if each.name in self._fields]
        self._show_chips()

    def text(self) -> str:
        """The words typed."""
        return self._line.words()

    def set_text(self, words: str) -> None:
        """Show these words without telling."""
        self._line.put(words)

    def set_totals(self, words: str, short: str = "", more: str = "") -> None:
        """What is shown, at the right: *25 contracts · £51,064,150*, and in a narrow window *25 · £51.1m*.

        The whole words, and `more` that there is to say, are always on the tip.
        """
        self._totals_words = (words, short or words)
        set_tip(self._totals, "\n".join(dict.fromkeys(filter(None, (words, more)))))
        self._totals.setAccessibleName(words)
        self._settle()

    def add_button(self, control: QPushButton, *, wide_only: bool = False) -> None:
        """Put a button of the page at the right end; some are left out where there is little room."""
        if wide_only:
            self._spare.append(control)
        self._across.addWidget(control, 0, Qt.AlignmentFlag.AlignTop)
        self._settle()

    def type_on(self, words: str = "") -> None:
        """Go to the line, with letters typed elsewhere already in it."""
        self._line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._line.deselect()
        self._line.end(False)
        self._line.insert(words)

    # ------------------------------------------------------------------ events
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use short totals and more lines when there is less room."""
        super().resizeEvent(event)
        self._settle()

    # ------------------------------------------------------------------ inside
    def _choose_field(self) -> None:
        """The list of fields, then the panel for the one picked."""
        chooser = Popup(self)
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        names = FieldList(chooser)
        names.set_fields([f for f in self._fields.values() if ops_for(f, self._options.get(f.name, ()))])
        chooser.setLayout(col(text("Filter by", "strong"), names, gap=8, margins=12))
        names.picked.connect(partial(self._picked, chooser))
        chooser.open_under(self._add)
        names.focus_search()

    def _picked(self, chooser: Popup, name: str) -> None:
        chooser.close()
        self._edit(self._add, self._fields[name], None)

    def _edit(self, anchor: QWidget, field: Field, current: Filter | None) -> None:
        editor = FilterEditor(self, field, self._options.get(field.name, ()), current)
        editor.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        editor.applied.connect(partial(self._put, current))
        if current is not None:
            editor.removed.connect(partial(self._put, current, None))
        editor.open_under(anchor)

    def _put(self, old: Filter | None, new: Filter | None) -> None:
        """A filter in the place of another; None on either side adds or takes away."""
        filters = list(self._filters)
        place = filters.index(old) if old in filters else len(filters)
        filters[place : place + 1] = [new] if new is not None else []
        if filters != self._filters:
            self._filters = filters
            self._show_chips()
            self.filters_changed.emit(self.filters())

    def _show_chips(self) -> None:
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = []
        for place, each in enumerate(self._filters, 1):
            field = self._fields[each.name]
            chip = FilterChip(each.words(field, self._options.get(each.name, ())), self._left)
            chip.clicked.connect(partial(self._change, place - 1))
            chip.removed.connect(partial(self._put, each, None))
            self._flow.insert_widget(place, chip)
            chip.show()
            self._chips.append(chip)
        self._settle()

    def _change(self, place: int, _checked: bool = False) -> None:
        each = self._filters[place]
        self._edit(self._chips[place], self._fields[each.name], each)

    def _settle(self) -> None:
        """As many lines as the chips need; short words and a short line where there is little room."""
        narrow = self.width() < _NARROW
        words, short = self._totals_words
        self._totals.setText(short if narrow else words)
        for control in self._spare:
            control.setVisible(not narrow)
        self._line.setFixedWidth(104 if self.width() < _TIGHT else 144 if narrow else 176)
        self._across.invalidate()
        taken = self._across.sizeHint().width() - self._left.sizeHint().width()
        lines = self._flow.heightForWidth(max(1, self.width() - taken))
        self.setFixedHeight(max(SUBBAR, lines + 2 * _PAD))
