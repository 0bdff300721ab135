"""The headings of a big table: sort order shown and set, by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QWidget

from widgets.table_model import Column, RecordTable, Sort
from widgets.table_painter import FIRST_INSET, INSET
from widgets.theme import HEAD, MEDIUM, SMALL, Tokens, font_of, tokens

LEAST = 48  # no column is dragged narrower
_STEP = 8
_ARROW = 14  # room the arrow takes after the words


class SortHeader(QHeaderView):
    """Click sorts, Shift+click adds; by keyboard arrows move, Enter sorts, Ctrl+arrows reorder."""

    sort_asked = Signal(list)  # list[Sort], first thing first
    nudged = Signal(int, int)  # logical column, pixels wider or narrower

    def __init__(self, model: RecordTable, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._table = model
        self._at = 0  # the visual place the keyboard is on
        self._pressed: QPoint | None = None
        self._labels: dict[str, str] = {}
        self.setFixedHeight(HEAD)
        self.setMinimumSectionSize(LEAST)
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName("Column headings")
        self.setAccessibleDescription(
            "Left and right move; Enter sorts; Shift and Enter adds to the sort; "
            "Ctrl and an arrow moves the column; Shift and an arrow makes it wider or narrower."
        )

    # ------------------------------------------------------------------ sorting
    def sort_by(self, logical: int, add: bool) -> None:
        """Ask for a sort by this column: alone, or after those already sorted by."""
        column = self._table.columns[logical]
        if column.sortable:
            self.sort_asked.emit(next_sort(self._table.sort_order, column.name, add))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where the press was, to tell a click from a drag."""
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press and release on one heading sorts; a drag moves or resizes and does not."""
        start, self._pressed = self._pressed, None
        here = event.position().toPoint()
        resizing = self.cursor().shape() == Qt.CursorShape.SplitHCursor
        super().mouseReleaseEvent(event)
        if start is None or resizing or event.button() != Qt.MouseButton.LeftButton:
            return
        logical = self.logicalIndexAt(here)
        if logical >= 0 and abs(here.x() - start.x()) < 5 and self.rect().contains(here):
            self.sort_by(logical, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    # ------------------------------------------------------------------ keyboard
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, sort, reorder and resize without a mouse."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        held = event.modifiers()
        if step and held & Qt.KeyboardModifier.ControlModifier:
            self._reorder(step)
        elif step and held & Qt.KeyboardModifier.ShiftModifier:
            self.nudged.emit(self.logicalIndex(self._at), step * _STEP)
        elif step:
            self._go(self._next(step))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.sort_by(self.logicalIndex(self._at), bool(held & Qt.KeyboardModifier.ShiftModifier))
        else:
            super().keyPressEvent(event)
            return
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Start on a heading that is there."""
        super().focusInEvent(event)
        if self.isSectionHidden(self.logicalIndex(self._at)) or self._at >= self.count():
            self._at = 0
        self._go(self._at)

    def _next(self, step: int) -> int:
        """The next visible place that way, or the same one at the end."""
        place = self._at + step
        while 0 <= place < self.count() and self.isSectionHidden(self.logicalIndex(place)):
            place += step
        return place if 0 <= place < self.count() else self._at

    def _go(self, place: int) -> None:
        self._at = place
        logical = self.logicalIndex(place)
        if logical < 0:
            return
        said = self._table.headerData(logical, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole)
        self.setAccessibleName(f"Column heading {said}")
        self.viewport().update()

    def _reorder(self, step: int) -> None:
        to = self._next(step)
        if to != self._at:
            self.moveSection(self._at, to)
            self._go(to)

    # ------------------------------------------------------------------ painting
    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        """Words, arrow, hairline; nothing else."""
        t = tokens(self)
        painter.save()
        painter.fillRect(rect, QColor(t.surface))
        painter.setPen(QPen(QColor(t.line), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        self._paint_words(painter, rect, t, logical)
        if self.hasFocus() and self.visualIndex(logical) == self._at:
            painter.setPen(QPen(QColor(t.focus), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -2))
        painter.restore()

    def _paint_words(self, p: QPainter, rect: QRect, t: Tokens, logical: int) -> None:
        column = self._table.columns[logical]
        lead = FIRST_INSET if self._is_first(logical) else INSET
        inside = QRectF(rect.adjusted(lead, 0, -INSET, -1))
        font = font_of(self, SMALL, MEDIUM)
        arrow, place = self._sorted(column)
        room = inside.width() - (_ARROW if arrow else 0) - (8 if place else 0)
        words = QFontMetricsF(font).elidedText(self.label_of(column), Qt.TextElideMode.ElideRight, room)
        wide = QFontMetricsF(font).horizontalAdvance(words)
        start = inside.right() - wide if column.align == "right" else inside.left()
        if arrow and column.align == "right":
            start -= _ARROW + (8 if place else 0)
        p.setFont(font)
        p.setPen(t.colour("text" if arrow else "text2"))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        p.drawText(QRectF(start, inside.top(), wide + 2, inside.height()), flags, words)
        if arrow:
            _paint_arrow(p, QPointF(start + wide + 8, inside.center().y()), down=arrow < 0)
        if place:
            p.drawText(QRectF(start + wide + 15, inside.top(), 12, inside.height()), flags, str(place))

    def label_of(self, column: Column) -> str:
        """The words of a heading; a folded table heads its main column otherwise."""
        return self._labels.get(column.name, column.label)

    def set_labels(self, labels: dict[str, str]) -> None:
        """Other words for some headings, by the name of the column."""
        self._labels = labels
        self.viewport().update()

    def _is_first(self, logical: int) -> bool:
        place = self.visualIndex(logical)
        return all(self.isSectionHidden(self.logicalIndex(before)) for before in range(place))

    def _sorted(self, column: Column) -> tuple[int, int]:
        """1 for an arrow up, -1 for down, 0 for none; and the place among several, or 0."""
        order = self._table.sort_order
        for place, (name, down) in enumerate(order, 1):
            if name == column.name:
                return -1 if down else 1, place if len(order) > 1 else 0
        return 0, 0


def next_sort(order: Sequence[Sort], name: str, add: bool) -> list[Sort]:
    """The sort after a click on a heading.

    Alone: smallest first, then largest first, turn about. Added: smallest, then largest, then left out.
    """
    held = dict(order)
    if not add:
        return [(name, len(order) == 1 and held.get(name) is False)]
    if held.get(name) is True:
        return [each for each in order if each[0] != name]
    held[name] = name in held
    return list(held.items())


def _paint_arrow(p: QPainter, at: QPointF, down: bool) -> None:
    """A thin arrow, 9 px tall, in the colour of the pen."""
    way = 1 if down else -1
    p.save()
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    p.setPen(QPen(p.pen().color(), 1.3))
    tip = QPointF(at.x(), at.y() + 4.5 * way)
    p.drawLine(QPointF(at.x(), at.y() - 4.5 * way), tip)
    p.drawLine(tip, QPointF(tip.x() - 3.2, tip.y() - 3.2 * way))
    p.drawLine(tip, QPointF(tip.x() + 3.2, tip.y() - 3.2 * way))
    p.restore()
