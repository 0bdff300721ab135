"""The reading process answers in lines, whatever the sheet holds."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO

import openpyxl
import pytest

from storage.exchange.foreign import child
from storage.exchange.foreign.child import answer
from storage.exchange.foreign.text_rows import TextRows
from storage.exchange.foreign.workbook_cells import WorkbookCells
from storage.exchange.tables.sheet import SourceError
from tests.storage.exchange.foreign.here import read_here
from tests.storage.exchange.foreign.making import Row, xlsx


def _lines(request: dict[str, object]) -> list[dict[str, object]]:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Data"
    for row in (["Ref", "Title", "Start"], [1, "Care", date(2024, 4, 1)], [2, "=A2", None]):
        sheet.append(row)
    data, out = BytesIO(), BytesIO()
    book.save(data)
    answer(WorkbookCells, data.getvalue(), request, out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_rows_formulas_and_the_end() -> None:
    assert _lines({"sheet": None}) == [
        {"sheets": [["Data", False]], "chosen": "Data", "date1904": False, "notes": []},
        {"row": 1, "cells": ["Ref", "Title", "Start"]},
        {"row": 2, "cells": [1, "Care", {"day": "2024-04-01T00:00:00"}]},
        {"row": 3, "cells": [2]},
        {"odd": "formula", "row": 3, "column": 2, "cell": "=A2"},
        {"end": True},
    ]


def test_a_sheet_that_is_not_there() -> None:
    assert [line.get("chosen") for line in _lines({"sheet": "Nowhere"})] == ["", None]


def test_the_rows_of_a_text_file_are_told_once() -> None:
    out = BytesIO()
    answer(TextRows, b"Ref,Title\r\n1,Care\r\n", {}, out)
    told = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [line["cells"] for line in told if "row" in line] == [["Ref", "Title"], ["1", "Care"]]
    assert [list(line) for line in told[1:]] == [["row", "cells"], ["row", "cells"], ["end"]]


class _Broken:
    """A reader that a file breaks."""

    def __init__(self, data: bytes) -> None:
        raise RecursionError(data)


def test_whatever_breaks_a_reader_is_a_damaged_file() -> None:
    out = BytesIO()
    answer(_Broken, b"x", {}, out)  # type: ignore[arg-type]
    assert json.loads(out.getvalue()) == {"unreadable": "damaged"}


@pytest.mark.parametrize(
    ("cap", "most", "said"),
    [
        ("MOST_ROWS", 1, "more than 1 rows"),
        ("MOST_CELLS", 5, "more than 5 cells"),
        ("MOST_TEXT", 9, "more than 0 million characters"),
    ],
)
def test_the_caps_on_rows_cells_and_text(
    monkeypatch: pytest.MonkeyPatch, cap: str, most: int, said: str
) -> None:
    monkeypatch.setattr(child, cap, most)
    assert _lines({})[-1] == {"too_much": said}


def test_more_columns_than_any_register_has() -> None:
    wide: list[Row] = [[f"H{n}" for n in range(800)], list(range(800))]
    with pytest.raises(SourceError, match="more than 500 columns"):
        read_here(xlsx(wide), "register.xlsx")
