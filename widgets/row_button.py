"""One row of a short list and the headings above it: painted, pressed as a button, spoken as a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from widgets.icons import paint_icon
from widgets.row_columns import Placed, RowColumns
from widgets.shown import set_tip
from widgets.table_model import BLANK, Cell, Column
from widgets.table_painter import one_line
from widgets.theme import BODY, MEDIUM, REGULAR, SEMIBOLD, SMALL, Tokens, font_of, mark, tokens

HEAD = 26  # height of the headings
BAR = 3  # the accent bar of what is open
_CLOSE = ("red", "amber", "green")
_TONES = {"": "text", "soft": "text2", "blue": "accent"}
_PILLS = {"": ("sunken", "text2"), "soft": ("sunken", "text2"), "blue": ("accent_soft", "accent")}
MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Home: -100_000, Qt.Key.Key_End: 100_000}
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_KEYS = {*MOVES, *ENTER, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Delete}


def _align(column: Column) -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignRight if column.align == "right" else Qt.AlignmentFlag.AlignLeft


def _write(p: QPainter, box: QRectF, words: str, side: Qt.AlignmentFlag) -> None:
    room = QFontMetricsF(p.font()).elidedText(one_line(words), Qt.TextElideMode.ElideRight, box.width())
    p.drawText(box, int(side | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine), room)


class RowHead(QWidget):
    """The headings above the rows."""

    def __init__(self, columns: RowColumns) -> None:
        super().__init__()
        self._columns = columns
        self.setFixedHeight(HEAD)

    def paintEvent(self, _event: QPaintEvent) -> None:
        p, t = QPainter(self), tokens(self)
        p.setFont(font_of(self, SMALL, MEDIUM))
        p.setPen(t.colour("text2"))
        for each in self._columns.placed:
            _write(p, QRectF(each.left, 0, each.width, HEAD - 2), each.column.label, _align(each.column))
        p.fillRect(QRectF(self._columns.edges.left, HEAD - 1, self.width(), 1), t.colour("line"))


class RowButton(QAbstractButton):
    """One row: a press opens it or closes it; its words are painted, and spoken with their headings.

    There may be hundreds, so Qt’s events reach Python only where they must.
    """

    keyed = Signal(int, int)  # which row, and the key that is not the button’s own
    focused = Signal(int)

    def __init__(self, number: int, columns: RowColumns) -> None:
        super().__init__()
        self.number = number
        self._columns = columns
        self._cells: Mapping[str, Cell] = {}
        self._by_key = False  # only then is the focus ring a help
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_cells(self, cells: Mapping[str, Cell]) -> None:
        """Show other words."""
        if cells != self._cells:
            self._cells = cells
            self.setAccessibleName(self._columns.spoken(cells))
            self.update()

    def cell(self, name: str) -> Cell:
        """What it says under a column’s name."""
        return self._cells.get(name, BLANK)

    def enterEvent(self, event: QEnterEvent) -> None:
        """The whole of the words is on the tool tip, worked out when the pointer comes."""
        set_tip(self, self._columns.spoken(self._cells).replace("; ", "\n"))
        super().enterEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        p, t = QPainter(self), tokens(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide, high, opened = self.width(), self.height(), self.isChecked()
        edges = self._columns.edges
        if opened or self.underMouse():
            p.fillRect(self.rect(), t.colour("accent_soft" if opened else "sunken"))
        if opened:
            p.fillRect(QRectF(0, 0, BAR, high), t.colour("accent"))
        else:
            p.fillRect(QRectF(edges.left, high - 1, wide, 1), t.colour("line"))
        for each in self._columns.placed:
            self._paint_cell(p, t, each, self.cell(each.column.name))
        box = QRectF(wide - edges.right - 14, high / 2 - 7, 14, 14)
        paint_icon(p, box, "caret-up" if opened else "caret-down")
        if self._by_key and self.hasFocus():
            self._paint_ring(p, t)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._by_key = event.reason() != Qt.FocusReason.MouseFocusReason
        self.focused.emit(self.number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._by_key = True
        self.update()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in _KEYS:
            self.keyed.emit(self.number, event.key())
        else:
            super().keyPressEvent(event)

    def _paint_ring(self, p: QPainter, t: Tokens) -> None:
        pen = p.pen()
        pen.setColor(t.colour("focus"))
        pen.setWidth(2)
        p.setPen(pen)
        p.setBrush(Qt.BrushStyle.NoBrush)
        p.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def _paint_cell(self, p: QPainter, t: Tokens, at: Placed, cell: Cell) -> None:
        high = self.height()
        main = at.column.name == self._columns.main
        second = self._columns.second_line(self._cells) if main else [Cell(cell.note, cell.tone)]
        box = QRectF(at.left, 0, at.width, high - 1)
        if any(each.text for each in second):
            self._paint_second(p, t, QRectF(at.left, high / 2, at.width, high / 2 - 5), second, at.column)
            box = QRectF(at.left, 5, at.width, high / 2 - 5)
        if cell.pill and cell.text:
            self._paint_pill(p, t, box, cell)
            return
        if cell.mark:
            mark(p, box.left() + 1, box.center().y() - 5, 10, cell.mark, t)
            box = box.adjusted(19, 0, 8, 0)
        close = cell.tone in _CLOSE
        p.setFont(font_of(self, BODY, SEMIBOLD if close else MEDIUM if main else REGULAR))
        p.setPen(t.colour(_TONES.get(cell.tone, cell.tone)))
        _write(p, box, cell.text, _align(at.column))

    def _paint_second(
        self, p: QPainter, t: Tokens, box: QRectF, cells: Sequence[Cell], column: Column
    ) -> None:
        """The second line, what is close or late in it as it would be in a column of its own."""
        for place, cell in enumerate(cells):
            words = f" · {cell.text}" if place else cell.text
            close = cell.tone in _CLOSE
            p.setFont(font_of(self, SMALL, SEMIBOLD if close else REGULAR))
            p.setPen(t.colour(cell.tone if close else "text2"))
            _write(p, box, words, _align(column))
            box = box.adjusted(QFontMetricsF(p.font()).horizontalAdvance(words), 0, 0, 0)
            if box.width() < 12:
                return

    def _paint_pill(self, p: QPainter, t: Tokens, box: QRectF, cell: Cell) -> None:
        back, front = _PILLS.get(cell.tone, (f"{cell.tone}_soft", cell.tone))
        if self.isChecked() and back == "accent_soft":
            back = "surface"  # the open row already has that colour
        p.setFont(font_of(self, SMALL, MEDIUM))
        wide = min(QFontMetricsF(p.font()).horizontalAdvance(one_line(cell.text)) + 20, box.width() + 4)
        round_box = QRectF(box.left() - 2, box.center().y() - 11, wide, 22)
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(t.colour(back))
        p.drawRoundedRect(round_box, 11, 11)
        p.setPen(t.colour(front))
        _write(p, round_box.adjusted(10, 0, -9, 0), cell.text, Qt.AlignmentFlag.AlignLeft)
