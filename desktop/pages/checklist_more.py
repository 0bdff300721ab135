"""The menu of an open checklist: again for another year, to another version, compared, earlier answers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from desktop.dialogs.carry_run import CarryDialog
from desktop.dialogs.compare_runs import CompareRuns, called
from desktop.dialogs.pick import PickDialog
from desktop.dialogs.review_section import review_dialog
from desktop.dialogs.risk_matrix import matrix_of_run
from desktop.dialogs.run_stands import RunStands
from desktop.pages.page import Place
from desktop.session import Session
from storage.checklists.risks import has_risks
from storage.checklists.template import read_template
from storage.desk.checklists.carrying import newer, next_year, plan_move
from storage.desk.checklists.run_state import RunState
from storage.desk.checklists.templates import live_text
from storage.exchange.paper.run_compare import comparable
from storage.records.assessments import Run
from widgets.parts import menu_button


class RunMore(QObject):
    """What can be done with a whole run besides answering it. The page says which run it is."""

    go = Signal(object)  # Place

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._page = session, parent
        self.state: RunState | None = None
        self._menu = QMenu()
        self._menu.aboutToShow.connect(self._settle)
        self._again = self._add("Do it again for another year", self.do_again)
        self._carry = self._add("Carry over to another version…", self.carry_over)
        self._compare = self._add("Compare with another…", self.compare)
        self._stands = self._add("Earlier answers…", self.show_stands)
        self._risks = self._add("Risks on one matrix…", self.show_risks)
        self.button = menu_button("More", self._menu, "quiet")

    def _add(self, words: str, act: Callable[[], object]) -> QAction:
        action = self._menu.addAction(words)
        action.triggered.connect(lambda _checked=False: act())
        return action

    def _settle(self) -> None:
        """Only what can be done is offered."""
        state, writes = self.state, not self._session.read_only
        self._again.setEnabled(writes)
        self._carry.setEnabled(writes and state is not None and bool(newer(self._session.store, state.run)))
        self._risks.setEnabled(state is not None and has_risks(state.template))
        self._compare.setEnabled(state is not None and bool(comparable(self._session.store, state.run)))

    def do_again(self) -> None:
        """The same checklist anew, its answers waiting to be confirmed."""
        if self.state is not None:
            key, made = self.state.run.key, list[Run]()
            if self._session.attempt(lambda: made.append(next_year(self._session.store, key))):
                self._open(made[0])

    def carry_over(self) -> None:
        """To a newer version, asked which where there are several."""
        if self.state is None:
            return
        found = newer(self._session.store, self.state.run)
        if len(found) == 1:
            self._carry_to(found[0])
        elif found:
            names = [(n, self._title(each)) for n, each in enumerate(found, start=1)]
            self._pick("Which template?", names, lambda n: self._carry_to(found[n - 1]))

    def compare(self) -> None:
        """With another run of the same template."""
        if self.state is None:
            return
        run = self.state.run
        others = comparable(self._session.store, run)
        names = [(other.key, called(other)) for other in others]
        by_key = {other.key: other for other in others}
        self._pick(
            "Compare with which checklist?",
            names,
            lambda key: CompareRuns(self._page, self._session, run, by_key[key]).open(),
        )

    def show_stands(self) -> None:
        """The answers as they stood earlier."""
        if self.state is not None:
            RunStands(self._page, self._session, self.state.run).open()

    def show_risks(self) -> None:
        """Every score on one matrix; a row of its table leads to the question."""
        if self.state is not None:
            dialog = matrix_of_run(self._page, self._session, self.state.run.key)
            dialog.go.connect(self.go)
            dialog.open()

    def review(self, letter: str) -> None:
        """A reviewer's word on a section."""
        if self.state is not None:
            review_dialog(self._page, self._session, self.state, letter).open()

    def _carry_to(self, template: str) -> None:
        if self.state is None:
            return
        self._session.attempt(partial(self._show_move, self.state.run.key, template))

    def _show_move(self, run: int, template: str) -> None:
        CarryDialog(
            self._page, self._session, plan_move(self._session.store, run, template), self._open
        ).open()

    def _title(self, template: str) -> str:
        read = read_template(live_text(self._session.store, template))
        return f"{template} {read.title}, version {read.version}"

    def _open(self, run: Run) -> None:
        self.go.emit(Place("checklists", run.key))

    def _pick(self, title: str, options: list[tuple[int, str]], act: Callable[[int], object]) -> None:
        dialog = PickDialog(self._page, title, options)

        def take() -> None:
            picked = dialog.picked()
            if picked is not None:
                act(picked.id)

        dialog.accepted.connect(take)
        dialog.open()
