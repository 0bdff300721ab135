"""The lists that go out as workbooks of their own, and what each brings with it on further sheets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from storage.engine.errors import StorageError
from storage.engine.fields import Record
from storage.records.actions import Action
from storage.records.assessments import Given, Run
from storage.records.documents import Document
from storage.records.finance import Contribution, PriceStep, ValueYear
from storage.records.letters import Letter
from storage.records.measures import Kpi, KpiResult
from storage.records.meetings import Attendance, ReviewMeeting
from storage.records.organisations import Organisation, OtherName, Person, Site
from storage.records.planning import DecisionMeeting, LeadTime
from storage.records.procurements import Procurement, PublishedNotice, Representation
from storage.records.running import (
    ImprovementPlan,
    Milestone,
    Notice,
    PerformanceNotice,
    Risk,
    Variation,
)
from storage.records.services import Service
from storage.records.specifications import Section, Specification, Version
from storage.records.terms import BreakPoint, Extension


@dataclass(frozen=True, slots=True)
class ListSheet:
    """One list: its key, which is that of its page where it has one, its title, and what it is made of.

    `parts` are written on sheets of their own: a record that has no life of its own, and the link by which it names
    the one it belongs to.
    """

    key: str
    title: str
    cls: type[Record]
    parts: tuple[tuple[type[Record], str], ...] = ()

    @property
    def noun(self) -> str:
        """What its rows are called inside a sentence: actions, but KPIs."""
        return self.title if self.title[:2].isupper() else self.title[0].lower() + self.title[1:]


LISTS: Mapping[str, ListSheet] = {
    each.key: each
    for each in (
        ListSheet("actions", "Actions", Action),
        ListSheet("checklists", "Checklists", Run, ((Given, "run"),)),
        ListSheet("specifications", "Specifications", Specification,
                  ((Section, "specification"), (Version, "specification"))),
        ListSheet("providers", "Providers", Organisation,
                  ((Person, "organisation"), (Site, "organisation"), (OtherName, "organisation"))),
        ListSheet("services", "Services", Service),
        ListSheet("kpis", "KPIs", Kpi, ((KpiResult, "kpi"),)),
        ListSheet("risks", "Risks", Risk),
        ListSheet("meetings", "Review meetings", ReviewMeeting, ((Attendance, "meeting"),)),
        ListSheet("procurement", "Procurement decisions", Procurement,
                  ((PublishedNotice, "procurement"), (Representation, "procurement"))),
        ListSheet("variations", "Variations", Variation),
        ListSheet("notices", "Notices", Notice),
        ListSheet("performance-notices", "Performance notices", PerformanceNotice),
        ListSheet("improvement-plans", "Improvement plans", ImprovementPlan, ((Milestone, "plan"),)),
        ListSheet("options", "Extension options", Extension),
        ListSheet("break-dates", "Break dates", BreakPoint),
        ListSheet("values-by-year", "Values by year", ValueYear),
        ListSheet("contributions", "Contributions", Contribution),
        ListSheet("price-changes", "Price changes", PriceStep),
        ListSheet("documents", "Documents", Document),
        ListSheet("letters", "Letters", Letter),
        ListSheet("people", "People", Person),
        ListSheet("sites", "Sites", Site),
        ListSheet("lead-times", "Lead times", LeadTime),
        ListSheet("decision-meetings", "Decision meetings", DecisionMeeting),
    )
}  # fmt: skip
"""By their keys, those people ask for most first."""


def list_named(name: str) -> ListSheet:
    """The list with this key, capitals aside. Raises `StorageError`, which names those there are."""
    found = LISTS.get("-".join(name.casefold().split()))
    if found is None:
        raise StorageError(
            f"There is no list “{name}”. Nothing was written. The lists: {', '.join(LISTS)}; the contracts go out as "
            "register."
        )
    return found
