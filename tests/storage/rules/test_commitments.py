"""What is committed this year, next and later."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.rules.commitments import Held, committed, ending_with_year
from storage.rules.totals import Certainty

TODAY = date(2026, 6, 5)
HELD = [
    Held("C1", {2025: 100, 2026: 200, 2027: 300, 2028: 400, 2029: 500}, date(2030, 3, 31)),
    Held("C2", {2026: 1_000}, date(2027, 3, 31), Certainty.ESTIMATE),
    Held("C3", None, date(2027, 3, 31)),
    Held("C4", {2024: 50}, date(2025, 3, 31)),
]
YEARS = st.dictionaries(st.integers(2020, 2035), st.integers(-(10**12), 10**12), max_size=8)


def test_commitments_by_year() -> None:
    found = committed(HELD, TODAY)
    assert [(r.contract, r.earlier, r.this_year, r.next_year, r.later) for r in found.value.rows] == [
        ("C1", 100, 200, 300, 900),
        ("C2", 0, 1_000, 0, 0),
        ("C3", None, None, 0, 0),
        ("C4", 50, 0, 0, 0),
    ]
    assert found.value.year == 2026
    assert found.why == (
        "This year (2026/27): £12 plus 1 with no figure recorded (1 of 3 figures is an estimate). "
        "Next year (2027/28): £3. Later: £9."
    )
    assert len(found.reasons) == 3


@pytest.mark.parametrize(
    ("today", "year", "this_year"), [(date(2026, 3, 31), 2025, 100), (date(2026, 4, 1), 2026, 200)]
)
def test_the_year_turns_on_the_first_of_april(today: date, year: int, this_year: int) -> None:
    found = committed(HELD[:1], today).value
    assert (found.year, found.this_year.pence) == (year, this_year)


def test_an_uncertainty_counts_only_where_there_is_money() -> None:
    assert committed([HELD[1]], date(2028, 6, 5)).value.this_year.words() == "£0"


@pytest.mark.parametrize(
    ("end", "gaps"),
    [
        (None, (None, None, None)),
        (date(2026, 3, 31), (0, 0, 0)),
        (date(2026, 4, 1), (None, 0, 0)),
        (date(2028, 3, 31), (None, None, 0)),
        (date(2028, 4, 1), (None, None, None)),
    ],
)
def test_a_value_that_is_not_known_is_a_gap_until_the_contract_ends(
    end: date | None, gaps: tuple[int | None, ...]
) -> None:
    (row,) = committed([Held("C", None, end)], TODAY).value.rows
    assert (row.this_year, row.next_year, row.later) == gaps


def test_contracts_ending_with_the_year() -> None:
    found = ending_with_year(HELD, 2026)
    assert [one.contract for one in found.value] == ["C2", "C3"]
    assert found.why == (
        "2 contracts end on 31 Mar 2027; in 2026/27: £10 plus 1 with no figure recorded (the figure is an estimate)."
    )
    assert found.reasons[0].words == "C2 ends on 31 Mar 2027."
    assert ending_with_year(HELD[:1], 2029).why == "One contract ends on 31 Mar 2030; in 2029/30: £5."
    none = ending_with_year(HELD, 2031)
    assert none.value == ()
    assert none.why == "No contract ends on 31 Mar 2032."


def test_of_many_endings_the_reasons_stay_few() -> None:
    held = [Held(f"C{n}", {}, date(2027, 3, 31)) for n in range(30)]
    assert ending_with_year(held, 2026).reasons[-1].words == "And 18 more."


@given(st.lists(YEARS, max_size=10), st.dates(date(2018, 1, 1), date(2040, 1, 1)))
def test_nothing_is_lost_between_the_years(years: list[dict[int, int]], today: date) -> None:
    found = committed([Held(str(n), each) for n, each in enumerate(years)], today).value
    for row, each in zip(found.rows, years, strict=True):
        parts = (row.earlier, row.this_year, row.next_year, row.later)
        assert sum(part for part in parts if part is not None) == sum(each.values())
    assert (found.this_year.pence or 0) == sum(each.get(found.year, 0) for each in years)
