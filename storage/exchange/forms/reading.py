"""A form that came back: its cells by their ids wherever the rows stand now, and what was sent."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import cast

from storage.exchange.foreign.archive import SAVE_AGAIN
from storage.exchange.foreign.kinds import ODS, TEXT, XLS, XLSX, is_pdf, kind_of
from storage.exchange.forms.cells import from_sent, plain_text
from storage.exchange.forms.lines import COMMENT, EVIDENCE, MITIGATION, NOTE, Held
from storage.exchange.forms.pdf_reading import read_pdf
from storage.exchange.forms.returned import Returned
from storage.exchange.forms.workbook import (
    ANSWER,
    AS_SENT,
    BY,
    EASED,
    FORMAT,
    HEADINGS,
    ID,
    ID_HEADING,
    NOTED,
    PROOF,
    SAID,
)
from storage.exchange.tables.sheet import Cell, Problem, SourceError
from storage.exchange.tables.tabular import DAMAGED, Line, answer_of, bytes_of, cell_from
from storage.exchange.workbooks.origin import run_of
from storage.exchange.workbooks.sync import cell_words, unpacked

_BESIDE = {NOTED: NOTE, PROOF: EVIDENCE, EASED: MITIGATION, SAID: COMMENT}
_NO_FORM = "is no checklist that was sent out to be filled in: no column of it says which answer a cell is."
_WHAT_ELSE = (
    "Choose the workbook as it was sent out. A checklist written by somebody else is brought in by hand."
)
NO_ID = "This row has no id, so it is no question of the checklist. Add the question to the template, or write a note."
TWICE = "This answer stands in the sheet twice; the first was read."
_MOST_LOOKED = 4_000_000  # bytes of an archive's text in which the name of a sheet is sought


def is_form(path: Path) -> bool:
    """Whether a file is a checklist that was sent out, told quickly and without opening it. Raises SourceError.

    Every PDF is taken for one: nothing else is brought in as a PDF, and what is wrong with it is told where it is read.
    """
    data = bytes_of(path)
    if is_pdf(data):
        return True
    kind = kind_of(data, path.name)
    if kind == XLSX:
        return bool(run_of(data))
    if kind == XLS:
        return any(AS_SENT.encode(code) in data for code in ("latin-1", "utf-16-le"))
    return kind == ODS and AS_SENT.encode() in _content(data)


def _content(data: bytes) -> bytes:
    """What an OpenDocument file holds, up to a limit: the names of its sheets stand in it."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive, archive.open("content.xml") as content:
            return content.read(_MOST_LOOKED)
    except (zipfile.BadZipFile, KeyError, OSError, NotImplementedError, RuntimeError):
        return b""  # it is told of where it is read


def read_form(path: Path) -> Returned:
    """Read a form that came back. Takes its time: to be called off the window's own thread.

    Raises SourceError, in words to show, for everything that is none or cannot be read.
    """
    data = bytes_of(path)
    if is_pdf(data):
        return read_pdf(data, path.name)
    kind = kind_of(data, path.name)
    if kind == TEXT:
        raise SourceError(f"“{path.name}” {_NO_FORM}", _WHAT_ELSE)
    request: Line = {"kind": kind, "sheet": None, "heading": ID_HEADING, "also": AS_SENT}
    answer = answer_of(data, path.name, request)
    rows: list[tuple[int, list[Cell]]] = []
    also: list[Sequence[object]] = []
    try:
        for line in answer:
            if "also" in line:
                also.append(cast("list[object]", line["also"]))
            elif "row" in line and "cells" in line:
                rows.append(
                    (cast("int", line["row"]), [cell_from(c) for c in cast("list[object]", line["cells"])])
                )
            elif "unreadable" in line or "too_much" in line:
                raise SourceError(f"“{path.name}” {DAMAGED}", SAVE_AGAIN)
        return _returned(path.name, rows, also, run_of(data) if kind == XLSX else "")
    except (TypeError, ValueError, KeyError, IndexError) as error:
        raise SourceError(f"“{path.name}” {DAMAGED}", SAVE_AGAIN) from error


def _returned(
    source: str, rows: Sequence[tuple[int, list[Cell]]], also: Sequence[Sequence[object]], run: str
) -> Returned:
    facts, sent = _as_sent(also)
    made = Returned(source, {"checklist": run} | facts, sent=sent)
    places = next((found for _, cells in rows if (found := _places(cells))), None)
    if places is None:
        raise SourceError(f"“{source}” {_NO_FORM}", _WHAT_ELSE)
    below = False
    for number, cells in rows:
        if _places(cells):
            below = True
            continue
        _take(made, number, cells, places, below=below)
    return made


def _take(made: Returned, number: int, cells: list[Cell], places: Mapping[int, int], *, below: bool) -> None:
    """Take the cells of one row in; words in a row without an id are told."""
    of = {place: cells[at] if at < len(cells) else None for place, at in places.items()}
    key = plain_text(of[ID]).strip()
    if key == BY:
        made.by = next((plain_text(c).strip() for c in cells[2 : places[ID]] if plain_text(c).strip()), "")
    elif key:
        if key in made.cells:
            made.problems.append(Problem(number, "Answer", plain_text(of.get(ANSWER)), TWICE))
            return
        made.cells[key] = number, of.get(ANSWER)
        question = key.split("/")[0].split("#")[0]
        for place, kind in _BESIDE.items():
            if place in of and (place != SAID or plain_text(of[place])):
                made.cells.setdefault(f"{question}{kind}", (number, of[place]))
    elif below and (words := " ".join(filter(None, (plain_text(of.get(p)) for p in (ANSWER, *_BESIDE))))):
        made.problems.append(Problem(number, "", words, NO_ID))


def _places(cells: Sequence[Cell]) -> dict[int, int]:
    """Where the columns stand that are read, by their headings; none in a row that is not the one of the headings."""
    said = {" ".join(plain_text(cell).split()).casefold(): at for at, cell in enumerate(cells)}
    wanted = {place: said.get(HEADINGS[place][0].casefold()) for place in (ANSWER, *_BESIDE, ID)}
    found = {place: at for place, at in wanted.items() if at is not None}
    return found if ID in found and ANSWER in found else {}


def _as_sent(rows: Sequence[Sequence[object]]) -> tuple[dict[str, str], dict[str, Held]]:
    """What the hidden sheet says: facts, and what each cell held. A line that was spoilt is left out."""
    facts: dict[str, str] = {}
    sent: dict[str, Held] = {}
    for cells in rows:
        head, *rest = map(cell_words, cells)
        if head == "line":
            values = unpacked(rest)
            with suppress(ValueError):
                if values is not None and len(values) == 2 and values[0] and values[1]:
                    sent[values[0]] = from_sent(values[1])
        elif rest:
            facts[head] = rest[0]
    return (facts, sent) if facts.get("format") == str(FORMAT) else ({}, {})
