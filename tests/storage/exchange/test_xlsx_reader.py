"""Workbooks of other programs are read cell by cell; hostile or broken ones are refused in plain words."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.table import Table

from storage.exchange import xlsx_reader
from storage.exchange.sheet import SourceError
from storage.exchange.xlsx_reader import read_xlsx, sheet_list

Row = list[object]
MOMENT = datetime.fromisoformat("2024-04-01T09:30:00")
HEADINGS: Row = ["Reference", "Title", "Start date", "Value"]


def _workbook(**sheets: list[Row]) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return book


def _bytes(book: openpyxl.Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _with_part(data: bytes, name: str, edit: Callable[[bytes], bytes]) -> bytes:
    """The same archive with one part edited or added."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        for part in names:
            new.writestr(part, edit(old.read(part)) if part == name else old.read(part))
        if name not in names:
            new.writestr(name, edit(b""))
    return out.getvalue()


def _refused(data: bytes, said: str) -> None:
    with pytest.raises(SourceError, match=said) as caught:
        read_xlsx(data, "register.xlsx")
    assert caught.value.do


PLAIN = _bytes(_workbook(Data=[HEADINGS, ["C1", "Care", date(2024, 4, 1), 4500]]))


def test_values_keep_their_kind_and_what_their_format_shows() -> None:
    book = _workbook(
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
    found = read_xlsx(_bytes(book), "register.xlsx")
    assert found.headings == tuple(HEADINGS)
    assert found.rows == (
        ("00012", "Café", date(2024, 4, 1), 1234.5),
        (13, "x", MOMENT, "25%"),
        (None, True, "1/4/2024", "€99"),
        ("A", "B", "1/5/2024", "£-2500.5"),
    )
    assert (found.name, found.sheets, found.numbers, found.problems) == ("Data", ("Data",), (2, 3, 4, 5), ())


def test_dates_counted_from_1904() -> None:
    book = _workbook(Data=[HEADINGS, ["C1", "Care", date(2024, 4, 1), 4500]])
    book.epoch = CALENDAR_MAC_1904
    found = read_xlsx(_bytes(book), "register.xlsx")
    assert found.rows[0][2] == date(2024, 4, 1)
    assert found.date1904


def test_which_sheet_is_read() -> None:
    rows: list[Row] = [HEADINGS, ["C1", "Care", None, 1], ["C2", "Meals", None, 2]]
    book = _workbook(
        Cover=[["Register of contracts"], ["Updated monthly"]], Old=rows, Live=rows, Contracts=rows
    )
    book["Old"].sheet_state = "hidden"
    data = _bytes(book)
    found = read_xlsx(data, "register.xlsx")
    assert found.name == "Live"
    assert found.sheets == ("Cover", "Live", "Contracts", "Old") == sheet_list(data, "register.xlsx")
    assert any("Old (hidden)" in note for note in found.notes)
    assert read_xlsx(data, "register.xlsx", "old").name == "Old"
    with pytest.raises(SourceError, match="no sheet named “New”") as caught:
        read_xlsx(data, "register.xlsx", "New")
    assert "Cover, Live, Contracts, Old" in caught.value.do
    book["Contracts"].add_table(Table(displayName="Contracts", ref="A1:D3"))
    assert read_xlsx(_bytes(book), "register.xlsx").name == "Contracts"


def test_titles_and_blank_rows_keep_the_rows_numbers() -> None:
    book = _workbook(Data=[["Register"], [], HEADINGS, ["C1", "Care", None, 1], [], ["C2", "Meals", None, 2]])
    found = read_xlsx(_bytes(book), "register.xlsx")
    assert (found.header_row, found.numbers) == (3, (4, 6))


def test_a_formula_without_result_is_told() -> None:
    book = _workbook(Data=[HEADINGS, ["C1", "Care", date(2024, 4, 1), "=2*3"], ["C2", "Meals", None, 5]])
    found = read_xlsx(_bytes(book), "register.xlsx")
    assert [(p.row, p.column, p.value) for p in found.problems] == [(2, "Value", "=2*3")]
    assert found.rows[1][3] == 5


def test_a_cell_at_the_far_end_and_a_merge_of_everything() -> None:
    book = openpyxl.load_workbook(BytesIO(PLAIN))
    book["Data"]["XFD1048576"] = "far"
    merged = _with_part(
        _bytes(book),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(
            b"</sheetData>",
            b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        ),
    )
    found = read_xlsx(merged, "register.xlsx")
    assert found.rows == (("C1", "Care", date(2024, 4, 1), 4500),)
    assert [(p.row, p.column, p.value) for p in found.problems] == [(1048576, "Column 16384", "far")]


def test_a_false_dimension_hides_nothing() -> None:
    data = _with_part(
        PLAIN,
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b'<dimension ref="A1:D2"', b'<dimension ref="A1:A1"'),
    )
    assert read_xlsx(data, "register.xlsx").rows == (("C1", "Care", date(2024, 4, 1), 4500),)


def test_an_empty_workbook() -> None:
    _refused(_bytes(_workbook(Data=[])), "no rows|no sheet")


