"""A file on a share, as its user meets it: opened through a copy, published, and never lost whatever the share does."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from desktop.app import Desk
from desktop.commandline import run_verb
from desktop.dialogs.merge import MergeDialog
from desktop.preferences import Preferences
from desktop.sharing import CLOSE, LATER, MERGE, STAY
from desktop.window import MainWindow
from storage.desk.office import office
from storage.engine import disk
from storage.engine.merge.siblings import known_steps, merged_before, with_other_changes
from storage.engine.opening import new_store, open_store
from storage.engine.state import file_uuid
from storage.engine.store import Store
from storage.records.contracts import Contract


@pytest.fixture
def remote(tmp_path: Path, home: Path) -> Path:
    """A file with one contract in a cloud's folder, its first questions answered."""
    folder = tmp_path / "OneDrive - Trust"
    folder.mkdir()
    with closing(new_store(folder / "register.desk")) as store, store.step("Start"):
        store.save(replace(office(store), organisation="Trust", person="Joy Okafor"))
        store.save(Contract(reference="C-1", title="Stroke support"))
    return folder / "register.desk"


@pytest.fixture
def desk(qapp: QApplication, home: Path) -> Iterator[Desk]:
    made = Desk(qapp, Preferences())
    yield made
    if made.window is not None:
        made.window.may_close = lambda: True
        made.window.close()
        made.window.deleteLater()
    made.deleteLater()


def window_of(desk: Desk) -> MainWindow:
    assert desk.window is not None
    return desk.window


def rename(store: Store, title: str) -> None:
    store.change(Contract, 1, {"title": title})


def titles(path: Path) -> list[str]:
    with closing(open_store(path, read_only=True)) as store:
        return [c.title for c in store.all(Contract)]


def by_somebody_else(remote: Path, change: Callable[[Store], object]) -> None:
    elsewhere = remote.parent.parent / "elsewhere.desk"
    disk.copy(remote, elsewhere)
    with closing(open_store(elsewhere, who="Priya Shah")) as store:
        change(store)
    elsewhere.replace(remote)


def status(desk: Desk) -> str:
    return " ".join(label.text() for label in window_of(desk).status.findChildren(QLabel))


def said(desk: Desk) -> str:
    return " ".join(label.text() for label in window_of(desk).banners.findChildren(QLabel))


def answering(kind: type[QDialog], answer: Callable[[QDialog], None], met: list[str]) -> None:
    """Answer the next dialog of a kind once it is shown."""

    def look() -> None:
        shown = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
        if not shown:
            QTimer.singleShot(20, look)
            return
        dialog = shown[0]
        met.append(dialog.text() if isinstance(dialog, QMessageBox) else dialog.windowTitle())
        answer(dialog)

    QTimer.singleShot(20, look)


def pressing(words: str) -> Callable[[QDialog], None]:
    def press(dialog: QDialog) -> None:
        assert isinstance(dialog, QMessageBox)
        next(b for b in dialog.buttons() if b.text() == words).click()

    return press


def test_l4_work_on_a_share_is_published_when_the_window_closes(desk: Desk, remote: Path) -> None:
    before = remote.read_bytes()
    assert desk.open(remote)
    window = window_of(desk)
    assert window.windowTitle().startswith(
        "register.desk"
    ) and "Working copy of register.desk on OneDrive" in status(desk)
    rename(window.session.store, "Stroke rehabilitation")
    assert remote.read_bytes() == before and "not yet published" in status(desk)
    assert window.close() and titles(remote) == ["Stroke rehabilitation"]
    assert desk.preferences.recent == [remote]


def test_l4_publish_now_is_a_command_only_where_there_is_something_to_publish_to(
    desk: Desk, remote: Path, tmp_path: Path
) -> None:
    local = tmp_path / "local.desk"
    disk.copy(remote, local)
    assert desk.open(local)
    assert "file.publish" not in {c.key for c in window_of(desk).menus.commands()}
    assert desk.open(remote)
    rename(window_of(desk).session.store, "Stroke rehabilitation")
    window_of(desk).run("file.publish")
    assert titles(remote) == ["Stroke rehabilitation"] and "published" in status(desk)


