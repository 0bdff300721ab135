"""The numbered list of sections beside a specification, and the row it shares with a checklist's sections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from widgets.parts import text
from widgets.shown import set_tip
from widgets.theme import BODY, MEDIUM, REGULAR, SEMIBOLD, SMALL, Tokens, font_of, tokens

BAR = 3  # pixels of accent at the left of the chosen row
INSIDE = 10
LEVEL = 22  # how far a second level stands in


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """One section in the list."""

    key: str
    number: str  # "3.4"; its dots give its level
    title: str
    mark: str = ""  # a few words at the right, such as "2 changes"

    @property
    def level(self) -> int:
        """1 for "3", 2 for "3.4" and deeper."""
        return 2 if "." in self.number.strip(".") else 1


class NavRow(QAbstractButton):
    """A number, a title and a few words at the right; painted, so that a long list costs little.

    The title alone may end in an ellipsis; the whole of it is then on the tool tip.
    """

    HEIGHT = 34

    def __init__(self, key: str, number: str, title: str, mark: str = "", level: int = 1) -> None:
        super().__init__()
        self.key, self.number, self.title, self.mark, self.level = key, number, title, mark, level
        self.setCheckable(True)
        self.setFixedHeight(self.HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(" ".join(part for part in (number, title, mark) if part))

    def sizeHint(self) -> QSize:
        """As wide as its panel, as high as a row."""
        return QSize(160, self.HEIGHT)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that the row may be pressed, and its whole title when it is cut."""
        set_tip(self, self.title if self._title_rect().width() < self._title_width() else "")
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Back to plain."""
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, bar, number, title, mark, and the ring when it has the keyboard."""
        painter, colours = QPainter(self), tokens(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, self, colours)
        on = self.isChecked()
        painter.setPen(colours.colour("accent" if on else "text"))
        painter.setFont(self._font(on))
        line = self._line()
        painter.drawText(line.adjusted(self._indent(), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.number)
        room = self._title_rect()
        words = painter.fontMetrics().elidedText(self.title, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
        painter.setFont(font_of(self, SMALL, MEDIUM))
        painter.setPen(colours.colour("text2"))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self.mark)
        self._paint_more(painter, colours)

    def _paint_more(self, painter: QPainter, colours: Tokens) -> None:
        """For rows that show more than words."""

    def _line(self) -> QRect:
        """Where the words stand."""
        return self.rect().adjusted(INSIDE, 0, -INSIDE, 0)

    def _indent(self) -> int:
        return LEVEL if self.level > 1 else 0

    def _font(self, on: bool) -> QFont:
        return font_of(self, BODY, SEMIBOLD if on else REGULAR)

    def _title_rect(self) -> QRect:
        number = QFontMetrics(self._font(True)).horizontalAdvance(self.number + "   ") if self.number else 0
        mark = QFontMetrics(font_of(self, SMALL, MEDIUM)).horizontalAdvance(self.mark)
        return self._line().adjusted(self._indent() + number, 0, -(mark + 8) if mark else 0, 0)

    def _title_width(self) -> int:
        return QFontMetrics(self._font(self.isChecked())).horizontalAdvance(self.title)


def paint_ground(painter: QPainter, row: QAbstractButton, colours: Tokens) -> None:
    """The chosen row is soft with a bar of accent; the one under the pointer is sunken; the focus ring is inside."""
    box = QRectF(row.rect())
    painter.setPen(Qt.PenStyle.NoPen)
    if row.isChecked() or row.underMouse():
        painter.setBrush(colours.colour("accent_soft" if row.isChecked() else "sunken"))
        painter.drawRoundedRect(box, 6, 6)
    if row.isChecked():
        painter.setBrush(colours.colour("accent"))
        painter.setClipRect(QRectF(0, 0, BAR, box.height()))
        painter.drawRoundedRect(box, 6, 6)
        painter.setClipping(False)
    if row.hasFocus():
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colours.colour("focus"), 2))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 5, 5)


class Outline(QFrame):
    """The sections of a specification; emits the key of the one pressed."""

    chosen = Signal(str)

    def __init__(self, heading: str = "Outline", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "side")
        self._heading = heading
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self._pressed)
        self._rows: list[NavRow] = []
        self._chosen = ""
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setAccessibleName(heading)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._area)

    def set_entries(self, entries: Sequence[OutlineEntry], chosen: str = "") -> None:
        """Show these sections, with one of them chosen."""
        self.set_rows([NavRow(e.key, e.number, e.title, e.mark, e.level) for e in entries], chosen)

    def set_rows(self, rows: Sequence[NavRow], chosen: str = "") -> None:
        """Show rows made elsewhere, with one of them chosen."""
        for row in self._rows:
            self._group.removeButton(row)
        self._rows = list(rows)
        body = QWidget()
        body.setProperty("part", "scrolled")
        column = QVBoxLayout(body)
        column.setContentsMargins(12, 16, 12, 12)
        column.setSpacing(1)
        heading = text(self._heading, "label")
        heading.setContentsMargins(INSIDE, 0, 0, 7)
        column.addWidget(heading)
        for index, row in enumerate(self._rows):
            self._group.addButton(row, index)
            column.addWidget(row)
        column.addStretch(1)
        self._area.setWidget(body)
        self._chosen = ""
        self.set_chosen(chosen)

    @property
    def rows(self) -> tuple[NavRow, ...]:
        """The rows in order."""
        return tuple(self._rows)

    def set_chosen(self, key: str) -> None:
        """Mark a section as the chosen one, without a signal, and bring it into view."""
        if key == self._chosen:
            return
        self._chosen = key
        self._group.setExclusive(False)
        for row in self._rows:
            row.setChecked(row.key == key)
            if row.key == key:
                self._area.ensureWidgetVisible(row, 0, 12)
        self._group.setExclusive(True)

    def _pressed(self, index: int) -> None:
        self._chosen = self._rows[index].key
        self.chosen.emit(self._chosen)
