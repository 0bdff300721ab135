"""Whether each question's gate is open, and the words that say what would open it."""

from enum import StrEnum

from storage.checklists.answers import (
    Answer,
    asked_parts,
    deciding_value,
    is_asked,
    is_blank,
    is_complete,
    is_not_applicable,
    missing_demands,
    missing_parts,
    part_problem,
)
from storage.checklists.parts import Kind, Part
from storage.checklists.structure import Demand, GateKind, Question
from storage.rules.risks import score


class GateState(StrEnum):
    """How a question stands towards sign-off.

    CLOSED: an answer that does not pass. WAITING: not fully answered. Both stop sign-off.
    WARNING never does: a warning question that is not satisfied, or an open gate with a rather high score.
    NONE: no gate, a question that is not asked, or a warning question with nothing to warn of.
    """

    OPEN = "open"
    CLOSED = "closed"
    WAITING = "waiting"
    WAIVED = "waived"
    WARNING = "warning"
    NONE = "none"

    @property
    def blocks(self) -> bool:
        """Whether sign-off is refused because of this gate."""
        return self in (GateState.CLOSED, GateState.WAITING)


def gate_state(question: Question, answer: Answer | None) -> GateState:
    """The state of a question's gate. A waiver counts only when needed, and only with a name and a reason."""
    if question.gate is None or not is_asked(answer):
        return GateState.NONE
    standing = _standing(question, answer)
    if question.gate.kind is GateKind.WARN:
        return GateState.NONE if standing is GateState.OPEN else GateState.WARNING
    if standing.blocks and answer is not None and answer.waiver is not None and answer.waiver.is_whole:
        return GateState.WAIVED
    return standing


def gate_words(question: Question, answer: Answer | None) -> str:
    """What to show beside the question: the state and what would open the gate; empty for NONE."""
    state = gate_state(question, answer)
    match state:
        case GateState.NONE:
            return ""
        case GateState.WAIVED:
            waiver = answer.waiver if answer else None
            return f"Gate waived by {waiver.name.strip()}" if waiver else ""
        case GateState.CLOSED:
            return f"Gate closed: {_why_closed(question, answer)}"
        case GateState.WAITING:
            return f"Gate: needs {_either([*_still_needed(question, answer), 'a waiver'])}"
        case GateState.WARNING:
            return _warning_words(question, answer)
        case GateState.OPEN:
            return "Gate open: not applicable" if is_not_applicable(question, answer) else "Gate open"


def demand_words(question: Question, answer: Answer | None) -> str:
    """What an answer that was given requires and does not have, as a sentence; empty when nothing.

    Such an answer stops completion also where the question has no gate; one to another wording waits to be confirmed.
    """
    if answer is None or not is_asked(answer):
        return ""
    if answer.to_confirm:
        return "It was answered for another wording or an earlier year, so the answer is to be confirmed."
    lacks = missing_demands(question, answer)
    return f"This answer needs {' and '.join(_DEMANDED[demand] for demand in lacks)}." if lacks else ""


def part_score(part: Part, answer: Answer | None) -> int | None:
    """The five-by-five score given in a part, or None when it is not a matrix or not complete."""
    value = answer.values.get(part.key) if answer is not None else None
    if part.kind is not Kind.MATRIX or not isinstance(value, dict) or not value or part_problem(part, value):
        return None
    return score(value["likelihood"], value["consequence"])


def _standing(question: Question, answer: Answer | None) -> GateState:
    """OPEN, CLOSED or WAITING by the answer alone, or WARNING for a score that passes but is high."""
    if _fails(question, answer) or _refused_score(question, answer) is not None:
        return GateState.CLOSED
    if not is_complete(question, answer) or _condition(question, answer) is None:
        return GateState.WAITING
    return GateState.OPEN if _high_score(question, answer) is None else GateState.WARNING


def _fails(question: Question, answer: Answer | None) -> bool:
    passes = question.gate.passes if question.gate else ()
    chosen = deciding_value(question, answer)
    if bool(passes) and chosen is not None and chosen not in passes:
        return True
    return _condition(question, answer) is False


