"""The preview: pages on screen, the same into a PDF, and what goes wrong said on the usual road."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtGui import QPdfWriter
from PySide6.QtWidgets import QApplication, QCheckBox, QWidget
from pytestqt.qtbot import QtBot

import storage.records  # noqa: F401 - enters every record class
from desktop.dialogs.previews import preview_blank, preview_contract, preview_run
from desktop.dialogs.print_preview import PrintPreview, open_preview
from desktop.session import Session
from storage.desk.checklists import runs
from storage.engine.opening import new_store
from storage.exchange.paper.papers import Paper
from storage.exchange.paper.printing import PrintError
from storage.records.contracts import Contract

TODAY = date(2026, 11, 22)


@pytest.fixture
def session(qapp: QApplication, tmp_path: Path) -> Iterator[Session]:
    store = new_store(tmp_path / "desk.desk", who="me", today=lambda: TODAY)
    with store.step("Add"):
        store.save(Contract(title="Skin clinics", reference="CD/64", start=date(2025, 4, 1)))
    made = Session(store)
    yield made
    made.close()


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1366, 768)
    with qtbot.waitExposed(made):
        made.show()
    return made


def laid_out(qtbot: QtBot, dialog: PrintPreview) -> PrintPreview:
    qtbot.waitUntil(lambda: dialog.preview.page_count > 0)
    return dialog


def test_a_part_filled_checklist_shows_its_pages_and_saves_them(
    qtbot: QtBot, session: Session, window: QWidget, tmp_path: Path
) -> None:
    run = runs.start_run(session.store, "T01", contract=1)
    runs.answer(session.store, run.key, "T01-03", "answer", "yes")
    dialog = laid_out(qtbot, preview_run(window, session, run))
    assert dialog.preview.page_count > 2
    assert "Decommissioning decision" in dialog.windowTitle()
    said: list[str] = []
    session.said.connect(said.append)
    target = tmp_path / "paper.pdf"
    dialog.save(str(target))
    assert target.read_bytes().startswith(b"%PDF-")
    assert said == [f"Saved paper.pdf in {tmp_path}"]
    assert session.state.recall("folder.pdf") == str(tmp_path)
    dialog.reject()


def test_blank_checklists_and_contracts_preview_too(qtbot: QtBot, session: Session, window: QWidget) -> None:
    for dialog in (
        preview_blank(window, session, "T04", "Quality impact"),
        preview_contract(window, session, session.store.get(Contract, 1)),
    ):
        laid_out(qtbot, dialog).reject()


def test_a_contract_previews_with_its_reasons(qtbot: QtBot, session: Session, window: QWidget) -> None:
    dialog = laid_out(qtbot, preview_contract(window, session, session.store.get(Contract, 1)))
    box = dialog.findChild(QCheckBox)
    assert isinstance(box, QCheckBox)
    assert dialog.preview.page_count == 1
    box.click()
    qtbot.waitUntil(lambda: dialog.preview.page_count > 1)
    dialog.reject()


def test_a_pdf_that_cannot_be_written_says_so_and_the_preview_stays(
    qtbot: QtBot, session: Session, window: QWidget, tmp_path: Path
) -> None:
    dialog = laid_out(qtbot, preview_blank(window, session, "T01", "Decommissioning"))
    told: list[str] = []
    session.failed.connect(told.append)
    dialog.save(str(tmp_path / "missing" / "paper.pdf"))
    assert "does not exist" in told[0]
    assert dialog.isVisible()
    dialog.reject()


def test_a_page_that_cannot_be_laid_out_closes_the_preview_with_the_reason(
    qtbot: QtBot, session: Session, window: QWidget
) -> None:
    def broken() -> Paper:
        raise PrintError("The page could not be laid out. Nothing was printed or saved.")

    told: list[str] = []
    session.failed.connect(told.append)
    dialog = open_preview(window, session, broken, "Broken")
    with qtbot.waitSignal(dialog.rejected):
        pass
    assert told == ["The page could not be laid out. Nothing was printed or saved."]


def test_the_pages_go_to_paper(qtbot: QtBot, session: Session, window: QWidget, tmp_path: Path) -> None:
    dialog = laid_out(qtbot, preview_blank(window, session, "T01", "Decommissioning"))
    writer = QPdfWriter(str(tmp_path / "paper.pdf"))
    assert dialog.preview.paint_to(writer) == dialog.preview.page_count
    dialog.reject()
