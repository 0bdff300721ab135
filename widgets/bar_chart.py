"""A few amounts as bars, one under another, each with its name and its words; the same as a table on request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QStackedWidget, QWidget

from widgets.parts import col, link, panel, row, text
from widgets.theme import BODY, MEDIUM, SMALL, font_of, tokens

LINE, HIGH, GAP = 30, 14, 12
LEAST_BAR = 3  # pixels, so that a small amount is seen at all


@dataclass(frozen=True, slots=True)
class Bar:
    """One amount: its name, its size (0 where it is not known), its words, and a line of what is not sure about it."""

    name: str
    size: int
    words: str
    note: str = ""


class Bars(QWidget):
    """The bars themselves, on one scale; the words of each stand right of its bar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: tuple[Bar, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Draw these."""
        self._bars = tuple(bars)
        self.setAccessibleName("; ".join(f"{b.name}: {b.words}" for b in bars))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(360, LINE * len(self._bars))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, LINE * len(self._bars))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._bars:
            return
        p, t = QPainter(self), tokens(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        body, small = font_of(self, BODY, MEDIUM), font_of(self, SMALL)
        names = max(QFontMetricsF(body).horizontalAdvance(b.name) for b in self._bars) + GAP
        words = max(QFontMetricsF(small).horizontalAdvance(b.words) for b in self._bars) + GAP
        room = max(40.0, self.width() - names - words)
        most = max((abs(b.size) for b in self._bars), default=0) or 1
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        for place, bar in enumerate(self._bars):
            top = float(place * LINE)
            p.setFont(body)
            p.setPen(t.colour("text"))
            p.drawText(QRectF(0, top, names, LINE), left, bar.name)
            wide = max(float(LEAST_BAR), room * abs(bar.size) / most) if bar.size else 0.0
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(
                t.colour("red_mark" if bar.size < 0 else "accent_fill" if not place else "accent_line")
            )
            p.drawRoundedRect(QRectF(names, top + (LINE - HIGH) / 2, wide, HIGH), 3, 3)
            p.setFont(small)
            p.setPen(t.colour("text2"))
            p.drawText(QRectF(names + wide + 8, top, self.width(), LINE), left, bar.words)


class BarChart(QWidget):
    """The bars under their title, and a link that shows them as a table and back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = text("", "strong")
        self.bars, self._grid = Bars(), QGridLayout()
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(2, 1)
        self._held: list[QWidget] = []
        self._stack = QStackedWidget()
        self._stack.addWidget(panel(col(self.bars, None)))
        self._stack.addWidget(panel(col(self._grid, None)))
        self._swap = link("As a table")
        self._swap.clicked.connect(self._turn)
        self.setLayout(col(row(self._title, None, self._swap), self._stack, gap=4))

    @property
    def as_table(self) -> bool:
        """Whether the table is shown."""
        return self._stack.currentIndex() == 1

    def show_bars(self, title: str, bars: Sequence[Bar]) -> None:
        """Show these, as bars and in the table."""
        self._title.setText(title)
        self.bars.show_bars(bars)
        for each in self._held:
            self._grid.removeWidget(each)
            each.hide()
            each.deleteLater()
        self._held = []
        for place, bar in enumerate(bars):
            cells = (text(bar.name, "medium"), text(bar.words), text(bar.note, "small", wrap=True))
            for column, cell in enumerate(cells):
                self._grid.addWidget(cell, place, column, Qt.AlignmentFlag.AlignTop)
                self._held.append(cell)
        self._stack.setFixedHeight(max(LINE * len(bars), 1))

    def _turn(self, _checked: bool = False) -> None:
        self._stack.setCurrentIndex(0 if self.as_table else 1)
        self._swap.setText("As bars" if self.as_table else "As a table")
        self._swap.setAccessibleName(self._swap.text())
