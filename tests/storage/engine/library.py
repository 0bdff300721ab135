"""A small library of records that uses all a declaration can say, to try the engine without the program's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from storage.engine.conditions import Case, Where
from storage.engine.fields import (
    RECORDS,
    Kind,
    Period,
    Record,
    by_today,
    choice,
    data,
    day,
    derived,
    link,
    money,
    note,
    period,
    record,
    text,
    whole,
    yesno,
)
from storage.engine.parts import Parts, Reads, Reason

_OTHERS = dict(RECORDS)
AGES = ("New", "Old", "Not dated")
KINDS = ("Novel", "Atlas", "Grammar")


@dataclass(frozen=True)
class Step:
    """A step behind a value."""

    words: str
    source: str = ""
    rests_on: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Told:
    """A worked-out value with its sentence."""

    value: object
    why: str
    reasons: tuple[Reason, ...] = ()


def _written_by(book: Book, parts: Parts) -> Told:
    names = [f"{a.name} (in the bin)" if a.binned else a.name for a in parts.of(Author, "authors")]
    return Told("; ".join(names), f"{len(names)} authors wrote it.")


def _due(book: Book, parts: Parts) -> Told:
    closed = {h.on for h in parts.of(Holiday, "holidays")}
    if book.published is None:
        return Told(None, "No date to count from.")
    due = book.published + timedelta(days=14)
    while due in closed:
        due += timedelta(days=1)
    return Told(due, f"14 days after {book.published}, past {len(closed)} holidays.")


def _books_held(author: Author, parts: Parts) -> Told:
    books = [b for b in parts.of(Book, "books") if not b.binned]
    return Told(
        len(books), f"{len(books)} books.", (Step("Books in the bin are left out.", "Rules of the library"),)
    )


def _worth(author: Author, parts: Parts) -> Told:
    books = [b for b in parts.of(Book, "books") if not b.binned]
    return Told(sum(b.price or 0 for b in books), "Their prices added up.")


def _ages(today: date) -> tuple[Case, ...]:
    return (
        ((Where("published", "blank"),), "Not dated"),
        ((Where("published", "on or after", (today,)),), "New"),
        ((), "Old"),
    )


@record("holiday", "Holiday", named_by=("title",), searched=False)
class Holiday(Record):
    """A day on which nothing is due."""

    on: date | None = day("Date", required=True)
    title: str = text("Name")


@record("shelf", "Shelf", "Shelves", named_by=("title",))
class Shelf(Record):
    """Where books stand."""

    title: str = text("Name", required=True)


@record(
    "author",
    "Author",
    named_by=("title",),
    reads=(
        Reads("writings", "writing", link="author"),
        Reads("books", "book", link="book", through="writings"),
    ),
)
class Author(Record):
    """Who wrote books."""

    title: str = text("Name", required=True)
    books_held: int | None = derived("Books", Kind.WHOLE, rule=_books_held)
    worth: int | None = derived("Worth", Kind.MONEY, rule=_worth)


@record(
    "book",
    "Book",
    named_by=("title", "reference"),
    own_fields=True,
    reads=(
        Reads("writings", "writing", link="book"),
        Reads("authors", "author", link="author", through="writings"),
        Reads("holidays", "holiday"),
    ),
)
class Book(Record):
    """A book, with a field of every kind."""

    reference: str = text("Reference", unique=True, required=True)
    title: str = text("Title", required=True)
    notes: str = note("Notes")
    kind: str = choice("Kind", KINDS)
    price: int | None = money("Price", low=0)
    pages: int | None = whole("Pages", low=1, high=9_999)
    published: date | None = day("Published")
    loan: Period | None = period("Loan")
    lent: bool | None = yesno("Lent")
    shelf: int | None = link("Shelf", "shelf")
    extra: Mapping[str, object] = data("Extra")
    written_by: str = derived("Written by", Kind.TEXT, rule=_written_by)
    due: date | None = derived("Due", Kind.DAY, rule=_due)
    age: str = by_today("Age", AGES, cases=_ages)


@record("writing", "Writing", searched=False)
class Writing(Record):
    """Who wrote what."""

    book: int | None = link("Book", "book")
    author: int | None = link("Author", "author")


@record("edition", "Edition", named_by=("number",), sealed_by="issued_on")
class Edition(Record):
    """Sealed once it is issued."""

    number: str = text("Number")
    issued_on: date | None = day("Issued on")


@record("page", "Page", named_by=("words",), sealed_with="edition")
class Page(Record):
    """Sealed with its edition."""

    edition: int | None = link("Edition", "edition")
    words: str = text("Words")


LIBRARY = {table: cls for table, cls in RECORDS.items() if table not in _OTHERS}
for _table in LIBRARY:
    del RECORDS[_table]


@contextmanager
def only_the_library() -> Iterator[None]:
    """Let files hold the library's records and own fields, and none of the program's."""
    before = dict(RECORDS)
    RECORDS.clear()
    RECORDS.update({"own_field": before["own_field"]} | LIBRARY)
    try:
        yield
    finally:
        RECORDS.clear()
        RECORDS.update(before)
