"""What each of a few ways costs by year: bars side by side, solid, hatched and open, each with its figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.theme import MEDIUM, SMALL, Tokens, font_of, tokens

TOP, TALL, FOOT = 22, 130, 26
KEY = 24  # height of the key above
BAR, GAP, BETWEEN = 64, 4, 28  # widest bar, between two of a year, between two years
LOOKS = ("solid", "hatched", "open")


@dataclass(frozen=True, slots=True)
class SpendGroup:
    """A year with the figure of each way, and the same in words for above the bars."""

    label: str
    figures: tuple[int, ...]
    words: tuple[str, ...]


class SpendChart(QWidget):
    """Up to three ways, in the order in which they are named in the key."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._groups: tuple[SpendGroup, ...] = ()
        self.setFixedHeight(KEY + TOP + TALL + FOOT)
        self.setMinimumWidth(240)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_groups(self, names: Sequence[str], groups: Sequence[SpendGroup]) -> None:
        """Show these years; the table beside it says the same."""
        self._names, self._groups = tuple(names), tuple(groups)
        said = [
            f"{g.label}: {', '.join(map(' '.join, zip(self._names, g.words, strict=True)))}" for g in groups
        ]
        self.setAccessibleName(f"Spend by year. {'; '.join(said)}")
        self.update()

    def groups(self) -> tuple[SpendGroup, ...]:
        """What it shows."""
        return self._groups

    def sizeHint(self) -> QSize:
        return QSize(600, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colours = QPainter(self), tokens(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_key(painter, colours)
        if not self._groups:
            return
        many = len(self._names)
        room = self.width() / len(self._groups)
        wide = max(4.0, min(BAR, (room - BETWEEN - GAP * (many - 1)) / many))
        group_wide = wide * many + GAP * (many - 1) + BETWEEN
        highest = max(1, *(figure for group in self._groups for figure in group.figures))
        for place, group in enumerate(self._groups):
            left = place * group_wide
            for way, figure in enumerate(group.figures):
                tall = TALL * max(0, figure) / highest
                box = QRectF(left + way * (wide + GAP), KEY + TOP + TALL - tall, wide, tall)
                self._paint_bar(painter, colours, box, LOOKS[way])
                self._paint_figure(painter, colours, box, group.words[way])
            painter.setFont(font_of(self, SMALL, MEDIUM))
            painter.setPen(colours.colour("text"))
            label = QRectF(left, KEY + TOP + TALL + 4, group_wide - BETWEEN, 20)
            painter.drawText(label, Qt.AlignmentFlag.AlignCenter, group.label)
        base = QRectF(0, KEY + TOP + TALL, group_wide * len(self._groups) - BETWEEN, 1)
        painter.fillRect(base, colours.colour("edge"))

    def _paint_bar(self, painter: QPainter, colours: Tokens, box: QRectF, look: str) -> None:
        if box.height() < 0.5:
            return
        painter.setPen(QPen(colours.colour("accent_fill" if look == "solid" else "accent_line"), 1.2))
        painter.setBrush(colours.colour("accent_fill" if look == "solid" else "surface"))
        painter.drawRoundedRect(box, 2, 2)
        if look == "hatched":
            painter.setBrush(QBrush(colours.colour("accent_line"), Qt.BrushStyle.BDiagPattern))
            painter.drawRoundedRect(box, 2, 2)

    def _paint_figure(self, painter: QPainter, colours: Tokens, box: QRectF, words: str) -> None:
        """The figure above its bar; where the bars are too narrow, the table has it."""
        painter.setFont(font_of(self, SMALL))
        painter.setPen(colours.colour("text2"))
        if QFontMetricsF(painter.font()).horizontalAdvance(words) <= box.width() + GAP:
            over = QRectF(box.left() - GAP, box.top() - 18, box.width() + 2 * GAP, 16)
            painter.drawText(over, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_key(self, painter: QPainter, colours: Tokens) -> None:
        left = 0.0
        for name, look in zip(self._names, LOOKS, strict=False):
            self._paint_bar(painter, colours, QRectF(left + 1, 4, 22, 12), look)
            painter.setFont(font_of(self, SMALL))
            painter.setPen(colours.colour("text2"))
            wide = QFontMetricsF(painter.font()).horizontalAdvance(name)
            painter.drawText(QRectF(left + 30, 0, wide + 4, 20), Qt.AlignmentFlag.AlignVCenter, name)
            left += 30 + wide + 20
