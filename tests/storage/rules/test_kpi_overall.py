"""One rating out of many, and the Procurement Act's words, which red leaves to a person."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.rules.kpi_overall import (
    ACT_RATINGS,
    APPROACHING,
    GOOD,
    INADEQUATE,
    OTHER,
    REQUIRES_IMPROVEMENT,
    WEIGHTED,
    Rated,
    act_rating,
    overall,
)
from storage.rules.kpis import AMBER, GREEN, RATINGS, RED, UNRATED

ONES = st.builds(Rated, st.text(max_size=5), st.sampled_from(RATINGS), st.decimals("0.01", 100, places=2))


def rated(*ratings: str) -> list[Rated]:
    return [Rated(f"K{place}", one) for place, one in enumerate(ratings, start=1)]


@pytest.mark.parametrize(
    ("ratings", "worst", "weighted"),
    [
        ((GREEN, GREEN), GREEN, GREEN),
        ((GREEN, AMBER), AMBER, GREEN),
        ((GREEN, AMBER, AMBER), AMBER, AMBER),
        ((GREEN, RED), RED, AMBER),
        ((RED, AMBER), RED, AMBER),
        ((RED, RED, AMBER), RED, RED),
        ((UNRATED, GREEN), GREEN, GREEN),
        ((UNRATED,), UNRATED, UNRATED),
        ((), UNRATED, UNRATED),
    ],
)
def test_overall_domain_7_2(ratings: tuple[str, ...], worst: str, weighted: str) -> None:
    assert overall(rated(*ratings)).value == worst
    assert overall(rated(*ratings), WEIGHTED).value == weighted


def test_weights_count_and_red_is_still_named() -> None:
    heavy = [Rated("Waiting", GREEN, Decimal(3)), Rated("Reports", RED, Decimal(1))]
    found = overall(heavy, WEIGHTED)
    assert found.why == (
        "Green: the weighted mean is 1.5 of 2 (green from 1.5, amber from 0.5). Red among them: Reports."
    )
    assert [step.words for step in found.reasons] == ["Waiting: Green, weight 3", "Reports: Red, weight 1"]
    assert "has a weight" in overall([Rated("A", RED, Decimal(0))], WEIGHTED).why


def test_says_which_are_worst_and_which_are_left_out() -> None:
    found = overall(rated(RED, GREEN, RED, UNRATED))
    assert found.why == "Red: the worst of 3 rated (K1, K3). 1 unrated is left out."
    assert overall(rated(GREEN, GREEN)).why == "Green: all 2 rated met."
    assert overall(rated(GREEN)).why == "Green: the one rated met."


def test_another_method_or_a_weight_below_nought_is_an_error() -> None:
    with pytest.raises(ValueError, match="worst or weighted"):
        overall([], "Best")
    with pytest.raises(ValueError, match="weight"):
        overall([Rated("A", RED, Decimal(-1))])


@given(st.lists(ONES, max_size=8), ONES)
def test_one_more_red_never_makes_it_better(ones: list[Rated], one: Rated) -> None:
    order = [RED, AMBER, GREEN, UNRATED]
    red = Rated(one.name, RED, one.weight)
    for method in ("Worst", WEIGHTED):
        before, after = overall(ones, method).value, overall([*ones, red], method).value
        assert order.index(after) <= order.index(before)


@pytest.mark.parametrize(
    ("rating", "chosen", "word"),
    [
        (GREEN, "", GOOD),
        (AMBER, "", APPROACHING),
        (RED, "", ""),
        (RED, REQUIRES_IMPROVEMENT, REQUIRES_IMPROVEMENT),
        (RED, INADEQUATE, INADEQUATE),
        (RED, GOOD, ""),
        (GREEN, INADEQUATE, GOOD),
        (UNRATED, "", ""),
        (UNRATED, OTHER, OTHER),
        (UNRATED, GOOD, ""),
    ],
)
def test_words_of_the_procurement_act_regulation_39_5(rating: str, chosen: str, word: str) -> None:
    found = act_rating(rating, chosen)
    assert found.value == word
    assert found.why
    assert word in ("", *ACT_RATINGS)
    assert "regulation 39(5)" in found.reasons[0].source


def test_says_that_a_person_has_to_choose() -> None:
    assert act_rating(RED).why == (
        "Choose between Requires improvement and Inadequate: the figures do not say which."
    )
    assert act_rating(GREEN, INADEQUATE).why == (
        "Good: “Inadequate” does not go with a rating of Green; the Act’s word for green."
    )
