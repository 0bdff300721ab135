"""What is kept of a service in short lists: who leads and provides where, who decides, what was recommended."""

from __future__ import annotations

from datetime import date

from storage.engine.fields import Record, choice, day, link, note, record, text

COVERAGE, LEAD = "Provision by area", "Lead commissioner by area"
DECIDES, GROUP, PROCEDURE, CLINICAL = (
    "Who decides",
    "Board or group",
    "Operating procedure",
    "Clinical leader",
)
RECOMMENDATION, INTERFACE, BEFORE_AFTER = "Recommendation", "Interface", "Before and after"
MARKET, HORIZON, ENGAGEMENT, PLAN = "Market testing", "On the horizon", "Engagement", "Provider’s plan"
INDIVIDUAL = "Request outside policy"
KINDS = (
    COVERAGE, LEAD, DECIDES, GROUP, PROCEDURE, CLINICAL, RECOMMENDATION, INTERFACE, BEFORE_AFTER, MARKET, HORIZON,
    ENGAGEMENT, PLAN, INDIVIDUAL,
)  # fmt: skip
GAP = "Gap"
STATES = (
    "Own", "Shared", "Uses a neighbour’s", "Pilot", "Planned", GAP, "Open", "Accepted", "Accepted in principle",
    "Not accepted", "Done",
)  # fmt: skip


@record("service_record", "Record of a service", "Records of services", named_by=("title",))
class ServiceRecord(Record):
    """One line of such a list; the kind says which list it stands in, and which of its fields are used."""

    service: int | None = link("Service", "service")
    kind: str = choice("List", KINDS, required=True, shown=True, width=150)
    title: str = text("What", required=True, shown=True, width=260)
    area: str = text("Area or setting", shown=True, width=160)
    who: str = text("Who", shown=True, width=180, help="A person or an organisation, with its role.")
    state: str = choice("State", STATES, shown=True, width=120)
    on: date | None = day("On", shown=True)
    review_date: date | None = day("Review by", shown=True)
    said: str = note("What it says")
    answer: str = note("Answer, or what came of it")
    source: str = text("Source", width=200)
    address: str = text("Address", address=True, width=200)
