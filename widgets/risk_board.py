"""The picture of one matrix with many risks: their numbers in its squares, with a mark for those that have moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.checklist_data import MatrixWords
from widgets.checklist_picture import STEPS, draw_arrow
from widgets.theme import MEDIUM, SEMIBOLD, SMALL, font_of, tokens

LEFT, FOOT, CELL = 122, 52, QSize(98, 52)
GAP, TALL = 3, 19  # between the numbers, and how high one is
MOST_ARROWS = 8  # that can still be told apart
MARKS = {"up": "↑", "down": "↓"}
_FILLS = {"red": "red_soft", "amber": "amber_soft", "green": "green_soft"}
_KEYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}
Square = tuple[int, int]  # likelihood and consequence


@dataclass(frozen=True, slots=True)
class Pin:
    """One risk in its square; `way` is up, down or anything else, which has no mark.

    `before` is the square it was in at the last review.
    """

    number: str
    square: Square
    way: str = ""
    before: Square | None = None

    @property
    def words(self) -> str:
        """Its number with the mark of the way it went."""
        return f"{self.number} {MARKS[self.way]}" if self.way in MARKS else self.number


class RiskBoardPicture(QWidget):
    """Likelihood from left to right, consequence upwards. `chosen` carries a square, or None for none any more.

    A square is chosen by a press, or with the arrow keys; pressed once more, or with Esc, it is let go.
    """

    chosen = Signal(object)

    def __init__(self, words: MatrixWords) -> None:
        super().__init__()
        self._words = words
        self._pins: Mapping[Square, Sequence[Pin]] = {}
        self._at: Square | None = None
        self.setFixedSize(LEFT + STEPS * CELL.width() + 1, STEPS * CELL.height() + FOOT)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_pins(self, pins: Sequence[Pin], words: MatrixWords) -> None:
        """Show these risks."""
        self._words = words
        held: dict[Square, list[Pin]] = {}
        for pin in pins:
            held.setdefault(pin.square, []).append(pin)
        self._pins = held
        self.setAccessibleName(f"Matrix with {len(pins)} risks; the table has the same")
        self._tell()
        self.update()

    def square_at(self, point: QPointF) -> Square | None:
        """The square under a point; None outside the matrix."""
        across, down = int((point.x() - LEFT) // CELL.width()), int(point.y() // CELL.height())
        if not (0 <= across < STEPS and 0 <= down < STEPS):
            return None
        return across + 1, STEPS - down

    def choose(self, square: Square | None) -> None:
        """Choose a square, or let it go."""
        if square != self._at:
            self._at = square
            self._tell()
            self.update()
            self.chosen.emit(square)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the square pressed; the same once more lets it go."""
        if event.button() == Qt.MouseButton.LeftButton:
            square = self.square_at(event.position())
            self.choose(None if square == self._at else square)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows go from square to square; Esc lets go what is chosen."""
        move = _KEYS.get(Qt.Key(event.key()))
        if move is not None:
            at = self._at or (1, 1)
            wanted = at[0] + move[0], at[1] + move[1]
            self.choose((_step(wanted[0]), _step(wanted[1])) if self._at else at)
        elif event.key() == Qt.Key.Key_Escape and self._at:
            self.choose(None)
        else:
            super().keyPressEvent(event)

    def _tell(self) -> None:
        if self._at is None:
            self.setAccessibleDescription("")
            return
        likelihood, consequence = self._at
        numbers = ", ".join(pin.words for pin in self._pins.get(self._at, ())) or "no risk"
        self.setAccessibleDescription(f"Likelihood {likelihood}, consequence {consequence}: {numbers}")

    def paintEvent(self, event: QPaintEvent) -> None:
        """The words of both scales, the squares in the colours of their bands, and the numbers in them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_words(painter)
        for likelihood in range(1, STEPS + 1):
            for consequence in range(1, STEPS + 1):
                self._paint_square(painter, (likelihood, consequence))
        for before, now in self.arrows():
            self._paint_move(painter, before, now)
        for square in self._pins:
            self._paint_pins(painter, square)
        if self._at is not None:
            colours = tokens(self)
            painter.setPen(QPen(colours.colour("focus" if self.hasFocus() else "text"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self._box(self._at).adjusted(1, 1, -1, -1))

    def arrows(self) -> list[tuple[Square, Square]]:
        """From where to where arrows go: all there are while they are few, else those of the square chosen."""
        moved = {
            (pin.before, square)
            for square, pins in self._pins.items()
            for pin in pins
            if pin.before is not None and pin.before != square
        }
        shown = moved if len(moved) <= MOST_ARROWS else {each for each in moved if each[1] == self._at}
        return sorted(shown)

    def _paint_move(self, painter: QPainter, before: Square, now: Square) -> None:
        """The square a risk was in, dashed, and an arrow from it."""
        colours = tokens(self)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colours.colour("text2"), 1.5, Qt.PenStyle.DashLine))
        painter.drawRect(self._box(before).adjusted(2, 2, -2, -2))
        draw_arrow(painter, self._box(before), self._box(now), colours.colour("text"))

    def _paint_words(self, painter: QPainter) -> None:
        colours = tokens(self)
        painter.setFont(font_of(self, SMALL))
        painter.setPen(colours.colour("text2"))
        top = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        for step in range(1, STEPS + 1):
            box = self._box((step, step))
            under = QRectF(box.left() + 4, STEPS * CELL.height() + 3, CELL.width() - 8, 30)
            painter.drawText(under, top, f"{step} {_word(self._words.likelihood, step)}")
            beside = QRectF(0, box.top(), LEFT - 8, CELL.height())
            painter.drawText(beside, right, f"{_word(self._words.consequence, step)} {step}")
        painter.setFont(font_of(self, SMALL, SEMIBOLD))
        high, wide = STEPS * CELL.height(), STEPS * CELL.width()
        painter.drawText(QRectF(LEFT, high + 33, wide, 18), Qt.AlignmentFlag.AlignCenter, "Likelihood →")
        painter.save()
        painter.translate(0, high)
        painter.rotate(-90)
        painter.drawText(QRectF(0, 0, high, 18), Qt.AlignmentFlag.AlignCenter, "Consequence →")
        painter.restore()

    def _paint_square(self, painter: QPainter, square: Square) -> None:
        colours, box, score = tokens(self), self._box(square), square[0] * square[1]
        band = self._words.band(score)
        painter.setPen(QPen(colours.colour("line"), 1))
        painter.setBrush(colours.colour(_FILLS.get(band.tone if band else "", "sunken")))
        painter.drawRect(box)
        painter.setFont(font_of(self, SMALL))
        painter.setPen(colours.colour("text3"))
        painter.drawText(box.adjusted(0, 2, -5, 0), Qt.AlignmentFlag.AlignRight, str(score))

    def _paint_pins(self, painter: QPainter, square: Square) -> None:
        """The numbers of the risks in a square, over any arrow."""
        colours, box = tokens(self), self._box(square)
        painter.setFont(font_of(self, SMALL, MEDIUM))
        for place, words in fitted([pin.words for pin in self._pins.get(square, ())], self._metrics(), box):
            painter.setPen(QPen(colours.colour("edge"), 1))
            painter.setBrush(colours.colour("surface"))
            painter.drawRoundedRect(place, 4, 4)
            painter.setPen(colours.colour("text"))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)

    def _metrics(self) -> QFontMetricsF:
        return QFontMetricsF(font_of(self, SMALL, MEDIUM))

    def _box(self, square: Square) -> QRectF:
        across, down = LEFT + (square[0] - 1) * CELL.width(), (STEPS - square[1]) * CELL.height()
        return QRectF(across + 0.5, down + 0.5, CELL.width(), CELL.height())


