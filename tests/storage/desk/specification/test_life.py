"""A specification moves on only by ways there are, and each step says who, when and why."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from storage.desk.beginning.new_file import new_file
from storage.desk.specification.life import WAYS, events, move_on, ways
from storage.desk.specification.sections import add_section
from storage.desk.specification.specifications import issue
from storage.engine.errors import Refused, StorageError
from storage.engine.store import Store
from storage.records.specifications import LIFE, Specification

TODAY = date(2026, 11, 29)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(new_file(tmp_path / "file.desk", who="A. Person", today=lambda: TODAY)) as store:
        yield store


@pytest.fixture
def draft(store: Store) -> Specification:
    with store.step("Add"):
        made = store.save(Specification(title="Night shelter"))
    add_section(store, made.key, "Need", body="Who needs it.")
    return made


def now(store: Store, draft: Specification) -> Specification:
    return store.get(Specification, draft.key)


def test_a_life_from_draft_to_superseded_is_told_step_by_step(store: Store, draft: Specification) -> None:
    move_on(store, draft.key, "Consultation", on=date(2026, 10, 1))
    issue(store, draft.key, on=date(2026, 11, 2), by="The board")
    move_on(store, draft.key, "In contract", by="B. Other")
    move_on(store, draft.key, "Superseded", why="A new model")
    told = [(e.before, e.status, e.on, e.by, e.why) for e in events(store, draft.key)]
    assert told == [
        ("Draft", "Consultation", date(2026, 10, 1), "A. Person", ""),
        ("Consultation", "Approved", date(2026, 11, 2), "The board", "Version 1.0 issued."),
        ("Approved", "In contract", TODAY, "B. Other", ""),
        ("In contract", "Superseded", TODAY, "A. Person", "A new model"),
    ]
    assert now(store, draft).status == "Superseded"


def test_what_was_never_issued_cannot_be_approved_by_word_of_mouth(
    store: Store, draft: Specification
) -> None:
    assert ways(store, draft) == ("Consultation", "Withdrawn")
    with pytest.raises(Refused, match="from there it can go to: Consultation, Withdrawn"):
        move_on(store, draft.key, "Approved")
    assert events(store, draft.key) == []


def test_ending_it_needs_a_reason_and_no_step_lies_ahead_or_before_the_last(
    store: Store, draft: Specification
) -> None:
    with pytest.raises(Refused, match="needs a reason"):
        move_on(store, draft.key, "Withdrawn", why="  ")
    with pytest.raises(StorageError, match="cannot lie in the future"):
        move_on(store, draft.key, "Consultation", on=date(2026, 11, 30))
    move_on(store, draft.key, "Consultation", on=date(2026, 11, 20))
    with pytest.raises(StorageError, match="moved on last on 20 November 2026"):
        move_on(store, draft.key, "Draft", on=date(2026, 11, 19), why="Not ready")
    assert now(store, draft).status == "Consultation"


def test_every_status_has_a_way_on_and_leads_to_one_there_is() -> None:
    assert set(WAYS) == set(LIFE)
    assert all(ways and set(ways) <= set(LIFE) for ways in WAYS.values())