def test_l4_when_the_share_is_away_the_user_decides_whether_to_close(
    desk: Desk, remote: Path, tmp_path: Path
) -> None:
    assert desk.open(remote)
    window, met = window_of(desk), list[str]()
    rename(window.session.store, "Stroke rehabilitation")
    remote.parent.rename(tmp_path / "unplugged")
    answering(QMessageBox, pressing(STAY), met)
    assert not window.close() and window.isVisible()
    answering(QMessageBox, pressing(CLOSE), met)
    assert window.close() and len(met) == 2 and "cannot be reached" in met[0]
    (tmp_path / "unplugged").rename(remote.parent)
    assert titles(remote) == ["Stroke support"]
    assert desk.open(remote)
    assert "had not been published" in said(desk)
    assert window_of(desk).close() and titles(remote) == ["Stroke rehabilitation"]


def test_l4_work_of_somebody_else_is_merged_before_it_is_replaced(
    qtbot: QtBot, desk: Desk, remote: Path
) -> None:
    assert desk.open(remote)
    store, met = window_of(desk).session.store, list[str]()
    rename(store, "Stroke rehabilitation")

    def theirs(other: Store) -> None:
        rename(other, "Stroke support at home")
        with other.step("Add"):
            other.save(Contract(reference="C-2", title="Falls classes"))

    by_somebody_else(remote, theirs)
    answering(QMessageBox, pressing(MERGE), met)
    answering(MergeDialog, lambda d: d.accept(), met)
    window_of(desk).run("file.publish")
    qtbot.waitUntil(lambda: titles(remote) == ["Stroke rehabilitation", "Falls classes"])
    assert "was changed by somebody else" in met[0] and met[1] == "Merge another copy of this file"
    assert "published" in status(desk)
    window_of(desk).run("edit.undo")
    qtbot.waitUntil(lambda: [c.title for c in store.all(Contract)] == ["Stroke rehabilitation"])


def test_l4_a_merge_may_wait_and_nothing_is_replaced_meanwhile(desk: Desk, remote: Path) -> None:
    assert desk.open(remote)
    window, met = window_of(desk), list[str]()
    rename(window.session.store, "Stroke rehabilitation")
    by_somebody_else(remote, lambda other: rename(other, "Stroke support at home"))
    answering(QMessageBox, pressing(LATER), met)
    window.run("file.publish")
    assert titles(remote) == ["Stroke support at home"]
    answering(QMessageBox, pressing(CLOSE), met)
    assert window.close() and titles(remote) == ["Stroke support at home"]
    answering(QMessageBox, pressing(LATER), met)
    assert desk.open(remote)
    assert [c.title for c in window_of(desk).session.store.all(Contract)] == ["Stroke rehabilitation"]


def test_l4_the_command_line_writes_to_a_share_through_the_same_door(
    remote: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "register.csv"
    source.write_text("Reference,Title\nC-9,Falls classes\n", encoding="utf-8")
    assert run_verb(["import", str(remote), str(source)]) == 0
    assert "was published to OneDrive" in capsys.readouterr().err
    assert titles(remote) == ["Stroke support", "Falls classes"] and [
        p.name for p in remote.parent.iterdir()
    ] == ["register.desk"]
    assert run_verb(["export", str(remote), "register", str(tmp_path / "out.xlsx")]) == 0


def test_l4_another_file_is_not_opened_over_work_the_user_would_not_leave(
    desk: Desk, remote: Path, tmp_path: Path
) -> None:
    local = tmp_path / "local.desk"
    disk.copy(remote, local)
    assert desk.open(remote)
    window, met = window_of(desk), list[str]()
    rename(window.session.store, "Stroke rehabilitation")
    remote.parent.rename(tmp_path / "unplugged")
    answering(QMessageBox, pressing(STAY), met)
    assert not desk.open(local) and desk.window is window and window.isVisible()


def test_l5_a_conflict_copy_beside_the_file_is_said_once_and_can_be_merged(
    qtbot: QtBot, desk: Desk, remote: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    local = tmp_path / "local.desk"
    disk.copy(remote, local)
    copy = tmp_path / "local-PC-7.desk"
    disk.copy(local, copy)
    with closing(open_store(copy)) as other:
        rename(other, "Stroke support at home")
    assert desk.open(local)
    qtbot.waitUntil(lambda: "local-PC-7.desk" in said(desk))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *given: (given[2], ""))
    met: list[str] = []
    answering(MergeDialog, lambda d: d.accept(), met)
    window_of(desk).run("file.merge")
    store = window_of(desk).session.store
    state = window_of(desk).session.state
    qtbot.waitUntil(lambda: bool(merged_before(state)))
    assert store.get(Contract, 1).title == "Stroke support at home"
    assert copy.exists() and not with_other_changes(
        local, file_uuid(store.conn), known_steps(store) | merged_before(state)
    )
