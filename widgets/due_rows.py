"""Rows of what is due: an icon, what and where, who, and the day with how far off it is; pressed, they lead there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QWidget

from widgets.icons import paint_icon
from widgets.parts import button, col, line, panel, row
from widgets.shown import set_tip
from widgets.theme import BODY, MEDIUM, REGULAR, SEMIBOLD, SMALL, font_of, tokens

ONE_LINE, TWO_LINES = 40, 50
WIDE = 880  # pixels from which a row has one line
INSIDE, ICON = 24, 16
WORDS_AT = 54  # where the words begin
WHO, DAY, AWAY = 110, 96, 104  # widths of the columns at the right
GAP = 16


@dataclass(frozen=True, slots=True)
class DueLine:
    """One row. `tone` is red for what is late, amber for what is close, or nothing."""

    icon: str
    what: str
    where: str
    who: str
    day: str
    away: str
    tone: str = ""

    @property
    def spoken(self) -> str:
        """The row as a screen reader says it."""
        return ", ".join(words for words in (self.what, self.where, self.who, self.day, self.away) if words)


class DueRow(QAbstractButton):
    """One row, painted; the whole of its words is on the tool tip."""

    def __init__(self, shown: DueLine) -> None:
        super().__init__()
        self.shown = shown
        self.setAccessibleName(shown.spoken)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def is_wide(self) -> bool:
        """Whether it has room for one line."""
        return self.width() >= WIDE

    def sizeHint(self) -> QSize:
        return QSize(320, ONE_LINE if self.is_wide else TWO_LINES)

    def resizeEvent(self, _event: object) -> None:
        self.setFixedHeight(ONE_LINE if self.is_wide else TWO_LINES)

    def enterEvent(self, event: QEnterEvent) -> None:
        set_tip(self, self.shown.spoken)
        super().enterEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        p, t, shown = QPainter(self), tokens(self), self.shown
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.isDown():
            p.fillRect(self.rect(), t.colour("sunken"))
        high = self.height()
        paint_icon(p, QRectF(INSIDE, high / 2 - ICON / 2, ICON, ICON), shown.icon, shown.tone or "text2")
        if self.is_wide:
            self._paint_one_line(p)
        else:
            self._paint_two_lines(p)
        if self.hasFocus():
            pen = p.pen()
            pen.setColor(t.colour("focus"))
            pen.setWidth(2)
            p.setPen(pen)
            p.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    def _paint_one_line(self, p: QPainter) -> None:
        high, right = self.height(), self.width() - GAP
        away, day, who = right - AWAY, right - AWAY - DAY - GAP, right - AWAY - DAY - WHO - 2 * GAP
        self._write(
            p, QRectF(away, 0, AWAY, high), self.shown.away, SMALL, REGULAR, self.shown.tone or "text2"
        )
        self._write(p, QRectF(day, 0, DAY, high), self.shown.day, BODY, self._weight(), "text")
        self._write(p, QRectF(who, 0, WHO, high), self.shown.who, BODY, REGULAR, "text2")
        room = who - GAP - WORDS_AT
        half = room * 0.52
        self._write(p, QRectF(WORDS_AT, 0, half - GAP, high), self.shown.what, BODY, MEDIUM, "text")
        self._write(
            p, QRectF(WORDS_AT + half, 0, room - half, high), self.shown.where, BODY, REGULAR, "text2"
        )

    def _paint_two_lines(self, p: QPainter) -> None:
        middle, right = self.height() / 2, self.width() - GAP
        day = right - AWAY
        who = day - GAP - WHO if self.width() > 560 else day
        upper, lower = (6.0, middle - 5), (middle, middle - 6)
        self._write(p, QRectF(day, upper[0], AWAY, upper[1]), self.shown.day, BODY, self._weight(), "text")
        self._write(
            p,
            QRectF(day, lower[0], AWAY, lower[1]),
            self.shown.away,
            SMALL,
            REGULAR,
            self.shown.tone or "text2",
        )
        if who < day:
            self._write(p, QRectF(who, 0, WHO, self.height()), self.shown.who, BODY, REGULAR, "text2")
        room = who - GAP - WORDS_AT
        self._write(p, QRectF(WORDS_AT, upper[0], room, upper[1]), self.shown.what, BODY, MEDIUM, "text")
        self._write(p, QRectF(WORDS_AT, lower[0], room, lower[1]), self.shown.where, SMALL, REGULAR, "text2")

    def _weight(self) -> QFont.Weight:
        return SEMIBOLD if self.shown.tone else REGULAR

    def _write(
        self, p: QPainter, box: QRectF, words: str, size: int, weight: QFont.Weight, colour: str
    ) -> None:
        p.setFont(font_of(self, size, weight))
        p.setPen(tokens(self).colour(colour))
        cut = QFontMetricsF(p.font()).elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        p.drawText(box, int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine), cut)


class DueCard(QFrame):
    """Rows in a card, of many only the first; a link shows the others. A row may have a button at its right."""

    pressed = Signal(int)  # the place of the row
    acted = Signal(int)  # the place of the row whose button was pressed

    def __init__(self, rows: Sequence[DueLine], most: int, act: str = "") -> None:
        super().__init__()
        self.setProperty("part", "card")
        self.rows: list[DueRow] = []
        self._lines, self._act = rows, act
        self._down = col(gap=0)
        self._more: QWidget | None = None
        self.setLayout(self._down)
        self._down.setContentsMargins(1, 1, 1, 1)
        self._add(rows[:most])
        if len(rows) > most:
            press = button(f"Show {len(rows) - most:,} more", "link", colour="accent")
            press.clicked.connect(partial(self._show_more, most))
            self._more = panel(row(press, None, margins=(WORDS_AT - 6, 4, GAP, 6)))
            self._down.addWidget(self._more)

    def _show_more(self, most: int, _checked: bool = False) -> None:
        if self._more is not None:
            self._more.hide()
            self._more.deleteLater()
            self._more = None
        self._add(self._lines[most:])

    def _add(self, rows: Sequence[DueLine]) -> None:
        for shown in rows:
            place = len(self.rows)
            if place:
                self._down.addWidget(line())
            made = DueRow(shown)
            made.clicked.connect(partial(_tell, self.pressed.emit, place))
            self.rows.append(made)
            if not self._act:
                self._down.addWidget(made)
                continue
            press = button(self._act, "link", colour="accent")
            press.setAccessibleName(f"{self._act}: {shown.spoken}")
            press.clicked.connect(partial(_tell, self.acted.emit, place))
            across = row(gap=4, margins=(0, 0, 12, 0))
            across.addWidget(made, 1)
            across.addWidget(press)
            self._down.addLayout(across)


def _tell(emit: Callable[[int], object], place: int, _checked: bool = False) -> None:
    emit(place)
