"""A checklist sent out from the window and dropped on it again, and taken out as a Word file and a workbook."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from desktop.app import Desk
from desktop.bringing_home import take_dropped
from desktop.dialogs.form_dialog import FormDialog
from desktop.dialogs.form_home import FormHomeDialog
from desktop.dialogs.merge_table import MINE, THEIRS
from desktop.preferences import Preferences
from desktop.run_actions import NONE_OPEN, UNANSWERED
from desktop.window import MainWindow
from storage.desk.checklists.run_state import run_state
from storage.exchange.forms.workbook import ID
from storage.exchange.paper.print_checklist import checklist_paper
from storage.exchange.paper.printing import write_pdf
from tests.storage.desk.register import make_register
from tests.storage.exchange.form_samples import FILES, begun


@pytest.fixture
def window(qapp: QApplication, home: Path, tmp_path: Path) -> Iterator[MainWindow]:
    made = make_register(tmp_path / "runs.desk")
    begun(made)
    made.store.close()
    desk = Desk(qapp, Preferences())
    assert desk.open(tmp_path / "runs.desk")
    assert desk.window is not None
    for dialog in desk.window.findChildren(QDialog):
        dialog.reject()
    yield desk.window
    desk.window.close()
    desk.window.deleteLater()
    desk.deleteLater()


def test_a_returned_checklist_dropped_on_the_window_is_shown_and_taken_by_question(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    take_dropped(window, lambda _name: None, str(shutil.copy(str(FILES / "back.ods"), tmp_path)))
    qtbot.waitUntil(lambda: bool(window.findChildren(FormHomeDialog)), timeout=15_000)
    [dialog] = window.findChildren(FormHomeDialog)
    assert dialog.go.text() == "Take 4 answers" and [key for key, _, _ in dialog._pages] == [
        "changes",
        "told",
    ]
    table = dialog.sides.table
    assert table.headerData(1, dialog.sides.view.horizontalHeader().orientation()) == "As sent"
    assert (
        table.cell(table.choices.lines[1], THEIRS) == "No"
        and table.cell(table.choices.lines[0], MINE) == "All mine"
    )
    table.choose(1, theirs=False)  # any line chooses for its question
    assert dialog.go.text() == "Take 3 answers"
    with qtbot.waitSignal(window.session.said, timeout=15_000) as said:
        dialog.go.click()
    assert said.args == ["Took 3 answers from back.ods."]
    given = run_state(window.session.store, 1).given
    assert given["T90-01"].values == {"answer": "yes"} and given["T90-04"].values["before"] == {
        "likelihood": 5,
        "consequence": 4,
    }


def test_a_returned_pdf_dropped_on_the_window_is_shown_too_and_one_without_fields_told_in_words(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    take_dropped(window, lambda _name: None, str(shutil.copy(FILES / "back-poppler.pdf", tmp_path)))
    qtbot.waitUntil(lambda: bool(window.findChildren(FormHomeDialog)), timeout=15_000)
    [dialog] = window.findChildren(FormHomeDialog)
    assert dialog.go.text() == "Take 4 answers"
    dialog.reject()
    write_pdf(checklist_paper(window.session.store, 1), tmp_path / "scan.pdf")
    with qtbot.waitSignal(window.session.failed, timeout=15_000) as told:
        take_dropped(window, lambda _name: None, str(tmp_path / "scan.pdf"))
    assert "“scan.pdf” has no fields that could be read" in told.args[0]


def test_the_open_checklist_is_sent_and_saved_as_a_word_file_and_a_workbook(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(window.status, "say", told.append)
    window.show_page("actions")
    window.run("run.send")
    assert told == [NONE_OPEN]
    window.show_page("checklists")
    window.page.open_record(1)
    window.run("run.send")
    dialog = window.findChildren(FormDialog)[-1]
    dialog.editor("which").set_value(UNANSWERED)
    dialog.editor("letters").set_value("b")
    dialog.accept()
    _save(qtbot, window, tmp_path / "form.xlsx")
    assert {"T90-03/said"} < {
        str(row[ID].value) for row in openpyxl.load_workbook(tmp_path / "form.xlsx").worksheets[0].iter_rows()
    }
    window.run("run.send_pdf")
    window.findChildren(FormDialog)[-1].accept()
    assert window.findChildren(QFileDialog)[-1].nameFilters()[0] == "PDF form (*.pdf)"
    _save(qtbot, window, tmp_path / "form.pdf")
    assert "T90-04/before/likelihood" in (PdfReader(tmp_path / "form.pdf").get_fields() or {})
    for name, begins in (("run.docx", b"PK"), ("run.xlsx", b"PK")):
        window.run("run.export")
        _save(qtbot, window, tmp_path / name)
        assert (tmp_path / name).read_bytes().startswith(begins)


def _save(qtbot: QtBot, window: MainWindow, path: Path) -> None:
    asked = window.findChildren(QFileDialog)[-1]
    with qtbot.waitSignal(window.session.said, timeout=15_000):
        asked.fileSelected.emit(str(path))
    asked.close()
