"""A contract's term drawn to scale: what is certain, what was extended, what is open, and when to act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.shown import set_tip
from widgets.theme import MEDIUM, REGULAR, SEMIBOLD, SMALL, Tokens, font_of, tokens

PartKind = Literal["solid", "used", "open"]
LINE, TALL, GAP = 18, 30, 10  # a line of words, the bar, and the least room between two labels
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_FILL = {"solid": "accent_fill", "used": "accent_soft", "open": "surface"}
_EDGE = {"solid": "accent_fill", "used": "accent_line", "open": "accent_line"}
_WORDS = {"solid": "on_accent", "used": "accent", "open": "text2"}
_SAID = {"solid": "certain", "used": "extension used", "open": "extension open"}


@dataclass(frozen=True, slots=True)
class TermPart:
    """A stretch of the term. No end means it runs on until somebody ends it."""

    words: str
    start: date
    end: date | None
    kind: PartKind = "solid"


@dataclass(frozen=True, slots=True)
class TermMark:
    """A day to act. Tones: red, amber, green, or plain."""

    words: str
    day: date
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """What a timeline draws; `current_end` is set in semibold among the dates."""

    parts: tuple[TermPart, ...] = ()
    marks: tuple[TermMark, ...] = ()
    today: date | None = None
    current_end: date | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """Words that want to start at `left`; `strong` sets them in semibold."""

    words: str
    left: float
    width: float
    strong: bool = False


def spread(labels: Sequence[Label], room: float) -> list[tuple[int, float]]:
    """The row and left edge of each label, so that none overlap and none leave the room.

    Labels must come in the order of their wish. One row if they fit beside one another and none has to move further
    than half its width, which would take it away from its mark; else more.
    """
    if sum(label.width for label in labels) + GAP * (len(labels) - 1) > room:
        return _stacked(labels, room)
    lefts: list[float] = []
    floor = 0.0
    for label in labels:
        lefts.append(max(floor, label.left))
        floor = lefts[-1] + label.width + GAP
    ceiling = room
    for place in range(len(labels) - 1, -1, -1):
        lefts[place] = min(lefts[place], ceiling - labels[place].width)
        ceiling = lefts[place] - GAP
    near = all(
        abs(left - _within(label, room)) <= label.width / 2 for left, label in zip(lefts, labels, strict=True)
    )
    return [(0, left) for left in lefts] if near else _stacked(labels, room)


def _within(label: Label, room: float) -> float:
    """Where a label wants to start, as far as the room goes."""
    return max(0.0, min(label.left, room - label.width))


def _stacked(labels: Sequence[Label], room: float) -> list[tuple[int, float]]:
    """Each label as near to its wish as the room allows, in the first row where it is free."""
    ends: list[float] = []
    placed = []
    for label in labels:
        left = _within(label, room)
        found = next((r for r, end in enumerate(ends) if end + GAP <= left), len(ends))
        if found == len(ends):
            ends.append(0.0)
        ends[found] = left + label.width
        placed.append((found, left))
    return placed


def month_words(day: date) -> str:
    """A month for the scale: Mar 2028."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def long_words(day: date) -> str:
    """A day in short words: 31 Mar 2028."""
    return f"{day.day} {month_words(day)}"


def _span(part: TermPart) -> str:
    end = f"to {long_words(part.end)}" if part.end else "with no end date"
    return f"{long_words(part.start)} {end}"


def described(term: Term) -> str:
    """The whole picture as a sentence."""
    parts = [f"{p.words}, {_SAID[p.kind]}, {_span(p)}" for p in term.parts]
    marks = [f"{m.words}, {long_words(m.day)}" for m in term.marks]
    return "Term: " + "; ".join([*parts, *marks]) if parts else "No term yet"


