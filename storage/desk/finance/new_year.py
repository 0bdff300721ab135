"""A new financial year for many contracts: looked at first, then written as one step; a second time changes nothing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from storage.desk.finance.new_year_parts import Doing, NewYear, YearRow
from storage.desk.finance.price_steps import figure_of
from storage.engine.conditions import Where
from storage.engine.errors import StorageError
from storage.engine.fields import Record
from storage.engine.query import Order, Query
from storage.engine.reading import Reader
from storage.engine.steps import Progress
from storage.engine.store import Store
from storage.engine.values import show_day, show_money_short
from storage.records.contracts import FORMS, Contract
from storage.records.finance import PriceStep, ValueYear
from storage.records.measures import Kpi, KpiResult
from storage.records.running import Variation
from storage.records.terms import Extension
from storage.rules.explained import Explained
from storage.rules.indexation import Figure, IndexationMethod
from storage.rules.kpi_periods import FREQUENCIES, ONCE, ReportPeriod, period_label, periods_of_year
from storage.rules.kpis import MILESTONE
from storage.rules.money import first_day_of_year, last_day_of_year
from storage.rules.position import (
    AWARDED,
    LIVE,
    NOT_STARTED,
    NOTICE_SERVED,
    OPEN_ENDED,
    ROLLING,
    RUNNING_ON,
)
from storage.rules.rates import show_rate
from storage.rules.renewal import OPEN_ENDED as NEVER_ENDS
from storage.rules.renewal import ROLLS_OVER, RUNS_ON
from storage.rules.totals import Certainty
from storage.rules.year_ahead import Ahead, runs_all_year, year_ahead, yearly_price

R = TypeVar("R", bound=Record)
AT_ONCE = 25  # contracts between two turns of the event loop
LIVE_POSITIONS = (LIVE, OPEN_ENDED, ROLLING, RUNNING_ON, NOTICE_SERVED, AWARDED, NOT_STARTED)
NATIONAL = "National"
NATIONAL_FORMS = FORMS[:2]  # a national variation is one of the NHS Standard Contract (General Condition 13)
PLANNED_BEFORE = "Planned before, and left as it is. Worked out anew it would be:"
NOT_RAISED = "Next year was planned before, so the uplift does not change that figure."
_NUMBER = re.compile(r"(.*?)(\d{1,9})\s*", re.DOTALL | re.ASCII)


@dataclass(frozen=True, slots=True)
class _Held:
    """What a register holds of one contract that a new year has to do with."""

    contract: Contract
    years: Mapping[int, ValueYear]
    steps: Sequence[PriceStep]
    variations: Sequence[Variation]
    kpis: Sequence[Kpi]
    results: Mapping[int, Sequence[KpiResult]]  # of the new year, by KPI
    option: bool  # an option to extend is still to be decided
    today: date

    @property
    def goes_on(self) -> bool:
        """Whether it runs on after its end until somebody ends it."""
        c = self.contract
        return c.stage != NOTICE_SERVED and (
            bool(c.runs_on) or c.renewal in (ROLLS_OVER, RUNS_ON, NEVER_ENDS) or c.agreed_end is None
        )

    @property
    def end(self) -> date | None:
        """The last day it is planned for; None where it runs on."""
        return None if self.goes_on else self.contract.agreed_end


def live_contracts(reader: Reader) -> list[int]:
    """The contracts that run or are about to, in the order of their references."""
    where = Where("position", "any of", LIVE_POSITIONS)
    return reader.ids(Contract, Query((where,), (Order("reference"), Order("title"))))


def planning(reader: Reader, ids: Sequence[int], chosen: NewYear) -> Generator[Progress, None, list[YearRow]]:
    """What would be done for each contract, in their order; nothing is written. Yields how far it is."""
    rows: list[YearRow] = []
    for first in range(0, len(ids), AT_ONCE):
        yield Progress(first, len(ids), "Looking at the contracts")
        rows += [_row(held, chosen) for held in _held(reader, ids[first : first + AT_ONCE], chosen.year)]
    return rows


def beginning(store: Store, ids: Sequence[int], chosen: NewYear) -> Iterator[Progress]:
    """Do it for these contracts as one step that Undo takes back at once; closing the iterator rolls it back.

    It is worked out anew from what the file holds, so what was done before is left alone. Raises `StorageError`
    when it cannot be done as chosen.
    """
    if trouble := chosen.trouble():
        raise StorageError(f"{trouble} Nothing was changed.")
    contracts = "1 contract" if len(ids) == 1 else f"{len(ids):,} contracts"
    yield from store.long_step(
        f"New financial year {chosen.label} for {contracts}", _writing(store, ids, chosen)
    )


def _writing(store: Store, ids: Sequence[int], chosen: NewYear) -> Iterator[Progress]:
    for first in range(0, len(ids), AT_ONCE):
        yield Progress(first, len(ids), "Writing the new year")
        by_class: dict[type[Record], list[Record]] = defaultdict(list)
        for held in _held(store, ids[first : first + AT_ONCE], chosen.year):
            for record in _row(held, chosen).writes:
                by_class[type(record)].append(record)
        for records in by_class.values():
            store.save_many(records)


# ---------------------------------------------------------------------------- reading


def _held(reader: Reader, ids: Sequence[int], year: int) -> list[_Held]:
    """What the register holds of these contracts, read with one question a kind."""
    contracts = reader.many(Contract, ids)
    years = _by(reader, ValueYear, "contract", ids)
    steps = _by(reader, PriceStep, "contract", ids)
    variations = _by(reader, Variation, "contract", ids)
    kpis = _by(reader, Kpi, "contract", ids)
    options = _by(reader, Extension, "contract", ids)
    every = [k for each in kpis.values() for k in each]
    in_year = Where("period_start", "between", (first_day_of_year(year), last_day_of_year(year)))
    results = _by(reader, KpiResult, "kpi", [k.key for k in every if k.frequency != ONCE], in_year)
    results |= _by(reader, KpiResult, "kpi", [k.key for k in every if k.frequency == ONCE])
    return [
        _Held(
            contracts[i],
            {y.year: y for y in years[i] if y.year is not None},
            steps[i],
            variations[i],
            kpis[i],
            results,
            any(option.status == "Available" for option in options[i]),
            reader.today(),
        )
        for i in ids
        if i in contracts and not contracts[i].binned
    ]


def _by(
    reader: Reader, cls: type[R], link: str, ids: Sequence[int], *more: Where
) -> defaultdict[int, list[R]]:
    """The records that point to these, by what they point to."""
    found: defaultdict[int, list[R]] = defaultdict(list)
    if ids:
        for record in reader.all(cls, Query((Where(link, "any of", tuple(ids)), *more))):
            found[getattr(record, link)].append(record)
    return found


# ---------------------------------------------------------------------------- one contract


def _row(held: _Held, chosen: NewYear) -> YearRow:
    """One contract of the preview."""
    c = held.contract
    position = str(Contract.FIELDS["position"].value_of(c, held.today))
    before = held.years.get(chosen.year - 1)
    this_year = before.planned if before else None
    row = YearRow(c.key, c.reference, c.title, c.provider_name, this_year)
    if position not in LIVE_POSITIONS:
        return replace(row, warnings=(f"{position}: it is left as it is.",))
    uplift, step, figures = _uplift(held, chosen)
    price = yearly_price(
        this_year, c.annual_value, c.current_value, c.start, c.agreed_end, chosen.year - 1, held.goes_on
    )
    ahead = year_ahead(price, figures, c.start, held.end, chosen.year)
    uplift, step = (uplift, step) if ahead.value is not None else (_nothing(uplift), None)
    planned, money = _planned(held, chosen, ahead)
    variation, changed = _variation(held, chosen, ahead, step)
    kpis, opened = _kpis(held, chosen)
    close, closed = _close(before, chosen)
    writes = (step, money, changed, *opened, closed)
    kept = held.years.get(chosen.year)
    there = kept.planned if kept else None
    return replace(
        row,
        this_year=this_year if this_year is not None else price.value,
        next_year=there if there is not None else money.planned if money else None,
        uplift=uplift,
        planned=planned,
        variation=variation,
        kpis=kpis,
        close=close,
        warnings=(*_warnings(held, chosen, ahead, close), *([NOT_RAISED] if step and planned.there else [])),
        why=Explained(None, f"{PLANNED_BEFORE} {ahead.why}" if planned.there else ahead.why, ahead.reasons),
        writes=tuple(record for record in writes if record is not None),
    )


def _nothing(doing: Doing) -> Doing:
    """A part that is not done, because nothing is paid in the year; what is there stays."""
    return doing if doing.there else Doing()


def _uplift(held: _Held, chosen: NewYear) -> tuple[Doing, PriceStep | None, list[Figure]]:
    """The step of the year: the one that is there, or a new one, and all steps of the year as the rules take them."""
    first, last = first_day_of_year(chosen.year), last_day_of_year(chosen.year)
    there = [s for s in held.steps if s.on is not None and first <= s.on <= last]
    if there:
        words = "; ".join(
            _step_words(s) + (f" from {show_day(s.on)}" if s.on and s.on != first else "") for s in there
        )
        return Doing(words, there=True), None, [f for s in there if (f := figure_of(s)) is not None]
    if not chosen.uplift:
        return Doing(), None, []
    if held.contract.indexation == IndexationMethod.NONE:
        return Doing("None agreed"), None, []
    if not chosen.suits(held.contract.indexation):
        return Doing("Own rate"), None, []
    step = PriceStep(
        contract=held.contract.key, on=first, method=chosen.method, rate=chosen.rate,
        efficiency=chosen.efficiency, floor=chosen.floor, cap=chosen.cap, source=chosen.source,
    )  # fmt: skip
    return Doing(_step_words(step), new=True), step, [chosen.figure()]


def _waits(held: _Held, chosen: NewYear) -> bool:
    """Whether its price is raised by another rate, so that its year is planned with that one."""
    first, last = first_day_of_year(chosen.year), last_day_of_year(chosen.year)
    raised = any(s.on is not None and first <= s.on <= last for s in held.steps)
    return chosen.uplift and not raised and not chosen.suits(held.contract.indexation)


def _step_words(step: PriceStep) -> str:
    """The rate of a step after efficiency and limits, and what it is."""
    found = figure_of(step)
    if found is None:
        return step.method
    rate = found.rate if not hasattr(found.rate, "rate") else found.rate.rate
    if found.limits.floor is not None:
        rate = max(rate, found.limits.floor)
    if found.limits.cap is not None:
        rate = min(rate, found.limits.cap)
    return show_rate(rate)


def _planned(held: _Held, chosen: NewYear, ahead: Explained[Ahead | None]) -> tuple[Doing, ValueYear | None]:
    """The planned value of the new year."""
    there, before = held.years.get(chosen.year), held.years.get(chosen.year - 1)
    if there is not None and there.planned is not None:
        return Doing(show_money_short(there.planned), there=True), None
    if not chosen.planned or ahead.value is None or _waits(held, chosen):
        return Doing(), None
    blank = there or ValueYear(
        contract=held.contract.key,
        year=chosen.year,
        certainty=(before.certainty if before else "") or held.contract.value_certainty,
        cost_centre=(before.cost_centre if before else "") or held.contract.cost_centre,
    )
    made = replace(blank, planned=ahead.value.planned)
    return Doing(show_money_short(ahead.value.planned), new=True), made


def _variation(
    held: _Held, chosen: NewYear, ahead: Explained[Ahead | None], step: PriceStep | None
) -> tuple[Doing, Variation | None]:
    """The national variation of the year, under the next number of the contract."""
    first, last = first_day_of_year(chosen.year), last_day_of_year(chosen.year)
    for each in held.variations:
        if each.kind == NATIONAL and each.effective_on and first <= each.effective_on <= last:
            return Doing(each.number or each.title or NATIONAL, there=True), None
    if not chosen.variation or (held.end is not None and held.end < first):
        return Doing(), None
    if held.contract.contract_form not in NATIONAL_FORMS:
        return Doing("Other form"), None
    number = _next_number(held.variations)
    change = ahead.value.planned - ahead.value.level if ahead.value is not None and step else None
    made = Variation(
        contract=held.contract.key, number=number, title=f"National variation {chosen.label}", kind=NATIONAL,
        proposer="NHS England", effective_on=first, value_change=change,
    )  # fmt: skip
    return Doing(f"Number {number}", new=True), made


def _next_number(variations: Sequence[Variation]) -> str:
    """The number after the highest of a contract, written as that one is: V2 is followed by V3, 009 by 010."""
    read = [m for v in variations if (m := _NUMBER.fullmatch(v.number))]
    if not read:
        return "1"
    last = max(read, key=lambda m: int(m[2]))
    return f"{last[1]}{int(last[2]) + 1:0{len(last[2])}d}"


def _kpis(held: _Held, chosen: NewYear) -> tuple[Doing, list[KpiResult]]:
    """An empty result for each period of the year that has none yet, so that it is asked for."""
    made: list[KpiResult] = []
    there = 0
    for kpi in held.kpis:
        periods = _periods(held, kpi, chosen.year)
        results = [r.period_start for r in held.results.get(kpi.key, ()) if r.period_start is not None]
        have = {period_label(kpi.frequency, day) for day in results if kpi.frequency != ONCE and periods}
        missing = [p for p in periods if p.label not in have and not (kpi.frequency == ONCE and results)]
        there += len(periods) - len(missing)
        made += [KpiResult(kpi=kpi.key, period_start=p.first) for p in missing]
    if not chosen.kpis:
        return Doing(), []
    if made:
        more = f", {there:,} there" if there else ""
        return Doing(f"{len(made):,} to open{more}", new=True), made
    return (Doing(f"{there:,} open", there=True) if there else Doing()), []


def _periods(held: _Held, kpi: Kpi, year: int) -> tuple[ReportPeriod, ...]:
    """The periods of a KPI in the year, as far as it and its contract run."""
    if kpi.better == MILESTONE or kpi.frequency not in FREQUENCIES:
        return ()
    start = kpi.begins or held.contract.start or first_day_of_year(year)
    ends = [day for day in (kpi.ends, held.end) if day is not None]
    return periods_of_year(kpi.frequency, year, start, min(ends, default=None))


def _close(before: ValueYear | None, chosen: NewYear) -> tuple[Doing, ValueYear | None]:
    """The year before, with its actual and forecast final from now on."""
    if before is not None and before.closed:
        return Doing("Closed", there=True), None
    if not chosen.close:
        return Doing(), None
    if before is None or before.actual is None:
        return Doing("No actual yet"), None
    return Doing("To be closed", new=True), replace(before, closed=True)


def _warnings(held: _Held, chosen: NewYear, ahead: Explained[Ahead | None], close: Doing) -> Iterator[str]:
    """What a commissioner should know before it is written."""
    c, first, last = held.contract, first_day_of_year(chosen.year), last_day_of_year(chosen.year)
    waits = ahead.value is not None and _waits(held, chosen)
    if waits:
        yield f"Its price follows {c.indexation}: it waits for a run with that rate."
    if ahead.value is None:
        yield f"{ahead.why} {chosen.label} is not planned."
    elif not waits and not runs_all_year(c.start, held.end, chosen.year):
        said = [f"begins {show_day(c.start)}"] if c.start and c.start > first else []
        said += [f"ends {show_day(held.end)}"] if held.end and held.end < last else []
        yield f"It {' and '.join(said)}, during the year: only that part is planned."
    if held.option and held.end is not None and held.end <= last:
        yield "An option to extend is still to be decided."
    if not waits and held.goes_on and c.agreed_end is not None and c.agreed_end < first:
        yield f"Runs on after {show_day(c.agreed_end)}: the whole year is planned."
    before = held.years.get(chosen.year - 1)
    certainty = (before.certainty if before else "") or c.value_certainty
    if Certainty.read(certainty) is Certainty.TO_BE_CONFIRMED:
        yield "Its value is to be confirmed."
    if not waits and chosen.uplift and c.indexation not in ("", IndexationMethod.NONE, chosen.method):
        yield f"Its own indexation: {c.indexation}."
    if close.new and held.today <= last_day_of_year(chosen.year - 1):
        yield f"{chosen.before} is closed before it is over."
