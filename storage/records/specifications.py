"""Service specifications: sections as they are written now, and numbered versions that never change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from storage.engine.fields import (
    Kind,
    Record,
    choice,
    data,
    day,
    derived,
    link,
    note,
    record,
    text,
    whole,
    yesno,
)
from storage.engine.parts import Parts, Reads
from storage.engine.values import long_day
from storage.rules.explained import Explained

DRAFT, CONSULTATION, APPROVED, IN_CONTRACT, UNDER_REVIEW, SUPERSEDED, WITHDRAWN = (
    "Draft", "Consultation", "Approved", "In contract", "Under review", "Superseded", "Withdrawn",
)  # fmt: skip
LIFE = (DRAFT, CONSULTATION, APPROVED, IN_CONTRACT, UNDER_REVIEW, SUPERSEDED, WITHDRAWN)
CONTROL = "Document control"
LEVELS = ("National", "Regional", "Local")


def _issued_as(specification: Specification, parts: Parts) -> Explained[str]:
    versions = parts.of(Version, "versions")
    if not versions:
        return Explained("", f"No version of {specification.name} has been issued yet.")
    last = max(versions, key=lambda v: v.key)
    on = f" on {long_day(last.issued_on)}" if last.issued_on else ""
    return Explained(last.number, f"Version {last.number} was the last to be issued{on}.")


@record(
    "specification",
    "Specification",
    named_by=("title", "reference"),
    own_fields=True,
    reads=(Reads("versions", "specification_version", link="specification"),),
)
class Specification(Record):
    """What a service must do, for whom and how well."""

    reference: str = text("Reference", unique=True, width=90, shown=True)
    title: str = text("Title", required=True, width=280, shown=True)
    service: int | None = link("Service", "service")
    template: str = text("Outline")
    status: str = choice("Status", LIFE, default=DRAFT, width=120, shown=True)
    issued_as: str = derived("Issued as", Kind.TEXT, rule=_issued_as, width=90, shown=True)
    level: str = choice("Level", LEVELS, default="Local", width=90, shown=True)
    service_line: str = text(
        "Service line", width=160, help="Such as adult secure, or paediatric intensive care."
    )
    parent: int | None = link("Follows the national specification", "specification")
    parent_version: int | None = link("Taken from its version", "specification_version")
    owner: str = text("Owner", group="Who and when", shown=True)
    provider_lead: str = text("Provider lead", group="Who and when")
    period_from: date | None = day("Period from", group="Who and when")
    period_to: date | None = day("Period to", group="Who and when")
    review_date: date | None = day("Review by", group="Who and when", width=110, shown=True)
    left_out: Mapping[str, object] = data("Sections above that are left out")  # by UUID, as they read
    directorate: str = text("Directorate", group=CONTROL)
    author: str = text("Author", group=CONTROL)
    purpose: str = text("Purpose", group=CONTROL, width=260)
    audience: str = text("For whom it is written", group=CONTROL, width=200)
    circulation: str = text("Circulated to", group=CONTROL, width=200)
    cross_reference: str = text("See also", group=CONTROL, width=200)
    supersedes: int | None = link("Takes the place of", "specification", group=CONTROL)
    action_required: str = text("What readers have to do", group=CONTROL, width=200)
    action_by: date | None = day("By when", group=CONTROL)
    contact: str = text("Who to ask", group=CONTROL, width=200)
    notes: str = note("Notes")


@record("specification_outline", "Outline", named_by=("title",), searched=False)
class OwnOutline(Record):
    """Headings a specification can start from, made of one that was written here."""

    title: str = text("Outline", required=True, shown=True, width=260)
    about: str = note("What it is for")
    content: Mapping[str, object] = data("Sections")


@record("specification_section", "Section", named_by=("heading",))
class Section(Record):
    """One section of a specification as it stands now; its words are Markdown, kept as typed."""

    specification: int | None = link("Specification", "specification")
    number: str = text("Number")
    heading: str = text("Heading")
    level: int | None = whole("Level", default=1)
    position: int | None = whole("Position")
    needed: bool | None = yesno(
        "Must be filled in", help="A version is not issued while this section is empty."
    )
    guidance: str = note("What belongs here", search=False)
    body: str = note("Text")
    origin: str = text("Section it follows", column=False, search=False)  # the UUID of the parent’s section
    origin_heading: str = text("Its heading when it was taken", column=False, search=False)
    origin_body: str = note("Its text when it was taken", column=False, search=False)


@record("specification_version", "Version", named_by=("number",), sealed_by="issued_on", searched=False)
class Version(Record):
    """A specification as it was issued: the whole of it, sealed."""

    specification: int | None = link("Specification", "specification")
    number: str = text("Version")
    issued_on: date | None = day("Issued on")
    issued_by: str = text("Issued by")
    summary: str = note("What changed")
    content: Mapping[str, object] = data("Content")


@record(
    "contract_specification",
    "Specification of a contract",
    "Specifications of contracts",
    searched=False,
    one_per=("contract", "specification"),
)
class ContractSpecification(Record):
    """Which specification a contract works to."""

    contract: int | None = link("Contract", "contract")
    specification: int | None = link("Specification", "specification")
