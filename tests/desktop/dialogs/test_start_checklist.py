"""Starting a checklist: it is found by a word of its name or of what it is for, and only where it fits."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

import storage.records  # noqa: F401 - enters every record class
from desktop.dialogs.start_checklist import StartDialog, start_dialog
from desktop.session import Session
from storage.checklists.template import shipped
from storage.desk.checklists import templates
from storage.engine.opening import new_store
from storage.records.assessments import Run
from storage.records.specifications import Specification


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    made = Session(new_store(tmp_path / "desk.desk", who="me", today=lambda: date(2026, 11, 22)))
    with made.store.step("Add"):
        made.store.save(Specification(title="Skin specification"))
    yield made
    made.close()


@pytest.fixture
def started() -> list[Run]:
    return []


@pytest.fixture
def asked(qtbot: QtBot, session: Session, started: list[Run]) -> Iterator[StartDialog]:
    parent = QWidget()
    qtbot.addWidget(parent)
    yield start_dialog(parent, session, started.append, ("specification", 1))


def found(asked: StartDialog, typed: str) -> str:
    asked.choices.search.setText(typed)
    return asked.chosen.id if asked.chosen else ""


def test_it_is_found_by_a_word_of_its_name_its_number_or_what_it_is_for(asked: StartDialog) -> None:
    assert found(asked, "quality impact (t04)") == "T04"
    assert found(asked, "dpia") == "T08"
    assert found(asked, "plan involve") == "T14"
    assert found(asked, "t24") == "T24"
    assert found(asked, "no such thing") == ""


def test_only_checklists_for_this_kind_of_record_are_offered(asked: StartDialog) -> None:
    fitting = {t.id for t in shipped() if "specification" in t.subjects}
    offered = {asked.choices.list.item(row).text()[-4:-1] for row in range(asked.choices.list.count())}
    assert fitting <= offered
    assert found(asked, "decommissioning decision") == ""


def test_without_one_chosen_nothing_is_started(asked: StartDialog, started: list[Run]) -> None:
    assert found(asked, "no such thing") == ""
    asked.accept()
    assert asked.said() == "Choose a checklist on the left."
    assert started == []
    found(asked, "dpia")
    asked.accept()
    assert [(run.template, run.specification) for run in started] == [("T08", 1)]


def test_the_templates_of_ones_own_come_first_and_can_be_started(qtbot: QtBot, session: Session) -> None:
    draft = templates.adapt(session.store, "T08", "Our screening")
    templates.publish(session.store, draft.key)
    parent, begun = QWidget(), list[Run]()
    qtbot.addWidget(parent)
    asked = start_dialog(parent, session, begun.append, ("specification", 1))
    assert asked.choices.list.item(0).text() == "Our own"
    assert found(asked, "our screening") == draft.code
    asked.accept()
    assert [(run.template, run.title) for run in begun] == [(draft.code, "Our screening")]
