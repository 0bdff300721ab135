"""The files people really send: each gives its rows or one plain message, never silence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from storage.exchange.importing.import_headings import Choices, known_fields
from storage.exchange.importing.rows import read_source
from storage.exchange.tables.sheet import Sheet, SourceError
from storage.exchange.tables.tabular import AS_FOUND, Ways, read_table
from tests.storage.exchange.foreign.here import read_here
from tests.storage.exchange.import_making import made_store

HEADINGS = ("Reference", "Title", "Supplier", "Start date", "End date", "Value")
C1 = {
    "reference": "C1", "title": "Care at home", "provider_name": "Acme Care", "start": date(2024, 4, 1),
    "current_end": date(2027, 3, 31), "current_value": 4_500_000,
}  # fmt: skip


def _read(project: Path, name: str, sheet: str | None = None, ways: Ways = AS_FOUND) -> Sheet:
    path = project / "tests" / "files" / "foreign" / name
    return read_here(path.read_bytes(), name, sheet, ways)


def _values(sheet: Sheet, tmp_path: Path) -> list[dict[str, object]]:
    store = made_store(tmp_path)
    source = read_source(sheet, known_fields(store), Choices())
    store.close()
    return [dict(row.values) for row in source.rows]


@pytest.mark.parametrize(
    "name",
    [
        "strict.xlsx", "days-from-1904.xlsx", "dates-and-numbers-as-text.xlsx", "hidden-sheets.xlsx",
        "notes-and-totals.xlsx", "register.xls", "register.xlsb", "register.ods",
    ],
)  # fmt: skip
def test_however_it_is_packed_the_same_three_contracts_come_out(
    project: Path, tmp_path: Path, name: str
) -> None:
    sheet = _read(project, name)
    found = _values(sheet, tmp_path)
    assert sheet.headings == HEADINGS
    assert [row["reference"] for row in found] == ["C1", "C2", "C3"]
    assert found[0] == C1


def test_totals_and_lines_below_the_table_are_told_and_no_contracts(project: Path) -> None:
    sheet = _read(project, "notes-and-totals.xlsx")
    assert (sheet.header_row, sheet.numbers) == (4, (5, 6, 8))
    assert [(p.row, p.value) for p in sheet.problems] == [
        (7, "Subtotal"), (9, "Total"), (11, "* Values leave VAT out."), (12, "Source: finance system"),
    ]  # fmt: skip
    said = " ".join(sheet.notes)
    assert "2 rows of totals were passed over (rows 7 and 9)." in said
    assert "2 lines below the table were passed over (rows 11 and 12)." in said


def test_headings_in_two_rows_become_one(project: Path, tmp_path: Path) -> None:
    sheet = _read(project, "two-row-headings.xlsx")
    assert sheet.headings == (
        "Reference", "Title", "Supplier Name", "Supplier Number", "Contract term From", "Contract term To", "Value",
    )  # fmt: skip
    assert "The headings fill two rows, 3 and 4." in sheet.notes and not sheet.problems
    assert _values(sheet, tmp_path)[0].items() >= C1.items()


def test_groups_above_tell_headings_of_one_name_apart(project: Path, tmp_path: Path) -> None:
    sheet = _read(project, "groups-above.xlsx")
    assert sheet.headings[2:6] == (
        "Initial term Start date", "Initial term End date", "With extensions Start date", "With extensions End date",
    )  # fmt: skip
    first = _values(sheet, tmp_path)[0]
    assert (first["start"], first["initial_end"], first["max_end"]) == (
        date(2024, 4, 1), date(2027, 3, 31), date(2029, 3, 31),
    )  # fmt: skip


def test_cells_merged_over_rows_are_told_or_filled_down(project: Path) -> None:
    sheet = _read(project, "merged-rows.xlsx")
    assert len(sheet.rows) == 3 and [(p.row, p.column) for p in sheet.problems] == [(2, "Supplier")]
    assert (sheet.merged, sheet.filled, sheet.rows[1][2]) == (1, False, None)
    path = project / "tests" / "files" / "foreign" / "merged-rows.xlsx"
    filled = read_here(path.read_bytes(), path.name, None, Ways(fill=True))
    assert (filled.filled, filled.rows[1][2], filled.problems) == (True, "Acme Care", ())
    assert "One cell merged over several rows filled down." in filled.notes


def test_hidden_sheets_are_offered_and_marked(project: Path) -> None:
    sheet = _read(project, "hidden-sheets.xlsx")
    assert (sheet.name, sheet.sheets) == ("Register", ("Register", "Archive", "Lookups"))
    assert sheet.hidden == {"Archive", "Lookups"}
    assert len(_read(project, "hidden-sheets.xlsx", "Archive").rows) == 1


def test_ragged_rows_and_blank_or_repeated_headings_lose_no_cell(project: Path) -> None:
    sheet = _read(project, "ragged.csv")
    assert sheet.headings[:6] == ("Reference", "Title", "Column 3", "Value", "Value (2)", "Supplier")
    assert sheet.rows[1] == ("C2", "Meals", "seen", "2500.50", "3000", "Bravo Foods", "over", "more")


def test_the_row_of_headings_can_be_said(project: Path) -> None:
    sheet = _read(project, "notes-and-totals.xlsx", ways=Ways(header_row=5))
    assert (sheet.headings[0], sheet.header_row, len(sheet.rows)) == ("C1", 5, 2)
    assert [number for number, _ in sheet.top[:4]] == [1, 2, 4, 5]
    with pytest.raises(SourceError, match="Row 3 of"):
        _read(project, "notes-and-totals.xlsx", ways=Ways(header_row=3))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("empty.csv", "is empty"),
        ("blank-lines.csv", "holds no rows"),
        ("no-cells.xlsx", "holds no rows"),
        ("pictures-only.xlsx", "holds pictures and no cells"),
        ("password.xlsx", "password or a sensitivity label"),
        ("~$register.xlsx", "only the mark that an office program leaves"),
    ],
)
def test_what_holds_no_rows_says_why(project: Path, name: str, said: str) -> None:
    with pytest.raises(SourceError, match=said) as caught:
        read_table(project / "tests" / "files" / "foreign" / name)
    assert caught.value.do


def test_an_apostrophe_that_guards_against_formulas_is_taken_away() -> None:
    text = "Reference,Title,Notes\nC1,'=1+1,'-5\nC2,''@here,'twas\n"
    sheet = read_here(text.encode(), "register.csv")
    assert _cells(sheet.rows) == [["C1", "=1+1", "-5"], ["C2", "'@here", "'twas"]]


def _cells(rows: Sequence[Sequence[object]]) -> list[list[object]]:
    return [list(row) for row in rows]
