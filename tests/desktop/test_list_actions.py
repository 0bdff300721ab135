"""The commands on views work on the page shown, and say so where there is no list."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.dialogs.bulk import BulkDialog
from desktop.list_actions import CHOOSE_FIRST, NO_LIST, NOT_MANY, ListActions
from desktop.pages.contracts import ContractsPage
from desktop.pages.page import Place
from desktop.pages.shelf import PAGES
from desktop.searching import Searching
from desktop.session import Session
from desktop.window import MainWindow
from storage.desk.lists.arrangement import Arrangement
from storage.desk.lists.views import save_view
from storage.records.contracts import Contract
from storage.records.specifications import Specification


@pytest.fixture
def window(qtbot: QtBot, session: Session) -> MainWindow:
    made = MainWindow(session, PAGES)
    qtbot.addWidget(made)
    made.offer(ListActions(made).runs())
    made.show_page("contracts")
    made.show()
    return made


def said(window: MainWindow) -> list[str]:
    """What the bottom line says, whole."""
    return [label.accessibleName() for label in window.status.findChildren(QLabel)]


def test_the_button_stands_in_the_bar_of_its_page(window: MainWindow) -> None:
    views = window.page.views  # type: ignore[attr-defined]
    assert window.top.isAncestorOf(views.button) and views.button.isVisible()
    window.show_page("safety")
    assert not views.button.isVisible()
    window.show_page("contracts")
    assert views.button.isVisible()


def test_next_and_previous_view(window: MainWindow) -> None:
    views = window.page.views  # type: ignore[attr-defined]
    window.run("view.next")
    assert views.button.text() == "Ending within 12 months"
    window.run("view.previous")
    assert views.button.text() == "All contracts"


def test_where_there_is_no_list_they_say_so(window: MainWindow) -> None:
    window.show_page("safety")
    window.run("view.next")
    assert NO_LIST in said(window)


def test_the_chosen_rows_are_changed_where_that_makes_sense(window: MainWindow, session: Session) -> None:
    page = window.page
    assert isinstance(page, ContractsPage)
    page.list.view.clearSelection()
    window.run("edit.many")
    assert CHOOSE_FIRST in said(window)
    page.list.view.selectAll()
    window.run("edit.many")
    [dialog] = window.findChildren(BulkDialog)
    assert dialog.isVisible() and dialog.windowTitle() == "Change 3 contracts"
    dialog.reject()
    with session.store.step("Add"):
        session.store.save(Specification(title="Stroke"))
    window.show_page("specifications")
    window.run("edit.many")
    assert NOT_MANY in said(window)


def test_the_search_finds_views_and_goes_to_them(window: MainWindow, session: Session) -> None:
    save_view(session.store, "contracts", Contract, "Stroke and falls", Arrangement(("title",)))
    searching = Searching(session.store, window.menus.commands)
    [entry] = [e for e in searching.find("stroke fa") if e.kind == "Views"]
    assert (entry.title, entry.line) == ("Stroke and falls", "Contracts")
    place = searching.place(entry.key)
    assert isinstance(place, Place)
    window.go(place)
    assert window.page.views.button.text() == "Stroke and falls"  # type: ignore[attr-defined]
