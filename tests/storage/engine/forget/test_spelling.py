"""A name is found however it is spelled, and only where it is a whole name."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.engine.forget.spelling import Spelling

LETTERS = st.characters(categories=["Lu", "Ll", "Lo", "Nd"])
NAMES = st.lists(st.text(LETTERS, min_size=2, max_size=8), min_size=1, max_size=3).map(" ".join)
TEXTS = st.text(max_size=60)


@pytest.mark.parametrize(
    "text",
    [
        "Renée O’Neill-Smith", "RENÉE O'NEILL-SMITH", "renee o'neill smith", "O'Neill-Smith , Renée",
        "Renée\n O’Neill–Smith’s",
        unicodedata.normalize("NFD", "Renée O’Neill-Smith"), "renée.o'neill-smith@x.org", "(Renée\u00a0O`Neill-Smith)",
        "ren_e_o_neill_smith_rating", "R. O'Neill-Smith", "tel. 01134960000", "+44 (0)113 496 0000", "0044 113 4960000",
        "r.oneill@example.org.",
    ],
)  # fmt: skip
def test_a_person_is_found_in_every_spelling(text: str) -> None:
    known = Spelling(
        ["O’Neill-Smith, Renée", "R. O'Neill-Smith", "r.oneill@example.org"], ["(0113) 496-0000"]
    )
    assert known.within(text) == 1
    assert known.within(known.replaced(text, "#")) == 0 and known.excerpt(text)


@pytest.mark.parametrize(
    "text",
    [
        "Irenée O’Neill-Smith",
        "Renée O’Neill-Smithson",
        "Renée",
        "Smith",
        "401134960000",
        "",
        "Renée said O'Neill",
    ],
)
def test_part_of_another_name_or_number_is_not_the_person(text: str) -> None:
    assert Spelling(["Renée O’Neill-Smith"], ["0113 496 0000"]).within(text) == 0


def test_what_has_no_letter_is_nowhere() -> None:
    nobody = Spelling(["", " , ", "--"], ["", "12345"])
    assert nobody.empty and nobody.within("-- 12345 , ") == 0


def test_an_excerpt_is_one_line_around_the_name() -> None:
    text = f"{'before ' * 20}Ann\nLee{' after' * 20}"
    shown = Spelling(["Ann Lee"]).excerpt(text)
    assert (
        shown.startswith("… ")
        and shown.endswith(" …")
        and "before Ann Lee after" in shown
        and len(shown) < 90
    )


@given(NAMES, TEXTS, TEXTS)
def test_whatever_stands_around_it_a_name_is_found_and_replaced(name: str, before: str, after: str) -> None:
    known = Spelling([name])
    text = f"{before} {name}, {after}"
    assert known.within(text) >= 1
    assert known.within(known.replaced(text, "#")) == 0
