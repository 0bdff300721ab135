"""One rating out of many, and the words the Procurement Act has for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from storage.rules.explained import Explained, Reason
from storage.rules.kpis import AMBER, GREEN, RED, UNRATED, show_mean, show_number

WORST, WEIGHTED = "Worst", "Weighted"
METHODS = (WORST, WEIGHTED)

GOOD = "Good"
APPROACHING = "Approaching target"
REQUIRES_IMPROVEMENT = "Requires improvement"
INADEQUATE = "Inadequate"
OTHER = "Other"
ACT_RATINGS = (GOOD, APPROACHING, REQUIRES_IMPROVEMENT, INADEQUATE, OTHER)
"""The closed list of ratings of a contract performance notice (UK9)."""

_ACT_SOURCE = "Procurement Act 2023, section 71; Procurement Regulations 2024, regulation 39(5)"
_CHOICES = {
    GREEN: (GOOD,),
    AMBER: (APPROACHING,),
    RED: (REQUIRES_IMPROVEMENT, INADEQUATE),
    UNRATED: (OTHER,),
}
_POINTS = {GREEN: Decimal(2), AMBER: Decimal(1), RED: Decimal(0)}
_GREEN_FROM, _AMBER_FROM = Decimal("1.5"), Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Rated:
    """The rating of one KPI, with its name and how much it counts."""

    name: str
    rating: str
    weight: Decimal = Decimal(1)


def overall(rated: Sequence[Rated], method: str = WORST) -> Explained[str]:
    """The rating of a contract out of those of its KPIs; unrated ones are passed over and counted in words.

    By the worst of them, or weighted: green counts 2, amber 1, red 0, and a mean from 1.5 is green, from 0.5
    amber. Raises ValueError for another method or a weight below nought.
    """
    if method not in METHODS:
        raise ValueError(f"A contract is rated by {' or '.join(METHODS).lower()}, not {method}.")
    if any(one.weight < 0 for one in rated):
        raise ValueError("A weight cannot be below nought.")
    if not rated:
        return Explained(UNRATED, "Unrated: there are no KPIs.")
    known = [one for one in rated if one.rating in _POINTS]
    steps = tuple(Reason(f"{one.name}: {one.rating}{_weight(one, method)}") for one in rated)
    left_out = len(rated) - len(known)
    rest = f" {left_out} unrated {'is' if left_out == 1 else 'are'} left out." if left_out else ""
    if not known:
        return Explained(UNRATED, "Unrated: no KPI is rated yet.", steps)
    found = _by_worst(known) if method == WORST else _by_weight(known)
    return Explained(found.value, found.why + rest, steps)


def act_rating(rating: str, chosen: str = "") -> Explained[str]:
    """The Act's word for a rating; blank where a person has to choose one and has not.

    Green is good and amber is approaching target. Red needs a person to say which of two it is; what cannot
    be rated is blank, or *Other* when a person chose it. A choice that the rating does not allow is not taken.
    """
    options = _CHOICES.get(rating, (OTHER,))
    step = (Reason("The ratings of a contract performance notice are a closed list.", _ACT_SOURCE),)
    if chosen in options:
        return Explained(chosen, f"{chosen}: chosen for a rating of {rating}.", step)
    refused = f"“{chosen}” does not go with a rating of {rating}; " if chosen else ""
    if rating in (GREEN, AMBER):
        why = f"{options[0]}: {refused}the Act’s word for {rating.lower()}."
        return Explained(options[0], why, step)
    if rating == RED:
        why = (
            f"{refused}choose between {REQUIRES_IMPROVEMENT} and {INADEQUATE}: the figures do not say which."
        )
    else:
        why = f"{refused}not rated yet; choose {OTHER} if it cannot be rated at all."
    return Explained("", why[0].upper() + why[1:], step)


def _by_worst(known: Sequence[Rated]) -> Explained[str]:
    """The worst rating, with the names that have it."""
    worst = min(known, key=lambda one: _POINTS[one.rating]).rating
    names = [one.name for one in known if one.rating == worst]
    if worst == GREEN:
        return Explained(worst, f"Green: {'the one' if len(known) == 1 else f'all {len(known)}'} rated met.")
    return Explained(worst, f"{worst}: the worst of {len(known)} rated ({', '.join(names)}).")


def _by_weight(known: Sequence[Rated]) -> Explained[str]:
    """The weighted mean, which still names what is red."""
    whole = sum((one.weight for one in known), Decimal(0))
    if not whole:
        return Explained(UNRATED, "Unrated: none of those rated has a weight.")
    mean = sum((_POINTS[one.rating] * one.weight for one in known), Decimal(0)) / whole
    colour = GREEN if mean >= _GREEN_FROM else AMBER if mean >= _AMBER_FROM else RED
    why = f"{colour}: the weighted mean is {show_mean(mean)} of 2 (green from 1.5, amber from 0.5)."
    red = [one.name for one in known if one.rating == RED]
    return Explained(colour, why + (f" Red among them: {', '.join(red)}." if red else ""))


def _weight(one: Rated, method: str) -> str:
    """What a KPI weighs, where weights count."""
    return f", weight {show_number(one.weight)}" if method == WEIGHTED and one.rating in _POINTS else ""
