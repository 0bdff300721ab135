"""Text files come back as they were written, whatever their letters, separators and line ends."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.exchange.foreign import text_rows
from storage.exchange.foreign.text_rows import decode, find_separator
from storage.exchange.published.guard import guarded
from storage.exchange.tables.sheet import SourceError, clean
from storage.exchange.tables.sheet_foot import NOTES
from tests.storage.exchange.foreign.here import read_here

HEADINGS = ("Reference", "Title", "Notes", "Value")
# None of these Windows letters can be taken for part of a UTF-8 character.
LETTERS = "ab1 ,;\t|'\"\n-£€–½."


def _file(rows: list[list[str]], separator: str, ends: str, quoting: int) -> str:
    out = StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, lineterminator=ends, quoting=quoting)  # type: ignore[arg-type]
    writer.writerows([HEADINGS, *rows])
    return out.getvalue()


@given(
    rows=st.lists(st.lists(st.text(LETTERS, max_size=12), min_size=4, max_size=4), min_size=1, max_size=8),
    separator=st.sampled_from(",;\t|"),
    ends=st.sampled_from(["\n", "\r\n", "\r"]),
    code=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252"]),
)
def test_round_trip(rows: list[list[str]], separator: str, ends: str, code: str) -> None:
    # An apostrophe before what looks like a formula is a guard that reading takes away.
    guards = [[guarded(cell) if cell.startswith("'") else cell for cell in row] for row in rows]
    text = _file(guards, separator, ends, csv.QUOTE_ALL)
    data = text.encode(code)
    if code == "utf-16-be":
        data = b"\xfe\xff" + data
    sheet = read_here(data, "file.csv")
    below = {problem.row for problem in sheet.problems if problem.why == NOTES}
    kept = [
        (number, row)
        for number, row in enumerate(rows, 2)
        if any(cell.strip() for cell in row) and number not in below
    ]
    assert sheet.headings == HEADINGS
    assert [list(row) for row in sheet.rows] == [[cell.strip() for cell in row] for _, row in kept]
    assert list(sheet.numbers) == [number for number, _ in kept]


@pytest.mark.parametrize("separator", list(",;\t|"))
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_i9_plain_files_of_every_sort(separator: str, ends: str, code: str) -> None:
    rows = [
        ["C1", "Día care – £ " if code != "cp1252" else "£5 – ½", "a, b; c", "1,000"],
        ["C2", "x", "", "2"],
    ]
    text = _file(rows, separator, ends, csv.QUOTE_MINIMAL)
    sheet = read_here(text.encode(code), "file.csv")
    assert [list(row) for row in sheet.rows] == [[cell.strip() for cell in row] for row in rows]


def test_line_breaks_within_cells_are_one_sort_and_rows_count_as_a_spreadsheet_does() -> None:
    data = b'Ref,Title\r\n1,"one\r\ntwo\rthree"\r\n2,next\r\n'
    sheet = read_here(data, "file.csv")
    assert sheet.rows == (("1", "one\ntwo\nthree"), ("2", "next"))
    assert sheet.numbers == (2, 3)


def test_i9_utf16_without_a_mark() -> None:
    text = "Ref,Title\n1,Café\n"
    for code in ("utf-16-le", "utf-16-be"):
        assert decode(text.encode(code)) == (text, "UTF-16")


def test_one_windows_letter_does_not_spoil_a_utf8_file() -> None:
    data = "Ref,Café,naïve,coöp\n1,é,ü,".encode() + b"\xa3" + b"5\n"
    text, letters = decode(data)
    assert text.endswith("£5\n") and "Café" in text
    assert "Windows" in letters


def test_i8_invisible_characters_are_cleaned() -> None:
    data = "Ref,Title\n1,A\x00B\u200bC\u202e\u00a0D\x07\n".encode()
    assert read_here(data, "file.csv").rows == (("1", "ABC D"),)


@given(st.text())
def test_i8_cleaned_text_can_be_written_anywhere(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode("utf-8")
    assert "\r" not in cleaned and "\x00" not in cleaned
    assert clean(cleaned) == cleaned


def test_the_separator_is_told_or_found_outside_quotes() -> None:
    assert read_here(b"sep=;\nRef;Title\n1;a,b,c,d\n", "f.csv").rows == (("1", "a,b,c,d"),)
    assert find_separator('Ref,Title,Value\n1,"a;b;c;d;e;f",2\n2,"a;b;c;d;e;f",3\n') == ","
    assert find_separator("Register\n\nRef;Title;Value\n1;one, two, three;2\n2;x;3\n") == ";"
    assert find_separator("Title\nCare\n") == ","


@pytest.mark.parametrize("end", ["", 'C9,"Day ""care""",4\n'])
def test_i9_a_stray_quotation_mark_swallows_no_rows(end: str) -> None:
    text = 'Ref,Title,Value\nC1,Care,1\nC2,"Big Contract,2\nC3,Meals,3\n' + end
    sheet = read_here(text.encode(), "file.csv")
    assert sheet.rows[:3] == (("C1", "Care", "1"), ("C2", '"Big Contract', "2"), ("C3", "Meals", "3"))
    assert len(sheet.rows) == 3 + bool(end)
    assert [(problem.row, problem.column) for problem in sheet.problems] == [(3, "Title")]


def test_quotation_marks_within_a_quotation_are_kept_and_told_when_rows_are_doubtful() -> None:
    one_line = b'Ref,Title,Value\nC1,"The "Big" contract",5\n'
    assert read_here(one_line, "file.csv").rows == (("C1", 'The Big" contract"', "5"),)
    two_lines = b'Ref,Title,Value\nC1,"The "Big"\ncontract",5\nC2,x,6\n'
    sheet = read_here(two_lines, "file.csv")
    assert sheet.rows[-1] == ("C2", "x", "6")


def test_i9_hopeless_quotation_marks_are_said_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_rows, "_MOST_MENDED", 2)
    text = "Ref,Title\n" + 'C1,"a\nC2,b\n' * 9
    with pytest.raises(SourceError, match="quotation marks"):
        read_here(text.encode(), "file.csv")


def test_i9_a_cell_longer_than_python_allows_by_default() -> None:
    long = "x" * 200_000
    assert read_here(f"Ref,Title\n1,{long}\n".encode(), "file.csv").rows == (("1", long),)
