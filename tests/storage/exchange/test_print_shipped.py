"""Every checklist that is shipped prints blank and signed: accessible, nothing left out, no row over two pages."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.checklists.answers import is_asked
from storage.checklists.structure import Template
from storage.checklists.template import shipped
from storage.desk.checklists.run_state import run_state
from storage.desk.checklists.runs import set_note, sign, start_run
from storage.exchange.paper.print_checklist import blank_checklist, checklist_paper
from storage.exchange.paper.printing import pdf
from tests.storage.desk.register import TODAY, Register, complete, make_register
from tests.storage.exchange.paper_samples import read, rows_on_pages, words

TEMPLATES = shipped()
MOST_PAGES = {"T01": 8, "T03": 14, "T09": 10, "T25": 9}
MOST = 7  # pages of any other form
NOTE = "Seen by the panel on 3 November; the figures are in the pack, page 14, and were checked with finance."


def letters(text: str) -> str:
    """Without spaces and hyphens, which a line's end may bring or take."""
    return re.sub(r"[\s\u00ad\u2010-]+", "", text)


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    made = make_register(Path(tmp_path_factory.mktemp("printed")) / "register.desk")
    yield made
    made.store.close()


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.id)
def test_a_blank_form_is_whole_accessible_and_no_thicker_than_a_meeting_can_bear(template: Template) -> None:
    content = pdf(blank_checklist(template.id, TODAY))
    pages = [page.extract_text() for page in read(content).pages]
    assert b"pdfuaid" in content
    assert len(pages) <= MOST_PAGES.get(template.id, MOST)
    assert re.search(r"^01\b", pages[0], re.MULTILINE)  # the first question starts on the first page
    printed = letters(words(content))
    for question in template.questions:
        assert letters(question.text) in printed
    for section in template.sections:
        assert letters(f"{section.letter} {section.title}") in printed
    assert [rows for rows in rows_on_pages(content) if len(rows) > 1] == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.id)
def test_a_signed_form_is_whole_and_accessible(template: Template, register: Register) -> None:
    store = register.store
    contract = register.contract if "contract" in template.subjects else None
    run = start_run(store, template.id, contract=contract, service=None if contract else register.service)
    complete(store, run.key)
    state = run_state(store, run.key)
    noted = [q for q in template.questions if is_asked(state.answers.get(q.id))][::3]
    with store.step("Write a note"):
        for question in noted:
            set_note(store, run.key, question.id, NOTE)
    decision = template.outcomes[0].value if template.outcomes else "Agreed"
    sign(store, run.key, name="Dr A Mehta", role="Director", decision=decision)
    content = pdf(checklist_paper(store, run.key))
    printed = words(content)
    assert b"pdfuaid" in content
    assert printed.count("Seen by the panel on") == len(noted)
    assert printed.count("Not asked.") == state.progress.hidden
    assert "Signed by Dr A Mehta, Director" in printed
    assert [rows for rows in rows_on_pages(content) if len(rows) > 1] == []
