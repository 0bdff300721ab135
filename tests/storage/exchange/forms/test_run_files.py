"""A checklist as a Word file and as a workbook: nothing left out, a draft until it is signed, tidy to work on."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from storage.desk.checklists import runs
from storage.desk.checklists.run_reviews import review_section
from storage.exchange.forms.run_files import run_writer
from storage.records.assessments import Run
from tests.storage.desk.register import Register, make_register
from tests.storage.exchange.form_samples import EVIL, begun


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    made = make_register(tmp_path / "desk.desk")
    yield made
    made.store.close()


@pytest.fixture
def run(register: Register) -> Run:
    run, store = begun(register), register.store
    runs.set_evidence(store, run.key, "T90-01", "Survey of May\nMinutes of June")
    runs.waive(store, run.key, "T90-02", name="Dr A Mehta", reason="Urgent")
    runs.raise_action(store, run.key, "T90-03", "Ask the analyst", owner="Ann Lee")
    review_section(store, run.key, "A", "Improve", "Name the groups.", by="Joy Okafor")
    return run


def test_the_word_file_has_everything_a_draft_mark_and_a_block_to_sign(
    register: Register, run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "run.docx"
    run_writer(register.store, run.key, path)(path)
    document = Document(io.BytesIO(path.read_bytes()))
    words = "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    words += "\n".join(paragraph.text for paragraph in document.paragraphs)
    for said in (
        "Evidence: Minutes of June",
        "Gate waived: Dr A Mehta, 23 November 2026: Urgent",
        "Action: Ask the analyst, Ann Lee",
        "Name the groups.",
        "3 × 4 = 12",
        f"Note: {EVIL}",
        "☐ Go on",
    ):
        assert said in words, said
    assert document.sections[0].header.paragraphs[0].text.startswith("DRAFT  T90 Everything")


def test_the_workbook_has_a_row_for_each_part_each_row_and_each_action(
    register: Register, run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "run.xlsx"
    run_writer(register.store, run.key, path)(path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Answers", "Rows", "Risks", "Actions", "Reviews", "Read me"]
    rows = {str(row[1].value) + str(row[3].value): row for row in book["Answers"].iter_rows(min_row=5)}
    assert rows["01Answer"][5].value == "Yes" and rows["01Answer"][6].value == EVIL
    assert all(cell.data_type != "f" for row in rows.values() for cell in row)
    assert "£125.00" in str(rows["03Cost"][5].value)
    assert [c.value for c in book["Rows"][6]][3:] == ["Row 1", "People", "12"]
    assert book["Reviews"][5][2].value == "Name the groups."
    told = {row[0].value: row[1].value for row in book["Read me"].iter_rows()}
    assert str(told["State"]).startswith("DRAFT, not signed")
