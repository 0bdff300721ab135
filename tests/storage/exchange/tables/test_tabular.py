"""Files are known by their content, and titles, blank rows and odd headings do not disturb the table."""

from __future__ import annotations

import struct
import sys
from pathlib import Path

import pytest

from storage.engine.foreign import child_process
from storage.exchange.tables import tabular
from storage.exchange.tables.sheet_shape import distinct
from storage.exchange.tables.tabular import CHILD_ARGUMENT, SourceError, read_bytes, read_table
from tests.storage.exchange.foreign.making import MAKERS, ROWS


def _write(tmp_path: Path, name: str, data: bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("name", "rows", "headings", "last_row"),
    [
        ("norfolk_contracts_register_2015.csv", 5729, 39, 5730),
        ("contracts_finder_councils_2021.csv", 683, 16, 684),
        ("leeds_awards_2020.csv", 23, 24, 24),
    ],
)
def test_real_registers(registers: Path, name: str, rows: int, headings: int, last_row: int) -> None:
    sheet = read_table(registers / name)
    assert (len(sheet.rows), len(sheet.headings)) == (rows, headings)
    assert (sheet.header_row, sheet.first_row, sheet.numbers[-1]) == (1, 2, last_row)
    assert sheet.problems == ()
    assert {len(row) for row in sheet.rows} == {headings}


def test_titles_above_and_blank_rows_within(tmp_path: Path) -> None:
    text = (
        "Contracts register,,,,\n\nAs at:,31/03/2024,,,\nReference,Title,Supplier,End date,\n"
        "C1,Care at home,Acme,31/03/2025,\n,,,,\nC2,Meals,Bravo,31/03/2026,\n"
    )
    sheet = read_table(_write(tmp_path, "register.csv", text.encode()))
    assert sheet.headings == ("Reference", "Title", "Supplier", "End date")
    assert (sheet.header_row, sheet.numbers) == (4, (5, 7))
    assert any("row 4" in note for note in sheet.notes)


def test_group_names_above_the_headings(tmp_path: Path) -> None:
    text = (
        "Contract,,,Supplier,,Dates,\nRef,Title,Value,Name,SME,Start,End\nC1,Care,5,Acme,Yes,1/4/24,1/4/25\n"
    )
    sheet = read_table(_write(tmp_path, "grouped.csv", text.encode()))
    assert sheet.headings == ("Ref", "Title", "Value", "Name", "SME", "Start", "End")


def test_blank_and_repeated_headings(tmp_path: Path) -> None:
    text = "Ref,Value,,value,,Value (2)\n1,2,,3,kept,4\n"
    sheet = read_table(_write(tmp_path, "odd.csv", text.encode()))
    assert sheet.headings == ("Ref", "Value", "value (3)", "Column 5", "Value (2)")
    assert sheet.rows == (("1", "2", "3", "kept", "4"),)


