"""A small panel that opens under the control it belongs to and closes when its work is done."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QWidget

from widgets.theme import tokens

_APART = 4


class Popup(QFrame):
    """Surface with an outline. Esc and a click elsewhere close it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_WindowPropagation)

    def open_under(self, anchor: QWidget, *, right: bool = False) -> None:
        """Show under a control, its left or right edge on the control's, wholly on the screen."""
        self.adjustSize()
        corner = anchor.rect().bottomRight() if right else anchor.rect().bottomLeft()
        place = anchor.mapToGlobal(corner) + QPoint(1 - self.width() if right else 0, _APART)
        room = anchor.screen().availableGeometry()
        if place.y() + self.height() > room.bottom():
            place.setY(anchor.mapToGlobal(QPoint(0, 0)).y() - _APART - self.height())
        place.setX(max(room.left(), min(place.x(), room.right() - self.width())))
        place.setY(max(room.top(), place.y()))
        self.move(place)
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground and its outline."""
        t = tokens(self)
        painter = QPainter(self)
        painter.fillRect(self.rect(), t.colour("surface"))
        painter.setPen(QPen(t.colour("edge"), 1))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
