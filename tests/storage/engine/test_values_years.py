"""Financial years: read as people write them, shown as they are called."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.engine.fields import Field, Kind
from storage.engine.values import Unreadable, read_financial_year, show_financial_year


@pytest.mark.parametrize(
    "words",
    ["2026/27", "26/27", "2026-27", "2026–27", "2026/2027", "2026", " 2026 / 27 ", "FY 2026/27", "fy26/27"],
)
def test_a_year_is_read_in_every_usual_form(words: str) -> None:
    assert read_financial_year(words) == 2026


@pytest.mark.parametrize("words", ["26", "2026/28", "2026/26", "next year", "2026/27/28", "1/2"])
def test_what_is_no_year_or_not_sure_is_refused_with_the_way_to_write_it(words: str) -> None:
    with pytest.raises(Unreadable, match="Write it like 2026/27"):
        read_financial_year(words)


@given(st.integers(1990, 2100))
def test_what_is_shown_is_read_again(year: int) -> None:
    assert read_financial_year(show_financial_year(year)) == year


def test_a_field_of_years_shows_and_reads_them() -> None:
    field = Field("Financial year", Kind.WHOLE, years=True, low=1990, high=2100)
    assert field.show(2026) == "2026/27" and field.show(None) == ""
    assert field.read("26/27") == 2026 and field.read("") is None
    assert field.problem(1980) == "Financial year is below 1990/91."