def test_headings_mostly_blank_or_alike_are_known_by_their_names(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    path.write_text("Reference,,Title,,Supplier,,Status\nR1,a,t1,b,c,d,Live\nR2,e,t2,f,g,h,Live\n")
    found = read_table(path)
    assert found.headings[:3] == ("Reference", "Column 2", "Title") and len(found.rows) == 2
    path.write_text("Title,Title,title,Start date,Start Date\na,b,c,01/01/2020,x\nq,w,e,,y\n")
    assert (read_table(path).headings[0], len(read_table(path).rows)) == ("Title", 2)


def test_rows_longer_and_shorter_than_the_headings(tmp_path: Path) -> None:
    sheet = read_table(_write(tmp_path, "ragged.csv", b"Ref,Title,Value\nC1\nC2,Care,5,over,more\n"))
    assert sheet.headings == ("Ref", "Title", "Value", "Column 4", "Column 5")
    assert sheet.rows == (("C1", "", "", "", ""), ("C2", "Care", "5", "over", "more"))


def test_headings_alone_are_a_table_without_rows(tmp_path: Path) -> None:
    sheet = read_table(_write(tmp_path, "none.csv", b"Reference,Title,End date\n"))
    assert (sheet.headings, sheet.rows) == (("Reference", "Title", "End date"), ())


def test_data_without_headings_is_refused(tmp_path: Path) -> None:
    data = b"C1,Care at home,2020-01-01,4500\nC2,Meals,2021-01-01,5500\n"
    with pytest.raises(SourceError, match="no row of headings"):
        read_table(_write(tmp_path, "bare.csv", data))


def test_years_as_headings_are_headings(tmp_path: Path) -> None:
    sheet = read_table(_write(tmp_path, "years.csv", b"Title,Supplier,2023,2024\nCare,Acme,100,200\n"))
    assert sheet.headings == ("Title", "Supplier", "2023", "2024")


def test_missing_file_folder_and_sheet_of_a_text_file(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no file"):
        read_table(tmp_path / "nowhere.csv")
    with pytest.raises(SourceError):
        read_table(tmp_path)
    path = _write(tmp_path, "a.csv", b"Ref,Title\n1,Care\n")
    with pytest.raises(SourceError, match="no sheets"):
        read_table(path, "Sheet1")


def test_distinct_never_gives_a_name_twice() -> None:
    names = distinct(["A", "a", "A (2)", "A", "A (3)"])
    assert len({name.casefold() for name in names}) == 5
    assert names[0] == "A" and names[2] == "A (2)"


@pytest.mark.parametrize("kind", MAKERS)
def test_every_kind_comes_in_by_the_same_door(tmp_path: Path, kind: str) -> None:
    found = read_table(_write(tmp_path, f"register.{kind}", MAKERS[kind]()))
    assert found.headings == ROWS[0]
    assert [row[:3] for row in found.rows] == [row[:3] for row in ROWS[1:]]
    assert [float(str(row[3])) for row in found.rows] == [4500, 250.5]
    assert found.sheets == {"docx": ("Table 1",), "csv": ()}.get(kind, ("Data",))
    assert found.problems == ()


def _refused(said: str) -> None:
    with pytest.raises(SourceError, match=said) as caught:
        read_bytes(MAKERS["csv"](), "register.csv")
    assert caught.value.do


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("import os; os.abort()", "damaged"),
        ("raise MemoryError", "memory"),
        ("import sys; sys.stderr.write('memory allocation of 99 bytes failed'); sys.exit(1)", "memory"),
        ("import sys; sys.exit(3)", "memory"),
        ("import sys; sys.exit(4)", "safely"),
        ("pass", "to its end"),
        ("print('nonsense')", "to its end"),
        ("print('[1]')", "to its end"),
        ('print(\'{"sheets": [["", false]], "chosen": ""}\')', "to its end"),
        ('print(\'{"sheets": 5, "end": 1}\')', "damaged"),
        ('print(\'{"unreadable": "other"}\')', "damaged"),
        ('print(\'{"unreadable": "password"}\')', "password"),
    ],
)
def test_a_reading_process_that_fails(monkeypatch: pytest.MonkeyPatch, program: str, said: str) -> None:
    monkeypatch.setattr(tabular, "child_command", lambda *_: [sys.executable, "-c", program])
    _refused(said)


def test_a_reading_process_that_cannot_start_or_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tabular, "child_command", lambda *_: ["/nowhere/python"])
    _refused("did not start")
    monkeypatch.setattr(child_process, "MOST_SECONDS", 0.2)
    monkeypatch.setattr(
        tabular, "child_command", lambda *_: [sys.executable, "-c", "import time; time.sleep(60)"]
    )
    _refused("too long")


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tabular, "MOST_BYTES", 20)
    with pytest.raises(SourceError, match="larger than"):
        read_table(_write(tmp_path, "large.csv", MAKERS["csv"]()))


def test_i3_the_farthest_cell_of_an_old_workbook_is_too_much_memory_and_said_so() -> None:
    data = MAKERS["xls"]().replace(struct.pack("<HHH", 2, 3, 0), struct.pack("<HHH", 65_535, 255, 0))
    with pytest.raises(SourceError, match="needs more memory"):
        read_bytes(data, "register.xls")


def test_a_frozen_program_reads_by_an_argument_of_its_own() -> None:
    asked = b'{"kind": "text"}\n' + MAKERS["csv"]()
    ended = child_process.run_child([sys.executable, "-m", "desktop", CHILD_ARGUMENT], asked)
    assert ended.code == 0 and b'"end": true' in ended.answer
