"""Adding up money of differing certainty, so that a total never looks surer than what went into it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from storage.engine.values import money_brief, show_money, show_money_short
from storage.rules.explained import Explained, Reason

_MOST_REASONS = 12
_MILLION, _BILLION = 100_000_000, 100_000_000_000  # pounds, in pence


class Certainty(StrEnum):
    """How sure a figure is."""

    ACTUAL = "Actual"
    ESTIMATE = "Estimate"
    UNDER_ESTIMATE = "Under-estimate"
    TO_BE_CONFIRMED = "To be confirmed"

    @classmethod
    def read(cls, words: str) -> Certainty:
        """The certainty a word stands for. Blank is actual; a word nobody listed is an estimate, never certain."""
        return _READ.get(" ".join(words.casefold().replace("-", " ").split()), cls.ESTIMATE)


_READ = {
    "": Certainty.ACTUAL,
    "actual": Certainty.ACTUAL,
    "fixed": Certainty.ACTUAL,
    "under estimate": Certainty.UNDER_ESTIMATE,
    "underestimate": Certainty.UNDER_ESTIMATE,
    "under estimated": Certainty.UNDER_ESTIMATE,
    "underestimated": Certainty.UNDER_ESTIMATE,
    "at least": Certainty.UNDER_ESTIMATE,
    "to be confirmed": Certainty.TO_BE_CONFIRMED,
    "to be agreed": Certainty.TO_BE_CONFIRMED,
    "tbc": Certainty.TO_BE_CONFIRMED,
    "tba": Certainty.TO_BE_CONFIRMED,
}

_SAID = {
    Certainty.ESTIMATE: ", an estimate",
    Certainty.UNDER_ESTIMATE: ", an under-estimate",
    Certainty.TO_BE_CONFIRMED: ", still to be confirmed",
    Certainty.ACTUAL: "",
}


@dataclass(frozen=True, slots=True)
class Amount:
    """One figure in pence, or None where there is none yet, with how sure it is and what it is for."""

    pence: int | None
    certainty: Certainty = Certainty.ACTUAL
    label: str = ""

    def words(self) -> str:
        """The figure with what is not sure about it."""
        if self.pence is not None:
            said = exact_brief(self.pence) + _SAID[self.certainty]
        else:
            said = "to be confirmed" if self.certainty is Certainty.TO_BE_CONFIRMED else "no figure recorded"
        return f"{self.label}: {said}" if self.label else said


@dataclass(frozen=True, slots=True)
class Total:
    """A sum in pence of the figures there are, and how much of it is unsure or missing.

    `pence` is None when not one figure is known: such a total is unknown, not nought.
    """

    pence: int | None = None
    figures: int = 0
    estimates: int = 0
    under_estimates: int = 0
    bound: str = ""  # which way the under-estimates lead: at least, at most, or about
    unconfirmed: int = 0  # figures in the sum that are still to be confirmed
    unconfirmed_pence: int = 0
    to_be_confirmed: int = 0  # amounts without a figure because it is to be confirmed
    blank: int = 0  # amounts for which nothing is recorded

    @property
    def is_complete(self) -> bool:
        """Whether every amount had a figure that counts as certain."""
        unsure = self.estimates + self.under_estimates + self.unconfirmed
        return not (unsure or self.to_be_confirmed or self.blank)

    def words(self) -> str:
        """The sum for a sentence, exact, and all that is not sure about it: £562.8m plus 1 to be confirmed."""
        missing = _missing(self.to_be_confirmed, self.blank)
        if self.pence is None:
            none = "no figure recorded" if self.blank else "no amounts"
            return f"no figure yet ({missing})" if self.to_be_confirmed else none
        said = f"{self.bound} {exact_brief(self.pence)}".strip()
        notes = self._notes()
        return said + (f" plus {missing}" if missing else "") + (f" ({'; '.join(notes)})" if notes else "")

    def short(self) -> str:
        """The sum for a table, to one decimal: £562.8m + 1 TBC, at least £4m est."""
        gaps = [f"{self.to_be_confirmed:,} TBC"] if self.to_be_confirmed else []
        gaps += [f"{self.blank:,} blank"] if self.blank else []
        if self.pence is None:
            return " + ".join(gaps) or "none"
        said = f"{self.bound} {money_brief(self.pence)}".strip()
        if self.estimates and self.bound != "about":
            said += " est."
        if self.unconfirmed:
            said += f" incl. {self.unconfirmed:,} TBC"
        return " + ".join([said, *gaps])

    def _notes(self) -> list[str]:
        """What is unsure about the figures that are in the sum."""
        notes = []
        if self.estimates:
            notes.append(f"{_of(self.estimates, self.figures)} an estimate")
        if self.under_estimates:
            notes.append(f"{_of(self.under_estimates, self.figures)} an under-estimate")
        if self.unconfirmed:
            notes.append(f"{exact_brief(self.unconfirmed_pence)} of it is still to be confirmed")
        return notes


def total(amounts: Iterable[Amount]) -> Explained[Total]:
    """The sum of amounts with its gaps, as `summed` makes it, in a sentence and amount by amount."""
    every = list(amounts)
    found = summed(every)
    return Explained(found, _sentence(found), listed(every))


def summed(amounts: Iterable[Amount]) -> Total:
    """The sum of amounts with its gaps: one without a figure is never taken for nought.

    A figure marked *to be confirmed* counts and is told; an under-estimate makes the sum *at least*
    (*at most* where what is under-estimated is a deduction, *about* where both occur).
    """
    pence = figures = waiting = blank = estimates = 0
    under: list[int] = []
    unconfirmed: list[int] = []
    for amount in amounts:
        certainty = amount.certainty
        if amount.pence is None:
            waiting += certainty is Certainty.TO_BE_CONFIRMED
            blank += certainty is not Certainty.TO_BE_CONFIRMED
            continue
        pence += amount.pence
        figures += 1
        if certainty is Certainty.ESTIMATE:
            estimates += 1
        elif certainty is Certainty.UNDER_ESTIMATE:
            under.append(amount.pence)
        elif certainty is Certainty.TO_BE_CONFIRMED:
            unconfirmed.append(amount.pence)
    return Total(
        pence if figures else None,
        figures,
        estimates,
        under_estimates=len(under),
        bound=_bound(under) if under else "",
        unconfirmed=len(unconfirmed),
        unconfirmed_pence=sum(unconfirmed),
        to_be_confirmed=waiting,
        blank=blank,
    )


def listed(amounts: Sequence[Amount]) -> tuple[Reason, ...]:
    """The amounts one by one, as reasons; of many, the first ones and what the others come to."""
    if len(amounts) <= _MOST_REASONS:
        return tuple(Reason(f"{_capital(amount.words())}.") for amount in amounts)
    shown, rest = amounts[: _MOST_REASONS - 1], amounts[_MOST_REASONS - 1 :]
    come_to = sum(amount.pence for amount in rest if amount.pence is not None)
    last = Reason(f"And {len(rest):,} more, whose figures come to {show_money(come_to)}.")
    return (*(Reason(f"{_capital(amount.words())}.") for amount in shown), last)


def exact_brief(pence: int) -> str:
    """An amount in as few signs as keep it exact: £562.8m, £1.2bn, but £562,834,123.45 and £45,000."""
    size = abs(pence)
    if size >= _BILLION:
        return money_brief(pence) if size % (_BILLION // 10) == 0 else show_money_short(pence)
    if size >= _MILLION and size % (_MILLION // 10) == 0:
        return money_brief(pence)
    return show_money_short(pence)


def _bound(under_estimates: Sequence[int]) -> str:
    """Which way the true sum lies, seen from one with these under-estimates in it."""
    ups = any(pence >= 0 for pence in under_estimates)
    downs = any(pence < 0 for pence in under_estimates)
    if ups and downs:
        return "about"
    return "at least" if ups else "at most" if downs else ""


def _missing(to_be_confirmed: int, blank: int) -> str:
    """The amounts without a figure, in words; nothing when there are none."""
    parts = [f"{to_be_confirmed:,} to be confirmed"] if to_be_confirmed else []
    parts += [f"{blank:,} with no figure recorded"] if blank else []
    return " and ".join(parts)


def _of(some: int, figures: int) -> str:
    """So many of the figures, up to the verb's complement: `the figure is`, `2 of 5 figures are each`."""
    if figures == 1:
        return "the figure is"
    return f"{some:,} of {figures:,} figures {'is' if some == 1 else 'are each'}"


def _sentence(found: Total) -> str:
    """The total with where it comes from."""
    words = _capital(found.words())
    if found.pence is None:
        return f"{words}."
    return f"{words}: the sum of {found.figures:,} {'figure' if found.figures == 1 else 'figures'}."


def _capital(words: str) -> str:
    """The words with a capital in front."""
    return words[:1].upper() + words[1:]
