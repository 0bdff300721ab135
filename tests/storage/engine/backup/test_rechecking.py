"""One older copy is read again each month, in turn, and what was found is remembered and told."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from storage.engine.backup.backups import BY_HAND, Copy, list_copies, make
from storage.engine.backup.rechecking import damaged_words, looked_over, next_to_look_at
from storage.engine.state import State
from storage.engine.store import Store
from tests.storage.engine.library import Book

MONTH = timedelta(days=31)


@pytest.fixture
def copies(store: Store) -> list[Copy]:
    with store.step("Add"):
        store.save(Book(title="Emma"))
    return [make(store, BY_HAND) for _ in range(3)]


def test_the_oldest_is_looked_at_first_and_then_the_next(store: Store, copies: list[Copy]) -> None:
    file, later = State(store).file_uuid, datetime.now(UTC) + MONTH
    assert next_to_look_at(file, datetime.now(UTC)) is None, "they were all made this month"
    assert next_to_look_at(file, later) == copies[0]
    (found,) = looked_over([copies[0]])
    assert found.good and damaged_words(found) == ""
    assert next_to_look_at(file, datetime.now(UTC)) is None
    assert next_to_look_at(file, later) == copies[1]


def test_d7_a_copy_that_has_rotted_is_told(store: Store, copies: list[Copy]) -> None:
    content = bytearray(copies[0].path.read_bytes())
    content[-7] ^= 4
    copies[0].path.write_bytes(content)
    assert [c.good for c in looked_over(copies)] == [False, True, True]
    bad = next(c for c in list_copies(State(store).file_uuid) if not c.good)
    assert bad.name == copies[0].name and "no longer as it was made" in damaged_words(bad)


def test_a_copy_in_a_folder_that_is_gone_is_bad_and_no_error(copies: list[Copy]) -> None:
    gone = replace(copies[0], folder=copies[0].folder / "gone")
    assert [c.good for c in looked_over([gone])] == [False]
