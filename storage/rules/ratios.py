"""Two figures set against one another: a cost as a share of what it buys, and a cost for each unit."""

from __future__ import annotations

from decimal import Decimal

from storage.engine.values import show_money
from storage.rules.explained import Explained, Reason
from storage.rules.rates import part_of, percentage, show_rate


def cost_as_share(cost: int | None, value: int | None, places: int = 3) -> Explained[Decimal | None]:
    """What per cent a cost is of the value it brings about, such as commissioning of what is commissioned."""
    if cost is None or value is None:
        return Explained(None, f"No {'cost' if cost is None else 'value'} is recorded.")
    if value <= 0:
        return Explained(None, f"A value of {show_money(value)} has no share to be worked out.")
    share = percentage(cost, value, places)
    return Explained(
        share,
        f"{show_rate(share)} = {show_money(cost)} ÷ {show_money(value)}.",
        (Reason(f"The cost is {show_money(cost)}."), Reason(f"The value is {show_money(value)}.")),
    )


def cost_for_each(cost: int | None, units: int | None, unit: str = "unit") -> Explained[int | None]:
    """A cost for one of so many units (beds, places, people), in pence, half up."""
    if cost is None or units is None:
        missing = "cost" if cost is None else f"number to divide by ({unit})"
        return Explained(None, f"No {missing} is recorded.")
    if units <= 0:
        return Explained(None, f"A cost for each {unit} needs at least one of them.")
    each = part_of(cost, 1, units)
    return Explained(
        each,
        f"{show_money(each)} for each {unit} = {show_money(cost)} ÷ {units:,}.",
        (
            Reason(f"The cost is {show_money(cost)}."),
            Reason(f"The number to divide by ({unit}) is {units:,}."),
        ),
    )
