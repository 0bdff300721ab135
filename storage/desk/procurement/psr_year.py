"""What the annual summary of the Provider Selection Regime is made of, and the register of procurement decisions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from storage.desk.procurement.procuring import ABANDONED, FRAMEWORK, MODIFICATION, Case, standstill
from storage.engine.conditions import Where
from storage.engine.errors import StorageError
from storage.engine.query import Order, Query
from storage.engine.reading import Reader
from storage.engine.values import show_day
from storage.records.contract_ends import NOTICE_SERVED
from storage.records.contracts import Contract
from storage.records.organisations import Organisation
from storage.records.parties import Party
from storage.records.procurements import Procurement, Representation
from storage.rules.money import financial_year, financial_year_label
from storage.rules.procurement.annual_summary import (
    AnnualSummary,
    Decision,
    Holding,
    Objection,
    annual_summary,
    summary_period,
)
from storage.rules.procurement.regimes import PCR2015, PSR, process_called, regime_called
from storage.rules.renewal import OPEN_ENDED, ROLLS_OVER, RUNS_ON

URGENT = "Urgent award"
_GOES_ON = (ROLLS_OVER, RUNS_ON, OPEN_ENDED)
_NOT_HELD = ("Draft", "Cancelled")
_HEALTH = (PSR, PCR2015, "")  # the Procurement Act is never for health services, and a grant is no contract


@dataclass(frozen=True, slots=True)
class Registered:
    """One line of the register of procurement decisions, of any regime. `value` is in pence."""

    reference: str
    contract: str
    title: str
    kind: str
    regime: str
    process: str
    decided_on: date | None
    decision_makers: str
    conflicts: str
    conflicts_managed: str
    provider: str
    value: int | None


@dataclass(frozen=True, slots=True)
class PsrYear:
    """The summary of a year, what could not be counted and why, and every decision the file holds."""

    year: int
    summary: AnnualSummary
    not_counted: tuple[str, ...]
    assumed: tuple[str, ...]  # how the counts were made where the file leaves it open
    register: tuple[Registered, ...]


def psr_years(today: date) -> tuple[int, ...]:
    """The years, by the April in which they begin, that a summary can be made of; the newest first."""
    return tuple(y for y in range(financial_year(today), 2000, -1) if summary_period(y) is not None)


def usual_year(today: date) -> int:
    """The last year that is over, whose summary is due; the first there is before that."""
    years = psr_years(today)
    over = [y for y in years if y < financial_year(today)]
    return over[0] if over else financial_year(today)


def psr_year(reader: Reader, year: int | None = None) -> PsrYear:
    """The annual summary of the year that begins in April of `year`, of the last that is over where none is named.

    Raises `StorageError` for a year before the regime or one that has not begun.
    """
    today = reader.today()
    chosen = usual_year(today) if year is None else year
    period = summary_period(chosen) if chosen in psr_years(today) else None
    if period is None:
        names = ", ".join(f"{y}" for y in reversed(psr_years(today)))
        raise StorageError(
            f"There is no summary for {chosen}. Nothing was written. Years there are: {names}."
        )
    made = reader.all(Procurement, Query(order=(Order("decided_on"), Order("id"))))
    cases = [Case(reader, each, today) for each in made]
    providers = _providers(reader)
    under = [case for case in cases if case.code == PSR]
    contracts = [c for c in reader.all(Contract) if c.stage not in _NOT_HELD and _code(c) in _HEALTH]
    summary = annual_summary(
        period,
        [_decision(case, providers) for case in under if case.made.kind != ABANDONED],
        list(_holdings(contracts, providers)),
        [each for case in under for each in _objections(case)],
    )
    left_out = (*summary.left_out, *_without_start(contracts, providers))
    register = tuple(_registered(case, providers) for case in cases)
    return PsrYear(chosen, summary, left_out, tuple(_assumed(contracts, period, today)), register)


def _code(contract: Contract) -> str:
    """The code of a contract's regime; empty where none is recorded."""
    found = regime_called(contract.regime)
    return found.code if found else ""


