"""The price of a contract as its recorded steps of indexation move it, each on the one before."""

from __future__ import annotations

from collections.abc import Sequence

from storage.records.contracts import Contract
from storage.records.finance import PriceStep
from storage.rules.explained import Explained
from storage.rules.indexation import Figure, IndexationMethod, Indexed, Limits, compounded, rate_for


def figure_of(step: PriceStep) -> Figure | None:
    """A recorded step as the rules take it; None where it has no day, or no rate that can be one."""
    if step.on is None or step.rate is None:
        return None
    try:
        rate = rate_for(IndexationMethod(step.method), step.rate, step.efficiency)
        return Figure(step.on, rate, step.source, Limits(step.floor, step.cap))
    except ValueError:
        return None


def yearly(contract: Contract) -> int | None:
    """What a contract costs in a year before its steps: as recorded, else worked out from its value."""
    return contract.annual_value if contract.annual_value is not None else contract.annualised


def after_steps(contract: Contract, steps: Sequence[PriceStep]) -> Explained[Indexed | None]:
    """The yearly price once every step is made, with each step as a reason."""
    return compounded(yearly(contract), [f for step in steps if (f := figure_of(step)) is not None])


def price_after_each(contract: Contract, steps: Sequence[PriceStep]) -> dict[int, int]:
    """The yearly price after each step, in pence by the id of the step; a step without a rate is left out."""
    made = sorted(
        (s for s in steps if figure_of(s) is not None), key=lambda s: s.on.toordinal() if s.on else 0
    )
    found = after_steps(contract, made).value
    if found is None:
        return {}
    return {step.key: uplift.after for step, uplift in zip(made, found.steps, strict=True)}
