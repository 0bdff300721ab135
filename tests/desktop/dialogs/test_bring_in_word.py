"""A Word document comes in through a preview: nothing is written before, choices count, and errors are said."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.dialogs.bring_in_word import BringInWord
from desktop.session import Session
from storage.desk.specification.sections import add_section, sections_of
from storage.exchange.word.placing import OWN
from storage.records.specifications import Specification
from tests.storage.exchange.word_samples import schedule
from widgets.prose import Prose


@pytest.fixture
def over(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1366, 768)
    return made


@pytest.fixture
def dialog(qtbot: QtBot, session: Session, over: QWidget, tmp_path: Path) -> Iterator[BringInWord]:
    store = session.store
    with store.step("Write"):
        number = store.save(Specification(title="Parking", reference="SP-1")).key
    add_section(store, number, "Parking", body="Ours first.")
    path = tmp_path / "Schedule.docx"
    path.write_bytes(schedule())
    made = BringInWord(over, session, path)
    with qtbot.waitExposed(made):
        made.show()
    qtbot.waitUntil(lambda: made.plan is not None and not made.places._soon.isActive(), timeout=15000)
    yield made


def parking(dialog: BringInWord) -> int:
    assert dialog.plan is not None
    return next(n for n, p in enumerate(dialog.plan.source.parts) if p.heading == "Parking")


def test_it_is_shown_first_and_then_written_as_chosen(
    qtbot: QtBot, session: Session, dialog: BringInWord
) -> None:
    assert dialog.title.text() == "Schedule 2 Part A"
    lines = dialog.places.lines
    assert [line.goes.currentText().strip() for line in lines][1] == "Population needs"
    number = parking(dialog)
    assert not lines[number].mark.isHidden()
    lines[number].goes.setCurrentIndex(lines[number].goes.findData(OWN))
    lines[number].goes.activated.emit(0)
    assert lines[number].mark.isHidden()
    dialog.places.look(number)
    assert any("Free after six." in p.toPlainText() for p in dialog.places.findChildren(Prose))
    said = " ".join(w.text() for w in dialog.places.findChildren(type(dialog._state)))
    assert "Free after six." not in said
    assert len(session.store.all(Specification)) == 1
    dialog.title.setText("Skin care")
    with qtbot.waitSignal(dialog.done_with, timeout=10000) as heard:
        dialog.bring_in()
    made = session.store.get(Specification, heard.args[0])
    assert made.title == "Skin care"
    held = {s.heading: s.body for s in sections_of(session.store, made.key)}
    assert "Free after six." in held["Parking"]


def test_another_way_to_bring_it_in_plans_anew(qtbot: QtBot, session: Session, dialog: BringInWord) -> None:
    dialog.into.setCurrentIndex(1)
    assert dialog._new.isHidden()
    qtbot.waitUntil(lambda: not dialog.places._soon.isActive())
    assert dialog.places.lines[parking(dialog)].goes.currentText() == "Parking"
    with qtbot.waitSignal(dialog.done_with, timeout=10000) as heard:
        dialog.bring_in()
    first = sections_of(session.store, heard.args[0])[0]
    assert first.body.startswith("Ours first.\n\nFree after six.")


def test_what_cannot_be_read_is_said(qtbot: QtBot, session: Session, over: QWidget, tmp_path: Path) -> None:
    path = tmp_path / "old.doc"
    path.write_bytes(b"%PDF-1.7")
    dialog = BringInWord(over, session, path)
    dialog.show()
    with qtbot.waitSignal(session.failed, timeout=10000) as heard:
        pass
    assert "is a PDF document" in heard.args[0]
    assert not dialog.isVisible()
