"""Since the last meeting: what is kept, compared, filtered by kind, opened, printed and thrown away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from desktop.dialogs.form_dialog import FormDialog
from desktop.dialogs.print_preview import PrintPreview
from desktop.pages.page import Place
from desktop.pages.since_meeting import ALL, SincePage
from desktop.pages.since_table import GONE
from desktop.session import Session
from storage.desk.meeting.shown_contracts import keep, shown_now, snapshots
from storage.records.contracts import Contract
from storage.rules.since_meeting import Kind


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.looking.QUIET", 20)


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> Iterator[SincePage]:
    made = SincePage(session)
    made.resize(1166, 700)
    made.show()
    qtbot.waitUntil(lambda: made.settled, timeout=10_000)
    yield made
    made.close()
    made.deleteLater()


def looked(qtbot: QtBot, page: SincePage) -> None:
    qtbot.waitUntil(lambda: page.settled, timeout=10_000)


def dialog_of(page: SincePage) -> FormDialog:
    dialog = page.findChild(FormDialog)
    assert dialog is not None
    return dialog


def change(session: Session) -> None:
    """Raise the value of the first contract and rename the second."""
    store = session.store
    with store.step("Change"):
        one, two = store.get(Contract, 1), store.get(Contract, 2)
        store.save_many([replace(one, current_value=130_000_00), replace(two, title="Balance classes")])


def kinds(page: SincePage) -> list[Kind]:
    return [row.kind for row in page.table.shown()]


def test_an_empty_page_leads_to_a_first_snapshot_that_is_then_compared(qtbot: QtBot, page: SincePage) -> None:
    assert page._pages.currentIndex() == 2 and page.primary == ("", "")
    page._begin("since.keep")
    dialog = dialog_of(page)
    dialog._editors["meeting"].set_value("Contract board")
    with qtbot.waitSignal(page._looking.found, timeout=10_000):
        dialog.accept()
    assert [s.title for s in snapshots(page.session.store)] == ["Contract board"]
    assert page._pages.currentIndex() == 1 and page._rows.currentIndex() == 1  # nothing has changed yet
    with qtbot.waitSignal(page._looking.found, timeout=10_000):
        change(page.session)
    assert kinds(page) == [Kind.UP, Kind.CHANGED]
    assert page._totals.text() == "2 changes in 2 contracts"
    assert page.from_button.text().startswith("Contract board, ")


def test_changes_are_filtered_by_kind_sorted_and_opened(qtbot: QtBot, session: Session) -> None:
    keep(session.store, "Board", shown_now(session.store))
    change(session)
    page = SincePage(session)
    page.show()
    looked(qtbot, page)
    assert [row.title for row in page.outline.rows] == [
        "Every change",
        "Value up",
        "Changed",
        "Worked out anew",
    ]
    page.choose("Changed")
    assert kinds(page) == [Kind.CHANGED]
    page.choose(ALL)
    page.table.view.sort_changed.emit([("kind", True)])
    assert kinds(page) == [Kind.CHANGED, Kind.UP]
    with qtbot.waitSignal(page.go) as went:
        page.table.view.clicked.emit(page.table.model.index(1, 0))
    [place] = went.args
    assert isinstance(place, Place) and (place.page, place.record) == ("contracts", 1)
    assert place.section.endswith("/contract/1/current_value")
    page.table.show_changes([replace(page.table.shown()[0], contract=0)])
    with qtbot.waitSignal(page.table.said) as said:
        page.table.walk(1)
    assert said.args == [GONE]
    page.print_page()
    preview = page.findChild(PrintPreview)
    assert preview is not None
    qtbot.waitUntil(lambda: preview.ways.paper is not None, timeout=10_000)
    preview.reject()
    page.close()
    page.deleteLater()


def test_any_two_snapshots_are_compared_and_one_can_go(qtbot: QtBot, session: Session) -> None:
    store = session.store
    first = keep(store, "Board", replace(shown_now(store), at="2026-03-04T12:00:00.000+00:00"))
    change(session)
    second = keep(store, "Board", shown_now(store))
    page = SincePage(session)
    page.show()
    looked(qtbot, page)
    assert kinds(page) == [] and not page.to_button.isEnabled()
    page.compare(first.key, second.key)
    looked(qtbot, page)
    assert kinds(page) == [Kind.UP, Kind.CHANGED]
    assert page.from_button.text() == "Board, 4 Mar 2026" and page.to_button.text().startswith("Board, ")
    with qtbot.waitSignal(page._looking.found, timeout=10_000):
        page.delete_snapshot()
    assert [s.key for s in snapshots(store)] == [second.key]
    assert kinds(page) == []
    page.close()
    page.deleteLater()


def test_a_meeting_without_a_name_is_asked_for_again(page: SincePage, failures: list[str]) -> None:
    page.keep_shown()
    dialog = dialog_of(page)
    dialog._editors["meeting"].set_value("x" * 61)
    dialog.accept()
    assert dialog.isVisible() and not snapshots(page.session.store)
    dialog.reject()
