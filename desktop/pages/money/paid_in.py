"""What partners pay in for a year."""

from __future__ import annotations

from desktop.pages.money.sheets import Keyed, Sheet, Wish, chosen_lines
from desktop.pages.page import Place
from desktop.words import count_words
from storage.desk.contract.inherited import Portfolio
from storage.desk.finance.money import Money
from storage.desk.finance.money_tables import (
    Partner,
    pooled,
)
from storage.desk.finance.money_words import exact_words, sum_words, unsure_words
from storage.rules.money import financial_year_label
from widgets.facts import Fact
from widgets.table_listed import Key
from widgets.table_model import Cell, Column, Row

_POOLED_COLUMNS = (
    Column("title", "Partner", 240, stretch=True),
    Column("count", "Contributions", 110, "right"),
    Column("total", "Pays in", 190, "right"),
    Column("share", "Share", 90, "right"),
    Column("ending", "Falls away after the year", 190, "right"),
)


def pooled_sheet(money: Money, _portfolio: Portfolio, wish: Wish) -> Sheet:
    """What partners pay in."""
    lines = chosen_lines(wish, money.lines)
    chosen = frozenset(line.contract.key for line in lines) if wish.words.strip() else None
    whole, partners = pooled(money, wish.year, chosen)
    pool = whole.value
    facts = (
        Fact("count", financial_year_label(wish.year), count_words(len(partners), "partner")),
        Fact("total", "Paid in", sum_words(pool.total), unsure_words(pool.total)),
        Fact("ending", "Falls away after the year", sum_words(pool.ending), unsure_words(pool.ending)),
        Fact("gone", "Fell away before it", sum_words(pool.fallen_away), unsure_words(pool.fallen_away)),
    )
    rows = tuple(_partner_row(number, p) for number, p in enumerate(partners, 1))
    leads: dict[int, Place | str] = {
        number: Place("providers", p.contributions[0].organisation or 0)
        for number, p in enumerate(partners, 1)
    }
    return Sheet(_POOLED_COLUMNS, rows, "", facts if partners else (), leads=leads,
                 none=f"No partner pays into a contract in {financial_year_label(wish.year)}. "
                      "Contributions are kept with each contract, under Money.")  # fmt: skip


def _partner_row(number: int, p: Partner) -> Keyed:
    ending = exact_words(p.ending) if p.ending.pence is not None else ""
    cells = {
        "title": Cell(p.name), "count": Cell(f"{len(p.contributions):,}"), "total": Cell(exact_words(p.total)),
        "share": Cell(p.share), "ending": Cell(ending, "amber" if ending else ""),
    }  # fmt: skip
    keys: dict[str, Key] = {
        "title": p.name, "count": len(p.contributions), "total": p.total.pence, "share": p.total.pence,
        "ending": p.ending.pence,
    }  # fmt: skip
    return Row(number, cells), keys
