"""Editors that are one line of typing: words, numbers, money, periods, and dates with their calendar."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QEvent, QLocale, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import (
    QCalendarWidget,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from storage.engine.fields import Unreadable
from widgets.editors_base import Editor
from widgets.icons import icon
from widgets.parts import text
from widgets.shown import set_tip
from widgets.theme import tokens

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class LineEditor(Editor):
    """One line, read by its field: words, a whole number, money such as 1.2m, a period such as 6m."""

    line: QLineEdit

    def _build(self) -> QWidget:
        self.control = self.line = QLineEdit()
        self.line.setMinimumWidth(60)
        self.line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.line.textEdited.connect(self._on_edited)
        self.line.editingFinished.connect(self._on_left)
        return self.line

    def _on_edited(self, _words: str) -> None:
        self._on_typed()

    def _on_left(self) -> None:
        self.commit()

    def _show(self, value: object) -> None:
        self.line.setText(self.field.show(value))
        self.line.setCursorPosition(0)

    def words(self) -> str:
        return self.line.text()

    def _put(self, words: str) -> None:
        self.line.setText(words)

    def set_read_only(self, read_only: bool) -> None:
        self.line.setReadOnly(read_only)

    def can_undo(self, redo: bool) -> bool:
        return self.line.isRedoAvailable() if redo else self.line.isUndoAvailable()


class DayEditor(LineEditor):
    """A date typed as people write it, its weekday beside it, and a calendar for those who want one."""

    def _build(self) -> QWidget:
        line = super()._build()
        self._weekday = text("", "small")
        self._button = QToolButton()
        self._button.setIcon(icon("calendar-blank"))
        self._button.setIconSize(QSize(16, 16))
        self._button.setFixedSize(24, 24)
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Alt+Down does the same from the field
        self._button.setCursor(Qt.CursorShape.ArrowCursor)
        self._button.setAccessibleName(f"Calendar for {self.field.label}")
        set_tip(self._button, "Choose from a calendar (Alt+Down)")
        self._button.clicked.connect(self.open_calendar)
        inside = QHBoxLayout(line)
        inside.setContentsMargins(0, 0, 4, 0)
        inside.setSpacing(2)
        inside.addStretch(1)
        inside.addWidget(self._weekday)
        inside.addWidget(self._button)
        self.line.setTextMargins(0, 0, 56, 0)
        self.line.textChanged.connect(self._name_weekday)
        self._calendar: CalendarPopup | None = None
        return line

    def weekday(self) -> str:
        """The weekday shown for what the field says now, or nothing."""
        return self._weekday.text()

    def _day(self) -> date | None:
        if not self.pending:
            return self._stored if isinstance(self._stored, date) else None
        try:
            found = self._read(self.words())
        except Unreadable:
            return None
        return found if isinstance(found, date) else None

    def _name_weekday(self, _words: str = "") -> None:
        day = self._day()
        self._weekday.setText(WEEKDAYS[day.weekday()] if day else "")

    def _on_edited(self, words: str) -> None:
        super()._on_edited(words)
        self._name_weekday()

    def _show(self, value: object) -> None:
        super()._show(value)
        self._name_weekday()

    def set_read_only(self, read_only: bool) -> None:
        super().set_read_only(read_only)
        self._button.setVisible(not read_only)
        self.line.setTextMargins(0, 0, 32 if read_only else 56, 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            alt_down = event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
            if (alt_down or event.key() == Qt.Key.Key_F4) and not self.line.isReadOnly():
                self.open_calendar()
                return True
        return super().eventFilter(watched, event)

    def open_calendar(self) -> None:
        """Show the calendar under the field, at its date or today."""
        if self._calendar is None:
            self._calendar = CalendarPopup(self)
            self._calendar.calendar.activated.connect(self._picked)
            self._calendar.calendar.clicked.connect(self._picked)
        self._calendar.open_at(self.line, self._day() or self.today)

    def _picked(self, picked: QDate) -> None:
        if self._calendar is not None:
            self._calendar.close()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        if (day := date(picked.year(), picked.month(), picked.day())) != self._stored or self.pending:
            self._keep(day)


class CalendarPopup(QWidget):
    """A month to choose a day from; arrows move, Enter chooses, Esc closes."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("part", "popup")
        self.calendar = QCalendarWidget()
        self.calendar.setLocale(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.ShortDayNames)
        self.calendar.setAccessibleName("Calendar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.calendar.setMinimumSize(288, 248)
        held = QVBoxLayout(self)
        held.setContentsMargins(5, 5, 5, 5)
        held.addWidget(self.calendar)

    def open_at(self, under: QWidget, day: date) -> None:
        """Open under a field at a day."""
        colours = tokens(self)
        quiet = QTextCharFormat()
        quiet.setForeground(colours.colour("text2"))
        for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(weekend, quiet)
        heads = QTextCharFormat()
        heads.setForeground(colours.colour("text2"))
        heads.setBackground(colours.colour("surface"))
        self.calendar.setHeaderTextFormat(heads)
        self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self.adjustSize()
        self.move(self._on_screen(under))
        self.show()
        self.calendar.setFocus()

    def _on_screen(self, under: QWidget) -> QPoint:
        """Below the field, or above it when the screen ends there."""
        place, room = under.mapToGlobal(QPoint(0, under.height() + 2)), under.screen().availableGeometry()
        if place.y() + self.height() > room.bottom():
            place = under.mapToGlobal(QPoint(0, -self.height() - 2))
        return QPoint(max(room.left(), min(place.x(), room.right() - self.width())), place.y())
