"""How one line of a timeline is drawn: its stretches, the days to act, and the key to both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.theme import Tokens, tokens
from widgets.timeline_scale import Scale

StretchKind = Literal["certain", "used", "open", "rolls"]
MarkKind = Literal["notice", "serve", "act", "break"]
BAR, APART = 14, 10  # height of a bar, and the least between two marks
ABOVE: frozenset[MarkKind] = frozenset(("notice", "act"))  # the rest stand below the bar
_FILL = {"certain": "accent_fill", "used": "accent_soft", "open": "surface", "rolls": "surface"}
_EDGE = {"certain": "accent_fill", "used": "accent_line", "open": "accent_line", "rolls": "accent_line"}
_TONES = ("red", "amber")


@dataclass(frozen=True, slots=True)
class BarStretch:
    """A part of a line; None stands for a first or last day that is not known."""

    kind: StretchKind
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class BarMark:
    """A day to act. Tones: red, amber, or plain."""

    kind: MarkKind
    day: date
    tone: str = ""


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One line with its words: what it is, what comes next, and all of it as a screen reader says it."""

    id: int
    title: str
    under: str
    next: str = ""
    next_note: str = ""
    tone: str = ""
    stretches: tuple[BarStretch, ...] = ()
    marks: tuple[BarMark, ...] = ()
    muted: bool = False  # nothing is left to do
    spoken: str = ""


def paint_bars(
    painter: QPainter, colours: Tokens, scale: Scale, row: TimelineRow, middle: float, ground: str
) -> None:
    """Paint the stretches and marks of a line around a height."""
    for stretch in row.stretches:
        left = scale.left if stretch.first is None else max(scale.left - 6, scale.at(stretch.first))
        right = scale.right + 6 if stretch.last is None else min(scale.right + 6, scale.at(stretch.last))
        if right >= scale.left and left <= scale.right:
            box = QRectF(left, middle - BAR / 2, max(2.0, right - left - 1), BAR)
            paint_stretch(painter, colours, stretch.kind, box, muted=row.muted, ground=ground)
    taken = {True: scale.left - APART, False: scale.left - APART}
    for mark in row.marks:
        if scale.first <= mark.day <= scale.last:
            above = mark.kind in ABOVE
            taken[above] = max(
                scale.at(mark.day), taken[above] + APART
            )  # beside one another, never one on one
            lane = middle + (-1 if above else 1) * (BAR / 2 + 7)
            paint_mark(painter, colours, mark.kind, QPointF(taken[above], lane), mark.tone)


def paint_stretch(
    painter: QPainter,
    colours: Tokens,
    kind: StretchKind,
    box: QRectF,
    *,
    muted: bool = False,
    ground: str = "surface",
) -> None:
    """One stretch: solid, pale, dashed, or hatched."""
    edge = colours.colour("edge" if muted else _EDGE[kind])
    style = Qt.PenStyle.DashLine if kind == "open" else Qt.PenStyle.SolidLine
    painter.setPen(QPen(edge, 1.2, style))
    fill = "sunken" if muted and kind == "certain" else _FILL[kind]
    painter.setBrush(colours.colour(ground if fill == "surface" else fill))
    painter.drawRoundedRect(box, 3, 3)
    if kind == "rolls":
        painter.setBrush(QBrush(edge, Qt.BrushStyle.BDiagPattern))
        painter.drawRoundedRect(box, 3, 3)


def paint_mark(painter: QPainter, colours: Tokens, kind: MarkKind, at: QPointF, tone: str = "") -> None:
    """One day to act: each kind has a shape of its own."""
    x, y = at.x(), at.y()
    ink = colours.colour(f"{tone}_mark" if tone in _TONES else "text")
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    if kind == "notice":
        painter.drawPolygon(QPolygonF([QPointF(x - 5, y - 5), QPointF(x + 5, y - 5), QPointF(x, y + 4)]))
    elif kind == "serve":
        painter.drawPolygon(QPolygonF([QPointF(x - 5, y + 5), QPointF(x + 5, y + 5), QPointF(x, y - 4)]))
    elif kind == "act":
        painter.drawEllipse(at, 4.5, 4.5)
    else:
        painter.setPen(QPen(ink, 1.8))
        painter.drawLine(QPointF(x - 4, y - 4), QPointF(x + 4, y + 4))
        painter.drawLine(QPointF(x - 4, y + 4), QPointF(x + 4, y - 4))


class KeySign(QWidget):
    """What one sort of stretch or mark looks like, beside its word."""

    def __init__(self, kind: StretchKind | MarkKind) -> None:
        super().__init__()
        self._kind = kind
        self.setFixedSize(26 if kind in _FILL else 14, 18)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colours = QPainter(self), tokens(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QPointF(self.width() / 2, self.height() / 2)
        match self._kind:
            case "certain" | "used" | "open" | "rolls":
                paint_stretch(painter, colours, self._kind, QRectF(1, 4, self.width() - 2, 10))
            case "notice" | "serve" | "act" | "break":
                paint_mark(painter, colours, self._kind, middle)


Key = Sequence[tuple[StretchKind | MarkKind, str]]
