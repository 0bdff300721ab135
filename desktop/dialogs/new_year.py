"""New financial year: choose contracts and parts, look at what will be written, and write it as one step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QWidget

from desktop.dialogs.new_year_choice import NewYearChoice, Offer
from desktop.dialogs.new_year_table import NewYearTable
from desktop.pages.register import RegisterPage
from desktop.session import Session
from desktop.window import MainWindow
from desktop.words import count_words
from desktop.work import SlicedWork
from storage.desk.finance.new_year import beginning, live_contracts, planning
from storage.desk.finance.new_year_parts import NewYear, sums
from storage.desk.lists.views import views_of
from storage.engine.steps import Progress
from storage.engine.values import show_money_short
from storage.records.contracts import Contract
from widgets.parts import ProgressLine, button, card, col, row, scroll, text
from widgets.shown import set_title
from widgets.why import WhyTree

SIZE = (1280, 880)
SETTLE = 200  # ms after the last change before the preview is worked out anew
WORDS = (
    "Nothing is written until you begin the year; then it is one change that Undo takes back. "
    "What was done for the year before stays as it is, so this can be run again."
)
PICK_ONE = "Choose a contract in the list to see how its figures come about."


class NewYearDialog(QDialog):
    """The choices above, the preview under them, and how the figures of the chosen contract come about."""

    def __init__(self, parent: QWidget, session: Session, choice: NewYearChoice) -> None:
        super().__init__(parent)
        set_title(self, "New financial year")
        room = self.screen().availableGeometry()
        self.resize(min(SIZE[0], room.width() - 40), min(SIZE[1], room.height() - 60))
        self._session, self.choice = session, choice
        self.table, self._why = NewYearTable(), WhyTree()
        self._told, self._sums = text("", "small", wrap=True), text("", "soft", wrap=True)
        self._bar = ProgressLine()
        self._bar.hide()
        self.begin = button("Begin the year", "primary")
        self.begin.setDefault(True)
        self._work: SlicedWork | None = None
        self._soon = QTimer(self, singleShot=True, interval=SETTLE)
        self._lay_out()
        self._connect()
        self.look()

    def _lay_out(self) -> None:
        cancel = button("Cancel")
        cancel.clicked.connect(self.reject)
        self._toggle = button("Leave out or take in")
        self._toggle.setEnabled(False)
        below = scroll(row(self._why, margins=(12, 8, 12, 8)))
        below.setFixedHeight(120)
        head = col(text("New financial year", "title"), text(WORDS, "soft", wrap=True), gap=4)
        sums = row(gap=12)
        sums.addWidget(self._sums, 1)
        sums.addWidget(self._toggle)
        foot = row(gap=8)
        foot.addWidget(self._told, 1)
        foot.addWidget(cancel)
        foot.addWidget(self.begin)
        preview = card(self.table, margins=1)
        down = col(head, self.choice, sums, self._bar, gap=12, margins=(24, 20, 24, 20))
        down.addWidget(preview, 1)
        down.addWidget(card(below, margins=1))
        down.addLayout(foot)
        self.setLayout(down)

    def _connect(self) -> None:
        self._soon.timeout.connect(self.look)
        self.choice.changed.connect(self._soon.start)
        self.choice.changed.connect(partial(self.begin.setEnabled, False))
        self.table.current_changed.connect(self._explain)
        self.table.selection_changed.connect(self._chosen)
        self._toggle.clicked.connect(self._toggle_chosen)
        self.begin.clicked.connect(self.accept)

    # ---- the preview

    def look(self) -> None:
        """Work the preview out anew, in slices; what was still being worked out is given up."""
        self._stop()
        self.begin.setEnabled(False)
        chosen = self.choice.chosen()
        self._told.setText(chosen.trouble())
        looked = replace(chosen, uplift=False) if chosen.trouble() else chosen
        self._work = SlicedWork(self._looking(looked), self)
        self._work.progressed.connect(self._progressed)
        self._work.failed.connect(self._failed)
        self._bar.show()
        self._work.start()

    def _looking(self, chosen: NewYear) -> Iterator[Progress]:
        rows = yield from planning(self._session.store, self.choice.ids(), chosen)
        self._bar.hide()
        self.table.show_rows(rows)
        if rows and not self.table.current_id():
            self.table.select_id(rows[0].contract)
        self._explain(self.table.current_id())
        self._count()

    def _progressed(self, progress: Progress) -> None:
        self._bar.set_share(progress.done / progress.total if progress.total else 0.0)
        self._sums.setText(f"{progress.doing}: {progress.done:,} of {progress.total:,}…")

    def _failed(self, words: str) -> None:
        self._bar.hide()
        self._told.setText(words)

    def _stop(self) -> None:
        if self._work is not None:
            self._work.cancel()
            self._work.deleteLater()
            self._work = None

    def _count(self) -> None:
        """What the preview comes to, and what the button would do."""
        told = sums(self.table.rows())
        chosen = self.choice.chosen()
        words = [f"{count_words(told.changing, 'contract')} of {told.contracts:,} will change"]
        if told.planned:
            rise = told.planned - told.before
            more = f"{show_money_short(abs(rise))} {'more' if rise >= 0 else 'less'}"
            words.append(
                f"{chosen.label}: {show_money_short(told.planned)}, {more} than {show_money_short(told.before)}"
            )
        if told.unknown:
            words.append(f"{count_words(told.unknown, 'contract')} without a figure for {chosen.label}")
        if told.warned:
            words.append(f"{count_words(told.warned, 'contract')} to look at")
        self._sums.setText(". ".join(words) + ".")
        self.begin.setText(f"Begin {chosen.label} for {count_words(told.changing, 'contract')}")
        self.begin.setEnabled(bool(told.changing) and not chosen.trouble())
        if not told.changing and not chosen.trouble():
            self._told.setText(f"Everything ticked is there already for {chosen.label}, or cannot be done.")

    def _explain(self, number: int) -> None:
        found = self.table.row_of(number)
        if found is None:
            self._why.show_why(PICK_ONE)
            return
        name = " · ".join(w for w in (found.reference, found.title, found.provider) if w)
        self._why.show_why(name, found.steps())

    def _chosen(self, count: int) -> None:
        self._toggle.setEnabled(count > 0)
        self._count()

    def _toggle_chosen(self, _checked: bool = False) -> None:
        self.table.toggle(self.table.selected_ids())

    # ---- the end

    def accept(self) -> None:
        """Begin the year, unless something typed cannot be read or what was chosen cannot be done."""
        if self.choice.commit() and self.begin.isEnabled():
            super().accept()

    def done(self, result: int) -> None:
        """However it ends, nothing goes on being worked out."""
        self._soon.stop()
        self._stop()
        super().done(result)


def offers_of(window: MainWindow) -> tuple[list[Offer], int]:
    """The contracts that can be chosen together, and which choice is proposed: the chosen rows where there are some."""
    store, page = window.session.store, window.page
    made = [Offer("All that run", tuple(live_contracts(store)))]
    first = 0
    if isinstance(page, RegisterPage) and page.plan.cls is Contract:
        if len(rows := page.selected_ids()) > 1:
            made.append(Offer("The chosen rows", tuple(rows)))
            first = 1
        elif number := page.record_shown():
            made.append(Offer(store.get(Contract, number).name, (number,)))
    for view in views_of(store, "contracts", Contract):
        if not view.missing:
            ids = tuple(store.ids(Contract, view.arrangement.query))
            made.append(Offer(f"View: {view.name}", ids))
    return made, first


def new_year(window: MainWindow) -> None:
    """Ask, and begin the year; the window shows how far it is, and Cancel leaves all as it was."""
    session = window.session
    offers, first = offers_of(window)
    dialog = NewYearDialog(window, session, NewYearChoice(offers, session.today(), first))
    agreed, chosen = bool(dialog.exec()), dialog.choice.chosen()
    ids = [r.contract for r in dialog.table.rows() if r.writes]
    dialog.deleteLater()
    if agreed:
        said = f"{chosen.label} has begun for {count_words(len(ids), 'contract')}. Undo takes all of it back."
        session.run(
            beginning(session.store, ids, chosen), "New financial year", partial(session.said.emit, said)
        )
