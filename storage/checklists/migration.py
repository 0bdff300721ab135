"""Two versions of a template side by side, and which answers of one still answer the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from storage.checklists.answers import Answer, Value
from storage.checklists.parts import Part
from storage.checklists.structure import Question, Template
from storage.checklists.values import is_blank, part_problem


class Fate(StrEnum):
    """What becomes of a question in another version."""

    UNCHANGED = "Unchanged"
    REWORDED = "Reworded"
    NEW = "New"
    DROPPED = "Dropped"


@dataclass(frozen=True, slots=True)
class Pair:
    """One question in both versions. `differs` says in what, in words; `lost` are parts whose answer no longer fits.

    `carried` is the answer that goes on, None when there is none.
    """

    fate: Fate
    before: Question | None
    after: Question | None
    differs: tuple[str, ...] = ()
    carried: Answer | None = None
    lost: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The id both questions share."""
        question = self.after or self.before
        return question.id if question is not None else ""


def side_by_side(before: Template, after: Template, answers: Mapping[str, Answer]) -> tuple[Pair, ...]:
    """Every question of the new version in its order, then what was dropped."""
    old = {question.id: question for question in before.questions}
    pairs = [
        _pair(old.pop(question.id, None), question, answers.get(question.id)) for question in after.questions
    ]
    return (*pairs, *(Pair(Fate.DROPPED, question, None) for question in old.values()))


def counted(pairs: tuple[Pair, ...]) -> dict[Fate, int]:
    """How many questions there are of each fate, every fate named."""
    found = Counter(pair.fate for pair in pairs)
    return {fate: found[fate] for fate in Fate}


def _pair(before: Question | None, after: Question, answer: Answer | None) -> Pair:
    if before is None:
        return Pair(Fate.NEW, None, after)
    differs = tuple(_differences(before, after))
    fate = Fate.REWORDED if differs else Fate.UNCHANGED
    if answer is None:
        return Pair(fate, before, after, differs)
    carried, lost = _carry(before, after, answer)
    # A waiver was given for that run and by that wording; it is asked for anew.
    kept = replace(
        answer, values=carried, not_applicable=answer.not_applicable and after.not_applicable, waiver=None
    )
    return Pair(fate, before, after, differs, kept, lost)


def _carry(before: Question, after: Question, answer: Answer) -> tuple[dict[str, Value], tuple[str, ...]]:
    """The values the new question can hold, and the labels of the parts whose value it cannot."""
    kept: dict[str, Value] = {}
    lost: list[str] = []
    new = {part.key: part for part in after.parts}
    for part in before.parts:
        value = answer.values.get(part.key)
        if value is None or is_blank(value) or part.calculation:
            continue
        other = new.get(part.key)
        if other is None or other.calculation or part_problem(other, value):
            lost.append(part.label)
        else:
            kept[part.key] = value
    return kept, tuple(lost)


def _differences(before: Question, after: Question) -> list[str]:
    """In what two wordings differ for the person who answered: not in number, guidance or what the gate asks."""
    said = []
    if before.text != after.text:
        said.append("the question")
    old, new = {p.key: p for p in before.parts}, {p.key: p for p in after.parts}
    said += [f"“{part.label}” is new" for key, part in new.items() if key not in old]
    said += [f"“{part.label}” is dropped" for key, part in old.items() if key not in new]
    said += [f"“{new[key].label}”" for key, part in old.items() if key in new and not _alike(part, new[key])]
    if before.not_applicable != after.not_applicable:
        said.append("whether it may be not applicable")
    return said


def _alike(before: Part, after: Part) -> bool:
    """Whether a part asks the same thing with the same answers to choose."""
    same = (before.kind, before.label, before.options, before.fixed) == (
        after.kind, after.label, after.options, after.fixed,
    )  # fmt: skip
    columns = len(before.columns) == len(after.columns)
    return same and columns and all(map(_alike, before.columns, after.columns))
