"""Parts and percentages of whole pence: exact fractions, rounded half up once, at the end."""

from __future__ import annotations

from decimal import Decimal

from storage.engine.values_money import MINUS

LOWEST_RATE, HIGHEST_RATE = Decimal(-100), Decimal(1000)
"""What counts as a rate at all, in per cent: from everything lost to eleven times as much."""

_MOST_PLACES = 24


def checked_rate(rate: Decimal, places: int = _MOST_PLACES) -> Decimal:
    """The same rate, in per cent. Raises ValueError for no number, out of bounds, or more decimals than `places`."""
    if not rate.is_finite() or not LOWEST_RATE <= rate <= HIGHEST_RATE:
        raise ValueError(
            f"A rate lies between {show_rate(LOWEST_RATE)} and {show_rate(HIGHEST_RATE)}, not at {rate}."
        )
    exponent = rate.normalize().as_tuple().exponent
    if isinstance(exponent, int) and -exponent > places:
        raise ValueError(f"A rate can have at most {places} decimals here.")
    return rate


def show_rate(rate: Decimal) -> str:
    """A rate as people read it, without idle noughts: 4.83%, −2%, 1,000%."""
    whole, _, places = f"{abs(rate):,f}".partition(".")
    places = places.rstrip("0")
    shown = f"{whole}.{places}" if places else whole
    return f"{MINUS if rate < 0 else ''}{shown}%"


def part_of(pence: int, part: int, whole: int) -> int:
    """`pence` × part ÷ whole in whole pence, half up (away from nought below it).

    Raises ValueError unless the whole is above nought.
    """
    if whole <= 0:
        raise ValueError("Nothing can be a part of nought or less.")
    top = pence * part
    size = (2 * abs(top) + whole) // (2 * whole)
    return -size if top < 0 else size


def percent_of(pence: int, rate: Decimal) -> int:
    """So many per cent of an amount, half up. Raises ValueError for what is no rate."""
    top, bottom = checked_rate(rate).as_integer_ratio()
    return part_of(pence, top, 100 * bottom)


def raised_by(pence: int, rate: Decimal) -> int:
    """An amount raised by a rate; the new amount is rounded half up, not the rise.

    Raises ValueError for what is no rate.
    """
    top, bottom = checked_rate(rate).as_integer_ratio()
    return part_of(pence, 100 * bottom + top, 100 * bottom)


def percentage(part: int, whole: int, places: int = 2) -> Decimal:
    """What per cent a part is of a whole, half up to so many decimals.

    Raises ValueError unless the whole is above nought.
    """
    return Decimal(part_of(part, 100 * 10**places, whole)).scaleb(-places)
