"""The list on the left of the merge screen: contracts or fields, each with a box for all its changes."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.dialogs.home_choices import Group, HomeChoices
from desktop.dialogs.home_table import BOX, Index, draw_box, draw_diamond, draw_words
from widgets.shown import plain_tip
from widgets.theme import MEDIUM, REGULAR, SEMIBOLD, SMALL, font_of, tokens

HIGH, INSET, COUNT = 34, 12, 44
SHARES = {"all": "all taken", "some": "some taken", "none": "none taken"}


class GroupModel(QAbstractListModel):
    """The groups as Qt asks for them."""

    def __init__(self, choices: HomeChoices, by: str) -> None:
        super().__init__()
        self.choices = choices
        self.groups: list[Group] = choices.groups(by)

    def show_by(self, by: str) -> None:
        """List contracts, or fields."""
        self.beginResetModel()
        self.groups = self.choices.groups(by)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.groups)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a group; for those who cannot see the box, how much of it is taken."""
        group = self.groups[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return group.words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            torn = ", with a conflict" if group.conflict else ""
            return f"{group.words}, {len(group.places):,}, {SHARES[self.choices.share(group.places)]}{torn}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(group.words)
        return None

    def toggle(self, row: int) -> None:
        """Take the whole group; when it is taken, none of it."""
        group = self.groups[row]
        self.choices.take(group.places, self.choices.share(group.places) != "all")
        self.redraw()

    def redraw(self) -> None:
        """Show the choices as they are now."""
        if self.groups:
            self.dataChanged.emit(self.index(0), self.index(len(self.groups) - 1))


class GroupList(QListView):
    """The list. The row chosen is shown beside it; its box, the space bar and Enter take all of it."""

    shown = Signal(object)  # Group
    toggled = Signal()

    def __init__(self, model: GroupModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.groups = model
        self.setModel(model)
        self.setItemDelegate(_Painter(self))
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setAccessibleName("Changes by contract or field")
        self.selectionModel().currentChanged.connect(self._moved)

    def choose(self, row: int) -> None:
        """Show the group in a row."""
        self.setCurrentIndex(self.groups.index(row))

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.shown.emit(self.groups.groups[now.row()])

    def _toggle(self, row: int) -> None:
        self.groups.toggle(row)
        self.toggled.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on the box takes; anywhere else it shows."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.position().x() < INSET + BOX + 6:
            self._toggle(index.row())
            return
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The space bar and Enter take the group or refuse it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if self.currentIndex().isValid():
                self._toggle(self.currentIndex().row())
            return
        super().keyPressEvent(event)


class _Painter(QStyledItemDelegate):
    """Draws one group."""

    def __init__(self, view: GroupList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """All are as high."""
        return QSize(100, HIGH)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw ground, box, words and count."""
        t, group = tokens(self._view), self._view.groups.groups[index.row()]
        rect = QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(t.colour("accent_soft"))
            painter.drawRoundedRect(rect.adjusted(4, 1, -4, -1), 6, 6)
            if self._view.hasFocus():
                painter.fillRect(
                    QRectF(rect.left() + 4, rect.top() + 6, 3, rect.height() - 12), t.colour("focus")
                )
        inside = rect.adjusted(INSET, 0, -INSET, 0)
        if group.places:
            draw_box(painter, inside, self._view.groups.choices.share(group.places))
        weight = SEMIBOLD if chosen else MEDIUM if group.heads else REGULAR
        words = inside.adjusted(BOX + 8, 0, -COUNT, 0)
        if group.conflict:
            draw_diamond(painter, QPointF(inside.right() - COUNT + 8, inside.center().y()), t)
        draw_words(painter, words, group.words, "accent" if chosen else "text", self._view, weight)
        count = QRectF(inside.right() - COUNT + 12, inside.top(), COUNT - 12, inside.height())
        painter.setPen(t.colour("text2"))
        painter.setFont(font_of(self._view, SMALL, REGULAR))
        painter.drawText(
            count, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), f"{len(group.places):,}"
        )
        painter.restore()
