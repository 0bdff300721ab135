"""The window around the pages: moving between them, commands, undo, search, messages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from desktop.commands import COMMANDS, MENUS
from desktop.focus import undo_typing
from desktop.pages.contracts import ContractsPage
from desktop.pages.page import Place
from desktop.pages.shelf import PAGES
from desktop.pages.simple_pages import ActionsPage, ProvidersPage, ServicesPage
from desktop.searching import Searching
from desktop.session import Session
from desktop.window import MainWindow
from storage.records.contracts import Contract


@pytest.fixture
def window(qtbot: QtBot, session: Session) -> Iterator[MainWindow]:
    pages = [ContractsPage(session), ProvidersPage(session), ServicesPage(session), ActionsPage(session)]
    made = MainWindow(session, pages)
    made.offer({"edit.undo": session.undo, "edit.redo": session.redo})
    made.show_page("contracts")
    qtbot.addWidget(made)
    made.show()
    yield made


def test_every_command_has_a_menu_and_keys_of_its_own() -> None:
    assert {c.menu.partition("/")[0] for c in COMMANDS} == set(MENUS)
    keys = [c.shortcut for c in COMMANDS if c.shortcut]
    assert len(keys) == len(set(keys))
    assert len({c.key for c in COMMANDS}) == len(COMMANDS)


def test_no_menu_is_longer_than_can_be_read(window: MainWindow) -> None:
    def nothing() -> None:
        return

    window.menuBar().clear()
    window.menus.fill(
        dict.fromkeys((c.key for c in COMMANDS), nothing), [("A page", "", nothing)] * len(PAGES)
    )
    menus = window.menuBar().findChildren(QMenu)
    lengths = {m.title(): len([a for a in m.actions() if not a.isSeparator()]) for m in menus}
    assert {"&File", "Export", "Publication", "Print", "Hand over", "&New"} <= set(lengths)
    assert max(lengths.values()) <= 18, lengths
    assert max(m.sizeHint().height() for m in menus) < 600  # of the 768 pixels of a small screen


def test_links_are_walked_and_back_returns(window: MainWindow) -> None:
    window.page.open_record(1)
    window.go(Place("providers", 1))
    assert (window.page.key, window.page.record_shown()) == ("providers", 1)
    window.go_back()
    assert (window.page.key, window.page.record_shown()) == ("contracts", 1)


def test_undo_says_what_it_undoes_and_works_from_the_menu(
    qtbot: QtBot, window: MainWindow, session: Session
) -> None:
    def title() -> str:
        return session.store.get(Contract, 1).title

    session.change(Contract, 1, {"title": "Stroke rehabilitation"})
    assert "title of Stroke support" in window.menus.words("edit.undo")
    window.run("edit.undo")
    qtbot.waitUntil(lambda: title() == "Stroke support")
    window.run("edit.redo")
    qtbot.waitUntil(lambda: title() == "Stroke rehabilitation")


def test_the_text_field_undoes_first(qtbot: QtBot, window: MainWindow) -> None:
    window.activateWindow()
    window.page.open_record(1)
    control = window.page.detail.forms["summary"].editor("title").control  # type: ignore[attr-defined]
    control.setFocus()
    qtbot.keyClicks(control, "abc")
    assert undo_typing(window.focusWidget())
    assert control.text() == "Stroke support"
    assert not undo_typing(window.focusWidget())


def test_search_finds_records_and_commands(window: MainWindow, session: Session) -> None:
    searching = Searching(session.store, window.menus.commands)
    found = searching.find("north")
    assert next((e.kind, e.title) for e in found) == ("Providers", "Northmoor Care")
    assert searching.place(found[0].key) == Place("providers", 1)
    session.change(Contract, 1, {"title": "x"})
    assert [e.key for e in searching.find("undo")] == ["command/edit.undo"]
    assert searching.find("") != []


def test_search_puts_what_is_meant_first(window: MainWindow, session: Session) -> None:
    searching = Searching(session.store, window.menus.commands)
    assert session.change(Contract, 1, {"reference": "AB-12"})
    assert session.change(Contract, 2, {"title": "Undo AB-12", "notes": "AB-12 AB-12"})
    assert [e.key for e in searching.find("ab-12")][:2] == ["contract/1", "contract/2"]
    assert [e.key for e in searching.find("undo")] == ["command/edit.undo", "contract/2"]
    assert [e.key for e in searching.find("do")][-1] in ("command/edit.undo", "command/edit.redo")


def test_a_failure_is_told_in_plain_text(window: MainWindow, session: Session) -> None:
    session.failed.emit("<b>The disk is full</b>. Free some space.")
    assert window.messages.shown == ["<b>The disk is full</b>. Free some space."]
    boxes = [w for w in window.children() if w.metaObject().className() == "QMessageBox"]
    assert boxes[0].textFormat() == Qt.TextFormat.PlainText  # type: ignore[attr-defined]
    boxes[0].close()  # type: ignore[attr-defined]
