"""Providers, services and actions on screen, and the bin behind them."""

from __future__ import annotations

from datetime import date

from pytestqt.qtbot import QtBot

from desktop.dialogs.bin import BinDialog, binned
from desktop.dialogs.form_dialog import FormDialog
from desktop.pages.provider_detail import ProviderDetail
from desktop.pages.simple_pages import ActionsPage, ProvidersPage, ServicesPage, due_cell
from desktop.session import Session
from storage.desk.bin import move_to_bin
from storage.records.actions import Action
from storage.records.organisations import Organisation, Person
from storage.records.services import Service
from tests.desktop.conftest import TODAY


def shown(page: ProvidersPage | ServicesPage | ActionsPage, column: str) -> list[str]:
    model = page.list.model
    return [model.cell(row, column).words for row in range(model.rowCount())]


def begins(page: ServicesPage) -> bool:
    """Whether the page says what to begin with."""
    return page.is_empty


def test_providers_show_what_they_hold(qtbot: QtBot, session: Session) -> None:
    page = ProvidersPage(session)
    qtbot.addWidget(page)
    page.show()
    assert shown(page, "title") == ["Northmoor Care", "Southgate Trust"]
    assert shown(page, "contracts_held") == ["2", "1"]
    assert shown(page, "value_held") == ["£120,000", "£30,000.50"]
    page.open_record(1, "links")
    groups = page.detail.groups(session.store.get(Organisation, 1))  # type: ignore[attr-defined]
    assert [r.words for r in groups[0].rows] == ["Stroke support", "Crisis house"]


def test_a_provider_with_contracts_is_not_binned(session: Session, failures: list[str]) -> None:
    assert not session.attempt(lambda: move_to_bin(session.store, Organisation, [1]))
    assert "2 contracts name Northmoor Care" in failures[0]
    assert not session.store.get(Organisation, 1).binned


def test_an_empty_page_says_what_belongs_there(qtbot: QtBot, session: Session) -> None:
    page = ServicesPage(session)
    qtbot.addWidget(page)
    page.show()
    assert begins(page)
    assert page.primary == ("", "")
    with session.store.step("Add"):
        session.store.save(Service(title="Stroke care"))
    assert not begins(page)
    assert page.primary == ("New service", "plus")


def test_an_unseen_page_catches_up_when_shown(qtbot: QtBot, session: Session) -> None:
    page = ActionsPage(session)
    qtbot.addWidget(page)
    with session.store.step("Add"):
        session.store.save(Action(title="Ring the provider", due=date(2026, 11, 1)))
    assert shown(page, "title") == []
    page.show()
    assert shown(page, "title") == ["Ring the provider"]


def test_overdue_says_so_in_a_word() -> None:
    late = Action(title="x", due=date(2026, 11, 1))
    assert (due_cell(late, TODAY).note, due_cell(late, TODAY).tone) == ("overdue", "red")
    done = Action(title="x", due=date(2026, 11, 1), status="Done")
    assert due_cell(done, TODAY).note == ""


def test_the_bin_puts_back(qtbot: QtBot, session: Session) -> None:
    with session.store.step("Add"):
        service = session.store.save(Service(title="Stroke care"))
    move_to_bin(session.store, Service, [service.key])
    page = ProvidersPage(session)
    qtbot.addWidget(page)
    dialog = BinDialog(page, session)
    assert [r.name for r in binned(session)] == ["Stroke care"]
    dialog._put_back(Service, service.key)
    assert binned(session) == []
    assert not session.store.get(Service, service.key).binned


def test_people_are_kept_with_their_organisation(qtbot: QtBot, session: Session) -> None:
    page = ProvidersPage(session)
    qtbot.addWidget(page)
    page.show()
    page.open_record(1, "people")
    detail = page.detail
    assert isinstance(detail, ProviderDetail)
    detail._add_person("people")
    dialog = page.findChildren(FormDialog)[0]
    qtbot.keyClicks(dialog.editor("title").control, "Ann Other")
    dialog.accept()
    person = session.store.all(Person)[0]
    assert (person.title, person.organisation) == ("Ann Other", 1)
    detail._save_person(person, {"title": "Ann Mayer", "role": "Director"})
    assert [r.words for r in detail._people(session.store.get(Organisation, 1)).rows] == ["Ann Mayer"]
    detail._bin_person("people", person.key)
    assert detail._people(session.store.get(Organisation, 1)).rows == ()
