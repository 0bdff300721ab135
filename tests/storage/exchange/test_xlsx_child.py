"""The reading process answers in lines, whatever the sheet holds."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO

import openpyxl

from storage.exchange.xlsx_child import answer


def _lines(request: dict[str, object]) -> list[dict[str, object]]:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Data"
    for row in (["Ref", "Title", "Start"], [1, "Care", date(2024, 4, 1)], [2, "=A2", None]):
        sheet.append(row)
    data, out = BytesIO(), BytesIO()
    book.save(data)
    answer(data.getvalue(), request, out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_rows_formulas_and_the_end() -> None:
    assert _lines({"sheet": None}) == [
        {"sheets": [["Data", False]], "chosen": "Data", "date1904": False},
        {"row": 1, "cells": ["Ref", "Title", "Start"]},
        {"row": 2, "cells": [1, "Care", {"day": "2024-04-01T00:00:00"}]},
        {"row": 3, "cells": [2]},
        {"formula": 3, "column": 2, "cell": "=A2"},
        {"end": True},
    ]


def test_only_the_names_when_they_are_asked_for() -> None:
    assert _lines({"list": True})[1:] == [{"end": True}]
    assert _lines({"sheet": "Nowhere"})[0]["chosen"] == ""
