"""A specification on paper: the draft follows the writing, an issued version stays as it was."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from storage.desk.specification.sections import add_section, edit_section, sections_of
from storage.desk.specification.specifications import issue, start_specification
from storage.engine.errors import StorageError
from storage.exchange.paper.papers import Fact
from storage.exchange.paper.print_specification import current_paper, specification_paper
from storage.exchange.paper.printing import pdf
from storage.records.specifications import Specification
from storage.text.tree import Paragraph, Run, Table
from tests.storage.desk.register import Register, make_register

HOSTILE = '#panic("x") *a* $x$ <script>alert(1)</script> @ref \\ `c`'


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    made = make_register(tmp_path / "register.desk")
    yield made
    made.store.close()


@pytest.fixture
def specification(register: Register) -> int:
    store = register.store
    made = start_specification(store, "schedule-2a", "Community dermatology", service=register.service)
    with store.step("Write"):
        for section in sections_of(store, made.key):
            if section.needed:
                edit_section(store, section.key, {"body": "Some **words**."})
    return made.key


def test_the_draft_prints_as_it_stands(register: Register, specification: int) -> None:
    paper = specification_paper(register.store, specification)
    assert (paper.status, paper.version_words) == ("draft", "Draft as it stood on 23 November 2026")
    assert (paper.reference, paper.title) == ("SP-1", "Community dermatology")
    assert Fact("Service", "Community dermatology") in paper.facts
    assert "Reference" not in {fact.label for fact in paper.facts}
    by_number = {s.number: s for s in paper.sections}
    assert by_number["1.1"].level == 2
    assert by_number["1.1"].blocks == (Paragraph((Run("Some "), Run("words", bold=True), Run("."))),)
    assert isinstance(by_number["2.1"].blocks[0], Table)
    assert by_number["1"].blocks == ()
    assert by_number["7"].blocks == (Paragraph((Run("Nothing is written here yet.", italic=True),)),)
    assert pdf(paper).startswith(b"%PDF-")


def test_an_issued_version_prints_the_same_after_more_writing(register: Register, specification: int) -> None:
    store = register.store
    first = issue(store, specification, by="Ann Lee")
    paper = specification_paper(store, specification, version=first.id)
    assert (paper.status, paper.version_words) == (
        "issued",
        "Version 1.0, issued 23 November 2026 by Ann Lee",
    )
    assert {s.number: s for s in paper.sections}["7"].blocks == (
        Paragraph((Run("Nothing is stated here.", italic=True),)),
    )
    bytes_then = pdf(paper)
    add_section(store, specification, "Later thought")
    store.change(Specification, specification, {"title": "Renamed"})
    assert pdf(specification_paper(store, specification, version=first.id)) == bytes_then
    assert current_paper(store, specification) == paper
    draft = specification_paper(store, specification)
    assert draft.version_words.endswith(", after version 1.0")
    assert draft.sections[-1].heading == "Later thought"


def test_an_earlier_version_says_that_it_was_followed(register: Register, specification: int) -> None:
    store = register.store
    first = issue(store, specification, by="Ann Lee")
    issue(store, specification, "2.0", on=date(2026, 11, 20))
    earlier = specification_paper(store, specification, version=first.id)
    assert earlier.version_words.endswith("; version 2.0 has been issued since")
    store.change(Specification, specification, {"status": "Withdrawn"})
    assert specification_paper(store, specification, version=first.id).status == "withdrawn"


def test_the_draft_is_current_while_nothing_is_issued(register: Register, specification: int) -> None:
    assert current_paper(register.store, specification).status == "draft"
    with pytest.raises(StorageError, match="has no such version"):
        specification_paper(register.store, specification, version=99)
    with pytest.raises(StorageError, match="Specification number 99"):
        specification_paper(register.store, 99)


def test_hostile_words_stay_words(register: Register, specification: int) -> None:
    store = register.store
    section = sections_of(store, specification)[1]
    edit_section(
        store, section.key, {"heading": HOSTILE, "body": f"{HOSTILE}\n\n| a |\n|---|\n| {HOSTILE} |"}
    )
    store.change(Specification, specification, {"title": HOSTILE, "owner": HOSTILE})
    version = issue(store, specification)
    paper = specification_paper(store, specification, version=version.id)
    assert paper.title == HOSTILE
    assert Fact("Owner", HOSTILE) in paper.facts
    assert pdf(paper).startswith(b"%PDF-")
