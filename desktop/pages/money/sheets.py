"""What a tab of the money page shows: facts, bars and rows that lead somewhere, and what was wished for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from desktop.pages.page import Place
from storage.desk.finance.money import Line
from storage.desk.finance.money_tables import CONTRACT
from storage.desk.finance.money_words import amount_words
from widgets.bar_chart import Bar
from widgets.facts import Fact
from widgets.table_listed import Key
from widgets.table_model import Cell, Column, Row
from widgets.table_painter import FoldPlan

YEAR, COMMITTED, ENDING, POOLED, INHERITED = "year", "committed", "ending", "pooled", "inherited"
FORMS, MOVING = "forms", "moving"
Keyed = tuple[Row, Mapping[str, Key]]


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to look at."""

    tab: str = YEAR
    year: int = 0
    by: str = CONTRACT  # how the tab is broken down, where it can be
    words: str = ""  # the filter


@dataclass(frozen=True, slots=True)
class Sheet:
    """One tab: facts above, perhaps bars, then a table whose rows lead somewhere."""

    columns: tuple[Column, ...]
    rows: tuple[Keyed, ...]
    note: str = ""
    facts: tuple[Fact, ...] = ()
    title: str = ""  # of the bars
    bars: tuple[Bar, ...] = ()
    fold: FoldPlan | None = None
    leads: Mapping[int, Place | str] = field(default_factory=dict)  # a place, or words to filter contracts by
    none: str = "Nothing to show."


def fits(words: str, *said: str) -> bool:
    """Whether every word of a filter is somewhere in what is said."""
    held = " ".join(said).casefold()
    return all(word in held for word in words.casefold().split())


def chosen_lines(wish: Wish, lines: Sequence[Line]) -> list[Line]:
    """The contracts that fit the filter."""
    if not wish.words.strip():
        return list(lines)
    return [
        line for line in lines
        if fits(wish.words, line.name, line.contract.provider_name, line.cost_centre(wish.year),
                line.contract.directorate)
    ]  # fmt: skip


def amount_cell(pence: int | None) -> Cell:
    """An amount as a cell; nought is a dash, and one that is not known says so."""
    return Cell(amount_words(pence), "" if pence else "soft")
