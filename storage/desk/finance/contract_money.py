"""The money of a contract: its value laid over financial years, what partners pay in, what it costs with VAT."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from storage.desk.contract.extending import options_of
from storage.desk.writing import joined_step
from storage.engine.conditions import Where
from storage.engine.errors import Refused
from storage.engine.query import Order, Query
from storage.engine.reading import Reader
from storage.engine.store import Store
from storage.records.contract_ends import TAKEN_UP
from storage.records.contracts import Contract
from storage.records.finance import Contribution, ValueYear
from storage.records.organisations import Organisation
from storage.rules import contributions as paying
from storage.rules.explained import Explained
from storage.rules.money import financial_year
from storage.rules.phasing import Phasing, PhasingMethod, phase
from storage.rules.totals import Amount, Certainty, Total, summed
from storage.rules.value_split import OptionState, OptionValue, ValueSplit, value_split
from storage.rules.vat import VatBasis, with_vat


@dataclass(frozen=True, slots=True)
class PlannedYear:
    """One financial year of a plan: what it becomes, what is there now, and whether the year is closed."""

    year: int
    planned: int
    before: ValueYear | None = None

    @property
    def is_closed(self) -> bool:
        """Whether the year’s figures are final, so that they are left as they are."""
        return bool(self.before and self.before.closed)

    @property
    def changes(self) -> bool:
        """Whether writing it changes anything."""
        return not self.is_closed and (self.before is None or self.before.planned != self.planned)


def years_of(reader: Reader, contract: int) -> list[ValueYear]:
    """The years of a contract in order."""
    return reader.all(ValueYear, Query((Where("contract", "is", (contract,)),), (Order("year"),)))


def phased(reader: Reader, contract: Contract) -> Explained[Phasing | None]:
    """The value of a contract over its financial years, by the method chosen for it, else evenly by day.

    Annual figures are the annual value in each contract year; by hand, what is planned already.
    """
    method = (
        PhasingMethod(contract.phasing) if contract.phasing in list(PhasingMethod) else PhasingMethod.DAILY
    )
    end, figures = contract.agreed_end, {}
    if method is PhasingMethod.MANUAL:
        figures = {
            y.year: y.planned for y in years_of(reader, contract.key) if y.year and y.planned is not None
        }
    elif method is PhasingMethod.ANNUAL:
        if contract.annual_value is None:
            return Explained(None, "No annual value is recorded to be laid out year by year.")
        if contract.start and end:
            figures = dict.fromkeys(range(1, end.year - contract.start.year + 2), contract.annual_value)
            figures = {n: v for n, v in figures.items() if _begins(contract.start, n) <= end}
    return phase(method, contract.current_value, contract.start, end, figures)


def plan(reader: Reader, contract: Contract) -> Explained[tuple[PlannedYear, ...]]:
    """What filling the planned years would write, year by year, and how it comes about."""
    found = phased(reader, contract)
    if found.value is None:
        return Explained((), found.why, found.reasons)
    there = {y.year: y for y in years_of(reader, contract.key)}
    rows = tuple(PlannedYear(year, pence, there.get(year)) for year, pence in found.value.years.items())
    return Explained(rows, found.why, found.reasons)


def fill_years(store: Store, contract: Contract) -> None:
    """Write the planned value of each year as one step; closed years stay. Raises `Refused` with nothing to write."""
    found = plan(store, contract)
    changed = [row for row in found.value if row.changes]
    if not changed:
        why = "Every year has this planned value already." if found.value else found.why
        raise Refused(f"{why} Nothing was changed.")
    with joined_step(store, f"Fill the planned years of {contract.name} from its value"):
        for row in changed:
            blank = ValueYear(
                contract=contract.key, year=row.year, certainty=contract.value_certainty,
                cost_centre=contract.cost_centre,
            )  # fmt: skip
            store.save(replace(row.before or blank, planned=row.planned))


def totals(years: Sequence[ValueYear]) -> dict[str, Total]:
    """The sum of each figure over the years that have it, by the name of its field."""
    names = ("planned", "forecast", "actual")
    return {
        name: summed(
            Amount(pence, Certainty.read(y.certainty) if name != "actual" else Certainty.ACTUAL)
            for y in years
            if (pence := getattr(y, name)) is not None
        )
        for name in names
    }


# ---- partners


def contributions_of(reader: Reader, contract: int) -> list[Contribution]:
    """What partners pay into a contract, by year."""
    return reader.all(Contribution, Query((Where("contract", "is", (contract,)),), (Order("year"),)))


def paid_in(reader: Reader, parts: Sequence[Contribution]) -> list[paying.Contribution]:
    """Contributions as the rules take them, with the names of the partners."""
    held = reader.many(Organisation, [p.organisation for p in parts if p.organisation])
    return [
        paying.Contribution(
            held[p.organisation].name if p.organisation in held else "A partner not named",
            Amount(p.amount, Certainty.read(p.certainty)),
            p.year,
            p.until,
        )
        for p in parts
    ]


def pool_years(parts: Sequence[Contribution], today: date) -> list[int]:
    """The years to show the pool of: those recorded; of contributions for every year, the one of today."""
    years = {p.year for p in parts if p.year is not None}
    return sorted(years or ({financial_year(today)} if parts else set()))


# ---- value


def vat_cost(contract: Contract) -> Explained[int | None]:
    """What the current value costs once the VAT that cannot be recovered is counted."""
    return with_vat(contract.current_value, VatBasis.read(contract.value_basis), contract.irrecoverable_vat)


def split(reader: Reader, contract: Contract) -> Explained[ValueSplit] | None:
    """The value by its core term and options; None without any option, or while what was taken up has no value."""
    options = options_of(reader, contract.key)
    taken = [o.value for o in options if o.status == TAKEN_UP]
    if not options or contract.current_value is None or any(v is None for v in taken):
        return None
    core = contract.current_value - sum(v for v in taken if v is not None)
    certainty = Certainty.read(contract.value_certainty)
    values = [
        OptionValue(Amount(o.value, label=o.title or f"Option of {o.length}"), OptionState(o.status))
        for o in options
        if o.status in list(OptionState)
    ]
    return value_split(Amount(core, certainty, "Core term"), values)


def _begins(start: date, number: int) -> date:
    """The first day of a contract year, counted from 1."""
    try:
        return start.replace(year=start.year + number - 1)
    except ValueError:
        return date(start.year + number - 1, 3, 1)
