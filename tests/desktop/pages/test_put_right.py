"""To put right: findings by level, owner and kind; a click goes to the cell; not now, and back again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from desktop.dialogs.form_dialog import FormDialog
from desktop.pages.finding_places import place_of
from desktop.pages.page import Place
from desktop.pages.put_right import ASIDES, PutRightPage
from desktop.pages.put_right_table import ASIDE, COLUMNS
from desktop.session import Session
from storage.desk.put_right.asides import put_aside
from storage.desk.put_right.listing import NOBODY
from storage.engine.store import Store
from storage.records.actions import Action
from storage.records.contracts import Contract
from widgets.empty import EmptyPage


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.looking.QUIET", 20)


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> Iterator[PutRightPage]:
    session.store.change(Contract, 1, {"contract_manager": "Ann Lee", "tier": "Platinum"})
    made = PutRightPage(session)
    made.resize(1166, 700)
    made.show()
    qtbot.waitUntil(lambda: made.settled, timeout=10_000)
    yield made
    made.close()
    made.deleteLater()


def shown(page: PutRightPage) -> list[str]:
    return [f.kind.key for f in page.table.shown()]


def test_it_lists_the_gravest_first_and_counts(page: PutRightPage) -> None:
    keys = shown(page)
    assert (keys[0], keys[-1]) == ("no_end", "off_list")
    assert [row.title for row in page.outline.rows] == ["Everything", "Must", "Should", "Could"]
    assert page.outline.rows[0].mark == str(len(keys))


def test_groups_and_owner_narrow_the_list(page: PutRightPage) -> None:
    page.group_by("kind")
    page.choose("Word on no list")
    assert shown(page) == ["off_list"]
    page.group_by("owner")
    assert [row.title for row in page.outline.rows][-1] == NOBODY
    page.choose_owner("Ann Lee")
    assert {f.subject for f in page.table.shown()} == {"Stroke support"}


def test_a_click_goes_to_the_cell(qtbot: QtBot, page: PutRightPage) -> None:
    page.group_by("kind")
    page.choose("Nobody in charge")
    with qtbot.waitSignal(page.go) as went:
        page.table.view.clicked.emit(page.table.model.index(0, 1))
    assert went.args == [Place("contracts", 3, "summary/contract/3/contract_manager")]


def test_a_part_and_an_action_have_their_places_too() -> None:
    assert place_of("kpi", 7, "target", 3) == Place("contracts", 3, "kpis/kpi/7/target")
    assert place_of("action", 2, "status").section.endswith("/action/2/status")
    assert place_of("organisation", 2, "charity_number").page == "providers"
    assert place_of("contract", 3, "unheard_of") == Place("contracts", 3, "")


def test_not_now_takes_it_out_and_back(qtbot: QtBot, page: PutRightPage) -> None:
    finding = page.table.shown()[0]
    with qtbot.waitSignal(page._looking.found, timeout=10_000):
        put_aside(page.session.store, finding, "The panel meets in May", date(2027, 5, 1))
    assert finding.key not in {f.key for f in page.table.shown()}
    page.choose(ASIDES)
    assert [f.key for f in page.table.shown()] == [finding.key]
    last = next(place for place, column in enumerate(COLUMNS) if column.name == ASIDE)
    with qtbot.waitSignal(page._looking.found, timeout=10_000):
        page.table.view.clicked.emit(page.table.model.index(0, last))
    assert finding.key in {f.key for f in page.table.shown()}


def test_the_reason_is_asked_for(qtbot: QtBot, page: PutRightPage, failures: list[str]) -> None:
    page.put_aside(page.table.shown()[0])
    dialog = page.findChild(FormDialog)
    assert dialog is not None
    dialog.accept()
    assert dialog.isVisible() and not page.session.history.next_undo().label.startswith("Put aside")  # type: ignore[union-attr]
    dialog.reject()


def test_it_looks_again_when_the_file_changes(qtbot: QtBot, page: PutRightPage) -> None:
    with qtbot.waitSignal(page._looking.found, timeout=10_000), page.session.store.step("Add"):
        page.session.store.save(Action(title="Write", owner="Ann Lee", due=date(2026, 11, 1)))
    assert "action_late" in shown(page)


def test_an_empty_file_says_what_to_do_first(qtbot: QtBot, store: Store) -> None:
    session = Session(store)
    page = PutRightPage(session)
    page.show()
    qtbot.waitUntil(lambda: page.settled, timeout=10_000)
    empty = page._pages.currentWidget()
    assert isinstance(empty, EmptyPage)
    assert page.primary == ("", "")
    with qtbot.waitSignal(page.command) as asked:
        empty.chosen.emit("file.import")
    assert asked.args == ["file.import"]
    page.close()
    page.deleteLater()
    session.deleteLater()
