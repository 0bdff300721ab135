"""Makes whole runs for tests: every question that is asked gets an answer that stands."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from storage.checklists.answers import Answer, is_asked
from storage.checklists.gates import gate_state
from storage.checklists.live import Live
from storage.checklists.parts import Kind
from storage.checklists.structure import Question, Template
from tests.storage.checklists.answering import whole_answer

DAY = date(2026, 11, 23)
LATER = "2027-06-30"  # for a date that must come after another


def passing_run(template: Template, chosen: Mapping[str, str] | None = None) -> dict[str, Answer]:
    """Answers that let a run be signed. `chosen` are answers of first parts that are held to, by question."""
    live = Live(template, {}, DAY)
    for question in template.questions:
        if is_asked(live.answers.get(question.id)):
            for answer in _tries(question, (chosen or {}).get(question.id)):
                live.set(question.id, answer)
                _later_dates(live, question)
                if _stands(live, question):
                    break
    return dict(live.given)


def standing_run(template: Template, chosen: Mapping[str, str] | None = None) -> Mapping[str, Answer]:
    """The same with what the conditions make of them."""
    return Live(template, passing_run(template, chosen), DAY).answers


def _tries(question: Question, held: str | None) -> Iterator[Answer]:
    passes = question.gate.passes if question.gate else ()
    rest = [value for value in question.first.values if value not in passes]
    firsts = [held] if held else [*passes, *rest]
    several = question.first.kind is Kind.CHOICES
    wholes = [whole_answer(question, [first] if several else first, "Seen and agreed.") for first in firsts]
    for whole in wholes or [whole_answer(question, None, "Seen and agreed.")]:
        yield replace(whole, evidence="Panel pack", mitigation="A second nurse", actions=1)


def _later_dates(live: Live, question: Question) -> None:
    answer = live.answers[question.id]
    dates = {part.key for part in question.parts if part.kind is Kind.DATE} & set(answer.effects.refused)
    if dates:
        given = live.given[question.id]
        live.set(question.id, replace(given, values={**given.values, **dict.fromkeys(dates, LATER)}))


def _stands(live: Live, question: Question) -> bool:
    answer = live.answers.get(question.id)
    return answer is not None and not answer.effects.refused and not gate_state(question, answer).blocks
