"""What partners pay into a shared service or a pooled fund: by year, limited in time, and rolled forward."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from storage.engine.values import show_day, show_money
from storage.rules.explained import Explained, Reason
from storage.rules.money import financial_year_label, first_day_of_year, last_day_of_year
from storage.rules.rates import percent_of, show_rate
from storage.rules.shares import Share, Weight, shared
from storage.rules.totals import Amount, Total, listed, summed

ROLLING_FORWARD = "the usual schedule for contributions to a pooled fund under section 75, NHS Act 2006"


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one partner pays for one financial year, or every year when `year` is None; perhaps only `until` a day."""

    partner: str
    amount: Amount
    year: int | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Pool:
    """What is paid in for one financial year.

    `fallen_away` was limited in time and has ended before the year (it is not in `total`); `ending` is in
    `total`, ends by the year’s last day and will be missing in the next. `shares` is empty while a figure
    is missing, since nobody's share of an unknown whole is known.
    """

    year: int
    total: Total
    shares: tuple[Share, ...]
    fallen_away: Total
    ending: Total


def pool(contributions: Sequence[Contribution], year: int) -> Explained[Pool]:
    """The contributions for one financial year: their sum, each partner's share, and what falls away.

    A contribution that ends within the year still counts for it. One of an earlier year is told as fallen
    away only in the year after it.
    """
    first, last = first_day_of_year(year), last_day_of_year(year)
    counted = [c for c in contributions if c.year in (None, year) and not _ended_before(c, first)]
    gone = [c for c in contributions if c.year in (None, year, year - 1) and _ended_before(c, first)]
    ending = [c for c in counted if c.until is not None and c.until <= last]
    paid = [_labelled(c) for c in counted]
    total = summed(paid)
    found = Pool(
        year,
        total,
        _shares(counted) if total.figures == len(counted) else (),
        summed(c.amount for c in gone),
        summed(c.amount for c in ending),
    )
    why = f"{financial_year_label(year)}: {found.total.words()}"
    why += f" from {_contributions(len(counted))}." if counted else "."
    if gone:
        why += f" {_first_up(found.fallen_away.words())} fell away: {_and_until(gone)}."
    if ending:
        why += f" {_first_up(found.ending.words())} falls away after this year: {_and_until(ending)}."
    return Explained(found, why, listed(paid) + tuple(_left_out(c) for c in gone))


def next_year(
    recurrent: int,
    *,
    in_year: int = 0,
    non_recurrent: int = 0,
    inflation: int | Decimal = 0,
    planned: int = 0,
    efficiency: int | Decimal = 0,
) -> Explained[int]:
    """A contribution rolled forward: recurrent + recurrent changes in the year + inflation + planned − efficiency.

    All in pence. Inflation and efficiency may also be rates in per cent (Decimal); both are then taken of the
    recurrent sum with the changes of the year, each rounded half up, so that neither works on the other.
    What was non-recurrent is left out and told.
    Raises ValueError for an efficiency below nought or for what is no rate.
    """
    if efficiency < 0:
        raise ValueError("An efficiency is what is saved and cannot be below nought.")
    base = recurrent + in_year
    grown, how_grown = _pence(base, inflation)
    saved, how_saved = _pence(base, efficiency)
    result = base + grown + planned - saved
    steps = [Reason(f"Recurrent this year: {show_money(recurrent)}.")]
    steps += [Reason(f"Recurrent changes in the year: {show_money(in_year)}.")] if in_year else []
    steps += [Reason(f"Inflation{how_grown}: {show_money(grown)}.")] if grown else []
    steps += [Reason(f"Planned changes: {show_money(planned)}.")] if planned else []
    steps += [Reason(f"Less efficiency{how_saved}: {show_money(saved)}.")] if saved else []
    why = (
        f"{show_money(result)} = {show_money(recurrent)} recurrent + {show_money(in_year)} changes in the year + "
        f"{show_money(grown)} inflation + {show_money(planned)} planned changes − {show_money(saved)} efficiency."
    )
    if non_recurrent:
        steps.append(Reason(f"Not carried on, because it is non-recurrent: {show_money(non_recurrent)}."))
        why += f" {show_money(non_recurrent)} non-recurrent is not carried on."
    return Explained(result, why, (Reason("How next year is made up", ROLLING_FORWARD, tuple(steps)),))


def outturn(
    spent: int | None, paid_in: Sequence[Weight], agreed: Sequence[Weight] = ()
) -> Explained[tuple[Share, ...]]:
    """How an overspend of a pooled fund (an underspend below nought) falls to the partners, to the penny.

    Shared as `agreed` where a risk share is, otherwise by what each has paid in (pence as weights). Nobody has
    a share when percentages that were agreed do not come to 100, and the sentence says so.
    """
    if spent is None:
        return Explained((), "No spend is recorded yet.")
    paid = sum(int(one.weight) for one in paid_in)
    over = spent - paid
    kind = "overspent by" if over > 0 else "underspent by"
    state = f"{show_money(spent)} spent of {show_money(paid)}"
    if not over:
        return Explained((), f"{state}: nothing over or under to share.")
    by_percent = [one.weight for one in agreed if isinstance(one.weight, Decimal)]
    if by_percent and sum(by_percent) != 100:
        return Explained(
            (), f"The agreed shares come to {show_rate(sum(by_percent, Decimal(0)))}, not to 100%."
        )
    basis = "the agreed risk share" if agreed else "what each pays in"
    found = shared(over, agreed or paid_in, basis)
    why = f"{state}: {kind} {show_money(abs(over))}. {found.why}"
    return Explained(found.value, why, found.reasons)


def _ended_before(contribution: Contribution, day: date) -> bool:
    """Whether it was limited in time and the last day it counts for has passed."""
    return contribution.until is not None and contribution.until < day


def _labelled(contribution: Contribution) -> Amount:
    """The amount under its partner’s name, with the day it is limited to."""
    amount = contribution.amount
    until = f" (until {show_day(contribution.until)})" if contribution.until else ""
    return Amount(amount.pence, amount.certainty, contribution.partner + until)


def _shares(contributions: Sequence[Contribution]) -> tuple[Share, ...]:
    """Each partner’s contributions together as a share of all."""
    by_partner: dict[str, int] = {}
    for one in contributions:
        by_partner[one.partner] = by_partner.get(one.partner, 0) + (one.amount.pence or 0)
    weights = [Weight(partner, pence) for partner, pence in by_partner.items()]
    return shared(sum(by_partner.values()), weights).value


def _left_out(contribution: Contribution) -> Reason:
    """Why a contribution is not in the sum."""
    return Reason(f"Not counted: {_labelled(contribution).words()}.")


def _and_until(contributions: Sequence[Contribution]) -> str:
    """Who and until when: `Home Office (until 31 Mar 2015) and Ministry of Justice (until …)`."""
    names = [_labelled(one).label for one in contributions]
    if len(names) > 4:
        names[3:] = [f"{len(names) - 3} more"]
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]


def _pence(base: int, change: int | Decimal) -> tuple[int, str]:
    """A change in pence, given so or as a rate, and how it came about."""
    if isinstance(change, Decimal):
        return percent_of(base, change), f" of {show_rate(change)} on {show_money(base)}"
    return change, ""


def _contributions(count: int) -> str:
    """So many contributions in words."""
    return "one contribution" if count == 1 else f"{count} contributions"


def _first_up(words: str) -> str:
    """The words with a capital in front."""
    return words[:1].upper() + words[1:]
