"""Writing a letter: the template is filled, edited, kept with its notice, locked, and sent as PDF or Word file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import docx
import pytest
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop.dialogs.print_preview import PrintPreview
from desktop.dialogs.save_word import ask_word, save_word
from desktop.dialogs.write_letter import FREE, WriteLetter
from desktop.session import Session
from storage.desk.beginning.reference_lists import add_lists
from storage.exchange.paper.print_letter import letter_paper
from storage.exchange.word.letter import write_word
from storage.records.contracts import Contract
from storage.records.letters import Letter
from storage.records.running import Notice, PerformanceNotice
from tests.storage.desk.register import Register, make_register


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    made = make_register(tmp_path / "register.desk")
    with made.store.step("Lists"):
        add_lists(made.store)
        for title in ("Waits", "Late reports"):
            made.store.save(
                PerformanceNotice(contract=made.contract, title=title, served_on=date(2026, 11, 2))
            )
    yield made
    made.store.close()


@pytest.fixture
def dialog(qtbot: QtBot, register: Register) -> Iterator[WriteLetter]:
    over = QWidget()
    over.resize(1366, 768)
    qtbot.addWidget(over)
    over.show()
    made = WriteLetter(over, Session(register.store), register.store.get(Contract, register.contract))
    made.open()
    yield made
    over.close()


def _has_a_page(shown: PrintPreview) -> bool:
    return shown.preview.page_count == 1


def choose(dialog: WriteLetter, words: str) -> None:
    dialog.template.setCurrentIndex(dialog.template.findText(words))


def test_a_notice_is_written_kept_and_locked(dialog: WriteLetter, register: Register) -> None:
    choose(dialog, "Notice that a contract will not be renewed")
    assert "31 March 2027" in dialog.words.toPlainText()
    assert not dialog.notice.isEnabled()
    assert "give the day it was sent first" in dialog.notice.text()
    dialog.editors["sent_on"].put_back_draft("20 Nov 2026")
    dialog.editors["sent_on"].commit()
    assert dialog.notice.isEnabled()
    assert "last valid day 30 Sep 2026" in dialog.notice.text()
    dialog.notice.setChecked(True)
    dialog.words.setPlainText(dialog.words.toPlainText().replace("Dear colleague", "Dear Ms Hill"))
    for name in ("my role", "our organisation"):
        dialog.words.setPlainText(dialog.words.toPlainText().replace(f"[{name}]", "known"))
    dialog.keep.click()
    letter = register.store.all(Letter)[0]
    assert letter.body.startswith("Dear Ms Hill")
    assert letter.sent_on == date(2026, 11, 20)
    assert register.store.all(Notice)[0].kind == "Non-renewal"
    assert dialog.words.isReadOnly()
    assert dialog.keep.isHidden()
    dialog.reject()


def test_gaps_are_told_and_stop_the_keeping(dialog: WriteLetter, register: Register) -> None:
    choose(dialog, "Award of a contract")
    dialog.keep.click()
    assert register.store.all(Letter) == []
    said = [
        label.text()
        for label in dialog.findChildren(type(dialog._wrong))
        if "Still to be filled in" in label.text()
    ]
    assert said
    assert "[procurement]" in said[0]
    dialog.reject()


def test_what_it_is_about_is_chosen_where_there_are_several(dialog: WriteLetter) -> None:
    choose(dialog, "Call to a performance meeting")
    assert dialog.about.isVisible()
    assert "Late reports" in dialog.words.toPlainText()
    dialog.about.setCurrentIndex(1)
    assert "- Waits" in dialog.words.toPlainText()
    assert "16 November 2026" in dialog.words.toPlainText()
    choose(dialog, FREE)
    assert not dialog.about.isVisible()
    assert dialog.words.toPlainText() == ""
    dialog.reject()


def test_it_is_looked_at_before_and_after(qtbot: QtBot, dialog: WriteLetter, register: Register) -> None:
    choose(dialog, FREE)
    dialog.editors["subject"].put_back_draft("Thank you")
    dialog.words.setPlainText("Dear all")
    for _ in range(2):
        dialog.preview.click()
        shown = [p for p in dialog.findChildren(PrintPreview) if p.isVisible()][-1]
        qtbot.waitUntil(partial(_has_a_page, shown))
        shown.reject()
        dialog.as_word.click()
        asked = [p for p in dialog.findChildren(QFileDialog) if p.isVisible()][-1]
        QDialog.reject(asked)
        if dialog.letter is None:
            dialog.keep.click()
    assert register.store.all(Letter)[0].title == "Thank you"
    dialog.reject()


def test_a_word_file_is_saved_where_it_was_asked_for(
    qtbot: QtBot, register: Register, tmp_path: Path
) -> None:
    session = Session(register.store)
    with register.store.step("Letter"):
        letter = register.store.save(Letter(contract=register.contract, title="Thank you", body="Dear all"))
    paper = letter_paper(register.store, letter.key)
    over = QWidget()
    qtbot.addWidget(over)
    asked = ask_word(over, session, paper)
    assert asked.selectedFiles()[0].endswith("Thank you.docx")
    QDialog.reject(asked)
    said: list[str] = []
    session.said.connect(said.append)
    session.failed.connect(said.append)
    save_word(session, partial(write_word, paper), str(tmp_path / "thanks.docx"))
    assert docx.Document(str(tmp_path / "thanks.docx")).paragraphs[-1].text == "Dear all"
    save_word(session, partial(write_word, paper), str(tmp_path / "none" / "thanks.docx"))
    assert said[0] == f"Saved thanks.docx in {tmp_path}"
    assert "does not exist" in said[1]
