"""A checklist on one page: how far each section is, what stands out, what is to be done, and the signature."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from storage.checklists.answers import is_asked
from storage.checklists.gates import GateState, gate_state, part_score
from storage.desk.run_state import RunState, run_state
from storage.engine.store import Store
from storage.exchange.paper.papers import ChecklistPaper
from storage.exchange.paper.print_checklist import checklist_paper, review_words

MOST_LINES, FEWEST_LINES, MOST_ACTIONS = 9, 3, 4
LONGEST = 92  # letters of a line, so that it stays one
USUAL = 5  # sections beside which there is room for all lines
_TELLS = {GateState.CLOSED: "Gate closed", GateState.WAIVED: "Gate waived", GateState.WARNING: "Warns"}


def summary_paper(store: Store, run_id: int, today: date | None = None) -> ChecklistPaper:
    """The run without its questions. What does not fit is counted, so that nothing is left out unsaid."""
    state = run_state(store, run_id)
    paper = checklist_paper(store, run_id, today, guidance=False)
    overview = tuple(
        (
            f"{s.letter}  {s.title}",
            _answered(s.answered, s.applicable),
            _cut(review_words(state.reviews.get(s.letter))),
        )
        for s in state.progress.sections
    )
    actions = paper.actions[:MOST_ACTIONS]
    room = max(FEWEST_LINES, MOST_LINES - max(0, len(overview) - USUAL) - len(actions))
    lines = _capped([*_telling(state)], room)
    if len(paper.actions) > len(actions):
        lines = (*lines, f"{len(paper.actions) - len(actions)} more actions are on the checklist itself.")
    return replace(
        paper, sections=(), purpose="", actions=actions, overview=overview, stands_out=lines, board=None
    )


def _answered(answered: int, applicable: int) -> str:
    return f"{answered} of {applicable}" if applicable else "not asked"


def _telling(state: RunState) -> Iterator[str]:
    """Gates that are closed, waived or warn, then scores of risks from the highest."""
    gates, risks = [], []
    for question in state.template.questions:
        answer = state.answers.get(question.id)
        if not is_asked(answer):
            continue
        state_of = gate_state(question, answer)
        if state_of in _TELLS:
            gates.append(
                (list(_TELLS).index(state_of), f"{_TELLS[state_of]}: {question.number}  {question.text}")
            )
        for part in question.parts:
            points = part_score(part, answer)
            if points is not None:
                words = f"{question.number}  {part.label}: {points}, {part.scales.band(points).name}"
                risks.append((points, words))
    yield from (_cut(words) for _, words in sorted(gates, key=lambda each: each[0]))
    yield from (_cut(words) for _, words in sorted(risks, key=lambda each: -each[0]))


def _capped(lines: list[str], most: int) -> tuple[str, ...]:
    if len(lines) <= most:
        return tuple(lines)
    return (*lines[: most - 1], f"{len(lines) - most + 1} more are on the checklist itself.")


def _cut(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}…"
