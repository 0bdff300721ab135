"""Draws the rows of a big table, on one line or two; colour only for exceptions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QHelpEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem

from widgets.table_model import Cell, Column, Index, RecordTable
from widgets.theme import BODY, MEDIUM, REGULAR, ROW, ROW_TWO, SEMIBOLD, SMALL, Tokens, font_of, mark, tokens

FIRST_INSET, INSET = 24, 8
_BAR = 3  # the accent bar of the chosen row
_GAP = 14  # between a date and the words beside it
_TYPICAL = "30 Nov 2026"  # notes beside dates start on one edge
_FLAGS = {
    align: int(align | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine)
    for align in (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight)
}
_TONES = {"": "text", "soft": "text2", "blue": "accent"}
_PILLS = {"": ("sunken", "text2"), "soft": ("sunken", "text2"), "blue": ("accent_soft", "accent")}


@dataclass(frozen=True, slots=True)
class FoldPlan:
    """How a table folds when it gets narrow: `under` are read as the second line of `main`.

    `label` heads the folded column. The table folds below `below` pixels, when `main` would get less
    than `least`.
    """

    main: str
    under: tuple[str, ...] = ()
    label: str = ""
    below: int = 1000
    least: int = 216


class Columns(Protocol):
    """What the painter asks of the layout."""

    @property
    def folded(self) -> bool:
        """True when rows have two lines."""

    def first(self) -> int:
        """The leftmost visible column."""

    def last(self) -> int:
        """The rightmost visible column."""


class Pointer(Protocol):
    """What the painter asks about the user's place."""

    @property
    def row(self) -> int:
        """The row under the pointer, or -1."""

    @property
    def by_key(self) -> bool:
        """True when the keyboard leads, so that focus must be seen."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of words with its look."""

    words: str
    colour: str
    size: int = BODY
    weight: QFont.Weight = REGULAR


