"""Small words: how far a date is, and what amounts come to with all that is open about them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.words import days_words, total_brief, total_words
from storage.rules.totals import Amount, Certainty, Total, summed

TODAY = date(2026, 11, 22)
TBC = Certainty.TO_BE_CONFIRMED
AMOUNTS = st.lists(st.builds(Amount, st.none() | st.integers(-(10**9), 10**12), st.sampled_from(Certainty)))


@pytest.mark.parametrize(
    ("found", "words", "brief"),
    [
        (Total(), "£0", "£0"),
        (Total(51_064_150_00, 25), "£51,064,150", "£51.1m"),
        (Total(51_064_150_00, 25, to_be_confirmed=2), "£51,064,150 + 2 to be confirmed", "£51.1m + 2 TBC"),
        (Total(100_00, 1, blank=3), "£100 · 3 without a value", "£100"),
        (
            Total(100_00, 1, to_be_confirmed=1, blank=3),
            "£100 + 1 to be confirmed · 3 without a value",
            "£100 + 1 TBC",
        ),
        (
            Total(500_00, 2, unconfirmed=1, unconfirmed_pence=200_00),
            "£500 (£200 of it to be confirmed)",
            "£500 incl. 1 TBC",
        ),
        (Total(500_00, 2, under_estimates=1, bound="at least"), "at least £500", "at least £500"),
        (Total(None, to_be_confirmed=2), "2 to be confirmed", "2 TBC"),
        (Total(None, blank=2), "2 without a value", "no value"),
        (Total(None, to_be_confirmed=1, blank=1), "1 to be confirmed · 1 without a value", "1 TBC"),
    ],
)
def test_totals_say_what_is_open(found: Total, words: str, brief: str) -> None:
    assert (total_words(found), total_brief(found)) == (words, brief)


@given(AMOUNTS)
def test_a_total_with_something_to_be_confirmed_in_it_always_says_so(amounts: list[Amount]) -> None:
    found = summed(amounts)
    waits = any(a.certainty is TBC for a in amounts)
    assert ("to be confirmed" in total_words(found)) == waits
    assert ("TBC" in total_brief(found)) == waits


def test_how_far_a_date_is() -> None:
    assert [days_words(d, TODAY) for d in (TODAY, date(2026, 11, 25), date(2026, 11, 21))] == [
        "today",
        "in 3 days",
        "yesterday",
    ]
