"""Inherited contracts: in which form they are held, which they are to move to, and how far the portfolio has come."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from storage.desk.finance.money import Money
from storage.desk.finance.new_year import LIVE_POSITIONS
from storage.engine.values import show_day
from storage.records.contracts import FITNESS, FORMS, Contract

STANDARD = FORMS[:2]
"""The forms of the NHS Standard Contract: full length and shorter."""
NOT_RECORDED = "Not recorded"
NO_TARGET = "No target"
_NOT_REVIEWED = ("", FITNESS[0])


@dataclass(frozen=True, slots=True)
class Moving:
    """One contract with the form it has, the one it is to move to and by when, and whether it is fit."""

    contract: Contract

    @property
    def name(self) -> str:
        """Reference and title."""
        c = self.contract
        return " ".join(w for w in (c.reference, c.title) if w) or c.name

    @property
    def held(self) -> str:
        """The form held now."""
        return self.contract.contract_form or NOT_RECORDED

    @property
    def target(self) -> str:
        """The form to move to; a contract on its target form, or on a standard one without a target, has arrived."""
        return self.contract.form_target or (self.held if self.held in STANDARD else NO_TARGET)

    @property
    def arrived(self) -> bool:
        """Whether it is in the form it is to be in."""
        return self.held == self.target

    @property
    def inherited(self) -> bool:
        """Whether anything is recorded of moving it or of its fitness."""
        c = self.contract
        return bool(c.form_target or c.form_target_date or c.fitness or c.fitness_on)

    @property
    def reviewed(self) -> bool:
        """Whether somebody has said how fit it is."""
        return self.contract.fitness not in _NOT_REVIEWED

    def overdue(self, today: date) -> bool:
        """Whether it should have been moved by now."""
        by = self.contract.form_target_date
        return not self.arrived and by is not None and by < today


@dataclass(frozen=True, slots=True)
class Move:
    """How many contracts of one form are to move to another, or are there."""

    held: str
    target: str
    contracts: int
    arrived: bool
    overdue: int
    reviewed: int
    next_date: date | None


@dataclass(frozen=True, slots=True)
class Portfolio:
    """The contracts that run, how many are in a standard form, and the way of the others."""

    today: date
    every: tuple[Moving, ...]
    moves: tuple[Move, ...]

    @property
    def standard(self) -> int:
        """How many are on the NHS Standard Contract."""
        return sum(m.held in STANDARD for m in self.every)

    @property
    def waiting(self) -> list[Moving]:
        """Those still to be moved, the earliest date first, then those without a date and without a target."""
        left = [m for m in self.every if not m.arrived]
        return sorted(
            left, key=lambda m: (m.contract.form_target_date or date.max, m.target == NO_TARGET, m.name)
        )

    @property
    def overdue(self) -> int:
        """How many should have been moved by now."""
        return sum(m.overdue(self.today) for m in self.every)

    @property
    def reviewed(self) -> int:
        """How many have had their fitness reviewed."""
        return sum(m.reviewed for m in self.every)

    @property
    def without_target(self) -> int:
        """How many are in no standard form and have none to move to."""
        return sum(m.target == NO_TARGET for m in self.every)

    def words(self) -> str:
        """The progress in a few sentences."""
        if not self.every:
            return "No contract runs."
        said = f"{self.standard:,} of {_contracts(len(self.every))} on the NHS Standard Contract"
        said += f" ({100 * self.standard // len(self.every)}%). "
        left = len(self.waiting) - self.without_target
        said += f"{left:,} still to move, {self.overdue:,} overdue; {self.without_target:,} without a target form. "
        said += f"Fitness reviewed: {self.reviewed:,} of {len(self.every):,}."
        dates = [d for m in self.waiting if (d := m.contract.form_target_date) and d >= self.today]
        return said + (f" Next to be moved by {show_day(min(dates))}." if dates else "")


def portfolio(money: Money) -> Portfolio:
    """The contracts that run or are about to, as they stand."""
    live = (line.contract for line in money.lines if line.contract.position in LIVE_POSITIONS)
    return portfolio_of(live, money.today)


def portfolio_of(contracts: Iterable[Contract], today: date) -> Portfolio:
    """The portfolio some contracts make."""
    every = tuple(Moving(c) for c in contracts)
    groups: dict[tuple[str, str], list[Moving]] = {}
    for each in every:
        groups.setdefault((each.held, each.target), []).append(each)
    moves = [_move(held, target, some, today) for (held, target), some in groups.items()]
    return Portfolio(today, every, tuple(sorted(moves, key=_place)))


def _move(held: str, target: str, some: Sequence[Moving], today: date) -> Move:
    dates = [d for m in some if not m.arrived and (d := m.contract.form_target_date) and d >= today]
    return Move(
        held,
        target,
        len(some),
        held == target,
        sum(m.overdue(today) for m in some),
        sum(m.reviewed for m in some),
        min(dates, default=None),
    )


def _place(move: Move) -> tuple[bool, int, int]:
    """Those on their way first, in the order of the list of forms."""
    return move.arrived, _form(move.held), _form(move.target)


def _form(name: str) -> int:
    return FORMS.index(name) if name in FORMS else len(FORMS)


def _contracts(count: int) -> str:
    return "1 contract" if count == 1 else f"{count:,} contracts"
