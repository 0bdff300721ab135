"""A phrase is kept once, found where it is used, and renewed where it still reads as it was put in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from storage.desk.beginning.new_file import new_file
from storage.desk.specification.phrases import Wording, put_in, renew, where_used
from storage.desk.specification.sections import add_section, edit_section
from storage.engine.errors import StorageError
from storage.engine.store import Store
from storage.records.evidence import Phrase
from storage.records.specifications import Section, Specification


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(new_file(tmp_path / "file.desk")) as store:
        yield store


def test_a_phrase_is_found_by_its_words_and_by_where_it_was_put(store: Store) -> None:
    with store.step("Add"):
        spec = store.save(Specification(title="Shelter"))
        phrase = store.save(Phrase(title="Safeguarding", body="Staff report a concern on the same day."))
    put, _typed, changed = (
        add_section(store, spec.key, heading, body=body)
        for heading, body in (("A", "Before."), ("B", "staff report a  concern\non the same day."), ("C", ""))
    )
    put_in(store, phrase.key, put.key)
    assert store.get(Section, put.key).body == "Before.\n\nStaff report a concern on the same day."
    put_in(store, phrase.key, changed.key)
    edit_section(store, changed.key, {"body": "Rewritten."})
    assert [u.wording for u in where_used(store, phrase.key)] == [Wording.SAME, Wording.SAME, Wording.CHANGED]
    with store.step("Change"):
        store.save(replace(phrase, body="Staff report a concern within an hour."))
    assert [(u.section.heading, u.wording) for u in where_used(store, phrase.key)] == [
        ("A", Wording.OLDER),
        ("C", Wording.CHANGED),
    ]
    renew(store, phrase.key, put.key)
    assert store.get(Section, put.key).body == "Before.\n\nStaff report a concern within an hour."
    with pytest.raises(StorageError, match="Change it by hand"):
        renew(store, phrase.key, changed.key)


def test_an_empty_phrase_is_not_put_in(store: Store) -> None:
    with store.step("Add"):
        spec = store.save(Specification(title="Shelter"))
        phrase = store.save(Phrase(title="Empty"))
    section = add_section(store, spec.key, "A")
    with pytest.raises(StorageError, match="no text yet"):
        put_in(store, phrase.key, section.key)
