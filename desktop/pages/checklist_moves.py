"""How the scores of a checklist have moved since the last review, as the cards of their questions say it."""

from __future__ import annotations

from collections.abc import Mapping

from storage.checklists.answers import Answer
from storage.checklists.parts import Kind, Part
from storage.checklists.risks import moves, risks_in
from storage.checklists.structure import Question
from storage.desk.checklists.last_review import LastReview
from storage.rules.risk_movement import Movement, Way
from widgets.checklist_data import Moved

TONES = {Way.UP: "red", Way.DOWN: "green"}


def moved_of(
    review: LastReview | None, question: Question, part: Part, answer: Answer | None
) -> Mapping[tuple[str, str], Moved]:
    """How the scores of a part have moved, by row and column; both empty for a score that is the part itself."""
    if review is None or answer is None or part.kind not in (Kind.MATRIX, Kind.ROWS):
        return {}
    found = moves(risks_in(question, answer), review.by_question.get(question.id, ()))
    return {
        (row, column): _moved(movement, review.since, short=bool(row))
        for (_, key, row, column), movement in found.items()
        if key == part.key
    }


def _together(words: str) -> str:
    """The same with each place kept on one line: 3 × 4 = 12."""
    return words.replace(" × ", "\u00a0×\u00a0").replace(" = ", "\u00a0=\u00a0")


def _moved(movement: Movement, since: str, *, short: bool) -> Moved:
    """The sentence under a score; in rows, where there is little room, only the words that matter most."""
    words = movement.short.capitalize() if short else _together(movement.sentence(since))
    return Moved(movement.before.steps if movement.before else None, words, TONES.get(movement.way, ""))
