"""A field declared once: what it stores, reads, shows and finds wanting."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.engine.fields import RECORDS, Field, Kind, Period
from storage.engine.values import Unreadable
from tests.storage.engine.library import Book, Page

TODAY = date(2026, 11, 22)
VALUES = {
    Kind.TEXT: st.text(min_size=1),
    Kind.NOTE: st.text(min_size=1),
    Kind.WHOLE: st.integers(-(2**62), 2**62),
    Kind.MONEY: st.integers(-(2**62), 2**62),
    Kind.DAY: st.dates(),
    Kind.NUMBER: st.decimals(-(10**12), 10**12, places=6),
    Kind.PERIOD: st.builds(Period, st.integers(0, 999), st.sampled_from("dwmy")),
    Kind.YESNO: st.booleans(),
    Kind.LINK: st.integers(1, 2**40),
    Kind.DATA: st.dictionaries(st.text(), st.integers() | st.text() | st.lists(st.booleans()), min_size=1),
}


@given(st.data(), st.sampled_from(sorted(VALUES, key=lambda k: k.value)))
def test_what_is_stored_comes_back(data: st.DataObject, kind: Kind) -> None:
    field = Field("F", kind)
    value = data.draw(VALUES[kind])
    held = field.to_sql(value)
    assert held is None or type(held) in (str, int)
    assert field.from_sql(held) == value


@pytest.mark.parametrize("kind", list(Kind))
def test_blank_is_a_value_of_every_kind(kind: Kind) -> None:
    blank = Field("F", kind).from_sql(None)
    assert Field("F", kind).to_sql(blank) is None
    assert blank == ("" if kind.is_words else {} if kind is Kind.DATA else None)


@pytest.mark.parametrize(
    ("kind", "typed", "value", "shown"),
    [
        (Kind.DAY, "3/4/2026", date(2026, 4, 3), "3 Apr 2026"),
        (Kind.MONEY, "£1,250.00", 125000, "£1,250"),
        (Kind.WHOLE, "1,200", 1200, "1,200"),
        (Kind.NUMBER, "4.830%", Decimal("4.83"), "4.83"),
        (Kind.NUMBER, "-1,250.50", Decimal("-1250.5"), "-1,250.5"),
        (Kind.NUMBER, "1,200.0", Decimal(1200), "1,200"),
        (Kind.NUMBER, ".5", Decimal("0.5"), "0.5"),
        (Kind.YESNO, "yes", True, "Yes"),
        (Kind.PERIOD, "6 months", Period(6, "m"), "6 months"),
        (Kind.TEXT, "  words ", "words", "words"),
        (Kind.NOTE, " kept as typed\n", " kept as typed\n", " kept as typed\n"),
        (Kind.DAY, "  ", None, ""),
        (Kind.TEXT, "", "", ""),
    ],
)
def test_what_people_type_is_read_and_shown(kind: Kind, typed: str, value: object, shown: str) -> None:
    field = Field("F", kind)
    assert field.read(typed, today=TODAY) == value
    assert field.show(value) == shown


def test_a_choice_takes_the_listed_spelling_and_keeps_what_is_not_listed() -> None:
    field = Book.FIELDS["kind"]
    assert field.read("NOVEL") == "Novel"
    assert field.read("Comic") == "Comic"
    assert "not on the list" in field.problem("Comic") and not field.problem("Novel")


def test_what_cannot_be_read_is_refused() -> None:
    with pytest.raises(Unreadable):
        Field("F", Kind.DAY).read("soon")
    for words in ("many", "1.2.3", ".", "1,2", "%", "1e9", "NaN"):
        with pytest.raises(Unreadable):
            Field("F", Kind.NUMBER).read(words)


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("title", "", "is needed"),
        ("notes", "", ""),
        ("pages", 0, "is below 1"),
        ("pages", 10_000, "is above 9,999"),
        ("pages", 12, ""),
        ("lent", False, ""),
    ],
)
def test_problems_are_told_and_stop_nothing(name: str, value: object, says: str) -> None:
    told = Book.FIELDS[name].problem(value)
    assert says in told and bool(told) == bool(says)


def test_a_record_knows_its_fields_and_its_name() -> None:
    assert list(Book.FIELDS)[:2] == ["reference", "title"] and RECORDS["book"] is Book
    assert Book.FIELDS["due"].derived and Book.FIELDS["age"].from_today
    assert (Book.LABEL, Book.PLURAL, Page.SEALED_WITH) == ("Book", "Books", "edition")
    assert Book(title="Emma").name == "Emma" and Book(reference="B1").name == "B1"
    assert Book(id=4).name == "Book 4" and Book().name == "New book"
    with pytest.raises(ValueError, match="not been saved"):
        _ = Book().key


def test_the_value_of_a_word_that_depends_on_today_needs_today() -> None:
    age = Book.FIELDS["age"]
    assert age.value_of(Book(published=TODAY), TODAY) == "New"
    assert age.value_of(Book(published=date(2026, 1, 1)), TODAY) == "Old"
    with pytest.raises(ValueError, match="depends on today"):
        age.value_of(Book())


def test_an_own_field_finds_its_value() -> None:
    field = Field("Seen on", Kind.DAY, name="own:seen")
    assert field.own and field.key == "seen"
    assert field.value_of(Book(own={"seen": "2026-01-02"})) == date(2026, 1, 2)
    assert field.value_of(Book()) is None
