"""A checklist on one page: how far each section is, what stands out, what is to be done, and the signature."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from storage.checklists.answers import is_asked
from storage.checklists.gates import GateState, gate_state
from storage.checklists.risks import risks_of
from storage.desk.checklists.last_review import last_review
from storage.desk.checklists.run_state import RunState, run_state
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
    lines = _capped([*_telling(state), *_risks(store, state)], room)
    if len(paper.actions) > len(actions):
        lines = (*lines, f"{len(paper.actions) - len(actions)} more actions are on the checklist itself.")
    return replace(
        paper, sections=(), purpose="", actions=actions, overview=overview, stands_out=lines, board=None
    )


def _answered(answered: int, applicable: int) -> str:
    return f"{answered} of {applicable}" if applicable else "not asked"


def _telling(state: RunState) -> Iterator[str]:
    """Gates that are closed, waived or warn."""
    gates = []
    for question in state.template.questions:
        answer = state.answers.get(question.id)
        state_of = gate_state(question, answer)
        if is_asked(answer) and state_of in _TELLS:
            words = f"{_TELLS[state_of]}: {question.number}  {question.text}"
            gates.append((list(_TELLS).index(state_of), words))
    yield from (_cut(words) for _, words in sorted(gates, key=lambda each: each[0]))


def _risks(store: Store, state: RunState) -> Iterator[str]:
    """Scores of risks from the highest, with how each has moved since the last review."""
    review = last_review(store, state.run)
    moved = review.moved(state.template, state.answers) if review else {}
    for risk in sorted(risks_of(state.template, state.answers), key=lambda each: -each.place.points):
        question = state.template.question(risk.key[0])
        called = risk.words if risk.key[2] else question.part(risk.key[1]).label
        more = f", {moved[risk.key].short}" if risk.key in moved else ""
        number = risk.number if risk.key[2] else question.number
        yield _cut(f"{number}  {called}: {risk.place.points}, {risk.place.band}{more}")


def _capped(lines: list[str], most: int) -> tuple[str, ...]:
    if len(lines) <= most:
        return tuple(lines)
    return (*lines[: most - 1], f"{len(lines) - most + 1} more are on the checklist itself.")


def _cut(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}…"
