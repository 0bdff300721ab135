"""Changing many at once: nothing before it was seen, one step, one undo, and what stays says why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.dialogs.bulk import ASK, BulkDialog
from desktop.dialogs.bulk_modes import MODES
from desktop.dialogs.bulk_preview import STAYS
from desktop.pages.contracts import ContractsPage
from desktop.pages.register import RegisterPlan
from desktop.pages.simple_pages import ActionsPage
from desktop.session import Session
from storage.desk.lists.own_fields import add_own_field
from storage.engine.fields import Kind
from storage.records.actions import Action
from storage.records.contracts import Contract
from tests.desktop.conftest import TODAY

PLAN = ContractsPage.plan


Opened = Callable[[RegisterPlan, list[int]], BulkDialog]


@pytest.fixture
def opened(qtbot: QtBot, session: Session) -> Iterator[Opened]:
    """Opens the dialog over a window that stands until the test is over."""
    parent = QWidget()
    qtbot.addWidget(parent)

    def made(plan: RegisterPlan, ids: list[int]) -> BulkDialog:
        dialog = BulkDialog(parent, session, plan, ids)
        dialog.show()
        return dialog

    yield made
    parent.close()


@pytest.fixture
def dialog(opened: Opened) -> BulkDialog:
    """Over the three contracts."""
    return opened(PLAN, [1, 2, 3])


def seen(dialog: BulkDialog) -> list[tuple[str, str, str]]:
    """Now, then and the note of each line of the preview."""
    table = dialog._table
    return [
        (table.cell(row, "now").text, table.cell(row, "will").text, table.cell(row, "note").text)
        for row in range(table.rowCount())
    ]


def type_into(qtbot: QtBot, dialog: BulkDialog, name: str, words: str) -> None:
    control = dialog.form.editor(name).control
    control.setFocus()
    qtbot.keyClicks(control, words)
    dialog.look()


def contracts(session: Session) -> list[Contract]:
    return session.store.all(Contract)


def undo(qtbot: QtBot, session: Session) -> None:
    session.undo()
    qtbot.waitUntil(lambda: not session.store.steps.busy)


def test_a_field_is_set_in_all_of_them_in_one_step(
    qtbot: QtBot, dialog: BulkDialog, session: Session
) -> None:
    session.change(Contract, 2, {"lead_commissioner": "Ann Lee"})
    assert not dialog._do.isEnabled() and dialog._summary.text() == ASK
    dialog.form.set_by("lead_commissioner")
    dialog.look()
    assert [now for now, _, _ in seen(dialog)] == ["blank", "Ann Lee", "blank"]
    type_into(qtbot, dialog, "lead_commissioner", "Ann Lee")
    assert seen(dialog)[0] == ("Ann Lee", STAYS, "It says so already.")
    assert dialog._summary.text() == "2 will change; 1 stays as it is."
    assert dialog._do.text() == "Change lead commissioner of 2 contracts"
    said = QSignalSpy(session.said)
    dialog._do.click()
    assert {c.lead_commissioner for c in contracts(session)} == {"Ann Lee"}
    step = session.history.next_undo()
    assert step is not None and step.label == "Change lead commissioner of 2 contracts"
    assert said.at(0)[0] == "2 contracts changed. Undo takes it back."
    undo(qtbot, session)
    assert [c.lead_commissioner for c in contracts(session)] == ["", "Ann Lee", ""]


def test_nothing_is_done_with_what_was_not_seen(qtbot: QtBot, dialog: BulkDialog, session: Session) -> None:
    dialog.form.set_by("directorate")
    type_into(qtbot, dialog, "directorate", "Adults")
    qtbot.keyClicks(dialog.form.editor("directorate").control, " and children")
    assert not dialog._do.isEnabled()
    dialog.accept()  # shows what it would do
    assert dialog.isVisible() and not any(c.directorate for c in contracts(session))
    assert seen(dialog)[0][1] == "Adults and children"
    dialog.accept()
    assert {c.directorate for c in contracts(session)} == {"Adults and children"}


def test_what_is_typed_is_looked_at_after_a_pause(qtbot: QtBot, dialog: BulkDialog) -> None:
    dialog.form.set_by("tier")
    dialog.form.set_by("directorate")
    qtbot.keyClicks(dialog.form.editor("directorate").control, "Adults")
    qtbot.waitUntil(lambda: seen(dialog)[0][1] == "Adults")


def test_words_that_cannot_be_read_are_explained_and_change_nothing(
    qtbot: QtBot, dialog: BulkDialog, session: Session
) -> None:
    dialog.form.set_by("review_date")
    type_into(qtbot, dialog, "review_date", "31/02/2028")
    dialog.accept()
    assert "only 29 days" in dialog.form.editor("review_date").problem_line.words()
    assert dialog.isVisible() and session.history.next_undo().label == "Fill the register"  # type: ignore[union-attr]


def test_a_field_is_emptied_only_when_that_is_said(
    qtbot: QtBot, dialog: BulkDialog, session: Session
) -> None:
    session.change(Contract, 1, {"tier": "Gold"})
    dialog.form.set_by("tier")
    assert not dialog._do.isEnabled()
    dialog.form._empty.click()
    dialog.look()
    assert seen(dialog)[-1] == ("Gold", "blank", "")
    dialog.accept()
    assert {c.tier for c in contracts(session)} == {""}


def test_own_fields_can_be_set(qtbot: QtBot, opened: Opened, session: Session) -> None:
    spend = add_own_field(session.store, "Spend", Kind.MONEY)
    dialog = opened(PLAN, [1, 3])
    name = spend.field().name
    dialog.form.set_by(name)
    type_into(qtbot, dialog, name, "1.2m")
    dialog.accept()
    assert [c.own.get(spend.code) for c in contracts(session)] == [120_000_000, None, 120_000_000]


def test_ends_move_on_and_those_without_one_stay(qtbot: QtBot, dialog: BulkDialog, session: Session) -> None:
    dialog.choose("extend")
    assert not dialog._do.isEnabled()
    type_into(qtbot, dialog, "by", "6m")
    assert seen(dialog) == [
        ("blank", STAYS, "No end is recorded that could be extended."),
        ("31 Mar 2026", "30 Sep 2026", "That end has passed too."),
        ("31 Mar 2027", "30 Sep 2027", ""),
    ]
    assert dialog._do.text() == "Extend 2 contracts"
    assert dialog._summary.text() == "2 will change; 1 stays as it is; 1 to look at."
    type_into(qtbot, dialog, "to", "1/1/30")
    assert not dialog._do.isEnabled(), "an end and a length together are no answer"


def test_who_looks_after_them_is_offered_from_the_names_in_use(
    qtbot: QtBot, dialog: BulkDialog, session: Session
) -> None:
    session.change(Contract, 2, {"lead_commissioner": "Ann Lee"})
    dialog.choose("give")
    line = dialog.form.editor("lead_commissioner").control
    completer = line.completer()  # type: ignore[attr-defined]
    completer.setCompletionPrefix("lee")
    assert completer.currentCompletion() == "Ann Lee"
    type_into(qtbot, dialog, "contract_manager", "Bo")
    dialog.accept()
    assert {(c.lead_commissioner, c.contract_manager) for c in contracts(session)} == {
        ("", "Bo"),
        ("Ann Lee", "Bo"),
    }


def test_closing_begins_with_today(qtbot: QtBot, dialog: BulkDialog, session: Session) -> None:
    dialog.choose("close")
    dialog.look()
    assert dialog._do.text() == "Close 3 contracts"
    type_into(qtbot, dialog, "words", "Moved in-house.")
    dialog.accept()
    assert {(c.stage, c.notes) for c in contracts(session)} == {
        ("Terminated", "Terminated on 22 November 2026. Moved in-house.")
    }


def test_actions_are_moved_and_finished(qtbot: QtBot, opened: Opened, session: Session) -> None:
    with session.store.step("Add"):
        made = session.store.save_many(
            [Action(title="Ring", due=date(2026, 12, 1)), Action(title="Write", status="Done")]
        )
    ids = [a.key for a in made]
    dialog = opened(ActionsPage.plan, ids)
    dialog.choose("move")
    type_into(qtbot, dialog, "by", "2w")
    dialog.accept()
    done = opened(ActionsPage.plan, ids)
    done.choose("done")
    done.look()
    done.accept()
    assert [(a.due, a.status, a.done_on) for a in session.store.all(Action)] == [
        (date(2026, 12, 15), "Done", TODAY),
        (None, "Done", None),
    ]


def test_thousands_are_looked_at_and_changed_in_slices(
    qtbot: QtBot, opened: Opened, session: Session
) -> None:
    store = session.store
    with store.step("Add"):
        made = store.save_many([Contract(title=f"C{n}") for n in range(1_500)])
    dialog = opened(PLAN, [c.key for c in made])
    dialog.form.set_by("tier")
    dialog.form.editor("tier")._put("Gold")
    dialog.look()
    qtbot.waitUntil(dialog._do.isEnabled, timeout=20_000)
    assert dialog._do.text() == "Change tier of 1,500 contracts"
    dialog.accept()
    qtbot.waitUntil(lambda: not store.steps.busy, timeout=60_000)
    assert sum(c.tier == "Gold" for c in contracts(session)) == 1_500
    undo(qtbot, session)
    qtbot.waitUntil(lambda: not store.steps.busy, timeout=60_000)


def test_closing_the_dialog_while_it_looks_leaves_nothing_behind(
    qtbot: QtBot, opened: Opened, session: Session
) -> None:
    store = session.store
    with store.step("Add"):
        made = store.save_many([Contract(title=f"C{n}") for n in range(1_500)])
    dialog = opened(PLAN, [c.key for c in made])
    dialog.choose("close")
    dialog.look()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not store.steps.busy and not dialog.isVisible()


def test_every_list_that_offers_it_has_something_to_do() -> None:
    from desktop.pages.checklists import ChecklistsPage
    from desktop.pages.simple_pages import ProvidersPage, ServicesPage
    from desktop.pages.specifications import SpecificationsPage

    for page in (
        ContractsPage, ActionsPage, ProvidersPage, ServicesPage, ChecklistsPage, SpecificationsPage,
    ):  # fmt: skip
        assert page.plan.many == (page.plan.cls in MODES)
