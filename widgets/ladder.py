"""Days in the order of time, one under another on a line: each opens under itself, today stands among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from widgets.icons import paint_icon
from widgets.row_button import BAR, ENTER, MOVES
from widgets.row_list import OpenedFrame, Stack
from widgets.theme import BODY, MEDIUM, REGULAR, ROW_TWO, SEMIBOLD, SMALL, font_of, mark, tokens

LEFT, WORDS, RIGHT = 31, 50, 16  # the line, where words begin, room at the right
CARET, TODAY_HIGH = 22, 24
_TONES = ("red", "amber")


@dataclass(frozen=True, slots=True)
class LadderRung:
    """A day with what happens on it. Tones: red, amber, or plain; a tone never stands without words in `note`."""

    key: str
    title: str
    day: str
    note: str = ""
    tone: str = ""
    extra: str = ""  # such as: set by hand

    @property
    def words(self) -> str:
        """As a screen reader says it."""
        return ", ".join(each for each in (self.title, self.day, self.note, self.extra) if each)


class RungButton(QAbstractButton):
    """One rung: a press opens it, or closes it."""

    keyed = Signal(str, int)

    def __init__(self, rung: LadderRung, first: bool, last: bool) -> None:
        super().__init__()
        self.rung, self._first, self._last = rung, first, last
        self._by_key = False
        self.setCheckable(True)
        self.setFixedHeight(ROW_TWO)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(rung.words)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._by_key = event.reason() != Qt.FocusReason.MouseFocusReason

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in MOVES or event.key() in ENTER:
            self._by_key = True
            self.keyed.emit(self.rung.key, event.key())
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colours = QPainter(self), tokens(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        opened = self.isChecked()
        if opened or self.underMouse():
            painter.fillRect(self.rect(), colours.colour("accent_soft" if opened else "sunken"))
        if opened:
            painter.fillRect(QRectF(0, 0, BAR, self.height()), colours.colour("accent"))
        self._paint_line(painter)
        self._paint_words(painter)
        box = QRectF(self.width() - RIGHT - 14, 10, 14, 14)
        paint_icon(painter, box, "caret-up" if opened else "caret-down")
        if self._by_key and self.hasFocus():
            painter.setPen(QPen(colours.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def _paint_line(self, painter: QPainter) -> None:
        colours, high = tokens(self), self.height()
        painter.setPen(QPen(colours.colour("accent_line"), 2))
        top, bottom = 17.0 if self._first else 0.0, 17.0 if self._last else float(high)
        painter.drawLine(QPointF(LEFT, top), QPointF(LEFT, bottom))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.colour("accent_soft" if self.isChecked() else "surface"))
        painter.drawEllipse(QPointF(LEFT, 17), 9, 9)
        if self.rung.tone in _TONES:
            mark(painter, LEFT - 5.5, 11.5, 11, self.rung.tone, colours)
        else:
            painter.setBrush(colours.colour("accent_fill"))
            painter.drawEllipse(QPointF(LEFT, 17), 4.5, 4.5)

    def _paint_words(self, painter: QPainter) -> None:
        colours, rung = tokens(self), self.rung
        right = self.width() - RIGHT - CARET
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.setFont(font_of(self, BODY, SEMIBOLD))
        painter.setPen(colours.colour(rung.tone if rung.tone in _TONES else "text"))
        wide = QFontMetricsF(painter.font()).horizontalAdvance(rung.day) + 2
        painter.drawText(
            QRectF(right - wide, 6, wide, 22), int(flags | Qt.AlignmentFlag.AlignRight), rung.day
        )
        painter.setFont(font_of(self, BODY, MEDIUM))
        painter.setPen(colours.colour("text"))
        box = QRectF(WORDS, 6, max(0.0, right - wide - WORDS - 8), 22)
        title = QFontMetricsF(painter.font()).elidedText(rung.title, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, int(flags), title)
        painter.setFont(font_of(self, SMALL, REGULAR))
        painter.setPen(colours.colour("text2"))
        under = QRectF(WORDS, 25, self.width() - WORDS - RIGHT - CARET, 18)
        painter.drawText(under, int(flags | Qt.AlignmentFlag.AlignRight), rung.note)
        painter.drawText(under, int(flags), rung.extra)


class TodayLine(QWidget):
    """Where today lies among the rungs."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words
        self.setFixedHeight(TODAY_HIGH)
        self.setAccessibleName(words)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colours = QPainter(self), tokens(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.colour("accent_line"), 2))
        painter.drawLine(QPointF(LEFT, 0), QPointF(LEFT, self.height()))
        painter.setPen(QPen(colours.colour("text"), 2))
        middle = self.height() / 2
        painter.drawLine(QPointF(LEFT - 8, middle), QPointF(LEFT + 8, middle))
        painter.setFont(font_of(self, SMALL, SEMIBOLD))
        box = QRectF(WORDS, 0, self.width() - WORDS, self.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self._words)


