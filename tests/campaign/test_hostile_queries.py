"""Words made to look like SQL, search syntax or code are only ever looked for and kept as words."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

import storage.records  # noqa: F401
from desktop.commands import COMMANDS
from desktop.searching import Searching
from storage.engine.conditions import Where
from storage.engine.opening import new_store, open_store
from storage.engine.query import Order, Query
from storage.engine.state import State
from storage.engine.store import Store
from storage.records.contracts import Contract
from storage.records.organisations import Organisation
from tests.campaign.frame import report, scaled

PIECES = (
    "stroke", "C-1", "a", "*", '"', "'", "''", '""', "(", ")", "AND", "OR", "NOT", "NEAR(", "NEAR/2", "{title body}:",
    "title:", "body :", "^", "+", "-", "--", "/*", "*/", ";", "%", "_", "\\", "\x00", "\ud800", "\udfff", "é", "𝒳",
    "\u202e",
    "' or 1=1 --", "'; drop table contract; --", "union select sql from sqlite_master", "rowid:1", "search match",
    "]", "[",
    "?1", ":x", "@x", "$x", "x'00'", "1e999", "-0", "99999999999999999999", "null", "true", "\n", "\t", "\r", " ",
    "  ",
    "{x.__class__.__init__.__globals__}", "%s%n", "${jndi:ldap://canaryhost/x}", "<script>", "=cmd|' /C calc'!A0",
    "﷽", "ß",
)  # fmt: skip
ASKED = ("contains", "is", "is not", "blank", "not blank")
FIELDS = ("title", "reference", "stage", "description", "provider_name", "position")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A file with a few contracts."""
    made = new_store(tmp_path / "asked.desk")
    with made.step("Begin"):
        made.save_many([Contract(reference=f"C-{n}", title=f"Stroke support {n}") for n in range(20)])
        made.save_many([Organisation(title="O'Neill & Sons' \"Care\"")])
    yield made
    made.close()


def state_of(store: Store) -> list[object]:
    """What changes with any write and any change of the schema."""
    asked = ("pragma schema_version", "select count(*) from step", "select total_changes()")
    return [store.conn.execute(sql).fetchone()[0] for sql in asked]


def test_s4_no_query_raises_or_changes_anything(store: Store) -> None:
    count, chance = scaled(quick=2_000, night=10_000, release=50_000), random.Random(4)  # noqa: S311
    searching = Searching(store, lambda: COMMANDS)
    before = state_of(store)
    found = 0
    for number in range(count):
        words = chance.choice(("", " ")).join(chance.choices(PIECES, k=chance.randint(1, 6)))
        found += len(store.find(words)) + len(searching.find(words))
        op, name = ASKED[number % len(ASKED)], FIELDS[number % len(FIELDS)]
        where = Where(name, op, () if "blank" in op else (words,))
        found += len(store.ids(Contract, Query((where,), (Order("title"),))))
    assert found > 0 and len(store.ids(Contract)) == 20
    assert state_of(store) == before
    report("S4", {"queries": 3 * count, "errors": 0})


def test_s4_words_that_look_like_commands_are_kept_as_they_are(store: Store) -> None:
    kept = [piece for piece in PIECES if piece.isprintable() and piece.strip()]
    with store.step("'; drop table contract; --"):
        made = store.save_many([Contract(title=piece, description=piece, own={"x": piece}) for piece in kept])
    again = store.many(Contract, [contract.key for contract in made])
    assert [again[c.key].title for c in made] == kept and [again[c.key].own["x"] for c in made] == kept
    for contract in made:
        assert contract.key in store.ids(Contract, Query((Where("title", "is", (contract.title,)),)))


@pytest.mark.parametrize(
    "deep", ["[" * 100_000, '{"a":' * 100_000, "[" * 900 + "]" * 900, "1e999", "\x00", "{"]
)
def test_s4_deep_json_in_a_file_stops_nothing(store: Store, tmp_path: Path, deep: str) -> None:
    state = State(store)
    state.remember("window", {"size": [1, 2]})
    path = store.file.path
    store.conn.execute("update state set value = ? where name = 'window'", (deep,))
    assert isinstance(state.recall("window", "usual"), str | list | float)
    store.close()
    with_it = open_store(path)
    try:
        assert len(with_it.ids(Contract)) == 20
    finally:
        with_it.close()


def test_s4_half_a_character_in_a_draft_is_kept_as_a_mark(store: Store) -> None:
    state = State(store)
    state.draft("contract", "half \ud800 a character")
    assert state.flush() and state.drafts() == {"contract": "half ? a character"}
