"""Forgetting a person from the window: who, where they are named, and then the older copies that still hold them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Protocol, cast

from desktop.commands import Run
from desktop.sheet_work import SheetWork
from desktop.window import MainWindow
from storage.desk.people.forgetting import Somebody, erasure, forgetting_person, somebody
from storage.engine.backup import backups
from storage.engine.backup.snapshots import image_at
from storage.engine.fields import Field, Kind
from storage.engine.forget.forgetting import Erasure, Forgotten, Found, looking, put_in_place
from storage.engine.forget.old_copies import Holder, finding
from storage.engine.forget.texts import Place

NAME = Field("Name", Kind.TEXT, name="name", required=True, width=300)
ALSO = Field("Other spellings and e-mail addresses, one a line", Kind.NOTE, name="also")
WORDS = (
    "The person is taken out of the records, the history, the search and what is being typed, and so out of every "
    "new backup. The e-mail address and number in their record are looked for too. You see every place first."
)
TITLE = "Forget a person"


class Exchanger(Protocol):
    """What closes a file and opens it again: the running program."""

    window: MainWindow | None

    def exchange(self, path: Path, put: Callable[[], None]) -> bool:
        """Close a file without a backup of it, let `put` replace it, and open it; False when it was not replaced."""


class Forgetting:
    """The command of one window."""

    def __init__(self, desk: Exchanger, window: MainWindow) -> None:
        self._desk, self._window, self._session = desk, window, window.session

    def runs(self) -> Mapping[str, Run]:
        """The command with what it does."""
        return {"edit.forget": self.ask}

    def ask(self) -> None:
        """Ask who is to be forgotten."""
        from desktop.dialogs.form_dialog import FormDialog, Values

        def look(values: Values) -> None:
            also = str(values["also"]).splitlines()
            who = somebody(self._session.store, str(values["name"]), also)
            self.look(who)

        FormDialog(
            self._window, TITLE, [NAME, ALSO], look, do="Look for them", today=self._session.today(), words=WORDS
        ).open()  # fmt: skip

    def look(self, who: Somebody) -> None:
        """Find every place that names somebody, and show them."""
        path, removal = self._session.store.file.path, erasure(who, self._session.today())
        shown = partial(self._show, who, removal)
        SheetWork(
            self._window, f"Looking for {who.name}", lambda _held: looking(image_at(path), removal), shown
        )

    def _show(self, who: Somebody, removal: Erasure, result: object) -> None:
        from desktop.dialogs.forget import PreviewDialog

        found = cast("dict[Place, Found]", result)
        if not found and not who.people:
            self._window.messages.told(
                f"{who.name} is nowhere in this file. Nothing was changed. Try another spelling, or part of the name."
            )
            return
        own = self._session.store.own_fields()
        dialog = PreviewDialog(self._window, who, found, own, removal.instead)
        dialog.accepted.connect(lambda: self.forget(who, dialog.kept(), dialog.spared()))
        dialog.open()

    def forget(self, who: Somebody, kept: list[Place], spared: list[int]) -> None:
        """Write the file anew without somebody, and let it take the place of this one."""
        store = self._session.store
        path, by = store.file.path, store.steps.who
        removal = erasure(who, self._session.today(), keep=kept, spared=spared)
        SheetWork(
            self._window, f"Forgetting {who.name}", lambda _held: forgetting_person(image_at(path), removal, path, by),
            partial(self._replace, who, path),
        )  # fmt: skip

    def _replace(self, who: Somebody, path: Path, result: object) -> None:
        done = cast("Forgotten", result)
        if not self._desk.exchange(path, partial(put_in_place, path, done)) or self._desk.window is None:
            return
        window = self._desk.window
        backup = backups.making(window.session.store.file, backups.AFTER_FORGETTING)
        window.session.run(backup, "Making a backup", partial(_look_for_copies, window, who, done))


def _look_for_copies(window: MainWindow, who: Somebody, done: Forgotten) -> None:
    window.run("file.publish")  # a file that lies elsewhere holds the person until then
    uuid, file = window.session.state.file_uuid, window.session.store.file
    look = partial(finding, uuid, file.path, who.spelling, lying=file.user_path)
    shown = partial(_show_copies, window, who, done)
    SheetWork(window, "Looking for older copies", lambda _held: look(), shown)


def _show_copies(window: MainWindow, who: Somebody, done: Forgotten, result: object) -> None:
    from desktop.dialogs.forget import ForgottenDialog

    ForgottenDialog(window, who, done, cast("list[Holder]", result), window.messages.failed).open()
