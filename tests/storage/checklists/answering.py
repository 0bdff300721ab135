"""Makes answers for tests: one that passes, and any that a person or an old file could hold."""

from datetime import date
from typing import cast

from hypothesis import strategies as st

from storage.checklists.answers import Answer, Cell, Row, Value, Waiver
from storage.checklists.parts import Kind, Part
from storage.checklists.structure import Question

PLAIN: dict[Kind, Value] = {
    Kind.MATRIX: {"likelihood": 1, "consequence": 1},
    Kind.TEXT: "Written after the meeting with the provider.",
    Kind.DATE: "2027-03-31",
    Kind.NUMBER: "120",
    Kind.MONEY: 12_500_00,
    Kind.PERCENT: "97.5",
    Kind.PERSON: "Joy Okafor",
    Kind.LINK: "Panel pack, page 14",
    Kind.FILE: {"attached_document": 1},
    Kind.MONEY_BY_YEAR: {"2026/27": 1_000_00, "2027/28": 500_00},
}
WAIVER = Waiver("Dr A Mehta", "The panel accepts the risk until the next meeting.", date(2026, 12, 3))


def plain_value(part: Part) -> Value:
    """A complete value of the part's kind; the first option where there are options."""
    if part.kind is Kind.CHOICES:
        return [part.values[0]]
    if part.kind is Kind.ROWS:
        keys = [row.value for row in part.fixed] or [str(place + 1) for place in range(part.least or 1)]
        return [_plain_row(part, key) for key in keys]
    return part.values[0] if part.values else PLAIN[part.kind]


def _plain_row(part: Part, key: str) -> Row:
    """A row with every column filled in."""
    cells: Row = {"row": key}
    for column in part.columns:
        value = plain_value(column)
        if isinstance(value, str | int | dict) or all(isinstance(each, str) for each in value):
            cells[column.key] = cast("Cell", value)
    return cells


def whole_answer(question: Question, first: Value | None = None, note: str = "") -> Answer:
    """Every part filled in, with the given value in the first one."""
    values = {part.key: plain_value(part) for part in question.parts if not part.calculation}
    if first is not None:
        values[question.first.key] = first
    return Answer(values=values, note=note)


def passing_answer(question: Question) -> Answer:
    """An answer that opens the question's gate."""
    passes = question.gate.passes if question.gate else ()
    return whole_answer(question, passes[0] if passes else None, note="Seen and agreed.")


def any_values(part: Part) -> st.SearchStrategy[Value]:
    """Right, blank and wrong values alike."""
    steps = st.integers(1, 5)
    scores: st.SearchStrategy[Value] = st.fixed_dictionaries({"likelihood": steps, "consequence": steps})
    wrong: st.SearchStrategy[Value] = st.sampled_from(
        ["", "  ", "yes", "maybe", 0, -5, [], {"likelihood": 9}]
    )
    known: st.SearchStrategy[Value] = st.sampled_from([*part.values, plain_value(part)])
    return st.one_of(known, scores, wrong) if part.kind is Kind.MATRIX else st.one_of(known, known, wrong)


@st.composite
def any_answers(draw: st.DrawFn, question: Question, waiver: Waiver | None = None) -> Answer:
    """Any answer at all, with or without reason, note and missing parts."""
    kept = [part for part in question.parts if draw(st.booleans())]
    texts = st.sampled_from(["", " ", "Because it was so."])
    return Answer(
        values={part.key: draw(any_values(part)) for part in kept},
        not_applicable=draw(st.booleans()),
        reason=draw(texts),
        note=draw(texts),
        waiver=waiver
        or draw(st.sampled_from([None, WAIVER, Waiver(" ", "No name given", date(2026, 12, 3))])),
    )
