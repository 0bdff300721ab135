"""A small bar chart in a card: each bar with its figure, quarters under their year, or the same as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QStackedWidget, QWidget

from widgets.parts import button, col, row, text
from widgets.theme import REGULAR, SEMIBOLD, SMALL, Tokens, font_of, tokens

PLOT, FIGURE, LABEL = 104, 18, 18  # heights of the bars, the figures above, the words below
WIDEST = 40
KEY = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: `solid` is certain, `open` depends on a choice and stands hatched on top of it."""

    label: str
    group: str  # the year it belongs to, written once under its bars
    figure: str  # the words above it
    solid: float
    open: float = 0.0
    cells: tuple[str, ...] = ()  # what the table says in its columns


@dataclass(frozen=True, slots=True)
class Chart:
    """A title, bars from left to right, and how the table heads their cells; `keys` names solid and open."""

    title: str
    bars: tuple[Bar, ...]
    headings: tuple[str, ...]
    keys: tuple[str, ...] = ()
    note: str = ""


class Bars(QWidget):
    """The bars themselves. A screen reader is told each with its figure."""

    def __init__(self, chart: Chart) -> None:
        super().__init__()
        self.chart = chart
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        said = "; ".join(f"{b.label} {b.group}: {b.figure}" for b in chart.bars)
        self.setAccessibleName(f"{chart.title}. {said}")

    def sizeHint(self) -> QSize:
        return QSize(280, FIGURE + PLOT + 2 * LABEL + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        bars = self.chart.bars
        if not bars:
            return
        p, t = QPainter(self), tokens(self)
        slot = self.width() / len(bars)
        wide = min(WIDEST, slot * 0.62)
        top = max((b.solid + b.open for b in bars), default=0) or 1
        base = FIGURE + PLOT
        for place, bar in enumerate(bars):
            left = place * slot + (slot - wide) / 2
            solid, hatched = PLOT * bar.solid / top, PLOT * bar.open / top
            p.fillRect(QRectF(left, base - solid, wide, solid), t.colour("accent_fill"))
            if hatched:
                paint_hatched(p, t, QRectF(left + 0.5, base - solid - hatched, wide - 1, hatched))
            box = QRectF(place * slot, base - solid - hatched - FIGURE, slot, FIGURE)
            self._write(p, box, bar.figure, strong=True)
            self._write(p, QRectF(place * slot, base + 3, slot, LABEL), bar.label)
        p.fillRect(QRectF(0, base, self.width(), 1), t.colour("edge"))
        self._paint_groups(p, t, slot, base)

    def _paint_groups(self, p: QPainter, t: Tokens, slot: float, base: int) -> None:
        """The years, each once under its quarters, with a short line between them."""
        begun = 0
        for name, held in groupby(self.chart.bars, key=lambda b: b.group):
            count = len(list(held))
            left = begun * slot
            if begun:
                p.fillRect(QRectF(left, base + 5, 1, LABEL - 4), t.colour("edge"))
            width = QFontMetricsF(font_of(self, SMALL, REGULAR)).horizontalAdvance(name)
            room = max(count * slot, width + 2)
            start = min(left, self.width() - room)
            self._write(p, QRectF(start, base + 3 + LABEL, room, LABEL), name)
            begun += count

    def _write(self, p: QPainter, box: QRectF, words: str, strong: bool = False) -> None:
        p.setFont(font_of(self, SMALL, SEMIBOLD if strong else REGULAR))
        p.setPen(tokens(self).colour("text" if strong else "text2"))
        p.drawText(box, int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextSingleLine), words)


def paint_hatched(p: QPainter, t: Tokens, box: QRectF) -> None:
    """Fill a box as what depends on a choice: pale, hatched, with an outline."""
    p.fillRect(box, t.colour("accent_soft"))
    p.fillRect(box, QBrush(t.colour("accent_line"), Qt.BrushStyle.BDiagPattern))
    p.setPen(QPen(t.colour("accent_line"), 1))
    p.setBrush(Qt.BrushStyle.NoBrush)
    p.drawRect(box)


class _Key(QWidget):
    """The little square of a legend."""

    def __init__(self, hatched: bool) -> None:
        super().__init__()
        self._hatched = hatched
        self.setFixedSize(KEY, KEY)

    def paintEvent(self, _event: QPaintEvent) -> None:
        p, t = QPainter(self), tokens(self)
        if self._hatched:
            paint_hatched(p, t, QRectF(0.5, 0.5, KEY - 1, KEY - 1))
        else:
            p.fillRect(QRectF(0, 0, KEY, KEY), t.colour("accent_fill"))


class ChartCard(QFrame):
    """A chart under its title, with *As a table* in the corner; which of the two is shown stays when it changes."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("part", "card")
        self._title = text("", "strong")
        self._switch = button("As a table", "link", colour="accent")
        self._switch.clicked.connect(self._turn)
        self._body = QStackedWidget()
        self._table = False
        self._chart = Chart("", (), ())
        head = row(self._title, None, self._switch, gap=8)
        self.setLayout(col(head, self._body, gap=8, margins=(16, 10, 16, 12)))

    @property
    def as_table(self) -> bool:
        """Whether the table is shown."""
        return self._table

    def show_chart(self, chart: Chart) -> None:
        """Show another chart."""
        if chart == self._chart:
            return
        self._chart = chart
        self._title.setText(chart.title)
        self._draw()

    def _turn(self, _checked: bool = False) -> None:
        self._table = not self._table
        self._switch.setText("As a chart" if self._table else "As a table")
        self._switch.setAccessibleName(f"{self._chart.title}, {self._switch.text().lower()}")
        self._draw()

    def _draw(self) -> None:
        while (gone := self._body.widget(0)) is not None:
            self._body.removeWidget(gone)
            gone.deleteLater()
        held = QWidget()
        held.setLayout(col(table_of(self._chart) if self._table else Bars(self._chart), *self._foot(), gap=6))
        self._body.addWidget(held)

    def _foot(self) -> Sequence[QWidget]:
        made: list[QWidget] = []
        if self._chart.keys and not self._table:
            keys = [
                row(_Key(place > 0), text(words, "small"), gap=6)
                for place, words in enumerate(self._chart.keys)
            ]
            legend = QWidget()
            legend.setLayout(row(*keys, None, gap=16))
            made.append(legend)
        if self._chart.note:
            made.append(text(self._chart.note, "small", wrap=True))
        return made


def table_of(chart: Chart) -> QWidget:
    """The same figures as a table: a row for each bar, figures at the right."""
    held = QWidget()
    grid = QGridLayout(held)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(4)
    rows = [chart.headings, *((f"{b.label} {b.group}", *b.cells) for b in chart.bars)]
    for down, cells in enumerate(rows):
        for across, words in enumerate(cells):
            label = text(words, "label" if down == 0 else "")
            side = Qt.AlignmentFlag.AlignRight if across else Qt.AlignmentFlag.AlignLeft
            grid.addWidget(label, down, across, side)
    grid.setColumnStretch(0, 1)
    return held
