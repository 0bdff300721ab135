"""Enters the actions of a meeting by the numbers of its pack: down the lines by keyboard, saved in one step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QGridLayout, QWidget

from desktop.session import Session
from desktop.words import count_words
from storage.desk.meeting.meeting_actions import Entry, blank_number, enter, entries
from storage.engine.errors import StorageError
from storage.engine.fields import Field, Kind
from storage.records.meetings import ReviewMeeting
from widgets.editors import Editor, editor_for
from widgets.parts import Words, button, col, line, row, scroll, text
from widgets.shown import set_title

WIDE, HIGH = 920, 640
COLUMNS = (
    Field("What is to be done", Kind.TEXT, "title"),
    Field("Owner", Kind.TEXT, "owner"),
    Field("Due", Kind.DAY, "due"),
)
DAY_ROOM = 176  # pixels: a date with its weekday
STRETCHES = (0, 6, 3, 2, 0)
WORDS = (
    "The numbers are those of the pack. Enter or the arrow keys go to the line below or above, Tab to the next "
    "field, Space ticks Done. Nothing is saved before you press Save."
)
_DOWN = {Qt.Key.Key_Return: 1, Qt.Key.Key_Enter: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class ActionLine:
    """One line: its number, the editors of its fields, and the box that says it is done."""

    def __init__(self, entry: Entry, today: date) -> None:
        self.entry = entry
        self.number: Words = text(entry.number, "medium")
        self.editors: dict[str, Editor] = {f.name: editor_for(f, today=today) for f in COLUMNS}
        for name, editor in self.editors.items():
            editor.set_value(getattr(entry, name))
            editor.control.setAccessibleName(f"{entry.number}, {editor.field.label}")
        self.done = QCheckBox()
        self.done.setAccessibleName(f"{entry.number}, done")

    def controls(self) -> list[QWidget]:
        """What the cursor can stand in, from left to right."""
        return [*(editor.control for editor in self.editors.values()), self.done]

    def commit(self) -> Editor | None:
        """Take over what was typed; the editor whose words cannot be read, if there is one."""
        return next((editor for editor in self.editors.values() if not editor.commit()), None)

    def typed(self) -> Entry:
        """The line as it stands."""
        values = {name: editor.value() for name, editor in self.editors.items()}
        return Entry(
            self.entry.number, str(values["title"] or ""), str(values["owner"] or ""),
            cast("date | None", values["due"]), self.done.isChecked(), self.entry.action,
        )  # fmt: skip


class EnterActions(QDialog):
    """All lines under one another, the cursor in the first blank one."""

    def __init__(self, parent: QWidget, session: Session, meeting: ReviewMeeting) -> None:
        super().__init__(parent)
        self._session, self._meeting = session, meeting
        set_title(self, f"Enter the actions – {meeting.name}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        room = parent.window().size()
        self.resize(min(WIDE, max(620, room.width() - 80)), min(HIGH, max(420, room.height() - 60)))
        self.lines: list[ActionLine] = []
        self._grid = QGridLayout()
        self._wrong = text("", "small", tone="red", wrap=True)
        self._wrong.hide()
        self.save = button("Save the actions", "primary")
        self.save.clicked.connect(self.accept)
        self._lay_out()
        self._add(entries(session.store, meeting))

    def _lay_out(self) -> None:
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        for column, (words, stretch) in enumerate(
            zip(("No.", *(f.label for f in COLUMNS), "Done"), STRETCHES, strict=True)
        ):
            self._grid.addWidget(text(words, "label"), 0, column)
            self._grid.setColumnStretch(column, stretch)
        self._grid.setColumnMinimumWidth(len(COLUMNS), DAY_ROOM)
        more, cancel = button("More lines", icon_name="plus"), button("Cancel")
        more.clicked.connect(self._more)
        cancel.clicked.connect(self.reject)
        self._area = scroll(col(self._grid, None, margins=(24, 4, 24, 8)))
        said = (text(self._meeting.name, "soft"), text(WORDS, "small", wrap=True))
        head = col(text("Enter the actions", "record"), *said, gap=4, margins=(24, 20, 24, 8))
        foot = col(self._wrong, row(more, None, cancel, self.save), gap=8, margins=(24, 10, 24, 20))
        self.setLayout(col(head, self._area, line(), foot, gap=0))

    def _add(self, added: Sequence[Entry]) -> None:
        for entry in added:
            made = ActionLine(entry, self._session.today())
            self.lines.append(made)
            place = len(self.lines)
            self._grid.addWidget(made.number, place, 0, Qt.AlignmentFlag.AlignVCenter)
            for column, editor in enumerate(made.editors.values(), 1):
                self._grid.addWidget(editor, place, column)
            self._grid.addWidget(made.done, place, len(COLUMNS) + 1, Qt.AlignmentFlag.AlignCenter)
            for control in made.controls():
                control.installEventFilter(self)

    def _more(self) -> None:
        """Add blank lines under the last one."""
        blanks = sum(each.entry.action is None for each in self.lines)
        self._add([Entry(blank_number(place)) for place in range(blanks + 1, blanks + 5)])
        self.lines[-4].controls()[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """The first blank line has the cursor."""
        super().showEvent(event)
        first = next((each for each in self.lines if each.entry.action is None), self.lines[0])
        first.controls()[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self._area.ensureWidgetVisible(first.controls()[0])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and the arrows go up and down a column."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and isinstance(watched, QWidget)
        ):
            step = _DOWN.get(Qt.Key(event.key()), 0)
            if (
                step
                and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
                and self._go(watched, step)
            ):
                return True
        return super().eventFilter(watched, event)

    def _go(self, control: QWidget, step: int) -> bool:
        for place, each in enumerate(self.lines):
            if control in each.controls():
                column = each.controls().index(control)
                if place + step == len(self.lines):
                    self._more()
                target = self.lines[max(0, place + step)].controls()[column]
                target.setFocus(Qt.FocusReason.TabFocusReason)
                self._area.ensureWidgetVisible(target)
                return True
        return False

    def accept(self) -> None:
        """Save every line that holds something new; one that cannot be read or says nothing keeps the dialog open."""
        for each in self.lines:
            wrong = each.commit()
            if wrong is not None:
                wrong.control.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        try:
            count = enter(self._session.store, self._meeting.key, [each.typed() for each in self.lines])
        except StorageError as error:
            self._wrong.setText(str(error))
            self._wrong.show()
            return
        self._session.said.emit(f"{count_words(count, 'action')} saved" if count else "Nothing was changed.")
        super().accept()
