"""The contract register on screen: found, edited, undone, linked, binned."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy
from pytestqt.qtbot import QtBot

from desktop.dialogs.pick import Picked
from desktop.pages import linking
from desktop.pages.contracts import ContractsPage
from desktop.session import Session
from storage.engine.backup.snapshots import save_as
from storage.engine.opening import open_store
from storage.engine.query import Query
from storage.records.contracts import Contract
from storage.records.parties import Party
from storage.records.services import Service
from widgets.filters import Filter


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> Iterator[ContractsPage]:
    made = ContractsPage(session)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    yield made


def shown(page: ContractsPage, column: str) -> list[str]:
    model = page.list.model
    return [model.cell(row, column).words for row in range(model.rowCount())]


def edit(qtbot: QtBot, page: ContractsPage, tab: str, field: str, words: str) -> None:
    """Type over a field and leave it, as a person does."""
    page.detail.show_tab(tab)
    control = page.detail.forms[tab].editor(field).control
    control.setFocus()
    control.selectAll()  # type: ignore[attr-defined]
    qtbot.keyClicks(control, words)
    qtbot.keyClick(control, Qt.Key.Key_Return)


def test_the_register_shows_what_to_act_on_first(page: ContractsPage) -> None:
    QAbstractItemModelTester(page.list.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert shown(page, "reference") == ["C-2", "C-1", "C-3"]
    assert shown(page, "notice_by") == ["31 Dec 2025", "31 Dec 2026, in 39 days", ""]
    assert shown(page, "position") == ["Expired", "Live", "Open-ended"]
    assert shown(page, "provider_name") == ["Southgate Trust", "Northmoor Care", "Northmoor Care"]


def test_an_edited_date_is_saved_worked_out_again_and_undone(
    qtbot: QtBot, page: ContractsPage, session: Session, failures: list[str]
) -> None:
    page.open_record(1)
    edit(qtbot, page, "term", "current_end", "30/9/28")
    contract = session.store.get(Contract, 1)
    assert (contract.current_end, contract.notice_by) == (date(2028, 9, 30), date(2028, 6, 30))
    assert "30 Jun 2028, in 19 months" in shown(page, "notice_by")
    session.undo()
    qtbot.waitUntil(lambda: session.store.get(Contract, 1).notice_by == date(2026, 12, 31))
    assert "31 Dec 2026, in 39 days" in shown(page, "notice_by")
    session.redo()
    qtbot.waitUntil(lambda: session.store.get(Contract, 1).current_end == date(2028, 9, 30))
    assert failures == []


def test_words_that_cannot_be_read_are_kept_and_explained(
    qtbot: QtBot, page: ContractsPage, session: Session
) -> None:
    page.open_record(1)
    edit(qtbot, page, "term", "current_end", "31/02/2028")
    editor = page.detail.forms["term"].editor("current_end")
    assert editor.words() == "31/02/2028"
    assert editor.problem_line.words() == "February 2028 has only 29 days, not 31."
    assert session.store.get(Contract, 1).current_end == date(2027, 3, 31)


def test_filters_and_words_narrow_the_table_and_its_totals(page: ContractsPage) -> None:
    page.list.bar.set_filters([Filter("position", "is", ("Live", "Open-ended"))])
    page.list.ask_again()
    assert shown(page, "reference") == ["C-1", "C-3"]
    assert page.list.bar._totals_words[0] == "2 contracts · £120,000 · 1 without a value"
    page.list.bar.set_text("northm cris")
    page.list.ask_again()
    assert shown(page, "reference") == ["C-3"]
    assert page.views.words() == "Position: Live or Open-ended; has “northm cris”"


def test_a_total_with_something_to_be_confirmed_says_so(page: ContractsPage, session: Session) -> None:
    session.change(Contract, 3, {"value_certainty": "To be confirmed"})
    assert page.list.bar._totals_words == (
        "3 contracts · £150,000.50 + 1 to be confirmed",
        "3 · £150k + 1 TBC",
    )
    session.change(Contract, 2, {"value_certainty": "To be confirmed"})
    words, brief = page.list.bar._totals_words
    assert words == "3 contracts · £150,000.50 (£30,000.50 of it to be confirmed) + 1 to be confirmed"
    assert brief == "3 · £150k incl. 1 TBC + 1 TBC"


def test_opening_a_hidden_record_lifts_the_filters(page: ContractsPage) -> None:
    page.list.bar.set_text("crisis")
    page.list.ask_again()
    page.open_record(1)
    assert page.record_shown() == 1
    assert shown(page, "reference") == ["C-2", "C-1", "C-3"]


def test_why_says_how_the_date_came_about(page: ContractsPage) -> None:
    page.open_record(1)
    page.detail._fact_why("notice_by")
    assert "end 31 Mar 2027 less 3 months’ notice" in page.detail._why.tree.words()


def test_columns_and_order_are_remembered(qtbot: QtBot, page: ContractsPage, session: Session) -> None:
    page.list.set_columns(["title", "directorate"])
    page.list.sort_by([("title", True)])
    again = ContractsPage(session)
    qtbot.addWidget(again)
    assert [c.name for c in again.list.model.columns] == ["title", "directorate"]
    assert shown(again, "title") == ["Stroke support", "Falls classes", "Crisis house"]


def test_a_link_is_added_walked_and_taken_away(
    qtbot: QtBot, page: ContractsPage, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.open_record(1, "links")
    contract = session.store.get(Contract, 1)
    linking._link(session, contract, "service", Picked(0, "Stroke care"))
    linking._link(session, contract, "party", Picked(0, "Ox Council", "Funder"))
    service = session.store.all(Service)[0]
    assert (service.title, service.contracts_held, service.value_held) == ("Stroke care", 1, 120_000_00)
    went = QSignalSpy(page.go)
    panel = page.detail._panels["links"]
    panel.go.emit(page)  # type: ignore[attr-defined]
    assert went.count() == 1
    funder = next(p for p in session.store.all(Party) if p.role == "Funder")
    linking.remove_link(session, contract, "party", funder.key)
    linking.remove_link(session, contract, "service", service.key)
    assert session.store.get(Service, service.key).contracts_held == 0
    assert [p.role for p in session.store.all(Party, Query())].count("Funder") == 0


def test_a_draft_survives_a_crash(
    qtbot: QtBot, page: ContractsPage, session: Session, tmp_path: Path
) -> None:
    page.open_record(1)
    control = page.detail.forms["summary"].editor("description").control
    control.setFocus()
    qtbot.keyClicks(control, "half a sentence")
    page.detail.forms.drafts._write()
    save_as(session.store, tmp_path / "as the disk has it.desk")
    with closing(open_store(tmp_path / "as the disk has it.desk", today=session.today)) as crashed:
        again = ContractsPage(Session(crashed))
        qtbot.addWidget(again)
        again.open_record(1)
        assert again.detail.forms["summary"].editor("description").words() == "half a sentence"
        assert crashed.get(Contract, 1).description == ""


def test_a_new_record_is_named_by_typing_over_it(qtbot: QtBot, page: ContractsPage, session: Session) -> None:
    page.activateWindow()
    page.open_record(3, "money")
    page.begin_naming()
    control = page.detail.forms["summary"].editor("title").control
    assert page.focusWidget() is control
    qtbot.keyClicks(control, "Crisis house, Tarn")
    page.detail.leave()
    assert session.store.get(Contract, 3).title == "Crisis house, Tarn"


def test_enter_goes_to_the_record_and_esc_back_to_the_table(qtbot: QtBot, page: ContractsPage) -> None:
    page.activateWindow()
    page.list.view.setFocus()
    page.list.view.select_id(3)
    qtbot.keyClick(page.list.view, Qt.Key.Key_Return)
    control = page.focusWidget()
    assert control.text() == "Summary"  # type: ignore[attr-defined]
    qtbot.keyClick(control, Qt.Key.Key_Escape)
    assert page.list.view.hasFocus()
    assert page.record_shown() == 3
