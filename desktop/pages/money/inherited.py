"""Inherited contracts: how far the portfolio has come towards the standard contract, and what is still to move."""

from __future__ import annotations

from desktop.pages.money.sheets import (
    MOVING,
    Keyed,
    Sheet,
    Wish,
    fits,
)
from desktop.pages.page import Place
from desktop.words import count_words, days_words
from storage.desk.contract.inherited import NO_TARGET, STANDARD, Move, Moving, Portfolio, portfolio_of
from storage.desk.finance.money import Money
from storage.engine.values import show_day
from widgets.bar_chart import Bar
from widgets.facts import Fact
from widgets.table_listed import Key
from widgets.table_model import Cell, Column, Row
from widgets.table_painter import FoldPlan

TITLE = "Towards the NHS Standard Contract"
_FORM_COLUMNS = (
    Column("held", "Form held now", 260, stretch=True),
    Column("target", "Form to move to", 260),
    Column("count", "Contracts", 90, "right"),
    Column("overdue", "Overdue", 90, "right"),
    Column("reviewed", "Fitness reviewed", 126, "right"),
    Column("next", "Next date", 150),
)
_MOVING_COLUMNS = (
    Column("title", "Contract", 220, stretch=True),
    Column("held", "Form held now", 270),
    Column("target", "Form to move to", 270),
    Column("by", "By", 170),
    Column("fitness", "Fitness", 140),
    Column("on", "Reviewed on", 106),
)
_MOVING_FOLD = FoldPlan("title", ("held",), label="Contract", below=1400, least=230)
_FORM_FOLD = FoldPlan("held", ("target",), label="Form held now, and to move to", below=900, least=260)


def inherited_sheet(_money: Money, portfolio: Portfolio, wish: Wish) -> Sheet:
    """The portfolio by form, or the contracts that are still to be moved."""
    chosen = portfolio
    if wish.words.strip():
        kept = [
            m.contract for m in portfolio.every
            if fits(wish.words, m.name, m.held, m.target, m.contract.provider_name, m.contract.directorate)
        ]  # fmt: skip
        chosen = portfolio_of(kept, portfolio.today)
    facts, bars = _progress(chosen), _bars(chosen)
    if wish.by == MOVING:
        rows = tuple(_moving_row(chosen, m) for m in chosen.waiting)
        leads: dict[int, Place | str] = {
            m.contract.key: Place("contracts", m.contract.key, "inherited") for m in chosen.waiting
        }
        return Sheet(_MOVING_COLUMNS, rows, "", facts, TITLE, bars, fold=_MOVING_FOLD, leads=leads,
                     none="No contract is waiting to be moved to another form.")  # fmt: skip
    found = tuple(_form_row(number, m) for number, m in enumerate(chosen.moves, 1))
    into: dict[int, Place | str] = {number: m.held for number, m in enumerate(chosen.moves, 1)}
    return Sheet(
        _FORM_COLUMNS, found, "", facts, TITLE, bars, fold=_FORM_FOLD, leads=into, none="No contract runs."
    )


def _progress(p: Portfolio) -> tuple[Fact, ...]:
    if not p.every:
        return ()
    many = len(p.every)
    dates = [d for m in p.waiting if (d := m.contract.form_target_date) and d >= p.today]
    first = min(dates, default=None)
    return (
        Fact("standard", "On the NHS Standard Contract", f"{100 * p.standard // many}%",
             f"{p.standard:,} of {count_words(many, 'contract')}"),
        Fact("overdue", "Overdue", f"{p.overdue:,}", "to be moved by now" if p.overdue else "",
             tone="red" if p.overdue else ""),
        Fact("next", "Next to be moved by", show_day(first) if first else "–",
             days_words(first, p.today) if first else ""),
        Fact("fitness", "Fitness reviewed", f"{p.reviewed:,}", f"of {many:,}"),
    )  # fmt: skip


def _bars(p: Portfolio) -> tuple[Bar, ...]:
    """How many have arrived, are on their way, or have nowhere to go."""
    counts = (
        ("On the NHS Standard Contract", p.standard),
        ("On another form, to be moved", sum(not m.arrived and m.target != NO_TARGET and m.held not in STANDARD
                                            for m in p.every)),
        ("On another form, no form to move to", p.without_target),
        ("On another form, as it is to be", sum(m.arrived and m.held not in STANDARD for m in p.every)),
    )  # fmt: skip
    return tuple(Bar(name, n, count_words(n, "contract")) for name, n in counts if n)


def _form_row(number: int, m: Move) -> Keyed:
    target = "already there" if m.arrived else m.target
    quiet = "soft" if m.arrived or m.target == NO_TARGET else ""
    cells = {
        "held": Cell(m.held),
        "target": Cell(target, quiet),
        "count": Cell(f"{m.contracts:,}"),
        "overdue": Cell(f"{m.overdue:,}" if m.overdue else "", "red" if m.overdue else ""),
        "reviewed": Cell(f"{m.reviewed:,}"),
        "next": Cell(show_day(m.next_date) if m.next_date else ""),
    }
    keys: dict[str, Key] = {
        "held": m.held, "target": target, "count": m.contracts, "overdue": m.overdue, "reviewed": m.reviewed,
        "next": m.next_date.toordinal() if m.next_date else None,
    }  # fmt: skip
    return Row(number, cells), keys


def _moving_row(p: Portfolio, m: Moving) -> Keyed:
    c, late = m.contract, m.overdue(p.today)
    by = c.form_target_date
    cells = {
        "title": Cell(m.name),
        "held": Cell(m.held, "soft"),
        "target": Cell(m.target, "soft" if m.target == NO_TARGET else ""),
        "by": Cell(show_day(by), "red" if late else "", note="overdue" if late else days_words(by, p.today))
        if by
        else Cell(),
        "fitness": Cell(c.fitness, "soft" if not m.reviewed else ""),
        "on": Cell(show_day(c.fitness_on) if c.fitness_on else "", "soft"),
    }
    keys: dict[str, Key] = {name: cell.text for name, cell in cells.items()}
    keys |= {"by": by.toordinal() if by else None, "on": c.fitness_on.toordinal() if c.fitness_on else None}
    return Row(c.key, cells), keys
