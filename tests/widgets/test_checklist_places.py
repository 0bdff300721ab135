"""Places of cards: in order without overlap, found again from any height, whatever is left out."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.widgets.checklist_sample import one_of_each, question, with_value
from widgets.checklist_data import PartKind
from widgets.checklist_places import GAP, Key, Places, likely_height

HEIGHTS = st.lists(st.integers(20, 900), min_size=1, max_size=40)


def laid(heights: list[int]) -> tuple[Places, list[Key]]:
    places, keys = Places(), [("A", "") if n % 7 == 0 else ("A", f"Q{n}") for n in range(len(heights))]
    keys = list(dict.fromkeys(keys))
    for key, height in zip(keys, heights, strict=False):
        places.measured(key, height)
    places.lay(keys)
    return places, keys


@settings(max_examples=40)
@given(HEIGHTS, st.integers(-50, 20_000), st.integers(1, 2_000))
def test_a_stretch_holds_exactly_what_lies_in_it(heights: list[int], top: int, high: int) -> None:
    places, keys = laid(heights)
    wanted = [key for key in keys if places.bottom(key) > top and places.top(key) < top + high]
    assert list(places.between(top, top + high)) == wanted


@settings(max_examples=40)
@given(HEIGHTS)
def test_each_begins_a_gap_under_the_one_before_and_the_last_ends_over_the_edge(heights: list[int]) -> None:
    places, keys = laid(heights)
    for before, after in pairwise(keys):
        assert places.top(after) == places.bottom(before) + GAP
    assert places.total == places.bottom(keys[-1]) + places.below
    assert all(places.at(places.top(key)) == key for key in keys)


def test_around_a_question_are_its_neighbours_with_the_headings_between() -> None:
    places = Places()
    keys = [("A", ""), ("A", "Q1"), ("A", "Q2"), ("B", ""), ("B", "Q3")]
    for key in keys:
        places.measured(key, 50)
    places.lay(keys)
    assert list(places.around(("A", "Q1"), forward=True)) == keys[:3]
    assert list(places.around(("A", "Q2"), forward=True)) == keys[1:]
    assert list(places.around(("B", "Q3"), forward=False)) == keys[2:]
    assert list(places.around(None, forward=True)) == keys[:2]
    assert list(places.around(None, forward=False)) == keys[4:]
    places.lay([])
    assert not places.around(None, forward=True)


def test_a_likely_height_grows_with_words_rows_and_a_narrower_card() -> None:
    for asked in one_of_each():
        assert 60 < likely_height(asked, 600, wide=False) < 400
    long = question(1, PartKind.TEXT, text="Is this so, and how do we know? " * 12)
    assert likely_height(long, 500, wide=False) > likely_height(long, 900, wide=False)
    assert likely_height(long, 900, wide=True) > likely_height(long, 900, wide=False)
    rows = question(2, PartKind.ROWS)
    many = with_value(rows, [{"row": str(n), "shade": "red"} for n in range(9)])
    assert likely_height(many, 600, wide=False) > likely_height(rows, 600, wide=False) + 200
