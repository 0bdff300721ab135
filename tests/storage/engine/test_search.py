"""The search finds every record by the beginnings of its words, as it stands now."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.engine import search
from storage.engine.own_fields import OwnField
from storage.engine.query import Query
from storage.engine.store import Store
from tests.storage.engine.conftest import unsearched
from tests.storage.engine.library import Author, Book, Holiday, Writing

SAME_FILE = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
letters = st.characters(categories=["Lu", "Ll", "Lo", "Nd"], max_codepoint=0xFFF)
words = st.lists(st.text(letters, min_size=1, max_size=8), min_size=1, max_size=5).map(" ".join)


@pytest.fixture
def filled(store: Store) -> Store:
    """A few records of several kinds."""
    with store.step("Add"):
        store.save(Author(title="Jane Austen"))
        store.save_many(
            [
                Book(
                    title="Emma",
                    notes="First line\nA comedy of manners in a village\nLast line",
                    kind="Novel",
                ),
                Book(title="Persuasion", notes="Emma is not in it", own={"ward": "Nørrebro"}),
                Book(title="Café society", reference="B-17/a"),
            ]
        )
        store.save(Writing(book=1, author=1))
        store.save(Holiday(title="Emma Day"))
    return store


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("emma", ["Emma", "Persuasion"]),
        ("EM", ["Emma", "Persuasion"]),
        ("comedy vill", ["Emma"]),
        ("comedy persuasion", []),
        ("austen", ["Jane Austen", "Emma"]),
        ("cafe", ["Café society"]),
        ("cafe\u0301 soc", ["Café society"]),
        ("soci\u0301ety", ["Café society"]),
        ("b-17", ["Café society"]),
        ("17/a", ["Café society"]),
        ("novel", ["Emma"]),
        ("mma", []),
        ('"emma" AND (OR', []),
        ("   ", []),
    ],
)
def test_finding(filled: Store, words: str, titles: list[str]) -> None:
    assert [h.title for h in filled.find(words)] == titles


@SAME_FILE
@given(words)
def test_a_record_is_found_by_its_own_words(store: Store, title: str) -> None:
    with store.step("Add"):
        book = store.save(Book(title=title))
    assert book.id in store.ids(Book, Query(words=title))
    assert book.id in store.ids(Book, Query(words=title[:1] + " " + title))


def test_the_excerpt_is_the_line_where_the_word_stands(filled: Store) -> None:
    assert filled.find("comedy")[0].excerpt == "A comedy of manners in a village"


def test_a_search_in_one_kind_finds_what_others_outnumber(store: Store) -> None:
    with store.step("Add"):
        store.save_many([Book(title="Emma") for _ in range(400)])
        store.save(Author(title="Austen, who wrote Emma"))
    assert [h.title for h in store.find("emma", limit=5, tables=("author",))] == ["Austen, who wrote Emma"]
    assert len(store.find("emma", limit=5)) == 5


def test_own_fields_are_searched_once_they_are_known(filled: Store) -> None:
    assert filled.find("norrebro") == []
    with filled.step("Add a field"):
        filled.save(OwnField(table="book", code="ward", label="Ward"))
    filled.change(Book, 2, {"own:ward": "Nordvest"})
    assert [h.title for h in filled.find("nordvest")] == ["Persuasion"]


def test_the_index_follows_changes_and_the_bin(filled: Store) -> None:
    filled.change(Author, 1, {"title": "J. A."})
    assert filled.find("austen") == [] and [h.id for h in filled.find("j a", tables=("book",))] == [1]
    with filled.step("Bin"):
        filled.bin(Book, [1])
    assert filled.find("comedy") == []
    with filled.step("Out of the bin"):
        filled.unbin(Book, [1])
    assert [h.title for h in filled.find("comedy")] == ["Emma"] and unsearched(filled) == []


def test_rebuilding_gives_the_same_index(filled: Store) -> None:
    before = [filled.find(w) for w in ("emma", "austen", "cafe", "b-17")]
    filled.conn.execute("begin")
    search.rebuild(filled.conn, filled.own_fields())
    filled.conn.execute("commit")
    assert [filled.find(w) for w in ("emma", "austen", "cafe", "b-17")] == before and unsearched(filled) == []


def test_hits_are_limited(filled: Store) -> None:
    assert len(filled.find("e", limit=1)) == 1
