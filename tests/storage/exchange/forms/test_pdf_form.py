"""A checklist as a PDF form: a field for every question of every template, in its place, named and filled in again."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, groupby
from pathlib import Path
from typing import cast

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from storage.checklists.template import shipped_ids, shipped_text
from storage.desk.checklists import runs
from storage.exchange.forms.of_run import form_of
from storage.exchange.forms.plan import plan_form
from storage.exchange.forms.reading import read_form
from storage.exchange.forms.taking import run_of_form
from tests.storage.desk.register import Register, make_register
from tests.storage.desk.run_samples import EVERYTHING, start_everything
from tests.storage.exchange.form_samples import EVIL, begun
from tests.storage.exchange.pdf_forms import Shown, everything_answered, filled, here, sent_pdf, shown

SIDE, HEAD, FOOT, WIDE, HIGH = 50, 60, 55, 595, 842  # points of the page and its edges


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    made = make_register(tmp_path_factory.mktemp("forms") / "desk.desk")
    yield made
    made.store.close()


def overlap(one: Shown, other: Shown) -> bool:
    return one.left < other.right and other.left < one.right and one.low < other.high and other.low < one.high


@pytest.mark.parametrize("template", shipped_ids())
def test_every_question_of_every_template_has_its_fields_and_comes_home_as_filled_in(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, template: str
) -> None:
    here(monkeypatch)
    store = register.store
    run = start_everything(store, register.contract, shipped_text(template))
    path = sent_pdf(store, run, tmp_path)
    fields = [*shown(path)]
    form = form_of(store, run.key)
    asked = [line for question in form.questions for line, _ in question.lines]
    typed, values = everything_answered(iter(asked))
    assert set(typed) <= {field.name for field in fields}
    assert {q.question.id for q in form.questions} == values.keys()
    for field in fields:
        assert field.left > SIDE and field.right < WIDE - SIDE, field
        assert field.low > FOOT and field.high < HIGH - HEAD and field.high - field.low > 10, field
        assert field.said and field.element == "/Form"
    for _, page in groupby(fields, key=lambda each: each.page):
        assert not [pair for pair in combinations(page, 2) if overlap(*pair)]
    home = plan_form(store, read_form(filled(path, typed)), run.key)
    assert home.problems == []
    assert {change.question.id: change.taken.values for change in home.changes} == values


def test_columns_of_every_kind_come_home(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here(monkeypatch)
    kinds = ("matrix", "date", "money", "link", "rating", "person", "percent")
    chosen = '{ key = "several", kind = "choices", label = "All", options = { one = "One", two = "Two: or more" } },'
    columns = "".join(f'{{ key = "{kind}", kind = "{kind}", label = "{kind}" }},' for kind in kinds)
    first = '    { key = "group", kind = "text", label = "Group" },'
    run = start_everything(
        register.store, register.contract, EVERYTHING.replace(first, f"    {chosen}{columns}")
    )
    path = sent_pdf(register.store, run, tmp_path)
    lines = [line for question in form_of(register.store, run.key).questions for line, _ in question.lines]
    typed, values = everything_answered(iter(lines))
    home = plan_form(register.store, read_form(filled(path, typed)), run.key)
    assert home.problems == []
    assert {change.question.id: change.taken.values for change in home.changes} == values


def test_what_was_answered_is_filled_in_and_nothing_differs_when_nothing_was_changed(
    register: Register, tmp_path: Path
) -> None:
    store, run = register.store, begun(register)
    path = sent_pdf(store, run, tmp_path)
    fields = PdfReader(path).get_fields() or {}
    held = {name: field.get("/V") for name, field in fields.items()}
    assert held["T90-01/answer"] == "/yes" and held["T90-01#note"] == EVIL
    assert held["T90-03/money/2026/27"] == "125.00" and held["T90-04/before/consequence"] == "/4"
    assert path.read_bytes().startswith(b"%PDF-1.7") and b"/JS" not in path.read_bytes()
    returned = read_form(path)
    assert run_of_form(store, returned) == run.key and returned.rows_are == "Page"
    home = plan_form(store, returned, run.key)
    assert home.changes == () and home.problems == [] and home.read > 15 and not home.warning


def test_letters_that_a_form_cannot_draw_itself_are_left_to_the_program_that_shows_it(
    register: Register, tmp_path: Path
) -> None:
    store = register.store
    for note, asked in (("Łódź, ŵ – “five”, £2", None), ("Rain ☂", True)):
        run = start_everything(store, register.contract)
        runs.set_note(store, run.key, "T90-01", note)
        reader = PdfReader(sent_pdf(store, run, tmp_path))
        form = cast("DictionaryObject", reader.root_object["/AcroForm"])
        assert form.get("/NeedAppearances") == asked
        assert (reader.get_fields() or {})["T90-01#note"]["/V"] == note
        home = plan_form(store, read_form(tmp_path / "form.pdf"), run.key)
        assert home.changes == () and home.problems == []


def test_a_long_note_makes_its_field_higher(register: Register, tmp_path: Path) -> None:
    store = register.store
    run = start_everything(store, register.contract)
    runs.set_note(store, run.key, "T90-01", "\n".join(f"Line {n} of what was said" for n in range(30)))
    fields = {field.name: field for field in shown(sent_pdf(store, run, tmp_path))}
    long, short = fields["T90-01#note"], fields["T90-02#note"]
    assert long.high - long.low > 300 > 10 * (short.high - short.low) / 3.5
