"""Lines of time by the ten thousand: only what is in sight is fetched and painted; all of it by keyboard too."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from widgets.shown import set_tip
from widgets.theme import MEDIUM, REGULAR, ROW_TWO, SEMIBOLD, SMALL, Tokens, font_of, tokens
from widgets.timeline_bars import TimelineRow
from widgets.timeline_lines import EDGE, NEXT, LineLook, paint_line
from widgets.timeline_scale import SPANS, Scale, beginning

HEAD, RIGHT = 46, 16
PAGE, KEPT = 64, 24
ROOMS = ((900, 210), (1400, 330))  # up to so many pixels, the room names get
WIDEST = 440
QUARTER_DAYS = 91
NOTHING = "Nothing fits. Change the filter, or take it away."


class TimelineSource(Protocol):
    """Where the lines come from."""

    def rows(self, ids: Sequence[int]) -> Mapping[int, TimelineRow]:
        """The lines of these ids; one that has gone may be left out."""


class TimelineHead(QWidget):
    """The scale above the lines; it stays while they scroll."""

    def __init__(self, view: TimelineView) -> None:
        super().__init__(view)
        self._view = view

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colours = QPainter(self), tokens(self)
        scale = self._view.scale()
        painter.fillRect(self.rect(), colours.colour("surface"))
        painter.setFont(font_of(self, SMALL, MEDIUM))
        painter.setPen(colours.colour("text2"))
        painter.drawText(QRectF(EDGE, 0, 200, HEAD - 2), Qt.AlignmentFlag.AlignVCenter, "Contract")
        painter.drawText(
            QRectF(scale.left - NEXT, 0, NEXT, HEAD - 2), Qt.AlignmentFlag.AlignVCenter, "Next date"
        )
        self._paint_ticks(painter, colours, scale)
        painter.fillRect(QRectF(0, HEAD - 1, self.width(), 1), colours.colour("line"))
        self._paint_today(painter, colours, scale)

    def _paint_ticks(self, painter: QPainter, colours: Tokens, scale: Scale) -> None:
        for tick in scale.ticks():
            x = scale.at(tick.day)
            painter.fillRect(
                QRectF(x, 6 if tick.year else 28, 1, HEAD), colours.colour("edge" if tick.year else "line")
            )
            painter.setPen(colours.colour("text2"))
            painter.setFont(font_of(self, SMALL, MEDIUM if tick.year else REGULAR))
            if x + QFontMetricsF(painter.font()).horizontalAdvance(tick.words) + 5 <= self.width():
                top = 3 if tick.year else 25
                painter.drawText(QRectF(x + 5, top, 90, 18), Qt.AlignmentFlag.AlignVCenter, tick.words)

    def _paint_today(self, painter: QPainter, colours: Tokens, scale: Scale) -> None:
        today = self._view.today
        if not scale.first <= today <= scale.last:
            return
        painter.setFont(font_of(self, SMALL, SEMIBOLD))
        wide = QFontMetricsF(painter.font()).horizontalAdvance("Today") + 10
        left = min(max(scale.at(today) - wide / 2, scale.left), self.width() - wide)
        box = QRectF(left, HEAD - 21, wide, 18)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.colour("text"))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(colours.colour("surface"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "Today")


class TimelineView(QAbstractScrollArea):
    """Ids go in and out; the source brings the lines of those in sight."""

    current_changed = Signal(int)
    opened = Signal(int)
    left = Signal()  # Esc
    scale_changed = Signal()
    typed = Signal(str)  # a letter typed over the lines

    def __init__(self, source: TimelineSource, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.today = today
        self._source = source
        self._ids: Sequence[int] = ()
        self._places: dict[int, int] = {}
        self._pages: OrderedDict[int, Mapping[int, TimelineRow]] = OrderedDict()
        self._current = -1
        self._hover = -1
        self._scale = Scale(beginning(today, 5), 5)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Timeline of contracts")
        self.viewport().setMouseTracking(True)
        self._head = TimelineHead(self)
        self.setViewportMargins(0, HEAD, 0, 0)
        self.verticalScrollBar().setSingleStep(ROW_TWO)

    # ---- for the page

    def set_ids(self, ids: Sequence[int]) -> None:
        """Show these lines, in this order; the current one stays current where it is still there."""
        held = self.current_id()
        self._ids, self._places = ids, {each: place for place, each in enumerate(ids)}
        self._pages.clear()
        self._current = self._places.get(held, 0 if ids else -1)
        self._fit()
        self.viewport().update()

    def refresh(self) -> None:
        """Fetch again what is in sight."""
        self._pages.clear()
        self.viewport().update()

    def current_id(self) -> int:
        """The id of the current line, or 0."""
        return self._ids[self._current] if 0 <= self._current < len(self._ids) else 0

    def select_id(self, number: int) -> bool:
        """Make a line current and bring it into sight; False when it is not shown."""
        if number not in self._places:
            return False
        self._go_to(self._places[number], tell=False)
        return True

    def row(self, place: int) -> TimelineRow | None:
        """The line at a place."""
        number = place // PAGE
        page = self._pages.get(number)
        if page is None:
            page = self._source.rows(self._ids[number * PAGE : (number + 1) * PAGE])
            self._pages[number] = page
            if len(self._pages) > KEPT:
                self._pages.popitem(last=False)
        return page.get(self._ids[place])

    def scale(self) -> Scale:
        """The scale, laid over the room there is."""
        words = next((room for most, room in ROOMS if self.width() < most), WIDEST)
        left = EDGE + words + 12 + NEXT
        room = max(80, self.viewport().width() - left - RIGHT)
        return Scale(self._scale.first, self._scale.years, left, room)

    def set_scale(self, scale: Scale) -> None:
        """Show another stretch of time."""
        self._scale = scale
        self._head.update()
        self.viewport().update()
        self.scale_changed.emit()

    def show_years(self, years: int) -> None:
        """So many years, today a fifth from the left."""
        self.set_scale(Scale(beginning(self.today, years), years))

    def zoom(self, closer: bool, about: date | None = None) -> None:
        """Fewer years or more, with one day where it is: the one given, or today, or the middle."""
        scale = self.scale()
        at = min(range(len(SPANS)), key=lambda n: abs(SPANS[n] - scale.years))
        years = SPANS[max(0, min(len(SPANS) - 1, at + (-1 if closer else 1)))]
        middle = (
            self.today
            if scale.first <= self.today <= scale.last
            else scale.day((scale.left + scale.right) / 2)
        )
        self.set_scale(scale.zoomed(years, about or middle))

    # ---- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colours = QPainter(self.viewport()), tokens(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), colours.colour("surface"))
        if not self._ids:
            painter.setPen(colours.colour("text2"))
            painter.drawText(QPointF(EDGE, 40), NOTHING)
            return
        scale, top = self.scale(), self.verticalScrollBar().value()
        first = (event.rect().top() + top) // ROW_TWO
        last = min(len(self._ids) - 1, (event.rect().bottom() + top) // ROW_TWO)
        for place in range(first, last + 1):
            look = LineLook(
                self, painter, colours, scale, self.viewport().width(),
                chosen=place == self._current, under_mouse=place == self._hover, focused=self.hasFocus(),
            )  # fmt: skip
            paint_line(look, self.row(place), place * ROW_TWO - top)
        if scale.first <= self.today <= scale.last:
            painter.fillRect(
                QRectF(scale.at(self.today) - 0.75, 0, 1.5, (last + 1) * ROW_TWO - top),
                colours.colour("text"),
            )

    # ---- events

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._head.setGeometry(0, 0, self.viewport().width(), HEAD)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """The ring of the current line comes and goes with the keyboard."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.viewport().update()
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """What the pointer is on is lighter, and said in full when it rests there."""
        if event.type() == QEvent.Type.Leave:
            self._hover = -1
            self.viewport().update()
        elif event.type() == QEvent.Type.MouseButtonRelease:
            return True  # what a press does is done
        elif event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = (event.pos().y() + self.verticalScrollBar().value()) // ROW_TWO
            row = self.row(place) if 0 <= place < len(self._ids) else None
            set_tip(self.viewport(), row.spoken.replace("; ", "\n") if row else "")
        return super().viewportEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = (int(event.position().y()) + self.verticalScrollBar().value()) // ROW_TWO
        if place != self._hover:
            self._hover = place
            self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = (int(event.position().y()) + self.verticalScrollBar().value()) // ROW_TWO
        if event.button() == Qt.MouseButton.LeftButton and 0 <= place < len(self._ids):
            self._go_to(place)
            self.opened.emit(self.current_id())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl closer or further, with Shift or sideways along the time, otherwise from line to line."""
        turned, keys = event.angleDelta(), event.modifiers()
        sideways = turned.x() or (turned.y() if keys & Qt.KeyboardModifier.ShiftModifier else 0)
        if keys & Qt.KeyboardModifier.ControlModifier:
            self.zoom(turned.y() > 0, self.scale().day(event.position().x()))
        elif sideways:
            self.set_scale(self._scale.moved(round(-sideways / 120 * self._scale.years * 18)))
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from line to line and along the time; + and - come closer and go back; Enter opens."""
        key, page = event.key(), max(1, self.viewport().height() // ROW_TWO - 1)
        moves = {
            Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -page, Qt.Key.Key_PageDown: page,
            Qt.Key.Key_Home: -len(self._ids), Qt.Key.Key_End: len(self._ids),
        }  # fmt: skip
        along = {Qt.Key.Key_Left: -QUARTER_DAYS, Qt.Key.Key_Right: QUARTER_DAYS}
        if key in moves:
            self._go_to(self._current + moves[Qt.Key(key)])
        elif key in along:
            self.set_scale(self._scale.moved(along[Qt.Key(key)]))
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self.zoom(key != Qt.Key.Key_Minus)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_id():
            self.opened.emit(self.current_id())
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.text().isalnum() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def _go_to(self, place: int, *, tell: bool = True) -> None:
        """Make a line current, in sight, and said to a screen reader."""
        if not self._ids:
            return
        place = max(0, min(place, len(self._ids) - 1))
        changed, self._current = place != self._current, place
        bar, top = self.verticalScrollBar(), place * ROW_TWO
        bar.setValue(min(max(bar.value(), top + ROW_TWO - self.viewport().height()), top))
        row = self.row(place)
        self.setAccessibleDescription(row.spoken if row else "")
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        self.viewport().update()
        if changed and tell:
            self.current_changed.emit(self.current_id())

    def _fit(self) -> None:
        """The scroll bar as long as the lines."""
        high = self.viewport().height()
        self.verticalScrollBar().setRange(0, max(0, len(self._ids) * ROW_TWO - high))
        self.verticalScrollBar().setPageStep(high)
