"""The printed list: one owner's by level, everybody's by owner, what is aside counted, and a tagged PDF."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from storage.desk.beginning.reference_lists import add_lists
from storage.desk.put_right.asides import put_aside
from storage.desk.put_right.listing import put_right
from storage.engine.errors import StorageError
from storage.engine.opening import new_store
from storage.engine.store import Store
from storage.exchange.paper.print_put_right import current_put_right
from storage.exchange.paper.printing import pdf
from tests.storage.desk.put_right.finding_out import TODAY, sound


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = new_store(tmp_path / "register.desk", who="Joy Okafor", today=lambda: TODAY)
    with made.step("Begin"):
        add_lists(made)
    sound(made, title="Night shelter", current_end=None, current_value=None)
    sound(made, title="Day centre", contract_manager="Ann Lee", notice_commissioner=None, renewal="Ends")
    yield made
    made.close()


def test_one_owner_by_level(store: Store) -> None:
    paper = current_put_right(store, "joy okafor")
    assert paper.owner == "Joy Okafor"
    assert [s.heading for s in paper.sections] == ["Must be put right", "Should be put right"]
    assert paper.sections[0].rows[0].words == "It has no end date, and it is not marked as open-ended."
    assert paper.counts.startswith("2 findings: 1 must, 1 should")


def test_everybody_by_owner(store: Store) -> None:
    paper = current_put_right(store)
    assert [s.heading for s in paper.sections] == ["Ann Lee", "Joy Okafor"]
    assert paper.document_title == "To put right – Everybody"


def test_what_is_put_aside_is_counted_and_left_out(store: Store) -> None:
    put_aside(store, put_right(store).findings[0], "Later", date(2027, 5, 1))
    assert current_put_right(store).aside == "1 finding put aside is not in this list."


def test_an_owner_who_has_nothing_is_told_who_has(store: Store) -> None:
    with pytest.raises(StorageError, match="Those who have: Ann Lee, Joy Okafor"):
        current_put_right(store, "Nobody Here")


def test_it_is_a_tagged_pdf_and_hostile_words_are_words(store: Store) -> None:
    sound(store, title='#panic("x") *a* $x$ @ref', current_end=None, contract_manager="#eval")
    read = PdfReader(BytesIO(pdf(current_put_right(store))))
    assert "/MarkInfo" in read.root_object
    said = "".join(page.extract_text() for page in read.pages)
    assert "It has no end date" in said and "Ann Lee" in said
