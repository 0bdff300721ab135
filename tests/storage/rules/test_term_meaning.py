"""A text that can be taken in two ways is read only when something in it leaves one."""

import pytest

from storage.engine.values import Period, Unreadable
from storage.rules.term_meaning import read_lengths

THREE, TWO, YEAR = Period(3, "y"), Period(2, "y"), Period(1, "y")


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("3 years with the option to extend to a maximum of 5 years", (TWO,)),
        ("3 years with the option to extend up to 2 years", (TWO,)),
        ("3 years with the option to extend up to 5 years (3+2)", (TWO,)),
        ("3 years extendable for a further 2 years in annual increments", (YEAR, YEAR)),
        ("3 + 2 (1+1)", (YEAR, YEAR)),
        ("3 years (36 months) with 2 x 1 year, giving 5 years in total", (YEAR, YEAR)),
    ],
)
def test_options(text: str, options: tuple[Period, ...]) -> None:
    assert read_lengths(text) == (THREE, options)


def test_a_total_tells_the_unit_of_bare_numbers() -> None:
    assert read_lengths("24+12 (36 months)") == (Period(24, "m"), (Period(12, "m"),))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("3 years with the option to extend up to 5 years", "extension alone or the whole term"),
        ("1 year + 2 years max + 2 years max", "how long each option is"),
        ("5 years (2+1)", "disagree"),
        ("4 years (2+2)", "split up the length or add to it"),
        ("3+1 (max 5 years)", "disagrees with the sum"),
        ("3 years (maximum 5 years)", "not how long the options are"),
        ("3 years with extensions of 12 months", "how many options"),
        ("3 years extendable by 30 months in 12 month increments", "divide into the steps"),
        ("3 years extendable to 2 years", "not longer than the first"),
        ("3 years (1 April 2024 to 31 March 2028)", "dates given disagree"),
    ],
)
def test_what_stays_open_is_refused(text: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read_lengths(text)
