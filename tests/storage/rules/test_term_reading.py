"""Every amount of a term is the first length, an option or a total, by the words around it."""

import pytest

from storage.engine.values import Unreadable
from storage.rules.term_reading import draft_of


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("3+1+1", ["first", "option", "option"]),
        ("3 years with the option to extend for 2 years, 5 years in total", ["first", "option", "total"]),
        ("2 years + 2 x 1 year (maximum 4 years)", ["first", "option", "total"]),
        ("3 years extendable to a maximum of 5 years", ["first", "option"]),
    ],
)
def test_roles(text: str, roles: list[str]) -> None:
    assert [part.role for part in draft_of(text).parts] == roles


def test_a_sum_in_brackets_belongs_to_the_amount_before_it() -> None:
    draft = draft_of("up to 5 years (3+1+1)")
    assert draft.is_total
    assert [len(part.splits) for part in draft.parts] == [1]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("3 years 1 year", "whether “1 year” is an option"),
        ("3 years plus 1 year plus an option of 1 year", "is certain"),
        ("10 years plus 11 weeks", "whether “11 weeks”"),
        ("2 x 12 months", "Only options"),
        ("option to extend 12 months", "first length is missing"),
        ("3+1, no extension", "no extension, and mentions one"),
        ("3 years, subject to performance", "condition"),
    ],
)
def test_what_is_not_plainly_an_option_is_refused(text: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        draft_of(text)
