"""The counts of the Provider Selection Regime's annual summary, (a) to (i), from plain facts of a year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from storage.engine.values import show_day
from storage.rules.explained import Reason
from storage.rules.months import add_months
from storage.rules.procurement.regimes import PSR, Regime, processes_of, regimes

_SOURCE = "SI 2023/1348, regulation 25"
_CALL_OFFS = ("FW", "FW-MC")
_ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision under the regime. `process` is its code; a framework concluded or a modification says so."""

    process: str
    decided_on: date | None
    provider: str = ""
    title: str = ""
    concludes_framework: bool = False
    modification: bool = False
    joint: tuple[str, ...] = ()  # further providers of the same award

    @property
    def providers(self) -> tuple[str, ...]:
        """Every provider that is named."""
        return tuple(each for each in (self.provider, *self.joint) if each)


@dataclass(frozen=True, slots=True)
class Holding:
    """A contract a provider holds: from its first to its last day, None while it has no end."""

    provider: str
    first: date
    last: date | None = None

    def touches(self, start: date, end: date) -> bool:
        """Whether it runs on any day of a stretch."""
        return self.first <= end and (self.last is None or self.last >= start)


@dataclass(frozen=True, slots=True)
class Objection:
    """A written representation: the last day of its standstill, what it was about and what came of it."""

    standstill_ended_on: date | None
    nature: str = ""
    impact: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """One line of the summary: its letter, its words, the number, and what was counted."""

    letter: str
    title: str
    number: int
    counted: tuple[str, ...]
    reason: Reason


@dataclass(frozen=True, slots=True)
class AnnualSummary:
    """The nine counts of a year, with the providers under contract and what could not be counted."""

    first: date
    last: date
    counts: tuple[Count, ...]
    providers_now: int
    by_process: tuple[tuple[str, int], ...]  # awards by each process, in the order of the regime
    left_out: tuple[str, ...]  # what is in no count, with the reason, one sentence each

    @property
    def title(self) -> str:
        """The stretch the summary is about."""
        return f"Annual summary, {show_day(self.first)} to {show_day(self.last)}"


def summary_period(year: int, among: Iterable[Regime] | None = None) -> tuple[date, date] | None:
    """The first and last day of the summary for the financial year that begins in April of `year`.

    The regime began within a year: its first months go into the summary of the year after, so that the first summary
    covers more than twelve months. None for a year before that.
    """
    begun = next(
        (each.effective_from for each in (regimes() if among is None else among) if each.code == PSR), None
    )
    first, last = date(year, 4, 1), date(year + 1, 3, 31)
    if begun is None or begun <= date(year - 1, 4, 1):
        return first, last
    return (begun, last) if begun <= first else None


def annual_summary(
    period: tuple[date, date],
    decisions: Sequence[Decision],
    holdings: Sequence[Holding],
    objections: Sequence[Objection],
) -> AnnualSummary:
    """The counts (a) to (i) of a period (SI 2023/1348, regulation 25).

    New is a provider that was awarded a contract in the period and held none on any day of the twelve months before
    it; gone is one that held a contract in those twelve months and holds none on the last day of the period.
    Providers are told apart by the words or numbers given for them.
    """
    first, last = period
    made = [each for each in decisions if _within(each.decided_on, period)]
    awards = [each for each in made if not each.modification and not each.concludes_framework]
    before = _holding(holdings, add_months(first, -12), first - _ONE)
    now = _holding(holdings, last, last)
    awarded = {provider for each in awards for provider in each.providers}
    concluded = [_name(each) for each in made if each.concludes_framework]
    ended = [_about(each) for each in objections if _within(each.standstill_ended_on, period)]
    counts = (
        _of("a", "Contracts awarded by direct award process A, B or C", awards, ("DA-A", "DA-B", "DA-C")),
        _of("b", "Contracts awarded by the most suitable provider process", awards, ("MSP",)),
        _of("c", "Contracts awarded by the competitive process", awards, ("CP",)),
        _count("d", "Framework agreements concluded", concluded),
        _of("e", "Contracts awarded from a framework agreement", awards, _CALL_OFFS),
        _of("f", "Urgent awards and modifications", made, ("URG",)),
        _count("g", "New providers awarded contracts", sorted(awarded - before)),
        _count("h", "Providers that no longer hold any contract", sorted(before - now)),
        _count("i", "Written representations in standstills that ended", ended),
    )
    left_out = _left_out(decisions, awards, objections)
    return AnnualSummary(first, last, counts, len(now), _by_process(awards), left_out)


def _within(day: date | None, period: tuple[date, date]) -> bool:
    """Whether a day is known and lies in a period, both ends included."""
    return day is not None and period[0] <= day <= period[1]


def _of(letter: str, title: str, among: Sequence[Decision], processes: tuple[str, ...]) -> Count:
    """The decisions made by some processes."""
    return _count(letter, title, [_name(each) for each in among if each.process in processes])


def _count(letter: str, title: str, counted: Sequence[str]) -> Count:
    """One line of the summary."""
    reason = Reason(f"{title}: {len(counted)}.", f"{_SOURCE}({letter})")
    return Count(letter, title, len(counted), tuple(counted), reason)


def _holding(holdings: Sequence[Holding], start: date, end: date) -> set[str]:
    """The providers with a contract on any day of a stretch."""
    return {each.provider for each in holdings if each.provider and each.touches(start, end)}


def _by_process(awards: Sequence[Decision]) -> tuple[tuple[str, int], ...]:
    """How many contracts each process of the regime awarded."""
    codes = [each.code for each in processes_of(PSR)]
    return tuple((code, sum(each.process == code for each in awards)) for code in codes)


def _left_out(
    decisions: Sequence[Decision], awards: Sequence[Decision], objections: Sequence[Objection]
) -> tuple[str, ...]:
    """What could not be counted: without a date it is in no period, without a process or a provider in no line."""
    known = {each.code for each in processes_of(PSR)}
    return (
        *(f"{_name(each)}: no date of the decision." for each in decisions if each.decided_on is None),
        *(f"{_name(each)}: no process of the regime." for each in awards if each.process not in known),
        *(f"{_name(each)}: no provider is named." for each in awards if not each.providers),
        *(
            f"{_about(each)}: no end of its standstill."
            for each in objections
            if each.standstill_ended_on is None
        ),
    )


def _name(decision: Decision) -> str:
    """A decision in words, by its title or its provider."""
    return decision.title or decision.provider or "A decision without a title"


def _about(objection: Objection) -> str:
    """A representation in words: what it was about, and what came of it."""
    nature = objection.nature or "A representation"
    return f"{nature} ({objection.impact})" if objection.impact else nature
