"""What is committed this financial year, next year and later, and which contracts end with the year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from storage.engine.values import show_day
from storage.rules.explained import Explained, Reason
from storage.rules.money import financial_year, financial_year_label, first_day_of_year, last_day_of_year
from storage.rules.totals import Amount, Certainty, Total, summed

_MOST_REASONS = 12


@dataclass(frozen=True, slots=True)
class Held:
    """One contract with its value by financial year (None where it cannot be laid out) and its current end."""

    contract: str
    years: Mapping[int, int] | None
    end: date | None = None
    certainty: Certainty = Certainty.ACTUAL


@dataclass(frozen=True, slots=True)
class CommitmentRow:
    """One contract in pence: before this financial year, in it, in the next, and after; None where unknown."""

    contract: str
    earlier: int | None
    this_year: int | None
    next_year: int | None
    later: int | None


@dataclass(frozen=True, slots=True)
class Commitments:
    """The contracts row by row as listed, and the totals of what is committed from this financial year on."""

    year: int
    rows: tuple[CommitmentRow, ...]
    this_year: Total
    next_year: Total
    later: Total


def committed(contracts: Iterable[Held], today: date) -> Explained[Commitments]:
    """What contracts commit in the financial year of `today`, in the next one, and later.

    A contract whose value cannot be laid out stays a gap in each total, unless it has ended before those years.
    """
    year = financial_year(today)
    held = list(contracts)
    rows = tuple(_row(one, year) for one in held)
    pairs = list(zip(held, rows, strict=True))
    found = Commitments(
        year,
        rows,
        summed(_amount(row.this_year, one) for one, row in pairs),
        summed(_amount(row.next_year, one) for one, row in pairs),
        summed(_amount(row.later, one) for one, row in pairs),
    )
    named = (
        f"This year ({financial_year_label(year)})",
        f"Next year ({financial_year_label(year + 1)})",
        "Later",
    )
    totals = (found.this_year, found.next_year, found.later)
    lines = [f"{name}: {worth.words()}." for name, worth in zip(named, totals, strict=True)]
    return Explained(found, " ".join(lines), tuple(Reason(line) for line in lines))


def ending_with_year(contracts: Sequence[Held], year: int) -> Explained[tuple[Held, ...]]:
    """The contracts whose current end is the last day, 31 March, of the financial year that begins in `year`."""
    last = last_day_of_year(year)
    found = tuple(one for one in contracts if one.end == last)
    if not found:
        return Explained((), f"No contract ends on {show_day(last)}.")
    worth = summed(Amount((one.years or {}).get(year), one.certainty) for one in found)
    count = "One contract ends" if len(found) == 1 else f"{len(found):,} contracts end"
    lines = [Reason(f"{one.contract} ends on {show_day(last)}.") for one in found[:_MOST_REASONS]]
    if len(found) > _MOST_REASONS:
        lines.append(Reason(f"And {len(found) - _MOST_REASONS:,} more."))
    why = f"{count} on {show_day(last)}; in {financial_year_label(year)}: {worth.words()}."
    return Explained(found, why, tuple(lines))


def _row(held: Held, year: int) -> CommitmentRow:
    """The years of one contract gathered around this one."""
    if held.years is None:
        gaps = [
            0 if held.end is not None and held.end < first_day_of_year(year + n) else None for n in range(3)
        ]
        return CommitmentRow(held.contract, None, *gaps)
    return CommitmentRow(
        held.contract,
        sum(pence for key, pence in held.years.items() if key < year),
        held.years.get(year, 0),
        held.years.get(year + 1, 0),
        sum(pence for key, pence in held.years.items() if key > year + 1),
    )


def _amount(pence: int | None, held: Held) -> Amount:
    """A figure as sure as its contract’s value; where a contract has nothing in a year, that is certain."""
    return Amount(pence, held.certainty if pence != 0 else Certainty.ACTUAL)