def test_a_bomb_is_refused_by_what_it_unpacks_to(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = _with_part(PLAIN, "xl/media/a.bin", lambda _: bytes(3_000_000))
    monkeypatch.setattr(xlsx_reader, "MOST_UNPACKED", 2_000_000)
    _refused(bomb, "unpacks to more")
    lying = bytearray(bomb)
    where = lying.rfind(b"xl/media/a.bin") - 46  # its entry in the central directory
    lying[where + 24 : where + 28] = struct.pack("<I", 10)
    _refused(bytes(lying), "unpacks to more|damaged")


def test_too_many_parts_and_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_reader, "MOST_PARTS", 3)
    _refused(PLAIN, "parts")
    monkeypatch.setattr(xlsx_reader, "MOST_BYTES", 100)
    _refused(PLAIN, "larger than")


@pytest.mark.parametrize("code", ["utf-8", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "docProps/app.xml"]
)
def test_document_types_are_refused_in_every_part(part: str, code: str) -> None:
    evil = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode(code)
    _refused(_with_part(PLAIN, part, lambda _: evil), "document type")


def test_a_document_type_across_two_reads_is_seen() -> None:
    split = b" " * ((1 << 20) - 4) + b"<!DOCTYPE a>"
    _refused(_with_part(PLAIN, "xl/extra.xml", lambda _: split), "document type")


@pytest.mark.parametrize("name", ["/etc/passwd", "../../out.xml", "xl\\..\\..\\out.xml", "C:/out.xml"])
def test_names_that_lead_elsewhere_are_refused(name: str) -> None:
    _refused(_with_part(PLAIN, name, lambda _: b"x"), "not put together")


def test_an_encrypted_part_is_refused() -> None:
    data = bytearray(PLAIN)
    data[data.find(b"PK\x01\x02") + 8] |= 1
    data[data.find(b"PK\x03\x04") + 6] |= 1
    _refused(bytes(data), "password")


@pytest.mark.parametrize("length", [30, 200, len(PLAIN) // 2, len(PLAIN) - 10])
def test_a_file_cut_short_is_refused(length: int) -> None:
    _refused(PLAIN[:length], "damaged")


@pytest.mark.parametrize(
    ("part", "edit"),
    [
        ("xl/workbook.xml", lambda _: b"<workbook"),
        ("xl/worksheets/sheet1.xml", lambda xml: xml[:-40]),
        ("[Content_Types].xml", lambda _: b""),
        ("xl/styles.xml", lambda _: b"nonsense"),
    ],
)
def test_broken_parts_are_refused(part: str, edit: Callable[[bytes], bytes]) -> None:
    _refused(_with_part(PLAIN, part, edit), "damaged|could not be read")


def test_a_zip_that_only_looks_like_a_workbook() -> None:
    _refused(_with_part(PLAIN, "xl/workbook.xml", lambda _: b"<html/>"), "damaged|no sheet")


def test_a_reading_process_that_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_reader, "MOST_SECONDS", 0.2)
    monkeypatch.setattr(xlsx_reader, "child_command", lambda: _python("import time; time.sleep(60)"))
    _refused(PLAIN, "too long")


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("import os; os.abort()", "damaged"),
        ("raise MemoryError", "memory"),
        ("import sys; sys.exit(3)", "memory"),
        ("import sys; sys.exit(4)", "safely"),
        ("pass", "to its end"),
        ('print(\'{"sheets": [["A", false]], "chosen": "A"}\')', "to its end"),
    ],
)
def test_a_reading_process_that_fails(monkeypatch: pytest.MonkeyPatch, program: str, said: str) -> None:
    monkeypatch.setattr(xlsx_reader, "child_command", lambda: _python(program))
    _refused(PLAIN, said)


def test_a_reading_process_that_cannot_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_reader, "child_command", lambda: ["/nowhere/python"])
    _refused(PLAIN, "did not start")


def _python(program: str) -> list[str]:
    return [sys.executable, "-c", program]


def test_the_caps_on_rows_cells_and_columns() -> None:
    wide: list[Row] = [[f"H{n}" for n in range(800)], list(range(800))]
    _refused(_bytes(_workbook(Data=wide)), "more than 500 columns")
    program = (
        "from storage.exchange import xlsx_child as c, xlsx_reader; import sys;"
        "c.MOST_ROWS, c.MOST_CELLS = {rows}, {cells}; sys.exit(c.main())"
    )
    for rows, cells, said in ((1, 100, "more than 1 rows"), (100, 5, "more than 5 cells")):
        done = subprocess.run(
            [sys.executable, "-c", program.format(rows=rows, cells=cells)],
            input=json.dumps({}).encode() + b"\n" + PLAIN,
            capture_output=True,
            check=True,
        )
        assert json.loads(done.stdout.splitlines()[-1]) == {"too_much": said}


def test_memory_is_limited_where_the_system_can() -> None:
    program = (
        "from storage.exchange.xlsx_child import limit_resources as f; f(); x = bytearray(1_500_000_000)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert (b"MemoryError" in done.stderr) == (sys.platform == "linux")
