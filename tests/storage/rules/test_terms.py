"""Terms are read as written or refused, never wrongly; their ends are counted from the original start."""

import csv
import random
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.engine.values import Period, Unreadable
from storage.rules.months import add_months, last_day_of_months
from storage.rules.terms import Term, end_after, ends, initial_end, read_term

YEAR = Period(1, "y")
TWELVE = Period(12, "m")
PARTS = st.builds(Period, st.integers(1, 99), st.sampled_from("dwmy"))
TERMS = st.builds(Term, PARTS, st.lists(PARTS, max_size=4).map(tuple))
STARTS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
WORDINGS = Path(__file__).parents[2] / "files" / "terms.csv"


def wordings() -> list[dict[str, str]]:
    with WORDINGS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


TURNING = [
    "not",
    "less",
    "or",
    "between",
    "rolling",
    "minus",
    "unless",
    "except",
    "excluding",
    "about",
    "break",
]
TURNING += ["notice", "£", "?", "/", "without", "never", "formerly", "lot", "-"]
READABLE = [row["wording"] for row in wordings() if row["reading"]]


def reading(text: str) -> str:
    """The notation of a text, empty when it is refused."""
    try:
        return read_term(text).notation
    except Unreadable as refused:
        assert str(refused).endswith((".", "”."))
        return ""


