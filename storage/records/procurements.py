"""How a contract was bought or changed: the decision and its reasons, notices published, what was said against it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from storage.engine.fields import (
    Record,
    choice,
    data,
    day,
    link,
    money,
    note,
    record,
    text,
    whole,
    yesno,
)

REGIMES = (
    "Provider Selection Regime", "Procurement Act 2023", "Procurement Act 2023, light touch",
    "Public Contracts Regulations 2015", "Grant", "None",
)  # fmt: skip
DECISIONS = ("Award", "Modification", "Framework", "Call-off", "Urgent award", "Abandoned")


@record("procurement", "Procurement decision", named_by=("title",))
class Procurement(Record):
    """One decision to award or change a contract, with what the law asks to be recorded of it."""

    contract: int | None = link("Contract", "contract")
    title: str = text("Decision", required=True, shown=True, width=260)
    kind: str = choice("Kind", DECISIONS, default="Award", shown=True, width=100)
    regime: str = choice("Regime", REGIMES, shown=True, width=200)
    process: str = text("Process", width=220, help="Such as direct award process C, or open procedure.")
    begun_on: date | None = day("Begun on")
    decided_on: date | None = day("Decided on", shown=True)
    decision_makers: str = note("Decision makers")
    conflicts: str = note("Conflicts of interest")
    conflicts_managed: str = note("How conflicts were managed")
    reasons: str = note("Reasons")
    quality: str = note("Quality and innovation")
    value_notes: str = note("Value")
    integration: str = note("Integration, collaboration and sustainability")
    access: str = note("Access, inequalities and choice")
    social_value: str = note("Social value")
    lifetime_value: int | None = money("Lifetime value")
    value_change: int | None = money("Change in value", help="Of a modification.")
    term_days: int | None = whole(
        "Change of the term (days)", help="Of a modification; shorter is below nought."
    )
    provided_for: bool | None = yesno("The contract provides for it", help="Clearly, in the contract itself.")
    succession: bool | None = yesno("Only the provider’s identity changes")
    external: bool | None = yesno(
        "Caused from outside", help="By volume or a price formula that neither side controls."
    )
    material: bool | None = yesno("Changes its character", help="Materially different from what was let.")
    market_engaged: bool | None = yesno("Suppliers were asked beforehand")
    new_provider: bool | None = yesno("New provider")
    above_threshold: bool | None = yesno("Above the threshold")
    light_touch: bool | None = yesno("Light touch")
    intention_on: date | None = day("Intention published on", help="The day that starts the standstill.")
    representations: bool | None = yesno("Representations received")
    representations_closed: date | None = day("Answer to representations sent")
    awarded_on: date | None = day("Awarded on")
    psr_answers: Mapping[str, object] = data("Answers on the way to the process")
    notes: str = note("Notes")


@record("published_notice", "Published notice", named_by=("title", "code"))
class PublishedNotice(Record):
    """A notice that was published on a procurement portal."""

    procurement: int | None = link("Procurement decision", "procurement")
    code: str = text("Code", shown=True, width=70, help="Such as UK7.")
    title: str = text("Notice", shown=True, width=220)
    reference: str = text("Reference", shown=True, width=150)
    published_on: date | None = day("Published on", shown=True)
    address: str = text("Address", address=True, width=220)


@record("representation", "Representation", named_by=("title",), searched=False)
class Representation(Record):
    """What a provider said against a decision in the standstill, and what came of it."""

    procurement: int | None = link("Procurement decision", "procurement")
    title: str = text("From", required=True, shown=True, width=220)
    received_on: date | None = day("Received on", shown=True)
    nature: str = note("What it said")
    outcome: str = note("What came of it")
    panel: bool | None = yesno("Went to the panel", width=110)
