"""Draft texts of the notices a decision owes: each with its day, its items as recorded, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from storage.desk.correspondence.letter_values import provider_of
from storage.desk.office import office
from storage.desk.procurement.procuring import FRAMEWORK, MODIFICATION, Case, owed
from storage.engine.conditions import Where
from storage.engine.query import Order, Query
from storage.engine.store import Store
from storage.engine.values import long_day, show_money_short, show_number
from storage.records.contracts import Contract
from storage.records.measures import Kpi
from storage.records.organisations import Organisation
from storage.records.procurements import Procurement
from storage.rules.procurement.intention import key_criteria
from storage.rules.procurement.notice_contents import NoticeLine, notice_lines
from storage.rules.procurement.notices import OwedNotice

Facts = dict[str, str | bool]


@dataclass(frozen=True, slots=True)
class NoticeDraft:
    """One notice that is owed: when, and its text item by item."""

    decision: str
    notice: OwedNotice
    lines: tuple[NoticeLine, ...]

    @property
    def heading(self) -> str:
        """The code and the name of the notice; a code of the program’s own making is left out."""
        is_uk = self.notice.code.startswith("UK")
        return f"{self.notice.code.partition('-')[0]} {self.notice.title}" if is_uk else self.notice.title

    @property
    def due(self) -> str:
        """By when, in words, or what its day depends on."""
        day = self.notice.due.value
        if day is not None:
            return f"Due by {long_day(day)}. {self.notice.due.why}"
        lacking = f" Not known yet: {self.notice.missing}." if self.notice.missing else ""
        return f"When: {self.notice.timing}.{lacking}"

    @property
    def missing(self) -> tuple[str, ...]:
        """The headings of what is not on record yet."""
        return tuple(line.title for line in self.lines if line.missing)

    @property
    def text(self) -> str:
        """The draft as plain text, to be put into a portal."""
        said = [f"{line.title}\n{line.words or '[not on record]'}" for line in self.lines]
        return "\n\n".join((self.heading, self.due, *said)) + "\n"


def drafts(store: Store, contract: Contract) -> tuple[NoticeDraft, ...]:
    """The notices all decisions on a contract owe and that are not published, in the order of the decisions."""
    query = Query((Where("contract", "is", (contract.key,)),), (Order("decided_on"), Order("id")))
    made = store.all(Procurement, query)
    return tuple(draft for each in made for draft in drafts_of(store, each))


def drafts_of(store: Store, decision: Procurement) -> tuple[NoticeDraft, ...]:
    """The notices one decision owes and that are not published."""
    case = Case(store, decision, store.today())
    waiting = [notice for notice in owed(case) if notice.published_on is None]
    if not waiting:
        return ()
    facts, process = _facts(store, case), case.process.code if case.process else ""
    made = ((notice, notice_lines(notice.code, process, facts)) for notice in waiting)
    return tuple(NoticeDraft(decision.name, notice, lines) for notice, lines in made if lines)


def _facts(store: Store, case: Case) -> Facts:
    """What the records say, by the key of the item."""
    return _of_office(store) | _of_contract(case) | _of_provider(store, case) | _of_decision(store, case)


def _of_office(store: Store) -> Facts:
    desk = office(store)
    return {
        "authority": _lines(desk.organisation, desk.address),
        "authority_contact": ", ".join(w for w in (desk.person, desk.role) if w),
    }


def _of_contract(case: Case) -> Facts:
    held = case.contract
    ends = held.agreed_end or held.ends
    latest = max((d for d in (held.max_end, held.max_by_term) if d), default=None)
    return {
        "title": held.title or case.made.title,
        "reference": held.reference,
        "description": held.description,
        "cpv_code": " ".join(w for w in (held.cpv_code, held.cpv_label) if w),
        "lifetime_value": _money(case.value),
        "dates": f"{long_day(held.start)} to {long_day(ends)}" if held.start and ends else "",
        "longest_end": _day(latest) or "No extension",
        "signed_on": _day(held.signed_on),
        "begin_by": _day(held.start_by),
        "ended_on": _day(held.ends),
        "special_category": "",
    }


def _of_provider(store: Store, case: Case) -> Facts:
    found = (provider_of(store, case.contract) if case.contract.id else None) or Organisation()
    numbers = (
        ("Company number", found.company_number),
        ("Charity number", found.charity_number),
        ("ODS code", found.ods_code),
    )
    return {
        "provider_name": found.title,
        "provider_address": found.address,
        "provider_number": ", ".join(f"{label} {number}" for label, number in numbers if number),
    }


def _of_decision(store: Store, case: Case) -> Facts:
    made = case.made
    weighed = {"quality": made.quality, "value": made.value_notes, "integration": made.integration,
               "access": made.access, "social_value": made.social_value}  # fmt: skip
    criteria = [f"{each.title}: {weighed[each.key]}" for each in key_criteria() if weighed[each.key].strip()]
    measures, results = _measures(store, case)
    changed = made.kind == MODIFICATION
    return {
        "process": case.process.title if case.process else made.process or case.contract.process,
        "decision_makers": made.decision_makers,
        "decided_on": _day(made.decided_on),
        "awarded_on": _day(made.awarded_on or case.contract.award_date),
        "abandoned_on": _day(made.decided_on),
        "reasons": _lines(made.reasons, *criteria),
        "conflicts": made.conflicts,
        "conflicts_managed": made.conflicts_managed,
        "change": _lines(made.title, made.notes) if changed else "",
        "value_change": _money(made.value_change),
        "term_change": f"{made.term_days:,} days" if made.term_days is not None else "",
        "framework_used": made.kind == FRAMEWORK,
        "measures": measures,
        "results": results,
    }


def _measures(store: Store, case: Case) -> tuple[str, str]:
    """The indicators of the contract with their targets, and what was last reached."""
    if not case.contract.id:
        return "", ""
    query = Query((Where("contract", "is", (case.contract.key,)),), (Order("position"), Order("id")))
    found = store.all(Kpi, query)
    aims = [
        f"{k.title}: {show_number(k.target)} {k.unit}".strip() if k.target is not None else k.title
        for k in found
    ]
    reached = [f"{k.title}: {show_number(k.latest)} {k.unit}".strip() for k in found if k.latest is not None]
    none = case.contract.kpi_exempt and f"None: {case.contract.kpi_exempt}"
    return _lines(*aims) or none or "", _lines(*reached)


def _lines(*words: str) -> str:
    return "\n".join(each.strip() for each in words if each.strip())


def _day(day: date | None) -> str:
    return long_day(day) if day else ""


def _money(pence: int | None) -> str:
    return show_money_short(pence) if pence is not None else ""
