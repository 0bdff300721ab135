"""What the printed list of what is to be put right is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from storage.exchange.paper.papers import Imprint


@dataclass(frozen=True, slots=True)
class FindingPaper:
    """One thing to put right: how grave it is, where it is, and what was found."""

    severity: str
    where: str
    reference: str
    words: str


@dataclass(frozen=True, slots=True)
class FindingsPaper:
    """Findings under one heading, an owner or how grave they are, with their number in words."""

    heading: str
    count: str
    rows: tuple[FindingPaper, ...]


@dataclass(frozen=True, slots=True)
class PutRightPaper:
    """What is to be put right, of one owner or of everybody. `counts` says how many there are of each level."""

    layout: ClassVar[str] = "put_right"
    imprint: Imprint
    title: str
    owner: str
    counts: str
    sections: tuple[FindingsPaper, ...] = ()
    aside: str = ""  # how many were put aside and are not in it

    @property
    def document_title(self) -> str:
        """The title that PDF readers show."""
        return f"{self.title} – {self.owner}"

    @property
    def running_title(self) -> str:
        """The first line at the top of every page."""
        return self.title

    @property
    def running_subject(self) -> str:
        """The second line at the top of every page."""
        return self.owner
