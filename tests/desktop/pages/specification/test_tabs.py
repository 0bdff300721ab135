"""The tabs of a specification: what is to be mended leads to its place, and what changed above is settled there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.dialogs.keep_outline import keep_outline_dialog
from desktop.dialogs.move_on import move_on_dialog
from desktop.dialogs.start_specification import copy_of, start_dialog
from desktop.dialogs.take_measures import TakeMeasures, take_measures_dialog
from desktop.dialogs.three_readings import ThreeReadings
from desktop.pages.page import Place
from desktop.pages.part_lists import PartsPanel
from desktop.pages.specification.checks import Checks
from desktop.pages.specification.lineage import Lineage
from desktop.pages.specification_detail import SpecificationDetail
from desktop.session import Session
from storage.desk.specification.own_outlines import every_outline
from storage.desk.specification.sections import add_section, edit_section, sections_of
from storage.desk.specification.specifications import issue
from storage.records.contracts import Contract
from storage.records.measures import Kpi
from storage.records.specification_parts import OUTCOME, Derogation, SpecificationMeasure
from storage.records.specifications import ContractSpecification, Specification


@pytest.fixture
def national(session: Session) -> Specification:
    """A national specification, issued, with an outcome nothing shows."""
    store = session.store
    with store.step("Add"):
        made = store.save(Specification(title="National core", level="National"))
        store.save(SpecificationMeasure(specification=made.key, sort=OUTCOME, title="People recover"))
        store.save(SpecificationMeasure(specification=made.key, title="Seen in a week"))
    add_section(store, made.key, "Need", body="Then.")
    issue(store, made.key)
    return store.get(Specification, made.key)


@pytest.fixture
def detail(qtbot: QtBot, session: Session) -> Iterator[SpecificationDetail]:
    made = SpecificationDetail(session)
    qtbot.addWidget(made)
    made.resize(700, 900)
    made.show()
    session.changed.connect(made.refresh)
    yield made


def words(within: QWidget) -> list[str]:
    return [label.text() for label in within.findChildren(QLabel) if label.isVisible()]


def press(within: QWidget, said: str) -> None:
    next(b for b in within.findChildren(QPushButton) if b.text() == said and b.isVisible()).click()


def test_every_tab_opens_and_each_finding_leads_to_its_place(
    session: Session, detail: SpecificationDetail, national: Specification
) -> None:
    detail.show_record(national.key)
    for tab in detail.tabs:
        detail.show_tab(tab.key)
    detail.show_tab("checks")
    checks = detail.findChild(Checks)
    assert checks is not None
    assert [f.kind for f in checks.findings] == ["Outcome without a measure", "Measure nobody can take"]
    went: list[Place] = []
    detail.go.connect(went.append)
    press(checks, "Go to it")
    row = checks.findings[0].row
    assert went == [Place("specifications", national.key, f"measures/specification_measure/{row}/")]
    detail.show_tab(went[0].section)
    assert detail._tab == "measures"


def test_a_local_copy_is_begun_told_and_settled(
    qtbot: QtBot, session: Session, detail: SpecificationDetail, national: Specification
) -> None:
    store, made = session.store, list[Specification]()
    dialog = start_dialog(detail, session, made.append, first=copy_of(national))
    dialog.editor("title").set_value("Local service")
    dialog.accept()
    (local,) = made
    section = sections_of(store, national.key)[0]
    edit_section(store, section.key, {"body": "Now."})
    issue(store, national.key)
    detail.show_record(local.key)
    detail.show_tab("lineage")
    lineage = detail.findChild(Lineage)
    assert lineage is not None and [n.heading for n in lineage.told] == ["Need"]
    look = ThreeReadings(lineage, session, lineage.told[0])
    qtbot.addWidget(look)
    press(lineage, "Take it")
    assert sections_of(store, local.key)[0].body == "Now."
    qtbot.waitUntil(lambda: "Nothing has changed above since it was taken." in words(lineage))
    detail.show_record(national.key)
    assert "Local service" in [b.text() for b in lineage.findChildren(QPushButton) if b.isVisible()]


def test_measures_are_taken_into_a_contract(qtbot: QtBot, session: Session, national: Specification) -> None:
    store, said = session.store, list[str]()
    session.said.connect(said.append)
    contract = store.all(Contract)[0]
    holder = QWidget()
    qtbot.addWidget(holder)
    assert take_measures_dialog(holder, session, contract) is None and "nothing to take" in said[0]
    with store.step("Link"):
        store.save(ContractSpecification(contract=contract.key, specification=national.key))
    dialog = take_measures_dialog(holder, session, contract)
    assert isinstance(dialog, TakeMeasures) and len(dialog.boxes) == 1
    dialog.accept()
    assert "Seen in a week" in [k.title for k in store.all(Kpi)]


def test_it_moves_on_and_is_kept_as_an_outline(
    qtbot: QtBot, session: Session, national: Specification
) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    dialog = move_on_dialog(holder, session, national)
    dialog.editor("status").set_value("Withdrawn")
    dialog.accept()
    assert "needs a reason" in dialog.said()
    dialog.editor("why").set_value("Replaced by guidance")
    dialog.accept()
    assert session.store.get(Specification, national.key).status == "Withdrawn"
    keep_outline_dialog(holder, session, national).accept()
    assert every_outline(session.store)[0].title == "National core, headings"


def test_a_departure_ends_today_by_one_press(
    session: Session, detail: SpecificationDetail, national: Specification
) -> None:
    store = session.store
    with store.step("Add"):
        part = store.save(Derogation(specification=national.key, title="Nights", until=date(2099, 1, 1)))
    detail.show_record(national.key)
    detail.show_tab(f"departures/derogation/{part.key}/title")
    panel = detail._panels["departures"]
    assert isinstance(panel, PartsPanel)
    act = partial(press, panel, "It ends today")
    act()
    assert store.get(Derogation, part.key).ended_on == session.today()
