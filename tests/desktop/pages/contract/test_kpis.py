"""KPIs on a contract's tab: rated by their results, each with its reason, the next period offered."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.pages.contract_detail import ContractDetail
from desktop.pages.part_lists import PartsPanel
from desktop.pages.part_section import PartSection
from desktop.pages.tab_extra import WorkedExtra
from desktop.session import Session
from storage.records.measures import Kpi, KpiResult


@pytest.fixture
def detail(qtbot: QtBot, session: Session) -> ContractDetail:
    store = session.store
    with store.step("Measure"):
        store.save_many(
            [
                Kpi(contract=1, position=1, title="Seen in time", unit="%", target=Decimal(95),
                    tolerance=Decimal(5), begins=date(2026, 4, 1)),
                Kpi(contract=1, position=2, title="Complaints"),
            ]
        )  # fmt: skip
        store.save(KpiResult(kpi=1, period_start=date(2026, 4, 1), value=Decimal("92.5")))
    made = ContractDetail(session)
    qtbot.addWidget(made)
    made.resize(396, 700)
    made.show()
    made.show_record(1)
    made.show_tab("kpis")
    return made


@pytest.fixture
def kpis(detail: ContractDetail) -> PartSection:
    panel = detail._panels["kpis"]
    assert isinstance(panel, PartsPanel)
    return panel.sections[0]


def results_of(kpis: PartSection) -> PartSection:
    assert kpis.inside is not None
    return kpis.inside.lists[0]


def test_a_kpi_says_how_it_stands(kpis: PartSection) -> None:
    assert kpis.rows.row(1).accessibleName() == (
        "Measure: Seen in time; Rating: Amber; Target: at least 95%; Last result: 92.5%, Q1 2026/27"
    )
    assert kpis.rows.row(2).accessibleName() == "Measure: Complaints; Rating: Unrated"
    assert kpis.summary() == "1 amber, 1 unrated; 11 results missing"
    kpis.open_part(1)
    assert kpis.inside is not None
    worked = kpis.inside._worked
    worked.link_of("rating").click()
    assert worked.why("rating").startswith("Amber: 92.5% misses the target of at least 95%")
    assert worked.link_of("smart").text() == "Why?"


def test_a_result_is_added_for_the_next_period_and_counts_at_once(
    kpis: PartSection, session: Session
) -> None:
    kpis.open_part(1)
    results = results_of(kpis)
    results.add()
    made = session.store.get(KpiResult, 2)
    assert made.period_start == date(2026, 7, 1)
    step = session.history.next_undo()
    assert step is not None and step.label == "Add a result to Seen in time"
    line = cast("QLineEdit", kpis.window().focusWidget())
    QTest.keyClicks(line, "99")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert session.store.get(KpiResult, 2).value == 99
    assert kpis.rows.row(1).cell("rating").text == "Green" and kpis.summary().startswith("1 green, 1 unrated")
    step = session.history.next_undo()
    assert step is not None and step.label == "Change result of KPI result Q2 2026/27"
    results.bin(2)
    step = session.history.next_undo()
    assert step is not None and step.label == "Move KPI result Q2 2026/27 to the bin"
    assert kpis.rows.row(1).cell("latest").text == "92.5%"


def test_enter_goes_to_the_results_where_there_are_some(kpis: PartSection) -> None:
    kpis.rows.focus_row(1)
    QTest.keyClick(kpis.rows.row(1), Qt.Key.Key_Return)
    results = results_of(kpis)
    assert kpis.window().focusWidget() is results.rows.row(1)
    kpis.rows.focus_row(2)
    QTest.keyClick(kpis.rows.row(2), Qt.Key.Key_Return)
    assert kpis.window().focusWidget().accessibleName() == "Measure"


def test_a_new_kpi_comes_last(kpis: PartSection, session: Session) -> None:
    kpis.add()
    assert session.store.get(Kpi, 3).position == 3
    step = session.history.next_undo()
    assert step is not None and step.label == "Add a KPI to Stroke support"


def test_the_trend_has_an_arrow_and_a_word_and_far_over_is_said(kpis: PartSection, session: Session) -> None:
    with session.store.step("Measure"):
        session.store.save_many(
            [KpiResult(kpi=1, period_start=day, value=Decimal(v))
             for day, v in ((date(2025, 10, 1), 80), (date(2026, 1, 1), 85), (date(2026, 7, 1), 120))]
        )  # fmt: skip
    row = kpis.rows.row(1)
    assert row.cell("rating").text == "Green" and row.cell("rating").mark == "green"
    assert row.cell("trend").words == "Over-performing, ↗ Improving"


def test_what_is_missing_is_said_with_its_periods(kpis: PartSection) -> None:
    kpis.open_part(1)
    assert kpis.inside is not None
    said = {v.key: v.value for v in kpis.inside._worked._said.values()}
    assert said["late"] == "Q2 2026/27"
    assert said["smart"].endswith("missing")


def test_the_contract_as_a_whole_is_rated_above(detail: ContractDetail, session: Session) -> None:
    extra = detail._extras["kpis"][0]
    assert isinstance(extra, WorkedExtra)
    assert [v.value for v in extra.list._said.values()] == ["Amber"]
    session.change(KpiResult, 1, {"value": Decimal(10)})
    detail.show_record(1)
    assert [v.value for v in extra.list._said.values()] == ["Red"]
