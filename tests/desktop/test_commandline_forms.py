"""Checklists that go out and come home from the command line: nothing is written unless it is accepted."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from desktop.commandline import run_verb
from storage.desk.checklists.run_state import run_state
from storage.engine.opening import open_store
from tests.storage.desk.register import make_register
from tests.storage.exchange.form_samples import FILES, begun


@pytest.fixture
def file(tmp_path: Path) -> str:
    made = make_register(tmp_path / "runs.desk")
    begun(made)
    made.store.close()
    return str(tmp_path / "runs.desk")


def answer(file: str) -> object:
    store = open_store(Path(file))
    try:
        return run_state(store, 1).given["T90-01"].values["answer"]
    finally:
        store.close()


def test_a_form_is_written_and_one_that_came_back_taken_only_when_accepted(
    file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "form.xlsx"
    assert run_verb(["export", file, "checklist-form", "CL-90", str(out), "--sections", "B"]) == 0
    assert out.exists() and "2 questions" in capsys.readouterr().out
    back = str(shutil.copy(FILES / "back.xls", tmp_path))
    home = ["import", file, back, "--checklist", "CL-90"]
    assert run_verb(home) == 0
    said = capsys.readouterr().out
    assert "4 questions differ; 0 taken" in said and "Nothing was written." in said and answer(file) == "yes"
    assert run_verb([*home, "--accept", "all", "--dry-run"]) == 0 and answer(file) == "yes"
    capsys.readouterr()
    assert run_verb([*home, "--accept", "unless-conflict", "--json"]) == 0
    counted = json.loads(capsys.readouterr().out)
    assert counted["taken"] == ["T90-01", "T90-02", "T90-03", "T90-04"] and len(counted["left_out"]) == 2
    assert answer(file) == "no"


def test_a_form_may_be_a_pdf_and_what_is_left_out_is_told_by_page(
    file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "form.pdf"
    assert run_verb(["export", file, "checklist-form", "CL-90", str(out), "--sections", "B"]) == 0
    assert out.read_bytes().startswith(b"%PDF") and "2 questions" in capsys.readouterr().out
    back = str(shutil.copy(FILES / "back-pdfium.pdf", tmp_path))
    home = ["import", file, back, "--checklist", "CL-90"]
    assert run_verb([*home, "--accept", "unless-conflict"]) == 0
    said = capsys.readouterr().out
    assert "4 questions differ; 4 taken" in said and "left out: page 2, 03 Share: 'a third'" in said
    assert answer(file) == "no"
    assert run_verb(["export", file, "checklist-form", "CL-90", str(tmp_path / "form.odt")]) == 1
    assert "ends in neither .xlsx nor .pdf" in capsys.readouterr().err


def test_a_checklist_is_written_as_a_word_file_or_a_workbook(
    file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("run.docx", "run.xlsx"):
        assert run_verb(["export", file, "checklist", "CL-90", str(tmp_path / name)]) == 0
        assert (tmp_path / name).read_bytes().startswith(b"PK")
    assert run_verb(["export", file, "checklist", "CL-90", str(tmp_path / "run.odt")]) == 1
    assert "ends in neither .docx nor .xlsx" in capsys.readouterr().err
