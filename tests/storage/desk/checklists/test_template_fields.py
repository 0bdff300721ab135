"""Every place of a template is filled in by lines of words, and what is typed is what the template then says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.checklists.data import Data, questions_in, read_data, sections_in, tables
from storage.checklists.editing import NotThere, Place, problems, set_option
from storage.checklists.lists import shipped_lists
from storage.checklists.template import GROUP_WORDS, shipped, shipped_text
from storage.desk.checklists.template_fields import groups_at, holds_rows, set_value, table_at, values_at
from storage.desk.checklists.template_words import condition_words
from storage.engine.errors import StorageError


def places(data: Data) -> list[Place]:
    """Every place of a template."""
    made = [Place(), *(Place(section=str(s["letter"])) for s in sections_in(data))]
    for question in questions_in(data):
        asked = Place(question=str(question["id"]))
        made.append(asked)
        for part in tables(question, "parts"):
            inner = Place(question=asked.question, part=str(part["key"]))
            made.append(inner)
            made += [
                Place(question=inner.question, part=inner.part, column=str(c["key"]))
                for c in tables(part, "columns")
            ]
    return made


@pytest.mark.parametrize("template", [t.id for t in shipped()])
def test_filling_in_what_is_shown_leaves_a_template_as_it_was(template: str) -> None:
    data = read_data(shipped_text(template))
    for place in places(data):
        names = {f.name for _, fields in groups_at(data, place) for f in fields}
        for name, value in values_at(data, place).items():
            assert name in names
            before = table_at(data, place).get(name)
            after = table_at(set_value(data, place, name, value), place).get(name)
            if isinstance(before, str) and isinstance(after, str):
                assert " ".join(after.split()) == " ".join(before.split())
            else:
                assert after == (before or None)


DATA = read_data(shipped_text("T08"))
FIRST = Place(question="T08-01")


def test_where_a_template_is_listed_is_shown_and_taken_in_words() -> None:
    assert values_at(DATA, Place())["group"] == GROUP_WORDS[str(DATA["group"])]
    assert set_value(DATA, Place(), "group", "To be assured")["group"] == "assure"
    assert not problems(set_value(DATA, Place(), "group", "To review"))
    assert "group" not in set_value(DATA, Place(), "group", "")


def test_lines_become_answers_needs_and_passes() -> None:
    data = set_value(DATA, FIRST, "needs", "no: note, action\npartly: mitigation")
    assert table_at(data, FIRST)["needs"] == {"no": ["note", "action"], "partly": ["mitigation"]}
    data = set_value(DATA, FIRST, "passes", "yes, no")
    assert table_at(data, FIRST)["passes"] == ["yes", "no"]
    assert table_at(set_value(data, FIRST, "passes", "any"), FIRST)["passes"] == "any"
    chosen = set_option(DATA, FIRST, "Yes, fully")
    part = Place(question="T08-01", part="answer")
    chosen = set_value(chosen, part, "options", "full = Yes, fully\nNot at all\n\nNot at all")
    assert table_at(chosen, part)["options"] == {
        "full": "Yes, fully",
        "not_at_all": "Not at all",
        "not_at_all_2": "Not at all",
    }


@pytest.mark.parametrize(
    ("name", "words", "said"),
    [
        ("needs", "no note", "cannot be read"),
        ("options", "a = A\na = B", "stands there twice"),
        ("scores", "yes = many", "no figure"),
    ],
)
def test_what_cannot_be_taken_says_what_to_write(name: str, words: str, said: str) -> None:
    with pytest.raises(StorageError, match=said):
        set_value(DATA, FIRST, name, words)


def test_a_condition_is_said_in_plain_english_and_a_mistake_is_named() -> None:
    lists = shipped_lists()
    place = Place(section="B")
    assert condition_words(DATA, place, lists) == ("Asked if question 01 is Yes.",)
    wrong = set_value(DATA, place, "relevant", "${personal_dato} = 'yes'")
    assert condition_words(wrong, place, lists) == ()
    assert "personal_data" in str(problems(wrong, lists)[0])


def test_a_place_that_is_gone_is_an_error_of_its_own() -> None:
    with pytest.raises(NotThere):
        values_at(DATA, Place(question="T08-99"))
    assert not holds_rows(DATA, FIRST)


@given(
    st.text(max_size=80),
    st.sampled_from(["options", "needs", "scores", "passes", "relevant", "weight", "text"]),
)
def test_whatever_is_typed_is_taken_or_refused_in_words(words: str, name: str) -> None:
    try:
        data = set_value(DATA, FIRST, name, words)
    except StorageError as error:
        assert "Nothing was changed" in str(error)
        return
    values_at(data, FIRST)
    problems(data)
