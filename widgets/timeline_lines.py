"""One line of a timeline as it is painted: its words at the left, the next date, and its bars under the scale."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QWidget

from widgets.theme import BODY, MEDIUM, REGULAR, ROW_TWO, SEMIBOLD, SMALL, Tokens, font_of
from widgets.timeline_bars import TimelineRow, paint_bars
from widgets.timeline_scale import Scale

EDGE, NEXT = 24, 150  # room before the words, and of the next date
BAR_LEFT = 3
_CLOSE = ("red", "amber")
_ONE_LINE = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine)


@dataclass(frozen=True, slots=True)
class LineLook:
    """What a line is painted with."""

    widget: QWidget
    painter: QPainter
    colours: Tokens
    scale: Scale
    wide: int
    chosen: bool
    under_mouse: bool
    focused: bool

    @property
    def ground(self) -> str:
        """The token it lies on."""
        return "accent_soft" if self.chosen else "sunken" if self.under_mouse else "surface"


def paint_line(look: LineLook, row: TimelineRow | None, top: int) -> None:
    """Paint one line; a line that has gone leaves its place empty."""
    painter, colours, scale = look.painter, look.colours, look.scale
    box = QRectF(0, top, look.wide, ROW_TWO)
    painter.fillRect(box, colours.colour(look.ground))
    for tick in scale.ticks():
        if tick.year:
            painter.fillRect(QRectF(scale.at(tick.day), top, 1, ROW_TWO), colours.colour("line"))
    painter.fillRect(QRectF(0, top + ROW_TWO - 1, look.wide, 1), colours.colour("line"))
    if look.chosen:
        painter.fillRect(QRectF(0, top, BAR_LEFT, ROW_TWO), colours.colour("accent"))
    if row is None:
        return
    _paint_words(look, row, top)
    painter.save()
    painter.setClipRect(QRectF(scale.left - 5, top, scale.width + 10, ROW_TWO))
    paint_bars(painter, colours, scale, row, top + ROW_TWO / 2, look.ground)
    painter.restore()
    if look.chosen and look.focused:
        painter.setPen(QPen(colours.colour("focus"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(1, 1, -1, -1))


def _paint_words(look: LineLook, row: TimelineRow, top: int) -> None:
    """Title over its second line, next date over what it is for."""
    tone = row.tone if row.tone in _CLOSE else ""
    column = look.scale.left - NEXT
    _two_lines(look, EDGE, column - 12 - EDGE, row, top, (row.title, row.under, "", MEDIUM))
    bold = SEMIBOLD if tone else REGULAR
    _two_lines(look, column, NEXT - 10, row, top, (row.next, row.next_note, tone, bold))


def _two_lines(
    look: LineLook,
    left: float,
    wide: float,
    row: TimelineRow,
    top: int,
    said: tuple[str, str, str, QFont.Weight],
) -> None:
    words, second, tone, weight = said
    painter, colours = look.painter, look.colours
    painter.setFont(font_of(look.widget, BODY, weight))
    painter.setPen(colours.colour(tone or ("text2" if row.muted else "text")))
    _write(painter, QRectF(left, top + 5, wide, 20), words)
    painter.setFont(font_of(look.widget, SMALL))
    painter.setPen(colours.colour("text2"))
    _write(painter, QRectF(left, top + 24, wide, 18), second)


def _write(painter: QPainter, box: QRectF, words: str) -> None:
    """Words on one line, cut where the room ends."""
    short = QFontMetricsF(painter.font()).elidedText(
        " ".join(words.split()), Qt.TextElideMode.ElideRight, box.width()
    )
    painter.drawText(box, _ONE_LINE, short)
