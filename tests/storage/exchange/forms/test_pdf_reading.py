"""A PDF form that comes home: filled in by whatever program, or none at all, and every wrong file told in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copy
from typing import Any, cast

import pytest
from pypdf import PdfWriter
from pypdf.generic import NameObject, TextStringObject

from storage.desk.checklists.run_state import run_state
from storage.exchange.forms.plan import plan_form
from storage.exchange.forms.reading import is_form, read_form
from storage.exchange.forms.taking import run_of_form
from storage.exchange.paper.print_checklist import checklist_paper
from storage.exchange.paper.printing import write_pdf
from storage.exchange.tables.sheet import SourceError
from storage.records.assessments import Given, Run
from tests.storage.desk.register import Register, make_register
from tests.storage.desk.run_samples import EVERYTHING, start_everything
from tests.storage.exchange.form_samples import FILES, begun, check, home_of, take
from tests.storage.exchange.pdf_forms import filled, here, sent_pdf, shown

SET_ASIDE = EVERYTHING.replace('kind = "yes_no"', 'kind = "yes_no"\nnot_applicable = true', 1)


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    made = make_register(tmp_path / "desk.desk")
    yield made
    made.store.close()


@pytest.mark.parametrize("program", ["mupdf", "pdfium", "poppler"])
def test_a_form_filled_in_by_another_program_is_taken_in_one_step(
    register: Register, tmp_path: Path, program: str
) -> None:
    store, run = register.store, begun(register)
    before = store.all(Given)
    path = Path(copy(FILES / f"back-{program}.pdf", tmp_path))
    assert is_form(path)
    check(store, run, home_of(store, run, path))
    assert register.labels()[-1] == f"Bring home back-{program}.pdf into CL-90 Everything"
    assert home_of(store, run, path).changes == ()  # nothing is taken twice
    register.undo()
    assert [g for g in store.all(Given) if g.values or g.note] == [g for g in before if g.values or g.note]


def test_what_cannot_be_an_answer_is_told_with_its_page_and_the_rest_is_taken(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here(monkeypatch)
    store, run = register.store, begun(register)
    path = filled(
        sent_pdf(store, run, tmp_path), {"T90-02/rows/4/people": "a few", "T90-03/money/2026/27": "-"}
    )
    home = home_of(store, run, path)
    assert home.changes == () and home.rows_are == "Page"
    assert [(p.row, p.value) for p in home.problems] == [(1, "a few"), (2, "-")]
    assert home.problems[0].why.startswith("This is not a number.")


def test_does_not_apply_needs_its_reason_and_another_box_takes_it_back(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here(monkeypatch)
    store = register.store
    run = start_everything(store, register.contract, SET_ASIDE)
    path = filled(sent_pdf(store, run, tmp_path), {"T90-01/answer": "/~does-not-apply"})
    home = home_of(store, run, path)
    assert home.changes == () and "ticked without a reason" in home.problems[0].why
    home = home_of(store, run, filled(path, {"T90-01#reason": "Nobody is."}))
    take(store, home, home.proposed)
    given = run_state(store, run.key).given["T90-01"]
    assert given.not_applicable and given.reason == "Nobody is." and home.problems == []
    home = home_of(store, run, filled(sent_pdf(store, run, tmp_path), {"T90-01/answer": "/yes"}))
    take(store, home, home.proposed)
    given = run_state(store, run.key).given["T90-01"]
    assert not given.not_applicable and given.values == {"answer": "yes"}


def test_a_mitigation_comes_home_from_the_field_of_a_question_that_asks_for_one(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here(monkeypatch)
    store, run = register.store, begun(register)
    path = filled(sent_pdf(store, run, tmp_path), {"T90-01#mitigation": "Letters in large print"})
    home = home_of(store, run, path)
    take(store, home, home.proposed)
    assert run_state(store, run.key).given["T90-01"].mitigation == "Letters in large print"
    assert not any(field.name == "T90-02#mitigation" for field in shown(path))


def test_what_was_sent_may_be_lost_and_then_nothing_is_taken_unseen(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here(monkeypatch)
    store, run = register.store, begun(register)
    path = filled(sent_pdf(store, run, tmp_path), {"@sent": "{spoilt", "T90-01/answer": "/no"})
    returned = read_form(path)
    assert run_of_form(store, returned) == run.key  # the name of a field says it as well
    home = plan_form(store, returned, run.key)
    assert [change.question.id for change in home.changes] == ["T90-01"] and home.proposed == ()


def test_a_form_that_lost_its_list_of_fields_is_read_by_what_its_pages_show(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here(monkeypatch)
    store, run = register.store, begun(register)
    path = filled(sent_pdf(store, run, tmp_path), {"T90-01/answer": "/no"})
    writer = PdfWriter(clone_from=path)
    del writer.root_object["/AcroForm"]
    writer.write(path)
    assert [change.question.id for change in home_of(store, run, path).changes] == ["T90-01"]


def test_every_wrong_file_is_told_in_words_with_what_to_do(register: Register, tmp_path: Path) -> None:
    store, run = register.store, begun(register)
    sent = sent_pdf(store, run, tmp_path)
    flat, locked, cut, form = (tmp_path / f"{name}.pdf" for name in ("flat", "locked", "cut", "other form"))
    write_pdf(checklist_paper(store, run.key), flat)
    writer = PdfWriter(clone_from=sent)
    writer.encrypt("word", algorithm="AES-256")
    writer.write(locked)
    cut.write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 20)
    writer = PdfWriter(clone_from=sent)
    for field in cast("Any", writer.root_object)["/AcroForm"]["/Fields"]:
        field.get_object()[NameObject("/T")] = TextStringObject("name")
    writer.write(form)
    for path, said in (
        (flat, "printed, scanned or flattened.*type the answers in from it by question number"),
        (locked, "is protected by a password.*Ask for a copy without"),
        (cut, "is damaged.*save a copy"),
        (form, "is a form, but no checklist that was sent out"),
    ):
        assert is_form(path)
        with pytest.raises(SourceError, match=said) as raised:
            read_form(path)
        assert "Nothing was taken" in str(raised.value)


def test_the_form_of_another_or_an_earlier_checklist_is_told_apart(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here(monkeypatch)
    store, run = register.store, begun(register)
    path = filled(sent_pdf(store, run, tmp_path), {"T90-01/answer": "/no"})
    other = start_everything(store, register.contract)
    with pytest.raises(SourceError, match="was sent out for another checklist"):
        plan_form(store, read_form(path), other.key)
    with store.step("Carry on"):
        later = store.save(replace(other, carried_from=run.key, reference="CL-91"))
    with pytest.raises(
        SourceError, match=r"sent out for CL-90 Everything, from which CL-91 .*was carried on"
    ):
        plan_form(store, read_form(path), later.key)
    home = plan_form(store, read_form(path), run.key)
    assert (
        home.warning.startswith("This checklist was carried on to CL-91")
        and home.undisputed
        and not home.proposed
    )
    with store.step("Change the version"):
        store.save(replace(store.get(Run, run.key), template_version="1.1"))
    home = plan_form(store, read_form(path), run.key)
    assert home.warning.startswith("It was sent with version 1.0 of the questions")
