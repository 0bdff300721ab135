"""How far the value of a portfolio rests on few providers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from storage.engine.values import show_money
from storage.rules.explained import Explained, Reason
from storage.rules.rates import part_of, percentage, show_rate
from storage.rules.totals import Amount, Total, summed

_MOST_REASONS = 12


@dataclass(frozen=True, slots=True)
class Exposure:
    """What a portfolio holds with one provider: pence, and its share of all in per cent to two decimals."""

    provider: str
    pence: int
    percent: Decimal


@dataclass(frozen=True, slots=True)
class Concentration:
    """The providers by value, the largest first, and how concentrated they are.

    `hhi` is the Herfindahl–Hirschman index: the sum of the squared shares in per cent, from nearly 0 (many
    small providers) to 10,000 (one alone); None where there is no value at all. `value` tells what is missing.
    """

    value: Total
    providers: tuple[Exposure, ...]
    hhi: int | None

    def top_share(self, count: int = 1) -> Decimal | None:
        """What per cent of the value the largest providers hold; None where there is no value."""
        whole = sum(one.pence for one in self.providers)
        return percentage(sum(one.pence for one in self.providers[:count]), whole) if whole else None


def concentration(values: Iterable[tuple[str, int | None]]) -> Explained[Concentration]:
    """Shares by provider, the top share and the index, from a provider and a value for each contract.

    A contract without a value is told in the total and has no part in the shares; a provider whose contracts
    come to nought or less has none either.
    """
    amounts = []
    held: dict[str, int] = {}
    for provider, pence in values:
        amounts.append(Amount(pence))
        if pence is not None:
            held[provider] = held.get(provider, 0) + pence
    value = summed(amounts)
    positive = sorted(((p, v) for p, v in held.items() if v > 0), key=lambda one: (-one[1], one[0]))
    whole = sum(pence for _, pence in positive)
    found = Concentration(
        value,
        tuple(Exposure(provider, pence, percentage(pence, whole)) for provider, pence in positive),
        part_of(10_000, sum(pence * pence for _, pence in positive), whole * whole) if whole else None,
    )
    return Explained(found, _sentence(found, len(held) - len(positive)), _listed(found))


def exposure(provider: str, values: Iterable[tuple[str, int | None]]) -> Explained[Exposure | None]:
    """What the portfolio holds with one provider; None when it has no value there."""
    found = concentration(values).value
    one = next((e for e in found.providers if e.provider == provider), None)
    if one is None:
        return Explained(None, f"No value is recorded for contracts with {provider}.")
    place = found.providers.index(one) + 1
    why = (
        f"{provider}: {show_money(one.pence)}, {show_rate(one.percent)} of {found.value.words()}, "
        f"number {place} of {len(found.providers)} by value."
    )
    return Explained(one, why)


def _sentence(found: Concentration, without: int) -> str:
    """The portfolio in words: how many, how much with the largest, and the index."""
    top = found.top_share()
    if top is None or found.hhi is None:
        return "No provider has a value recorded, so there are no shares."
    largest, count = found.providers[0], len(found.providers)
    who = "One provider" if count == 1 else f"{count:,} providers"
    why = (
        f"{who}, {found.value.words()}: {largest.provider} is the largest with {show_rate(top)}. "
        f"Concentration index {found.hhi:,} of 10,000."
    )
    if without:
        come = "One provider comes" if without == 1 else f"{without:,} providers come"
        why += f" {come} to nought or less and {'has' if without == 1 else 'have'} no share."
    return why


def _listed(found: Concentration) -> tuple[Reason, ...]:
    """The largest providers one by one, and how the index is made."""
    lines = [
        Reason(f"{one.provider}: {show_money(one.pence)}, {show_rate(one.percent)}.")
        for one in found.providers[:_MOST_REASONS]
    ]
    if len(found.providers) > _MOST_REASONS:
        lines.append(Reason(f"And {len(found.providers) - _MOST_REASONS:,} smaller ones."))
    if found.hhi is not None:
        lines.append(
            Reason("The index adds up the squares of all shares in per cent.", "Herfindahl–Hirschman index")
        )
    return tuple(lines)
