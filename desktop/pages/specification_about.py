"""What a specification says about itself: shown as facts, and filled in as a form in the same panel."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.drafts import Drafts
from desktop.pages.specification.tabs import ABOUT
from desktop.pages.specification_detail import offer_links
from desktop.session import Session
from storage.desk.findings import findings
from storage.desk.specification.specifications import draft_text, version_text
from storage.engine.fields import Kind
from storage.engine.store import Store
from storage.records.specifications import Specification, Version
from widgets.form import RecordForm

SHOWN_ABOVE = ("Reference",)  # stands in the bar above


def about_facts(store: Store, record: Specification, version: Version | None) -> list[tuple[str, str]]:
    """The facts at the head of the draft or of a version."""
    found = version_text(version) if version else draft_text(store, record.key)
    facts = [(label, words) for label, words in found.facts if label not in SHOWN_ABOVE]
    if version is None:
        facts = [("Status", record.status), *facts, ("Outline", record.template)]
    elif version.summary:
        facts.append(("What changed", version.summary))
    return [(label, words) for label, words in facts if words]


class AboutForm(QObject):
    """The form over the same facts, made when it is asked for."""

    def __init__(self, session: Session, drafts: Drafts) -> None:
        super().__init__(drafts)
        self._session, self._drafts = session, drafts
        self.form: RecordForm | None = None
        self._record: Specification | None = None

    @property
    def is_open(self) -> bool:
        """True while the form is shown."""
        return self.form is not None

    def begin(self, record: Specification) -> QWidget:
        """Make the form and fill it."""
        fields = self._session.store.fields(Specification)
        self.form = RecordForm(ABOUT, fields, today=self._session.today(), columns=1)
        self.form.edited.connect(self._edited)
        self.form.draft.connect(self._typed)
        self.show_record(record)
        for name, words in self._drafts.of(record).items():
            if name in fields:
                self.form.put_back_draft(name, words)
        return self.form

    def show_record(self, record: Specification) -> None:
        """Show what the file holds now."""
        self._record = record
        if self.form is None:
            return
        store, today = self._session.store, self._session.today()
        fields = store.fields(Specification)
        values = {n: f.value_of(record, today) for n, f in fields.items() if f.kind is not Kind.DATA}
        offer_links(self._session, self.form, record)
        self.form.show_record(
            values, problems=findings(store, record), read_only=self._session.read_only, record=record.uuid
        )

    def leave(self) -> None:
        """Save what is being typed."""
        if self.form is not None:
            self.form.leave()

    def end(self) -> None:
        """Save, and give the panel back."""
        self.leave()
        self.form = None

    def _edited(self, name: str, value: object) -> None:
        record = self._record
        if record is not None and self._session.change(Specification, record.key, {name: value}, origin=self):
            self._drafts.settled(record, name)

    def _typed(self, name: str, words: str) -> None:
        if self._record is not None:
            self._drafts.typed(self._record, name, words)
