"""Tests of the Procurement Act 2023: is it above the threshold, is a change published, are indicators owed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from storage.engine.values import show_money
from storage.rules.explained import Explained, Reason
from storage.rules.procurement.regimes import LIGHT_TOUCH, PA23, PSR
from storage.rules.procurement.thresholds import (
    Threshold,
    number_of,
    pence_of,
    percent_shown,
    unknown_without_limits,
)

SERVICES, WORKS, CONCESSION = "services", "works", "concession"
"""What is bought; goods go with services."""


@unknown_without_limits
def above_threshold(
    value_pence: int | None,
    on: date | None,
    limits: Iterable[Threshold],
    *,
    what: str = SERVICES,
    light_touch: bool = False,
    central: bool = False,
) -> Explained[bool | None]:
    """Whether an estimated value, VAT included, makes a public contract: reaching the threshold is enough.

    `central` is central government and the NHS; councils and others are not (Procurement Act 2023, Schedule 1).
    Raises KeyError for something that is neither services, works nor a concession.
    """
    if value_pence is None:
        return Explained(None, "No estimated value is recorded.")
    body = "services_central" if central else "services_sub_central"
    kinds = {
        SERVICES: "light_touch" if light_touch else body,
        WORKS: "works",
        CONCESSION: "concession_light_touch" if light_touch else "concession",
    }
    amount, found = pence_of(f"procurement_{kinds[what]}", on, limits)
    reached = value_pence >= amount
    why = f"{show_money(value_pence)} with VAT {'reaches' if reached else 'is below'} the threshold of {found.shown}."
    return Explained(reached, why, (found.reason,))


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a contract: of its estimated value in pence and of its term in days; less is negative."""

    value_pence: int = 0
    term_days: int = 0


@dataclass(frozen=True, slots=True)
class ChangedContract:
    """What the change notice test needs to know of the contract as it stands before the change."""

    regime: str
    value_pence: int | None  # the estimated value
    longest_term_days: int | None = None  # the longest term provided for on award, options included
    works: bool = False


@unknown_without_limits
def change_notice(
    contract: ChangedContract,
    change: Change,
    on: date | None,
    limits: Iterable[Threshold],
    *,
    made_with: Sequence[Change] = (),
    restructuring: bool = False,
) -> Explained[bool | None]:
    """Whether a contract change notice has to be published before a change (Procurement Act 2023, section 75).

    Not for a light touch contract, nor while the change stays within the percentage of the value, or of the longest
    term; where both change and one stays within, the letter of the section asks for none. `made_with` are earlier
    changes that could reasonably have been made together with this one: they count together. `restructuring` is a
    new supplier after a corporate restructuring, which is published whatever its size.
    """
    exempt = _not_under_section_75(contract.regime)
    if exempt is not None:
        return exempt
    if restructuring:
        why = "A new supplier after a corporate restructuring is published whatever its size."
        return Explained(True, why, (Reason(why, "Procurement Act 2023, section 75(2) and Schedule 8"),))
    limits = tuple(limits)
    alone = _size_test(contract, change, on, limits)
    if alone.value is not False or not made_with:
        return alone
    whole = Change(
        change.value_pence + sum(each.value_pence for each in made_with),
        change.term_days + sum(each.term_days for each in made_with),
    )
    return _together(alone, _size_test(contract, whole, on, limits))


@unknown_without_limits
def kpis_owed(
    regime_code: str,
    value_pence: int | None,
    on: date | None,
    limits: Iterable[Threshold],
    *,
    framework: bool = False,
    concession: bool = False,
    not_appropriate: bool = False,
) -> Explained[bool | None]:
    """Whether key performance indicators have to be set and published (Procurement Act 2023, section 52).

    For an estimated value of more than the amount, with VAT; exactly the amount is not more. Never for a health care
    contract, a light touch contract, a framework or a concession, nor where indicators could not measure the work.
    """
    exempt = _exempt_from_kpis(regime_code, framework, concession, not_appropriate)
    if exempt is not None:
        return exempt
    if value_pence is None:
        return Explained(None, "No estimated value is recorded.")
    amount, by_amount = pence_of("pa23_kpi_value", on, limits)
    if value_pence <= amount:
        why = f"{show_money(value_pence)} is not more than {by_amount.shown}: no indicators are owed."
        return Explained(False, why, (by_amount.reason,))
    count, by_count = number_of("pa23_kpi_count", on, limits)
    why = f"{show_money(value_pence)} is more than {by_amount.shown}: at least {count} indicators are owed."
    return Explained(True, why, (by_amount.reason, by_count.reason))


