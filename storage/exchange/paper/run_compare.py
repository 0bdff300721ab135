"""Two checklists side by side: how each question was answered in one and in the other."""

from __future__ import annotations

from dataclasses import dataclass

from storage.checklists.answers import Answer, asked_parts, is_asked, is_not_applicable
from storage.checklists.parts import Kind, Part
from storage.checklists.structure import Question
from storage.checklists.values import row_of, rows_of
from storage.desk.checklists.run_links import Names, linked_names
from storage.desk.checklists.run_state import SUBJECTS, RunState, run_state
from storage.engine.query import Order, Query
from storage.engine.reading import Reader
from storage.engine.store import Store
from storage.engine.values import show_money
from storage.exchange.paper.print_cells import in_words
from storage.records.assessments import Run

NOTHING, ASIDE, NOT_ASKED, NOT_THERE = "No answer", "Not applicable", "Not asked", "Not in this version"


@dataclass(frozen=True, slots=True)
class Line:
    """One question in both runs, in words; `differs` also when only the note does."""

    number: str
    text: str
    left: str
    right: str

    @property
    def differs(self) -> bool:
        """Whether the two were answered otherwise."""
        return self.left != self.right


def side_by_side(store: Store, left: int, right: int) -> tuple[Line, ...]:
    """Every question of either run, in the order of the first; questions are the same by their id."""
    one, other = run_state(store, left), run_state(store, right)
    names = [linked_names(store, state.template, state.answers) for state in (one, other)]
    in_other = {question.id: question for question in other.template.questions}
    lines = []
    for question in one.template.questions:
        twin = in_other.pop(question.id, None)
        said = _said(other, twin, names[1]) if twin else NOT_THERE
        lines.append(Line(question.number, question.text, _said(one, question, names[0]), said))
    lines += [Line(q.number, q.text, NOT_THERE, _said(other, q, names[1])) for q in in_other.values()]
    return tuple(lines)


def comparable(reader: Reader, run: Run) -> list[Run]:
    """The other runs of the same template, those about the same record first."""
    others = reader.all(Run, Query(order=(Order("started_on", descending=True),)))
    same = [each for each in others if each.template == run.template and each.id != run.id]
    return sorted(same, key=lambda each: any(getattr(each, name) != getattr(run, name) for name in SUBJECTS))


def answer_words(question: Question, answer: Answer | None, names: Names) -> str:
    """An answer in one text: its parts, the reason it does not apply, its note."""
    if answer is None:
        return NOTHING
    if not is_asked(answer):
        return NOT_ASKED
    if is_not_applicable(question, answer):
        return f"{ASIDE}: {answer.reason}" if answer.reason else ASIDE
    said = []
    for part in asked_parts(question, answer):
        words = part_words(part, answer.values.get(part.key), names)
        if words:
            alone = len(question.parts) == 1 or part is question.first
            said.append(words if alone else f"{part.label}: {words}")
    if answer.note.strip():
        said.append(f"Note: {answer.note.strip()}")
    return "\n".join(said) or NOTHING


def part_words(part: Part, value: object, names: Names) -> str:
    """One value in words, rows and years in lines of their own."""
    if part.kind is Kind.ROWS:
        keys = [(o.value, o.label) for o in part.fixed] or [(str(r["row"]), "") for r in rows_of(value)]
        lines = []
        for key, label in keys:
            held = row_of(value, key) or {}
            cells = [in_words(column, held.get(column.key), names) for column in part.columns]
            if any(cells):
                lines.append(": ".join(each for each in (label, ", ".join(filter(None, cells))) if each))
        return "\n".join(lines)
    if part.kind is Kind.MONEY_BY_YEAR and isinstance(value, dict):
        return ", ".join(f"{year} {show_money(int(pence))}" for year, pence in value.items())
    return in_words(part, value, names)


def _said(state: RunState, question: Question, names: Names) -> str:
    return answer_words(question, state.answers.get(question.id), names)
