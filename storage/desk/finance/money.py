"""What contracts cost by financial year, as recorded or worked out: a register read once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from storage.engine.partly import read_partly
from storage.engine.query import Order, Query
from storage.engine.reading import Reader
from storage.records.contracts import Contract
from storage.records.finance import Contribution, ValueYear
from storage.records.organisations import Organisation
from storage.records.running import Notice
from storage.records.terms import Extension
from storage.rules.commitments import Held
from storage.rules.explained import Explained
from storage.rules.money import (
    annualised,
    financial_year,
    first_day_of_year,
    last_day_of_year,
    phase_daily,
    phase_monthly,
)
from storage.rules.phasing import LONGEST_YEARS, PhasingMethod, phase, year_effect
from storage.rules.renewal import OPEN_ENDED as NEVER_ENDS
from storage.rules.renewal import ROLLS_OVER, RUNS_ON
from storage.rules.totals import Amount, Certainty
from storage.rules.variance import Variance, YearFigures, variance

T = TypeVar("T")
OVER = ("Draft", "Cancelled", "Terminated")
_READ = (
    "reference", "title", "provider_name", "stage", "position", "start", "agreed_end", "ends", "renewal", "runs_on",
    "notice_by", "act_by", "current_value", "annual_value", "value_certainty", "phasing", "cost_centre",
    "directorate", "contract_form", "form_target", "form_target_date", "fitness", "fitness_on",
)  # fmt: skip
_YEAR = ("contract", "year", "planned", "forecast", "actual", "certainty", "cost_centre", "closed")
ENDING = ("Termination", "Non-renewal", "Extension", "Break")  # notices that decide about an end


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount of one year; `worked_out` where nothing is recorded and it follows from the value of the contract."""

    pence: int | None
    certainty: Certainty = Certainty.ACTUAL
    worked_out: bool = False

    @property
    def amount(self) -> Amount:
        """The figure as totals take it: what is worked out for one year is an estimate of it."""
        sure = self.certainty is Certainty.ACTUAL
        return Amount(self.pence, Certainty.ESTIMATE if self.worked_out and sure else self.certainty)


@dataclass(frozen=True, slots=True)
class Line:
    """One contract with its money by year."""

    contract: Contract
    recorded: Mapping[int, ValueYear]
    spread: Mapping[int, int] | None  # its value by year, where it can be laid out

    @property
    def name(self) -> str:
        """Reference and title."""
        return " ".join(w for w in (self.contract.reference, self.contract.title) if w) or self.contract.name

    @property
    def goes_on(self) -> bool:
        """Whether it runs until somebody ends it, so that no end bounds its years."""
        c = self.contract
        return c.stage != "Notice served" and (
            bool(c.runs_on) or c.renewal in (RUNS_ON, NEVER_ENDS) or c.ends is None
        )

    @property
    def rolls(self) -> bool:
        """Whether it rolls over by itself."""
        return self.contract.renewal == ROLLS_OVER and self.contract.stage != "Notice served"

    def runs_in(self, year: int) -> bool:
        """Whether it runs in a financial year, as far as is known."""
        c = self.contract
        begun = c.start is None or c.start <= last_day_of_year(year)
        return begun and (self.goes_on or self.rolls or c.ends is None or c.ends >= first_day_of_year(year))

    def cost_centre(self, year: int) -> str:
        """The cost centre of a year; the contract’s own where the year names none."""
        held = self.recorded.get(year)
        return (held.cost_centre if held else "") or self.contract.cost_centre

    def certainty(self, year: int) -> Certainty:
        """How sure the figures of a year are."""
        held = self.recorded.get(year)
        return Certainty.read((held.certainty if held else "") or self.contract.value_certainty)

    def planned(self, year: int) -> Figure:
        """What is planned for a year: as recorded, otherwise as it follows from the value of the contract."""
        held, certainty = self.recorded.get(year), self.certainty(year)
        if held is not None and held.planned is not None:
            return Figure(held.planned, certainty)
        worked = None if self.contract.stage in OVER else self._worked_out(year)
        return Figure(worked, certainty, worked is not None)

    def forecast(self, year: int) -> Figure:
        """What is expected for a year, as recorded."""
        held = self.recorded.get(year)
        return Figure(held.forecast if held else None, self.certainty(year))

    def actual(self, year: int) -> Figure:
        """What a year has cost so far, as recorded."""
        held = self.recorded.get(year)
        return Figure(held.actual if held else None)

    def closed(self, year: int, today: date) -> bool:
        """Whether the figures of a year are final: marked so, or the year is over and its actual is there."""
        held = self.recorded.get(year)
        over = year < financial_year(today)
        return bool(held and (held.closed or (over and held.actual is not None)))

    def variance(self, year: int, today: date) -> Explained[Variance | None]:
        """How far a year is from its plan: by its actual once that is final, by the forecast until then."""
        figures = YearFigures(self.planned(year).pence, self.forecast(year).pence, self.actual(year).pence)
        return variance(figures, self.closed(year, today))

    def _worked_out(self, year: int) -> int | None:
        """What falls into a year by the value of the contract; None where that cannot be told."""
        c = self.contract
        if self.spread is not None and (year in self.spread or not (self.goes_on or self.rolls)):
            return self.spread.get(year, 0)
        return _effect(_yearly(c), c.start, None if self.goes_on or self.rolls else c.ends, year)

    def committed(self, year: int) -> Held:
        """Its money from a year on as commitments take it.

        What runs until somebody ends it counts for that year alone, since notice can end it; what rolls over
        counts to the end of the period it is in.
        """
        end = self.contract.ends
        if self.goes_on or self.rolls:
            last = year if self.goes_on or end is None else max(year, financial_year(end))
            years: Mapping[int, int] | None = self._years(range(year, last + 1))
        elif self.spread is None:
            years = self._years(range(year, (financial_year(end) if end else year) + 1))
        else:
            years = {**self.spread, **self._recorded_years()}
        certainty = self.certainty(year)
        return Held(self.name, years, end, certainty)

    def _recorded_years(self) -> dict[int, int]:
        return {y: held.planned for y, held in self.recorded.items() if held.planned is not None}

    def _years(self, years: range) -> dict[int, int] | None:
        """The plan of each of some years; None where one of them is not known."""
        found = {y: self.planned(y).pence for y in years[:LONGEST_YEARS]}
        known = {y: pence for y, pence in found.items() if pence is not None}
        return known if len(known) == len(found) else None


