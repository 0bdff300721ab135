"""A template of the program is adapted, changed in the editor, given away and taken in, published and started from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.dialogs.publish_template import publish_dialog
from desktop.dialogs.start_checklist import start_dialog
from desktop.pages.templates.page import TemplatesPage
from desktop.session import Session
from storage.checklists.editing import Place
from storage.desk.checklists import templates
from storage.records.templates import DRAFT, LIVE, OwnTemplate


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> Iterator[TemplatesPage]:
    made = TemplatesPage(session)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    yield made


def press(within: QWidget, called: str) -> None:
    next(
        b
        for b in within.findChildren(QPushButton)
        if called in (b.text(), b.accessibleName()) and b.isVisible()
    ).click()


def words(within: QWidget) -> str:
    return "\n".join(label.text() for label in within.findChildren(QLabel) if label.isVisible())


def own(session: Session) -> OwnTemplate:
    return templates.own_templates(session.store)[0]


def test_a_template_is_adapted_changed_and_published(
    qtbot: QtBot, session: Session, page: TemplatesPage
) -> None:
    press(page, "Adapt… DPIA screening")
    editor = page.editor
    assert editor is not None and own(session).adapted_from == "T08" and page.has_back
    editor.show_place(Place(question="T08-01"))
    editor.add_question()
    assert editor.form is not None
    editor.form.edited.emit("text", "Who holds the contract with the processor?")
    editor.form.edited.emit("relevant", "${T08-01} = 'yse'")
    assert "Nothing is to be mended" not in words(editor)
    editor.form.edited.emit("relevant", "${T08-01} = 'yes'")
    assert "Asked if question 01 is Yes." in words(editor) and "Nothing is to be mended" in words(editor)
    editor.shift(1)
    editor.shift(-1)
    editor.add_section()
    editor.remove()
    editor.show_place(Place(question="T08-01"))
    editor.add_part()
    editor.form.edited.emit("label", "Why")
    assert [p.state for p in templates.own_templates(session.store)] == [DRAFT]
    dialog = publish_dialog(page, session, own(session))
    dialog.accept()
    assert own(session).state == LIVE
    assert not editor.is_draft or page.primary
    start = start_dialog(page, session, lambda _run: None)
    assert own(session).code in start._offered
    start.reject()


def test_undo_takes_back_what_was_changed_in_the_editor(session: Session, page: TemplatesPage) -> None:
    press(page, "Adapt… DPIA screening")
    before = own(session).template_text
    assert page.editor is not None
    page.editor.add_section()
    assert own(session).template_text != before
    session.undo()
    assert own(session).template_text == before


def test_it_goes_to_a_colleague_as_a_workbook_and_comes_back(
    qtbot: QtBot, session: Session, page: TemplatesPage, failures: list[str], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    for ending in (".xlsx", ".toml"):
        out = tmp_path / f"given{ending}"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, o=out: (str(o), ""))
        press(page, "Give away… DPIA screening")
        assert out.exists()
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, o=out: (str(o), ""))
        press(page, "Take in a template…")
        qtbot.waitUntil(lambda: page.has_back or bool(failures), timeout=20_000)
        assert not failures
        assert page.editor is not None and "Nothing is to be mended" in words(page.editor)
        assert own(session).title == "DPIA screening"
        page.back()
        press(page, "Throw away DPIA screening")
        assert not templates.own_templates(session.store)


def test_a_file_that_is_no_template_is_refused_in_words(
    qtbot: QtBot, session: Session, page: TemplatesPage, failures: list[str], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    odd = tmp_path / "odd.toml"
    odd.write_text("[[", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(odd), ""))
    press(page, "Take in a template…")
    qtbot.waitUntil(lambda: bool(failures), timeout=20_000)
    assert "Nothing was taken in" in failures[0] and not templates.own_templates(session.store)
