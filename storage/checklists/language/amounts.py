"""Arithmetic that never raises: what cannot be worked out is not known."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal

from storage.checklists.language.sorts import Given

_SUMS = Context(prec=30, traps=[])
_FURTHEST = 4_000_000  # days: further than any calendar reaches


def plain(value: Decimal) -> Decimal | None:
    """A number, or None when it is none or beyond all measure."""
    return value if value.is_finite() and value.adjusted() < _SUMS.prec else None


def add(left: Given, right: Given) -> Given:
    """Two numbers together, or a date so many days on."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return plain(_SUMS.add(left, right))
    if isinstance(left, date) and isinstance(right, Decimal):
        return _moved(left, right)
    if isinstance(left, Decimal) and isinstance(right, date):
        return _moved(right, left)
    return None


def subtract(left: Given, right: Given) -> Given:
    """One number less another, a date so many days back, or the days from one date to another."""
    if isinstance(left, date) and isinstance(right, date):
        return Decimal((left - right).days)
    if isinstance(right, Decimal):
        return add(left, _SUMS.minus(right))
    return None


def multiply(left: Given, right: Given) -> Given:
    """Two numbers multiplied."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return plain(_SUMS.multiply(left, right))
    return None


def divide(left: Given, right: Given) -> Given:
    """One number divided by another; by nought is not known."""
    if isinstance(left, Decimal) and isinstance(right, Decimal) and right:
        return plain(_SUMS.divide(left, right))
    return None


def remainder(left: Given, right: Given) -> Given:
    """What is left over of a division, with the sign of the number divided."""
    if isinstance(left, Decimal) and isinstance(right, Decimal) and right:
        return plain(_SUMS.remainder(left, right))
    return None


def negative(value: Given) -> Given:
    """A number with the other sign."""
    return plain(_SUMS.minus(value)) if isinstance(value, Decimal) else None


def rounded(value: Given, places: int) -> Given:
    """A number to so many places, halves away from nought."""
    if not isinstance(value, Decimal):
        return None
    return plain(value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _SUMS))


def whole(value: Given) -> Given:
    """A number without what follows the point, towards nought."""
    if not isinstance(value, Decimal):
        return None
    cut = _SUMS.abs(value).quantize(Decimal(1), ROUND_FLOOR, _SUMS)
    return plain(cut if value >= 0 else _SUMS.minus(cut))


def _moved(day: date, days: Decimal) -> date | None:
    if abs(days) > _FURTHEST:
        return None
    try:
        return day + timedelta(days=int(days))
    except OverflowError:
        return None
