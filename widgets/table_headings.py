"""Group headings of a big table: drawn across all columns, opened and closed by mouse and by keyboard."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QTableView

from widgets.icons import paint_icon
from widgets.table_attention import Attention
from widgets.table_groups import Heading
from widgets.table_model import RecordTable
from widgets.table_painter import FIRST_INSET
from widgets.theme import BODY, REGULAR, SEMIBOLD, font_of, tokens

_CARET, _CARET_AT, _GAP = 12, 7, 12
_FLAGS = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine)
_TURNS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_OPENS = {Qt.Key.Key_Left: False, Qt.Key.Key_Right: True}


class Headings:
    """What a table does with its group headings; without groups it does nothing."""

    def __init__(self, view: QTableView, table: RecordTable, pointer: Attention) -> None:
        self._view, self._table, self._pointer = view, table, pointer

    def paint(self, painter: QPainter) -> None:
        """Draw the headings in sight over the cells of their rows."""
        view, groups = self._view, self._table.groups
        if not groups.headings:
            return
        first, last = view.rowAt(0), view.rowAt(view.viewport().height() - 1)
        for row in range(first, (last if last >= 0 else groups.rows - 1) + 1):
            if (heading := groups.heading(row)) is not None:
                place = QRectF(0, view.rowViewportPosition(row), view.viewport().width(), view.rowHeight(row))
                self._paint_one(painter, place, row, heading)

    def _paint_one(self, p: QPainter, rect: QRectF, row: int, heading: Heading) -> None:
        view, t = self._view, tokens(self._view)
        is_open = heading.key not in self._table.groups.closed
        p.save()
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.fillRect(rect, QColor(t.sunken if row == self._pointer.row else t.canvas))
        p.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), QColor(t.line))
        caret = QRectF(_CARET_AT, rect.center().y() - _CARET / 2, _CARET, _CARET)
        paint_icon(p, caret, "caret-down" if is_open else "caret-right")
        inside = rect.adjusted(FIRST_INSET, 0, -FIRST_INSET, 0)
        name, note = font_of(view, BODY, SEMIBOLD), font_of(view, BODY, REGULAR)
        wide = QFontMetricsF(note).horizontalAdvance(heading.note)
        room = max(inside.width() / 3, inside.width() - wide - _GAP)
        words = QFontMetricsF(name).elidedText(heading.words, Qt.TextElideMode.ElideRight, room)
        p.setFont(name)
        p.setPen(t.colour("text"))
        p.drawText(inside, _FLAGS, words)
        after = inside.adjusted(QFontMetricsF(name).horizontalAdvance(words) + _GAP, 0, 0, 0)
        p.setFont(note)
        p.setPen(t.colour("text2"))
        p.drawText(
            after,
            _FLAGS,
            QFontMetricsF(note).elidedText(heading.note, Qt.TextElideMode.ElideRight, after.width()),
        )
        if self._pointer.by_key and view.hasFocus() and view.currentIndex().row() == row:
            self._paint_ring(p, rect)
        p.restore()

    def _paint_ring(self, p: QPainter, rect: QRectF) -> None:
        colour, inner = tokens(self._view).colour("focus"), rect.adjusted(0, 0, 0, -1)
        for side in (
            QRectF(inner.left(), inner.top(), inner.width(), 2),
            QRectF(inner.left(), inner.bottom() - 2, inner.width(), 2),
            QRectF(inner.left(), inner.top(), 2, inner.height()),
            QRectF(inner.right() - 2, inner.top(), 2, inner.height()),
        ):
            p.fillRect(side, colour)

    def turn(self, row: int) -> bool:
        """Open a closed group, close an open one; False when no heading stands in the row."""
        heading = self._table.groups.heading(row)
        if heading is not None:
            self._table.set_open([heading.key], heading.key in self._table.groups.closed)
        return heading is not None

    def take_key(self, key: int, row: int) -> bool:
        """Enter and the space bar turn a heading over, the right arrow opens, the left one closes."""
        heading = self._table.groups.heading(row)
        if heading is None:
            return False
        if key in _TURNS:
            return self.turn(row)
        if key not in _OPENS:
            return False
        self._table.set_open([heading.key], _OPENS[Qt.Key(key)])
        return True