class Ladder(Stack):
    """Rungs under one another; one stop for Tab, arrows go from rung to rung, at most one is open."""

    pressed = Signal(str)  # a rung is to be opened, or closed when it is open
    left = Signal()  # the open rung is to be closed, by Esc from inside it

    def __init__(self) -> None:
        super().__init__()
        self._rungs: dict[str, RungButton] = {}
        self._drawn: tuple[tuple[LadderRung, ...], int, str] = ((), 0, "")
        self._made: list[QWidget] = []
        self._open = ""
        self._frame = OpenedFrame()
        self._frame.left.connect(self.left)
        self._frame.hide()
        self.down.addWidget(self._frame)

    def set_rungs(self, rungs: Sequence[LadderRung], before_today: int, today: str) -> None:
        """Show these rungs; today stands after so many of them. An open one stays open where it is still there."""
        if (tuple(rungs), before_today, today) == self._drawn:
            return
        self._drawn = (tuple(rungs), before_today, today)
        focused = next((key for key, button in self._rungs.items() if button.hasFocus()), "")
        self._clear()
        for place, rung in enumerate(rungs):
            if place == before_today and place:
                self._add(TodayLine(today))
            button = RungButton(rung, place == 0, place == len(rungs) - 1)
            button.clicked.connect(self._clicked)
            button.keyed.connect(self._key)
            self._rungs[rung.key] = button
            self._add(button)
            if rung.key == self._open:
                button.setChecked(True)
                self.down.addWidget(self._frame)
        if self._open not in self._rungs:
            self._open = ""
            self._frame.hide()
        self._set_stop(self._open or next(iter(self._rungs), ""))
        if focused in self._rungs:
            self.focus_rung(focused)

    def _add(self, widget: QWidget) -> None:
        self._made.append(widget)
        self.down.addWidget(widget)

    def _clear(self) -> None:
        for widget in self._made:
            self.down.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self.down.removeWidget(self._frame)
        self._made, self._rungs = [], {}

    def rungs(self) -> list[LadderRung]:
        """What it shows."""
        return list(self._drawn[0])

    def opened(self) -> str:
        """The key of the rung that is open, or nothing."""
        return self._open

    def open_rung(self, key: str, content: QWidget) -> None:
        """Open something under a rung."""
        self.close_rung()
        button = self._rungs[key]
        self._open = key
        button.setChecked(True)
        self.down.removeWidget(self._frame)
        self.down.insertWidget(self.down.indexOf(button) + 1, self._frame)
        self._frame.hold(content)
        self._frame.show()
        self._set_stop(key)

    def close_rung(self) -> None:
        """Close what is open; the keyboard goes back to its rung if it was inside."""
        key, self._open = self._open, ""
        inside = self._frame.isAncestorOf(self.window().focusWidget())
        self._frame.hide()
        if key in self._rungs:
            self._rungs[key].setChecked(False)
            if inside:
                self.focus_rung(key)

    def focus_rung(self, key: str) -> None:
        """Give the keyboard to a rung."""
        self._set_stop(key)
        self._rungs[key].setFocus(Qt.FocusReason.TabFocusReason)

    def _set_stop(self, key: str) -> None:
        for each, button in self._rungs.items():
            stops = each == key
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if stops else Qt.FocusPolicy.ClickFocus)

    def _clicked(self) -> None:
        button = self.sender()
        if isinstance(button, RungButton):
            button.setChecked(button.rung.key == self._open)
            self.pressed.emit(button.rung.key)

    def _key(self, key: str, code: int) -> None:
        move = Qt.Key(code)
        if move in ENTER:
            self.pressed.emit(key)
            return
        keys = list(self._rungs)
        self.focus_rung(keys[max(0, min(keys.index(key) + MOVES[move], len(keys) - 1))])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc on the rung that is open closes it; anywhere else it belongs to the page."""
        if event.key() == Qt.Key.Key_Escape and self._open:
            self.left.emit()
        else:
            super().keyPressEvent(event)
