"""The open contract: what matters first, its facts, and its tabs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.pages.contract.tabs import TABS
from desktop.pages.contract_cells import SETTLED, TONES, position_of
from desktop.pages.contract_links import contract_links
from desktop.pages.links_panel import LinksPanel
from desktop.pages.page import Place
from desktop.pages.record_detail import RecordDetail, button, dotted
from desktop.session import Session
from desktop.words import CLOSE_DAYS, days_words
from storage.engine.conditions import Where
from storage.engine.query import Query
from storage.engine.values import money_brief, show_day
from storage.records.contracts import Contract
from storage.records.parties import Party
from storage.rules.explained import Explained
from storage.rules.position import position
from widgets.elided import elided_link
from widgets.facts import Fact
from widgets.parts import pill
from widgets.why import WhyStep

_BASES = {"Excluding VAT": "excluding VAT", "Including VAT": "including VAT"}
PROVIDER_ROOM = 198  # pixels
PILL_MORE = 56  # how much more of the line a pill takes than a plain word


class ContractDetail(RecordDetail[Contract]):
    """One contract of the register."""

    cls = Contract
    tabs = TABS

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.setAccessibleName("Contract")

    def line(self, record: Contract) -> Sequence[QWidget]:
        """Reference, provider to walk to, and where it stands."""
        word = position_of(record, self.session.today())
        state: QWidget | str = pill(word, TONES[word]) if word in TONES else word
        return dotted(record.reference, self._provider_link(record, beside_pill=word in TONES), state)

    def _provider_link(self, record: Contract, *, beside_pill: bool) -> QWidget | str:
        where = (Where("contract", "is", (record.key,)), Where("role", "is", ("Provider",)))
        parties = self.session.store.all(Party, Query(where))
        if not record.provider_name or not parties:
            return record.provider_name
        press = elided_link(record.provider_name, PROVIDER_ROOM - (PILL_MORE if beside_pill else 0))
        press.clicked.connect(partial(self._walk, Place("providers", parties[0].organisation or 0)))
        return press

    def _walk(self, place: Place, _checked: bool = False) -> None:
        self.go.emit(place)

    def buttons(self, record: Contract) -> Sequence[QWidget]:
        """What people do with a contract most."""
        start = button("Start checklist…", icon_name="check-square")
        start.setEnabled(not self.session.read_only)
        start.clicked.connect(partial(self._run, "new.checklist"))
        printing = button("Print…", icon_name="printer")
        printing.clicked.connect(partial(self._run, "file.print"))
        binned = button("Bin", "quiet", "trash")
        binned.setEnabled(not self.session.read_only)
        binned.clicked.connect(partial(self._run, "edit.bin"))
        return [start, printing, binned]

    def _run(self, key: str, _checked: bool = False) -> None:
        self.command.emit(key)

    def facts(self, record: Contract) -> Sequence[Fact]:
        """Ends, notice by, value, value a year."""
        today = self.session.today()
        end = record.ends
        ends = Fact("position", "Ends", show_day(end) if end else "Open-ended",
                    days_words(end, today) if end else "no end date", why=True)  # fmt: skip
        value = record.current_value
        worth = Fact("current_value", "Current value", money_brief(value) if value is not None else "Not known",
                     _BASES.get(record.value_basis, ""))  # fmt: skip
        yearly = record.annual_value if record.annual_value is not None else record.annualised
        a_year = Fact("annualised", "A year", money_brief(yearly) if yearly is not None else "Not known",
                      "as recorded" if record.annual_value is not None else "worked out",
                      why=record.annual_value is None)  # fmt: skip
        return ends, self._notice_fact(record), worth, a_year

    def _notice_fact(self, record: Contract) -> Fact:
        today, day = self.session.today(), record.notice_by
        if day is None:
            return Fact("notice_by", "Notice by", "Not known", "", why=True)
        left = (day - today).days
        if position_of(record, today) in SETTLED:
            return Fact("notice_by", "Notice by", show_day(day), "", why=True)
        note = days_words(day, today) if left >= 0 else "passed"
        tone = "amber" if 0 <= left <= CLOSE_DAYS else ""
        return Fact("notice_by", "Notice by", show_day(day), note, why=True, tone=tone)

    def why_words(self, record: Contract, key: str) -> str:
        """Why the facts are what they are."""
        if key == "position":
            return _stands(record, self.session.today()).why
        return super().why_words(record, key)

    def why_steps(self, record: Contract, key: str) -> Sequence[WhyStep]:
        """What that rests on."""
        if key == "position":
            return _stands(record, self.session.today()).reasons
        return super().why_steps(record, key)

    def panel(self, key: str) -> QWidget | None:
        """The plan, links and documents are panels of their own."""
        if key == "plan":
            from desktop.pages.last_safe import LastSafePanel

            plan = LastSafePanel(self.session)
            plan.command.connect(self.command)
            return plan
        if key == "links":
            panel = LinksPanel()
            panel.go.connect(self.go)
            panel.add.connect(self._add_link)
            panel.remove.connect(self._remove_link)
            return panel
        if key == "documents":
            from desktop.pages.contract_documents import ContractDocuments

            return ContractDocuments(self.session)
        if key == "page":
            from desktop.pages.contract_page import ContractPage

            return ContractPage(self.session)
        return None

    def show_panel(self, key: str, panel: QWidget, record: Contract) -> None:
        """Fill the plan, the page, the links or the documents."""
        if key == "page":
            from desktop.pages.contract_page import ContractPage

            if isinstance(panel, ContractPage):
                panel.show_contract(record)
        if isinstance(panel, LinksPanel):
            panel.show_groups(contract_links(self.session.store, record), read_only=self.session.read_only)
        elif key == "plan":
            from desktop.pages.last_safe import LastSafePanel

            if isinstance(panel, LastSafePanel):
                panel.show_contract(record)
        elif key == "documents":
            from desktop.pages.contract_documents import ContractDocuments

            if isinstance(panel, ContractDocuments):
                panel.show_contract(record)

    def _add_link(self, group: str) -> None:
        if self.record is not None:
            commands = {"run": "new.checklist", "action": "new.action"}
            if group in commands:
                self.command.emit(commands[group])
            else:
                from desktop.pages.linking import add_link

                add_link(self, self.session, self.record, group)

    def _remove_link(self, group: str, number: int) -> None:
        if self.record is not None:
            from desktop.pages.linking import remove_link

            remove_link(self.session, self.record, group, number)


def _stands(record: Contract, today: date) -> Explained[str]:
    """Where a contract stands today, and why."""
    return position(
        record.stage, record.start, record.agreed_end, today, bool(record.runs_on), record.renewal
    )
