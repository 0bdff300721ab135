"""VAT that cannot be recovered is a cost; VAT that can is none."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.rules.vat import NET_OF_RECOVERABLE, VatBasis, with_vat

EXCLUDING, INCLUDING, NOT_SAID = VatBasis
TWENTY = Decimal(20)


@pytest.mark.parametrize(
    ("basis", "irrecoverable", "rate", "cost", "said"),
    [
        (
            EXCLUDING,
            1_000_000,
            None,
            11_000_000,
            "£110,000.00 = £100,000.00 plus £10,000.00 irrecoverable VAT.",
        ),
        (EXCLUDING, 0, None, 10_000_000, "£100,000.00 = £100,000.00 plus £0.00 irrecoverable VAT."),
        (
            EXCLUDING,
            None,
            TWENTY,
            10_000_000,
            "£100,000.00 excluding VAT; no irrecoverable VAT is recorded to be added.",
        ),
        (
            INCLUDING,
            1_000_000,
            TWENTY,
            9_333_333,
            "£93,333.33 = £83,333.33 without VAT at 20%, plus £10,000.00 irrecoverable VAT.",
        ),
        (
            INCLUDING,
            1_000_000,
            None,
            10_000_000,
            "£100,000.00 including VAT: the VAT rate is not recorded, so none of it is taken out.",
        ),
        (
            INCLUDING,
            None,
            TWENTY,
            10_000_000,
            "£100,000.00 including VAT: how much of the VAT cannot be recovered is not recorded, "
            "so none of it is taken out.",
        ),
        (
            INCLUDING,
            2_000_000,
            TWENTY,
            10_000_000,
            "£100,000.00 including VAT, kept gross: the irrecoverable VAT of £20,000.00 is more than all VAT in it "
            "(£16,666.67 at 20%).",
        ),
        (
            NOT_SAID,
            1_000_000,
            TWENTY,
            10_000_000,
            "£100,000.00, as recorded: whether VAT is in it is not said.",
        ),
    ],
)
def test_cost_to_the_commissioner(
    basis: VatBasis, irrecoverable: int | None, rate: Decimal | None, cost: int, said: str
) -> None:
    found = with_vat(10_000_000, basis, irrecoverable, rate)
    assert found.value == cost
    assert found.why == said


def test_the_reasons_name_the_rule() -> None:
    found = with_vat(100, EXCLUDING, 20)
    assert [reason.words for reason in found.reasons] == [
        "The value recorded is £1.00 (excluding VAT).",
        "Irrecoverable VAT: £0.20.",
        "Recoverable VAT is no cost.",
    ]
    assert found.reasons[-1].source == NET_OF_RECOVERABLE
    assert with_vat(None, EXCLUDING).why == "No value is recorded."


def test_a_rate_below_nought_is_refused() -> None:
    with pytest.raises(ValueError, match="below nought"):
        with_vat(100, INCLUDING, 0, Decimal(-5))


@pytest.mark.parametrize(
    ("words", "basis"),
    [("excluding vat", EXCLUDING), ("Including  VAT", INCLUDING), ("", NOT_SAID), ("net", NOT_SAID)],
)
def test_reads_the_basis(words: str, basis: VatBasis) -> None:
    assert VatBasis.read(words) is basis


@given(st.integers(0, 10**13), st.decimals(0, 100, places=2))
def test_a_gross_value_whose_vat_is_all_irrecoverable_costs_what_it_says(pence: int, rate: Decimal) -> None:
    net = with_vat(pence, INCLUDING, 0, rate).value
    assert net is not None
    assert with_vat(pence, INCLUDING, pence - net, rate).value == pence
    assert 0 <= net <= pence
