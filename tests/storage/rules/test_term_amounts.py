"""Numbers, units and counts become amounts, and what cannot be counted safely is refused."""

import pytest

from storage.engine.values import Unreadable
from storage.rules.term_amounts import kinds, with_amounts
from storage.rules.term_words import tokens


def amounts(text: str) -> list[str]:
    """The amounts of a text, such as `12m`; bare numbers stay bare."""
    found = with_amounts(tokens(text))
    return [f"{float(one.number):g}{one.unit}" for token in found for one in token.amounts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("two and a half years", ["2.5y"]),
        ("a year and a half", ["1.5y"]),
        ("1 year and 6 months", ["18m"]),
        ("3+1+1", ["3", "1", "1"]),
        ("two 12-month options", ["12m", "12m"]),
        ("three options of 1 year each", ["1y"] * 3),
        ("12 months x 2", ["12m", "12m"]),
        ("two options of 1 year and 2 years", ["1y", "2y"]),
        ("another year", ["1y"]),
        ("extend twice by 6 months", ["6m", "6m"]),
        ("two annual extensions", ["1y", "1y"]),
    ],
)
def test_amounts(text: str, expected: list[str]) -> None:
    assert amounts(text) == expected


def test_what_stands_in_brackets_is_kept_apart() -> None:
    assert kinds(with_amounts(tokens("5 years (3+1+1)"))) == "QG"
    assert kinds(with_amounts(tokens("3 (+1+1)"))) == "Q+Q+Q,"


@pytest.mark.parametrize(
    "text",
    [
        "three (2) years",
        "3 - 5 years",
        "1x2",
        "3 + 2 options",
        "2 optional years",
        "2 3 year options",
        "2 options, 1 year",
    ],
)
def test_what_cannot_be_counted_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        with_amounts(tokens(text))