@dataclass(frozen=True, slots=True)
class Money:
    """Every contract with its money, who pays in, and what decisions were given on ends; as the file was when read."""

    today: date
    lines: tuple[Line, ...]
    contributions: tuple[Contribution, ...]
    partners: Mapping[int, str]
    options: Mapping[int, tuple[Extension, ...]]
    notices: Mapping[int, tuple[Notice, ...]]

    def years(self) -> list[int]:
        """The financial years there is something to say about, this one and its neighbours included."""
        now = financial_year(self.today)
        found = {now - 1, now, now + 1}
        found |= {y for line in self.lines for y in line.recorded}
        found |= {y for line in self.lines for y in (line.spread or {}) if now - 5 <= y <= now + 10}
        found |= {c.year for c in self.contributions if c.year is not None}
        return sorted(found)

    def of_year(self, year: int) -> list[Line]:
        """The contracts that run in a year, and those with a figure recorded for it."""
        return [
            line
            for line in self.lines
            if _has_figure(line.recorded.get(year))
            or (line.contract.stage not in OVER and line.runs_in(year))
        ]


def narrowed(money: Money, lines: Sequence[Line]) -> Money:
    """The money of some contracts only, with what partners pay into them."""
    kept = {line.contract.key for line in lines}
    return replace(
        money,
        lines=tuple(lines),
        contributions=tuple(c for c in money.contributions if c.contract in kept),
    )


def read_money(reader: Reader) -> Money:
    """The money of the register, read with one question a kind."""
    contracts = read_partly(reader, Contract, _READ)
    by_contract: dict[int, dict[int, ValueYear]] = {}
    for held in read_partly(reader, ValueYear, _YEAR):
        if held.contract is not None and held.year is not None:
            by_contract.setdefault(held.contract, {})[held.year] = held
    contracts.sort(key=lambda c: (c.reference == "", c.reference.casefold(), c.title.casefold(), c.key))
    lines = tuple(Line(c, by_contract.get(c.key, {}), _spread(c)) for c in contracts)
    live = {c.key for c in contracts}
    contributions = tuple(c for c in reader.all(Contribution) if c.contract is None or c.contract in live)
    named = reader.many(Organisation, list({c.organisation for c in contributions if c.organisation}))
    options = reader.all(Extension, Query(order=(Order("position"),)))
    return Money(
        reader.today(),
        lines,
        contributions,
        {number: each.name for number, each in named.items()},
        _grouped((o.contract, o) for o in options),
        _grouped((n.contract, n) for n in reader.all(Notice) if n.kind in ENDING),
    )


def explained(line: Line, year: int) -> Explained[object]:
    """How the plan of a year comes about, in words."""
    c, held = line.contract, line.recorded.get(year)
    if held is not None and held.planned is not None:
        return Explained(held.planned, "As recorded on the contract.")
    if c.stage in OVER:
        return Explained(None, f"{c.stage}: nothing is worked out for it.")
    if line.spread is not None and (year in line.spread or not (line.goes_on or line.rolls)):
        found = phase(_method(c), c.current_value, c.start, c.agreed_end)
        return Explained(None, f"Worked out: {found.why}", found.reasons)
    effect = year_effect(_yearly(c), c.start, None if line.goes_on or line.rolls else c.ends, year)
    return Explained(None, f"Worked out: {effect.why}" if effect.value else effect.why, effect.reasons)


def _grouped(pairs: Iterable[tuple[int | None, T]]) -> Mapping[int, tuple[T, ...]]:
    found: dict[int, list[T]] = {}
    for key, value in pairs:
        if key is not None:
            found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}


def _has_figure(held: ValueYear | None) -> bool:
    return held is not None and any(v is not None for v in (held.planned, held.forecast, held.actual))


def _method(contract: Contract) -> PhasingMethod:
    """How a value is laid out where nobody typed the years: by whole months if so chosen, otherwise by day."""
    return PhasingMethod.MONTHLY if contract.phasing == PhasingMethod.MONTHLY else PhasingMethod.DAILY


def _spread(contract: Contract) -> Mapping[int, int] | None:
    """The value of a contract by financial year, over the days it was agreed for."""
    value, start, end = contract.current_value, contract.start, contract.agreed_end
    if value is None or start is None or end is None or not 0 <= end.year - start.year <= LONGEST_YEARS:
        return None
    if end < start:
        return None
    spread = phase_monthly if _method(contract) is PhasingMethod.MONTHLY else phase_daily
    return spread(value, start, end)


def _yearly(contract: Contract) -> int | None:
    """What it costs in a full year: as recorded, otherwise by its value."""
    if contract.annual_value is not None:
        return contract.annual_value
    return annualised(contract.current_value, contract.start, contract.agreed_end).value


def _effect(annual: int | None, start: date | None, end: date | None, year: int) -> int | None:
    if annual is None or start is None:
        return annual
    found = year_effect(annual, start, end, year).value
    return found.part_year if found is not None else None
