"""Likely duplicates are compared side by side and merged with the values a person chose."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.dialogs.doubles import DoublesDialog
from desktop.dialogs.join import JoinDialog
from desktop.session import Session
from storage.engine.store import Store
from storage.records.contracts import Contract
from storage.records.organisations import Organisation, OtherName
from storage.records.parties import Party


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.step("Begin"):
        store.save(Organisation(title="Acorn Care Ltd", email="a@acorn.example", company_number="01234567"))
        store.save(Organisation(title="ACORN CARE LIMITED", email="b@acorn.example"))
        contract = store.save(Contract(title="Night shelter"))
        store.save(Party(contract=contract.id, organisation=2))
    yield Session(store)


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def press(dialog: QWidget, words: str) -> None:
    next(b for b in dialog.findChildren(QPushButton) if b.text().replace("&", "") == words).click()


def test_the_chosen_record_stays_with_the_chosen_values(
    qtbot: QtBot, session: Session, parent: QWidget
) -> None:
    store = session.store
    shown: list[int] = []
    dialog = JoinDialog(
        parent, session, store.get(Organisation, 1), store.get(Organisation, 2), "Same name", shown.append
    )
    dialog.choose("", 1)
    dialog.choose("email", 0)
    press(dialog, "Merge into ACORN CARE LIMITED")
    kept = store.get(Organisation, 2)
    assert (kept.title, kept.email, kept.company_number) == (
        "ACORN CARE LIMITED",
        "a@acorn.example",
        "01234567",
    )
    assert [o.title for o in store.all(OtherName)] == ["Acorn Care Ltd"]
    assert store.get(Contract, 1).provider_name == "ACORN CARE LIMITED"
    assert shown == [2]


def test_changing_which_stays_takes_its_values_along(qtbot: QtBot, session: Session, parent: QWidget) -> None:
    store = session.store
    dialog = JoinDialog(parent, session, store.get(Organisation, 1), store.get(Organisation, 2))
    assert dialog.kept == 0
    press(dialog, "Merge into Acorn Care Ltd")
    kept = store.get(Organisation, 1)
    assert (kept.title, kept.email) == ("Acorn Care Ltd", "a@acorn.example")
    assert store.get(Contract, 1).provider_name == "Acorn Care Ltd"


def test_the_list_says_why_and_forgets_a_pair_said_to_be_two(
    qtbot: QtBot, session: Session, parent: QWidget, tmp_path: Path
) -> None:
    dialog = DoublesDialog(parent, session)
    assert len(dialog.rows()) == 1
    press(dialog, "They are two")
    assert dialog.rows() == []
    again = DoublesDialog(parent, session)
    assert again.rows() == []


def test_merging_from_the_list_leaves_it_empty(qtbot: QtBot, session: Session, parent: QWidget) -> None:
    dialog = DoublesDialog(parent, session)
    press(dialog, "Compare…")
    compare = dialog.findChild(JoinDialog)
    assert isinstance(compare, JoinDialog)
    press(compare, "Merge into Acorn Care Ltd")
    assert dialog.rows() == []
