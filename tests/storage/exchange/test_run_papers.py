"""A run on paper in other forms: unanswered only, one page, Word; mitigation, evidence and small numbers."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from storage.desk.checklists import runs
from storage.desk.checklists.run_evidence import cite_new
from storage.desk.checklists.run_reviews import review_section
from storage.desk.checklists.run_state import run_state
from storage.exchange.paper.papers import Rows
from storage.exchange.paper.print_cells import FEW, kept_back
from storage.exchange.paper.print_checklist import checklist_paper
from storage.exchange.paper.print_run_summary import summary_paper
from storage.exchange.paper.printing import pdf, svg_pages
from storage.exchange.word.checklist import checklist_word, write_checklist
from storage.exchange.workbooks.answer_words import answer_words
from storage.records.assessments import Run
from tests.storage.desk.register import Register, make_register
from tests.storage.desk.run_samples import EVERYTHING, start_everything
from tests.storage.exchange.paper_samples import words

TODAY = date(2026, 11, 29)
HOSTILE = "=cmd #panic <b>&\x01"


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    made = make_register(tmp_path / "register.desk")
    yield made
    made.store.close()


@pytest.fixture
def run(register: Register) -> Run:
    store = register.store
    run = start_everything(
        store, register.contract, EVERYTHING.replace('id = "T90"', 'id = "T90"\nadapted_from = "T03"', 1)
    )
    runs.answer(store, run.key, "T90-01", "answer", "yes")
    runs.set_mitigation(store, run.key, "T90-01", "Letters in large print")
    cite_new(store, run.key, "T90-01", f"Survey {HOSTILE}")
    rows = [{"row": "1", "group": "Carers", "people": "3"}, {"row": "2", "group": "Young", "people": "12"}]
    runs.answer(store, run.key, "T90-02", "rows", rows)  # type: ignore[arg-type]
    matrix = {"likelihood": 4, "consequence": 5}
    runs.answer(store, run.key, "T90-04", "before", matrix)
    review_section(store, run.key, "A", "Improve", "Say when.", by="Joy Okafor")
    return run


def test_nothing_about_an_answer_is_left_out(register: Register, run: Run) -> None:
    paper = checklist_paper(register.store, run.key)
    first = paper.sections[0].questions[0]
    assert first.mitigation == "Letters in large print"
    assert first.evidence == (f"Survey {HOSTILE}",)
    assert paper.sections[0].review.startswith("Improve, Joy Okafor")


def test_small_numbers_of_people_are_kept_back_on_paper_and_in_lists(register: Register, run: Run) -> None:
    state = run_state(register.store, run.key)
    question, answer = state.template.question("T90-02"), state.answers["T90-02"]
    rows = checklist_paper(register.store, run.key).sections[0].questions[1].parts[0]
    assert isinstance(rows, Rows)
    assert [row[1] for row in rows.rows] == [FEW, "12"]
    assert FEW in answer_words(question, answer, small=True)
    assert FEW not in answer_words(question, answer)
    part = question.parts[0].columns[1]
    assert [kept_back(part, n) for n in ("0", "1", "4", "5", "4.5")] == ["0", FEW, FEW, "5", "4.5"]


def test_only_what_is_unanswered_is_printed(register: Register, run: Run) -> None:
    paper = checklist_paper(register.store, run.key, only_open=True)
    assert [q.number for section in paper.sections for q in section.questions] == ["03", "04"]
    assert svg_pages(paper)


def test_the_summary_is_one_page_and_says_what_stands_out(register: Register, run: Run) -> None:
    for n in range(9):
        runs.raise_action(register.store, run.key, "T90-01", f"Action {n}", owner="Joy")
    paper = summary_paper(register.store, run.key, TODAY)
    assert paper.overview[0][1:] == (
        "2 of 2",
        f"Improve, Joy Okafor, {paper.overview[0][2].split(', ', 2)[2]}",
    )
    assert "04  Before: 20, Extreme" in paper.stands_out
    assert paper.stands_out[-1] == "5 more actions are on the checklist itself."
    assert len(svg_pages(paper)) == 1
    assert pdf(paper).startswith(b"%PDF")


def test_a_word_file_has_every_answer_and_an_empty_sign_off_to_fill_in(
    register: Register, run: Run, tmp_path: Path
) -> None:
    from docx import Document

    paper = checklist_paper(register.store, run.key)
    document = Document(io.BytesIO(checklist_word(paper)))
    said = "\n".join(p.text for p in document.paragraphs)
    assert "☒ Yes   ☐ No" in said and "Mitigation: Letters in large print" in said
    assert "Evidence: Survey =cmd #panic <b>&" in said
    signature = document.tables[-1]
    assert [(row.cells[0].text, row.cells[1].text) for row in signature.rows][3:6] == [
        ("Name", ""), ("Role", ""), ("Signature", ""),
    ]  # fmt: skip
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert FEW in cells and "Carers" in cells
    write_checklist(paper, tmp_path / "run.docx")
    assert (tmp_path / "run.docx").stat().st_size > 10_000


def test_a_form_has_room_for_a_mitigation_until_one_is_given_or_none_is_needed(register: Register) -> None:
    from docx import Document

    store = register.store
    blank = start_everything(store, register.contract)

    def room() -> list[bool]:
        return [q.room_to_mitigate for q in checklist_paper(store, blank.key).sections[0].questions]

    assert room() == [True, False]
    assert "Mitigation: what is done about it" in words(pdf(checklist_paper(store, blank.key)))
    runs.answer(store, blank.key, "T90-01", "answer", "no")
    assert room() == [False, False]
    runs.answer(store, blank.key, "T90-01", "answer", "yes")
    assert room() == [True, False]
    word = Document(io.BytesIO(checklist_word(checklist_paper(store, blank.key))))
    assert "Mitigation, what is done about it: " in [paragraph.text for paragraph in word.paragraphs]
    runs.set_mitigation(store, blank.key, "T90-01", "Large print")
    assert room() == [False, False]
