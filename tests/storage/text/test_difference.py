"""A marked text holds both texts whole, and marks no more than what changed."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.text.difference import changed_blocks, changed_runs, has_change
from storage.text.plain import plain_text
from storage.text.reading import read_markdown
from storage.text.sides import after, before, new_side, old_side
from storage.text.tree import Block, Listing, Paragraph, Run, Table
from tests.storage.text.making import DOCUMENTS


def letters(blocks: tuple[Block, ...]) -> str:
    return "".join(plain_text(blocks).split())


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_both_texts_come_back_whole(data: st.DataObject) -> None:
    old = data.draw(DOCUMENTS)
    new = data.draw(DOCUMENTS)
    kept = data.draw(st.lists(st.sampled_from([*old, *new]), max_size=4)) if old or new else []
    for first, second in ((old, new), (old, tuple(kept)), (old, old)):
        found = changed_blocks(first, second)
        assert before(found) == first or letters(before(found)) == letters(first)
        assert after(found) == second or letters(after(found)) == letters(second)
        assert has_change(found) is (letters(first) != letters(second)) or first != second


def marks(old: str, new: str) -> list[tuple[str, str]]:
    found = changed_runs((Run(old),), (Run(new),))
    return [(run.change, run.text) for run in found]


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("same words", "same words", [("", "same words")]),
        ("within 5 days", "within 3 days", [("", "within "), ("out", "5"), ("in", "3"), ("", " days")]),
        ("a b c", "a x y c", [("", "a "), ("out", "b"), ("in", "x y"), ("", " c")]),
        ("one two", "three four", [("out", "one two"), ("in", "three four")]),
        ("word", "word.", [("", "word"), ("in", ".")]),
    ],
)
def test_only_the_words_that_changed_are_marked(old: str, new: str, wanted: list[tuple[str, str]]) -> None:
    assert marks(old, new) == wanted


def test_a_row_and_an_item_that_are_added_are_marked_alone() -> None:
    old = read_markdown("- one point\n- two point\n\n| A | B |\n|---|---|\n| wait | 9 |")
    new = read_markdown(
        "- one point\n- more\n- two point\n\n| A | B |\n|---|---|\n| wait | 6 |\n| seen | 95 |"
    )
    listing, table = changed_blocks(old, new)
    assert isinstance(listing, Listing) and isinstance(table, Table)
    assert listing.items[1] == (Paragraph((Run("more", change="in"),)),)
    assert not has_change(listing.items[0]) and not has_change(listing.items[2])
    assert table.rows[0][1] == (Run("9", change="out"), Run("6", change="in"))
    assert all(run.change == "in" for cell in table.rows[1] for run in cell)


def test_each_side_shows_its_own_changes() -> None:
    found = changed_blocks(read_markdown("within 5 days\n\ngone"), read_markdown("within 3 days"))
    assert plain_text(old_side(found)) == "within 5 days\ngone" and has_change(old_side(found))
    assert plain_text(new_side(found)) == "within 3 days" and has_change(new_side(found))


def test_a_long_text_is_compared_while_one_waits_for_it() -> None:
    words = "The provider shall make sure that people are seen within {} days of being referred to it. " * 6
    old = read_markdown("\n\n".join(words.format(*[n] * 6) for n in range(80)))
    new = read_markdown("\n\n".join(words.format(*[n + (n % 9 == 0)] * 6) for n in range(80)))
    began = process_time()
    assert has_change(changed_blocks(old, new))
    assert process_time() - began < 1
