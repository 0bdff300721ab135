"""A cost set against what it buys."""

from decimal import Decimal

import pytest

from storage.rules.ratios import cost_as_share, cost_for_each


def test_domain_d11_cost_of_commissioning() -> None:
    """002 ¶8: £870,000 of commissioning for £252m of services in 879 beds."""
    share = cost_as_share(87_000_000, 25_200_000_000)
    assert share.value == Decimal("0.345")
    assert share.why == "0.345% = £870,000.00 ÷ £252,000,000.00."
    each = cost_for_each(87_000_000, 879, "bed")
    assert each.value == 98_976
    assert each.why == "£989.76 for each bed = £870,000.00 ÷ 879."
    assert [len(found.reasons) for found in (share, each)] == [2, 2]


@pytest.mark.parametrize(
    ("cost", "value", "said"),
    [
        (None, 1, "No cost is recorded."),
        (1, None, "No value is recorded."),
        (1, 0, "A value of £0.00 has no share to be worked out."),
        (1, -100, "A value of \u2212£1.00 has no share to be worked out."),
    ],
)
def test_a_share_that_cannot_be_worked_out_says_why(cost: int | None, value: int | None, said: str) -> None:
    found = cost_as_share(cost, value)
    assert found.value is None
    assert found.why == said


@pytest.mark.parametrize(
    ("cost", "units", "said"),
    [
        (None, 1, "No cost is recorded."),
        (1, None, "No number to divide by (place) is recorded."),
        (1, 0, "A cost for each place needs at least one of them."),
    ],
)
def test_a_cost_for_each_that_cannot_be_worked_out_says_why(
    cost: int | None, units: int | None, said: str
) -> None:
    found = cost_for_each(cost, units, "place")
    assert found.value is None
    assert found.why == said
