"""The page of changes since a meeting: the most important first on one page, the rest counted, a tagged PDF."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from storage.desk.meeting.shown_contracts import keep, shown_now
from storage.engine.errors import StorageError
from storage.exchange.paper.print_since import LONGEST_VALUE, MOST_ROWS, NOTHING, current_since
from storage.exchange.paper.printing import pdf, svg_pages
from storage.records.contracts import Contract
from tests.storage.desk.register import Register, make_register


@pytest.fixture
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    made = make_register(tmp_path_factory.mktemp("file") / "register.desk")
    yield made
    made.store.close()


def test_more_changes_than_a_page_holds_are_counted(register: Register) -> None:
    store = register.store
    with store.step("Add"):
        store.save_many([Contract(title=f"Contract {n}", reference=f"C-{n}") for n in range(70)])
    before = keep(store, "Contract board", shown_now(store))
    with store.step("Rename"):
        store.save_many(
            [replace(c, title=f"{c.title}, renamed") for c in store.all(Contract) if c.reference != "CD-0064"]
        )
    store.change(Contract, register.contract, {"current_value": 1_00, "description": "x" * 500})
    paper = current_since(store)
    assert (paper.rows[0].kind, paper.count, len(paper.rows)) == ("Value down", 72, MOST_ROWS)
    assert [(f.label, f.value) for f in paper.counts] == [("Value down", "1"), ("Changed", "71")]
    assert before.title in paper.subject and "23 November 2026" in paper.subject
    assert max(len(row.after) for row in paper.rows) <= LONGEST_VALUE
    made = PdfReader(BytesIO(pdf(paper)))
    assert len(made.pages) == 1 and len(svg_pages(paper)) == 1
    words = made.pages[0].extract_text().replace("\n", " ")
    shown = words.count("Changed") - 1  # one stands in the band
    assert f"and {72 - shown - 1} more changes" in words


def test_it_is_a_tagged_pdf_and_hostile_words_are_words(register: Register) -> None:
    keep(register.store, "#panic(1)", shown_now(register.store))
    register.store.change(Contract, register.contract, {"title": '#panic("x") *a* $x$ @ref'})
    made = PdfReader(BytesIO(pdf(current_since(register.store, "#PANIC(1)"))))
    assert made.root_object.get("/MarkInfo") and made.root_object.get("/StructTreeRoot")
    assert '#panic("x") *a* $x$ @ref' in made.pages[0].extract_text().replace("\n", " ")


def test_nothing_changed_and_no_meeting_are_said(register: Register) -> None:
    with pytest.raises(StorageError, match="Nothing is kept of any meeting yet"):
        current_since(register.store)
    keep(register.store, "Board", shown_now(register.store))
    paper = current_since(register.store)
    assert (paper.note, paper.rows, paper.counts) == (NOTHING, (), ())
    assert len(svg_pages(paper)) == 1
