"""Specifications: departures that end, changes above nobody has settled, reviews overdue, stale facts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from storage.desk.put_right.finding import Finding, Kind, Severity
from storage.desk.put_right.register import Register
from storage.desk.specification.lineage import news
from storage.engine.store import Store
from storage.records.evidence import Citation, Evidence
from storage.records.specification_parts import ENDS_SOON, Derogation
from storage.records.specifications import SUPERSEDED, WITHDRAWN, Specification

_GROUP = "Specifications"
DEPARTURES, LINEAGE, EVIDENCE = "departures", "lineage", "evidence"  # tabs on which they are mended
DEPARTURE_OUT = Kind("departure_expired", Severity.MUST, _GROUP, "Departure expired",
    "“{0}” could be departed from until {1} only.", DEPARTURES)  # fmt: skip
DEPARTURE_NEAR = Kind("departure_ends", Severity.SHOULD, _GROUP, "Departure about to expire",
    "“{0}” can be departed from until {1} only.", DEPARTURES)  # fmt: skip
DEPARTURE_OPEN = Kind("departure_endless", Severity.SHOULD, _GROUP, "Departure without an end",
    "“{0}” is waived, and nobody says until when.", DEPARTURES)  # fmt: skip
ABOVE_CHANGED = Kind("above_changed", Severity.MUST, _GROUP, "The national specification has changed",
    "{0} in “{1}” and not settled here.", LINEAGE)  # fmt: skip
REVIEW_OUT = Kind("specification_review", Severity.SHOULD, _GROUP, "Specification to be reviewed",
    "It was to be reviewed by {0}.", "review_date")  # fmt: skip
FACT_STALE = Kind("fact_stale", Severity.SHOULD, _GROUP, "Stale evidence",
    "It relies on “{0}”, which went stale on {1}.", EVIDENCE)  # fmt: skip


def specifications(register: Register) -> Iterator[Finding]:
    """Everything to put right about specifications that are not over."""
    names = ("title", "reference", "owner", "status", "review_date", "parent")
    held = [s for s in register.rows(Specification, *names) if s.status not in (SUPERSEDED, WITHDRAWN)]
    by_id = {s.key: s for s in held}
    for each in held:
        if each.review_date is not None and each.review_date < register.today:
            yield _found(REVIEW_OUT, each, each.review_date)
    yield from _departures(register, by_id)
    yield from _above(register, by_id)
    yield from _facts(register, by_id)


def _found(kind: Kind, about: Specification, *given: object) -> Finding:
    return Finding(
        kind, about.TABLE, about.key, about.uuid, kind.field, 0, about.title or about.reference, about.reference,
        about.owner.strip(), given,
    )  # fmt: skip


def _departures(register: Register, by_id: dict[int, Specification]) -> Iterator[Finding]:
    near = register.today + timedelta(days=ENDS_SOON)
    for each in register.rows(Derogation, "specification", "title", "until", "ended_on"):
        about = by_id.get(each.specification or 0)
        if about is None or each.ended_on is not None:
            continue
        if each.until is None:
            yield _found(DEPARTURE_OPEN, about, each.title)
        elif each.until < register.today:
            yield _found(DEPARTURE_OUT, about, each.title, each.until)
        elif each.until < near:
            yield _found(DEPARTURE_NEAR, about, each.title, each.until)


def _above(register: Register, by_id: dict[int, Specification]) -> Iterator[Finding]:
    if not isinstance(register.reader, Store):
        return
    for each in by_id.values():
        parent = by_id.get(each.parent or 0)
        waiting = news(register.reader, each.key) if parent is not None else []
        if waiting and parent is not None:
            many = "1 section changed" if len(waiting) == 1 else f"{len(waiting):,} sections changed"
            yield _found(ABOVE_CHANGED, each, many, parent.title)


def _facts(register: Register, by_id: dict[int, Specification]) -> Iterator[Finding]:
    stale = {
        e.key: e
        for e in register.rows(Evidence, "title", "stale_on")
        if e.stale_on is not None and e.stale_on <= register.today
    }
    for each in register.rows(Citation, "evidence", "specification") if stale else ():
        fact, about = stale.get(each.evidence or 0), by_id.get(each.specification or 0)
        if fact is not None and about is not None:
            yield _found(FACT_STALE, about, fact.title, fact.stale_on)
