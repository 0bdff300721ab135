"""Answers in a few words, for a cell."""

import pytest

from storage.checklists.answers import Answer
from storage.checklists.template import shipped
from storage.checklists.values import Row
from storage.exchange.workbooks.answer_words import NOT_APPLICABLE, answer_words
from tests.storage.checklists.answering import passing_answer

QUESTIONS = [q for template in shipped()[:4] for q in template.questions]


def test_every_answer_says_something_and_none_says_nothing() -> None:
    for question in QUESTIONS:
        assert answer_words(question, passing_answer(question)).strip()
        assert answer_words(question, Answer(values={})) == ""


@pytest.mark.parametrize("question", QUESTIONS[:1])
def test_what_does_not_apply_says_so(question: object) -> None:
    assert answer_words(question, Answer(values={}, not_applicable=True)) == NOT_APPLICABLE  # type: ignore[arg-type]


def test_rows_stand_behind_each_other() -> None:
    caseload = next(t for t in shipped() if t.id == "T07").question("T07-03")
    rows: list[Row] = [
        {"row": "discharge", "people": "4"},
        {"row": "transfer", "people": "11", "where": "Millbrook"},
    ]
    said = answer_words(caseload, Answer(values={"caseload": rows}))
    assert said == "Caseload: Will be discharged, 4; Will transfer, 11, Millbrook"
