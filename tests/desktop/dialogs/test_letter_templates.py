"""Letter templates are changed, added and put away; an unknown place is told while it is typed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.dialogs.letter_templates import NEW, LetterTemplates
from desktop.session import Session
from storage.desk.beginning.reference_lists import add_lists
from storage.desk.correspondence.letter_places import PLACES
from storage.desk.correspondence.letters import templates
from tests.storage.desk.register import Register, make_register


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    made = make_register(tmp_path / "register.desk")
    with made.store.step("Lists"):
        add_lists(made.store)
    yield made
    made.store.close()


@pytest.fixture
def dialog(qtbot: QtBot, register: Register) -> Iterator[LetterTemplates]:
    over = QWidget()
    over.resize(1366, 768)
    qtbot.addWidget(over)
    made = LetterTemplates(over, Session(register.store))
    made.show()
    yield made
    over.close()


def test_words_are_changed_with_places_from_the_list(dialog: LetterTemplates, register: Register) -> None:
    assert dialog.places.count() == len(PLACES)
    assert dialog.meaning.text() == PLACES["provider"]
    dialog.words.setPlainText("Dear ")
    dialog.words.moveCursor(dialog.words.textCursor().MoveOperation.End)
    dialog.places.itemActivated.emit(dialog.places.item(0))
    assert dialog.words.toPlainText() == "Dear {provider}"
    dialog.save.click()
    assert templates(register.store)[0].body == "Dear {provider}"


def test_an_unknown_place_is_told_at_once_and_not_saved(dialog: LetterTemplates, register: Register) -> None:
    before = templates(register.store)[0].body
    dialog.words.setPlainText("Dear {provdr}")
    assert dialog.wrong.text() == "There is no place {provdr}. Did you mean {provider}?"
    dialog.save.click()
    assert "Nothing was changed" in dialog.wrong.text()
    assert templates(register.store)[0].body == before


def test_one_is_added_and_put_away(dialog: LetterTemplates, register: Register) -> None:
    count = len(templates(register.store))
    dialog.chooser.setCurrentIndex(dialog.chooser.findText(NEW))
    assert not dialog.away.isEnabled()
    dialog.editors["title"].put_back_draft("Thanks")
    dialog.words.setPlainText("Thank you")
    dialog.save.click()
    assert len(templates(register.store)) == count + 1
    assert dialog.chooser.currentText() == "Thanks"
    dialog.away.click()
    assert len(templates(register.store)) == count
    assert dialog.chooser.findText("Thanks") == -1
