"""Makes the tabs of the money page from what was read of the register, wherever it runs."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop.pages.money.ahead import committed_sheet, ending_sheet
from desktop.pages.money.inherited import inherited_sheet
from desktop.pages.money.paid_in import pooled_sheet
from desktop.pages.money.sheets import COMMITTED, ENDING, INHERITED, POOLED, YEAR, Sheet, Wish
from desktop.pages.money.year import year_sheet
from storage.desk.contract.inherited import Portfolio, portfolio
from storage.desk.finance.money import Money, read_money
from storage.engine.reading import Reader
from storage.engine.steps import Progress


@dataclass(frozen=True, slots=True)
class Read:
    """The money of the register, and the portfolio it makes."""

    money: Money
    portfolio: Portfolio


@dataclass(frozen=True, slots=True)
class Seen:
    """A tab with the wish it was made for."""

    wish: Wish
    sheet: Sheet


def read(reader: Reader) -> Read:
    """Read the register."""
    money = read_money(reader)
    return Read(money, portfolio(money))


def seen(held: Read, wish: Wish) -> Seen:
    """The tab that is wished for."""
    makers: Mapping[str, Callable[[Money, Portfolio, Wish], Sheet]] = {
        YEAR: year_sheet, COMMITTED: committed_sheet, ENDING: ending_sheet, POOLED: pooled_sheet,
        INHERITED: inherited_sheet,
    }  # fmt: skip
    return Seen(wish, makers[wish.tab](held.money, held.portfolio, wish))


def seeing(held: Read, wish: Wish, _nowhere: Path) -> Generator[Progress, None, Seen]:
    """The same for a thread of its own."""
    yield Progress(0, 1, "Adding up")
    return seen(held, wish)
