"""The open organisation: its form, the contracts that name it, and its people."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from desktop.dialogs.form_dialog import FormDialog, Values
from desktop.pages.links_panel import LinkGroup, LinkRow, LinksPanel
from desktop.pages.page import Place
from desktop.pages.provider_lists import OTHER_NAMES, PREDECESSORS, SITES, SUCCESSORS
from desktop.pages.record_detail import Tab, dotted
from desktop.pages.run_subjects import run_rows
from desktop.pages.simple_details import LINKS, LinkedDetail
from desktop.words import count_words
from storage.desk.bin import move_to_bin
from storage.engine.conditions import Where
from storage.engine.query import Order, Query
from storage.engine.store import with_values
from storage.engine.values import money_brief
from storage.records.contracts import Contract
from storage.records.organisations import Organisation, Person
from storage.records.parties import Party
from storage.rules.concentration import Exposure, exposure
from storage.rules.explained import Explained
from storage.rules.rates import show_rate
from widgets.facts import Fact
from widgets.form import Group
from widgets.parts import menu_button, pill
from widgets.why import WhyStep

PEOPLE, SHARE = "people", "share"
PERSON_FIELDS = ("title", "role", "email", "phone", "notes")


class ProviderDetail(LinkedDetail[Organisation]):
    """One organisation."""

    cls = Organisation
    tabs = (
        Tab("summary", "Summary", (
            Group("", ("title", "short_name", "kind", "retired")),
            Group("Reaching them", ("address", "email", "phone")),
            Group("Numbers", ("company_number", "charity_number", "ods_code", "ppon", "other_id")),
            Group("Kind of supplier", ("sme", "vcse", "vcse_type", "notes")),
        )),
        Tab("links", "Links"),
        Tab(PEOPLE, "People"),
        Tab("sites", "Sites", parts=(SITES,)),
        Tab("names", "Names", parts=(OTHER_NAMES, PREDECESSORS, SUCCESSORS)),
    )  # fmt: skip

    def line(self, record: Organisation) -> Sequence[QWidget]:
        """Kind and numbers."""
        number = f"company {record.company_number}" if record.company_number else ""
        return dotted(record.kind, number, pill("Retired") if record.retired else "")

    def facts(self, record: Organisation) -> Sequence[Fact]:
        """How many contracts, for how much."""
        count, value = record.contracts_held or 0, record.value_held or 0
        return (
            Fact("contracts_held", "Contracts as provider", f"{count:,}", why=True),
            Fact("value_held", "Current value", money_brief(value), why=True),
            Fact(SHARE, "Share of all", self._share(record), why=True),
        )

    def _exposure(self, record: Organisation) -> Explained[Exposure | None]:
        """What this organisation holds of the value of all contracts."""
        held = self.session.store.tally(Organisation, "title", "value_held")
        return exposure(record.title, [(str(title), value) for title, _, value in held if value])

    def _share(self, record: Organisation) -> str:
        found = self._exposure(record).value
        return show_rate(found.percent) if found else "None"

    def why_words(self, record: Organisation, key: str) -> str:
        """Why the facts are what they are."""
        return self._exposure(record).why if key == SHARE else super().why_words(record, key)

    def why_steps(self, record: Organisation, key: str) -> Sequence[WhyStep]:
        """The steps behind that."""
        return self._exposure(record).reasons if key == SHARE else super().why_steps(record, key)

    def buttons(self, record: Organisation) -> Sequence[QWidget]:
        """Start a checklist; retire or merge, since an organisation with contracts is never deleted."""
        retire = "Bring back" if record.retired else "Retire"
        return [
            self.run_button("Start checklist…", "check-square", "new.checklist"),
            self.run_button(retire, "sign-out", "provider.retire"),
            self._more(),
        ]

    def _more(self) -> QWidget:
        """What is done more seldom."""
        menu = QMenu()
        for words, command in (("Merge into…", "provider.merge"), ("Move to the bin", "edit.bin")):
            action = menu.addAction(words)
            action.triggered.connect(partial(self._run, command))
            action.setEnabled(not self.session.read_only)
        return menu_button("More", menu, "quiet", "dots-three")

    def groups(self, record: Organisation) -> list[LinkGroup]:
        """The contracts that name it, with its role in each, and the checklists about it."""
        parties = self.session.store.all(Party, Query((Where("organisation", "is", (record.key,)),)))
        held = self.session.store.many(Contract, [p.contract for p in parties if p.contract])
        rows = [self.contract_row(held.get(p.contract or 0), p.role) for p in parties]
        runs = run_rows(self.session.store, "provider", record.key)
        return [
            LinkGroup("contract", count_words(len(rows), "contract"), tuple(rows)),
            LinkGroup("run", "Checklists", runs),
        ]

    def panel(self, key: str) -> QWidget | None:
        """People are added, changed and binned here."""
        made = super().panel(LINKS if key == PEOPLE else key)
        if key == PEOPLE and isinstance(made, LinksPanel):
            made.go.disconnect(self.go)
            made.go.connect(self._change_person)
            made.add.connect(self._add_person)
            made.remove.connect(self._bin_person)
        return made

    def show_panel(self, key: str, panel: QWidget, record: Organisation) -> None:
        """Fill the contracts, or the people."""
        if key == PEOPLE and isinstance(panel, LinksPanel):
            panel.show_groups([self._people(record)], read_only=self.session.read_only)
        else:
            super().show_panel(key, panel, record)

    def _people(self, record: Organisation) -> LinkGroup:
        query = Query((Where("organisation", "is", (record.key,)),), (Order("title"),))
        people = self.session.store.all(Person, query)
        rows = [
            LinkRow(
                p.name, " · ".join(w for w in (p.role, p.email, p.phone) if w), Place(PEOPLE, p.key), p.key
            )
            for p in people
        ]
        return LinkGroup(PEOPLE, "People", tuple(rows), "Add a person", "Nobody is named yet")

    def _add_person(self, _group: str) -> None:
        self._ask("Add a person", "Add", None)

    def _change_person(self, place: Place) -> None:
        self._ask("Change a person", "Save", self.session.store.get(Person, place.record))

    def _ask(self, title: str, do: str, person: Person | None) -> None:
        fields = [Person.FIELDS[name] for name in PERSON_FIELDS]
        values = {name: getattr(person, name) for name in PERSON_FIELDS} if person else None
        save = partial(self._save_person, person)
        FormDialog(self, title, fields, save, do=do, today=self.session.today(), values=values).open()

    def _save_person(self, person: Person | None, values: Values) -> None:
        if self.record is None:
            return
        store = self.session.store
        made = with_values(person or Person(organisation=self.record.key), values)
        with store.step(f"{'Change' if person else 'Add'} {made.name}"):
            store.save(made)

    def _bin_person(self, _group: str, number: int) -> None:
        self.session.attempt(partial(move_to_bin, self.session.store, Person, [number]))
