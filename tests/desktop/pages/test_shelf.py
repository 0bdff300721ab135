"""Pages are made when they are first asked for, and their entries say of them what they say of themselves."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop.pages.page import Page
from desktop.pages.shelf import PAGES, Shelf
from desktop.session import Session
from storage.engine.opening import new_store


def test_a_page_is_made_once_and_only_when_asked_for(qtbot: QtBot, tmp_path: Path) -> None:
    session = Session(new_store(tmp_path / "file.desk"))
    made: list[Page] = []
    shelf = Shelf(session, PAGES, made.append)
    assert [*shelf] == [e.key for e in PAGES] and len(shelf) == len(PAGES) and made == []
    actions = shelf["actions"]
    assert shelf["actions"] is actions and made == [actions]
    qtbot.addWidget(actions)
    session.close()


def test_each_page_says_of_itself_what_its_entry_says(qtbot: QtBot) -> None:
    for entry in PAGES:
        page = entry.find()
        assert (page.key, page.title, page.icon) == (entry.key, entry.title, entry.icon)