def _exempt_from_kpis(
    regime_code: str, framework: bool, concession: bool, not_appropriate: bool
) -> Explained[bool | None] | None:
    """The answer for contracts that owe no indicators whatever their value; None for the others."""
    exemptions = (
        (regime_code == PSR, "Health care contracts do not fall under the Act", "120 (check)"),
        (regime_code == LIGHT_TOUCH, "Light touch contracts are exempt", "52(6)"),
        (regime_code != PA23, "The contract does not fall under the Act", "52"),
        (framework, "Frameworks are exempt", "52(6)"),
        (concession, "Concessions are exempt", "52(6)"),
        (not_appropriate, "Indicators could not measure the performance", "52(2)"),
    )
    for holds, words, section in exemptions:
        if holds:
            why = f"{words}: no key performance indicators are owed."
            return Explained(False, why, (Reason(why, f"Procurement Act 2023, section {section}"),))
    return None


def _together(alone: Explained[bool | None], together: Explained[bool | None]) -> Explained[bool | None]:
    """A change that is small alone, weighed with the earlier ones it belongs to."""
    if together.value is False:
        return Explained(False, f"{alone.why} Nor with the earlier changes together.", together.reasons)
    joined = Reason(
        "Changes that could reasonably have been made as one count together.",
        "Procurement Act 2023, section 75(4) and (5)",
    )
    why = f"With the earlier changes together: {together.why}"
    return Explained(together.value, why, (joined, *together.reasons))


def _not_under_section_75(regime_code: str) -> Explained[bool | None] | None:
    """The answer for contracts section 75 says nothing about; None for those it does."""
    if regime_code == PA23:
        return None
    if regime_code == LIGHT_TOUCH:
        why = "A light touch contract may be changed without a change notice."
        return Explained(False, why, (Reason(why, "Procurement Act 2023, section 75(6)(b)"),))
    why = "The contract does not fall under the Procurement Act, so it owes no change notice under it."
    return Explained(False, why, (Reason(why, "Procurement Act 2023, section 75"),))


@dataclass(frozen=True, slots=True)
class _Part:
    """One side of a change, value or term: whether it goes beyond its percentage, in words, and the limit."""

    beyond: bool
    words: str
    reason: Reason


def _size_test(
    contract: ChangedContract, change: Change, on: date | None, limits: tuple[Threshold, ...]
) -> Explained[bool | None]:
    """Whether one change, or several together, goes beyond the percentages; only what is changed is looked at."""
    if change.value_pence and contract.value_pence is None:
        return Explained(None, "No estimated value is recorded.")
    if change.term_days and contract.longest_term_days is None:
        return Explained(None, "The longest term provided for on award is not recorded.")
    kind = "works" if contract.works else "services"
    value = _part(change.value_pence, contract.value_pence, kind, "the estimated value", on, limits)
    term = _part(change.term_days, contract.longest_term_days, "term", "the longest term", on, limits)
    parts = [each for each in (value, term) if each is not None]
    if not parts:
        return Explained(False, "Value and term stay as they are: no change notice.")
    sizes = " and ".join(each.words for each in parts)
    reasons = tuple(each.reason for each in parts)
    if all(each.beyond for each in parts):
        return Explained(True, f"A change by {sizes}: a change notice is owed before it is made.", reasons)
    if any(each.beyond for each in parts):
        why = (
            f"A change by {sizes}: by the letter no change notice, as one of the two is small."
            " Publishing one is the careful course."
        )
        source = "Procurement Act 2023, section 75(2) (check)"
        letter = Reason("Either of the two within its percentage is enough.", source)
        return Explained(False, why, (*reasons, letter))
    return Explained(False, f"A change by {sizes}: no change notice.", reasons)


def _part(
    size: int, base: int | None, kind: str, of_what: str, on: date | None, limits: tuple[Threshold, ...]
) -> _Part | None:
    """One side of a change; None when it stays as it is. Raises NotInForce."""
    if size == 0 or base is None:
        return None
    percent, found = number_of(f"pa23_change_percent_{kind}", on, limits)
    return _Part(
        abs(size) * 100 > percent * abs(base), f"{percent_shown(size, base)} of {of_what}", found.reason
    )
