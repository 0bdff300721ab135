"""How a contract’s worked-out values come about; the arithmetic itself is in `storage.rules`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Protocol

from storage.engine.conditions import Case, Where
from storage.engine.parts import Parts
from storage.engine.values import show_money
from storage.records.contract_ends import AVAILABLE, Ending, agreed_end, options_of
from storage.records.measures import Kpi
from storage.records.organisations import Organisation
from storage.records.parties import Party
from storage.rules.explained import Explained
from storage.rules.kpi_overall import Rated, overall
from storage.rules.money import annualised, value_of_a_year
from storage.rules.position import (
    AWARDED,
    CANCELLED,
    DRAFT,
    EXPIRED,
    LIVE,
    NO_END_DATE,
    NOT_STARTED,
    NOTICE_SERVED,
    OPEN_ENDED,
    ROLLING,
    RUNNING_ON,
    TERMINATED,
    band_edges,
)
from storage.rules.renewal import OPEN_ENDED as NEVER_ENDS
from storage.rules.renewal import ROLLS_OVER, RUNS_ON

Cells = Mapping[str, object]


class Contract(Ending, Protocol):
    """What these rules read of a contract."""

    @property
    def current_value(self) -> int | None: ...


def provider_name(contract: Contract, parts: Parts) -> Explained[str]:
    """The providers of a contract by name, in the order they were added."""
    parties = parts.of(Party, "parties")
    held = {o.id: o for o in parts.of(Organisation, "organisations")}
    names = [_called(o) for p in parties if p.role == "Provider" and (o := held.get(p.organisation))]
    if not names:
        return Explained("", "No organisation has the role of provider.")
    return Explained(
        "; ".join(dict.fromkeys(names)), "The organisations whose role in this contract is provider."
    )


def _called(organisation: Organisation) -> str:
    return f"{organisation.name} (in the bin)" if organisation.binned else organisation.name


def annualised_value(contract: Contract, parts: Parts) -> Explained[int | None]:
    """What the current value comes to in a year, over the months from the start to the current end."""
    end = agreed_end(contract, parts).value
    if parts.silent:
        return Explained(value_of_a_year(contract.current_value, contract.start, end), "")
    if contract.start and end and end < contract.start:
        return Explained(None, "The current end is before the start, so there is no length to divide by.")
    return annualised(contract.current_value, contract.start, end)


def value_with_options(contract: Contract, parts: Parts) -> Explained[int | None]:
    """The current value with what every option still available would add."""
    if contract.current_value is None:
        return Explained(None, "No current value is recorded.")
    options = [o for o in options_of(contract, parts) if o.status == AVAILABLE]
    added = sum([o.value for o in options if o.value is not None])
    if parts.silent:
        return Explained(contract.current_value + added, "")
    unknown = sum(o.value is None for o in options)
    why = f"{show_money(contract.current_value + added)} = current value {show_money(contract.current_value)}"
    why += f" plus {show_money(added)} for {len(options) - unknown} open options."
    if unknown:
        why += f" {unknown} more {'has' if unknown == 1 else 'have'} no value yet, so it may come to more."
    return Explained(contract.current_value + added, why)


def kpi_rating(contract: Contract, parts: Parts) -> Explained[str]:
    """The rating of a contract: the worst of its measures."""
    measures = parts.of(Kpi, "kpis")
    return overall([Rated(k.title or "A measure", k.rating) for k in measures])


@lru_cache(maxsize=4)  # asked for every row of a table
def position_cases(today: date) -> tuple[Case, ...]:
    """Where a contract stands, as conditions on its fields: the same rule as `storage.rules.position`."""
    ended = Where("agreed_end", "before", (today,))
    noticed = Where("stage", "is", ("Notice served",))
    begins_later = Where("start", "after", (today,))
    awarded = Where("stage", "is", ("Awarded",))
    return (
        ((Where("stage", "is", ("Draft",)),), DRAFT),
        ((Where("stage", "is", ("Terminated",)),), TERMINATED),
        ((Where("stage", "is", ("Cancelled",)),), CANCELLED),
        ((ended, noticed), EXPIRED),
        ((ended, Where("runs_on", "is", (True,))), RUNNING_ON),
        ((ended, Where("renewal", "is", (RUNS_ON,))), RUNNING_ON),
        ((ended, Where("renewal", "is", (ROLLS_OVER,))), ROLLING),
        ((ended, Where("renewal", "is", (NEVER_ENDS,))), OPEN_ENDED),
        ((ended,), EXPIRED),
        ((noticed,), NOTICE_SERVED),
        ((awarded, Where("start", "blank")), AWARDED),
        ((awarded, begins_later), AWARDED),
        ((begins_later,), NOT_STARTED),
        ((Where("agreed_end", "blank"),), OPEN_ENDED),
        ((), LIVE),
    )


@lru_cache(maxsize=4)
def band_cases(today: date) -> tuple[Case, ...]:
    """Expiry bands as conditions on the end that counts: the same edges as `storage.rules.position`."""
    made: list[Case] = [((Where("ends", "blank"),), NO_END_DATE)]
    for name, first, last in band_edges(today):
        bounds = [Where("ends", "on or after", (first,))] if first else []
        bounds += [Where("ends", "on or before", (last,))] if last else []
        if bounds:
            made.append((tuple(bounds), name))
    return tuple(made)


def changes_daily(today: date) -> tuple[tuple[Where, ...], ...]:
    """Which contracts hold worked-out dates that a new day has made untrue: those that roll over."""
    rolls = Where("renewal", "is", (ROLLS_OVER,))
    return tuple(
        (rolls, Where(name, "before", (today,))) for name in ("ends", "notice_by", "provider_notice_by")
    )
