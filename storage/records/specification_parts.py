"""What belongs to a specification besides its words: measures as rows, policies, departures, people, pathway, life."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from storage.engine.conditions import Case, Where
from storage.engine.fields import (
    Record,
    by_today,
    choice,
    day,
    link,
    note,
    number,
    record,
    text,
    whole,
    yesno,
)
from storage.records.measures import ASPECTS
from storage.records.specifications import LIFE
from storage.rules.kpi_periods import FREQUENCIES
from storage.rules.kpis import DIRECTIONS, HIGHER

OUTCOME, STANDARD, MEASURE = "Outcome", "Standard", "Measure"
SORTS = (OUTCOME, STANDARD, MEASURE)
DOMAINS = (
    "1 Premature death", "2 Long-term conditions", "3 Recovery", "4 Experience of care", "5 Safety", "Public health",
    "Social care", "Justice outcomes", "Local outcome",
)  # fmt: skip
"""The five domains of the NHS Outcomes Framework, then what lies outside it."""
POLICY_STATUSES = ("Draft", "In force", "Under review", "Withdrawn")
WAITING, IN_FORCE, ENDING, EXPIRED, LIFTED = "Not agreed", "In force", "Ends soon", "Expired", "Ended early"
STANDINGS = (WAITING, IN_FORCE, ENDING, EXPIRED, LIFTED)
ENDS_SOON = 90  # days before its end in which a departure is said to end soon
ROLES_IN_WRITING = (
    "People who use the service", "Carers and families", "Clinicians", "Professional body", "Provider", "Council",
    "NHS partner", "Justice partner", "Voluntary sector", "Safeguarding board", "Public", "Other",
)  # fmt: skip
LEGAL_KINDS = ("Duty", "Power", "Direction", "Agreement")


def derogation_cases(today: date) -> tuple[Case, ...]:
    """How a departure stands: agreed, soon to end, or expired without having been renewed or ended."""
    return (
        ((Where("ended_on", "on or before", (today,)),), LIFTED),
        ((Where("until", "before", (today,)),), EXPIRED),
        ((Where("agreed_on", "blank"),), WAITING),
        ((Where("until", "before", (today + timedelta(days=ENDS_SOON),)),), ENDING),
        ((), IN_FORCE),
    )


@record(
    "specification_measure",
    "Outcome, standard or measure",
    "Outcomes, standards and measures",
    named_by=("title",),
)
class SpecificationMeasure(Record):
    """One outcome wanted, one standard to be met, or one measure that shows it."""

    specification: int | None = link("Specification", "specification")
    position: int | None = whole("Order", low=1, width=60)
    sort: str = choice("Sort", SORTS, default=MEASURE, shown=True, width=90)
    title: str = text("What is wanted or measured", required=True, shown=True, width=280)
    outcome: int | None = link(
        "Shows the outcome",
        "specification_measure",
        help="The outcome that this measure or standard is evidence of.",
    )
    aspect: str = choice("Outcome, output or input", ASPECTS, width=100)
    domain: str = choice("Outcomes framework", DOMAINS, width=150)
    source: str = text("Laid down in", width=220, help="Such as NICE NG76, statement 2.")
    better: str = choice("Direction", DIRECTIONS, default=HIGHER, width=140)
    target: Decimal | None = number("Target", width=90)
    unit: str = text("Unit", width=80, help="Such as %, days or people.")
    threshold: str = text(
        "Threshold", shown=True, width=150, help="As it reads: at least 95 %, within 28 days."
    )
    method: str = note("How it is measured")
    frequency: str = choice("Frequency", FREQUENCIES, shown=True, width=100)
    consequence: str = note("Consequence of missing it")
    notes: str = note("Notes")

    @property
    def asked(self) -> str:
        """The threshold in words: as written, or made of the target and its unit."""
        return self.threshold or f"{self.target if self.target is not None else ''} {self.unit}".strip()


@record("clinical_policy", "Clinical policy", "Clinical policies", named_by=("title", "reference"))
class ClinicalPolicy(Record):
    """Who may have a treatment, beneath the specification of its service (specialised services model, ¶30)."""

    specification: int | None = link("Specification", "specification")
    reference: str = text("Reference", shown=True, width=90)
    title: str = text("Policy", required=True, shown=True, width=260)
    status: str = choice("Status", POLICY_STATUSES, default="Draft", shown=True, width=110)
    criteria: str = note("Criteria for access or treatment")
    evidence: str = note("Evidence")
    owner: str = text("Owner")
    in_force_from: date | None = day("In force from")
    review_date: date | None = day("Review by", shown=True)
    address: str = text("Address", address=True, width=220)


@record("derogation", "Derogation", named_by=("title",))
class Derogation(Record):
    """A departure from a national specification, by exception and for a time (specialised services model, ¶95)."""

    specification: int | None = link("Specification", "specification")
    section: int | None = link("Section", "specification_section")
    title: str = text("What is waived", required=True, shown=True, width=260)
    reason: str = note("Why")
    clinical_view: str = note("Clinical view")
    clinical_lead: str = text("Whose view")
    mitigation: str = note("How people are kept safe meanwhile")
    agreed_by: str = text("Agreed by")
    agreed_on: date | None = day("Agreed on")
    starts: date | None = day("From", shown=True)
    until: date | None = day(
        "Until", shown=True, required=True, help="A departure without an end is a change."
    )
    review_date: date | None = day("Review by", shown=True)
    ended_on: date | None = day("Ended early on")
    standing: str = by_today("Standing", STANDINGS, cases=derogation_cases, shown=True, width=110)
    notes: str = note("Notes")


@record("involvement", "Involvement", named_by=("title",))
class Involvement(Record):
    """Who was asked while a version was written, what they said, and what came of it."""

    specification: int | None = link("Specification", "specification")
    version: int | None = link(
        "Version", "specification_version", help="Blank while it is still being written."
    )
    title: str = text("Who", required=True, shown=True, width=240)
    role: str = choice("As", ROLES_IN_WRITING, shown=True, width=170)
    how: str = text("How", width=180, help="Such as a workshop, interviews or a written consultation.")
    on: date | None = day("On", shown=True)
    said: str = note("What they said")
    changed: str = note("What changed because of it")
    told_on: date | None = day("Told what came of it on")


@record("specification_event", "Step of its life", "Steps of its life", named_by=("status",), searched=False)
class LifeEvent(Record):
    """That a specification moved on: from where, to where, who did it, when and why."""

    specification: int | None = link("Specification", "specification")
    before: str = choice("From", LIFE, width=120)
    status: str = choice("To", LIFE, required=True, shown=True, width=120)
    on: date | None = day("On", shown=True)
    by: str = text("By", shown=True, width=160)
    why: str = note("Why")


@record("pathway_step", "Step of the pathway", "Steps of the pathway", named_by=("title",))
class PathwayStep(Record):
    """One stage people go through, who provides and who buys it, and how they are handed on."""

    specification: int | None = link("Specification", "specification")
    position: int | None = whole("Order", low=1, width=60)
    title: str = text("Stage", required=True, shown=True, width=200)
    what: str = note("What happens")
    provided_by: str = text("Provided by", shown=True, width=160)
    commissioned_by: str = text("Bought by", shown=True, width=160)
    self_referral: bool | None = yesno(
        "People can come by themselves", help="Without a referral, and without reporting to anybody."
    )
    next_step: int | None = link("Handed over to", "pathway_step")
    handover: str = note("How they are handed over")
    information: str = note("What information goes with them")


@record("legal_basis", "Legal basis", "Legal bases", named_by=("act", "agreement"))
class LegalBasis(Record):
    """A duty or a power by which a service is bought, and the agreement under which it is exercised."""

    specification: int | None = link("Specification", "specification")
    service: int | None = link("Service", "service")
    act: str = text("Act or regulations", shown=True, width=240)
    section: str = text("Section", shown=True, width=90)
    kind: str = choice("Kind", LEGAL_KINDS, default="Duty", shown=True, width=100)
    agreement: str = text(
        "Agreement", shown=True, width=200, help="Such as a section 7A or section 75 agreement."
    )
    what: str = note("What it says about this service")
