"""Price steps: each on the one before, with the rate as it works."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from storage.desk.finance.price_steps import after_steps, figure_of, price_after_each, yearly
from storage.records.contracts import Contract
from storage.records.finance import PriceStep

HELD = Contract(annual_value=100_000_00)
FIRST = PriceStep(id=1, on=date(2025, 4, 1), rate=Decimal(3))
SECOND = PriceStep(id=2, on=date(2026, 4, 1), method="NHS uplift less efficiency, added", rate=Decimal(4),
                   efficiency=Decimal(2))  # fmt: skip


def test_each_step_works_on_the_price_after_the_one_before() -> None:
    assert price_after_each(HELD, [SECOND, FIRST]) == {1: 103_000_00, 2: 105_060_00}
    found = after_steps(HELD, [FIRST, SECOND])
    assert found.value is not None and found.value.value == 105_060_00


def test_a_step_without_a_rate_or_a_price_to_work_on_says_nothing() -> None:
    assert figure_of(PriceStep(on=date(2025, 4, 1))) is None
    assert (
        figure_of(PriceStep(on=date(2025, 4, 1), rate=Decimal(3), floor=Decimal(5), cap=Decimal(4))) is None
    )
    assert price_after_each(HELD, [PriceStep(id=3, on=date(2025, 4, 1)), FIRST]) == {1: 103_000_00}
    assert price_after_each(Contract(), [FIRST]) == {}


def test_the_price_of_a_year_is_the_one_recorded_first() -> None:
    assert yearly(HELD) == 100_000_00 and yearly(Contract()) is None
