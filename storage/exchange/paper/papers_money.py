"""What the money of a register prints: sections of facts, bars and tables, in words and small numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from storage.exchange.paper.papers import TitledPaper

WHOLE = 10_000
"""A bar is so many ten-thousandths of the widest."""


@dataclass(frozen=True, slots=True)
class MoneyFact:
    """A figure above everything else, with what is not sure about it."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class MoneyBar:
    """One bar: its name, its length, its words, and what is not sure about it."""

    name: str
    length: int
    words: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class MoneyColumn:
    """One column: its heading, its share of the width, and whether it holds figures."""

    label: str
    share: int
    figures: bool = False


@dataclass(frozen=True, slots=True)
class MoneyTable:
    """Rows under headings, the last one a total where there is one; `none` is said in place of no rows."""

    columns: tuple[MoneyColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()
    none: str = ""


@dataclass(frozen=True, slots=True)
class MoneySection:
    """One part of the paper under its heading."""

    heading: str
    table: MoneyTable
    said: str = ""
    bars: tuple[MoneyBar, ...] = ()


@dataclass(frozen=True, slots=True)
class MoneyPaper(TitledPaper):
    """The money of a year, the inherited contracts or the summary of provider selection, on landscape pages."""

    layout: ClassVar[str] = "money"
    sections: tuple[MoneySection, ...]
    facts: tuple[MoneyFact, ...] = ()
    said: str = ""
