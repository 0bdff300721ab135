"""What every editor of a part can do, and the one most questions use: a few words side by side."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.checklist_data import AnswerValue, PartData
from widgets.choices import Options, Segmented
from widgets.parts import row

NOT_APPLICABLE = "na"


class PartEditor(QWidget):
    """What every editor can do. `changed` carries an answer a person gave."""

    changed = Signal(object)
    not_applicable = Signal()  # the N/A segment was pressed
    pick_asked = Signal(str)  # a record of the file is to be chosen; in rows for "row/column", else for ""
    tells_problem = False  # it shows what is wrong with its answer itself

    def set_part(self, part: PartData, *, not_applicable: bool, read_only: bool) -> None:
        """Show an answer kept elsewhere. Emits nothing."""
        raise NotImplementedError

    @property
    def is_held(self) -> bool:
        """Whether it holds words that are not kept, since they cannot be read."""
        return False

    def commit(self) -> None:
        """Say what is typed and not yet said."""

    def start(self) -> QWidget:
        """The widget that takes the keyboard first."""
        return self


class AnswerSegments(Segmented):
    """Segments that leave the up and down keys to the card, which moves between questions with them."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right move the choice."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
        else:
            super().keyPressEvent(event)


class SegmentEditor(PartEditor):
    """One word out of a few, all of them in sight."""

    def __init__(self, part: PartData, options: Options, width: int) -> None:
        super().__init__()
        self._answer: AnswerValue = None
        self._allowed = tuple(key for key, _ in options)
        self._segments = AnswerSegments(options, width)
        self._segments.setAccessibleName(part.label or "Answer")
        self._segments.chosen.connect(self._chosen)
        self.setLayout(row(self._segments, gap=0))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_part(self, part: PartData, *, not_applicable: bool, read_only: bool) -> None:
        """Show the word chosen, or N/A where this row offers it."""
        self._answer = part.value
        wanted = NOT_APPLICABLE if not_applicable else str(part.value or "")
        if wanted not in self._allowed:
            wanted = ""
        if self._segments.value() != wanted:
            self._segments.set_value(wanted)
        self._segments.set_read_only(read_only)

    def choose(self, value: str) -> bool:
        """Answer with a word, as if it were pressed; False when it is not one of these."""
        if value not in self._allowed or not self._segments.isEnabled():
            return False
        if self._segments.value() != value:
            self._segments.set_value(value)
            self._chosen(value)
        return True

    @property
    def offers_not_applicable(self) -> bool:
        """True when N/A is one of the segments."""
        return NOT_APPLICABLE in self._allowed

    def start(self) -> QWidget:
        """The segment that is the stop for Tab."""
        return self._segments

    def _chosen(self, value: str) -> None:
        if value == NOT_APPLICABLE:
            self.not_applicable.emit()
        else:
            self.changed.emit(value)
