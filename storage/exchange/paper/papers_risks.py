"""What the page of all risks on one matrix is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from storage.exchange.paper.papers import BoardPaper, TitledPaper


@dataclass(frozen=True, slots=True)
class RisksPaper(TitledPaper):
    """The page of the risks of a checklist, a contract or the file."""

    layout: ClassVar[str] = "risks"
    board: BoardPaper
