"""Chooses the editor for a part of a question by the kind of its answer; tick boxes and lists are here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QGridLayout, QSizePolicy, QWidget

from widgets.checklist_data import PartData, PartKind
from widgets.checklist_fields import FieldEditor, TextEditor
from widgets.checklist_matrix import MatrixEditor
from widgets.checklist_record import RecordEditor
from widgets.checklist_rows import RowsEditor, YearsEditor
from widgets.checklist_segments import NOT_APPLICABLE, PartEditor, SegmentEditor
from widgets.choices import Options
from widgets.parts import row
from widgets.shown import escaped, set_tip
from widgets.theme import SEMIBOLD

YES_NO: Options = (("yes", "Yes"), ("no", "No"))
YES_PARTLY_NO: Options = (("yes", "Yes"), ("partly", "Partly"), ("no", "No"))
RATINGS: Options = (("green", "Green"), ("amber", "Amber"), ("red", "Red"))
NA: Options = ((NOT_APPLICABLE, "N/A"),)
SEGMENT, WIDE_SEGMENT = 70, 94
ROOM = 390  # the widest row of segments that fits a card in a small window
WIDEST_LIST = 520
MOST = 4  # choices shown as segments rather than a list
BESIDE = 30  # the tick of a chosen segment and the space around its words
CHOSEN = frozenset({PartKind.CHOICE, PartKind.YES_NO, PartKind.YES_PARTLY_NO, PartKind.RATING})
TICKED = frozenset({PartKind.YES_NO, PartKind.YES_PARTLY_NO})


class ChecksEditor(PartEditor):
    """Any number of words out of a list, as tick boxes in two columns, or one where two do not fit."""

    GAP = 16

    def __init__(self, part: PartData) -> None:
        super().__init__()
        self._boxes: dict[str, QCheckBox] = {}
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(self.GAP)
        self._grid.setVerticalSpacing(2)
        for option in part.options:
            box = QCheckBox(escaped(option.label), self)
            # A long label never makes the card wider than the window; the tip has the whole of it.
            box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            set_tip(box, option.label)
            box.clicked.connect(self._clicked)
            box.installEventFilter(self)
            self._boxes[option.value] = box
        self._place(2)

    def set_part(self, part: PartData, *, not_applicable: bool, read_only: bool) -> None:
        """Tick what is chosen."""
        held = part.value if isinstance(part.value, Sequence) and not isinstance(part.value, str) else ()
        for value, box in self._boxes.items():
            box.setChecked(value in held)
            box.setEnabled(not (read_only or not_applicable))

    def start(self) -> QWidget:
        """The first box."""
        return next(iter(self._boxes.values()), self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two columns where the longest words fit twice."""
        super().resizeEvent(event)
        longest = max((box.sizeHint().width() for box in self._boxes.values()), default=0)
        self._place(2 if 2 * longest + self.GAP <= self.width() else 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave up and down to the card; a tick box would move the focus by its own order."""
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and cast("QKeyEvent", event).key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _place(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        deep = -(-len(self._boxes) // columns)
        for place, box in enumerate(self._boxes.values()):
            self._grid.addWidget(box, place % deep, place // deep)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, columns - 1)

    def _clicked(self) -> None:
        self.changed.emit([value for value, box in self._boxes.items() if box.isChecked()])


class StillCombo(QComboBox):
    """A list that the wheel does not change, so that scrolling past a question never answers it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll."""
        event.ignore()


class ListEditor(PartEditor):
    """One word out of a list too long to show whole."""

    def __init__(self, part: PartData, nothing: str = "Choose…") -> None:
        super().__init__()
        self._combo = StillCombo()
        self._combo.setAccessibleName(part.label or "Answer")
        self._combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._combo.setMaximumWidth(WIDEST_LIST)
        self._combo.addItem(nothing, "")
        for option in part.options:
            self._combo.addItem(option.label, option.value)
        self._combo.activated.connect(self._activated)
        across = row(self._combo, None, gap=0)
        across.setStretch(0, 100)  # as wide as it may be, and at the left
        self.setLayout(across)

    def set_part(self, part: PartData, *, not_applicable: bool, read_only: bool) -> None:
        """Show the word chosen; one that is not listed is added, so that nothing is lost."""
        wanted = str(part.value or "")
        if self._combo.findData(wanted) < 0:
            self._combo.addItem(wanted, wanted)
        self._combo.setCurrentIndex(self._combo.findData(wanted))
        self._combo.setEnabled(not (read_only or not_applicable))

    def start(self) -> QWidget:
        """The list."""
        return self._combo

    def _activated(self, index: int) -> None:
        self.changed.emit(self._combo.itemData(index) or None)


_EDITORS: dict[PartKind, Callable[[PartData], PartEditor]] = {
    PartKind.CHOICES: ChecksEditor,
    PartKind.MATRIX: MatrixEditor,
    PartKind.LINK: RecordEditor,
    PartKind.FILE: RecordEditor,
    PartKind.ROWS: lambda part: RowsEditor(part, cell_editor),
    PartKind.MONEY_BY_YEAR: lambda part: YearsEditor(part, cell_editor),
}


def segment_width(options: Options) -> int:
    """How wide every segment must be to hold the longest words with their tick."""
    font = QFont(QApplication.font())
    font.setWeight(SEMIBOLD)
    longest = max((QFontMetrics(font).horizontalAdvance(words) for _, words in options), default=0)
    return max(WIDE_SEGMENT, longest + BESIDE)


def part_editor(part: PartData, *, offer_na: bool = False, alone: bool = True) -> PartEditor:
    """The editor for a part; `offer_na` adds N/A to a yes-or-no row, `alone` gives text more room."""
    kind = part.kind
    if kind in TICKED:
        ticked = YES_NO if kind is PartKind.YES_NO else YES_PARTLY_NO
        return SegmentEditor(part, (*ticked, *NA) if offer_na else ticked, SEGMENT)
    if kind is PartKind.RATING:
        return SegmentEditor(part, RATINGS, WIDE_SEGMENT)
    if kind is PartKind.CHOICE:
        options = [(option.value, option.label) for option in part.options]
        width = segment_width(options)
        fits = len(options) <= MOST and width * len(options) <= ROOM
        return SegmentEditor(part, options, width) if fits else ListEditor(part)
    if kind in _EDITORS:
        return _EDITORS[kind](part)
    if kind is PartKind.TEXT and not part.worked_out:
        return TextEditor(part, 2 if alone else 1)
    return FieldEditor(part)


def cell_editor(part: PartData) -> PartEditor:
    """The editor for one field of a row, which is narrow."""
    if part.kind in (PartKind.LINK, PartKind.FILE):
        return RecordEditor(part, narrow=True)
    return ListEditor(part, "–") if part.kind in CHOSEN else part_editor(part, alone=False)
