"""What a contract on a page holds, in words only: the layout decides how many rows of each list there is room for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from storage.exchange.paper.papers import Fact, Imprint


@dataclass(frozen=True, slots=True)
class Explained:
    """A date, sum or other value with the words that say how it came about."""

    label: str
    value: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class PartyPaper:
    """One party to a contract in its role."""

    role: str
    name: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class LinkedPaper:
    """Something that belongs to the contract (a specification, notice or risk), with its state in words."""

    name: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class NextDay:
    """One of the days that come next, with its weekday and how far off it is."""

    label: str
    day: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class OptionPaper:
    """One option to extend: how long, to when, what it adds, by when to decide, how it stands."""

    name: str
    length: str
    until: str = ""
    value: str = ""
    decide_by: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class MarkPaper:
    """What a measure reached in one period: Green, Amber, Red or Unrated, the figure, and the period’s name."""

    rating: str
    value: str
    period: str = ""


@dataclass(frozen=True, slots=True)
class KpiPaper:
    """One measure with its last four periods, the oldest first."""

    title: str
    target: str
    marks: tuple[MarkPaper, ...] = ()
    rating: str = ""
    trend: str = ""
    note: str = ""  # what a scorecard adds: the last comment, and over-performance
    aspect: str = ""  # outcome, output or input


@dataclass(frozen=True, slots=True)
class NumberedAction:
    """One action under the number it keeps for this contract."""

    number: str
    title: str
    owner: str = ""
    due: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class StepPaper:
    """One step behind a value; `depth` says how far down the tree it stands, from 0."""

    words: str
    source: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class ReasonPaper:
    """Why a value is what it is: the sentence and the steps behind it."""

    label: str
    value: str
    why: str
    steps: tuple[StepPaper, ...] = ()


@dataclass(frozen=True, slots=True)
class ContractPaper:
    """A contract on a page. `needs_attention` lists what a reader should act on; `reasons` prints behind the page."""

    layout: ClassVar[str] = "contract"
    imprint: Imprint
    title: str
    reference: str
    status: str
    next_days: tuple[NextDay, ...] = ()
    needs_attention: tuple[str, ...] = ()
    buys: str = ""
    facts: tuple[Fact, ...] = ()
    parties: tuple[PartyPaper, ...] = ()
    dates: tuple[Explained, ...] = ()
    values: tuple[Explained, ...] = ()
    options: tuple[OptionPaper, ...] = ()
    kpis: tuple[KpiPaper, ...] = ()
    kpis_said: str = ""
    actions: tuple[NumberedAction, ...] = ()
    actions_said: str = ""
    notices: tuple[LinkedPaper, ...] = ()
    risks: tuple[LinkedPaper, ...] = ()
    specifications: tuple[LinkedPaper, ...] = ()
    checklists: tuple[LinkedPaper, ...] = ()
    own_fields: tuple[Fact, ...] = ()
    reasons: tuple[ReasonPaper, ...] = ()

    @property
    def document_title(self) -> str:
        """The title that PDF readers show."""
        return " – ".join(part for part in ("Contract", self.reference, self.title) if part)

    @property
    def running_title(self) -> str:
        """The first line at the top of every page."""
        return f"Contract {self.reference}".strip()

    @property
    def running_subject(self) -> str:
        """The second line at the top of every page."""
        return self.title
