"""Periods as people write them, and tables with a column for each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from storage.exchange.importing.kpi_periods import first_day, frequency_of
from storage.exchange.importing.list_kinds import CONTRACTS, KPI_RESULTS
from storage.exchange.importing.list_layout import period_start, prepared, shape_words
from tests.storage.exchange.import_making import sheet


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("Apr 2026", date(2026, 4, 1)), ("Apr-26", date(2026, 4, 1)), ("April ’26", date(2026, 4, 1)),
        ("Sept 2026", date(2026, 9, 1)), ("2026-04", date(2026, 4, 1)), ("04/2026", date(2026, 4, 1)),
        ("2026 Apr", date(2026, 4, 1)), ("1 Apr 2026", date(2026, 4, 1)), ("Q1 2026/27", date(2026, 4, 1)),
        ("Q4 26/27", date(2027, 1, 1)), ("2026/27 Q4", date(2027, 1, 1)), ("H2 2026/27", date(2026, 10, 1)),
        ("2026/27", date(2026, 4, 1)), ("2026/29", None), ("2026", None), ("May", None), ("Mark 26", None),
        ("Value", None), ("", None), ("13/2026", None), ("2 Apr 2026", None),
    ],
)  # fmt: skip
def test_periods_are_read_as_their_first_days(words: str, first: date | None) -> None:
    assert period_start(words) == first


def test_a_wide_table_is_turned_and_any_other_left() -> None:
    wide = sheet({"KPI": ["a", "b"], "Q1 2026/27": ["1", ""], "Q2 2026/27": ["2", "3"], "Comment": ["", "x"]})
    turned = prepared(wide, KPI_RESULTS)
    assert turned.headings == ("KPI", "Comment", "Period begins", "Result")
    assert turned.rows == (
        ("a", "", date(2026, 4, 1), "1"), ("a", "", date(2026, 7, 1), "2"), ("b", "x", date(2026, 7, 1), "3"),
    )  # fmt: skip
    assert (turned.numbers, turned.under[1]) == ((2, 2, 3), "Q2 2026/27")
    assert prepared(wide, CONTRACTS) is wide
    assert shape_words(wide.headings) == ("comment", "kpi")


MONTHS_ALONE = {"KPI": ["a"], "Mar": ["1"], "Apr": ["2"], "Q2": ["3"]}


@pytest.mark.parametrize(
    "said",
    [
        {"source": "Return 2026-27.xlsx"},
        {"name": "2026_27", "source": "Return 2019-20.xlsx"},
        {"top": ((1, ("KPI return 2026/27", None)), (3, ("KPI", "Mar"))), "heads": (3,), "name": "2019-20"},
    ],
)
def test_months_without_a_year_are_of_the_year_that_the_file_says(said: dict[str, Any]) -> None:
    turned = prepared(replace(sheet(MONTHS_ALONE), **said), KPI_RESULTS)
    assert [row[1] for row in turned.rows] == [date(2027, 3, 1), date(2026, 4, 1), date(2026, 7, 1)]
    assert turned.notes[-2].startswith(
        "The columns Mar, Apr, Q2 are taken as periods of 2026/27, which stands"
    )


@pytest.mark.parametrize("name", ["Return", "2025/26 and 2026/27", "2026/29", "12026/27"])
def test_months_without_a_year_anywhere_are_left_and_the_user_is_told(name: str) -> None:
    left = prepared(replace(sheet(MONTHS_ALONE), name=name), KPI_RESULTS)
    assert left.headings == ("KPI", "Mar", "Apr", "Q2")
    assert "name periods without a year" in left.notes[-1] and "2026/27" in left.notes[-1]


def test_files_that_differ_only_in_their_months_are_one_kind() -> None:
    assert shape_words(["KPI", "Apr"]) == shape_words(["KPI", "Apr", "May", "Q1 2026/27"]) == ("kpi",)


@pytest.mark.parametrize(
    ("frequency", "said", "begins", "first"),
    [
        ("Monthly", date(2026, 4, 30), None, date(2026, 4, 1)),
        ("Quarterly", date(2026, 6, 30), None, date(2026, 4, 1)),
        ("Quarterly", date(2027, 3, 31), None, date(2027, 1, 1)),
        ("Half-yearly", date(2027, 1, 5), None, date(2026, 10, 1)),
        ("Yearly", date(2027, 3, 31), None, date(2026, 4, 1)),
        ("Quarterly", date(2026, 6, 30), date(2026, 5, 1), date(2026, 5, 1)),
    ],
)
def test_a_day_counts_for_the_period_it_lies_in(
    frequency: str, said: date, begins: date | None, first: date
) -> None:
    assert first_day(frequency, said, begins) == first


def test_how_often_follows_from_the_days() -> None:
    assert frequency_of([date(2026, 4, 1), date(2026, 5, 1), date(2026, 9, 1)]) == "Monthly"
    assert frequency_of([date(2026, 4, 1), date(2026, 7, 1)]) == "Quarterly"
    assert frequency_of([date(2026, 4, 1), date(2027, 4, 1)]) == "Yearly"
    assert frequency_of([]) == "Monthly"
