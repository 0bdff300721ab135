"""A pooled fund adds up, tells what falls away, and rolls forward."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.rules.contributions import ROLLING_FORWARD, Contribution, next_year, outturn, pool
from storage.rules.shares import Weight
from storage.rules.totals import Amount, Certainty

ESTIMATE, TBC = Certainty.ESTIMATE, Certainty.TO_BE_CONFIRMED
UNTIL = date(2015, 3, 31)
FUNDERS = [
    Contribution("Police forces", Amount(1_010_000_000, ESTIMATE)),
    Contribution("Primary care trusts", Amount(790_000_000, ESTIMATE)),
    Contribution("Local authorities", Amount(110_000_000)),
    Contribution("Home Office", Amount(160_000_000), until=UNTIL),
    Contribution("Ministry of Justice", Amount(300_000_000), until=UNTIL),
]
PENCE = st.integers(0, 10**13)


def test_domain_d12_funding_until_2014_15_falls_away_after_it() -> None:
    """000 ¶12: £23.7m, of which the two departments pay £4.6m until 2014/15."""
    found = pool(FUNDERS, 2014)
    assert found.value.total.pence == 2_370_000_000
    assert found.value.ending.pence == 460_000_000
    assert found.why == (
        "2014/15: £23.7m (2 of 5 figures are each an estimate) from 5 contributions. "
        "£4.6m falls away after this year: Home Office (until 31 Mar 2015) and "
        "Ministry of Justice (until 31 Mar 2015)."
    )
    after = pool(FUNDERS, 2015)
    assert after.value.total.pence == 1_910_000_000
    assert after.value.fallen_away.pence == 460_000_000
    assert "£4.6m fell away: Home Office" in after.why
    assert after.reasons[-1].words == "Not counted: Ministry of Justice (until 31 Mar 2015): £3m."


def test_shares_of_the_pool_come_to_a_hundred() -> None:
    found = pool(FUNDERS, 2014).value
    assert [str(share.percent) for share in found.shares] == ["42.62", "33.33", "4.64", "6.75", "12.66"]
    assert sum(share.percent for share in found.shares) == 100
    assert sum(share.pence for share in found.shares) == found.total.pence


def test_nobody_has_a_share_of_a_pool_with_a_gap() -> None:
    found = pool([*FUNDERS, Contribution("Health board", Amount(None, TBC))], 2014)
    assert found.value.shares == ()
    assert "£23.7m plus 1 to be confirmed" in found.why


def test_several_contributions_of_one_partner_make_one_share() -> None:
    rows = [
        Contribution("ICB", Amount(600), 2026),
        Contribution("ICB", Amount(100), 2026),
        Contribution("Council", Amount(300), 2026),
    ]
    assert [(s.name, s.pence) for s in pool(rows, 2026).value.shares] == [("ICB", 700), ("Council", 300)]


def test_a_contribution_of_one_year_counts_in_that_year_only() -> None:
    rows = [
        Contribution("ICB", Amount(500), 2025, until=date(2025, 12, 31)),
        Contribution("ICB", Amount(700), 2026),
    ]
    assert pool(rows, 2025).value.ending.pence == 500
    found = pool(rows, 2026)
    assert (found.value.total.pence, found.value.fallen_away.pence) == (700, 500)
    assert pool(rows, 2027).value.fallen_away.pence is None
    assert pool(rows, 2027).why == "2027/28: no amounts."


def test_many_that_fall_away_are_counted_and_not_all_named() -> None:
    rows = [Contribution(f"Council {n}", Amount(100), until=UNTIL) for n in range(9)]
    assert pool(rows, 2015).why.endswith(
        "Council 0 (until 31 Mar 2015), Council 1 (until 31 Mar 2015), Council 2 (until 31 Mar 2015) and 6 more."
    )


def test_domain_section_7_8_next_year() -> None:
    found = next_year(
        10_000_000,
        in_year=500_000,
        non_recurrent=200_000,
        inflation=Decimal("4.83"),
        planned=-100_000,
        efficiency=Decimal("2"),
    )
    assert found.value == 10_000_000 + 500_000 + 507_150 - 100_000 - 210_000
    assert found.why == (
        "£106,971.50 = £100,000.00 recurrent + £5,000.00 changes in the year + £5,071.50 inflation + "
        "\u2212£1,000.00 planned changes − £2,100.00 efficiency. £2,000.00 non-recurrent is not carried on."
    )
    (tree,) = found.reasons
    assert tree.source == ROLLING_FORWARD
    assert [step.words for step in tree.rests_on] == [
        "Recurrent this year: £100,000.00.",
        "Recurrent changes in the year: £5,000.00.",
        "Inflation of 4.83% on £105,000.00: £5,071.50.",
        "Planned changes: \u2212£1,000.00.",
        "Less efficiency of 2% on £105,000.00: £2,100.00.",
        "Not carried on, because it is non-recurrent: £2,000.00.",
    ]


def test_next_year_takes_inflation_and_efficiency_in_pence_too() -> None:
    assert next_year(1_000, inflation=50, efficiency=20).value == 1_030
    with pytest.raises(ValueError, match="cannot be below nought"):
        next_year(1_000, efficiency=-1)


PAID = [Weight("ICB", 700_000), Weight("Council", 300_000)]


@pytest.mark.parametrize(
    ("spent", "agreed", "parts", "said"),
    [
        (1_010_001, [], [7_001, 3_000], "overspent by £100.01. £100.01 shared by 2, by what each pays in."),
        (900_000, [], [-70_000, -30_000], "underspent by £1,000.00. \u2212£1,000.00 shared by 2"),
        (
            1_100_000,
            [Weight("ICB", Decimal(50)), Weight("Council", Decimal(50))],
            [50_000, 50_000],
            "£11,000.00 spent of £10,000.00: overspent by £1,000.00. "
            "£1,000.00 shared by 2, by the agreed risk share.",
        ),
        (1_000_000, [], [], "£10,000.00 spent of £10,000.00: nothing over or under to share."),
        (None, [], [], "No spend is recorded yet."),
        (
            1_100_000,
            [Weight("ICB", Decimal("50.5")), Weight("Council", Decimal(50))],
            [],
            "The agreed shares come to 100.5%, not to 100%.",
        ),
    ],
)
def test_an_overspend_falls_to_partners_as_agreed_or_as_they_pay(
    spent: int | None, agreed: list[Weight], parts: list[int], said: str
) -> None:
    found = outturn(spent, PAID, agreed)
    assert [share.pence for share in found.value] == parts
    assert said in found.why


@given(
    st.lists(st.builds(Contribution, st.sampled_from("ABCD"), st.builds(Amount, PENCE)), max_size=8), PENCE
)
def test_a_pool_and_its_outturn_add_up(rows: list[Contribution], spent: int) -> None:
    found = pool(rows, 2026).value
    assert (found.total.pence or 0) == sum(row.amount.pence or 0 for row in rows)
    if found.shares:
        paid = [Weight(share.name, share.pence) for share in found.shares]
        over = outturn(spent, paid).value
        assert not over or sum(share.pence for share in over) == spent - (found.total.pence or 0)


@given(PENCE, st.decimals(0, 20, places=2), st.decimals(0, 20, places=2))
def test_more_inflation_or_less_efficiency_never_gives_less(pence: int, one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    assert next_year(pence, inflation=low).value <= next_year(pence, inflation=high).value
    assert next_year(pence, efficiency=low).value >= next_year(pence, efficiency=high).value
