"""Conditions in plain English."""

import pytest

from storage.engine.condition_words import phrase
from storage.engine.conditions import OPS


@pytest.mark.parametrize(
    ("op", "said", "words"),
    [
        ("is", ["Gold"], "Gold"),
        ("any of", ["Gold", "Silver", "Bronze"], "Gold, Silver or Bronze"),
        ("is not", ["Gold"], "not Gold"),
        ("is not", ["Gold", "Silver"], "none of Gold, Silver"),
        ("contains", ["care"], "has “care”"),
        ("between", ["today", "12 months from today"], "today to 12 months from today"),
        ("at least", ["£5"], "£5 or more"),
        ("at most", ["£5"], "£5 or less"),
        ("before", ["1 Apr 2030"], "before 1 Apr 2030"),
        ("blank", [], "blank"),
        ("not blank", [], "filled in"),
    ],
)
def test_says_a_condition(op: str, said: list[str], words: str) -> None:
    assert phrase(op, said) == words


def test_every_comparison_has_words() -> None:
    assert all(phrase(op, ["1 Apr 2030", "1 May 2030"]) for op in OPS)
