"""What stands in a cell is the same answer again, whatever it is, and a line takes it back where it was."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from storage.checklists.template import shipped
from storage.checklists.values import Value, part_problem
from storage.exchange.forms.cells import cell_of, from_sent, plain_text, read_cell, sent_words
from storage.exchange.forms.lines import Held, Line, lines_of

DAY = date(2026, 11, 23)
LINES = [line for t in shipped() for question in t.questions for line in lines_of(question, {}, DAY)]
KINDS = {(line.part.kind, line.within.kind): line for line in LINES}
BY_KIND: list[Line] = [*KINDS.values()]


def held_of(line: Line) -> st.SearchStrategy[Held]:
    """Any answer a line can hold."""
    part = line.part
    if part.kind.value == "choices":
        some = st.lists(st.sampled_from(part.values), unique=True, min_size=1)
        return some.map(lambda chosen: sorted(chosen, key=part.values.index))
    if part.options:
        return st.sampled_from(part.values)
    pence, words = st.integers(-(10**10), 10**10), st.text("abc =+-@<r>/ü\n", min_size=1).map(plain_text)
    return {
        "matrix": st.integers(1, 5),
        "money": pence,
        "money_by_year": pence,
        "date": st.dates(date(1950, 1, 1), date(2150, 1, 1)).map(date.isoformat),
        "number": st.integers(-(10**9), 10**9).map(str),
        "percent": st.decimals(0, 100, places=2).map(lambda n: format(n, "f").rstrip("0").rstrip(".") or "0"),
    }.get(part.kind.value, words.filter(bool))  # type: ignore[return-value]


def test_the_shipped_templates_send_most_kinds_of_answer() -> None:
    kinds = {kind.value for kind, _ in KINDS}
    assert {
        "yes_no",
        "yes_partly_no",
        "choice",
        "choices",
        "text",
        "date",
        "money",
        "matrix",
        "number",
    } <= kinds


@settings(max_examples=120)
@given(st.data(), st.integers(0, len(BY_KIND) - 1))
def test_a_cell_says_the_answer_again_and_a_line_puts_it_where_it_was(
    data: st.DataObject, place: int
) -> None:
    line = BY_KIND[place]
    held = data.draw(held_of(line))
    assert read_cell(line, cell_of(line, held, {}), (), {}) == held
    assert from_sent(sent_words(held)) == held
    values: dict[str, Value] = line.put({}, held)
    assert line.held(values) == held
    if line.part.kind.value != "matrix":
        assert part_problem(line.within, values[line.within.key]) is None
    assert line.put(values, None) == {}
