"""What is chosen for a new financial year, and what the preview says of each contract before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from storage.engine.fields import Record
from storage.rules.explained import Explained, Reason
from storage.rules.indexation import Figure, IndexationMethod, Limits, NhsUplift, rate_for
from storage.rules.money import financial_year_label, first_day_of_year

NHS_METHODS = (IndexationMethod.NHS_ADDED, IndexationMethod.NHS_MULTIPLIED)
NOT_ALL = "The parts ticked need more: "


_NOTHING_SAID: Explained[object] = Explained[object](None, "")


@dataclass(frozen=True, slots=True)
class NewYear:
    """The year that begins (2027 for 2027/28), the parts to do, and the uplift with its limits in per cent."""

    year: int
    uplift: bool = True
    planned: bool = True
    variation: bool = True
    kpis: bool = True
    close: bool = False
    method: IndexationMethod = IndexationMethod.FIXED
    rate: Decimal | None = None
    efficiency: Decimal | None = None
    floor: Decimal | None = None
    cap: Decimal | None = None
    source: str = ""
    same_only: bool = True  # contracts that agreed another indexation wait for a run with their own rate

    @property
    def label(self) -> str:
        """The year as people write it."""
        return financial_year_label(self.year)

    @property
    def before(self) -> str:
        """The year that closes."""
        return financial_year_label(self.year - 1)

    def suits(self, indexation: str) -> bool:
        """Whether the uplift is meant for a contract with this indexation; a blank one takes any."""
        return not self.same_only or indexation in ("", IndexationMethod.NONE, self.method)

    def figure(self) -> Figure:
        """The uplift as a step from 1 April on. Raises ValueError for what is no rate, or a floor above the cap."""
        limits = Limits(self.floor, self.cap)
        rate: Decimal | NhsUplift = rate_for(self.method, self.rate or Decimal(0), self.efficiency)
        return Figure(first_day_of_year(self.year), rate, self.source, limits)

    def trouble(self) -> str:
        """Why it cannot be done as chosen, in words; empty when it can."""
        if not (self.uplift or self.planned or self.variation or self.kpis or self.close):
            return "Nothing is ticked. Tick at least one part."
        if not self.uplift:
            return ""
        if self.method is IndexationMethod.NONE:
            return "Choose by what prices are raised, or take the tick from the uplift."
        if self.rate is None:
            return "Type the rate of the uplift in per cent, or take the tick from the uplift."
        try:
            self.figure()
        except ValueError as error:
            return str(error)
        return ""


@dataclass(frozen=True, slots=True)
class Doing:
    """One part for one contract: what is done in words, or what is there already, or why nothing is done."""

    words: str = ""
    new: bool = False  # it will be written
    there: bool = False  # it was there before and stays as it is


@dataclass(frozen=True, slots=True)
class YearRow:
    """One contract in the preview, and the records that would be written for it."""

    contract: int
    reference: str
    title: str
    provider: str = ""
    this_year: int | None = None
    next_year: int | None = None  # planned: what is written, or what is there already
    uplift: Doing = Doing()
    planned: Doing = Doing()
    variation: Doing = Doing()
    kpis: Doing = Doing()
    close: Doing = Doing()
    warnings: tuple[str, ...] = ()
    why: Explained[object] = _NOTHING_SAID
    writes: tuple[Record, ...] = ()

    @property
    def doings(self) -> tuple[tuple[str, Doing], ...]:
        """The parts under the names the preview gives them."""
        return (
            ("Uplift", self.uplift),
            ("Planned", self.planned),
            ("Variation", self.variation),
            ("KPI periods", self.kpis),
            ("Closing", self.close),
        )

    @property
    def there(self) -> tuple[str, ...]:
        """What was done before, part by part."""
        return tuple(f"{name}: {doing.words}" for name, doing in self.doings if doing.there)

    def steps(self) -> tuple[Reason, ...]:
        """Everything the preview knows of the contract, to be looked at one by one."""
        said = [Reason(f"{name}: {doing.words}.") for name, doing in self.doings if doing.words]
        first = [Reason(self.why.why, "", self.why.reasons)] if self.why.why else []
        return (*first, *said, *(Reason(words) for words in self.warnings))


@dataclass(frozen=True, slots=True)
class YearSums:
    """What a preview comes to: contracts, how many change, what is planned, and how often there is a warning."""

    contracts: int
    changing: int
    before: int
    planned: int
    unknown: int  # contracts without a figure for next year
    warned: int


def sums(rows: list[YearRow]) -> YearSums:
    """The preview in figures; `before` and `planned` count only contracts that have both."""
    both = [(r.this_year, r.next_year) for r in rows if r.this_year is not None and r.next_year is not None]
    return YearSums(
        len(rows),
        sum(bool(r.writes) for r in rows),
        sum(before for before, _ in both),
        sum(after for _, after in both),
        sum(r.next_year is None for r in rows),
        sum(bool(r.warnings) for r in rows),
    )
