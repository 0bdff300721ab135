"""Where to go on after an answer that leaves out what follows: the directions a form on paper needs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from storage.checklists.language.evaluate import evaluate
from storage.checklists.language.logic import Logic
from storage.checklists.language.sorts import Around, Chosen, Given
from storage.checklists.language.tree import Call, Node, names_in, walk
from storage.checklists.logic import logic_of
from storage.checklists.parts import Kind
from storage.checklists.structure import Question, Template

Values = Callable[[str], Given]
SIGN_OFF = "the sign-off"
_COUNTING = frozenset({"how-many", "checklist", "coalesce", "count", "count-selected", "sum", "max", "min"})
"""Functions that give a figure while something is still unknown: what they leave out may yet be asked."""
_ANY_DAY = date(2000, 1, 1)


def directions(template: Template) -> dict[str, str]:
    """By question, in words without a full stop: if No, go to 14. Only where an answer leaves out the next question."""
    logic = logic_of(template)
    conditions = _conditions(template, logic)
    found = {}
    for place, question in enumerate(template.questions[:-1]):
        if (
            question.id in logic.dependents
            and question.first.values
            and question.first.kind is not Kind.CHOICES
        ):
            found[question.id] = _said(question, _targets(template, logic, conditions, place))
    return {question_id: words for question_id, words in found.items() if words}


@dataclass(frozen=True, slots=True)
class _Condition:
    """One condition of a question, the questions it rests on, and whether it counts what may still be unknown."""

    node: Node
    rests_on: frozenset[str]
    counts: bool


_Conditions = Sequence[tuple[int, str, tuple[_Condition, ...]]]  # place and id of the questions that have any


def _conditions(template: Template, logic: Logic) -> _Conditions:
    found = []
    for place, question in enumerate(template.questions):
        own = logic.questions.get(question.id)
        if own is not None and own.relevant:
            found.append((place, question.id, tuple(_condition(logic, node) for node in own.relevant)))
    return found


def _condition(logic: Logic, node: Node) -> _Condition:
    rests_on = frozenset(logic.names[name.path].question.id for name in names_in(node))
    counts = any(isinstance(part, Call) and part.name in _COUNTING for part in walk(node))
    return _Condition(node, rests_on, counts)


def _targets(template: Template, logic: Logic, conditions: _Conditions, place: int) -> dict[str, list[str]]:
    """The options that skip, by the number of the question each goes on with."""
    question, later = template.questions[place], template.questions[place + 1 :]
    ahead = [each for each in conditions if each[0] > place]
    found: dict[str, list[str]] = {}
    for option in question.first.options:
        out = _left_out(logic, ahead, question, option.value)
        if later[0].id in out:
            target = next((each.number for each in later if each.id not in out), SIGN_OFF)
            found.setdefault(target, []).append(option.label)
    return found


def _left_out(logic: Logic, ahead: _Conditions, question: Question, value: str) -> set[str]:
    """The later questions that this one answer rules out, whatever else is answered."""
    known = {question.id}
    around = Around(_ANY_DAY, logic.limits)

    def given(path: str) -> Given:
        named = logic.names[path]
        first = named.question.id == question.id and named.part is question.first and named.column is None
        return Chosen.of(value, question.first.words(value)) if first else None

    for _, each, conditions in ahead:
        if any(_is_out(condition, given, known, around) for condition in conditions):
            known.add(each)
    return known - {question.id}


def _is_out(condition: _Condition, given: Values, known: set[str], around: Around) -> bool:
    """Whether a condition can no longer hold: it is false, or rests on questions that are left out alone."""
    rests_on = condition.rests_on
    if rests_on and rests_on.isdisjoint(known):
        return False
    held = evaluate(condition.node, given, around)
    return held is not True and (rests_on <= known or (held is False and not condition.counts))


def _said(question: Question, targets: dict[str, list[str]]) -> str:
    parts = []
    for target, labels in targets.items():
        listed = labels[0] if len(labels) == 1 else f"{', '.join(labels[:-1])} or {labels[-1]}"
        parts.append(f"if {listed}, go to {target}")
    return "; ".join(parts)