def _limits(term: Term) -> tuple[date, date]:
    """The first and last day drawn; a part without an end gets room to run on."""
    days = [p.start for p in term.parts] + [p.end for p in term.parts if p.end]
    days += [m.day for m in term.marks] + ([term.today] if term.today else [])
    first, last = min(days), max(days)
    if any(p.end is None for p in term.parts):
        last += timedelta(days=max(90, (last - first).days // 6))
    return first, max(last, first + timedelta(days=1))


def _marks(term: Term) -> list[TermMark]:
    today = [TermMark("Today", term.today)] if term.today else []
    return sorted([*today, *term.marks], key=lambda m: m.day)


class TermTimeline(QWidget):
    """Draws a term to scale. Labels move apart rather than overlap; a screen reader gets it in words."""

    def __init__(self, term: Term | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._term = Term()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(200)
        self.set_term(term or Term())

    def set_term(self, term: Term) -> None:
        """Draw another term."""
        self._term = term
        self.setAccessibleName(described(term))
        set_tip(self, "\n".join(f"{p.words}: {_span(p)}" for p in term.parts))
        self._settle()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, self._height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()

    def _settle(self) -> None:
        self.setFixedHeight(self._height())

    def _height(self) -> int:
        if not self._term.parts:
            return 0
        above, below = self._rows(self._mark_labels()), self._rows(self._date_labels())
        return above * LINE + 14 + TALL + 8 + (below + len(self._left_out())) * LINE

    def _rows(self, labels: Sequence[Label]) -> int:
        return max((r for r, _ in spread(labels, self.width())), default=-1) + 1

    def _at(self, day: date) -> float:
        first, last = _limits(self._term)
        return 1 + (self.width() - 2) * (day - first).days / (last - first).days

    def _box(self, part: TermPart) -> tuple[float, float]:
        return self._at(part.start), self._at(part.end) if part.end else float(self.width() - 1)

    def _wide(self, words: str, strong: bool) -> float:
        font = font_of(self, SMALL, SEMIBOLD if strong else REGULAR)
        return QFontMetricsF(font).horizontalAdvance(words) + 1

    def _mark_labels(self) -> list[Label]:
        wide = [(m, self._wide(m.words, True)) for m in _marks(self._term)]
        return [Label(m.words, self._at(m.day) - w / 2, w, True) for m, w in wide]

    def _ticks(self) -> list[tuple[float, date | None]]:
        """Where the days named under the bar are; None stands for the end that is not known."""
        parts = self._term.parts
        found = {self._at(day): day for day in sorted({parts[0].start} | {p.end for p in parts if p.end})}
        endless = any(p.end is None for p in parts)
        return [*found.items(), *([(self.width() - 1.0, None)] if endless else [])]

    def _date_labels(self) -> list[Label]:
        """Each date stands left of the tick it belongs to, the first one right of it."""
        labels = []
        for place, (x, day) in enumerate(self._ticks()):
            strong = day is not None and day == self._term.current_end
            words = month_words(day) if day else "no end date"
            wide = self._wide(words, strong)
            labels.append(Label(words, x - (wide if place else 0), wide, strong))
        return labels

    def _left_out(self) -> list[str]:
        """The parts too short for their words, each named in a line of its own."""
        return [f"{p.words}: {_span(p)}" for p in self._term.parts if not self._fits(p)]

    def _fits(self, part: TermPart) -> bool:
        left, right = self._box(part)
        return self._wide(part.words, True) + 8 <= right - left

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._term.parts:
            return
        painter, colours = QPainter(self), tokens(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = self._rows(self._mark_labels()) * LINE + 14
        self._paint_parts(painter, colours, top)
        self._paint_marks(painter, colours, top)
        self._paint_dates(painter, colours, top + TALL)

    def _paint_parts(self, painter: QPainter, colours: Tokens, top: float) -> None:
        for place, part in enumerate(self._term.parts):
            left, right = self._box(part)
            box = QRectF(left + (1 if place else 0), top, max(2.0, right - left - 1), TALL)
            style = Qt.PenStyle.DashLine if part.kind == "open" else Qt.PenStyle.SolidLine
            painter.setPen(QPen(colours.colour(_EDGE[part.kind]), 1.2, style))
            painter.setBrush(colours.colour(_FILL[part.kind]))
            painter.drawRoundedRect(box, 3, 3)
            if self._fits(part):
                painter.setFont(font_of(self, SMALL, MEDIUM))
                painter.setPen(colours.colour(_WORDS[part.kind]))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, part.words)

    def _paint_marks(self, painter: QPainter, colours: Tokens, top: float) -> None:
        labels = self._mark_labels()
        placed = spread(labels, self.width())
        rows = self._rows(labels)
        painter.setFont(font_of(self, SMALL, SEMIBOLD))
        for found, label, (line, left) in zip(_marks(self._term), labels, placed, strict=True):
            tone = f"{found.tone}_mark" if found.tone in ("red", "amber", "green") else "text"
            x = min(max(self._at(found.day), 6.0), self.width() - 6.0)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.colour(tone))
            tip = [QPointF(x - 6, top - 11), QPointF(x + 6, top - 11), QPointF(x, top - 2)]
            painter.drawPolygon(QPolygonF(tip))
            painter.setPen(colours.colour("text"))
            # The first row lies nearest to the bar.
            self._say(painter, left, (rows - 1 - line) * LINE, label)

    def _paint_dates(self, painter: QPainter, colours: Tokens, bottom: float) -> None:
        labels = self._date_labels()
        placed = spread(labels, self.width())
        for (x, _), label, (line, left) in zip(self._ticks(), labels, placed, strict=True):
            painter.setPen(QPen(colours.colour("text" if label.strong else "edge"), 1))
            painter.drawLine(QPointF(x, bottom + 2), QPointF(x, bottom + 7))
            painter.setFont(font_of(self, SMALL, SEMIBOLD if label.strong else REGULAR))
            painter.setPen(colours.colour("text" if label.strong else "text2"))
            self._say(painter, left, bottom + 8 + line * LINE, label)
        painter.setFont(font_of(self, SMALL))
        painter.setPen(colours.colour("text2"))
        for place, words in enumerate(self._left_out()):
            top = bottom + 8 + (self._rows(labels) + place) * LINE
            self._say(painter, 0, top, Label(words, 0, self.width()))

    def _say(self, painter: QPainter, left: float, top: float, label: Label) -> None:
        box = QRectF(left, top, label.width + 1, LINE)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, label.words)
