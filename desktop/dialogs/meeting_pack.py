"""Makes the pack for a review meeting: which meeting, which parts, then one press shows it ready to print."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QWidget

from desktop.dialogs.print_preview import PrintPreview, open_preview
from desktop.session import Session
from storage.desk.contract.contract_actions import meetings_of
from storage.desk.meeting.meeting_actions import pack_meeting
from storage.engine.values import show_day
from storage.exchange.paper.papers_meeting import PARTS
from storage.records.contracts import Contract
from storage.records.meetings import ReviewMeeting
from widgets.editors import Chooser
from widgets.parts import button, col, row, text
from widgets.shown import escaped, set_field, set_title

WIDE = 480
CHOSEN = "meeting pack.parts"  # which parts were chosen last, remembered in the file
NONE = "No meeting is recorded on this contract. Add one on its tab Meetings & actions, then make the pack."
WORDS = (
    "One PDF with a bookmark for each part. Actions carry the numbers they keep, and the blank lines theirs; "
    "enter them by the same numbers afterwards."
)


class MeetingPack(QDialog):
    """A meeting and its parts; Enter makes the pack."""

    def __init__(
        self, parent: QWidget, session: Session, contract: Contract, meeting: ReviewMeeting | None = None
    ) -> None:
        super().__init__(parent)
        self._over, self._session, self._contract = parent, session, contract
        set_title(self, "Meeting pack")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(WIDE)
        self.meetings = Chooser()
        self._list(meeting or pack_meeting(session.store, contract.key, session.today()))
        held = session.state.recall(CHOSEN)
        chosen = held if isinstance(held, list) and held else list(PARTS)
        self.parts = {key: QCheckBox(escaped(words)) for key, words in PARTS.items()}
        for key, box in self.parts.items():
            box.setChecked(key in chosen)
            box.toggled.connect(self._tell)
        self._wrong = text("", "small", tone="red", wrap=True)
        self.make = button("Make the pack", "primary", "printer")
        self.make.setDefault(True)
        self.make.clicked.connect(self._make)
        self._lay_out()
        self._tell()

    def _list(self, chosen: ReviewMeeting | None) -> None:
        for meeting in meetings_of(self._session.store, self._contract.key):
            on = show_day(meeting.on) if meeting.on else "no date"
            self.meetings.addItem(f"{on} · {meeting.title or meeting.kind}", meeting.key)
        if chosen is not None:
            self.meetings.setCurrentIndex(self.meetings.findData(chosen.key))

    def _lay_out(self) -> None:
        label = text("Meeting", "label")
        set_field(label, self.meetings)
        cancel = button("Cancel")
        cancel.clicked.connect(self.reject)
        self.setLayout(
            col(
                text("Meeting pack", "record"), text(self._contract.name, "soft", wrap=True), 4,
                col(label, self.meetings, gap=4), 4, text("Parts", "label"), *self.parts.values(),
                text(WORDS, "small", wrap=True), self._wrong, None, row(None, cancel, self.make),
                gap=8, margins=(24, 20, 24, 20),
            )
        )  # fmt: skip

    def chosen(self) -> list[str]:
        """The parts that are ticked, in their order."""
        return [key for key, box in self.parts.items() if box.isChecked()]

    def _tell(self, _on: bool = False) -> None:
        wrong = NONE if not self.meetings.count() else "" if self.chosen() else "Choose at least one part."
        self._wrong.setText(wrong)
        self._wrong.setVisible(bool(wrong))
        self.make.setEnabled(not wrong)

    def _make(self) -> None:
        self._session.state.remember(CHOSEN, self.chosen())
        preview_pack(self._over, self._session, int(self.meetings.currentData()), self.chosen())
        self.accept()


def preview_pack(parent: QWidget, session: Session, meeting_id: int, parts: list[str]) -> PrintPreview:
    """Show the pack of a meeting before it is printed or saved."""
    from storage.exchange.paper.print_meeting_pack import meeting_pack

    meeting = session.store.get(ReviewMeeting, meeting_id)
    named = f"Meeting pack {show_day(meeting.on) if meeting.on else ''} {meeting.title}"
    return open_preview(parent, session, partial(meeting_pack, session.store, meeting_id, parts), named)
