"""The open service and action: a form, what is linked, and the history."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from desktop.pages import service_lists as lists
from desktop.pages.links_panel import LinkGroup, LinkRow, LinksPanel
from desktop.pages.page import Place
from desktop.pages.record_detail import R, RecordDetail, Tab, button, dotted
from desktop.session import Session
from desktop.words import days_words
from storage.engine.conditions import Where
from storage.engine.query import Order, Query
from storage.engine.reading import names_of
from storage.engine.values import money_brief, show_day
from storage.records.actions import Action
from storage.records.assessments import Run
from storage.records.contracts import Contract, ContractService
from storage.records.services import Service
from storage.records.specifications import Specification
from widgets.facts import Fact
from widgets.form import Group, RecordForm
from widgets.parts import menu_button, pill

LINKS = "links"  # the tab that shows them


class LinkedDetail(RecordDetail[R]):
    """A record with a Links tab that only shows and walks."""

    def panel(self, key: str) -> QWidget | None:
        """The links."""
        if key != LINKS:
            return None
        panel = LinksPanel()
        panel.go.connect(self.go)
        return panel

    def show_panel(self, key: str, panel: QWidget, record: R) -> None:
        """Fill the links."""
        if isinstance(panel, LinksPanel):
            panel.show_groups(self.groups(record), read_only=True)

    def groups(self, record: R) -> list[LinkGroup]:
        """What the record is linked to."""
        return []

    def run_button(self, words: str, icon_name: str, command: str, kind: str = "") -> QWidget:
        """A button that runs a command of the window."""
        made = button(words, kind, icon_name)
        made.setEnabled(not self.session.read_only)
        made.clicked.connect(partial(self._run, command))
        return made

    def _run(self, key: str, _checked: bool = False) -> None:
        self.command.emit(key)

    def contract_row(self, contract: Contract | None, note: str) -> LinkRow:
        """A contract as one line of links."""
        if contract is None:
            return LinkRow("A contract that is no longer in this file", note, None)
        ends = f"ends {show_day(contract.ends)}" if contract.ends else "open-ended"
        binned = " (in the bin)" if contract.binned else ""
        place = None if contract.binned else Place("contracts", contract.key)
        return LinkRow(contract.name + binned, " · ".join(w for w in (note, ends) if w), place)


class ServiceDetail(LinkedDetail[Service]):
    """One service."""

    cls = Service
    tabs = (
        Tab("summary", "Summary", (
            Group("", ("title", "reference", "programme", "setting")),
            Group("Who it is for", ("population", "age_range", "area", "need")),
            Group("Who looks after it", ("lead", "legal_basis", "notes")),
        )),
        Tab("areas", "Areas & decisions", parts=(lists.COVERAGE, lists.LEADS, lists.DECIDES, lists.GROUPS,
                                                 lists.CLINICAL)),
        Tab("practice", "Practice", parts=(lists.PROCEDURES, lists.PLANS, lists.INTERFACES, lists.INDIVIDUAL)),
        Tab("learning", "Learning", parts=(lists.RECOMMENDATIONS, lists.ENGAGEMENT, lists.MARKET, lists.HORIZON,
                                           lists.BEFORE_AFTER)),
        Tab("links", "Links"),
    )  # fmt: skip

    def line(self, record: Service) -> Sequence[QWidget]:
        """Reference and programme."""
        return dotted(record.reference, record.programme, record.setting)

    def facts(self, record: Service) -> Sequence[Fact]:
        """How many contracts, for how much."""
        count, value = record.contracts_held or 0, record.value_held or 0
        return (
            Fact("contracts_held", "Contracts", f"{count:,}", why=True),
            Fact("value_held", "Current value", money_brief(value), why=True),
        )

    def buttons(self, record: Service) -> Sequence[QWidget]:
        """What people do with a service."""
        return [
            self.run_button("Start checklist…", "check-square", "new.checklist"),
            self._more(),
        ]

    def _more(self) -> QWidget:
        """What is done more seldom."""
        menu = QMenu()
        begun = menu.addAction("New specification…")
        begun.triggered.connect(partial(self._run, "new.specification"))
        begun.setEnabled(not self.session.read_only)
        menu.addAction("Export all about it…").triggered.connect(partial(self._run, "text.export"))
        binned = menu.addAction("Move to the bin")
        binned.triggered.connect(partial(self._run, "edit.bin"))
        binned.setEnabled(not self.session.read_only)
        return menu_button("More", menu, "quiet", "dots-three")

    def groups(self, record: Service) -> list[LinkGroup]:
        """Contracts, specifications, checklists and actions of the service."""
        store, here = self.session.store, Query((Where("service", "is", (record.key,)),))
        links = store.all(ContractService, here)
        held = store.many(Contract, [x.contract for x in links if x.contract])
        contracts = tuple(self.contract_row(held.get(x.contract or 0), "") for x in links)
        specifications = tuple(
            LinkRow(s.name, s.status, Place("specifications", s.key)) for s in store.all(Specification, here)
        )
        runs = tuple(LinkRow(r.name, r.standing, Place("checklists", r.key)) for r in store.all(Run, here))
        actions = tuple(LinkRow(a.name, a.status, Place("actions", a.key)) for a in store.all(Action, here))
        return [
            LinkGroup("contract", "Contracts", contracts),
            LinkGroup("specification", "Specifications", specifications),
            LinkGroup("run", "Checklists", runs),
            LinkGroup("action", "Actions", actions),
        ]


class ActionDetail(LinkedDetail[Action]):
    """One action."""

    cls = Action
    tabs = (
        Tab("summary", "Summary", (
            Group("", ("title", "owner", "due", "status", "done_on", "notes")),
            Group("Arose from", ("contract", "service", "specification", "run", "question")),
        )),
    )  # fmt: skip

    def line(self, record: Action) -> Sequence[QWidget]:
        """Owner and when it is due."""
        late = record.due is not None and record.due < self.session.today() and record.status == "Open"
        when = days_words(record.due, self.session.today()) if record.due and record.status == "Open" else ""
        return dotted(record.owner, pill(f"Overdue, {when}", "red") if late else when, record.status)

    def buttons(self, record: Action) -> Sequence[QWidget]:
        """Done, in one press."""
        return [
            self.run_button("Done" if record.status == "Open" else "Open again", "check", "action.done"),
            self.run_button("Bin", "trash", "edit.bin", "quiet"),
        ]

    def set_options(self, form: RecordForm) -> None:
        """What an action can have arisen from."""
        store = self.session.store
        for name, cls in (
            ("contract", Contract),
            ("service", Service),
            ("specification", Specification),
            ("run", Run),
        ):
            form.set_options(name, names_of(store, cls, Query(order=(Order("title"),))))

    def _make_tab(self, key: str) -> None:
        super()._make_tab(key)
        if key in self.forms:
            self.forms[key].link_opened.connect(self._open_link)

    def _open_link(self, name: str, number: object) -> None:
        pages = {
            "contract": "contracts",
            "service": "services",
            "specification": "specifications",
            "run": "checklists",
        }
        if isinstance(number, int):
            self.go.emit(Place(pages[name], number))

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.setAccessibleName("Action")
