"""What a template’s conditions make of the answers: what is asked, what is worked out, and what is refused.

Changing one answer works out again only the questions that rest on it. As conditions look back only, one pass in the
order of the template is enough.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from storage.checklists.answers import (
    NO_EFFECTS,
    Answer,
    Effects,
    Value,
    asked_parts,
    is_asked,
    is_not_applicable,
)
from storage.checklists.language.amounts import rounded
from storage.checklists.language.evaluate import both, evaluate
from storage.checklists.language.logic import Logic, QuestionLogic
from storage.checklists.language.names import Named, column_of, type_of, value_of
from storage.checklists.language.sorts import Around, Chosen, Given
from storage.checklists.logic import logic_of
from storage.checklists.parts import Kind, Part
from storage.checklists.progress import Known, Progress, marks, may_complete, progress
from storage.checklists.reading_questions import NOT_APPLICABLE
from storage.checklists.structure import Question, Template
from storage.checklists.values import MOST_PENCE, part_problem, rows_of

_EMPTY = Answer()
_PLACES = 6


def live_answers(template: Template, answers: Mapping[str, Answer], today: date) -> Mapping[str, Answer]:
    """The answers with what the conditions make of them; a question may have effects without being answered."""
    if not logic_of(template).questions:
        return answers
    return Live(template, answers, today).answers


class Live:
    """The answers of one run with their effects, kept up to date answer by answer."""

    def __init__(self, template: Template, answers: Mapping[str, Answer], today: date) -> None:
        self._logic: Logic = logic_of(template)
        self._questions = {question.id: question for question in template.questions}
        self._order = {question.id: place for place, question in enumerate(template.questions)}
        self._around = Around(today, self._logic.limits)
        self.given = dict(answers)
        self.answers: dict[str, Answer] = dict(answers)
        self._template = template
        self._counted: Known = {}
        self._values: dict[str, dict[str, Given]] = {}  # by question and name, until its answer changes
        for question_id in self._questions:
            self._work_out(question_id)

    def set(self, question_id: str, answer: Answer | None) -> tuple[str, ...]:
        """Take in a new answer; gives the ids of the questions that look different now, in their order."""
        if answer is None:
            self.given.pop(question_id, None)
        else:
            self.given[question_id] = answer
        changed = []
        ahead = [(self._order[question_id], question_id)]
        while ahead:
            _, each = ahead.pop(0)
            before = self.answers.get(each)
            self._work_out(each)
            if self.answers.get(each) == before:
                continue
            changed.append(each)
            for dependent in self._logic.dependents.get(each, ()):
                entry = (self._order[dependent], dependent)
                if entry not in ahead:
                    insort(ahead, entry)
        return tuple(changed)

    @property
    def progress(self) -> Progress:
        """Progress, score and gates; only what has changed since the last time is counted anew."""
        return progress(self._template, self.answers, self._counted)

    @property
    def stops(self) -> list[str]:
        """Why the run may not be completed, worked out in the same way."""
        return may_complete(self._template, self.answers, self._counted)

    @property
    def in_short(self) -> str:
        """The answers in short, in the same way."""
        return marks(self._template, self.answers, self._counted)

    def value(self, path: str) -> Given:
        """The value of a name as expressions see it: None unless it is asked, applies and is rightly answered."""
        named = self._logic.names[path]
        held = self._values.setdefault(named.question.id, {})
        if path not in held:
            held[path] = self._look(named)
        return held[path]

    def working(self, question_id: str, part_key: str) -> str:
        """How a part was worked out, with the values it rests on: question 03 (12) times 2; empty for a typed one."""
        logic = self._logic.questions.get(question_id)
        node = logic.calculations.get(part_key) if logic is not None else None
        if node is None:
            return ""
        return replace(self._logic.english(), values=self.value).say(node)

    def _look(self, named: Named) -> Given:
        question, answer = named.question, self.answers.get(named.question.id)
        if answer is None or not is_asked(answer):
            return None
        if is_not_applicable(question, answer):
            chosen = named.column is None and named.part is question.first and question.first.options
            return Chosen.of(NOT_APPLICABLE, "Not applicable") if chosen else None
        if named.part not in asked_parts(question, answer):
            return None
        value = answer.values.get(named.part.key)
        if named.column is not None:
            return column_of(named.part, named.column, value)
        return value_of(named.part, value)

    def _work_out(self, question_id: str) -> None:
        logic = self._logic.questions.get(question_id)
        raw = self.given.get(question_id)
        if logic is not None:
            raw = self._effective(self._questions[question_id], logic, raw or _EMPTY)
        if raw is None or (raw == _EMPTY and question_id not in self.given):
            self.answers.pop(question_id, None)
            self._values.pop(question_id, None)
        else:
            self._hold(question_id, raw)

    def _hold(self, question_id: str, answer: Answer) -> None:
        self.answers[question_id] = answer
        self._values.pop(question_id, None)

    def _effective(self, question: Question, logic: QuestionLogic, raw: Answer) -> Answer:
        """An answer with its effects. Parts are worked out in turn, as later ones may rest on earlier ones."""
        held: bool | None = True
        for node in logic.relevant:
            held = both(held, self._truth(evaluate(node, self.value, self._around)))
        if held is not True:
            return replace(raw, effects=Effects(asked=False, waits=held is None))
        answer = replace(raw, effects=NO_EFFECTS)
        self._hold(question.id, answer)
        for part in question.parts:
            worked = self._part(part, logic, answer)
            if worked is not answer:
                self._hold(question.id, answer := worked)
        if logic.passes is not None:
            passes = self._truth(evaluate(logic.passes, self.value, self._around))
            answer = replace(answer, effects=replace(answer.effects, passes=passes))
        return answer

    def _part(self, part: Part, logic: QuestionLogic, answer: Answer) -> Answer:
        effects = answer.effects
        relevant, calculation = logic.parts.get(part.key), logic.calculations.get(part.key)
        if relevant is not None and evaluate(relevant, self.value, self._around) is not True:
            return replace(answer, effects=replace(effects, hidden=effects.hidden | {part.key}))
        if calculation is not None:
            found = kept(part, evaluate(calculation, self.value, self._around))
            values = {key: value for key, value in answer.values.items() if key != part.key}
            if found is not None:
                values[part.key] = found
            calculated = effects.calculated | {part.key}
            answer = replace(answer, values=values, effects=replace(effects, calculated=calculated))
        refusal = self._refusal(part, logic, answer.values.get(part.key))
        if refusal:
            refused = {**answer.effects.refused, part.key: refusal}
            answer = replace(answer, effects=replace(answer.effects, refused=refused))
        return answer

    def _refusal(self, part: Part, logic: QuestionLogic, value: Value | None) -> str:
        """Why a constraint refuses a value, in words; empty when none does. An empty field is never refused."""
        node = logic.constraints.get(part.key)
        if node is not None:
            own = value_of(part, value)
            if own is not None and evaluate(node, self.value, self._around, own) is False:
                return part.constraint_message or self._needed(part, logic, part.key)
        for (key, column_key), cell_node in logic.cells.items():
            if key != part.key or part_problem(part, value):
                continue
            column = part.column(column_key)
            for place, row in enumerate(rows_of(value), start=1):
                own = value_of(column, row.get(column_key))
                if own is not None and evaluate(cell_node, self.value, self._around, own) is False:
                    words = column.constraint_message or self._needed(column, logic, part.key, column_key)
                    return f"Row {place}: {words}"
        return ""

    def _needed(self, part: Part, logic: QuestionLogic, key: str, column: str = "") -> str:
        node = logic.cells[key, column] if column else logic.constraints[key]
        return f"It must hold that {self._logic.english(f'“{part.label}”', type_of(part)).say(node)}."

    @staticmethod
    def _truth(value: Given) -> bool | None:
        return value if isinstance(value, bool) else None


def kept(part: Part, value: Given) -> Value | None:
    """A value worked out, in the form an answer keeps; None when there is none, or the part cannot hold it."""
    found: Value | None = None
    match part.kind:
        case Kind.MONEY if isinstance(value, Decimal):
            pence = (
                int((value * 100).quantize(Decimal(1), ROUND_HALF_UP)) if abs(value) < MOST_PENCE else None
            )
            found = pence
        case Kind.NUMBER | Kind.PERCENT if isinstance(value, Decimal):
            figure = rounded(value, _PLACES)
            found = _plain(figure) if isinstance(figure, Decimal) else None
        case Kind.DATE if isinstance(value, date):
            found = value.isoformat()
        case Kind.TEXT if isinstance(value, str):
            found = value.label if isinstance(value, Chosen) else str(value)
    return None if found is None or part_problem(part, found) else found


def _plain(figure: Decimal) -> str:
    shown = format(figure, "f")
    return shown.rstrip("0").rstrip(".") if "." in shown else shown
