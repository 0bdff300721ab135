"""The money of a register side by side: by contract, cost centre, directorate; committed, pooled, and what ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from storage.desk.finance.money import OVER, Line, Money
from storage.engine.values import show_day
from storage.records.finance import Contribution
from storage.records.running import Notice
from storage.records.terms import Extension
from storage.rules.commitments import CommitmentRow, Commitments, committed
from storage.rules.contributions import Contribution as Paid
from storage.rules.contributions import Pool, pool
from storage.rules.explained import Explained
from storage.rules.money import financial_year, first_day_of_year, last_day_of_year
from storage.rules.rates import show_rate
from storage.rules.renewal import ROLLS_OVER
from storage.rules.totals import Amount, Certainty, Total, summed

CONTRACT, COST_CENTRE, DIRECTORATE = "contract", "cost centre", "directorate"
GROUPINGS = (CONTRACT, COST_CENTRE, DIRECTORATE)
NONE_NAMED = "Not named"


@dataclass(frozen=True, slots=True)
class YearTotals:
    """Planned, forecast, actual and variance of some contracts in one year, each with what is not sure about it."""

    name: str
    lines: tuple[Line, ...]
    planned: Total
    forecast: Total
    actual: Total
    variance: Total  # of the contracts that have one

    @property
    def contracts(self) -> int:
        """How many contracts."""
        return len(self.lines)


def year_totals(money: Money, year: int, lines: Sequence[Line], name: str = "All contracts") -> YearTotals:
    """What contracts come to in a year."""
    apart = [line.variance(year, money.today).value for line in lines]
    return YearTotals(
        name,
        tuple(lines),
        summed(line.planned(year).amount for line in lines),
        summed(line.forecast(year).amount for line in lines),
        summed(line.actual(year).amount for line in lines),
        summed(Amount(v.pence if v else None) for v in apart),
    )


def by_group(money: Money, year: int, lines: Sequence[Line], grouping: str) -> list[YearTotals]:
    """The contracts of a year by cost centre or by directorate, in the order of their names; unnamed ones last."""
    groups: dict[str, list[Line]] = {}
    for line in lines:
        name = line.cost_centre(year) if grouping == COST_CENTRE else line.contract.directorate
        groups.setdefault(name.strip(), []).append(line)
    names = sorted(groups, key=lambda name: (not name, name.casefold()))
    return [year_totals(money, year, groups[name], name or NONE_NAMED) for name in names]


# ---------------------------------------------------------------------------- commitments


@dataclass(frozen=True, slots=True)
class Committed:
    """What is committed from a year on, with the contract of each row."""

    found: Explained[Commitments]
    rows: tuple[tuple[Line, CommitmentRow], ...]
    open_ended: int  # contracts that count for the year alone


def commitments(money: Money, year: int, lines: Sequence[Line] | None = None) -> Committed:
    """What contracts commit in a year, in the next and later; drafts and what is over are left out."""
    chosen = money.lines if lines is None else lines
    agreed = [line for line in chosen if line.contract.stage not in OVER and _from(line, year)]
    found = committed([line.committed(year) for line in agreed], first_day_of_year(year))
    pairs = tuple(zip(agreed, found.value.rows, strict=True))
    return Committed(found, pairs, sum(line.goes_on for line in agreed))


def _from(line: Line, year: int) -> bool:
    """Whether a contract can still cost something from a year on."""
    end = line.contract.ends
    return line.goes_on or line.rolls or end is None or end >= first_day_of_year(year)


# ---------------------------------------------------------------------------- what ends


@dataclass(frozen=True, slots=True)
class Ending:
    """A contract that ends with the year, and what is decided about it."""

    line: Line
    value: Amount
    decision: str
    decided: bool
    option: str
    notice: str
    act_by: date | None


def endings(money: Money, year: int, lines: Sequence[Line] | None = None) -> list[Ending]:
    """The contracts whose end is the last day of a year, the ones to be acted on first at the top."""
    last = last_day_of_year(year)
    chosen = money.lines if lines is None else lines
    found = [_ending(money, line, year) for line in chosen
             if line.contract.ends == last and line.contract.stage not in OVER]  # fmt: skip
    return sorted(found, key=lambda e: (e.decided, e.act_by or date.max, e.line.name))


def _ending(money: Money, line: Line, year: int) -> Ending:
    c, today = line.contract, money.today
    options = money.options.get(c.key, ())
    open_ones = [o for o in options if o.status == "Available"]
    given = sorted(money.notices.get(c.key, ()), key=lambda n: n.served_on or date.min)
    decision, decided = "To be decided", False
    if c.stage == "Notice served" or (given and given[-1].kind != "Extension"):
        decision, decided = "Ends: notice is given", True
    elif c.renewal == ROLLS_OVER:
        decision, decided = (
            "Rolls over unless notice is given",
            c.notice_by is not None and c.notice_by < today,
        )
    elif line.goes_on:
        decision = "Runs on until it is ended"
    elif last_day_of_year(year) < today:
        decision, decided = "Ended", True
    return Ending(line, line.planned(year).amount, decision, decided, _option_words(open_ones, options),
                  _notice_words(line, given, today), None if decided else c.act_by)  # fmt: skip


def _option_words(open_ones: Sequence[Extension], options: Sequence[Extension]) -> str:
    if not options:
        return "No option"
    if not open_ones:
        return "No option left"
    first = open_ones[0]
    words = f"Open: {first.length}" if first.length else "Open"
    words += f", decide by {show_day(first.decide_by)}" if first.decide_by else ""
    return words + (f" (+{len(open_ones) - 1} more)" if len(open_ones) > 1 else "")


def _notice_words(line: Line, given: Sequence[Notice], today: date) -> str:
    if given:
        last = given[-1]
        return f"{last.kind}, {show_day(last.served_on)}" if last.served_on else last.kind
    by = line.contract.notice_by
    if by is None:
        return "Not recorded"
    return f"By {show_day(by)}" if by >= today else f"Passed {show_day(by)}"


# ---------------------------------------------------------------------------- pooled money


@dataclass(frozen=True, slots=True)
class Partner:
    """What one partner pays in for a year."""

    name: str
    contributions: tuple[Contribution, ...]
    total: Total
    share: str  # in per cent of all, as words; empty while a figure is missing
    ending: Total  # what is limited in time and falls away after the year


def pooled(
    money: Money, year: int, contracts: frozenset[int] | None = None
) -> tuple[Explained[Pool], list[Partner]]:
    """The contributions for a year in all, and by partner in the order of their names."""
    held = [c for c in money.contributions if contracts is None or c.contract in contracts]
    paid = [(c, _paid(money, c)) for c in held]
    whole = pool([p for _, p in paid], year)
    shares = {share.name: share for share in whole.value.shares}
    names = sorted({p.partner for _, p in paid}, key=str.casefold)
    found = []
    for name in names:
        own = [(c, p) for c, p in paid if p.partner == name]
        part = pool([p for _, p in own], year).value
        counted = tuple(c for c, _ in own if c.year in (None, year))
        if not counted:
            continue
        share = shares.get(name)
        percent = show_rate(share.percent) if share else ""
        found.append(Partner(name, counted, part.total, percent, part.ending))
    return whole, found


def _paid(money: Money, c: Contribution) -> Paid:
    name = money.partners.get(c.organisation or 0, NONE_NAMED)
    return Paid(name, Amount(c.amount, Certainty.read(c.certainty)), c.year, c.until)


def this_year(money: Money) -> int:
    """The financial year that runs."""
    return financial_year(money.today)
