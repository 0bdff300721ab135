"""Shares sum to the penny."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.rules.shares import Weight, percentages, shared, split

WHOLES = st.integers(-(10**14), 10**14)
WEIGHTS = st.lists(st.integers(0, 10**12) | st.decimals(0, 100, places=2), min_size=1, max_size=12).filter(
    any
)


def test_domain_d13_an_overspend_over_three_equal_shares() -> None:
    found = shared(10_000, [Weight(name, 1) for name in ("ICB", "County", "District")], "equal parts")
    assert [share.pence for share in found.value] == [3334, 3333, 3333]
    assert [share.percent for share in found.value] == [Decimal("33.34"), Decimal("33.33"), Decimal("33.33")]
    assert found.why == (
        "£100.00 shared by 3, by equal parts. "
        "Odd pennies go to those who lose most by rounding, then in the order listed."
    )
    assert found.reasons[0].words == "ICB: 33.34% = £33.34."


@pytest.mark.parametrize(
    ("whole", "weights", "parts"),
    [
        (10_000, [1, 1, 1], (3334, 3333, 3333)),
        (-10_000, [1, 1, 1], (-3334, -3333, -3333)),
        (0, [1, 2], (0, 0)),
        (2, [1, 1, 1], (1, 1, 0)),
        (100, [0, 5, 0], (0, 100, 0)),
        (100, [1, 2, 3, 0], (17, 33, 50, 0)),
        (101, [50, 30, 20], (51, 30, 20)),
        (7, [Decimal("33.3"), Decimal("66.7")], (2, 5)),
        (1, [1, 2], (0, 1)),
    ],
)
def test_splits_by_largest_remainder(
    whole: int, weights: list[int | Decimal], parts: tuple[int, ...]
) -> None:
    assert split(whole, weights) == parts


@pytest.mark.parametrize(
    ("weights", "said"), [([], "nought"), ([0, 0], "nought"), ([1, -1, 5], "below nought")]
)
def test_weights_that_cannot_be_shared_by_are_refused(weights: list[int | Decimal], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        split(100, weights)


@pytest.mark.parametrize(
    ("pence", "weights", "said"),
    [
        (None, [Weight("A", 1)], "No amount is recorded to be shared."),
        (100, [], "Nobody is recorded to share £1.00."),
        (100, [Weight("A", 0)], "All shares are nought, so £1.00 cannot be split."),
        (100, [Weight("A", 2), Weight("B", -1)], "B has a share below nought, so £1.00 cannot be split."),
    ],
)
def test_what_cannot_be_shared_says_why(pence: int | None, weights: list[Weight], said: str) -> None:
    found = shared(pence, weights)
    assert found.value == ()
    assert found.why == said


def test_an_exact_split_says_nothing_of_odd_pennies() -> None:
    assert shared(10_000, [Weight("A", 3), Weight("B", 1)]).why == "£100.00 shared by 2."
    assert shared(-500, [Weight("A", 3)]).why == "\u2212£5.00 shared by one alone."


@given(WHOLES, WEIGHTS)
def test_shares_sum_exactly_and_are_ordered_as_their_weights(
    whole: int, weights: list[int | Decimal]
) -> None:
    parts = split(whole, weights)
    assert sum(parts) == whole
    together = sum(Fraction(weight) for weight in weights)
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - whole * Fraction(weight) / together) < 1
        assert part * whole >= 0
    sizes = [abs(part) for part in parts]
    for one, first in zip(sizes, weights, strict=True):
        assert all(one >= other for other, second in zip(sizes, weights, strict=True) if first > second)


@given(WEIGHTS)
def test_percentages_sum_to_a_hundred(weights: list[int | Decimal]) -> None:
    assert sum(percentages(weights)) == 100