class RowPainter(QStyledItemDelegate):
    """Paints cells from `Cell`s: words, second lines, pills and rating marks."""

    def __init__(
        self,
        view: QAbstractItemView,
        table: RecordTable,
        plan: FoldPlan | None,
        columns: Columns,
        pointer: Pointer,
    ) -> None:
        super().__init__(view)
        self._view, self._table, self._plan = view, table, plan
        self._columns, self._pointer = columns, pointer
        self._fonts: dict[tuple[int, int], tuple[QFont, QFontMetricsF]] = {}
        self._family = view.font().key()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell with its part of the row's background and hairline; headings are drawn by the table."""
        if self._table.groups.heading(index.row()) is not None:
            return
        t = tokens(self._view)
        column = self._table.columns[index.column()]
        chosen = self._view.selectionModel().isRowSelected(index.row())
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        first = index.column() == self._columns.first()
        self._paint_ground(painter, rect, t, chosen, first, index.row() == self._pointer.row)
        inside = rect.adjusted(FIRST_INSET if first else INSET, 0, -INSET, 0)
        cell = self._table.cell(index.row(), column.name)
        if cell.pill and cell.text:
            self._paint_pill(painter, inside, t, cell, chosen)
        elif cell.mark:
            mark(painter, inside.left() + 1, rect.center().y() - 5, 10, cell.mark, t)
            self._draw(painter, inside.adjusted(19, 0, 8, 0), t, _Line(cell.text, "text"))
        else:
            self._paint_words(painter, inside, t, column, self._lines(index.row(), column, cell, chosen))
        if self._pointer.by_key and self._view.hasFocus() and index.row() == self._view.currentIndex().row():
            self._paint_ring(painter, rect, t, first, index.column() == self._columns.last())
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Room for all the words, used when a heading's edge is double-clicked."""
        column = self._table.columns[index.column()]
        cell = self._table.cell(index.row(), column.name)
        lines = self._lines(index.row(), column, cell, chosen=False)
        widths = [self._width(line) for line in lines] or [0.0]
        wide = max(widths) if self._columns.folded else sum(widths) + _GAP * (len(widths) - 1)
        extra = 20 if cell.pill or cell.mark else 0
        lead = FIRST_INSET if index.column() == self._columns.first() else INSET
        return QSize(int(wide) + extra + lead + INSET + 2, ROW_TWO if self._columns.folded else ROW)

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """Show the full text on hover only when it does not fit."""
        rect = option.rect
        if event.type() == QEvent.Type.ToolTip and self.sizeHint(option, index).width() <= rect.width():
            return False
        return super().helpEvent(event, view, option, index)

    # ------------------------------------------------------------------ what a cell says
    def _lines(self, row: int, column: Column, cell: Cell, chosen: bool) -> list[_Line]:
        """The line, or lines, of a cell: its words, and its note or what is folded under it."""
        plan, folded = self._plan, self._columns.folded
        main = plan is not None and column.name == plan.main
        beside = plan is not None and column.name in plan.under
        colour = "text2" if beside and not chosen and not cell.tone else _TONES.get(cell.tone, cell.tone)
        close = cell.tone in ("red", "amber", "green")
        lines = [_Line(cell.text, colour, weight=SEMIBOLD if close else MEDIUM if main else REGULAR)]
        second = cell.note
        if main and folded:
            second = " · ".join(w for w in self._under(row) if w)
        if second and (folded or cell.tone):
            lines.append(_Line(second, colour if close else "text2", SMALL))
        return lines

    def _under(self, row: int) -> list[str]:
        shown = {column.name for column in self._table.columns}
        names = self._plan.under if self._plan else ()
        return [self._table.cell(row, name).text for name in names if name in shown]

    # ------------------------------------------------------------------ drawing
    def _paint_ground(
        self, p: QPainter, rect: QRectF, t: Tokens, chosen: bool, first: bool, hovered: bool
    ) -> None:
        if chosen or hovered:
            p.fillRect(rect, QColor(t.accent_soft if chosen else t.sunken))
        if chosen and first:
            p.fillRect(QRectF(rect.left(), rect.top(), _BAR, rect.height()), QColor(t.accent))
        p.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), QColor(t.line))

    def _paint_ring(self, p: QPainter, rect: QRectF, t: Tokens, first: bool, last: bool) -> None:
        """The part of the focus ring round the current row that falls into one cell."""
        colour = t.colour("focus")
        p.fillRect(QRectF(rect.left(), rect.top(), rect.width(), 2), colour)
        p.fillRect(QRectF(rect.left(), rect.bottom() - 3, rect.width(), 2), colour)
        for there, x in ((first, rect.left()), (last, rect.right() - 2)):
            if there:
                p.fillRect(QRectF(x, rect.top(), 2, rect.height() - 1), colour)

    def _paint_words(self, p: QPainter, rect: QRectF, t: Tokens, column: Column, lines: list[_Line]) -> None:
        align = Qt.AlignmentFlag.AlignRight if column.align == "right" else Qt.AlignmentFlag.AlignLeft
        if len(lines) == 1:
            self._draw(p, rect, t, lines[0], align)
        elif self._columns.folded:
            self._draw(p, rect.adjusted(0, 5, 0, -22), t, lines[0], align)
            self._draw(p, rect.adjusted(0, 24, 0, -5), t, lines[1], align)
        else:
            first, beside = lines
            typical = _Line(_TYPICAL, "text", first.size, SEMIBOLD)
            start = max(self._width(first), self._width(typical)) + _GAP
            fits = start + self._width(beside) <= rect.width() + INSET
            self._draw(p, rect, t, first, align)
            if fits:
                self._draw(p, rect.adjusted(start, 0, INSET, 0), t, beside)

    def _paint_pill(self, p: QPainter, rect: QRectF, t: Tokens, cell: Cell, chosen: bool) -> None:
        back, front = _PILLS.get(cell.tone, (cell.tone + "_soft", cell.tone))
        if chosen and back == "accent_soft":
            back = "surface"  # the chosen row already has that colour
        line = _Line(cell.text, front, SMALL, MEDIUM)
        wide = min(self._width(line) + 20, rect.width() + INSET)
        box = QRectF(rect.left() - 2, rect.center().y() - 11, wide, 22)
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(t.colour(back))
        p.drawRoundedRect(box, 11, 11)
        self._draw(p, box.adjusted(10, 0, -9, 0), t, line)

    def _draw(
        self,
        p: QPainter,
        rect: QRectF,
        t: Tokens,
        line: _Line,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        font, metrics = self._font(line)
        p.setFont(font)
        p.setPen(t.colour(line.colour))
        words = metrics.elidedText(one_line(line.words), Qt.TextElideMode.ElideRight, rect.width())
        p.drawText(rect, _FLAGS[align], words)

    def _width(self, line: _Line) -> float:
        return self._font(line)[1].horizontalAdvance(one_line(line.words))

    def _font(self, line: _Line) -> tuple[QFont, QFontMetricsF]:
        if self._family != self._view.font().key():
            self._fonts.clear()
            self._family = self._view.font().key()
        key = (line.size, int(line.weight))
        if key not in self._fonts:
            font = font_of(self._view, line.size, line.weight)
            self._fonts[key] = (font, QFontMetricsF(font))
        return self._fonts[key]


def one_line(words: str) -> str:
    """Words on one line: breaks become spaces, and very long text is cut, since no cell can show it."""
    return " ".join(words[:400].split()) if len(words) > 400 or "\n" in words else words
