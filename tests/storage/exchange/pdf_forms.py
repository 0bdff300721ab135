"""Filling PDF forms in as somebody else would, and looking at their fields."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import pytest
from pypdf import PdfReader, PdfWriter

from storage.checklists.parts import Kind
from storage.checklists.values import Value
from storage.engine.store import Store
from storage.exchange.foreign.pdf_fields import answer_form
from storage.exchange.forms import pdf_reading
from storage.exchange.forms.form_files import form_writer
from storage.exchange.forms.lines import Held, Line
from storage.exchange.forms.of_run import form_of
from storage.exchange.forms.pdf_names import field_name, state_of, tick_name
from storage.exchange.forms.pdf_paper import options_of
from storage.records.assessments import Run


@dataclass(frozen=True)
class Shown:
    """One field as a page shows it: its edges in points, and what a screen reader says."""

    name: str
    page: int
    left: float
    low: float
    right: float
    high: float
    said: str
    element: str  # in the reading order


def sent_pdf(store: Store, run: Run, folder: Path, name: str = "form.pdf") -> Path:
    path = folder / name
    form_writer(store, form_of(store, run.key), path)(path)
    return path


def filled(path: Path, answers: Mapping[str, str], *, generate: bool = False) -> Path:
    """The form with answers by the names of its fields, saved as a program that fills in does."""
    writer = PdfWriter(clone_from=path)
    writer.update_page_form_field_values(None, dict(answers), auto_regenerate=generate)
    made = BytesIO()
    writer.write(made)
    path.write_bytes(made.getvalue())
    return path


def shown(path: Path) -> Iterator[Shown]:
    """Every field that is seen."""
    reader = PdfReader(path)
    tree = cast("Any", reader.root_object)["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    elements = dict(zip(tree[::2], tree[1::2], strict=True))
    for number, page in enumerate(reader.pages, start=1):
        for held in page.get("/Annots", ()):
            widget = held.get_object()
            if widget["/Subtype"] != "/Widget" or widget["/F"] & 2:
                continue
            field = widget.get("/Parent", widget).get_object()
            element = elements[widget["/StructParent"]].get_object()["/S"]
            left, low, right, high = (float(place) for place in widget["/Rect"])
            said = str(field.get("/TU", ""))
            yield Shown(str(field["/T"]), number, left, low, right, high, said, str(element))


def an_answer(line: Line) -> tuple[dict[str, str], Held]:
    """Something to answer a line with: by the names of its fields, and as the program keeps it."""
    part, name = line.part, field_name(line.key)
    if part.kind is Kind.CHOICES and line.within.kind is Kind.ROWS:
        return {name: "\n".join(option.label for option in part.options)}, [*part.values]
    if part.kind is Kind.CHOICES:
        return {tick_name(line.key, o.value): f"/{state_of(o.value)}" for o in part.options}, [*part.values]
    if options := options_of(line):
        last = options[-1].value
        typed = options[-1].label if line.within.kind is Kind.ROWS else f"/{state_of(last)}"
        return {name: typed}, int(last) if part.kind is Kind.MATRIX else last
    match part.kind:
        case Kind.DATE:
            return {name: "31/03/2027"}, "2027-03-31"
        case Kind.MONEY | Kind.MONEY_BY_YEAR:
            return {name: "£1,234.50"}, 123450
        case Kind.NUMBER | Kind.PERCENT:
            return {name: "12.5"}, "12.5"
    return {name: f"Words of {line.key}"}, f"Words of {line.key}"


def everything_answered(lines: Iterator[Line]) -> tuple[dict[str, str], dict[str, dict[str, Value]]]:
    """An answer to every line: by the names of fields, and as the values of each question."""
    typed: dict[str, str] = {}
    values: dict[str, dict[str, Value]] = {}
    for line in lines:
        fields, held = an_answer(line)
        typed |= fields
        values[line.question.id] = line.put(values.get(line.question.id, {}), held)
    return typed, values


def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read in this process: that the child reads the same is tested once elsewhere."""

    def lines(data: bytes, *_said: object) -> list[dict[str, object]]:
        out = BytesIO()
        answer_form(data, out)
        return [json.loads(line) for line in out.getvalue().splitlines()]

    monkeypatch.setattr(pdf_reading, "answer_of", lines)
