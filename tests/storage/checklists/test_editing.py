"""Writing a template in the program: every act gives a new draft, and the draft says what is still to mend."""

import pytest

from storage.checklists.data import Data, questions_in, read_data, table_of
from storage.checklists.editing import (
    NotThere,
    Place,
    add_part,
    add_question,
    add_section,
    move,
    problems,
    remove,
    set_field,
    set_option,
)
from storage.checklists.reading import template_from
from storage.checklists.template import shipped_text


@pytest.fixture
def draft() -> Data:
    return {**read_data(shipped_text("T03")), "id": "L01", "adapted_from": "T03"}


def ids(data: Data) -> list[object]:
    return [question["id"] for question in questions_in(data)]


def test_two_questions_with_a_condition_are_added_to_the_equality_template(draft: Data) -> None:
    before = len(ids(draft))
    data, first = add_question(draft, "B", "Is the service used by children?", after="T03-03")
    data, second = add_question(data, "B", "Which ages?", after=first.question, kind="text")
    assert (first.question, second.question) == ("L01-01", "L01-02")
    assert problems(data) == ()
    for place in (first, second):
        data = set_field(data, place, "guidance", "Look at the register. Say where it is from.")
    data = set_field(data, second, "relevant", "${L01-01} = 'yes'")
    assert problems(data) == ()
    template = template_from(table_of(data))
    assert [q.id for q in template.questions][3:5] == ["L01-01", "L01-02"]
    assert [q.number for q in template.questions][:6] == ["01", "02", "03", "04", "05", "06"]
    assert len(ids(draft)) == before


def test_a_misspelt_condition_is_a_problem_of_its_question_with_the_correction(draft: Data) -> None:
    data = set_field(draft, Place(question="T03-05"), "relevant", "${T03-04} = 'Negative'")
    (problem,) = problems(data)
    assert (problem.where, problem.key) == ("T03-05", "relevant")
    assert "write 'negative'" in problem.mistake


def test_parts_columns_and_options_are_added_and_taken_away(draft: Data) -> None:
    data, place = add_question(draft, "A", "What are the milestones?")
    data = set_field(data, place, "guidance", "List them. Say who.")
    data, part = add_part(data, place, "Milestones", "rows")
    data = remove(data, Place(question=place.question, part="answer"))
    assert any("at least one column" in problem.mistake for problem in problems(data))
    data, column = add_part(data, part, "Row", "choice")
    assert column.column == "a_row"
    data = set_option(data, column, "In time")
    data = set_option(data, column, "Late")
    data, _ = add_part(data, part, "Row", "date")
    assert problems(data) == ()
    first = template_from(table_of(data)).question(place.question).first
    assert [(c.key, c.values) for c in first.columns] == [("a_row", ("in_time", "late")), ("a_row_2", ())]
    data = remove(data, column, option="late")
    assert any("at least two options" in problem.mistake for problem in problems(data))
    data = set_option(data, column, "On time", "in_time")
    data = set_field(data, place, "gate", "gate")
    assert "gate" not in set_field(data, place, "gate", "")["sections"][0]["questions"][-1]  # type: ignore[index]


def test_questions_and_sections_move_and_cross_into_the_next_section(draft: Data) -> None:
    assert ids(move(draft, Place(question="T03-02"), -1))[:2] == ["T03-02", "T03-01"]
    crossed = template_from(table_of(move(draft, Place(question="T03-02"), 1)))
    assert [q.id for q in crossed.sections[1].questions][:2] == ["T03-02", "T03-03"]
    assert move(draft, Place(question="T03-01"), -1) == draft
    swapped = template_from(table_of(move(draft, Place(section="B"), -1)))
    assert [section.letter for section in swapped.sections][:2] == ["B", "A"]


def test_a_new_section_takes_the_next_letter_and_brings_a_question(draft: Data) -> None:
    data, place = add_section(draft, "Local matters")
    assert place.section not in {str(s["letter"]) for s in draft["sections"]}  # type: ignore[attr-defined]
    assert len(ids(data)) == len(ids(draft)) + 1
    assert ids(remove(data, place)) == ids(draft)


@pytest.mark.parametrize(
    "place", [Place(question="T03-99"), Place(section="Z"), Place(question="T03-03", part="none")]
)
def test_a_place_that_is_not_there_is_named(draft: Data, place: Place) -> None:
    with pytest.raises(NotThere, match=r"The template has no (T03-99|Z|none)"):
        set_field(draft, place, "title", "x")
    assert place.words.startswith(("T03", "section Z"))
