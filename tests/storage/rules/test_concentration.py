"""How far a portfolio rests on few providers."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.rules.concentration import concentration, exposure

VALUES = st.lists(
    st.tuples(st.sampled_from("ABCDEF"), st.none() | st.integers(-(10**12), 10**12)), max_size=20
)


@pytest.mark.parametrize(
    ("values", "hhi", "top"),
    [
        ([("A", 100)], 10_000, "100"),
        ([("A", 50), ("B", 50)], 5_000, "50"),
        ([("A", 60), ("B", 30), ("C", 10)], 4_600, "60"),
        ([("B", 30), ("A", 20), ("C", 10), ("A", 40)], 4_600, "60"),
        ([(str(n), 1) for n in range(10_000)], 1, "0.01"),
    ],
)
def test_index_and_top_share(values: list[tuple[str, int]], hhi: int, top: str) -> None:
    found = concentration(values).value
    assert found.hhi == hhi
    assert found.top_share() == Decimal(top)


def test_concentration_in_words() -> None:
    found = concentration([("Alder Trust", 6_000_000), ("Birch CIC", 4_000_000), ("Alder Trust", None)])
    assert found.why == (
        "2 providers, £100,000 plus 1 with no figure recorded: Alder Trust is the largest with 60%. "
        "Concentration index 5,200 of 10,000."
    )
    assert [reason.words for reason in found.reasons] == [
        "Alder Trust: £60,000.00, 60%.",
        "Birch CIC: £40,000.00, 40%.",
        "The index adds up the squares of all shares in per cent.",
    ]
    assert found.value.top_share(2) == 100


def test_a_provider_at_nought_or_less_has_no_share_and_is_told() -> None:
    found = concentration([("A", 100), ("B", 0), ("C", -50)])
    assert [one.provider for one in found.value.providers] == ["A"]
    assert found.why.endswith("2 providers come to nought or less and have no share.")
    assert concentration([("A", 100), ("B", 0)]).why.endswith(
        "One provider comes to nought or less and has no share."
    )


def test_without_values_there_are_no_shares() -> None:
    found = concentration([("A", None)])
    assert found.value.hhi is None
    assert found.value.top_share() is None
    assert found.why == "No provider has a value recorded, so there are no shares."


def test_of_many_providers_the_reasons_name_the_largest() -> None:
    found = concentration((f"Provider {n:02d}", 100 + n) for n in range(20))
    assert len(found.reasons) == 14
    assert found.reasons[12].words == "And 8 smaller ones."


def test_exposure_to_one_provider() -> None:
    values = [("A", 6_000), ("B", 4_000)]
    found = exposure("B", values)
    assert found.value is not None
    assert (found.value.pence, found.value.percent) == (4_000, Decimal(40))
    assert found.why == "B: £40.00, 40% of £100, number 2 of 2 by value."
    assert exposure("C", values).why == "No value is recorded for contracts with C."


@given(VALUES)
def test_shares_fall_from_the_largest_and_the_index_stays_in_bounds(
    values: list[tuple[str, int | None]],
) -> None:
    found = concentration(values).value
    sizes = [one.pence for one in found.providers]
    assert sizes == sorted(sizes, reverse=True)
    assert all(size > 0 for size in sizes)
    if found.hhi is not None:
        count = len(sizes)
        assert 10_000 // count <= found.hhi <= 10_000
        assert found.top_share(count) == 100
