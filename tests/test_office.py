"""The comparison behind `make office` finds what a program changed, and passes over what it may."""

from datetime import datetime
from pathlib import Path

import openpyxl

from tests.office.compared import differences
from tests.office.files import files


def saved(path: Path, *cells: object) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for cell in cells:
        sheet.append([cell])
    book.save(path)
    return path


def test_a_cell_that_says_something_else_is_found(tmp_path: Path) -> None:
    day = datetime(2026, 10, 3)  # noqa: DTZ001
    before = saved(tmp_path / "a.xlsx", "text", 1.1 + 2.2, day, None)
    assert differences(before, saved(tmp_path / "b.xlsx", "text", 3.3, day)) == (3, [])
    compared, found = differences(before, saved(tmp_path / "c.xlsx", "text ", 3.31, day, 1))
    assert compared == 3 and [words.split(":")[0] for words in found] == ["Sheet!A1", "Sheet!A2", "Sheet!A4"]


def test_every_file_has_a_name_of_its_own() -> None:
    names = [each.name for each in files()]
    assert len(names) == len({*names}) > 20
