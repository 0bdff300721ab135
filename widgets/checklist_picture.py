"""The picture of a five-by-five risk matrix: every score in its place, and where this risk stands among them."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.checklist_data import MatrixWords
from widgets.theme import MEDIUM, SMALL, font_of, tokens

STEPS = 5
CELL = QSize(30, 19)
HEAD = 6.0  # how long the head of an arrow is
_FILLS = {"red": "red_soft", "amber": "amber_soft", "green": "green_soft"}


class MatrixPicture(QWidget):
    """Likelihood from left to right, consequence upwards. `picked` carries both steps of the place pressed."""

    picked = Signal(int, int)

    def __init__(self, words: MatrixWords) -> None:
        super().__init__()
        self._words = words
        self._at: tuple[int, int] | None = None
        self._before: tuple[int, int] | None = None
        self._fixed = False
        self.setFixedSize(STEPS * CELL.width() + 1, STEPS * CELL.height() + 1)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_place(
        self, likelihood: int, consequence: int, *, before: tuple[int, int] | None = None, fixed: bool
    ) -> None:
        """Mark a place, nought for none yet; `before` is where the risk stood earlier."""
        self._at = (likelihood, consequence) if likelihood and consequence else None
        self._before, self._fixed = before, fixed
        self.setCursor(Qt.CursorShape.ArrowCursor if fixed else Qt.CursorShape.PointingHandCursor)
        score = likelihood * consequence
        said = f"Matrix, score {score}" if score else "Matrix, no score yet"
        self.setAccessibleName(f"{said}, {before[0] * before[1]} at the last review" if before else said)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the place pressed."""
        place = self.place_at(event.position())
        if place and not self._fixed and event.button() == Qt.MouseButton.LeftButton:
            self.picked.emit(*place)

    def place_at(self, point: QPointF) -> tuple[int, int] | None:
        """Likelihood and consequence under a point; None outside the squares."""
        across, down = int(point.x() // CELL.width()), int(point.y() // CELL.height())
        if not (0 <= across < STEPS and 0 <= down < STEPS):
            return None
        return across + 1, STEPS - down

    def paintEvent(self, event: QPaintEvent) -> None:
        """The squares with their scores, the place before dashed, the place now framed."""
        painter, colours = QPainter(self), tokens(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font_of(self, SMALL, MEDIUM))
        for likelihood in range(1, STEPS + 1):
            for consequence in range(1, STEPS + 1):
                score = likelihood * consequence
                band = self._words.band(score)
                box = self._box(likelihood, consequence)
                painter.setPen(QPen(colours.colour("line"), 1))
                painter.setBrush(colours.colour(_FILLS.get(band.tone if band else "", "sunken")))
                painter.drawRect(box)
                painter.setPen(colours.colour("text" if (likelihood, consequence) == self._at else "text2"))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(score))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._before and self._before != self._at:
            painter.setPen(QPen(colours.colour("text2"), 1.5, Qt.PenStyle.DashLine))
            painter.drawRect(self._box(*self._before).adjusted(1.5, 1.5, -1.5, -1.5))
            if self._at:
                draw_arrow(painter, self._box(*self._before), self._box(*self._at), colours.colour("text"))
        if self._at:
            painter.setPen(QPen(colours.colour("text"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self._box(*self._at).adjusted(1, 1, -1, -1))

    def _box(self, likelihood: int, consequence: int) -> QRectF:
        across, down = (likelihood - 1) * CELL.width(), (STEPS - consequence) * CELL.height()
        return QRectF(across + 0.5, down + 0.5, CELL.width(), CELL.height())


def draw_arrow(painter: QPainter, start: QRectF, end: QRectF, colour: QColor) -> None:
    """An arrow from the edge of one square to the edge of another, so that no number is struck through."""
    along = QLineF(start.center(), end.center())
    line = QLineF(_edge(start, along), _edge(end, QLineF(along.p2(), along.p1())))
    if line.length() < HEAD:  # neighbours: from near one number to near the other
        line = QLineF(along.pointAt(0.3), along.pointAt(0.7))
    painter.setPen(QPen(colour, 1.5))
    painter.drawLine(line)
    unit = line.unitVector()
    back, side = QPointF(unit.dx(), unit.dy()) * HEAD, QPointF(-unit.dy(), unit.dx()) * (HEAD / 2)
    painter.setBrush(colour)
    painter.drawPolygon([line.p2(), line.p2() - back + side, line.p2() - back - side])


def _edge(box: QRectF, along: QLineF) -> QPointF:
    """Where a line that begins in the middle of a square leaves it."""
    across, down = abs(along.dx()), abs(along.dy())
    share = min(box.width() / 2 / across if across else 1.0, box.height() / 2 / down if down else 1.0)
    return along.pointAt(min(share, 1.0))
