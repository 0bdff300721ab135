"""How a contract’s worked-out values come about; the arithmetic itself is in `storage.rules`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Protocol

from storage.engine.conditions import Case, Where
from storage.engine.fields import Period
from storage.engine.parts import Parts
from storage.records.organisations import Organisation
from storage.records.parties import Party
from storage.records.reference import CUSHION_DAYS, BankHoliday, Desk
from storage.rules.explained import Explained
from storage.rules.money import annualised
from storage.rules.notice import NoticeTerms, last_day_to_give_notice, serve_by
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


class Contract(Protocol):
    """What these rules read of a contract."""

    @property
    def start(self) -> date | None: ...
    @property
    def current_end(self) -> date | None: ...
    @property
    def notice_commissioner(self) -> Period | None: ...
    @property
    def notice_provider(self) -> Period | None: ...
    @property
    def notice_clause(self) -> str: ...
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


def notice_by(contract: Contract, parts: Parts) -> Explained[date | None]:
    """The last day on which the commissioner may give notice for the current end."""
    terms = NoticeTerms(contract.notice_commissioner, clause=contract.notice_clause)
    return last_day_to_give_notice(contract.current_end, terms)


def provider_notice_by(contract: Contract, parts: Parts) -> Explained[date | None]:
    """The last day on which the provider may give notice for the current end."""
    terms = NoticeTerms(contract.notice_provider, clause=contract.notice_clause, side="provider")
    return last_day_to_give_notice(contract.current_end, terms)


def serve_notice_by(contract: Contract, parts: Parts) -> Explained[date | None]:
    """The working day by which to serve notice, days to spare taken off."""
    holidays = frozenset(h.on for h in parts.of(BankHoliday, "holidays") if h.on)
    desk = next(iter(parts.of(Desk, "desk")), None)
    cushion = CUSHION_DAYS if desk is None or desk.cushion_days is None else max(0, desk.cushion_days)
    last_day = notice_by(contract, parts)
    return serve_by(last_day.value, holidays, cushion, last_day.reasons)


def annualised_value(contract: Contract, parts: Parts) -> Explained[int | None]:
    """What the current value comes to in a year, over the months from the start to the current end."""
    if contract.start and contract.current_end and contract.current_end < contract.start:
        return Explained(None, "The current end is before the start, so there is no length to divide by.")
    return annualised(contract.current_value, contract.start, contract.current_end)


@lru_cache(maxsize=4)  # asked for every row of a table
def position_cases(today: date) -> tuple[Case, ...]:
    """Where a contract stands, as conditions on its fields: the same rule as `storage.rules.position`."""
    ended = Where("current_end", "before", (today,))
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
        ((Where("current_end", "blank"),), OPEN_ENDED),
        ((), LIVE),
    )


@lru_cache(maxsize=4)
def band_cases(today: date) -> tuple[Case, ...]:
    """Expiry bands as conditions on the current end: the same edges as `storage.rules.position`."""
    made: list[Case] = [((Where("current_end", "blank"),), NO_END_DATE)]
    for name, first, last in band_edges(today):
        bounds = [Where("current_end", "on or after", (first,))] if first else []
        bounds += [Where("current_end", "on or before", (last,))] if last else []
        if bounds:
            made.append((tuple(bounds), name))
    return tuple(made)
