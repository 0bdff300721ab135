"""Views of a list: picked, changed, saved, remembered; what is usual and what belongs to a view are kept apart."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from desktop.dialogs.form_dialog import FormDialog
from desktop.pages.contracts import ContractsPage
from desktop.pages.list_views import ListViews
from desktop.session import Session
from storage.desk.lists.own_fields import add_own_field, remove_own_field
from storage.desk.lists.views import View, bin_view, save_view, views_of
from storage.desk.office import change_office
from storage.engine.conditions import Where
from storage.engine.fields import Kind
from storage.records.contracts import Contract
from widgets.filters import Filter

ENDLESS, MINE = "starting/No end date", "starting/Mine"


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> Iterator[ContractsPage]:
    yield made(qtbot, session)


def made(qtbot: QtBot, session: Session) -> ContractsPage:
    page = ContractsPage(session)
    qtbot.addWidget(page)
    page.resize(1200, 700)
    page.show()
    return page


def shown(page: ContractsPage) -> list[str]:
    model = page.list.model
    return [model.cell(row, "title").text for row in range(model.rowCount())]


def altered(page: ContractsPage) -> bool:
    """Whether the list shows something else than its view, and says so."""
    assert page.views.changed == page.views.button.text().endswith(" · changed")
    return page.views.changed


def columns(page: ContractsPage) -> list[str]:
    return list(page.list.arrangement().columns)


def own(session: Session) -> list[View]:
    return [v for v in views_of(session.store, "contracts", Contract) if v.own]


def offered(views: ListViews) -> list[str]:
    menu = views.button.menu()
    menu.aboutToShow.emit()
    return [a.text() for a in menu.actions() if a.text()]


def do(views: ListViews, words: str) -> None:
    offered(views)
    next(a for a in views.button.menu().actions() if a.text() == words).trigger()


def test_picking_a_view_shows_its_rows_columns_and_name(page: ContractsPage) -> None:
    assert page.views.button.text() == "All contracts"
    page.views.pick(ENDLESS)
    assert shown(page) == ["Crisis house"]
    assert page.views.button.text() == "No end date"
    assert page.list.filter_words() == "Ends: blank; Position: none of Terminated, Cancelled"
    page.views.pick("")
    assert shown(page) == ["Falls classes", "Stroke support", "Crisis house"]


def test_what_the_user_alters_shows_as_changed_and_can_be_taken_back(page: ContractsPage) -> None:
    views = page.views
    views.pick(ENDLESS)
    page.list.sort_by([("title", True)])
    assert views.button.text() == "No end date · changed"
    assert views.button.accessibleName() == "View: No end date, changed"
    do(views, "Back to “No end date”")
    assert not altered(page)
    page.list.set_columns(["title"])
    assert altered(page)
    views.pick(ENDLESS)
    page.list.bar.set_text("crisis")
    page.list.ask_again()
    assert altered(page)
    page.list.bar.set_text("")
    page.list.ask_again()
    assert not altered(page)


def test_columns_dragged_elsewhere_are_a_change_too(qtbot: QtBot, page: ContractsPage) -> None:
    page.views.pick(ENDLESS)
    page.list.view.horizontalHeader().moveSection(0, 2)
    qtbot.waitUntil(lambda: altered(page))
    page.views.pick(ENDLESS)
    assert not altered(page)


def test_a_view_is_saved_under_a_name_that_is_asked_for(
    qtbot: QtBot, page: ContractsPage, session: Session
) -> None:
    page.list.set_columns(["title", "stage"])
    page.list.bar.set_filters([Filter("stage", "is", ("Signed", "Draft"))])
    page.list.ask_again()
    assert page.views.button.text() == "All contracts · changed"
    page.views.save_as()
    dialog = page.findChildren(FormDialog)[0]
    qtbot.keyClicks(dialog.editor("name").control, "Signed & drafts")
    dialog.accept()
    assert page.views.button.text() == "Signed && drafts"
    assert offered(page.views)[:2] == ["All contracts", "Signed && drafts"]
    assert own(session)[0].arrangement == page.list.arrangement()
    assert page.views.words() == "view “Signed & drafts”: Status: Signed or Draft"
    page.views.save_as()
    again = next(d for d in page.findChildren(FormDialog) if d.isVisible())
    qtbot.keyClicks(again.editor("name").control, "signed & drafts")
    again.accept()
    assert "already" in again.said()
    again.reject()


def test_changes_go_into_the_view_and_undo_takes_them_out(
    qtbot: QtBot, page: ContractsPage, session: Session
) -> None:
    page.views._keep("Wide")
    page.list.set_columns(["title", "tier"])
    do(page.views, "Save the changes to “Wide”")
    assert own(session)[0].arrangement.columns == ("title", "tier")
    assert not altered(page)
    session.undo()
    qtbot.waitUntil(lambda: altered(page))


def test_changing_a_view_of_the_program_makes_one_of_ones_own(page: ContractsPage, session: Session) -> None:
    page.views.pick(ENDLESS)
    page.list.set_columns(["title", "stage"])
    page.views.update()
    assert [(v.name, v.arrangement.columns) for v in own(session)] == [("No end date", ("title", "stage"))]
    assert page.views.active == own(session)[0]
    assert offered(page.views).count("No end date") == 1


def test_the_next_start_begins_with_the_same_view(
    qtbot: QtBot, page: ContractsPage, session: Session
) -> None:
    page.views.pick(ENDLESS)
    page.list.set_columns(["title"])  # of the view, for now
    again = made(qtbot, session)
    assert (shown(again), again.views.button.text()) == (["Crisis house"], "No end date")
    again.views.pick("")
    third = made(qtbot, session)
    assert len(columns(third)) > 1
    assert third.views.button.text() == "All contracts"


def test_usual_columns_and_order_stay_what_they_were(page: ContractsPage) -> None:
    page.list.set_columns(["title", "directorate"])
    page.list.sort_by([("title", True)])
    assert not altered(page)
    page.views.pick(ENDLESS)
    page.list.sort_by([("start", False)])
    page.list.set_columns(["title", "start"])
    page.views.pick("")
    assert columns(page) == ["title", "directorate"]
    assert shown(page) == ["Stroke support", "Falls classes", "Crisis house"]


def test_the_keyboard_steps_from_view_to_view(page: ContractsPage, session: Session) -> None:
    change_office(session.store, {"person": "Ann Lee"})
    seen = []
    for _ in range(8):
        page.views.step(1)
        seen.append(page.views.button.text())
    assert seen[:2] == ["Ending within 12 months", "Last safe day within 90 days"]
    assert seen[-2:] == ["Mine", "Mine"]
    for _ in range(8):
        page.views.step(-1)
    assert page.views.button.text() == "All contracts"


def test_mine_without_a_name_says_what_is_missing(page: ContractsPage, session: Session) -> None:
    said = QSignalSpy(session.said)
    page.views.pick(MINE)
    assert "fill it in under Settings" in said.at(0)[0]
    assert page.views.key == ""
    change_office(session.store, {"person": "Ann Lee"})
    page.views.pick(MINE)
    assert shown(page) == []


def test_a_view_thrown_away_leaves_the_list_as_it_is(page: ContractsPage, session: Session) -> None:
    page.list.bar.set_filters([Filter("current_end", "blank")])
    page.list.ask_again()
    page.views._keep("Endless")
    bin_view(session.store, own(session)[0].number)
    assert page.views.button.text() == "All contracts · changed"
    assert shown(page) == ["Crisis house"]


def test_a_view_of_a_field_that_was_put_away_says_so(page: ContractsPage, session: Session) -> None:
    risk = add_own_field(session.store, "Risk", Kind.CHOICE)
    name = risk.field().name
    page.list.set_columns(["title", name])
    page.views._keep("Risky")
    remove_own_field(session.store, risk.key)
    page.views.pick("")
    said = QSignalSpy(session.said)
    page.views.pick(own(session)[0].key)
    assert said.at(said.count() - 1)[0] == "Risky: The field “Risk” is no longer there."
    assert columns(page) == ["title"]


def test_a_condition_from_elsewhere_leaves_the_view(page: ContractsPage) -> None:
    page.views.pick(ENDLESS)
    page.show_where(Where("stage", "is", ("Signed",)))
    assert page.views.key == ""
    assert len(shown(page)) == 3


def test_a_record_the_view_hides_can_still_be_opened(page: ContractsPage) -> None:
    page.views.pick(ENDLESS)
    page.open_record(1)
    assert page.record_shown() == 1
    assert page.views.button.text() == "No end date · changed"


def test_the_button_stands_beside_the_title_only_where_there_is_a_list(
    page: ContractsPage, session: Session
) -> None:
    assert page.beside is not None and page.beside.isAncestorOf(page.views.button)
    with session.store.step("Empty"):
        session.store.bin(Contract, [1, 2, 3])
    assert page.beside is None


def test_in_a_file_open_to_read_nothing_is_saved(
    page: ContractsPage, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_view(session.store, "contracts", Contract, "Kept", page.list.arrangement())
    monkeypatch.setattr(Session, "read_only", property(lambda _self: True))
    offered(page.views)
    able = {a.text(): a.isEnabled() for a in page.views.button.menu().actions() if a.text()}
    assert able["Kept"] and not able["Save as a view…"] and not able["Rename and order views…"]
