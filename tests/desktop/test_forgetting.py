"""Forgetting a person from the window: every place first, then the file without them, then the copies that are left."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from desktop.app import Desk
from desktop.dialogs.forget import ForgottenDialog, PreviewDialog
from desktop.dialogs.form_dialog import FormDialog
from desktop.preferences import Preferences
from storage.engine.backup.backups import AFTER_FORGETTING, list_copies
from storage.engine.forget.texts import Place
from storage.engine.history import History
from storage.engine.opening import new_store
from storage.engine.steps import FORGET
from storage.records.actions import Action
from storage.records.organisations import Person
from storage.records.reference import Desk as Office

D = TypeVar("D", bound=QDialog)


@pytest.fixture(params=["here", "OneDrive - Trust"])
def desk(qapp: QApplication, tmp_path: Path, home: Path, request: pytest.FixtureRequest) -> Iterator[Desk]:
    """The program on a file that names Ann Lee, on this computer and, worked on in a copy, in a cloud’s folder."""
    path = tmp_path / request.param / "register.desk"
    path.parent.mkdir()
    with closing(new_store(path)) as store, store.step("Fill"):
        store.save(Office(organisation="Leeds", person="Joy Okafor"))
        store.save(Person(title="Ann Lee", phone="0113 496 0000"))
        store.save(Action(title="Write to Ann Lee", owner="Lee, Ann"))
        store.save(Action(title="Ring 0113 4960000", owner="Joy"))
    made = Desk(qapp, Preferences())
    made.open(path)
    yield made
    if made.window is not None:
        made.window.may_close = lambda: True
        made.window.close()
        made.window.deleteLater()
    made.deleteLater()


def shown(qtbot: QtBot, desk: Desk, kind: type[D]) -> D:
    """The dialog of a kind, once it is there."""

    def there() -> list[D]:
        return [d for d in desk.window.findChildren(kind) if d.isVisible()] if desk.window else []

    qtbot.waitUntil(lambda: bool(there()), timeout=20_000)
    return there()[0]


def ask(qtbot: QtBot, desk: Desk, name: str) -> FormDialog:
    assert desk.window is not None
    desk.window.run("edit.forget")
    dialog = shown(qtbot, desk, FormDialog)
    dialog.editor("name").set_value(name)
    dialog.accept()
    return dialog


def test_a_person_is_forgotten_in_the_window(qtbot: QtBot, desk: Desk) -> None:
    assert desk.window is not None
    file = desk.window.session.store.file.user_path
    desk.window.run("file.backup")
    ask(qtbot, desk, "Ann Lee")
    preview = shown(qtbot, desk, PreviewDialog)
    assert set(preview.places) == {Place("action", "owner"), Place("action", "title")} and list(
        preview.people
    ) == [1]
    preview.forget.click()
    done = shown(qtbot, desk, ForgottenDialog)
    store = desk.window.session.store
    assert store.file.user_path == file and store.many(Person, [1]) == {}
    assert [a.owner[:11] for a in store.all(Action)] == [
        "removed on ",
        "Joy",
    ] and b"Lee, Ann" not in file.read_bytes()
    assert History(store).latest(1)[0].kind == FORGET
    assert [c.why for c in list_copies(file)] == [AFTER_FORGETTING, "by hand"] and len(done.copies) == 1
    assert not done.delete.isEnabled()
    next(iter(done.copies.values())).setChecked(True)
    done.delete.click()
    assert [c.why for c in list_copies(file)] == [AFTER_FORGETTING]
    done.accept()


def test_what_is_unticked_stays(qtbot: QtBot, desk: Desk) -> None:
    ask(qtbot, desk, "Ann Lee")
    preview = shown(qtbot, desk, PreviewDialog)
    for box in (preview.people[1], preview.places[Place("action", "owner")]):
        box.setChecked(False)
    preview.forget.click()
    shown(qtbot, desk, ForgottenDialog).accept()
    assert desk.window is not None
    store = desk.window.session.store
    assert store.get(Person, 1).title == "Ann Lee" and store.get(Action, 1).owner == "Lee, Ann"
    assert store.get(Action, 1).title.startswith("Write to removed on ")


def test_nothing_ticked_is_nothing_to_forget(qtbot: QtBot, desk: Desk) -> None:
    ask(qtbot, desk, "Ann Lee")
    preview = shown(qtbot, desk, PreviewDialog)
    for box in (*preview.people.values(), *preview.places.values()):
        box.setChecked(False)
    assert not preview.forget.isEnabled()
    preview.reject()


def test_somebody_who_is_nowhere_is_said_to_be_nowhere(qtbot: QtBot, desk: Desk) -> None:
    assert desk.window is not None
    ask(qtbot, desk, "Nobody Atall")
    qtbot.waitUntil(lambda: bool(desk.window and desk.window.messages.shown))
    assert "Nobody Atall is nowhere in this file. Nothing was changed." in desk.window.messages.shown[-1]


def test_a_name_too_short_is_refused_in_the_dialog(qtbot: QtBot, desk: Desk) -> None:
    dialog = ask(qtbot, desk, "J")
    assert "Type the name of the person" in dialog.said()
    dialog.reject()


def test_a_change_made_meanwhile_is_kept_and_nothing_is_forgotten(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    exchange, failed = desk.exchange, list[str]()

    def late(path: Path, put: Callable[[], None]) -> bool:
        assert desk.window is not None
        assert desk.window.session.change(Action, 2, {"notes": "Meanwhile"})
        return exchange(path, put)

    ask(qtbot, desk, "Ann Lee")
    preview = shown(qtbot, desk, PreviewDialog)
    monkeypatch.setattr(desk, "exchange", late)
    preview.forget.click()
    monkeypatch.setattr(desk, "report", failed.append)
    qtbot.waitUntil(lambda: bool(failed), timeout=20_000)
    assert "was changed meanwhile, so nothing was removed" in failed[0] and desk.window is not None
    store = desk.window.session.store
    assert store.get(Action, 2).notes == "Meanwhile" and store.get(Action, 1).owner == "Lee, Ann"
