"""Whole tables read in part: the same values as records read in full, and words on no list by one query."""

from datetime import date

from storage.engine.fields import Period
from storage.engine.partly import read_partly, unlisted_words
from storage.engine.store import Store
from tests.storage.engine.library import Book

NAMES = ("reference", "title", "kind", "published", "loan", "lent", "price", "due", "written_by", "age")


def _book(store: Store, **given: object) -> Book:
    values: dict[str, object] = {
        "reference": "B-1", "title": "Atlas", "kind": "Atlas", "published": date(2020, 4, 1), "loan": Period(2, "w"),
        "price": 12_50, "pages": 300,
    }  # fmt: skip
    with store.step("Add a book"):
        return store.save(Book(**(values | given)))  # type: ignore[arg-type]


def test_the_fields_asked_for_are_as_in_the_whole_record(store: Store) -> None:
    whole = store.get(Book, _book(store).key)
    [part] = read_partly(store, Book, NAMES)
    assert (part.id, part.uuid, part.name) == (whole.id, whole.uuid, whole.name)
    assert {n: getattr(part, n) for n in NAMES[:-1]} == {n: getattr(whole, n) for n in NAMES[:-1]}
    assert part.age == "Old"
    assert (part.pages, whole.pages) == (None, 300)  # not asked for


def test_blanks_are_read_as_blanks(store: Store) -> None:
    _book(store, title="", kind="", published=None, loan=None, price=None)
    [part] = read_partly(store, Book, NAMES)
    assert (part.title, part.kind, part.published, part.loan, part.price) == ("", "", None, None, None)


def test_the_bin_is_left_out_unless_asked_for(store: Store) -> None:
    assert read_partly(store, Book, NAMES) == []
    number = _book(store).key
    with store.step("Bin"):
        store.bin(Book, [number])
    assert read_partly(store, Book, NAMES) == []
    [binned] = read_partly(store, Book, NAMES, binned=True)
    assert binned.binned


def test_words_on_no_list_are_found(store: Store) -> None:
    _book(store)
    assert unlisted_words(store, Book) == []
    other = _book(store, kind="Scroll")
    assert unlisted_words(store, Book) == [(other.id, "kind", "Scroll")]
