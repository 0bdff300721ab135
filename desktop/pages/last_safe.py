"""The last safe day to act on a contract: every day back from its end, why, how near, and setting one by hand."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from desktop.pages.contract_cells import SETTLED, position_of
from desktop.session import Session
from desktop.words import days_words
from storage.desk.planning.contract_plan import (
    PLAN_TITLES,
    Rung,
    SafePlan,
    routes,
    safe_plans,
    set_back,
    set_day,
    usual_route,
)
from storage.engine.fields import Field, Kind
from storage.engine.steps import Changes
from storage.engine.values import show_day, weekday_name
from storage.records.contract_planning import TO_BUY
from storage.records.contracts import Contract
from storage.rules.last_safe_date import AMBER, LATE, RED
from storage.rules.wording import weekday_day
from widgets.editors import Chooser, DayEditor
from widgets.ladder import Ladder, LadderRung
from widgets.parts import Segmented, col, inset, link, restyle, row, scroll, text
from widgets.shown import set_field
from widgets.why import WhyTree

TONES = {LATE: "red", RED: "red", AMBER: "amber"}
READ_BY = ("contract", "extension", "lead_time", "decision_meeting", "bank_holiday", "desk")
"""The tables a plan is made from."""
ENDED = "This contract has ended. These are the days that would have been."
TOO_LATE = "too late for what follows"


def short_day(day: date) -> str:
    """A date with its weekday, short: Fri 26 Jun 2026."""
    return f"{weekday_name(day)[:3]} {show_day(day)}"


class OpenedRung(QFrame):
    """What a rung opens to: the day to set by hand, setting it back, and why it is what it is."""

    set_asked = Signal(str, object)  # the key of the rung, and its day or None to set it back

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._key = ""
        self.editor = DayEditor(Field("Set by hand", Kind.DAY, name="day"), today=session.today())
        self.editor.committed.connect(self._committed)
        self.editor.setFixedWidth(210)
        label = text("Set by hand", "label")
        set_field(label, self.editor.control)
        self.back = link("Set back", "arrow-counter-clockwise")
        self.back.clicked.connect(self._set_back)
        self._setting = QFrame()
        across = row(self.editor, col(4, self.back, None, gap=0), None, gap=12)
        self._setting.setLayout(col(label, across, gap=4))
        self._setting.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._tree = WhyTree()
        self.setLayout(col(self._setting, self._tree, None, gap=10, margins=(50, 10, 16, 14)))

    def show_rung(self, rung: Rung, read_only: bool) -> None:
        """Show a rung; words being typed for the same one stay."""
        if rung.key == self._key:
            self.editor.renew(rung.day)
        else:
            self._key = rung.key
            self.editor.set_value(rung.day)
        self.editor.set_read_only(read_only)
        self._setting.setVisible(rung.movable)
        self.back.setVisible(rung.moved and not read_only)
        source = f" ({rung.reason.source})" if rung.reason.source else ""
        self._tree.show_why(f"{rung.reason.words}{source}", rung.reason.rests_on)

    def leave(self) -> None:
        """Save what is being typed."""
        self.editor.commit()

    def _committed(self, day: object) -> None:
        self.set_asked.emit(self._key, day)

    def _set_back(self, _checked: bool = False) -> None:
        self.set_asked.emit(self._key, None)


class LastSafePanel(QWidget):
    """The plans of one contract, each a ladder of days. What is set by hand is one step, which Undo takes back."""

    command = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._contract: Contract | None = None
        self._plans: dict[str, SafePlan] = {}
        self._which = ""
        self._stale = False
        self.choice = Segmented([*PLAN_TITLES.items()], 104)
        self.choice.setAccessibleName("Which plan")
        self.choice.chosen.connect(self.show_plan)
        self._start, self._state = text("", "fact", wrap=True), text("", "", wrap=True)
        self._why = text("", "soft", wrap=True)
        self.route = Chooser()
        self.route.setAccessibleName("Route next time")
        self.route.activated.connect(self._route_chosen)
        self.no_meeting = text("", "", wrap=True)
        self.ladder = Ladder()
        self.ladder.pressed.connect(self._pressed)
        self.ladder.left.connect(self.ladder.close_rung)
        self.inside = OpenedRung(session)
        self.inside.setParent(self)
        self.inside.hide()
        self.inside.set_asked.connect(self._set_day)
        self.back = link("Set every day back", "arrow-counter-clockwise")
        self.back.clicked.connect(self._set_back)
        self.compare = link("Compare options…", "graph")
        self.compare.clicked.connect(partial(self._run, "contract.compare"))
        self._lay_out()
        session.changed.connect(self._hear)

    def _lay_out(self) -> None:
        label = text("Route next time", "label")
        set_field(label, self.route)
        self._route_part, self._meeting_part = QFrame(), inset(self.no_meeting)
        self._route_part.setLayout(col(label, self.route, gap=4))
        head = col(
            row(self.choice, None), self._start, self._state, self._why, gap=4, margins=(24, 14, 16, 0)
        )
        head.insertSpacing(1, 6)
        parts = col(self._route_part, self._meeting_part, gap=10, margins=(24, 0, 16, 0))
        foot = row(self.compare, self.back, None, gap=16, margins=(24, 6, 16, 16))
        whole = col(head, parts, self.ladder, foot, None, gap=10)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(scroll(whole, "surface"))

    # ---- showing

    def show_contract(self, contract: Contract) -> None:
        """Show the plans of a contract; of another one than before, with nothing open."""
        other = self._contract is None or self._contract.uuid != contract.uuid
        self._contract = contract
        self._stale = False
        if other:
            self.ladder.close_rung()
            self._which = ""
        self._plans = {each.which: each for each in safe_plans(self._session.store, contract)}
        self.choice.setVisible(len(self._plans) > 1)
        self.show_plan(self._which if self._which in self._plans else next(iter(self._plans)))

    def show_plan(self, which: str) -> None:
        """Show one of the plans."""
        if which != self._which:
            self.ladder.close_rung()
        self._which = which
        self.choice.set_value(which)
        plan = self._plans[which]
        self._say_start(plan)
        self._fill_routes()
        self._route_part.setVisible(which == TO_BUY)
        self.no_meeting.setText(_sentence(plan.no_meeting))
        self._meeting_part.setVisible(bool(plan.no_meeting))
        today = self._session.today()
        passed = sum(each.day < today for each in plan.rungs)
        rungs = [self._drawn(each, today) for each in plan.rungs]
        self.ladder.set_rungs(rungs, passed, f"Today, {short_day(today)}")
        self.ladder.setVisible(bool(rungs))
        self.back.setVisible(plan.moved and not self._session.read_only)
        if opened := next((each for each in plan.rungs if each.key == self.ladder.opened()), None):
            self.inside.show_rung(opened, self._session.read_only)

    def _say_start(self, plan: SafePlan) -> None:
        first = plan.first
        self._start.setVisible(first is not None)
        self._state.setVisible(first is not None)
        self._why.setText(plan.why)
        if first is not None:
            self._why.setText(_sentence(plan.why.removeprefix(f"Start by {weekday_day(first.day)} ")))
            self._start.setText(f"Start by {short_day(first.day)}")
            self._state.setText(ENDED if self._ended else first.near)
            restyle(self._state, tone="" if self._ended else TONES.get(first.urgency, ""))

    @property
    def _ended(self) -> bool:
        contract = self._contract
        return contract is not None and position_of(contract, self._session.today()) in SETTLED

    def _drawn(self, rung: Rung, today: date) -> LadderRung:
        tone = "" if self._ended else TONES.get(rung.urgency, "")
        extra = "Set by hand" if rung.moved else ""
        if rung.too_late:
            tone, extra = "red", f"{extra}, {TOO_LATE}"
        passed = rung.day < today
        note = f"passed, {days_words(rung.day, today)}" if passed else days_words(rung.day, today)
        return LadderRung(rung.key, rung.title, short_day(rung.day), note, tone, extra)

    def _fill_routes(self) -> None:
        contract, options = self._contract, routes(self._session.store)
        self.route.clear()
        usual = usual_route(self._session.store)
        self.route.addItem(f"As usual: {usual}" if usual else "Not chosen", None)
        for number, title in options:
            self.route.addItem(title, number)
        chosen = contract.route if contract is not None else None
        self.route.setCurrentIndex(max(0, self.route.findData(chosen)) if chosen is not None else 0)
        self.route.lock(self._session.read_only)

    # ---- what a person does

    def _pressed(self, key: str) -> None:
        if key == self.ladder.opened():
            self.inside.leave()
            self.ladder.close_rung()
            return
        rung = next(each for each in self._plans[self._which].rungs if each.key == key)
        self.inside.leave()
        self.inside.show_rung(rung, self._session.read_only)
        self.ladder.open_rung(key, self.inside)

    def leave(self) -> None:
        """Save what is being typed."""
        self.inside.leave()

    def _set_day(self, key: str, day: date | None) -> None:
        if self._contract is not None:
            number, which = self._contract.key, self._which
            self._session.attempt(partial(set_day, self._session.store, number, which, key, day))

    def _set_back(self, _checked: bool = False) -> None:
        if self._contract is not None:
            self._session.attempt(partial(set_back, self._session.store, self._contract.key, self._which))

    def _route_chosen(self, place: int) -> None:
        if self._contract is not None:
            self._session.change(Contract, self._contract.key, {"route": self.route.itemData(place)})

    def _run(self, key: str, _checked: bool = False) -> None:
        self.command.emit(key)

    def _hear(self, changes: Changes) -> None:
        if self._contract is None or not changes.touches(*READ_BY):
            return
        if self.isVisible():
            self._read_again()
        else:
            self._stale = True

    def _read_again(self) -> None:
        contract = self._contract
        found = self._session.store.many(Contract, [contract.key]) if contract is not None else {}
        for held in found.values():
            self.show_contract(held)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._read_again()


def _sentence(words: str) -> str:
    """Words that begin with a capital."""
    return f"{words[:1].upper()}{words[1:]}"
