"""One checklist being worked through: every answer is saved at once, and what may not change says so."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desktop.dialogs.cite import cite_dialog
from desktop.dialogs.previews import preview_run
from desktop.dialogs.raise_action import action_dialog
from desktop.dialogs.reopen import reopen_dialog
from desktop.dialogs.save_word import ask_checklist_word
from desktop.dialogs.sign import sign_dialog
from desktop.dialogs.waive import waive_dialog
from desktop.pages.checklist_answers import RunAnswers
from desktop.pages.checklist_aside import Asides
from desktop.pages.checklist_drafts import RunDrafts
from desktop.pages.checklist_fill import Beside, checklist_data, score_why
from desktop.pages.checklist_known import Drawn
from desktop.pages.checklist_more import RunMore
from desktop.pages.run_subjects import subject_place
from desktop.pages.subject_bar import SubjectBar
from desktop.session import Session
from storage.checklists.gates import gate_state
from storage.desk.checklists.run_links import linked_names
from storage.desk.checklists.run_state import SUBJECTS, RunState, after_answers, run_state
from storage.engine.errors import StorageError
from storage.engine.steps import Changes
from storage.engine.values import show_day
from storage.records.assessments import Given, Run
from widgets.checklist import ChecklistView
from widgets.checklist_data import ChecklistData
from widgets.parts import button, col, text
from widgets.popup import Popup

TONES = {"In progress": "blue", "Ready to sign": "green", "Signed": "blue"}
UNANSWERED, GATE = "Next unanswered", "Next closed gate"


class RunView(QWidget):
    """A run with its subject bar. Emits `headed` when the page's title or button may have changed."""

    go = Signal(object)  # Place
    headed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.state: RunState | None = None
        self.view: ChecklistView | None = None
        self._drawn = Drawn()
        self._asides = Asides()
        self._reopen = button("Reopen…", "quiet", "lock-simple-open")
        self._reopen.clicked.connect(self.ask_reopen)
        self._subject = button("", "quiet", "arrow-right")
        self._subject.clicked.connect(self._go_to_subject)
        self.more = RunMore(session, self)
        self.more.go.connect(self.go)
        self._bar = SubjectBar(self._reopen, self.more.button, self._subject)
        self._answers = RunAnswers(session, self)
        self._answers.redraw.connect(self._draw)
        self._answers.refused.connect(self._show_again)
        self._drafts = RunDrafts(session, self)
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._down.setSpacing(0)
        self._down.addWidget(self._bar)

    # ---- showing

    def show_run(self, number: int) -> None:
        """Open a run from its beginning; what was being typed in another is saved first."""
        self.leave()
        self._answers.unkept.clear()
        self._drawn.clear()
        self._asides.clear()
        self._drafts.run = self.session.store.get(Run, number)
        self._drafts.put_back()
        self.state = self._answers.state = run_state(self.session.store, number)
        self.prepare().clear()
        self._draw()

    def prepare(self) -> ChecklistView:
        """Make the view that every run is shown in, if it is not there."""
        if self.view is None:
            self.view = self._new_view()
            self._down.addWidget(self.view, 1)
            self.setFocusProxy(self.view)
        return self.view

    def _new_view(self) -> ChecklistView:
        view = ChecklistView()
        view.resize(self.width(), self.height() - self._bar.sizeHint().height())
        self._answers.listen(view)
        view.waive_asked.connect(self.ask_waiver)
        view.action_asked.connect(self.ask_action)
        view.print_asked.connect(self.print_as)
        view.sign_asked.connect(self.ask_sign)
        view.cite_asked.connect(self._cite)
        view.review_asked.connect(self.more.review)
        view.pick_asked.connect(self._answers.pick)
        view.bar.typed.connect(self._answers.type_from_paper)
        view.why_asked.connect(self._show_why)
        return view

    def refresh(self, changes: Changes | None = None) -> bool:
        """Draw the run as it is now; False when it is no longer there. `changes` says what is new, if it is known."""
        before, store = self.state, self.session.store
        if before is None:
            return False
        alone = self._asides.hear(changes)
        try:
            if changes is not None and alone:
                state: RunState | None = after_answers(store, before, changes.ids(Given.TABLE))
            else:
                state = run_state(store, before.run.key)
        except StorageError:
            state = None
        self.state = self._answers.state = None if state is None or state.run.binned else state
        self._draw()
        return self.state is not None

    def leave(self) -> None:
        """Save what is being typed."""
        if self.view is not None and self.state is not None:
            self.view.commit()

    def _draw(self) -> None:
        state, view = self.state, self.view
        if state is None or view is None:
            return
        view.set_checklist(self._data(state))
        self.more.state = state
        self._draw_bar(state)
        self.headed.emit()

    def _data(self, state: RunState) -> ChecklistData:
        aside = self._asides.of(self.session.store, state)
        names = linked_names(self.session.store, state.template, state.answers)
        beside = Beside(aside.proposals, self._answers.unkept, aside.people, names, self._drawn, aside.review)
        return checklist_data(state, beside, read_only=self.session.read_only)

    def _draw_bar(self, state: RunState) -> None:
        run, subject = state.run, self._asides.of(self.session.store, state).subject
        live = subject is not None and not subject.binned
        kind = next((name for name in SUBJECTS if getattr(run, name) is not None), "contract")
        facts = (
            [str(getattr(subject, name, "")) for name in ("reference", "provider_name")] if subject else []
        )
        meeting = f"meeting on {show_day(run.meeting_on)}" if run.meeting_on else ""
        name = str(getattr(subject, "title", "")) or run.subject
        note = run.reopened.splitlines()[-1] if run.reopened and not run.signed_on else ""
        note = note if live else f"This {kind} is in the bin"
        standing = run.standing, TONES.get(run.standing, "")
        self._bar.show_subject(name, [*facts, run.reference, meeting], standing, note)
        self._subject.setText(f"Go to the {kind}")
        self._subject.setAccessibleName(f"Go to the {kind}")
        self._subject.setVisible(live)
        self._reopen.setVisible(bool(run.signed_on) and not self.session.read_only)

    # ---- the next thing to do

    @property
    def primary(self) -> tuple[str, str]:
        """The next unanswered question, then the next gate that stops sign-off, then nothing more."""
        state = self.state
        if state is None or state.run.signed_on:
            return "", ""
        if state.progress.answered < state.progress.applicable:
            return UNANSWERED, "arrow-down"
        return (GATE, "arrow-down") if state.stops else ("", "")

    def do_primary(self) -> None:
        """Go there."""
        if self.view is None or self.state is None:
            return
        if self.primary[0] == UNANSWERED:
            self.view.next_unanswered()
        elif self.primary[0] == GATE:
            self.view.go_to(_next_gate(self.state, self.view.current))

    def _show_again(self, question: str) -> None:
        """Show a question as it is kept, after an answer was refused."""
        if self.state is not None and self.view is not None:
            data = self._data(self.state)
            self.view.update_question(next(q for q in data.questions if q.id == question))

    # ---- dialogs

    def ask_waiver(self, question: str) -> None:
        """Ask who waives a gate, and why."""
        if self.state is not None:
            waive_dialog(self, self.session, self.state, self.state.template.question(question)).open()

    def _cite(self, question: str) -> None:
        if self.state is not None:
            write = partial(_write_evidence, self, question)
            cite_dialog(self, self.session, self.state, question, write).open()

    def ask_action(self, question: str) -> None:
        """Ask for a new action, of a question or of the whole."""
        if self.state is not None:
            asked = self.state.template.question(question) if question else None
            action_dialog(self, self.session, self.state, asked).open()

    def ask_sign(self) -> None:
        """Ask who signs, with what decision."""
        self.leave()
        if self.state is not None:
            sign_dialog(self, self.session, self.state).open()

    def ask_reopen(self) -> None:
        """Ask why a signed run is opened again."""
        if self.state is not None:
            reopen_dialog(self, self.session, self.state.run).open()

    def print_as(self, which: str = "") -> None:
        """Preview the paper: blank, or as it stands."""
        self.leave()
        if self.state is not None and which == "word":
            ask_checklist_word(self, self.session, self.state.run)
        elif self.state is not None:
            preview_run(self, self.session, self.state.run, which)

    def _show_why(self) -> None:
        """The score's reason, under the words that asked for it."""
        if self.state is None:
            return
        words = text(score_why(self.state), "soft", wrap=True)
        words.setFixedWidth(300)
        popup = Popup(self)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        popup.setLayout(col(words, margins=12))
        popup.open_under(QApplication.focusWidget() or self, right=True)

    def _go_to_subject(self) -> None:
        place = subject_place(self.session.store, self.state.run) if self.state else None
        if place is not None:
            self.go.emit(place)


def _next_gate(state: RunState, current: str) -> str:
    """The next question whose gate stops sign-off, from the current one round."""
    ids = [q.id for q in state.template.questions]
    shut = [q.id for q in state.template.questions if gate_state(q, state.answers.get(q.id)).blocks]
    place = ids.index(current) if current in ids else -1
    return next((i for i in shut if ids.index(i) > place), shut[0])


def _write_evidence(page: RunView, question: str) -> None:
    """The card may have been made anew since somebody asked."""
    card = page.view.card(question) if page.view else None
    if card:
        card.edit_evidence()
