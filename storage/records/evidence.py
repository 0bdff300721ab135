"""The shelf of evidence: facts with source, date and known weakness, cited from many places, and phrases to reuse."""

from __future__ import annotations

from datetime import date, timedelta

from storage.engine.conditions import Case, Where
from storage.engine.fields import Record, by_today, choice, day, link, note, record, text

EVIDENCE_KINDS = (
    "Need", "Demand", "Experience", "Outcome", "Cost", "Research", "Guidance", "Inspection", "Consultation", "Other",
)  # fmt: skip
CURRENT, GOING_STALE, STALE, UNDATED = "Current", "Goes stale soon", "Stale", "No date"
FRESHNESS = (CURRENT, GOING_STALE, STALE, UNDATED)
SOON = 60  # days before a fact goes stale in which that is said


def freshness_cases(today: date) -> tuple[Case, ...]:
    """Whether a fact may still be relied on: its own day decides; without one nobody knows."""
    return (
        ((Where("stale_on", "blank"),), UNDATED),
        ((Where("stale_on", "on or before", (today,)),), STALE),
        ((Where("stale_on", "before", (today + timedelta(days=SOON),)),), GOING_STALE),
        ((), CURRENT),
    )


@record("evidence", "Evidence", "Evidence", named_by=("title",), own_fields=True)
class Evidence(Record):
    """One fact: what it says, where it comes from, of what year, and what is weak about it."""

    title: str = text("Fact", required=True, shown=True, width=280)
    kind: str = choice("Kind", EVIDENCE_KINDS, default="Need", shown=True, width=100)
    statement: str = note("What it says")
    figure: str = text("Figure", shown=True, width=110, help="As it reads, with its unit.")
    group: str = text("Of whom", shown=True, width=160, help="The people or the area it is about.")
    source: str = text("Source", shown=True, width=220)
    address: str = text("Address", address=True, width=200)
    year: str = text("Year", shown=True, width=80, help="The year or period it is about.")
    published_on: date | None = day("Published on")
    stale_on: date | None = day(
        "Goes stale on", shown=True, help="The day after which it must not be relied on."
    )
    freshness: str = by_today("Freshness", FRESHNESS, cases=freshness_cases, shown=True, width=120)
    weakness: str = note("Known weakness")
    owner: str = text("Kept by")


@record("citation", "Citation", named_by=("where",), searched=False)
class Citation(Record):
    """That a fact is relied on somewhere."""

    evidence: int | None = link("Evidence", "evidence", required=True)
    specification: int | None = link("Specification", "specification")
    section: int | None = link("Section", "specification_section")
    service: int | None = link("Service", "service")
    contract: int | None = link("Contract", "contract")
    run: int | None = link("Checklist", "checklist_run")
    question: str = text("Question", shown=True, width=90)
    where: str = text("What for", shown=True, width=240)


@record("phrase", "Phrase", named_by=("title",))
class Phrase(Record):
    """A paragraph that is used again and again, kept once."""

    title: str = text("Name", required=True, shown=True, width=240)
    topic: str = text("Topic", shown=True, width=150)
    body: str = note("Text", required=True)
    source: str = text("Laid down in", width=200)
    review_date: date | None = day("Review by", shown=True)


@record("phrase_use", "Use of a phrase", "Uses of phrases", searched=False)
class PhraseUse(Record):
    """That a phrase was put into a section, with its wording at that time."""

    phrase: int | None = link("Phrase", "phrase")
    section: int | None = link("Section", "specification_section")
    wording: str = note("Wording", search=False)
    on: date | None = day("Put in on")
