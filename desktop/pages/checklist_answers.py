"""Writes what is answered in a checklist, each answer one step, and keeps aside what could not be kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import cast

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop.dialogs.pick import PickDialog
from desktop.pages.checklist_fill import PartId, Unkept, as_kept, problem_of
from desktop.session import Session
from storage.checklists.answers import Value, part_problem
from storage.checklists.paper import Line, read_line
from storage.checklists.structure import Question
from storage.checklists.values import ROW, Row, rows_of
from storage.desk.checklists import runs
from storage.desk.checklists.carrying import confirm
from storage.desk.checklists.run_links import to_choose
from storage.desk.checklists.run_state import RunState
from storage.exchange.paper.print_cells import in_words
from widgets.checklist import ChecklistView
from widgets.checklist_data import AnswerValue


def with_cell(held: object, within: Sequence[str], pointed: Mapping[str, int]) -> AnswerValue:
    """An answer in rows with a record in one of its fields, given as row and column; the record itself without."""
    if not within:
        return pointed
    key, column = within
    rows = [dict(row) for row in rows_of(held)]
    mine: Row = next((row for row in rows if row.get(ROW) == key), {ROW: key})
    mine[column] = dict(pointed)
    if mine not in rows:
        rows.append(mine)
    return cast("AnswerValue", rows)


class RunAnswers(QObject):
    """Listens to the view of one run. The page says which run it is and draws when asked to."""

    redraw = Signal()  # something shown has changed that is not in the file
    refused = Signal(str)  # a question whose answer was not kept: show it as it was

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.state: RunState | None = None
        self._view: ChecklistView | None = None
        self.unkept: dict[PartId, Unkept] = {}
        # Another answer to a question that did not apply is told twice; both are to be one step.
        self._applies = QTimer(self)
        self._applies.setSingleShot(True)
        self._applies.setInterval(0)
        self._applies.timeout.connect(self._apply_again)
        self._applying = ""

    def listen(self, view: ChecklistView) -> None:
        """Take what is answered in a view."""
        self._view = view
        view.answered.connect(self._answered)
        view.noted.connect(partial(self._written, runs.set_note))
        view.evidence_changed.connect(partial(self._written, runs.set_evidence))
        view.mitigated.connect(partial(self._written, runs.set_mitigation))
        view.confirmed.connect(self._confirmed)
        view.not_applicable.connect(self._not_applicable)

    def _do(self, question: str, act: Callable[..., object], *given: object, **named: object) -> None:
        if self.state is None:
            return
        write = partial(act, self._session.store, self.state.run.key, question, *given, **named)
        if not self._session.attempt(write):
            self.refused.emit(question)

    def _answered(self, question: str, part_key: str, given: AnswerValue) -> None:
        if self.state is None:
            return
        self._applies.stop()
        part = self.state.template.question(question).part(part_key)
        value = None if given is None else as_kept(part, cast("Value", given))
        held = self.unkept.pop((question, part_key), None)
        if value is not None and part_problem(part, value):
            self.unkept[question, part_key] = Unkept(value, problem_of(part, value))
            self.redraw.emit()
            return
        self._do(question, runs.answer, part_key, value)
        if held is not None:
            self.redraw.emit()

    def _written(self, write: Callable[..., object], question: str, words: str) -> None:
        self._do(question, write, words)

    def pick(self, question: str, part_key: str) -> None:
        """Ask which record of the file answers a part."""
        state, parent = self.state, self.parent()
        if state is None or not isinstance(parent, QWidget):
            return
        key, *within = part_key.split("/")
        part = state.template.question(question).part(key)
        title = part.column(within[1]).label if within else part.label
        kind = part.column(within[1]).kind if within else part.kind
        found = to_choose(self._session.store, state.run, kind)
        options = [(place, name) for place, (_, _, name) in enumerate(found, start=1)]
        dialog = PickDialog(parent, title, options)

        def take() -> None:
            picked = dialog.picked()
            if picked is not None:
                table, number, _ = found[picked.id - 1]
                held = self._held(question, key) if within else None
                self._answered(question, key, with_cell(held, within, {table: number}))

        dialog.accepted.connect(take)
        dialog.open()

    def _held(self, question: str, key: str) -> object:
        """What a part holds as it is shown, kept or not yet."""
        if unkept := self.unkept.get((question, key)):
            return unkept.value
        given = self.state.given.get(question) if self.state else None
        return given.values.get(key) if given else None

    def type_from_paper(self, text: str) -> None:
        """Take a line typed by number; the view says what became of it."""
        if self.state is None or self._view is None:
            return
        try:
            line = read_line(self.state.template, text, self._session.today())
        except ValueError as error:
            self._view.bar.say(str(error), wrong=True)
            return
        question = line.question
        if line.only_goes:
            self._view.bar.say("")
            self._view.go_to(question.id)
            return
        if line.not_applicable:
            self._do(question.id, runs.set_not_applicable, line.reason)
        else:
            self._answered(question.id, question.first.key, cast("AnswerValue", line.value))
        self._view.bar.say(f"{question.number}: {self._words(question, line)}")
        self._view.show_question(question.id)

    def _words(self, question: Question, line: Line) -> str:
        if line.not_applicable:
            return "Not applicable" if line.reason else "Not applicable, the reason is still to be given"
        return in_words(question.first, line.value, {})

    def _confirmed(self, question: str) -> None:
        self._do(question, confirm)

    def _not_applicable(self, question: str, is_not: bool, reason: str) -> None:
        if is_not:
            self._do(question, runs.set_not_applicable, reason)
        else:
            self._applying = question
            self._applies.start()

    def _apply_again(self) -> None:
        self._do(self._applying, runs.set_not_applicable, applies=True)
