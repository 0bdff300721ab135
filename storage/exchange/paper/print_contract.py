"""Puts a contract on a page: who, what, dates and sums with their why, options, measures, what is open and next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from storage.desk.contract.contract_actions import meetings_of
from storage.desk.contract.links import parties_of_contract, services_of_contract, specifications_of_contract
from storage.desk.findings import findings
from storage.desk.words import in_words
from storage.desk.writing import found
from storage.engine.conditions import Value, Where
from storage.engine.fields import Field
from storage.engine.query import Query
from storage.engine.store import Store
from storage.engine.values import long_day, show_day, weekday_name
from storage.exchange.paper.papers import Fact
from storage.exchange.paper.papers_contract import ContractPaper, Explained, LinkedPaper, NextDay, PartyPaper
from storage.exchange.paper.print_contract_lists import (
    clipped,
    kpi_papers,
    notice_papers,
    of_contract,
    open_actions_with_words,
    option_papers,
    risk_papers,
)
from storage.exchange.paper.print_contract_value import value_rows
from storage.exchange.paper.print_data import imprint_of
from storage.exchange.paper.print_reasons import reason_papers
from storage.records.assessments import Run
from storage.records.contracts import Contract
from storage.records.organisations import Organisation
from storage.records.terms import BreakPoint
from storage.rules.explained import Explained as Reasoned
from storage.rules.position import CANCELLED, EXPIRED, TERMINATED, position

SOON = timedelta(days=90)  # how long before a day of action the page draws attention to it
NEXT = 3  # how many of the days that come next are shown
_LONGEST_WHY = 150
_FACTS = (
    "our_role", "lead_commissioner", "contract_manager", "tier", "directorate", "contract_form",
    "payment_type", "regime", "procurement_route", "cost_centre", "review_cycle",
)  # fmt: skip
_COMING = {
    "act_by": "Last safe day to act",
    "extend_by": "Start deciding on the option",
    "start_by": "Start buying again",
    "serve_by": "Serve notice by",
    "notice_by": "Last day to give notice",
    "ends": "Contract ends",
    "review_date": "Review",
    "insurance_expiry": "Insurance expires",
}
_SETTLED = ("act_by", "extend_by", "start_by", "serve_by", "notice_by")  # nothing to do once it is over


def contract_paper(
    store: Store, contract_id: int, today: date | None = None, *, reasons: bool = False
) -> ContractPaper:
    """A contract on a page, as the file holds it today; `reasons` puts the why of each worked-out value behind it."""
    contract = found(store, Contract, contract_id)
    day = today or store.today()
    kpis = kpi_papers(store, contract_id)
    actions, actions_said = open_actions_with_words(store, contract_id, day)
    late = sum(action.late for action in actions)
    return ContractPaper(
        imprint=imprint_of(store, day),
        title=contract.title or contract.name,
        reference=contract.reference or f"number {contract.id}",
        status=_status(contract, day),
        next_days=next_days(store, contract, day),
        needs_attention=tuple(_attention(store, contract, late, day)),
        buys=_buys(store, contract),
        facts=tuple(_facts(contract)),
        parties=tuple(_parties(store, contract)),
        dates=tuple(_dates(store, contract, day)),
        values=value_rows(store, contract, day),
        options=option_papers(store, contract, day),
        kpis=kpis,
        kpis_said=store.why(contract, "kpi_rating").partition(" (")[0] if kpis else "",
        actions=actions,
        actions_said=actions_said,
        notices=notice_papers(store, contract_id),
        risks=risk_papers(store, contract_id),
        specifications=tuple(_specifications(store, contract_id)),
        checklists=tuple(_checklists(store, contract_id)),
        own_fields=tuple(_own_fields(store, contract)),
        reasons=reason_papers(store, contract) if reasons else (),
    )


def _stands(contract: Contract, day: date) -> Reasoned[str]:
    runs_on = bool(contract.runs_on)
    return position(contract.stage, contract.start, contract.agreed_end, day, runs_on, contract.renewal)


def _is_over(contract: Contract, day: date) -> bool:
    """Whether nothing is left to decide about it."""
    over = (EXPIRED, TERMINATED, CANCELLED)
    return _stands(contract, day).value in over or contract.stage == "Notice served"


def _status(contract: Contract, day: date) -> str:
    stands = _stands(contract, day)
    words = stands.why.rstrip(".")
    said = contract.stage and contract.stage.casefold() != stands.value.casefold()
    words = f"{contract.stage}. {words}" if said else words
    return f"In the bin. {words}" if contract.binned else words


def next_days(store: Store, contract: Contract, day: date) -> tuple[NextDay, ...]:
    """The next three days somebody has to know of a contract, today included; several of one day stand together."""
    coming: dict[date, list[str]] = {}
    for when, words in sorted(_days(store, contract, day)):
        if when >= day and words not in coming.setdefault(when, []):
            coming[when].append(words)
    return tuple(
        NextDay(clipped(", ".join(words), 70), show_day(when), f"{weekday_name(when)}, {_away(when, day)}")
        for when, words in sorted(coming.items())[:NEXT]
        if words
    )


def _days(store: Store, contract: Contract, day: date) -> Iterator[tuple[date, str]]:
    over = _is_over(contract, day)
    for name, words in _COMING.items():
        when = getattr(contract, name)
        if when is not None and not (over and name in _SETTLED):
            yield when, words
    for meeting in meetings_of(store, contract.key):
        for when in (meeting.on, meeting.next_on):
            if when is not None:
                yield when, meeting.kind or "Meeting"
    for point in of_contract(store, BreakPoint, contract.key):
        if point.on is not None and point.used_on is None:
            yield point.on, "Break date"


def _away(when: date, day: date) -> str:
    days = (when - day).days
    if days < 2:
        return ("today", "tomorrow")[days]
    return f"in {days:,} days" if days < 100 else f"in {round(days / 30.4375):,} months"


def _buys(store: Store, contract: Contract) -> str:
    """The services, and the description where there is one."""
    services = (
        f"{s.name} (in the bin)" if s.binned else s.name for s in services_of_contract(store, contract.key)
    )
    named = "; ".join(services)
    said = clipped(contract.description, 320)
    return ". ".join(w.rstrip(".") for w in (named, said) if w) + ("." if said else "")


def _facts(contract: Contract) -> Iterator[Fact]:
    for name in _FACTS:
        field = contract.FIELDS[name]
        if words := in_words(field, getattr(contract, name)):
            yield Fact(field.label, clipped(words, 80))


def _parties(store: Store, contract: Contract) -> Iterator[PartyPaper]:
    parties = parties_of_contract(store, contract.key)
    named = store.many(Organisation, [p.organisation for p in parties if p.organisation is not None])
    for party in parties:
        organisation = named.get(party.organisation or 0)
        if organisation is not None:
            name = f"{organisation.name} (in the bin)" if organisation.binned else organisation.name
            yield PartyPaper(party.role, clipped(name, 90), clipped(party.share, 40))


def _dates(store: Store, contract: Contract, day: date) -> Iterator[Explained]:
    """The dates that matter in their order; those worked out with the first sentence of their why."""
    yield from _typed(contract, "start", "First day.")
    if contract.first_end != contract.ends:
        yield from _worked(store, contract, "first_end")
    yield from _worked(store, contract, "ends")
    longest = "max_end" if contract.max_end else "max_by_term"
    if longest == "max_end":
        yield from _typed(contract, longest, "If every extension is taken up.")
    elif contract.max_by_term != contract.ends:
        yield from _worked(store, contract, longest)
    for name in ("notice_by", "serve_by", "guidance_notice_by", "provider_notice_by"):
        yield from _worked(store, contract, name, blank=name == "notice_by")
    if not _is_over(contract, day):
        yield from _worked(store, contract, "act_by")


def _typed(contract: Contract, name: str, why: str) -> Iterator[Explained]:
    if words := _brief(contract.FIELDS[name], getattr(contract, name)):
        yield Explained(contract.FIELDS[name].label, words, why)


def _worked(store: Store, contract: Contract, name: str, *, blank: bool = False) -> Iterator[Explained]:
    field, value = contract.FIELDS[name], getattr(contract, name)
    if value is not None or blank:
        words = _brief(field, value)
        yield Explained(field.label, words, first_words(store.why(contract, name), words))


def first_words(why: str, result: str = "") -> str:
    """The first sentences of a reckoning that a line has room for, without the result that stands beside it."""
    before, _, after = why.partition(" = ")
    plain = after if result and before.endswith(result) else why
    sentences = plain.split(". ")
    said = sentences[0]
    for more in sentences[1:]:
        if len(said) + len(more) > _LONGEST_WHY:
            break
        said += f". {more}"
    said = said if said.endswith(".") or not said else f"{said}."
    return clipped(said[:1].upper() + said[1:], _LONGEST_WHY + 60)


def _brief(field: Field, value: Value) -> str:
    """A value in full, but a date as tables show it."""
    return show_day(value) if isinstance(value, date) else in_words(field, value)


def _specifications(store: Store, contract_id: int) -> Iterator[LinkedPaper]:
    for specification in specifications_of_contract(store, contract_id):
        version = f"version {specification.issued_as}" if specification.issued_as else "not issued yet"
        words = (specification.reference, version, "in the bin" if specification.binned else "")
        yield LinkedPaper(clipped(specification.name, 90), ", ".join(w for w in words if w))


def _checklists(store: Store, contract_id: int) -> Iterator[LinkedPaper]:
    for run in store.all(Run, Query(where=(Where("contract", "is", (contract_id,)),))):
        if run.signed_on:
            words = f"signed {show_day(run.signed_on)} by {run.signed_by}: {run.decision}"
        else:
            words = f"{run.standing.lower()}, {run.progress} questions answered"
        yield LinkedPaper(clipped(" ".join(w for w in (run.reference, run.title) if w), 90), words)


def _own_fields(store: Store, contract: Contract) -> Iterator[Fact]:
    for field in store.own_fields().get(Contract.TABLE, []):
        if words := in_words(field, field.value_of(contract)):
            yield Fact(clipped(field.label, 60), clipped(words, 90))


def _attention(store: Store, contract: Contract, late: int, day: date) -> Iterator[str]:
    """What a reader should act on: days that are near or past, late actions, then what may want mending."""
    yield from _about_days(contract, day)
    if late:
        yield f"{late} action{' is' if late == 1 else 's are'} overdue."
    if contract.unread:
        yield "Some cells of the imported row could not be read; the record keeps them word for word."
    yield from findings(store, contract).values()


def _about_days(contract: Contract, day: date) -> Iterator[str]:
    if _is_over(contract, day) or contract.stage == "Draft":
        return
    last, ready = contract.notice_by, contract.serve_by
    if last is not None and last < day:
        yield f"The last day to give notice, {long_day(last)}, has passed."
    elif ready is not None and ready < day:
        yield f"Notice should have been served by {long_day(ready)}; the last day is {long_day(last or ready)}."
    elif ready is not None and ready - day <= SOON:
        yield f"Notice, if it is to be given, is to be served by {long_day(ready)}."
    if contract.act_by is not None and contract.act_by < day:
        yield f"The last safe day to act, {long_day(contract.act_by)}, has passed."
