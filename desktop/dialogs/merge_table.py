"""The list of the merge screen: a line a field under the name of its record, the chosen side marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar, cast

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from widgets.icons import paint_icon
from widgets.shown import plain_tip
from widgets.theme import BODY, MEDIUM, REGULAR, ROW, SEMIBOLD, SMALL, Tokens, font_of, tokens

Index = QModelIndex | QPersistentModelIndex
FIELD, BEFORE, THEIRS, MINE = range(4)
NOTHING = "–"
HEADS = ("", "Before", "Theirs", "Mine")
SIDES = {BEFORE: "base", THEIRS: "theirs", MINE: "mine"}
SHARES = (30, 20, 25, 25)  # of the width, in per cent
LONGEST = 400  # letters of a value that are looked at for one line
INSET, TICK = 12, 16
_PILLS = {"": ("line", "text2"), "amber": ("amber_soft", "amber"), "blue": ("accent_soft", "accent")}


class Line(Protocol):
    """One line of the list: a heading, or one thing that differs below it."""

    @property
    def heading(self) -> bool:
        """Whether it names what the lines below it are of."""

    @property
    def whole(self) -> bool:
        """A heading that is itself what differs: taken or left as a whole."""

    @property
    def conflict(self) -> bool:
        """Whether both sides changed it."""

    @property
    def refused(self) -> str:
        """Why nothing of it can be taken."""


L = TypeVar("L", bound=Line)


class Shown(Protocol[L]):
    """The lines with their words and the side that is chosen for each; a line is one of its own."""

    @property
    def lines(self) -> Sequence[L]:
        """The lines in their order."""

    def title(self, line: L) -> str:
        """What a line is about."""

    def note(self, line: L) -> tuple[str, str]:
        """A few words for the pill of a heading, with their tone."""

    def words(self, line: L, side: str) -> str:
        """What a side holds, in full: `base`, `theirs` or `mine`."""

    def side(self, line: L) -> str:
        """`theirs`, `mine`, or `both`."""

    def take_line(self, line: L, theirs: bool) -> None:
        """Choose a side for a line; a heading chooses for those below it."""


class MergeTable(QAbstractTableModel):
    """The lines as Qt asks for them."""

    def __init__(self, choices: Shown[L], heads: Sequence[str] = HEADS) -> None:
        super().__init__()
        self.choices = cast("Shown[Line]", choices)  # only ever given lines of its own
        self._heads = heads

    def rowCount(self, parent: Index | None = None) -> int:
        """One for each line."""
        return 0 if parent is not None and parent.isValid() else len(self.choices.lines)

    def columnCount(self, parent: Index | None = None) -> int:
        """Field, before, theirs, mine."""
        return 0 if parent is not None and parent.isValid() else len(HEADS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The names of the sides."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a cell, and for those who cannot see it whether its side is chosen."""
        line = self.choices.lines[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            words = self.cell(line, index.column())
            return (
                words if role == Qt.ItemDataRole.DisplayRole else plain_tip(line.refused or words[:LONGEST])
            )
        if role == Qt.ItemDataRole.AccessibleTextRole:
            chosen = ", chosen" if SIDES.get(index.column()) == self.choices.side(line) else ""
            return f"{self.cell(line, index.column())}{chosen}"
        return None

    def cell(self, line: Line, column: int) -> str:
        """What stands in a column of a line, on one line."""
        if column == FIELD:
            return self.choices.title(line)
        if line.heading and not line.whole:
            return {THEIRS: "All theirs", MINE: "All mine"}.get(column, "")
        words = self.choices.words(line, SIDES[column])
        return " · ".join(words[:LONGEST].split("\n")) or NOTHING

    def choose(self, row: int, theirs: bool) -> None:
        """Choose a side for a line; a heading chooses for its record."""
        line = self.choices.lines[row]
        if line.heading or self.choices.side(line) != ("theirs" if theirs else "mine"):
            self.choices.take_line(line, theirs)
            self.redraw()

    def redraw(self) -> None:
        """Show the choices as they are now."""
        self.dataChanged.emit(self.index(0, 0), self.index(max(0, self.rowCount() - 1), MINE))


class MergeView(QTableView):
    """The list. A click on theirs or mine chooses it, as do Enter and the space bar."""

    looked_at = Signal(int)  # the line the keyboard is on

    def __init__(self, table: MergeTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = table
        self.setModel(table)
        self.setItemDelegate(_Painter(self))
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Differences")
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.clicked.connect(self._chosen)
        self.selectionModel().currentChanged.connect(lambda now, _: self.looked_at.emit(now.row()))
        self.selectionModel().currentChanged.connect(
            lambda: self.viewport().update()
        )  # a frame may be around two

    def resizeEvent(self, event: object) -> None:
        """Share the width out."""
        wide = self.viewport().width()
        for column, share in enumerate(SHARES):
            self.setColumnWidth(column, wide * share // 100)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and the space bar choose the side the keyboard is on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._chosen(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _chosen(self, index: QModelIndex) -> None:
        if index.isValid() and index.column() in (THEIRS, MINE):
            self.table.choose(index.row(), index.column() == THEIRS)


class _Painter(QStyledItemDelegate):
    """Draws one cell: the chosen side on a tinted ground with a tick, the other one quietly."""

    def __init__(self, view: MergeView) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw ground, words and tick."""
        t, line = tokens(self._view), self._view.table.choices.lines[index.row()]
        rect, column = QRectF(option.rect), index.column()
        words = self._view.table.cell(line, column)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, t.colour("sunken" if line.heading else "surface"))
        painter.setPen(QPen(t.colour("line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inside = rect.adjusted(INSET if column or line.heading else 2 * INSET, 0, -INSET, 0)
        if line.heading and column in (FIELD, BEFORE):
            painter.setClipRect(rect)  # the name of a record runs over both
            self._name(painter, self._over_both(rect), t, line, self._view.table.cell(line, FIELD))
        elif column == FIELD:
            self._name(painter, inside, t, line, words)
        else:
            self._side(painter, rect, inside, t, line, column, words)
        self._focus(painter, rect, t, line, index)
        painter.restore()

    def _focus(self, painter: QPainter, rect: QRectF, t: Tokens, line: Line, index: Index) -> None:
        """The frame of the current cell; where the name of a record runs over two, it goes around both."""
        current, first = self._view.currentIndex(), (FIELD, BEFORE)
        both = line.heading and index.column() in first
        if both and index.row() == current.row() and current.column() in first:
            rect = self._over_both(rect).adjusted(-INSET, 0, INSET, 0)
        elif index != current:
            return
        if self._view.hasFocus():
            painter.setPen(QPen(t.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(2, 2, -2, -3), 4, 4)

    def _over_both(self, rect: QRectF) -> QRectF:
        left = self._view.columnViewportPosition(FIELD)
        wide = self._view.columnWidth(FIELD) + self._view.columnWidth(BEFORE)
        return QRectF(left + INSET, rect.top(), wide - 2 * INSET, rect.height())

    def _name(self, painter: QPainter, inside: QRectF, t: Tokens, line: Line, words: str) -> None:
        note, tone = self._view.table.choices.note(line) if line.heading else ("", "")
        if note:
            font = font_of(self._view, SMALL, MEDIUM)
            wide = QFontMetricsF(font).horizontalAdvance(note) + 16
            pill = QRectF(inside.right() - wide, inside.center().y() - 10, wide, 20)
            painter.setPen(Qt.PenStyle.NoPen)
            ground, colour = _PILLS[tone]
            painter.setBrush(t.colour(ground))
            painter.drawRoundedRect(pill, 10, 10)
            self._draw(
                painter,
                pill.adjusted(8, 0, -6, 0),
                note,
                colour,
                font,
            )
            inside = inside.adjusted(0, 0, -wide - 8, 0)
        elif line.conflict and not line.heading:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(t.colour("amber_mark"))
            painter.drawEllipse(QRectF(inside.left() - 12, inside.center().y() - 3, 6, 6))
        weight = SEMIBOLD if line.heading else REGULAR
        self._draw(painter, inside, words, "text", font_of(self._view, BODY, weight))

    def _side(
        self, painter: QPainter, rect: QRectF, inside: QRectF, t: Tokens, line: Line, column: int, words: str
    ) -> None:
        side = self._view.table.choices.side(line)
        chosen = SIDES[column] == side
        bare = line.heading and not line.whole
        if chosen and not bare:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(t.colour("accent_soft"))
            painter.drawRoundedRect(rect.adjusted(3, 3, -3, -4), 5, 5)
        if chosen:
            tick = QRectF(inside.left(), inside.center().y() - TICK / 2, TICK, TICK)
            paint_icon(painter, tick, "check", "accent")
        if column != BEFORE:
            inside = inside.adjusted(TICK + 6, 0, 0, 0)
        quiet = (column == THEIRS and line.refused) or words == NOTHING or column == BEFORE
        colour = "accent" if bare and chosen else "text3" if quiet or bare else "text" if chosen else "text2"
        self._draw(painter, inside, words, colour, font_of(self._view, SMALL if bare else BODY, REGULAR))

    def _draw(self, painter: QPainter, inside: QRectF, words: str, colour: str, font: QFont) -> None:
        painter.setFont(font)
        painter.setPen(tokens(self._view).colour(colour))
        elided = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, inside.width())
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft) | int(
            Qt.TextFlag.TextSingleLine
        )
        painter.drawText(inside, flags, elided)
