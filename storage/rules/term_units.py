"""Which unit the bare numbers of a term count, and how lengths of time are held against each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from storage.engine.values import Period, Unreadable
from storage.rules.term_words import Amount

_DAYS_OF_A_MONTH = Fraction(1461, 48)
# Half a year and three quarters of one are written as 6 and 9 far more often than such years are let.
_LIKE_MONTHS = (6, 9)
_MONTHS_FROM = 12
_WRITE_UNIT = "Write the unit after every number, such as 36m+12m or 3y+1y: “{}” could count years or months."


def measure(amounts: Sequence[Amount]) -> tuple[Fraction, Fraction]:
    """Months and days of some lengths together; weeks count seven days, years twelve months."""
    months = sum((a.number * {"y": 12, "m": 1}.get(a.unit, 0) for a in amounts), Fraction(0))
    days = sum((a.number * {"w": 7, "d": 1}.get(a.unit, 0) for a in amounts), Fraction(0))
    return months, days


def about(amounts: Sequence[Amount]) -> Fraction:
    """Roughly how many days some lengths are together, to tell the longer of two."""
    months, days = measure(amounts)
    return months * _DAYS_OF_A_MONTH + days


def as_period(amount: Amount) -> Period:
    """The period of a length; years with a fraction become months. Raises Unreadable when it is not whole."""
    if amount.number.denominator == 1:
        return Period(int(amount.number), amount.unit)
    months = amount.number * 12
    if amount.unit != "y" or months.denominator != 1:
        raise Unreadable(f"{float(amount.number):g} is no whole number of months.")
    return Period(int(months), "m")


def with_unit(amounts: Sequence[Amount], unit: str) -> list[Amount]:
    """The lengths with bare numbers counting this unit."""
    return [amount if amount.unit else replace(amount, unit=unit) for amount in amounts]


def settled(amounts: Sequence[Amount]) -> list[Amount]:
    """The lengths in order, each with a unit. A bare number counts years where it cannot well count months.

    Raises Unreadable where it could be either.
    """
    if all(amount.unit for amount in amounts):
        return list(amounts)
    if not any(amount.unit for amount in amounts):
        _check_plain_years(amounts)
        return with_unit(amounts, "y")
    found: list[Amount] = []
    for at, amount in enumerate(amounts):
        if not amount.unit:
            following = next((later for later in amounts[at + 1 :] if later.unit), None)
            amount = replace(amount, unit=_unit_beside(amount, amounts, found, following))
        found.append(amount)
    return found


def _check_plain_years(amounts: Sequence[Amount]) -> None:
    """Without any unit, numbers that look like months are refused: 12+12, 6+6, 9+3."""
    numbers = [amount.number for amount in amounts]
    first, options = numbers[0], numbers[1:]
    if (
        max(numbers) >= _MONTHS_FROM
        or any(number in _LIKE_MONTHS or (number > first and number > 5) for number in options)
        or (first in _LIKE_MONTHS and all(number in (3, *_LIKE_MONTHS) for number in options))
    ):
        raise Unreadable(_WRITE_UNIT.format("+".join(f"{float(amount.number):g}" for amount in amounts)))


def _unit_beside(
    amount: Amount, amounts: Sequence[Amount], earlier: list[Amount], following: Amount | None
) -> str:
    """The unit of a bare number from the units written beside it."""
    number, unit = amount.number, ""
    written = [one for one, as_written in zip(earlier, amounts, strict=False) if as_written.unit]
    units = {one.unit for one in written}
    if not written and following is not None:
        unit = _unit_from_the_next(amounts, following)
    elif following is not None and units != {following.unit}:
        unit = "m" if following.unit == "m" and number == following.number >= 6 else ""
    elif units == {"y"}:
        longest = max(earlier[0].number, Fraction(5))
        unit = "y" if number < _MONTHS_FROM and number not in _LIKE_MONTHS and number <= longest else ""
    elif written and written[-1].unit == "m":
        unit = "m" if number >= _MONTHS_FROM and not written[-1].coded else ""
    if not unit:
        raise Unreadable(_WRITE_UNIT.format(f"{float(number):g}"))
    return unit


def _unit_from_the_next(amounts: Sequence[Amount], following: Amount) -> str:
    """The unit of numbers in front of the first unit: `3+1+1 years`, `36+12+12 months`, `3+12m`; empty if unclear."""
    leading = [amount.number for amount in amounts[: next(at for at, one in enumerate(amounts) if one.unit)]]
    if following.unit == "y":
        return "" if any(number >= _MONTHS_FROM and number % 6 == 0 for number in leading) else "y"
    if following.unit != "m":
        return ""
    if leading[0] >= _MONTHS_FROM and min(leading) >= 3:
        return "m"
    rest = [amount for amount in amounts if amount.unit]
    if (
        all(one.unit == "m" and one.coded and one.number >= _MONTHS_FROM for one in rest)
        and max(leading) <= 5
    ):
        return "y"  # in the short notation a number without a letter is years
    return ""
