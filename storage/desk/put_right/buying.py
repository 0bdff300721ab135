"""How it was bought: standstills, notices owed and not recorded, and decisions whose reasons are not written down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from storage.desk.put_right.finding import Finding, Kind, Severity
from storage.desk.put_right.register import Register, code_of, grouped
from storage.records.contracts import Contract
from storage.records.procurements import Procurement, PublishedNotice, Representation
from storage.rules.procurement import standstill as standing
from storage.rules.procurement.notices import ContractFacts, OwedNotice, notices_owed
from storage.rules.procurement.regimes import (
    LIGHT_TOUCH,
    PA23,
    PSR,
    process_called,
)

_GROUP = "How it was bought"
MUST, SHOULD, COULD = Severity.MUST, Severity.SHOULD, Severity.COULD

AWARD_EARLY = Kind("award_early", MUST, _GROUP, "Award in the standstill",
    "It was awarded on {0}, before the standstill was over; {1} was the first day to award.", "awarded_on")  # fmt: skip
STANDING_STILL = Kind("standing_still", SHOULD, _GROUP, "Standstill running",
    "The standstill runs to the end of {0}; award on {1} at the earliest.", "awarded_on")  # fmt: skip
KEPT_OPEN = Kind("standstill_open", MUST, _GROUP, "Standstill kept open",
    "A representation is unanswered, so the standstill goes on.", "representations_closed")  # fmt: skip
NOTICE_OWED = Kind("notice_owed", MUST, _GROUP, "Notice owed",
    "{0} was to be published by {1} and is not recorded.", "title")  # fmt: skip
NO_CRITERIA = Kind("no_criteria", SHOULD, _GROUP, "Decision without its reasons",
    "The decision of {0} does not record {1}.", "reasons")  # fmt: skip
NO_CONFLICTS = Kind("no_conflicts", MUST, _GROUP, "Conflicts of interest not recorded",
    "The decision of {0} does not say whether there were conflicts of interest.", "conflicts")  # fmt: skip
_CRITERIA = {
    "quality": "quality and innovation", "value_notes": "value", "integration": "integration and collaboration",
    "access": "access and choice", "social_value": "social value",
}  # fmt: skip
_SINCE = {PSR: date(2024, 1, 1), PA23: date(2025, 2, 24), LIGHT_TOUCH: date(2025, 2, 24)}


def decisions(register: Register) -> Iterator[Finding]:
    """Procurement decisions: what the law asks to be recorded of them."""
    for contract, made in register.procurements:
        if made.decided_on is None or made.kind == "Abandoned":
            continue
        code = code_of(made.regime or contract.regime)
        asked = dict(_CRITERIA) if code == PSR else {}
        asked |= {"reasons": "its reasons", "decision_makers": "who made it"} if code in _SINCE else {}
        gaps = {name: words for name, words in asked.items() if not getattr(made, name).strip()}
        if gaps:
            listed = _and([*gaps.values()])
            yield register.found(
                NO_CRITERIA, contract, made.decided_on, listed, at=made, field=next(iter(gaps))
            )
        if code in _SINCE and not made.conflicts.strip():
            yield register.found(NO_CONFLICTS, contract, made.decided_on, at=made)


def standstills(register: Register) -> Iterator[Finding]:
    """Standstills that run, are kept open, or were not waited for."""
    told = [(c, p) for c, p in register.procurements if p.intention_on is not None]
    if not told:
        return
    against = grouped(register.rows(Representation, "procurement", "received_on"), "procurement")
    for contract, made in told:
        heard = [
            standing.Representation(r.received_on, made.representations_closed)
            for r in against.get(made.key, [])
            if r.received_on is not None
        ]
        code = code_of(made.regime or contract.regime)
        found = standing.standstill(code, made.intention_on, register.holidays, register.limits, heard).value
        if found is not None:
            yield from _standstill(register, contract, made, found)


def _standstill(
    register: Register, contract: Contract, made: Procurement, found: standing.Standstill
) -> Iterator[Finding]:
    earliest = found.earliest_award
    if earliest is None or found.last_day is None:
        yield register.found(KEPT_OPEN, contract, at=made)
    elif made.awarded_on is not None:
        if made.awarded_on < earliest:
            yield register.found(AWARD_EARLY, contract, made.awarded_on, earliest, at=made)
    elif register.today <= found.last_day:
        yield register.found(STANDING_STILL, contract, found.last_day, earliest, at=made)


def notices(register: Register) -> Iterator[Finding]:
    """Notices whose day is past and which nobody has recorded as published."""
    decided: set[int] = set()
    whole = register.more({c.key: c for c, _ in register.procurements}.values())
    for held, made in register.procurements:
        contract = whole[held.key]
        if made.kind in ("Award", "Urgent award", "Call-off", "Framework"):
            decided.add(contract.key)
        code = code_of(made.regime or contract.regime)
        if code in _SINCE:
            facts = _facts(contract, code, made, register.published.get(made.key, []))
            yield from _owed(register, contract, facts, made)
    let = [c for c in register.active if c.regime and c.award_date and c.key not in decided]
    for contract in register.more(let).values():
        code = code_of(contract.regime)
        if code in _SINCE and contract.award_date is not None and contract.award_date >= _SINCE[code]:
            yield from _owed(register, contract, _facts(contract, code, None, []), None)


def _owed(
    register: Register, contract: Contract, facts: ContractFacts, made: Procurement | None
) -> Iterator[Finding]:
    for each in notices_owed(facts, register.today, register.limits):
        if each.duty == "must" and each.overdue(register.today):
            field = "" if made is not None else "award_date"
            yield register.found(NOTICE_OWED, contract, _called(each), each.due.value, at=made, field=field)


def _called(notice: OwedNotice) -> str:
    return f"{notice.title} ({notice.code})" if notice.code.startswith("UK") else notice.title


def _facts(
    c: Contract, code: str, made: Procurement | None, published: Sequence[PublishedNotice]
) -> ContractFacts:
    process = process_called((made.process if made else "") or c.process, code)
    days: dict[str, list[date]] = {}
    for each in published:
        if each.published_on is not None:
            days.setdefault(each.code, []).append(each.published_on)
    changed = made is not None and made.kind == "Modification"
    return ContractFacts(
        regime=code,
        process=process.code if process else "",
        value_pence=(made.lifetime_value if made else None) or c.award_value or c.current_value,
        awarded_on=None if changed else (made.awarded_on if made else None) or c.award_date,
        signed_on=None if changed else c.signed_on,
        start_on=None if changed else c.start,
        expected_end=None if changed else c.ends,
        modified_on=made.decided_on if made is not None and changed else None,
        abandoned_on=made.decided_on if made is not None and made.kind == "Abandoned" else None,
        published=days,
    )


def _and(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else words[0]
