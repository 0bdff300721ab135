"""What the plans print, in words and small numbers: the timeline, the forward plan, and options side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from storage.exchange.paper.papers import Fact, TitledPaper

WHOLE = 10_000
"""Places along a drawing are ten-thousandths of its width."""


@dataclass(frozen=True, slots=True)
class Place:
    """Something at one place of a scale: a tick with its words, or a day to act with its kind."""

    at: int
    words: str
    strong: bool = False  # begins a financial year


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch from one place to another, of a kind the layout draws: certain, used, open or rolls."""

    left: int
    right: int
    kind: str


@dataclass(frozen=True, slots=True)
class TimelineLine:
    """One contract: its words, its drawing, and the same as cells of the table."""

    title: str
    under: str
    next: str
    what: str
    spans: tuple[Span, ...]
    marks: tuple[Place, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TimelinePaper(TitledPaper):
    """Contracts on a scale of time, landscape, and after them the same as a table."""

    layout: ClassVar[str] = "timeline"
    ticks: tuple[Place, ...]
    today: int  # its place; below nought when it is not in sight
    lines: tuple[TimelineLine, ...]
    headings: tuple[str, ...]
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class LoadPaper:
    """A quarter as a bar: its figures in words, how high it stands, and whether it is too many."""

    label: str
    year: str
    figure: str
    high: int  # ten-thousandths of the tallest
    over: bool
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuarterPaper:
    """A quarter with its dates: day, what, contract, value."""

    label: str
    words: str
    rows: tuple[tuple[str, ...], ...]
    more: str = ""


@dataclass(frozen=True, slots=True)
class ForwardPaper(TitledPaper):
    """What lies ahead by quarter: the load, the clashes in words, and the dates."""

    layout: ClassVar[str] = "forward"
    bars: tuple[LoadPaper, ...]
    most: int  # where the line of too many stands, in ten-thousandths of the tallest
    most_words: str
    headings: tuple[str, ...]
    clashes: tuple[str, ...]
    quarters: tuple[QuarterPaper, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class SpendPaper:
    """A year of a comparison: for each way how high its bar stands, and its figure."""

    label: str
    highs: tuple[int, ...]
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WayPaper:
    """One way on with the days by which it has to be decided: day and what for."""

    name: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ComparePaper(TitledPaper):
    """Extend, re-procure or stop on a page: what was assumed, spend by year, differences, days to decide."""

    layout: ClassVar[str] = "compare"
    sentence: str
    note: str
    facts: tuple[Fact, ...]
    names: tuple[str, ...]
    years: tuple[SpendPaper, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    ways: tuple[WayPaper, ...]
    assumed: str = ""
