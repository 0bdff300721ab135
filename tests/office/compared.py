"""What a file says before and after LibreOffice opened and saved it: every cell of a workbook, every word of a text."""

from __future__ import annotations

from datetime import date, datetime, time
from itertools import zip_longest
from math import isclose
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MOST_TOLD = 5


def differences(before: Path, after: Path) -> tuple[int, list[str]]:
    """How many cells or paragraphs were compared, and the first that differ, in words."""
    return _words(before, after) if before.suffix == ".docx" else _cells(before, after)


def _cells(before: Path, after: Path) -> tuple[int, list[str]]:
    import openpyxl

    ours, theirs = (openpyxl.load_workbook(path, data_only=True) for path in (before, after))
    compared, found = 0, []
    if ours.sheetnames != theirs.sheetnames:
        found.append(f"sheets {theirs.sheetnames} in place of {ours.sheetnames}")
    for sheet in ours:
        if sheet.title not in theirs.sheetnames:
            continue
        held, again = _filled(sheet), _filled(theirs[sheet.title])
        compared += len(held)
        for place in held.keys() | again.keys():
            old, new = held.get(place), again.get(place)
            if not _same(old, new):
                found.append(f"{sheet.title}!{place}: {new!r:.60} in place of {old!r:.60}")
    found.sort()
    return compared, found[:MOST_TOLD]


def _filled(sheet: Worksheet) -> dict[str, object]:
    return {
        cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None
    }


def _same(ours: object, theirs: object) -> bool:
    if isinstance(ours, int | float) and isinstance(theirs, int | float):
        return isclose(ours, theirs, rel_tol=1e-9, abs_tol=1e-6)
    if isinstance(ours, datetime | date | time) or isinstance(theirs, datetime | date | time):
        return str(ours)[:10] == str(theirs)[:10]
    return (ours or "") == (theirs or "")


def _words(before: Path, after: Path) -> tuple[int, list[str]]:
    ours, theirs = _paragraphs(before), _paragraphs(after)
    pairs = [*zip_longest(ours, theirs, fillvalue="")]
    found = [f"{new!r:.60} in place of {old!r:.60}" for old, new in pairs if old != new]
    return len(ours), found[:MOST_TOLD]


def _paragraphs(path: Path) -> list[str]:
    """The text of every paragraph, those in tables included, in their order; runs of spaces are one."""
    from docx import Document
    from docx.oxml.ns import qn

    body = Document(str(path)).element.body
    texts = (
        "".join(node.text or "" for node in paragraph.iter(qn("w:t"))) for paragraph in body.iter(qn("w:p"))
    )
    return [" ".join(words.split()) for words in texts if words.strip()]