def test_every_wording_of_the_list_is_read_rightly_or_left_as_text() -> None:
    rows = wordings()
    assert len({row["wording"] for row in rows}) == len(rows) >= 220
    assert sum(not row["reading"] for row in rows) * 3 >= len(rows)
    found = {row["wording"]: (row["reading"], reading(row["wording"])) for row in rows}
    assert {wording: both for wording, both in found.items() if both[0] != both[1]} == {}


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("3+1+1", Term(Period(3, "y"), (YEAR, YEAR))),
        ("36m+12m", Term(Period(36, "m"), (TWELVE,))),
        ("2 years with two 12-month options", Term(Period(2, "y"), (TWELVE, TWELVE))),
        ("Initial term of 3 years plus a year", Term(Period(3, "y"), (YEAR,))),
        ("1 year and 6 months", Term(Period(18, "m"))),
    ],
)
def test_reads_terms(text: str, term: Term) -> None:
    assert read_term(text) == term


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "nothing here"),
        ("3 years, " * 40, "passage of text"),
        ("rolling 12 months", "no fixed end"),
        ("TBC", "does not say yet"),
        ("at least 3 years", "only about how long"),
        ("7 years with a break at year 5", "fields of their own"),
        ("3/5 years", "more than one length"),
        ("3 years not extendable", "ruled out"),
        ("3 years with an option to extend", "not how long it is"),
        ("3+1+1 (6 years)", "disagree"),
        ("2 years (1 April 2024 to 31 March 2027)", "dates given disagree"),
        ("12+12", "years or months"),
        ("12 month extension", "not how long|first length"),
        ("3 fortnights", "“fortnights”"),
        ("3+", "missing after the plus"),
        ("9999999+1", "years or months"),
        ("10000 months", "at most 9,999"),
    ],
)
def test_says_why_a_text_is_no_clear_term(text: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read_term(text)


@given(TERMS)
def test_what_is_shown_and_stored_reads_back(term: Term) -> None:
    assert read_term(term.notation) == term
    assert read_term(str(term)) == term


def in_prose(term: Term) -> str:
    """A term as a sentence of a contract notice."""
    each = [f"{part.count} ({part.count}) {part.code[-1]}" for part in term.options]
    if not each:
        return f"for a fixed period of {term.core}, no extension"
    if len(set(each)) == 1 and len(each) > 1:
        return (
            f"The contract is for {term.core} with {len(each)} options to extend, each of {term.options[0]}"
        )
    if len(each) == 1:
        return f"Initial term of {term.core}; option to extend for up to a further {each[0]}"
    return f"{term.core}, with the option to extend by a further {' + '.join(each)}"


def in_shorthand(term: Term) -> str:
    """A term as somebody types it into a narrow column."""
    options = " ".join(f"+{part.count}{part.code[-1].upper()}" for part in term.options)
    return f"{term.core.count}{term.core.unit} ({options} optional)" if options else f"Term: {term.core}"


@given(TERMS, st.sampled_from([in_prose, in_shorthand]), st.sampled_from([" ", "\u00a0", "  "]))
def test_a_term_written_out_reads_back(term: Term, style: type[str], space: str) -> None:
    assert read_term(style(term).replace(" ", space)) == term


@given(st.integers(1, 11), st.lists(st.integers(1, 5), max_size=4))
def test_bare_numbers_are_years_or_refused(first: int, options: list[int]) -> None:
    text = "+".join(map(str, (first, *options)))
    assert reading(text) in ("", "+".join(f"{number}y" for number in (first, *options)))
    assert reading(f"{text} years") == "+".join(f"{number}y" for number in (first, *options))


@given(st.integers(1, 10), st.lists(st.integers(1, 10), min_size=1, max_size=4), st.integers(1, 40))
def test_a_total_must_agree(first: int, options: list[int], total: int) -> None:
    parts = (first, *options)
    text = " + ".join(f"{number} years" for number in parts) + f", total {total} years"
    agrees = total in (sum(parts), sum(options))
    assert reading(text) == ("+".join(f"{number}y" for number in parts) if agrees else "")


@given(st.data(), st.sampled_from(READABLE))
def test_one_word_that_turns_the_meaning_refuses_the_whole(data: st.DataObject, wording: str) -> None:
    words = wording.split()
    at = data.draw(st.integers(0, len(words)))
    word = data.draw(st.sampled_from(TURNING))
    changed = " ".join([*words[:at], word, *words[at:]])
    expected = {"", reading(wording)} if word == "-" else {""}
    assert reading(changed) in expected


@given(st.data(), st.sampled_from(READABLE))
def test_no_number_is_passed_over(data: st.DataObject, wording: str) -> None:
    words = re.sub("April|Oct[a-z]*", "soon", wording).split()  # 7 April 2024 names a day
    at = data.draw(st.integers(0, len(words)))
    assert not (found := reading(" ".join([*words[:at], "7", *words[at:]]))) or found != reading(wording)


@given(st.sampled_from(READABLE), st.sampled_from(READABLE), st.randoms(use_true_random=False))
def test_words_in_any_order_are_read_or_refused(one: str, other: str, shuffler: random.Random) -> None:
    words = [*one.split(), *other.split()]
    shuffler.shuffle(words)
    found = reading(" ".join(words)[:300])
    assert not found or read_term(found).notation == found


@given(st.text(alphabet="0123456789 +x()-,.ymwdà½ ²٣", max_size=30))
def test_no_text_breaks_the_reader(text: str) -> None:
    found = reading(text)
    assert len(re.findall("[0-9]+", found)) >= bool(found)


@pytest.mark.parametrize(
    ("start", "text", "days"),
    [
        (date(2024, 4, 1), "3+1+1", [date(2027, 3, 31), date(2028, 3, 31), date(2029, 3, 31)]),
        (date(2025, 10, 1), "36m+12m", [date(2028, 9, 30), date(2029, 9, 30)]),
        (date(2024, 2, 29), "1", [date(2025, 2, 28)]),
        (date(2024, 2, 29), "1+3", [date(2025, 2, 28), date(2028, 2, 28)]),
        (date(2024, 1, 31), "1m+1m", [date(2024, 2, 29), date(2024, 3, 30)]),
        (date(2024, 4, 1), "26w", [date(2024, 9, 29)]),
        (date(2024, 2, 29), "12m+10d", [date(2025, 2, 28), date(2025, 3, 10)]),
        (date(2020, 8, 1), "36m", [date(2023, 7, 31)]),
    ],
)
def test_ends(start: date, text: str, days: list[date]) -> None:
    assert [end.value for end in ends(start, read_term(text))] == days


def test_says_how_an_end_came_about() -> None:
    term = read_term("3+1")
    assert (
        initial_end(date(2024, 4, 1), term).why
        == "31 Mar 2027 = start 1 Apr 2024 plus 3 years, less one day."
    )
    assert end_after(date(2024, 4, 1), term, 1).why == (
        "31 Mar 2028 = start 1 Apr 2024 plus 3 years + 1 year, less one day."
    )
    assert "no day 29" in initial_end(date(2024, 2, 29), read_term("1")).why


def test_without_start_or_term_there_is_no_end() -> None:
    assert initial_end(None, read_term("3")).value is None
    assert "No term" in initial_end(date(2024, 4, 1), None).why
    assert ends(None, read_term("3")) == ()
    with pytest.raises(ValueError, match="1 options, not 2"):
        end_after(date(2024, 4, 1), read_term("3+1"), 2)


@given(STARTS, TERMS)
def test_each_option_ends_later_than_the_one_before(start: date, term: Term) -> None:
    found = [end.value for end in ends(start, term)]
    assert len(found) == len(term.options) + 1
    assert found == sorted(set(found))
    assert found[0] >= start
    assert found[0] == initial_end(start, term).value


@given(STARTS, TERMS)
def test_every_end_is_counted_from_the_original_start(start: date, term: Term) -> None:
    for taken, end in enumerate(ends(start, term)):
        parts = (term.core, *term.options[:taken])
        reached = add_months(start, sum(part.months for part in parts))
        clipped = reached.day != start.day
        days = sum(part.days for part in parts) - (not clipped)
        assert end.value == reached + timedelta(days=days)
        assert not clipped or (reached + timedelta(days=1)).day == 1


@given(STARTS, st.integers(1, 600))
def test_months_written_as_one_term_or_as_options_end_alike(start: date, months: int) -> None:
    split = Term(Period(months, "m"), (TWELVE,))
    assert ends(start, split)[-1].value == last_day_of_months(start, months + 12)
