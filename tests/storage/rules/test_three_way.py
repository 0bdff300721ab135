"""Merging keeps what each side changed, never loses a paragraph, and says where both changed the same one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from storage.rules.three_way import chunks, merged, paragraphs

PARAGRAPHS = st.lists(
    st.sampled_from(["one", "two", "three", "four", "five", "| a |\n| - |\n| b |"]), max_size=6
)
BETWEEN = "*Now:*"


def text(parts: list[str]) -> str:
    return "\n\n".join(parts)


def test_each_side_s_own_change_is_kept() -> None:
    origin = "First.\n\nSecond.\n\nThird."
    mine, theirs = (
        "First, locally.\n\nSecond.\n\nThird.",
        "First.\n\nSecond.\n\nThird, nationally.\n\nFourth.",
    )
    words, clashes = merged(origin, mine, theirs, BETWEEN)
    assert words == "First, locally.\n\nSecond.\n\nThird, nationally.\n\nFourth."
    assert clashes == 0


def test_where_both_changed_the_same_paragraph_both_stand() -> None:
    words, clashes = merged("A.\n\nB.", "A mine.\n\nB.", "A theirs.\n\nB.", BETWEEN)
    assert words == "A mine.\n\n*Now:*\n\n> A theirs.\n\nB."
    assert clashes == 1


def test_the_same_change_on_both_sides_is_one() -> None:
    assert merged("A.", "B.", "B.", BETWEEN) == ("B.", 0)


def test_blank_lines_and_ends_of_lines_make_no_difference() -> None:
    assert paragraphs("A.  \n\n\n\nB.\nB2.\n") == ("A.", "B.\nB2.")


@given(PARAGRAPHS, PARAGRAPHS)
def test_a_side_that_changed_nothing_takes_what_the_other_has(origin: list[str], other: list[str]) -> None:
    assert merged(text(origin), text(origin), text(other), BETWEEN) == (text(other), 0)
    assert merged(text(origin), text(other), text(origin), BETWEEN) == (text(other), 0)
    assert merged(text(origin), text(other), text(other), BETWEEN) == (text(other), 0)


@given(PARAGRAPHS, PARAGRAPHS, PARAGRAPHS)
def test_the_chunks_are_the_three_texts(origin: list[str], mine: list[str], theirs: list[str]) -> None:
    found = chunks(text(origin), text(mine), text(theirs))
    assert [p for c in found for p in c.origin] == origin
    assert [p for c in found for p in c.mine] == mine
    assert [p for c in found for p in c.theirs] == theirs


@given(PARAGRAPHS, PARAGRAPHS, PARAGRAPHS)
def test_nothing_either_side_wrote_is_lost(origin: list[str], mine: list[str], theirs: list[str]) -> None:
    words, clashes = merged(text(origin), text(mine), text(theirs), BETWEEN)
    for side in (mine, theirs):
        for paragraph in side:
            if paragraph not in origin:
                assert paragraph in words.replace("\n> ", "\n").replace("> ", "")
    assert words.count(BETWEEN) == clashes
