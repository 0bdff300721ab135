"""The merge screen: what is different, conflicts first, a side for each, one change that undo takes back."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.dialogs.merge import NOTHING_NEW, MergeDialog, merge_with
from desktop.dialogs.merge_rows import Choices
from desktop.dialogs.merge_table import BEFORE, MINE, THEIRS
from desktop.session import Session
from desktop.window import MainWindow
from storage.engine.backup.snapshots import save_as
from storage.engine.contents import finished
from storage.engine.merge.joining import Joining, joining
from storage.engine.opening import open_store
from storage.engine.store import Store
from storage.records.contracts import Contract


@pytest.fixture
def theirs(filled: Store, tmp_path: Path) -> Iterator[Store]:
    """A copy in which one contract has another title and end, one is new, and one title is changed here too."""
    save_as(filled, tmp_path / "theirs.desk")
    other = open_store(tmp_path / "theirs.desk", who="Priya Shah")
    with other.step("Theirs"):
        first, second = other.get(Contract, 1), other.get(Contract, 2)
        other.save(replace(first, title="Stroke support at home", notes="Long <b>note</b>\n" * 40))
        other.save(replace(second, title="Falls classes, theirs", reference="C-2b"))
        other.save(Contract(reference="C-9", title="Short breaks"))
    filled.change(Contract, 2, {"title": "Falls classes, mine"})
    yield other
    other.close()


@pytest.fixture
def joined(filled: Store, theirs: Store) -> Joining:
    return finished(joining(filled, theirs.conn))


@pytest.fixture
def dialog(qtbot: QtBot, joined: Joining) -> Iterator[MergeDialog]:
    parent = QWidget()
    qtbot.addWidget(parent)
    made = MergeDialog(parent, "theirs.desk", joined)
    made.show()
    yield made
    made.close()
    parent.close()


def listed(choices: Choices) -> list[tuple[str, str]]:
    return [(choices.title(line), choices.side(line)) for line in choices.lines]


def sides(dialog: MergeDialog) -> list[str]:
    return [side for _, side in listed(dialog.choices)]


def cells(dialog: MergeDialog, row: int) -> list[str]:
    return [str(dialog.table.data(dialog.table.index(row, column))) for column in range(4)]


def test_conflicts_come_first_and_keep_mine_until_the_user_says_otherwise(dialog: MergeDialog) -> None:
    assert listed(dialog.choices) == [
        ("Contract: Falls classes, mine", "both"), ("Title", "mine"), ("Reference", "theirs"),
        ("Contract: Stroke support", "theirs"), ("Title", "theirs"), ("Notes", "theirs"),
        ("Contract: Short breaks", "theirs"),
    ]  # fmt: skip
    assert cells(dialog, 1) == ["Title", "Falls classes", "Falls classes, theirs", "Falls classes, mine"]
    assert dialog.choices.note(dialog.choices.lines[0]) == ("Both changed it", "amber")
    words = "5 differences in 3 records; 1 was changed on both sides and comes first."
    assert dialog.choices.summary == words


def click(dialog: MergeDialog, row: int, column: int) -> None:
    place = dialog.view.visualRect(dialog.table.index(row, column)).center()
    QTest.mouseClick(dialog.view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_side_is_chosen_per_cell_per_record_and_for_all(dialog: MergeDialog) -> None:
    click(dialog, 1, THEIRS)
    assert sides(dialog)[:3] == ["theirs", "theirs", "theirs"]
    click(dialog, 0, MINE)
    assert sides(dialog)[:3] == ["mine", "mine", "mine"]
    click(dialog, 4, BEFORE)
    assert sides(dialog)[4] == "theirs"  # what was before is no choice
    dialog.view.setCurrentIndex(dialog.table.index(4, MINE))
    QTest.keyClick(dialog.view, Qt.Key.Key_Space)
    assert sides(dialog)[3:6] == ["both", "mine", "theirs"]
    dialog.choices.take_none()
    assert dialog.choices.chosen == []
    dialog.choices.take_all()
    assert len(dialog.choices.chosen) == 5


def test_long_words_are_shown_whole_and_plain_below_the_list(dialog: MergeDialog) -> None:
    dialog.view.setCurrentIndex(dialog.table.index(5, THEIRS))
    assert dialog.sides._full["theirs"].text() == "Long <b>note</b>\n" * 40
    dialog.view.setCurrentIndex(dialog.table.index(6, THEIRS))
    assert (
        "Title: Short breaks" in dialog.sides._full["theirs"].text()
        and dialog.sides._full["mine"].text() == "Not in the file"
    )


def test_merging_is_one_step_and_the_other_file_stays_as_it_is(
    qtbot: QtBot, session: Session, theirs: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs.close()
    before = (tmp_path / "theirs.desk").read_bytes()
    window, done = MainWindow(session, []), list[bool]()
    qtbot.addWidget(window)
    monkeypatch.setattr(MergeDialog, "exec", lambda self: 1)
    merge_with(window, session, tmp_path / "theirs.desk", lambda: done.append(True))
    qtbot.waitUntil(lambda: bool(done))
    assert [c.title for c in session.store.all(Contract)] == [
        "Stroke support at home", "Falls classes, mine", "Crisis house", "Short breaks",
    ]  # fmt: skip
    assert session.history.latest(1)[0].label == "Merge changes from theirs.desk"
    assert (tmp_path / "theirs.desk").read_bytes() == before


def test_what_cannot_be_merged_is_said(qtbot: QtBot, session: Session, tmp_path: Path, filled: Store) -> None:
    from storage.engine.opening import new_store

    window = MainWindow(session, [])
    qtbot.addWidget(window)
    new_store(tmp_path / "other.desk").close()
    save_as(filled, tmp_path / "same.desk")
    for name in ("other.desk", "same.desk", "register.desk"):
        merge_with(window, session, tmp_path / name, lambda: None)
    first, second, third = window.messages.shown
    assert "no change in common" in first and second == NOTHING_NEW and "is the file that is open" in third


def test_thousands_of_differences_are_listed_at_once(qtbot: QtBot, filled: Store, tmp_path: Path) -> None:
    save_as(filled, tmp_path / "theirs.desk")
    with closing(open_store(tmp_path / "theirs.desk")) as other:
        with other.step("Many"):
            other.save_many([Contract(reference=f"D-{n}", title=f"Contract {n}") for n in range(3_000)])
        of = finished(joining(filled, other.conn))
    parent = QWidget()
    qtbot.addWidget(parent)
    made = MergeDialog(parent, "theirs.desk", of)
    made.show()
    made.view.scrollToBottom()
    assert made.table.rowCount() == 3_000 and "3,000 of 3,000" in made.sides.count.text()
