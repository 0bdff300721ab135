"""What the commands on records do: undo, new, bin, retire, merge, done."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from desktop.commands import Run
from desktop.focus import redo_typing, undo_typing
from desktop.new_records import add_record
from desktop.pages.page import Place
from desktop.pages.register import RegisterPage
from desktop.window import MainWindow
from desktop.words import count_words
from storage.desk.bin import move_to_bin
from storage.desk.people import organisations
from storage.engine.query import Order, Query
from storage.engine.reading import names_of
from storage.engine.store import Store
from storage.records.actions import Action
from storage.records.assessments import Run as ChecklistRun
from storage.records.organisations import Organisation

_ABOUT = {
    "contracts": "contract",
    "services": "service",
    "specifications": "specification",
    "providers": "provider",
}


class RecordActions:
    """The Edit and Go commands of one window."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._session = window.session

    def runs(self) -> Mapping[str, Run]:
        """Each command with what it does."""
        plain = {
            f"new.{kind}": partial(self.add, f"new.{kind}")
            for kind in ("contract", "service", "provider", "action")
        }
        return {
            **plain,
            "edit.undo": self.undo,
            "edit.redo": self.redo,
            "edit.find": self.find,
            "edit.bin": self.bin,
            "new.specification": self.new_specification,
            "new.checklist": self.new_checklist,
            "provider.retire": self.retire,
            "provider.merge": self.merge,
            "edit.doubles": self.doubles,
            "action.done": self.done,
        }

    @property
    def _store(self) -> Store:
        return self._session.store

    def undo(self) -> None:
        """The text field with the focus first, then the last step."""
        if not undo_typing(self._window.focusWidget()):
            self._session.undo()

    def redo(self) -> None:
        """The same for Redo."""
        if not redo_typing(self._window.focusWidget()):
            self._session.redo()

    def find(self) -> None:
        """Go to the search."""
        if self._window.palette_panel is not None:
            self._window.palette_panel.open()

    def add(self, key: str) -> None:
        """Add a record and show it."""
        page = self._window.page
        if place := add_record(self._session, key, Place(page.key, page.record_shown())):
            self._window.go(place)
            shown = self._window.page
            if isinstance(shown, RegisterPage):
                shown.begin_naming()

    def new_specification(self) -> None:
        """Start a specification, for the service that is open if there is one."""
        from desktop.dialogs.start_specification import start_specification

        page = self._window.page
        service = page.record_shown() if page.key == "services" else 0
        if number := start_specification(self._window, self._session, service):
            self._window.go(Place("specifications", number))

    def new_checklist(self) -> None:
        """Start a checklist on what is open, or ask what it is about."""
        from desktop.dialogs.start_checklist import start_dialog

        page = self._window.page
        kind, number = _ABOUT.get(page.key, ""), page.record_shown()
        about = (kind, number) if kind and number else None
        start_dialog(self._window, self._session, self._started, about).open()

    def _started(self, run: ChecklistRun) -> None:
        self._window.go(Place("checklists", run.key))

    # ---- the open record

    def bin(self) -> None:
        """Move the chosen records to the bin; Undo brings them back."""
        page = self._window.page
        if not isinstance(page, RegisterPage):
            return
        cls, ids = page.plan.cls, page.selected_ids() or [page.record_shown()]
        ids = [i for i in ids if i]
        if not ids:
            self._window.status.say("Choose a record first, then move it to the bin.")
            return
        words = count_words(len(ids), cls.LABEL.lower(), cls.PLURAL.lower())
        if self._session.attempt(partial(move_to_bin, self._store, cls, ids)):
            self._window.status.say(f"{words} moved to the bin. Undo brings back what was there.")

    def retire(self) -> None:
        """Retire the open provider, or bring it back."""
        organisation = self._organisation()
        if organisation is not None:
            do = organisations.bring_back if organisation.retired else organisations.retire
            self._session.attempt(partial(do, self._store, organisation.key))

    def merge(self) -> None:
        """Merge the open provider into another."""
        from desktop.dialogs.pick import PickDialog

        organisation = self._organisation()
        if organisation is None:
            return
        every = names_of(self._store, Organisation, Query(order=(Order("title"),)))
        options = [(number, name) for number, name in every if number != organisation.key]
        dialog = PickDialog(self._window, f"Merge {organisation.name} into", options)
        picked = dialog.picked() if dialog.exec() else None
        dialog.deleteLater()
        if not picked:
            return
        from desktop.dialogs.join import JoinDialog

        other = self._store.get(Organisation, picked.id)
        show = partial(self._go_to, "providers")
        JoinDialog(self._window, self._session, other, organisation, done=show).open()

    def _go_to(self, page: str, number: int) -> None:
        self._window.go(Place(page, number))

    def doubles(self) -> None:
        """Look at what is likely there twice."""
        from desktop.dialogs.doubles import DoublesDialog

        DoublesDialog(self._window, self._session).open()

    def _organisation(self) -> Organisation | None:
        page = self._window.page
        number = page.record_shown() if page.key == "providers" else 0
        return self._store.many(Organisation, [number]).get(number)

    def done(self) -> None:
        """Mark the open action done today, or open it again."""
        page = self._window.page
        number = page.record_shown() if page.key == "actions" else 0
        action = self._store.many(Action, [number]).get(number)
        if action is None:
            return
        is_open = action.status == "Open"
        values = {
            "status": "Done" if is_open else "Open",
            "done_on": self._session.today() if is_open else None,
        }
        self._session.change(Action, number, values)
