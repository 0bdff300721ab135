"""The answer to a checklist question in a few words, for a cell."""

from __future__ import annotations

from storage.checklists.answers import Answer
from storage.checklists.structure import Question
from storage.exchange.paper.papers import Choices, Entry, Matrix, Part, Rows, Written
from storage.exchange.paper.print_answers import PartWriter

NOT_APPLICABLE = "Does not apply"
_WRITERS = {small: PartWriter(complete=True, small=small) for small in (False, True)}


def answer_words(question: Question, answer: Answer, *, small: bool = False) -> str:
    """What was answered, part by part on lines of their own; empty while nothing is.

    `small` keeps numbers from 1 to 4 back, as people could be known by them.
    """
    if answer.not_applicable:
        return NOT_APPLICABLE
    said = [(part.label, _said(part)) for part in _WRITERS[small].parts(question, answer)]
    return "\n".join(f"{label}: {words}" if label else words for label, words in said if words)


def _said(part: Part) -> str:
    match part:
        case Choices():
            return ", ".join(option.words for option in part.options if option.chosen)
        case Matrix():
            if part.likelihood is None:
                return ""
            return f"{part.likelihood} × {part.consequence} = {part.score}, {part.band}"
        case Rows():
            held = [row for row in part.rows if any(row[1:] if part.named else row)]
            return "; ".join(", ".join(cell for cell in row if cell) for row in held)
        case Written() | Entry():
            return part.value
