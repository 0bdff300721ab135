"""The limits and counts of days the law sets, each with the days between which it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import wraps
from typing import ParamSpec, TypeVar

from storage.engine.values import show_day, show_money_short
from storage.rules.explained import Explained, Reason

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Threshold:
    """One limit: an amount in pence or another figure, first and last day it holds, and where it is laid down.

    Of two rows with one key the one in force on the day counts; a change of the law is a new row, never an edit.
    """

    key: str
    title: str
    effective_from: date | None
    effective_to: date | None
    source: str
    pence: int | None = None
    number: Decimal | None = None

    def in_force(self, on: date) -> bool:
        """Whether it holds on a day; without a first or last day it is open on that side."""
        return (self.effective_from is None or self.effective_from <= on) and (
            self.effective_to is None or on <= self.effective_to
        )

    @property
    def shown(self) -> str:
        """The figure as it is printed: £500,000 or 25."""
        return show_money_short(self.pence) if self.pence is not None else f"{self.number}"

    @property
    def reason(self) -> Reason:
        """The limit as a step of an explanation."""
        return Reason(f"{self.title} {self.shown}.", self.source)


class NotInForce(LookupError):
    """No value of a limit holds on the day asked about; `str()` is a sentence fit to show."""


def threshold(key: str, on: date | None, among: Iterable[Threshold]) -> Threshold:
    """The value of a limit on a day; the one that began last where two hold.

    Raises NotInForce when none holds then, or when the day is not known.
    """
    known = [each for each in among if each.key == key]
    title = known[-1].title if known else key
    if on is None:
        raise NotInForce(f"It is not known which day’s limit counts for “{title}”.")
    holding = [each for each in known if each.in_force(on)]
    if not holding:
        raise NotInForce(f"No limit for “{title}” is on record for {show_day(on)}. Add it to the limits.")
    return max(holding, key=lambda each: each.effective_from or date.min)


def pence_of(key: str, on: date | None, among: Iterable[Threshold]) -> tuple[int, Threshold]:
    """An amount of money the law sets, in pence, with the limit itself. Raises NotInForce."""
    found = threshold(key, on, among)
    if found.pence is None:
        raise NotInForce(f"The limit “{found.title}” has no amount.")
    return found.pence, found


def number_of(key: str, on: date | None, among: Iterable[Threshold]) -> tuple[Decimal, Threshold]:
    """A percentage or another figure the law sets, with the limit itself. Raises NotInForce."""
    found = threshold(key, on, among)
    if found.number is None:
        raise NotInForce(f"The limit “{found.title}” has no figure.")
    return found.number, found


def count_of(key: str, on: date | None, among: Iterable[Threshold]) -> tuple[int, Threshold]:
    """A whole count of days or months the law sets, with the limit itself. Raises NotInForce."""
    number, found = number_of(key, on, among)
    if number != int(number) or number < 0:
        raise NotInForce(f"The limit “{found.title}” is not a whole number: {number}.")
    return int(number), found


def unknown_without_limits(
    rule: Callable[P, Explained[T | None]],
) -> Callable[P, Explained[T | None]]:
    """A rule that answers “not known”, with the reason, where a limit it goes by is not on record."""

    @wraps(rule)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> Explained[T | None]:
        try:
            return rule(*args, **kwargs)
        except NotInForce as gap:
            return Explained(None, str(gap))

    return guarded


def percent_shown(part: int, whole: int) -> str:
    """A part as a percentage for a sentence, cut and never rounded up to a limit it does not reach: 24.99%."""
    if whole == 0:
        return "more than any percentage" if part else "0%"
    hundredths = abs(part) * 10_000 // abs(whole)
    text = f"{hundredths // 100}.{hundredths % 100:02d}".rstrip("0").rstrip(".")
    cut = abs(part) * 10_000 % abs(whole) != 0
    return f"{'just over ' if cut else ''}{text}%"
