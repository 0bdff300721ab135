"""Splitting an amount by weights so that the shares sum to it exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import lcm

from storage.engine.values import show_money
from storage.rules.explained import Explained, Reason
from storage.rules.rates import show_rate


@dataclass(frozen=True, slots=True)
class Weight:
    """Somebody with a part in a whole: a percentage, pence contributed, beds, or one each."""

    name: str
    weight: int | Decimal


@dataclass(frozen=True, slots=True)
class Share:
    """What falls to somebody: pence, and the part in per cent to two decimals."""

    name: str
    pence: int
    percent: Decimal


def split(whole: int, weights: Sequence[int | Decimal]) -> tuple[int, ...]:
    """A whole number (of pence) split by weights; the parts sum to it exactly.

    Largest remainder: each gets what is due rounded down, and what is left goes penny by penny to those who
    lost most by that, the first listed where they lost the same. An amount below nought is split as its size.
    A weight of nought gets nothing.
    Raises ValueError when a weight is below nought or all of them are nought.
    """
    scaled = _scaled(weights)
    together = sum(scaled)
    due = [divmod(abs(whole) * weight, together) for weight in scaled]
    parts = [part for part, _ in due]
    lost_most = sorted(range(len(due)), key=lambda place: -due[place][1])
    for place in lost_most[: abs(whole) - sum(parts)]:
        parts[place] += 1
    return tuple(-part for part in parts) if whole < 0 else tuple(parts)


def percentages(weights: Sequence[int | Decimal], places: int = 2) -> tuple[Decimal, ...]:
    """The weights in per cent to so many decimals, which sum to 100 exactly.

    Raises ValueError as `split` does.
    """
    return tuple(Decimal(part).scaleb(-places) for part in split(100 * 10**places, weights))


def shared(pence: int | None, weights: Sequence[Weight], basis: str = "") -> Explained[tuple[Share, ...]]:
    """An amount (such as an overspend, or an underspend below nought) split among partners to the penny.

    `basis` says in words what the weights are and where they are agreed. Without an amount, without
    anybody to share it, or with weights that cannot be shared by, nobody has a share and the sentence says why.
    """
    if pence is None:
        return Explained((), "No amount is recorded to be shared.")
    if not weights:
        return Explained((), f"Nobody is recorded to share {show_money(pence)}.")
    below = next((one for one in weights if one.weight < 0), None)
    if below is not None:
        return Explained(
            (), f"{below.name} has a share below nought, so {show_money(pence)} cannot be split."
        )
    if not any(one.weight for one in weights):
        return Explained((), f"All shares are nought, so {show_money(pence)} cannot be split.")
    scaled = _scaled([one.weight for one in weights])
    parts = split(pence, scaled)
    per_cent = percentages(scaled)
    found = tuple(
        Share(one.name, part, percent) for one, part, percent in zip(weights, parts, per_cent, strict=True)
    )
    why = f"{show_money(pence)} shared by {_people(len(found))}{f', by {basis}' if basis else ''}."
    if any(pence * weight % sum(scaled) for weight in scaled):
        why += " Odd pennies go to those who lose most by rounding, then in the order listed."
    lines = tuple(Reason(f"{s.name}: {show_rate(s.percent)} = {show_money(s.pence)}.") for s in found)
    return Explained(found, why, lines)


def _scaled(weights: Sequence[int | Decimal]) -> list[int]:
    """The weights as whole numbers in the same proportions. Raises ValueError as `split` says."""
    exact = [weight.as_integer_ratio() for weight in weights]
    common = lcm(*(bottom for _, bottom in exact))
    scaled = [top * (common // bottom) for top, bottom in exact]
    if any(weight < 0 for weight in scaled):
        raise ValueError("A weight cannot be below nought.")
    if not any(scaled):
        raise ValueError("Nothing can be split where every weight is nought.")
    return scaled


def _people(count: int) -> str:
    """So many who share, in words."""
    return "one alone" if count == 1 else f"{count:,}"
