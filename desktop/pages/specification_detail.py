"""The panel beside the list of specifications: its head as a form, what it is linked to, and the ways on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.dialogs.previews import preview_specification
from desktop.pages.links_panel import LinksPanel
from desktop.pages.record_detail import RecordDetail, button, dotted
from desktop.pages.specification.tabs import TABS
from desktop.pages.specification_links import contracts_of, specification_links
from desktop.session import Session
from desktop.words import days_words
from storage.desk.specification.sections import sections_of
from storage.desk.specification.specifications import versions_of
from storage.engine.query import Order, Query
from storage.engine.reading import names_of
from storage.engine.values import show_day
from storage.records.services import Service
from storage.records.specifications import Specification
from widgets.facts import Fact
from widgets.form import RecordForm


def offer_links(session: Session, form: RecordForm, record: Specification) -> None:
    """Fill the lists of services and of specifications it can follow."""
    by_title = Query(order=(Order("title"),))
    form.set_options("service", names_of(session.store, Service, by_title))
    others = [each for each in names_of(session.store, Specification, by_title) if each[0] != record.key]
    for name in ("parent", "supersedes"):
        form.set_options(name, others)


class SpecificationDetail(RecordDetail[Specification]):
    """One specification in short."""

    opened = Signal(int)

    cls = Specification
    tabs = TABS

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.setAccessibleName("Specification")

    def line(self, record: Specification) -> Sequence[QWidget]:
        """Reference, outline and status."""
        return dotted(record.reference, record.template, record.status)

    def facts(self, record: Specification) -> Sequence[Fact]:
        """The version in force, how much is written, who works to it, and when it is to be reviewed."""
        store, today = self.session.store, self.session.today()
        sections, versions = sections_of(store, record.key), versions_of(store, record.key)
        written = sum(bool(s.body.strip()) for s in sections)
        last = versions[-1].issued_on if versions else None
        review, contracts = record.review_date, len(contracts_of(store, record))
        return (
            Fact("issued_as", "In force", f"Version {record.issued_as}" if versions else "None issued",
                 show_day(last) if last else "a draft"),
            Fact("sections", "Written", f"{written} of {len(sections)}", "sections"),
            Fact("contracts", "Contracts", f"{contracts:,}", "work to it" if contracts != 1 else "works to it"),
            Fact("review", "Review by", show_day(review) if review else "No date",
                 days_words(review, today) if review else ""),
        )  # fmt: skip

    def buttons(self, record: Specification) -> Sequence[QWidget]:
        """Open it, print it, bin it."""
        opening, printing = button("Open", icon_name="arrow-right"), button("Print…", icon_name="printer")
        opening.clicked.connect(self._open)
        printing.clicked.connect(self.print_now)
        binned = button("Bin", "quiet", "trash")
        binned.setEnabled(not self.session.read_only)
        binned.clicked.connect(self._bin)
        return [opening, printing, binned]

    def panel(self, key: str) -> QWidget | None:
        """What it is linked to."""
        if key != "links":
            return None
        panel = LinksPanel()
        panel.go.connect(self.go)
        panel.add.connect(self._add)
        return panel

    def show_panel(self, key: str, panel: QWidget, record: Specification) -> None:
        """Fill the links."""
        if isinstance(panel, LinksPanel):
            groups = specification_links(self.session.store, record)
            panel.show_groups(groups, read_only=self.session.read_only)

    def set_options(self, form: RecordForm) -> None:
        """What its service and parent can be."""
        if self.record is not None:
            offer_links(self.session, form, self.record)

    def print_now(self) -> None:
        """Preview the draft."""
        if self.record is not None:
            preview_specification(self, self.session, self.record)

    def _open(self) -> None:
        if self.record is not None:
            self.opened.emit(self.record.key)

    def _bin(self) -> None:
        self.command.emit("edit.bin")

    def _add(self, _group: str) -> None:
        self.command.emit("new.checklist")
