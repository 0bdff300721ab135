"""The tables of the merge screen for workbooks: rows that are taken or not, drawn with a box, a word and a shape."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.dialogs.home_choices import Mark
from widgets.icons import paint_icon
from widgets.shown import plain_tip
from widgets.theme import BODY, HEAD, MEDIUM, REGULAR, ROW, SMALL, Tokens, font_of, tokens

Index = QModelIndex | QPersistentModelIndex
NOTHING = "–"
LONGEST = 300  # letters of a value that are looked at for one line
INSET, BOX = 12, 18
PILLS = {"": ("sunken", "text2"), "amber": ("amber_soft", "amber"), "blue": ("accent_soft", "accent")}
BOXES = {"all": ("check-square", "accent"), "some": ("minus", "accent"), "none": ("square", "text2")}


class TakeTable(QAbstractTableModel):
    """Rows of words, each with a mark and taken or not; what they are says whoever derives from it."""

    HEADS: tuple[str, ...] = ()
    SHARES: tuple[int, ...] = ()  # of the width, in per cent
    LAST = 150  # pixels that the last column has at least, for its box and its mark
    BOXED = True  # the last column has a box to tick
    taken_changed = Signal()

    def words(self, row: int, column: int) -> str:
        """What stands in a cell."""
        raise NotImplementedError

    def mark(self, row: int) -> Mark:
        """A word on what is special about a row, and its tone."""
        raise NotImplementedError

    def takes(self, row: int) -> bool:
        """Whether a row is taken."""
        raise NotImplementedError

    def take(self, rows: Sequence[int], on: bool) -> None:
        """Take rows or leave them."""
        raise NotImplementedError

    def tone(self, row: int, column: int) -> str:
        """The colour of the words of a cell, by its token."""
        return "text"

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.HEADS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The headings."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.HEADS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a cell; the last one says whether its row is taken."""
        row, column = index.row(), index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if column < len(self.HEADS) - 1:
                return self.words(row, column)
            return " ".join(filter(None, (self.words(row, column), self.mark(row)[0])))
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self.words(row, column)[:LONGEST])
        return None

    def toggle(self, rows: Sequence[int]) -> None:
        """Take all of these rows; when all are taken, none."""
        if rows and self.BOXED:
            self.take(rows, not all(self.takes(row) for row in rows))
            self.redraw()
            self.taken_changed.emit()

    def redraw(self) -> None:
        """Show the choices as they are now."""
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, len(self.HEADS) - 1))


class TakeView(QTableView):
    """The list. A click on the last column takes or leaves its row; the space bar and Enter, the chosen rows."""

    looked_at = Signal(int)  # the row the keyboard is on

    def __init__(self, table: TakeTable, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = table
        self.setModel(table)
        self.setItemDelegate(_Painter(self))
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setAccessibleName(name)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setFixedHeight(HEAD)
        self.clicked.connect(self._clicked)
        self.selectionModel().currentChanged.connect(lambda now, _: self.looked_at.emit(now.row()))

    def chosen_rows(self) -> list[int]:
        """The rows that are chosen in the list."""
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out."""
        super().resizeEvent(event)
        wide, *others = self.viewport().width(), *self.table.SHARES[:-1]
        last = max(wide * self.table.SHARES[-1] // 100, self.table.LAST)
        for column, share in enumerate(others):
            self.setColumnWidth(column, (wide - last) * share // sum(others))
        self.setColumnWidth(len(others), last)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The space bar and Enter take the chosen rows or leave them."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.table.toggle(self.chosen_rows())
            return
        super().keyPressEvent(event)

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == len(self.table.HEADS) - 1:
            self.table.toggle([index.row()])


class _Painter(QStyledItemDelegate):
    """Draws one cell."""

    def __init__(self, view: TakeView) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw ground, words, and in the last column the box and the mark."""
        t, table, row, column = tokens(self._view), self._view.table, index.row(), index.column()
        rect = QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, t.colour("accent_soft" if chosen else "surface"))
        painter.setPen(QPen(t.colour("line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inside = rect.adjusted(INSET, 0, -INSET / 2, 0)
        if column == len(table.HEADS) - 1:
            self._take(painter, inside, t, row)
        else:
            words = " · ".join(table.words(row, column)[:LONGEST].split("\n")) or NOTHING
            tone = "text3" if words == NOTHING else table.tone(row, column)
            draw_words(
                painter, inside, words, tone, self._view, MEDIUM if tone == "text" and not column else REGULAR
            )
        if index.row() == self._view.currentIndex().row() and self._view.hasFocus() and not column:
            painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), t.colour("focus"))
        painter.restore()

    def _take(self, painter: QPainter, inside: QRectF, t: Tokens, row: int) -> None:
        table = self._view.table
        if table.BOXED:
            draw_box(painter, inside, "all" if table.takes(row) else "none")
            inside = inside.adjusted(BOX + 10, 0, 0, 0)
        words, tone = table.mark(row)
        if not words:
            return
        ground, colour = PILLS[tone]
        wide = QFontMetricsF(font_of(self._view, SMALL, MEDIUM)).horizontalAdvance(words)
        shape = 14 if tone == "amber" else 0
        pill = QRectF(inside.left(), inside.center().y() - 10, wide + 18 + shape, 20)
        pill.setRight(min(pill.right(), inside.right()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(t.colour(ground))
        painter.drawRoundedRect(pill, 10, 10)
        if shape:  # a diamond beside the word, so that it is not the colour alone that tells
            draw_diamond(painter, QPointF(pill.left() + 13, pill.center().y()), t)
        draw_words(painter, pill.adjusted(9 + shape, 0, -4, 0), words, colour, self._view, MEDIUM, SMALL)


def draw_box(painter: QPainter, inside: QRectF, share: str) -> None:
    """A box at the left: ticked, empty, or with a dash where only some of it is taken."""
    box = QRectF(inside.left(), inside.center().y() - BOX / 2, BOX, BOX)
    if share == "some":
        paint_icon(painter, box, "square", "accent")
        box = box.adjusted(4, 4, -4, -4)
    name, colour = BOXES[share]
    paint_icon(painter, box, name, colour)


def draw_diamond(painter: QPainter, at: QPointF, t: Tokens) -> None:
    """The shape that stands for something to look at."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(t.colour("amber_mark"))
    painter.drawPolygon(QPolygonF([at + QPointF(*d) for d in ((0, -4), (4, 0), (0, 4), (-4, 0))]))


def draw_words(
    painter: QPainter,
    inside: QRectF,
    words: str,
    tone: str,
    view: QWidget,
    weight: object = REGULAR,
    size: int = BODY,
) -> None:
    """Words on one line, cut where there is no more room."""
    font = font_of(view, size, weight)  # type: ignore[arg-type]
    painter.setFont(font)
    painter.setPen(tokens(view).colour(tone))
    shown = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, inside.width())
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    painter.drawText(inside, int(flags) | int(Qt.TextFlag.TextSingleLine), shown)
