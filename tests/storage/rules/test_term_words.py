"""The words of a term become tokens of known kinds, and an unknown one is named."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.engine.values import Unreadable
from storage.rules.term_words import KINDS, LONGEST, tokens, without_refusal


def kinds(text: str) -> str:
    return "".join(token.kind for token in tokens(without_refusal(text)[0]))


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("3+1", "n+n"),
        ("Thirty-six months", "nu"),
        ("2 × 12m", "nxnu"),
        ("3 years, subject to satisfactory performance", "nu,C"),
        ("3 years at the Council's sole discretion", "nuC"),
        ("option to extend for up to 2 years", "oefUnu"),
        ("3 years from the date of contract award", "nu,"),
        ("year(s)", "u"),
        ("2 to 4 years", "ntnu"),
    ],
)
def test_words_have_kinds(text: str, letters: str) -> None:
    assert kinds(text) == letters
    assert set(letters) <= set(KINDS)


def test_dates_are_read_as_days() -> None:
    found = tokens("3 years from 1st april 2024 to 31/03/2027")
    assert [day for token in found for day in token.days] == [date(2024, 4, 1), date(2027, 3, 31)]


@pytest.mark.parametrize(
    "ending", [", no extension", " (without extension)", ". Extension: none", " no option to extend"]
)
def test_a_closing_refusal_of_extensions_is_taken_off(ending: str) -> None:
    assert without_refusal(f"4 years{ending}") == ("4 years", True)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("3 fortnights", "“fortnights” cannot be read"),
        ("3 sprints or 2 years", "more than one length"),
        ("1,000 years", "“1,000” cannot be read"),
        ("£3m", "Money"),
        ("3 years from 31 February 2024", "only 29 days"),
    ],
)
def test_says_what_is_not_known(text: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        tokens(text.lower())


@given(st.integers(LONGEST + 1, 2 * LONGEST))
def test_a_passage_of_text_is_refused(length: int) -> None:
    with pytest.raises(Unreadable, match="passage"):
        without_refusal("y" * length)
