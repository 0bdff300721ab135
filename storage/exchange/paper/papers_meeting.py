"""Everything a review meeting needs on paper, in words: one pack with its parts in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from storage.exchange.paper.papers import Fact, Imprint
from storage.exchange.paper.papers_contract import ContractPaper, KpiPaper, LinkedPaper, NumberedAction
from storage.exchange.paper.papers_letter import LetterBlock

AGENDA, ACTIONS, KPIS, FINANCE, PAGE, FORM, SIGN_IN = (
    "agenda", "actions", "kpis", "finance", "page", "form", "sign_in",
)  # fmt: skip
PARTS = {
    AGENDA: "Agenda",
    ACTIONS: "Last minutes and actions",
    KPIS: "KPI scorecard",
    FINANCE: "Finance and activity",
    PAGE: "The contract on a page",
    FORM: "Review form",
    SIGN_IN: "Sign-in sheet",
}
"""The parts of a pack in the order in which they are bound."""


@dataclass(frozen=True, slots=True)
class YearPaper:
    """One financial year: what was planned, is expected, was spent, and how far that is from the plan."""

    year: str
    planned: str = ""
    forecast: str = ""
    actual: str = ""
    variance: str = ""


@dataclass(frozen=True, slots=True)
class RowPaper:
    """A row of a plain table."""

    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FinancePaper:
    """Money year by year, who pays in, and what changed it; each with a sentence under it."""

    years: tuple[YearPaper, ...] = ()
    together: str = ""
    contributions: tuple[RowPaper, ...] = ()
    contributions_said: str = ""
    variations: tuple[RowPaper, ...] = ()
    activity: tuple[KpiPaper, ...] = ()


@dataclass(frozen=True, slots=True)
class FormSection:
    """One question of the review form: what the file knows of it, boxes to tick, and lines to write on."""

    title: str
    known: tuple[LinkedPaper, ...] = ()
    none: str = ""  # said when nothing is known
    ask: str = ""
    choices: tuple[str, ...] = ()
    lines: int = 2


@dataclass(frozen=True, slots=True)
class PersonPaper:
    """Somebody who is expected."""

    name: str
    role: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class MeetingPackPaper:
    """A pack for one meeting on one contract. `parts` names those to print, of `PARTS`."""

    layout: ClassVar[str] = "meeting_pack"
    imprint: Imprint
    title: str
    contract: str
    reference: str
    day: str
    parts: tuple[str, ...]
    facts: tuple[Fact, ...] = ()
    agenda: tuple[str, ...] = ()
    people: tuple[PersonPaper, ...] = ()
    last_said: str = ""
    minutes: tuple[LetterBlock, ...] = ()
    actions: tuple[NumberedAction, ...] = ()
    done: tuple[NumberedAction, ...] = ()
    blank: tuple[str, ...] = ()
    kpis: tuple[KpiPaper, ...] = ()
    kpis_said: str = ""
    finance: FinancePaper = FinancePaper()
    page: ContractPaper | None = None
    form: tuple[FormSection, ...] = ()

    @property
    def document_title(self) -> str:
        """The title that PDF readers show."""
        return " – ".join(part for part in ("Meeting pack", self.reference, self.title, self.day) if part)

    @property
    def running_title(self) -> str:
        """The first line at the top of every page."""
        return f"{self.title}, {self.day}" if self.day else self.title

    @property
    def running_subject(self) -> str:
        """The second line at the top of every page."""
        return " ".join(part for part in (self.reference, self.contract) if part)
