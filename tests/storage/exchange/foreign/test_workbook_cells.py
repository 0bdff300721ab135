"""Workbooks of other programs are read cell by cell; hostile or broken ones are refused in plain words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.table import Table

from storage.exchange.tables.sheet import SourceError
from tests.storage.exchange.foreign.here import read_here
from tests.storage.exchange.foreign.making import Row, saved, with_part, workbook

MOMENT = datetime.fromisoformat("2024-04-01T09:30:00")
HEADINGS = ["Reference", "Title", "Start date", "Value"]


def _refused(data: bytes, said: str) -> None:
    with pytest.raises(SourceError, match=said) as caught:
        read_here(data, "register.xlsx")
    assert caught.value.do


PLAIN = saved(workbook(Data=[HEADINGS, ["C1", "Care", date(2024, 4, 1), 4500]]))


def test_i6_values_keep_their_kind_and_what_their_format_shows() -> None:
    book = workbook(
        Data=[
            HEADINGS,
            [12, "Cafe\u0301", date(2024, 4, 1), 1234.5],
            [13.0, " x ", MOMENT, 0.25],
            [None, True, "1/4/2024", 99],
            ["A", "B", "1/5/2024", -2500.5],
        ]
    )
    sheet = book["Data"]
    sheet["D5"].number_format = '"£"#,##0.00'
    sheet["A2"].number_format = "00000"
    sheet["D3"].number_format = "0%"
    sheet["D4"].number_format = "[$€-2] #,##0.00"
    found = read_here(saved(book), "register.xlsx")
    assert found.headings == tuple(HEADINGS)
    assert found.rows == (
        ("00012", "Café", date(2024, 4, 1), 1234.5),
        (13, "x", MOMENT, "25%"),
        (None, True, "1/4/2024", "€99"),
        ("A", "B", "1/5/2024", "£-2500.5"),
    )
    assert (found.name, found.sheets, found.numbers, found.problems) == ("Data", ("Data",), (2, 3, 4, 5), ())


def test_i6_dates_counted_from_1904() -> None:
    book = workbook(Data=[HEADINGS, ["C1", "Care", date(2024, 4, 1), 4500]])
    book.epoch = CALENDAR_MAC_1904
    found = read_here(saved(book), "register.xlsx")
    assert found.rows[0][2] == date(2024, 4, 1)
    assert found.date1904


def test_which_sheet_is_read() -> None:
    rows: list[Row] = [HEADINGS, ["C1", "Care", None, 1], ["C2", "Meals", None, 2]]
    book = workbook(
        Cover=[["Register of contracts"], ["Updated monthly"]], Old=rows, Live=rows, Contracts=rows
    )
    book["Old"].sheet_state = "hidden"
    data = saved(book)
    found = read_here(data, "register.xlsx")
    assert found.name == "Live"
    assert found.sheets == ("Cover", "Live", "Contracts", "Old")
    assert any("Old (hidden)" in note for note in found.notes)
    assert read_here(data, "register.xlsx", "old").name == "Old"
    with pytest.raises(SourceError, match="no sheet named “New”") as caught:
        read_here(data, "register.xlsx", "New")
    assert "Cover, Live, Contracts, Old" in caught.value.do
    book["Contracts"].add_table(Table(displayName="Contracts", ref="A1:D3"))
    assert read_here(saved(book), "register.xlsx").name == "Contracts"


def test_titles_and_blank_rows_keep_the_rows_numbers() -> None:
    book = workbook(Data=[["Register"], [], HEADINGS, ["C1", "Care", None, 1], [], ["C2", "Meals", None, 2]])
    found = read_here(saved(book), "register.xlsx")
    assert (found.header_row, found.numbers) == (3, (4, 6))


def test_i5_a_formula_without_result_is_told() -> None:
    book = workbook(Data=[HEADINGS, ["C1", "Care", date(2024, 4, 1), "=2*3"], ["C2", "Meals", None, 5]])
    found = read_here(saved(book), "register.xlsx")
    assert [(p.row, p.column, p.value) for p in found.problems] == [(2, "Value", "=2*3")]
    assert found.rows[1][3] == 5


def test_i3_a_cell_at_the_far_end_and_a_merge_of_everything() -> None:
    book = openpyxl.load_workbook(BytesIO(PLAIN))
    book["Data"]["XFD1048576"] = "far"
    merged = with_part(
        saved(book),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(
            b"</sheetData>",
            b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        ),
    )
    found = read_here(merged, "register.xlsx")
    assert found.rows == (("C1", "Care", date(2024, 4, 1), 4500),)
    assert [(p.row, p.column, p.value) for p in found.problems] == [
        (1048576, "Column 16384", "far"),
        (1, "Reference", "A1:XFD1048576"),
    ]


def test_i3_a_false_dimension_hides_nothing() -> None:
    data = with_part(
        PLAIN,
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b'<dimension ref="A1:D2"', b'<dimension ref="A1:A1"'),
    )
    assert read_here(data, "register.xlsx").rows == (("C1", "Care", date(2024, 4, 1), 4500),)


def test_an_emptyworkbook() -> None:
    _refused(saved(workbook(Data=[])), "no rows|no sheet")


@pytest.mark.parametrize("share", [0.006, 0.04, 0.5, 0.998])
def test_i4_a_file_cut_short_is_refused(share: float) -> None:
    _refused(PLAIN[: int(len(PLAIN) * share)], "damaged")


@pytest.mark.parametrize(
    ("part", "edit"),
    [
        ("xl/workbook.xml", lambda _: b"<workbook"),
        ("xl/worksheets/sheet1.xml", lambda xml: xml[:-140]),
        ("[Content_Types].xml", lambda _: b""),
        ("xl/styles.xml", lambda _: b"nonsense"),
    ],
)
def test_i4_broken_parts_are_refused(part: str, edit: Callable[[bytes], bytes]) -> None:
    _refused(with_part(PLAIN, part, edit), "damaged|could not be read")


def test_a_zip_that_only_looks_like_aworkbook() -> None:
    _refused(with_part(PLAIN, "xl/workbook.xml", lambda _: b"<html/>"), "damaged|no sheet")


def test_i7_what_is_hidden_merged_or_left_out_is_told() -> None:
    book = workbook(Data=[HEADINGS, *([f"C{n}", "Care", None, n] for n in range(4))], Old=[HEADINGS])
    sheet = book["Data"]
    sheet.row_dimensions[3].hidden = True
    sheet.merge_cells("B2:B4")
    sheet.merge_cells("C2:D2")
    book["Old"].sheet_state = "veryHidden"
    data = with_part(saved(book), "xl/vbaProject.bin", lambda _: b"macros")
    data = with_part(data, "xl/externalLinks/externalLink1.xml", lambda _: b"<externalLink/>")
    found = read_here(with_part(data, "xl/media/image1.png", lambda _: b"x"), "register.xlsm")
    assert len(found.rows) == 4
    assert set(found.notes) >= {
        "One hidden row of the sheet was read like the others.",
        "Other sheets of the workbook: Old (hidden).",
        "Not looked at in this workbook: macros, links to other workbooks, pictures.",
    }
    assert [(p.row, p.column, p.value) for p in found.problems] == [(2, "Title", "B2:B4")]


def test_i5_a_formula_in_every_column_is_told_and_none_is_silently_empty() -> None:
    rows: list[Row] = [
        HEADINGS,
        *(["=A1", "=B1", "=C1", f"={n}*2"] for n in range(1, 40)),
        ["C1", "Care", None, 5],
    ]
    found = read_here(saved(workbook(Data=rows)), "register.xlsx")
    assert len(found.problems) == 39 * 4
    assert all("no stored result" in problem.why for problem in found.problems)


def test_numbers_no_program_can_hold() -> None:
    rows = with_part(
        PLAIN,
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b"<v>4500</v>", b"<v>1" + b"0" * 400 + b"</v>"),
    )
    assert read_here(rows, "register.xlsx").rows[0][3] == "1" + "0" * 400
    rows = with_part(
        PLAIN, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"<v>4500</v>", b"<v>1E999</v>")
    )
    assert read_here(rows, "register.xlsx").rows[0][3] == "inf"
