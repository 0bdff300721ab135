"""A look over the file: off the window's thread, from what is saved, and again after a change."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.looking import Looking
from desktop.session import Session
from storage.engine.errors import StorageError
from storage.engine.reading import Reader
from storage.records.contracts import Contract


def test_it_looks_on_another_thread_at_what_is_saved(qtbot: QtBot, session: Session) -> None:
    seen: list[tuple[int, bool]] = []

    def look(reader: Reader) -> int:
        seen.append((len(reader.ids(Contract)), threading.current_thread() is threading.main_thread()))
        return len(seen)

    looking = Looking(session, look, session)
    with qtbot.waitSignal(looking.found, timeout=10_000):
        looking.now()
    assert seen == [(3, False)]
    with session.store.step("Add"):
        session.store.save(Contract(title="New"))
    with qtbot.waitSignal(looking.found, timeout=10_000):
        looking.soon()
        looking.soon()
    assert seen[1:] == [(4, False)]


def test_a_change_meanwhile_is_looked_at_before_anything_is_told(qtbot: QtBot, session: Session) -> None:
    looking = Looking(session, lambda reader: len(reader.ids(Contract)), session)
    told: list[object] = []
    looking.found.connect(told.append)
    with qtbot.waitSignal(looking.found, timeout=10_000):
        looking.now()
        with session.store.step("Add"):
            session.store.save(Contract(title="New"))
        looking.now()
    assert told == [4]
    assert not looking.busy


def test_what_goes_wrong_is_told_in_words(qtbot: QtBot, session: Session) -> None:
    def look(_reader: Reader) -> int:
        raise StorageError("It cannot be read.")

    looking = Looking(session, look, session)
    with qtbot.waitSignal(looking.failed, timeout=10_000) as failed:
        looking.now()
    assert failed.args == ["It cannot be read."]


def test_nothing_is_told_once_the_file_is_closed(qtbot: QtBot, session: Session) -> None:
    looking = Looking(session, lambda reader: len(reader.ids(Contract)), session)
    told: list[object] = []
    looking.found.connect(told.append)
    looking.now()
    session.close()
    qtbot.waitUntil(lambda: not looking.busy, timeout=10_000)
    looking.now()
    assert not looking.busy and not told


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.looking.QUIET", 20)


def test_a_page_that_is_only_passed_by_is_looked_for_when_it_is_seen_again(
    qtbot: QtBot, session: Session
) -> None:
    page, looks = QWidget(), list[int]()

    def look(reader: Reader) -> int:
        looks.append(len(reader.ids(Contract)))
        return looks[-1]

    looking = Looking(session, look, page)
    qtbot.addWidget(page)
    looking.now()
    qtbot.waitUntil(lambda: not looking.busy, timeout=10_000)
    assert looks == []
    with qtbot.waitSignal(looking.found, timeout=10_000) as found:
        page.show()
    assert found.args == [3] and looks == [3]
