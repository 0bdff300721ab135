"""The panel beside the list of checklists: how far a run is, its dates, and the ways on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.dialogs.previews import preview_run
from desktop.pages.checklist_fill import signed_words, summary
from desktop.pages.record_detail import RecordDetail, Tab, button
from desktop.session import Session
from desktop.words import days_words
from storage.desk.checklists.run_state import run_state
from storage.engine.values import show_day
from storage.records.assessments import Run
from widgets.elided import Elided
from widgets.facts import Fact
from widgets.form import Group


class RunDetail(RecordDetail[Run]):
    """One run in short."""

    opened = Signal(int)

    cls = Run
    tabs = (
        Tab("about", "About", (
            Group("", ("title", "meeting_on", "next_review")),
            Group("", ("progress", "standing")),
        )),
    )  # fmt: skip

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.setAccessibleName("Checklist")

    def line(self, record: Run) -> Sequence[QWidget]:
        """Reference, template, what it is about."""
        words = Elided("soft")
        words.show_words(
            f"{record.reference} · {record.template} version {record.template_version} · {record.subject}"
        )
        return [words]

    def facts(self, record: Run) -> Sequence[Fact]:
        """Answered, score, gates, meeting."""
        state = run_state(self.session.store, record.key)
        done, said = state.progress, summary(state)
        shut = done.gates.closed + done.gates.waiting
        met = record.meeting_on
        meeting = Fact("meeting", "Meeting", show_day(met) if met else "No date",
                       days_words(met, self.session.today()) if met else "")  # fmt: skip
        signed = show_day(record.signed_on) if record.signed_on else ""
        gates = Fact("gates", "Gates", "All open" if not shut else f"{shut} to open",
                     signed_words(state) if signed else said.sign_reason and "before sign-off")  # fmt: skip
        return (
            Fact("answered", "Answered", record.progress, f"{said.percent}% done"),
            Fact("score", "Score", said.score or "None yet", said.score_words),
            gates if not signed else Fact("signed", "Signed", signed, record.signed_by),
            meeting,
        )

    def buttons(self, record: Run) -> Sequence[QWidget]:
        """Open it, print it, bin it."""
        opening = button("Open" if record.signed_on else "Continue", icon_name="arrow-right")
        opening.clicked.connect(self._open)
        binned = button("Bin", "quiet", "trash")
        binned.setEnabled(not self.session.read_only)
        binned.clicked.connect(self._bin)
        return [opening, self._button("Print…", "printer", self.print_now), binned]

    def _button(self, words: str, icon_name: str, act: Callable[[], object]) -> QPushButton:
        made = button(words, icon_name=icon_name)
        made.clicked.connect(act)
        return made

    def print_now(self) -> None:
        """Preview the run as it stands."""
        if self.record is not None:
            preview_run(self, self.session, self.record)

    def _open(self) -> None:
        if self.record is not None:
            self.opened.emit(self.record.key)

    def _bin(self) -> None:
        self.command.emit("edit.bin")