def _condition(question: Question, answer: Answer | None) -> bool | None:
    """Whether the gate's own condition holds: True without one, None while it is not known."""
    if question.gate is None or not question.gate.passes_if or is_not_applicable(question, answer):
        return True
    return answer.effects.passes if answer is not None else None


def _scores(question: Question, answer: Answer | None) -> list[tuple[Part, int]]:
    if is_not_applicable(question, answer):
        return []
    found = ((part, part_score(part, answer)) for part in asked_parts(question, answer))
    return [(part, points) for part, points in found if points is not None]


def _refused_score(question: Question, answer: Answer | None) -> tuple[int, str] | None:
    """The first score that its limit refuses, with the name of its band."""
    for part, points in _scores(question, answer):
        if part.closes_at is not None and points >= part.closes_at:
            return points, part.scales.band(points).name
    return None


def _high_score(question: Question, answer: Answer | None) -> tuple[int, int, str] | None:
    """The first score above its level for a warning, with that level and the name of its band."""
    for part, points in _scores(question, answer):
        if part.warn_above is not None and points > part.warn_above:
            return points, part.warn_above, part.scales.band(points).name
    return None


def _why_closed(question: Question, answer: Answer | None) -> str:
    refused = _refused_score(question, answer)
    needs = f"needs {_either([*_passing_words(question), 'a waiver'])}"
    if refused is None or _fails(question, answer):
        return needs
    return f"score {refused[0]} ({refused[1]}), {needs}"


def _passing_words(question: Question) -> list[str]:
    """The answers that would pass, each in words."""
    passes = question.gate.passes if question.gate else ()
    if passes:
        return [_quoted(question.first.words(value)) for value in passes]
    if question.gate is not None and question.gate.passes_if:
        return [f"“{question.gate.words or 'its condition'}”"]
    if question.first.closes_at is not None:
        return [f"a score below {question.first.closes_at}"]
    return ["an answer and a note" if question.needs_note else "an answer"]


def _still_needed(question: Question, answer: Answer | None) -> list[str]:
    """What an unfinished answer lacks: before anything is answered, the answers that would pass."""
    if is_not_applicable(question, answer) and answer is not None and is_blank(answer.reason):
        return ["the reason why it does not apply"]
    if answer is not None and answer.to_confirm:
        return ["the answer to be confirmed, as it was given for another wording or an earlier year"]
    missing = missing_parts(question, answer)
    if len(missing) == len(_to_answer(question, answer)):
        return _passing_words(question)
    if missing:
        return [" and ".join(f"“{part.label}”" for part in missing)]
    demands = missing_demands(question, answer)
    if demands:
        return [" and ".join(_DEMANDED[demand] for demand in demands)]
    return _passing_words(question) if _condition(question, answer) is None else ["a note"]


def _to_answer(question: Question, answer: Answer | None) -> list[Part]:
    """The asked parts that somebody has to fill in."""
    return [part for part in asked_parts(question, answer) if not part.optional and not part.calculation]


_DEMANDED = {
    Demand.NOTE: "a note",
    Demand.EVIDENCE: "evidence",
    Demand.ACTION: "an action",
    Demand.MITIGATION: "a mitigation",
}


def _warning_words(question: Question, answer: Answer | None) -> str:
    high = _high_score(question, answer)
    if high is not None and question.gate is not None and question.gate.kind is GateKind.GATE:
        return f"Gate open, with a warning: score {high[0]} ({high[2]}) is above {high[1]}"
    start = "Warns, does not stop sign-off"
    if high is not None:
        return f"{start}: score {high[0]} is above {high[1]}"
    if _condition(question, answer) is False:
        return f"{start}: it does not hold that {question.gate.words if question.gate else ''}"
    if _fails(question, answer):
        return f"{start}: the answer is not {_either(_passing_words(question))}"
    if len(missing_parts(question, answer)) == len(_to_answer(question, answer)):
        return f"{start}: not answered yet"
    return f"{start}: needs {_either(_still_needed(question, answer))}"


def _quoted(words: str) -> str:
    return f"“{words}”" if " " in words else words


def _either(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
