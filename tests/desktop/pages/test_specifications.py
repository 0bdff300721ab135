"""Specifications in the window: read, written section by section, issued, looked at and printed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date

import pytest
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.dialogs.form_dialog import FormDialog
from desktop.dialogs.print_preview import PrintPreview
from desktop.dialogs.start_specification import start_dialog
from desktop.pages.page import Place
from desktop.pages.specifications import SpecificationsPage
from desktop.session import Session
from storage.desk.contract.links import link_specification
from storage.desk.specification import sections, specifications
from storage.desk.specification.sections import sections_of
from storage.engine.opening import open_store
from storage.records.specifications import Section, Specification, Version

TODAY = date(2026, 11, 22)


@pytest.fixture
def made(session: Session) -> Specification:
    """A draft with three sections, the last of which must be filled in."""
    store = session.store
    with store.step("Write"):
        number = store.save(Specification(title="Stroke support", reference="SP-1", owner="Joy Okafor")).key
    first = sections.add_section(store, number, "Needs", body="People **need** it.")
    sections.add_section(store, number, "Where", level=2, body="At home.")
    last = sections.add_section(store, number, "Outcomes")
    with store.step("Need"):
        store.save_many([session.store.get(Section, last.key)])
    sections.edit_section(store, last.key, {"needed": True, "guidance": "What gets better."})
    assert first.number == "1"
    return store.get(Specification, number)


@pytest.fixture
def page(qtbot: QtBot, session: Session, made: Specification) -> Iterator[SpecificationsPage]:
    shown = SpecificationsPage(session)
    qtbot.addWidget(shown)
    shown.resize(1366, 700)
    with qtbot.waitExposed(shown):
        shown.show()
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    shown.open_record(made.key)
    yield shown


def dialog(page: QWidget) -> FormDialog:
    return next(d for d in page.findChildren(FormDialog) if d.isVisible())


def body_of(page: SpecificationsPage) -> QPlainTextEdit:
    control = page.view.writing.editing.editor("body").control
    assert isinstance(control, QPlainTextEdit)
    return control


def write(qtbot: QtBot, page: SpecificationsPage, words: str) -> None:
    body = body_of(page)
    body.setFocus()
    body.selectAll()
    qtbot.keyClicks(body, words)


def buttons(page: QWidget, name: str) -> list[QPushButton]:
    return [b for b in page.findChildren(QPushButton) if b.accessibleName() == name]


def pressed(page: QWidget, name: str) -> None:
    next(b for b in buttons(page, name) if b.isVisible()).click()


def test_the_draft_reads_in_order(page: SpecificationsPage, made: Specification) -> None:
    assert (page.heading, page.primary[0], page.has_back) == ("Stroke support", "Issue version…", True)
    held = sections_of(page.session.store, made.key)
    blocks = [page.view.reading.block(s.uuid).section for s in held]
    assert [(b.number, b.heading, b.body) for b in blocks if b] == [
        ("1", "Needs", "People **need** it."), ("1.1", "Where", "At home."), ("2", "Outcomes", ""),
    ]  # fmt: skip


def test_a_section_is_saved_when_it_is_left_and_survives_reopening(
    qtbot: QtBot, page: SpecificationsPage, made: Specification
) -> None:
    store = page.session.store
    held = sections_of(store, made.key)
    page.view.show_mode("edit")
    page.view.go_to(held[2].uuid)
    write(qtbot, page, "Fewer falls.")
    qtbot.waitUntil(lambda: page.view.writing.editing.formatted() == "Fewer falls.")
    assert store.get(Section, held[2].key).body == ""
    page.view.go_to(held[0].uuid)
    assert store.get(Section, held[2].key).body == "Fewer falls."
    undo = page.session.history.next_undo()
    assert undo is not None
    assert undo.label == "Change 2 Outcomes of Stroke support"
    page.hide()
    store.close()
    with closing(open_store(store.file.path)) as again:
        assert again.get(Section, held[2].key).body == "Fewer falls."


def test_what_is_being_typed_is_drafted_and_put_back(
    qtbot: QtBot, page: SpecificationsPage, made: Specification
) -> None:
    session = page.session
    section = sections_of(session.store, made.key)[0]
    page.view.show_mode("edit")
    write(qtbot, page, "Half a thou")
    name = f"specification_section/{section.uuid}/body"
    qtbot.waitUntil(lambda: session.state.drafts().get(name) == "Half a thou", timeout=5000)
    later = SpecificationsPage(session)
    qtbot.addWidget(later)
    later.show()
    later.open_record(made.key)
    later.view.show_mode("edit")
    assert body_of(later).toPlainText() == "Half a thou"
    later.view.leave()
    assert session.store.get(Section, section.key).body == "Half a thou"
    assert name not in session.state.drafts()


def test_undo_elsewhere_shows_in_the_editor_and_keeps_the_section(
    qtbot: QtBot, page: SpecificationsPage, made: Specification
) -> None:
    held = sections_of(page.session.store, made.key)
    page.view.show_mode("edit")
    page.view.go_to(held[1].uuid)
    sections.edit_section(page.session.store, held[1].key, {"body": "In clinics."})
    assert body_of(page).toPlainText() == "In clinics."
    page.session.undo()
    qtbot.waitUntil(lambda: body_of(page).toPlainText() == "At home.")
    assert page.view.writing.editing.shown == held[1].uuid


def test_sections_are_added_moved_and_removed_each_as_one_step(
    qtbot: QtBot, page: SpecificationsPage, made: Specification
) -> None:
    store = page.session.store
    page.view.show_mode("edit")
    editing = page.view.writing.editing
    pressed(page, "Add a section")
    assert [(s.number, s.heading) for s in sections_of(store, made.key)] == [
        ("1", "Needs"), ("1.1", "Where"), ("2", "New section"), ("3", "Outcomes"),
    ]  # fmt: skip
    heading = editing.editor("heading").control
    assert heading.hasFocus()
    qtbot.keyClicks(heading, "Aims")
    pressed(page, "Move down")
    assert [s.heading for s in sections_of(store, made.key)] == ["Needs", "Where", "Outcomes", "Aims"]
    editing.act.emit("in")
    assert sections_of(store, made.key)[-1].number == "2.1"
    editing.act.emit("remove")
    assert [s.heading for s in sections_of(store, made.key)] == ["Needs", "Where", "Outcomes"]
    assert editing.editor("heading").value() == "Outcomes"
    pressed(page, "Previous section")
    assert editing.editor("heading").value() == "Where"


def test_issuing_waits_for_what_must_be_filled_in(page: SpecificationsPage, made: Specification) -> None:
    page.do_primary()
    asked = dialog(page)
    assert "2 Outcomes is empty and must be filled in." in asked.said()
    asked.accept()
    assert page.session.store.all(Version) == []
    asked.reject()


def test_a_version_is_issued_with_the_proposed_number_and_never_changes(
    qtbot: QtBot, page: SpecificationsPage, made: Specification
) -> None:
    session = page.session
    last = sections_of(session.store, made.key)[2]
    sections.edit_section(session.store, last.key, {"body": "Fewer falls."})
    page.do_primary()
    asked = dialog(page)
    assert asked.editor("number").value() == "1.0"
    asked.editor("summary").set_value("The first.")
    asked.accept()
    version = session.store.all(Version)[0]
    assert (version.number, version.summary, version.issued_by) == ("1.0", "The first.", "Joy Okafor")
    sections.edit_section(session.store, last.key, {"body": "More joy."})
    page.view.show_version(version.key)
    block = page.view.reading.block(last.uuid).section
    assert block is not None
    assert block.body == "Fewer falls."
    assert page.primary == ("", "")
    said: list[str] = []
    session.said.connect(said.append)
    session.undo()
    qtbot.waitUntil(lambda: session.store.get(Section, last.key).body == "Fewer falls.")
    session.undo()
    assert any("Undo stops here" in words for words in said)


def test_a_number_that_is_taken_is_refused_in_the_dialog(
    page: SpecificationsPage, made: Specification
) -> None:
    store = page.session.store
    sections.edit_section(store, sections_of(store, made.key)[2].key, {"body": "Fewer falls."})
    specifications.issue(store, made.key, "2.0")
    page.do_primary()
    asked = dialog(page)
    asked.editor("number").set_value("1.5")
    asked.accept()
    assert "does not come after version 2.0" in asked.said()
    assert asked.isVisible()
    asked.reject()


def test_the_head_is_filled_in_beside_the_text(
    qtbot: QtBot, page: SpecificationsPage, made: Specification
) -> None:
    pressed(page, "Edit what stands under About")
    form = page.view.about.form
    assert form is not None
    owner = form.editor("owner").control
    owner.setFocus()
    owner.selectAll()  # type: ignore[attr-defined]
    qtbot.keyClicks(owner, "Tom Ashby")
    pressed(page, "Edit what stands under About")
    assert page.session.store.get(Specification, made.key).owner == "Tom Ashby"
    assert page.view.about.form is None


def test_links_are_walked(qtbot: QtBot, page: SpecificationsPage, made: Specification) -> None:
    link_specification(page.session.store, 1, made.key)
    went: list[Place] = []
    page.go.connect(went.append)
    qtbot.waitUntil(lambda: any(b.isVisible() for b in buttons(page, "Stroke support")))
    pressed(page, "Stroke support")
    assert went == [Place("contracts", 1)]


def test_what_is_shown_is_what_prints(qtbot: QtBot, page: SpecificationsPage, made: Specification) -> None:
    page.view.print_now()
    preview = next(p for p in page.findChildren(PrintPreview) if p.isVisible())
    qtbot.waitUntil(lambda: preview.preview.page_count > 0)
    assert "Draft" in preview.windowTitle()
    preview.reject()


def test_a_specification_starts_from_an_outline(
    qtbot: QtBot, page: SpecificationsPage, session: Session
) -> None:
    started: list[Specification] = []
    asked = start_dialog(page, session, started.append)
    asked.open()
    asked.accept()
    assert asked.said() == "Title is needed."
    asked.editor("title").set_value("Falls service")
    asked.accept()
    assert started[0].title == "Falls service"
    assert len(sections_of(session.store, started[0].key)) > 5


def test_the_list_says_what_is_in_force(page: SpecificationsPage, made: Specification) -> None:
    page.back()
    model = page.list.model
    assert model.cell(0, "issued_as").words == "Draft"
    assert page.record_shown() == made.key
    assert page.primary[0] == "New specification"


def test_a_file_opened_to_read_offers_no_editing(qtbot: QtBot, session: Session, made: Specification) -> None:
    path = session.store.file.path
    session.store.close()
    with closing(open_store(path, read_only=True)) as store:
        reading = Session(store)
        shown = SpecificationsPage(reading)
        qtbot.addWidget(shown)
        shown.show()
        shown.open_record(made.key)
        visible = {b.text() for b in shown.findChildren(QPushButton) if b.isVisible()}
        assert "Edit" not in visible
        assert "Print…" in visible
        shown.close()
