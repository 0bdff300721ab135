"""How much runs at once, quarter by quarter under the financial years: a bar each with its figure, nought included."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.shown import set_tip
from widgets.theme import MEDIUM, REGULAR, SEMIBOLD, SMALL, Tokens, font_of, mark, tokens

TOP, TALL, FOOT = 24, 78, 44  # room for the figures, the tallest bar, the labels below
WIDEST, BAR, MOST_WORDS = (
    92,
    34,
    70,
)  # of the place of a quarter, of its bar, and of the words beside the line


@dataclass(frozen=True, slots=True)
class LoadBar:
    """One quarter: its name, its year, its figure, whether that is too many, and all of it in words."""

    label: str
    year: str
    figure: int
    over: bool
    words: str


class LoadChart(QWidget):
    """Bars of which one can be chosen, by a press or with the arrows; the same again lets it go."""

    chosen = Signal(int)  # the place of a bar, or -1 for none

    def __init__(self, most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: tuple[LoadBar, ...] = ()
        self._most, self._chosen = most, -1
        self.setFixedHeight(TOP + TALL + FOOT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    def set_bars(self, bars: Sequence[LoadBar], chosen: int = -1) -> None:
        """Show these quarters, with one chosen or none, silently."""
        self._bars, self._chosen = tuple(bars), chosen
        self._say()
        self.update()

    def bars(self) -> tuple[LoadBar, ...]:
        """What it shows."""
        return self._bars

    def value(self) -> int:
        """The place of the bar chosen, or -1."""
        return self._chosen

    def choose(self, place: int) -> None:
        """Choose a bar, or with -1 none, and tell it."""
        self._chosen = place if 0 <= place < len(self._bars) else -1
        self._say()
        self.update()
        self.chosen.emit(self._chosen)

    def sizeHint(self) -> QSize:
        return QSize(600, self.height())

    def _say(self) -> None:
        of = self._bars[self._chosen].words if self._chosen >= 0 else f"{len(self._bars)} quarters"
        self.setAccessibleName(f"Procurements at once by quarter: {of}")

    def _wide(self) -> float:
        return min(WIDEST, (self.width() - MOST_WORDS) / max(1, len(self._bars)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colours = QPainter(self), tokens(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide, base = self._wide(), TOP + TALL
        highest = max([self._most + 1, *(each.figure for each in self._bars)])
        for place, bar in enumerate(self._bars):
            box = QRectF(place * wide, 0, wide, self.height())
            if place == self._chosen:
                painter.fillRect(box.adjusted(1, 0, -1, -20), colours.colour("accent_soft"))
            self._paint_bar(painter, colours, bar, box, TALL * bar.figure / highest)
            self._paint_year(painter, colours, place, box)
        end = wide * len(self._bars)
        painter.fillRect(QRectF(0, base, end, 1), colours.colour("edge"))
        self._paint_most(painter, colours, base - TALL * self._most / highest, end)
        if self.hasFocus():
            painter.setPen(QPen(colours.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(1, 1, end - 2, self.height() - 2), 4, 4)

    def _paint_bar(self, painter: QPainter, colours: Tokens, bar: LoadBar, box: QRectF, tall: float) -> None:
        base, middle = TOP + TALL, box.center().x()
        wide = min(BAR, box.width() - 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.colour("amber_mark" if bar.over else "accent_fill"))
        if bar.figure:
            painter.drawRoundedRect(QRectF(middle - wide / 2, base - tall, wide, tall), 2, 2)
        painter.setFont(font_of(self, SMALL, SEMIBOLD if bar.over else REGULAR))
        painter.setPen(colours.colour("amber" if bar.over else "text2"))
        figure = QRectF(box.left(), base - tall - 18, box.width(), 16)
        words = f"{bar.figure:,}"
        painter.drawText(figure, Qt.AlignmentFlag.AlignCenter, words)
        if bar.over and box.width() > 40:
            left = middle - painter.fontMetrics().horizontalAdvance(words) / 2 - 14
            mark(painter, left, figure.center().y() - 5, 9, "amber", colours)
        painter.setFont(font_of(self, SMALL, MEDIUM))
        painter.setPen(colours.colour("text"))
        painter.drawText(
            QRectF(box.left(), base + 3, box.width(), 18), Qt.AlignmentFlag.AlignCenter, bar.label
        )

    def _paint_year(self, painter: QPainter, colours: Tokens, place: int, box: QRectF) -> None:
        """The financial year once, where it begins."""
        if place and self._bars[place - 1].year == self._bars[place].year:
            return
        many = sum(each.year == self._bars[place].year for each in self._bars)
        if place:
            painter.fillRect(QRectF(box.left(), TOP + TALL, 1, FOOT), colours.colour("line"))
        painter.setFont(font_of(self, SMALL, REGULAR))
        painter.setPen(colours.colour("text2"))
        room = QRectF(box.left() + 4, TOP + TALL + 22, box.width() * many - 4, 18)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self._bars[place].year)

    def _paint_most(self, painter: QPainter, colours: Tokens, y: float, end: float) -> None:
        """The line above which it is too many."""
        painter.setPen(QPen(colours.colour("text3"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QRectF(0, y, end, 0).topLeft(), QRectF(0, y, end, 0).topRight())
        painter.setFont(font_of(self, SMALL))
        painter.setPen(colours.colour("text2"))
        words = f"{self._most} at once"
        painter.drawText(QRectF(end + 6, y - 9, MOST_WORDS, 18), Qt.AlignmentFlag.AlignVCenter, words)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = int(event.position().x() // max(1.0, self._wide()))
        if 0 <= place < len(self._bars):
            self.choose(-1 if place == self._chosen else place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = int(event.position().x() // max(1.0, self._wide()))
        set_tip(self, self._bars[place].words if 0 <= place < len(self._bars) else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right choose; Esc lets go."""
        last = len(self._bars) - 1
        moves = {
            Qt.Key.Key_Left: max(0, self._chosen - 1), Qt.Key.Key_Right: min(last, self._chosen + 1),
            Qt.Key.Key_Home: 0, Qt.Key.Key_End: last,
        }  # fmt: skip
        if event.key() in moves:
            self.choose(moves[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Escape and self._chosen >= 0:
            self.choose(-1)
        else:
            super().keyPressEvent(event)
