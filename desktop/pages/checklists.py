"""Checklists: the list of runs, and the one that is open."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any, cast

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from desktop.dialogs.start_checklist import About, start_dialog
from desktop.pages.checklist_detail import RunDetail
from desktop.pages.checklist_run import TONES, RunView
from desktop.pages.opened_register import OpenedRegister
from desktop.pages.page import Place
from desktop.pages.record_detail import RecordDetail
from desktop.pages.register import RegisterPlan
from desktop.session import Session
from desktop.words import days_words
from storage.checklists.template import TemplateError
from storage.engine.fields import Record
from storage.engine.query import Order, Query
from storage.engine.steps import Changes
from storage.engine.values import show_day
from storage.records.assessments import Run, template_of
from widgets.empty import FirstAction
from widgets.table_model import Cell
from widgets.table_painter import FoldPlan

SOON, BETWEEN = 400, 60  # ms after the page is first seen; and from one thing to the next
AHEAD = 12  # runs at the top of the list that are likely to be opened


def standing_cell(record: Record, _today: date) -> Cell:
    """Only what can be signed now asks to be looked at."""
    words = cast("Run", record).standing
    return Cell(words, TONES[words], pill=True) if words == "Ready to sign" else Cell(words, "soft")


def meeting_cell(record: Record, today: date) -> Cell:
    """The day of the meeting, and how far it is while the run is open."""
    run = cast("Run", record)
    if run.meeting_on is None:
        return Cell()
    return Cell(show_day(run.meeting_on), note="" if run.signed_on else days_words(run.meeting_on, today))


class ChecklistsPage(OpenedRegister):
    """Runs that are open first, the nearest meeting on top."""

    key, title, icon = "checklists", "Checklists", "check-square"
    tables = (
        "checklist_run", "checklist_answer", "action", "contract", "service", "specification", "organisation",
        "procurement",
        "contract_service", "contract_specification", "desk",
    )  # fmt: skip
    plan = RegisterPlan(
        cls=Run,
        nouns=("checklist", "checklists"),
        main="title",
        order=(Order("standing"), Order("meeting_on")),
        fold=FoldPlan("title", ("reference", "subject"), label="Checklist"),
        special={"standing": standing_cell, "meeting_on": meeting_cell},
        empty=(
            "No checklists yet",
            "A checklist takes a contract, service, provider or procurement through the questions a decision needs, "
            "keeps every answer with its evidence, and prints for the meeting.",
            (
                FirstAction("check-square", "Start a checklist", "Decommissioning, review, equality or quality",
                            "Start checklist…", "new.checklist"),
                FirstAction("printer", "Print one to fill in by hand", "Blank, with room to write",
                            "Print a blank one…", "file.blank"),
                FirstAction("book-open", "Look around first", "The sample has checklists half done and signed",
                            "Open the sample", "file.sample"),
            ),
        ),
    )  # fmt: skip

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._unread: list[int] = []  # runs whose templates are still to be read
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON)
        self._soon.timeout.connect(self._prepare)

    def showEvent(self, event: QShowEvent) -> None:
        """Make what the first run needs once nobody waits, so that it opens as quickly as others."""
        super().showEvent(event)
        if self._whole is None:
            self._soon.start()

    def _prepare(self) -> None:
        """The view, then the templates of the runs at the top, one a turn."""
        store = self.session.store
        if self._whole is None:
            self._whole = self._add_whole()
            self.run_view.prepare()
            self._unread = store.ids(Run, Query(order=self.plan.order))[:AHEAD]
        elif self._unread:
            for run in store.many(Run, [self._unread.pop(0)]).values():
                with suppress(TemplateError):  # opening it says what is wrong
                    template_of(run)
        if self._unread:
            self._soon.start(BETWEEN)

    @property
    def run_view(self) -> RunView:
        """The view of the open run; only once one was opened."""
        return cast("RunView", self._whole)

    @property
    def heading(self) -> str:
        """The open run's title."""
        state = self.run_view.state if self.is_open else None
        return state.run.title if state else self.title

    @property
    def primary(self) -> tuple[str, str]:
        """What is next in the open run, or a new one."""
        if self.is_open:
            return self.run_view.primary
        return ("Start checklist…", "plus") if not self.is_empty else ("", "")

    def do_primary(self) -> None:
        """Do that."""
        if self.is_open:
            self.run_view.do_primary()
        else:
            self.start()

    def start(self, about: About | None = None) -> None:
        """Ask which checklist to start, about a record given or to be chosen, and open it."""
        start_dialog(self, self.session, self._started, about).open()

    def _started(self, run: Run) -> None:
        self.go.emit(Place(self.key, run.key))

    # ---- the open run

    def make_detail(self) -> RecordDetail[Any]:
        """The panel beside the list."""
        detail = RunDetail(self.session)
        detail.opened.connect(self.open_record)
        return detail

    def make_whole(self) -> QWidget:
        """The run over the whole page."""
        view = RunView(self.session)
        view.go.connect(self.go)
        view.headed.connect(self.headed)
        return view

    def show_whole(self, number: int, section: str) -> None:
        """Open a run, at a question when one is named."""
        self.run_view.show_run(number)
        if section and self.run_view.view is not None:
            self.run_view.view.go_to(section)

    def refresh_whole(self, changes: Changes) -> bool:
        """Draw the open run again."""
        return self.run_view.refresh(changes)

    def leave_whole(self) -> None:
        """Save what is being typed."""
        self.run_view.leave()