def _providers(reader: Reader) -> Mapping[int, Sequence[str]]:
    """The names of the providers of each contract."""
    names = {each.key: each.title for each in reader.all(Organisation)}
    found: dict[int, list[str]] = defaultdict(list)
    for each in reader.all(Party):
        if each.role == "Provider" and each.contract is not None and each.organisation in names:
            found[each.contract].append(names[each.organisation])
    return found


def _decision(case: Case, providers: Mapping[int, Sequence[str]]) -> Decision:
    """A decision as it is counted. The process of a change is its own: that of the award says nothing of it."""
    made = case.made
    changed = made.kind == MODIFICATION
    process = process_called(made.process, PSR) if changed else case.process
    code = process.code if process else "URG" if made.kind == URGENT else ""
    first, *joint = providers.get(made.contract or 0) or [""]
    return Decision(
        process=code,
        decided_on=made.decided_on,
        provider=first,
        title=made.title,
        concludes_framework=made.kind == FRAMEWORK,
        modification=changed,
        joint=tuple(joint),
    )


def _holdings(contracts: Sequence[Contract], providers: Mapping[int, Sequence[str]]) -> Iterator[Holding]:
    """From when to when each provider holds its contracts; what goes on by itself has no end."""
    for contract in contracts:
        goes_on = bool(contract.runs_on) or contract.renewal in _GOES_ON
        served = contract.stage in (NOTICE_SERVED, "Terminated")
        last = None if goes_on and not served else contract.ends
        if contract.start is not None:
            for name in providers.get(contract.key, ()):
                yield Holding(name, contract.start, last)


def _without_start(contracts: Sequence[Contract], providers: Mapping[int, Sequence[str]]) -> Iterator[str]:
    for contract in contracts:
        name = contract.title or contract.reference
        if contract.start is None:
            yield f"{name}: no start, so its provider does not count as holding it."
        elif not providers.get(contract.key):
            yield f"{name}: no provider is named, so nobody counts as holding it."


def _objections(case: Case) -> Iterator[Objection]:
    """What was said against a decision, with the end of its standstill."""
    made = Query((Where("procurement", "is", (case.made.key,)),), (Order("id"),))
    found = case.reader.all(Representation, made)
    stand = standstill(case).value if found else None
    for each in found:
        about = each.nature.strip() or f"Representation of {each.title}"
        yield Objection(stand.last_day if stand else None, about, each.outcome.strip())


def _assumed(contracts: Sequence[Contract], period: tuple[date, date], today: date) -> Iterator[str]:
    """How the counts were made where the file leaves it open."""
    blank = sum(not _code(contract) for contract in contracts)
    yield (
        "Providers new and gone are counted over contracts under the Provider Selection Regime, under the regulations "
        "of 2015 and with no regime recorded; grants and contracts under the Procurement Act are left out."
    )
    if blank:
        many = "1 contract has" if blank == 1 else f"{blank:,} contracts have"
        yield f"{many} no regime recorded; say which apply, and contracts that are not for health care fall away."
    if period[1] >= today:
        yield f"The year is not over: what is decided after {show_day(today)} is not in it."


def _registered(case: Case, providers: Mapping[int, Sequence[str]]) -> Registered:
    """A decision as the register shows it; of a change, the change in value."""
    made, contract = case.made, case.contract
    return Registered(
        reference=contract.reference,
        contract=contract.title,
        title=made.title,
        kind=made.kind,
        regime=made.regime or contract.regime,
        process=made.process or contract.process,
        decided_on=made.decided_on,
        decision_makers=made.decision_makers,
        conflicts=made.conflicts,
        conflicts_managed=made.conflicts_managed,
        provider="; ".join(providers.get(made.contract or 0, ())),
        value=made.value_change if made.kind == MODIFICATION else case.value,
    )


def year_words(year: int) -> str:
    """A year of the summary in words: the financial year, with its first day where it is longer."""
    period = summary_period(year)
    label = financial_year_label(year)
    if period is None or period[0] == date(year, 4, 1):
        return label
    return f"{label}, with what came before from {show_day(period[0])}"
