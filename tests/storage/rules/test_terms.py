"""Terms are read as written and their ends counted from the original start."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.engine.values import Period, Unreadable
from storage.rules.months import last_day_of_months
from storage.rules.terms import Term, end_after, ends, initial_end, read_term

YEAR = Period(1, "y")
TWELVE = Period(12, "m")
PARTS = st.builds(Period, st.integers(1, 99), st.sampled_from("dwmy"))
TERMS = st.builds(Term, PARTS, st.lists(PARTS, max_size=4).map(tuple))
STARTS = st.dates(date(1900, 1, 1), date(2200, 12, 31))


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("3+1+1", Term(Period(3, "y"), (YEAR, YEAR))),
        ("3 (+1+1)", Term(Period(3, "y"), (YEAR, YEAR))),
        ("3 + 2x1", Term(Period(3, "y"), (YEAR, YEAR))),
        ("36m+12m", Term(Period(36, "m"), (TWELVE,))),
        ("3+12m", Term(Period(3, "y"), (TWELVE,))),
        ("5", Term(Period(5, "y"))),
        ("26 weeks", Term(Period(26, "w"))),
        ("2 years with two 12-month options", Term(Period(2, "y"), (TWELVE, TWELVE))),
        ("2 years with an option to extend for a further 12 months", Term(Period(2, "y"), (TWELVE,))),
        ("Initial term of 3 years plus a year", Term(Period(3, "y"), (YEAR,))),
        ("3 years with 2 options of 1 year each", Term(Period(3, "y"), (YEAR, YEAR))),
        ("2 years + twelve (12) months", Term(Period(2, "y"), (TWELVE,))),
        ("1 year and 6 months", Term(Period(18, "m"))),
    ],
)
def test_reads_terms(text: str, term: Term) -> None:
    assert read_term(text) == term


@pytest.mark.parametrize(
    "text",
    ["", "TBC", "3++1", "+1", "3+0", "36m+12", "3+2 12", "2 years with up to 24 months", "3+99x1", "999+999"],
)
def test_refuses_what_is_no_clear_term(text: str) -> None:
    with pytest.raises(Unreadable):
        read_term(text)


@given(TERMS)
def test_what_is_shown_and_stored_reads_back(term: Term) -> None:
    assert read_term(term.notation) == term
    if len(str(term)) <= 80:
        assert read_term(str(term)) == term


@pytest.mark.parametrize(
    ("start", "text", "days"),
    [
        (date(2024, 4, 1), "3+1+1", [date(2027, 3, 31), date(2028, 3, 31), date(2029, 3, 31)]),
        (date(2025, 10, 1), "36m+12m", [date(2028, 9, 30), date(2029, 9, 30)]),
        (date(2024, 2, 29), "1", [date(2025, 2, 28)]),
        (date(2024, 2, 29), "1+3", [date(2025, 2, 28), date(2028, 2, 28)]),
        (date(2024, 1, 31), "1m+1m", [date(2024, 2, 29), date(2024, 3, 30)]),
        (date(2024, 4, 1), "26w", [date(2024, 9, 29)]),
        (date(2024, 2, 29), "12m+10d", [date(2025, 2, 28), date(2025, 3, 10)]),
        (date(2020, 8, 1), "36m", [date(2023, 7, 31)]),
    ],
)
def test_ends(start: date, text: str, days: list[date]) -> None:
    assert [end.value for end in ends(start, read_term(text))] == days


def test_says_how_an_end_came_about() -> None:
    term = read_term("3+1")
    assert (
        initial_end(date(2024, 4, 1), term).why
        == "31 Mar 2027 = start 1 Apr 2024 plus 3 years, less one day."
    )
    assert end_after(date(2024, 4, 1), term, 1).why == (
        "31 Mar 2028 = start 1 Apr 2024 plus 3 years + 1 year, less one day."
    )
    assert "no day 29" in initial_end(date(2024, 2, 29), read_term("1")).why


def test_without_start_or_term_there_is_no_end() -> None:
    assert initial_end(None, read_term("3")).value is None
    assert "No term" in initial_end(date(2024, 4, 1), None).why
    assert ends(None, read_term("3")) == ()
    with pytest.raises(ValueError, match="1 options, not 2"):
        end_after(date(2024, 4, 1), read_term("3+1"), 2)


@given(STARTS, TERMS)
def test_each_option_ends_later_than_the_one_before(start: date, term: Term) -> None:
    found = [end.value for end in ends(start, term)]
    assert len(found) == len(term.options) + 1
    assert found == sorted(set(found))
    assert found[0] >= start
    assert found[0] == initial_end(start, term).value


@given(STARTS, st.integers(1, 600))
def test_months_written_as_one_term_or_as_options_end_alike(start: date, months: int) -> None:
    split = Term(Period(months, "m"), (TWELVE,))
    assert ends(start, split)[-1].value == last_day_of_months(start, months + 12)
