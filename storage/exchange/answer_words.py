"""The answer to a checklist question in a few words, for a cell."""

from __future__ import annotations

from storage.checklists.answers import Answer
from storage.checklists.structure import Question
from storage.exchange.papers import Choices, Entry, Matrix, Part, Written
from storage.exchange.print_answers import parts_on_paper

NOT_APPLICABLE = "Does not apply"


def answer_words(question: Question, answer: Answer) -> str:
    """What was answered, part by part on lines of their own; empty while nothing is."""
    if answer.not_applicable:
        return NOT_APPLICABLE
    said = [(part.label, _said(part)) for part in parts_on_paper(question, answer, None, complete=True)]
    return "\n".join(f"{label}: {words}" if label else words for label, words in said if words)


def _said(part: Part) -> str:
    match part:
        case Choices():
            return ", ".join(option.words for option in part.options if option.chosen)
        case Matrix():
            if part.likelihood is None:
                return ""
            return f"{part.likelihood} × {part.consequence} = {part.score}, {part.band}"
        case Written() | Entry():
            return part.value
