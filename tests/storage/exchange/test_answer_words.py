"""Answers in a few words, for a cell."""

import pytest

from storage.checklists.answers import Answer
from storage.checklists.template import shipped
from storage.exchange.answer_words import NOT_APPLICABLE, answer_words
from tests.storage.checklists.answering import passing_answer

QUESTIONS = [q for template in shipped()[:4] for q in template.questions]


def test_every_answer_says_something_and_none_says_nothing() -> None:
    for question in QUESTIONS:
        assert answer_words(question, passing_answer(question)).strip()
        assert answer_words(question, Answer(values={})) == ""


@pytest.mark.parametrize("question", QUESTIONS[:1])
def test_what_does_not_apply_says_so(question: object) -> None:
    assert answer_words(question, Answer(values={}, not_applicable=True)) == NOT_APPLICABLE  # type: ignore[arg-type]
