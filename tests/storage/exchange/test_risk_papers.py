"""How risks have moved since the last review, on paper, in Word and in the list of risks as a workbook."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from storage.desk.checklists.risk_board import RiskBoard, board_of_file
from storage.exchange.paper.papers import Matrix, Rows
from storage.exchange.paper.print_checklist import checklist_paper
from storage.exchange.paper.print_contract_lists import risk_papers
from storage.exchange.paper.print_risks import risks_paper
from storage.exchange.paper.print_run_summary import summary_paper
from storage.exchange.paper.printing import pdf
from storage.exchange.word.checklist import checklist_word
from storage.exchange.workbooks.list import export_list
from storage.exchange.workbooks.list_sheets import LISTS
from storage.exchange.workbooks.run import run_sheets
from storage.records.assessments import Run
from storage.records.meetings import ReviewMeeting
from storage.records.running import Risk
from tests.storage.desk.history_days import clock
from tests.storage.desk.register import TODAY, Register, make_register
from tests.storage.desk.risk_runs import moved_run

SENTENCE = (
    "Up by 6 since the last review (CL-90, signed on 23 November 2026): from 2 × 3 = 6, Moderate, "
    "to 3 × 4 = 12, High."
)


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    made = make_register(tmp_path / "register.desk")
    yield made
    made.store.close()


@pytest.fixture
def run(register: Register) -> Run:
    return moved_run(register.store, register.contract)


@pytest.fixture
def scored(register: Register, monkeypatch: pytest.MonkeyPatch) -> Register:
    """A register with a risk that went down since its last review meeting."""
    store = register.store
    clock(monkeypatch, date(2026, 9, 1))
    with store.step("Before"):
        store.save(Risk(contract=register.contract, title="Lease", likelihood=4, consequence=4))
        store.save(Risk(title="Of no contract"))
        store.save(ReviewMeeting(contract=register.contract, title="Autumn review", on=date(2026, 10, 12)))
    clock(monkeypatch, date(2026, 11, 1))
    store.change(Risk, 1, {"likelihood": 2})
    return register


def test_a_score_on_paper_says_from_where_it_came_and_so_does_a_row(register: Register, run: Run) -> None:
    first, second = checklist_paper(register.store, run.key).sections[0].questions
    assert first.parts[1] == Matrix("After mitigation (may stay empty)", 3, 4, "12", "High", (2, 3), SENTENCE)
    rows = second.parts[0]
    assert isinstance(rows, Rows)
    assert [row[1] for row in rows.rows] == [
        "1 × 4 = 4, Moderate (down from 16)",
        "1 × 5 = 5, Moderate (new)",
    ]


def test_word_says_it_beside_the_score(register: Register, run: Run) -> None:
    from docx import Document

    document = Document(io.BytesIO(checklist_word(checklist_paper(register.store, run.key))))
    said = [paragraph.text for paragraph in document.paragraphs]
    assert f"After mitigation (may stay empty): 3 × 4 = 12, High. {SENTENCE}" in said
    assert "1 × 4 = 4, Moderate (down from 16)" in [
        c.text for t in document.tables for r in t.rows for c in r.cells
    ]


def test_the_page_of_a_contract_says_how_its_risks_have_moved(scored: Register) -> None:
    (risk,) = risk_papers(scored.store, scored.contract)
    assert risk.detail == "High 8, down from 16"


def test_the_list_of_risks_has_the_score_and_how_it_moved_in_columns(
    scored: Register, tmp_path: Path
) -> None:
    export_list(scored.store, tmp_path / "risks.xlsx", LISTS["risks"], today=TODAY)
    sheet = openpyxl.load_workbook(tmp_path / "risks.xlsx")["Risks"]
    headings, *rows = [[*row] for row in sheet.iter_rows(min_row=4, values_only=True)]
    found = {row[headings.index("Risk")]: dict(zip(headings, row, strict=True)) for row in rows}
    names = ("Score that counts", "Band", "At the last review", "Since the last review", "Last review")
    assert [found["Lease"][name] for name in names] == [
        8, "High", "4 × 4 = 16, Extreme", "down from 16", "Autumn review, 12 October 2026",
    ]  # fmt: skip
    assert [found["Of no contract"][name] for name in names] == [None] * 5


def test_all_scores_of_a_checklist_stand_on_one_matrix_with_its_table(register: Register, run: Run) -> None:
    board = checklist_paper(register.store, run.key).board
    assert board is not None
    assert [number for numbers in board.squares for number in numbers] == ["02.2", "02.1 ↓", "01b ↑"]
    assert board.squares[0] == ("02.2",) and board.squares[7] == ("01b ↑",)  # the gravest consequence first
    assert [(row.number, row.place, row.moved) for row in board.rows] == [
        ("01b", "3 × 4 = 12, High", "Up from 2 × 3 = 6, Moderate"),
        ("02.1", "1 × 4 = 4, Moderate", "Down from 4 × 4 = 16, Extreme"),
        ("02.2", "1 × 5 = 5, Moderate", "New"),
    ]
    assert "Likelihood 3, consequence 4: 01b." in board.alt
    assert checklist_paper(register.store, run.key, only_open=True).board is None


def test_the_page_of_all_risks_is_accessible_however_many_there_are(register: Register) -> None:
    store = register.store
    with store.step("Many"):
        store.save_many(
            [
                Risk(contract=register.contract, title=f"#panic <b>{n}", likelihood=1 + n % 2, consequence=5)
                for n in range(60)
            ]
        )
    paper = risks_paper(store, board_of_file(store))
    assert [len(numbers) for numbers in paper.board.squares if numbers] == [25, 25]
    assert paper.board.squares[0][-1] == "+6"
    assert b"pdfuaid" in pdf(paper)
    nothing = risks_paper(store, RiskBoard("Nothing", ()))
    assert b"pdfuaid" in pdf(nothing)


def test_word_has_the_matrix_and_its_table(register: Register, run: Run) -> None:
    from docx import Document

    document = Document(io.BytesIO(checklist_word(checklist_paper(register.store, run.key))))
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    matrix = next(table for table in tables if table[0][0].startswith("Consequence"))
    assert matrix[1] == ["5 Catastrophic", "02.2", "", "", "", ""] and matrix[2][3] == "01b ↑"
    assert ["02.2", "Fire: Score", "1 × 5 = 5, Moderate", "New"] in [row for table in tables for row in table]


def test_the_workbook_of_a_checklist_has_a_sheet_of_its_risks(register: Register, run: Run) -> None:
    sheets = run_sheets(register.store, run.key)
    table = next(table for table in sheets.tables if table.title == "Risks")
    rows = [*zip(*(column.cells for column in table.columns), strict=True)]
    since = "CL-90, signed on 23 November 2026"
    assert rows[0] == (
        "01b", "How high is the risk to people? After mitigation", "3 × 4 = 12, High", "2 × 3 = 6, Moderate",
        "up from 6", since,
    )  # fmt: skip


def test_the_summary_says_of_each_score_how_it_has_moved(register: Register, run: Run) -> None:
    assert summary_paper(register.store, run.key, TODAY).stands_out == (
        "01  After mitigation: 12, High, up from 6",
        "02.2  Fire: Score: 5, Moderate, new",
        "02.1  Lease ends: Score: 4, Moderate, down from 16",
    )
