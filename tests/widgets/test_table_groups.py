"""Headings among rows: every record stands in one row, and rows and places lead to one another."""

from hypothesis import given
from hypothesis import strategies as st

from widgets.table_groups import Groups, Heading

sizes = st.lists(st.integers(1, 6), max_size=8)


def made(counts: list[int], closed: set[int]) -> Groups:
    headings = [Heading(f"k{n}", f"Group {n}", "", count) for n, count in enumerate(counts)]
    return Groups(headings, [f"k{n}" for n in closed])


@given(sizes.filter(bool), st.sets(st.integers(0, 9)))
def test_rows_are_headings_and_the_records_of_open_groups_in_order(
    counts: list[int], closed: set[int]
) -> None:
    groups = made(counts, closed)
    expected: list[str | int] = []
    place = 0
    for n, count in enumerate(counts):
        expected.append(f"k{n}")
        expected += [] if n in closed else range(place, place + count)
        place += count
    found = [h.key if (h := groups.heading(row)) else groups.place(row) for row in range(groups.rows)]
    assert found == expected
    rows = [groups.row(each) for each in range(place)]
    assert [row for row in rows if row is not None] == [
        row for row, what in enumerate(expected) if isinstance(what, int)
    ]
    for each, row in enumerate(rows):
        assert (row is None) == (groups.key_of(each) in groups.closed)
        assert row is None or groups.place(row) == each


@given(sizes.filter(bool), st.sets(st.integers(0, 9)), st.integers(-2, 60), st.integers(-2, 60))
def test_counts_the_headings_in_a_stretch_of_rows(
    counts: list[int], closed: set[int], one: int, other: int
) -> None:
    groups = made(counts, closed)
    first, last = min(one, other), max(one, other)
    there = [row for row in range(groups.rows) if groups.heading(row) and first <= row <= last]
    assert groups.headings_in(first, last) == len(there)


@given(sizes.filter(bool), st.sets(st.integers(0, 9)), st.integers(0, 9))
def test_opening_what_was_closed_leads_back(counts: list[int], closed: set[int], one: int) -> None:
    groups = made(counts, closed - {one})
    before = groups.rows
    groups.set_open([f"k{one}"], False)
    assert groups.rows == before - (counts[one] if one < len(counts) else 0)
    groups.set_open([f"k{one}"], True)
    assert groups.rows == before


def test_without_headings_every_place_is_its_row() -> None:
    groups = Groups(count=3)
    assert [groups.place(row) for row in (-1, 0, 2, 3)] == [-1, 0, 2, -1]
    assert (groups.rows, groups.row(2), groups.heading(0), groups.headings_in(0, 2)) == (3, 2, None, 0)