def fitted(words: Sequence[str], metrics: QFontMetricsF, box: QRectF) -> list[tuple[QRectF, str]]:
    """Where each number stands in a square, line by line; what has no room is counted in the last place."""
    for many in range(len(words), -1, -1):
        said = [*words[:many], *([f"+{len(words) - many}"] if many < len(words) else [])]
        places = _placed(said, metrics, box)
        if places is not None:
            return places
    return []


def _placed(said: Sequence[str], metrics: QFontMetricsF, box: QRectF) -> list[tuple[QRectF, str]] | None:
    """Each in its place, clear of the score in the corner at the top; None where they do not all fit."""
    places: list[tuple[QRectF, str]] = []
    corner = metrics.horizontalAdvance("25") + 8
    left, top = box.left() + 4, box.top() + 5
    for words in said:
        wide = metrics.horizontalAdvance(words) + 10
        edge = box.right() - 4 - (corner if top < box.top() + TALL else 0)
        if left + wide > edge and left > box.left() + 4:
            left, top = box.left() + 4, top + TALL + GAP
        if top + TALL > box.bottom() - 2:
            return None
        places.append((QRectF(left, top, wide, TALL), words))
        left += wide + GAP
    return places


def _word(words: Sequence[str], step: int) -> str:
    return words[step - 1] if step <= len(words) else ""


def _step(wanted: int) -> int:
    return min(max(wanted, 1), STEPS)
