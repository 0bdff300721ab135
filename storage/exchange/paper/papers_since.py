"""What the page of changes since a meeting is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from storage.exchange.paper.papers import Fact, TitledPaper


@dataclass(frozen=True, slots=True)
class ChangePaper:
    """One change: its kind, the contract, what was before and is now, by whom and when."""

    kind: str
    title: str
    reference: str
    field: str
    before: str
    after: str
    by: str
    when: str


@dataclass(frozen=True, slots=True)
class SincePaper(TitledPaper):
    """Changes since a meeting on one page, the most important first; `count` is how many there are in all.

    The layout shows as many rows as the page holds and counts the rest.
    """

    layout: ClassVar[str] = "since_meeting"
    which: str
    counts: tuple[Fact, ...]
    rows: tuple[ChangePaper, ...]
    count: int
    note: str = ""
