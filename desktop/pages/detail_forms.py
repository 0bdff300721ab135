"""The forms of an open record: filled from the store, saved field by field, drafts kept meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.drafts import Drafts
from desktop.messages import asked_which
from desktop.session import Session
from storage.desk.contract.offers import offers
from storage.desk.findings import findings
from storage.engine.fields import Kind, Record, Value
from widgets.form import Group, RecordForm


class DetailForms(QObject):
    """Forms by the tab they stand on; all show the same record."""

    def __init__(
        self,
        session: Session,
        cls: type[Record],
        options: Callable[[RecordForm], None],
        parent: QObject,
        called: Callable[[Record], str] | None = None,
    ) -> None:
        """`options` gives link fields what they can point to, when a form shows another record.

        `called` says what a step calls a record, where it has no name of its own.
        """
        super().__init__(parent)
        self.drafts = Drafts(session, self)
        self._session, self._cls, self._options, self._called = session, cls, options, called
        self._forms: dict[str, RecordForm] = {}
        self._shown: dict[str, str] = {}  # the record each form shows, by UUID
        self._record: Record | None = None
        self._values: dict[str, dict[str, Value]] = {}  # what each form was last given
        self._overtaken: set[str] = set()  # fields that changed elsewhere while somebody typed in them

    def __contains__(self, key: str) -> bool:
        return key in self._forms

    def __getitem__(self, key: str) -> RecordForm:
        return self._forms[key]

    def make(
        self, key: str, groups: Sequence[Group], *, with_own: bool = False, inside: QWidget | None = None
    ) -> RecordForm:
        """A form of these groups, made inside a widget; the user's own fields follow when asked for."""
        fields = self._session.store.fields(self._cls)
        own = tuple(n for n, f in fields.items() if f.own) if with_own else ()
        groups = [*groups, Group("Your own fields", own)] if own else groups
        form = RecordForm(groups, fields, today=self._session.today(), parent=inside)
        form.edited.connect(partial(self._edited, key))
        form.draft.connect(self._typed)
        form.why_asked.connect(partial(self._why, key))
        form.address_opened.connect(partial(_open_address, form))
        self._forms[key] = form
        return form

    def fill(self, key: str, record: Record, *, read_only: bool) -> None:
        """Show a record; what somebody is typing in it is left alone."""
        store, today, form = self._session.store, self._session.today(), self._forms[key]
        self._record = record
        afresh = self._shown.get(key) != record.uuid
        if afresh:
            self._options(form)
        fields = store.fields(self._cls)
        values = {n: f.value_of(record, today) for n, f in fields.items() if f.kind is not Kind.DATA}
        self._notice_overtaken(key, {} if afresh else self._values.get(key, {}), values)
        self._values[key] = values
        form.show_record(values, problems=findings(store, record), read_only=read_only, record=record.uuid)
        form.show_offers(offers(record), read_only=read_only)
        if afresh:
            self._shown[key] = record.uuid
            for name, words in self.drafts.of(record).items():
                if name in values:
                    form.put_back_draft(name, words)

    def _notice_overtaken(self, key: str, before: Mapping[str, Value], after: Mapping[str, Value]) -> None:
        if not before:
            self._overtaken.clear()
        for name, value in before.items():
            if value != after.get(name) and self._forms[key].is_typed_in(name):
                self._overtaken.add(name)

    def leave(self) -> None:
        """Save what is being typed."""
        for form in self._forms.values():
            form.leave()

    def drop(self) -> list[str]:
        """Forget every form, because the fields changed; the keys they had."""
        keys = list(self._forms)
        self._forms.clear()
        self._shown.clear()
        return keys

    def _edited(self, key: str, name: str, value: object) -> None:
        record = self._record
        if record is None:
            return
        called = self._called(record) if self._called else ""
        if (name in self._overtaken and not self._replaces(record, name, value)) or self._session.change(
            self._cls, record.key, {name: value}, origin=self, called=called
        ):
            self.drafts.settled(record, name)
        else:
            held = self._session.store.fields(self._cls)[name].value_of(record, self._session.today())
            self._forms[key].not_saved(name, held)

    def _replaces(self, record: Record, name: str, value: object) -> bool:
        """Show what the field holds by now beside what was typed; True when the typed value is to be saved."""
        self._overtaken.discard(name)
        field = self._session.store.fields(self._cls)[name]
        held = field.value_of(record, self._session.today())
        words, typed = (field.show(v) for v in (held, value))
        if held == value or asked_which(self._window(name), field.label, words, typed):
            return True
        for form in self._forms.values():
            form.put(name, held)
        return False

    def _window(self, name: str) -> QWidget | None:
        return next((f.window() for f in self._forms.values() if f.has(name)), None)

    def _typed(self, name: str, words: str) -> None:
        if not any(form.is_typed_in(name) for form in self._forms.values()):
            self._overtaken.discard(name)  # the typing was given up
        if self._record is not None:
            self.drafts.typed(self._record, name, words)

    def _why(self, key: str, name: str) -> None:
        if self._record is not None:
            store = self._session.store
            self._forms[key].show_why(name, store.why(self._record, name), store.reasons(self._record, name))


def _open_address(form: RecordForm, words: str) -> None:
    from desktop.links import open_link

    open_link(form, words)
