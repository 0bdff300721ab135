"""The dialog of views: each with what it shows; renamed, moved, thrown away."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.dialogs.bin import binned
from desktop.dialogs.form_dialog import FormDialog
from desktop.dialogs.views import ViewsDialog
from desktop.session import Session
from storage.desk.lists.arrangement import Arrangement
from storage.desk.lists.views import save_view, views_of
from storage.engine.conditions import Where
from storage.engine.query import Order
from storage.records.contracts import Contract


@pytest.fixture
def dialog(qtbot: QtBot, session: Session) -> Iterator[ViewsDialog]:
    for name, tier in (("A", "Gold"), ("B", "Silver")):
        shown = Arrangement(("title",), (Where("tier", "is", (tier,)),), "", (Order("title"),))
        save_view(session.store, "contracts", Contract, name, shown)
    parent = QWidget()
    qtbot.addWidget(parent)
    made = ViewsDialog(parent, session, "contracts", Contract, "All contracts")
    made.show()
    yield made
    made.close()


def names(session: Session) -> list[str]:
    return [v.name for v in views_of(session.store, "contracts", Contract) if v.own]


def press(dialog: ViewsDialog, name: str) -> None:
    """Press the button of this accessible name, as the rows stand now."""
    assert dialog._held is not None
    next(b for b in dialog._held.findChildren(QPushButton) if b.accessibleName() == name).click()


def test_says_what_each_view_shows(dialog: ViewsDialog) -> None:
    words = [label.text() for label in dialog.findChildren(QLabel)]
    assert "Tier: Gold · sorted by Title" in words


def test_the_ends_do_not_move_further(dialog: ViewsDialog) -> None:
    able = {b.accessibleName(): b.isEnabled() for b in dialog.findChildren(QPushButton)}
    assert (able["Up: A"], able["Down: A"], able["Up: B"], able["Down: B"]) == (False, True, True, False)


def test_moves_renames_and_throws_away(qtbot: QtBot, dialog: ViewsDialog, session: Session) -> None:
    press(dialog, "Down: A")
    assert names(session) == ["B", "A"]
    press(dialog, "Rename A")
    form = dialog.findChildren(FormDialog)[0]
    control = form.editor("name").control
    control.selectAll()  # type: ignore[attr-defined]
    qtbot.keyClicks(control, "Gold ones")
    form.accept()
    assert names(session) == ["B", "Gold ones"]
    press(dialog, "Bin: B")
    assert names(session) == ["Gold ones"]
    assert [r.name for r in binned(session)] == ["B"]
