"""Cells become values column by column; what cannot be read is told with its place and kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import pytest

from storage.engine.fields import Field, Kind
from storage.engine.values import Period
from storage.exchange.importing.columns import DateOrder, Typed, read_columns
from storage.exchange.importing.headings import match_headings
from storage.exchange.importing.own_columns import judge
from storage.exchange.importing.synonyms import SYNONYMS, WORDS
from storage.exchange.tables.sheet import Cell, Problem, Sheet
from storage.exchange.tables.tabular import read_table

Fields = Mapping[str, Field]
MOMENT = datetime.fromisoformat("2024-04-01T09:30:00")


def _sheet(columns: Mapping[str, Sequence[Cell]]) -> Sheet:
    rows = tuple(zip(*columns.values(), strict=True))
    return Sheet("f.csv", "", tuple(columns), rows, tuple(range(2, len(rows) + 2)))


def _read(
    sheet: Sheet, fields: Fields, order: DateOrder | Mapping[str, DateOrder] | None = None, **more: object
) -> Typed:
    matches = match_headings(sheet.headings, fields.values(), synonyms=SYNONYMS)
    return read_columns(sheet, matches, fields, date_order=order, words_of=WORDS, **more)  # type: ignore[arg-type]


def _values(typed: Typed, name: str) -> list[object]:
    return [row.values.get(name) for row in typed.rows]


def test_norfolk(registers: Path, register_fields: Fields) -> None:
    typed = _read(read_table(registers / "norfolk_contracts_register_2015.csv"), register_fields)
    assert len(typed.rows) == 5729
    assert (typed.questions, typed.own) == ([], [])
    assert Counter(problem.column for problem in typed.problems) == {"Last extension date": 59}
    filled = Counter(name for row in typed.rows for name in row.values)
    assert (filled["start"], filled["current_end"], filled["max_end"]) == (5329, 4186, 4376)
    assert filled["reference"] == 5033
    amounts = [value for value in _values(typed, "current_value") if isinstance(value, int)]
    assert (len(amounts), sum(amounts)) == (4596, 397_210_539_412)
    assert sorted(amounts)[:2] == [-12_667_200, -5_480_200]
    assert sum(1 for amount in amounts if amount < 0) == 6
    kinds = Counter(_values(typed, "contract_type"))
    assert "Grant agreement" in kinds and "grant agreement" not in kinds
    assert not any(row.unread or row.own for row in typed.rows)
    first = typed.problems[0]
    assert (first.row, first.value) == (228, "31/01/2020")
    row = typed.rows[first.row - 2]
    assert (row.values["max_end"], row.values["current_end"]) == (date(2020, 1, 31), date(2020, 12, 31))


def test_contracts_finder(registers: Path, register_fields: Fields) -> None:
    typed = _read(read_table(registers / "contracts_finder_councils_2021.csv"), register_fields)
    assert (len(typed.rows), typed.problems, typed.questions) == (683, [], [])
    assert (
        sum(value for value in _values(typed, "current_value") if isinstance(value, int)) == 1_200_624_326_506
    )
    ends = [value for value in _values(typed, "current_end") if isinstance(value, date)]
    assert (len(ends), min(ends), max(ends)) == (683, date(2022, 4, 13), date(2047, 1, 4))
    assert [(column.heading, column.kind) for column in typed.own] == [("value_currency", Kind.TEXT)]
    assert typed.rows[2].values["cpv_code"] == "09000000"
    assert "\n" in str(typed.rows[0].values["description"])
    assert typed.rows[0].raw["contract_expires_days_from_now"] == "5"


def test_leeds(registers: Path, register_fields: Fields) -> None:
    typed = _read(read_table(registers / "leeds_awards_2020.csv"), register_fields)
    assert (len(typed.rows), typed.problems) == (23, [])
    assert sum(value for value in _values(typed, "award_value") if isinstance(value, int)) == 185_577_577
    assert typed.rows[0].values["award_date"] == date(2020, 7, 7)
    own = {column.heading: (column.kind, column.filled) for column in typed.own}
    assert own["Published Date"] == (Kind.DAY, 23)
    assert own["Buyer ID-scheme"] == (Kind.TEXT, 0)


def test_i6_a_month_first_column_is_asked_about(register_fields: Fields) -> None:
    sheet = _sheet(
        {
            "Title": ["a", "b"],
            "Start date": ["01/02/2024", "12/31/2024"],
            "End date": ["01/02/2025", "3/4/2025"],
        }
    )
    asked = _read(sheet, register_fields)
    assert asked.questions == ["Start date"]
    assert asked.rows[1].unread == {"Start date": "12/31/2024"}
    told = _read(sheet, register_fields, "month")
    assert told.questions == [] and told.problems == []
    assert _values(told, "start") == [date(2024, 1, 2), date(2024, 12, 31)]
    assert _values(told, "current_end") == [date(2025, 1, 2), date(2025, 3, 4)]
    one = _read(sheet, register_fields, {"Start date": "month"})
    assert _values(one, "current_end") == [date(2025, 2, 1), date(2025, 4, 3)]


def test_a_column_that_shows_its_order_keeps_it(register_fields: Fields) -> None:
    sheet = _sheet({"Title": ["a", "b"], "Start date": ["31/12/2024", "01/02/2024"]})
    assert _values(_read(sheet, register_fields, "month"), "start") == [date(2024, 12, 31), date(2024, 2, 1)]


def test_a_column_of_both_orders_is_read_as_told_and_the_rest_listed(register_fields: Fields) -> None:
    sheet = _sheet({"Title": ["a", "b"], "Start date": ["31/12/2024", "12/31/2024"]})
    assert _read(sheet, register_fields).questions == ["Start date"]
    told = _read(sheet, register_fields, "month")
    assert _values(told, "start") == [None, date(2024, 12, 31)]
    assert [(problem.row, problem.column, problem.value) for problem in told.problems] == [
        (2, "Start date", "31/12/2024")
    ]


def test_unread_cells_are_listed_and_kept(register_fields: Fields) -> None:
    sheet = _sheet(
        {
            "Title": ["a", "#REF!", "c"],
            "End date": ["ongoing", "31/02/2025", "1 Apr 2025"],
            "Contract value": ["(3,728)", "tbc", "£1.2m"],
            "Contract type": ["other", "Barter", ""],
            "SME": ["Y", "Small", "perhaps"],
        }
    )
    typed = _read(sheet, register_fields)
    assert _values(typed, "current_value") == [-372_800, None, 120_000_000]
    assert _values(typed, "contract_type") == ["Other", "Barter", None]
    assert _values(typed, "supplier_sme") == [True, True, None]
    assert [(p.row, p.column) for p in typed.problems] == [
        *((2, "End date"), (3, "Title"), (3, "End date"), (3, "Contract value"), (3, "Contract type")),
        (4, "SME"),
    ]
    assert all(problem.why and problem.value for problem in typed.problems)
    assert typed.rows[1].unread == {"End date": "31/02/2025", "Contract value": "tbc"}
    assert typed.rows[1].values["title"] == "#REF!"
    assert typed.rows[2].raw == {
        "Title": "c",
        "End date": "1 Apr 2025",
        "Contract value": "£1.2m",
        "SME": "perhaps",
    }


def test_i6_cells_of_a_workbook(register_fields: Fields) -> None:
    sheet = _sheet(
        {
            "Title": ["a", 7, True],
            "Start date": [date(2024, 4, 1), MOMENT, 45383],
            "End date": [2024, True, None],
            "Contract value": [1234.5, 0.1 + 0.2, 1000],
            "Notice period (months)": [6, "3", "26 weeks"],
            "SME": [True, 0, 1.0],
        }
    )
    typed = _read(sheet, register_fields)
    assert _values(typed, "title") == ["a", "7", "Yes"]
    assert _values(typed, "start") == [date(2024, 4, 1)] * 3
    assert _values(typed, "current_value") == [123_450, 30, 100_000]
    assert _values(typed, "notice_commissioner") == [Period(6, "m"), Period(3, "m"), Period(26, "w")]
    assert _values(typed, "supplier_sme") == [True, False, True]
    assert [(p.row, p.column, p.value) for p in typed.problems] == [
        (2, "End date", "2024"),
        (3, "End date", "Yes"),
    ]
    assert typed.rows[1].raw["Start date"] == "2024-04-01 09:30:00"


def test_problems_of_the_file_come_along_in_order(register_fields: Fields) -> None:
    sheet = Sheet(
        *("f.xlsx", "A", ("Title", "End date"), (("a", "never"),), (5,)),
        problems=(Problem(4, "Title", "=B1", "no result"),),
    )
    assert [problem.row for problem in _read(sheet, register_fields).problems] == [4, 5]


def test_no_rows(register_fields: Fields) -> None:
    typed = _read(Sheet("f.csv", "", ("Title", "Odd"), (), ()), register_fields)
    assert (typed.rows, typed.problems) == ([], [])
    assert [column.kind for column in typed.own] == [Kind.TEXT]


def test_own_columns_are_typed_and_can_be_changed(register_fields: Fields) -> None:
    sheet = _sheet(
        {
            "Title": [str(n) for n in range(12)],
            "Insurance seen": ["1/4/2024"] * 11 + ["not yet"],
            "RAG": ["Red", "amber", "Amber", "Amber"] * 3,
        }
    )
    typed = _read(sheet, register_fields)
    assert [(column.kind, column.choices) for column in typed.own] == [
        (Kind.DAY, ()),
        (Kind.CHOICE, ("Amber", "Red")),
    ]
    assert typed.rows[0].own == {"Insurance seen": date(2024, 4, 1), "RAG": "Red"}
    assert typed.rows[1].own["RAG"] == "Amber"
    assert typed.rows[11].unread == {"Insurance seen": "not yet"}
    changed = _read(sheet, register_fields, own_kinds={"Insurance seen": Kind.TEXT, "RAG": Kind.TEXT})
    assert changed.rows[11].own["Insurance seen"] == "not yet" and not changed.problems


@pytest.mark.parametrize(
    ("heading", "cells", "kind"),
    [
        ("Reviewed", ["2024-04-01", "1 May 2024"], Kind.DAY),
        ("Reviewed", ["04/30/2024"], Kind.DAY),
        ("Batch", ["20240401", "20240402"], Kind.WHOLE),
        ("Savings", ["1,200", "£300"], Kind.MONEY),
        ("Match money", ["0.5", "1200"], Kind.MONEY),
        ("Agreed", ["£1,200", "£300"], Kind.MONEY),
        ("Beds", ["12", "1,300"], Kind.WHOLE),
        ("Ward", ["01", "02", "13"], Kind.TEXT),
        ("Line", ["01603222222"], Kind.TEXT),
        ("Barcode", ["501234567890123"], Kind.TEXT),
        ("Invoice number", ["12", "13"], Kind.TEXT),
        ("Share", ["0.25", "0.5"], Kind.TEXT),
        ("Uplift", ["5%", "6%"], Kind.TEXT),
        ("Currency", ["GBP"] * 9, Kind.TEXT),
        ("Rolling?", ["Yes", "No"] * 3, Kind.CHOICE),
        ("Lot", [f"Lot {n}" for n in range(13)] * 3, Kind.TEXT),
        ("Colour", ["red", "green", "blue"], Kind.TEXT),
        ("Remark", ["one\ntwo", "three"], Kind.NOTE),
        ("Empty", [], Kind.TEXT),
    ],
)
def test_the_sort_of_an_own_column(heading: str, cells: list[str], kind: Kind) -> None:
    assert judge(heading, cells)[0] is kind
