"""What specifications and services bring up: departures that end, and reviews."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from storage.desk.put_right.register import Register
from storage.desk.put_right.specified import DEPARTURES
from storage.desk.today.due import AHEAD, Due
from storage.records import service_records as kinds
from storage.records.service_records import ServiceRecord
from storage.records.specification_parts import Derogation
from storage.records.specifications import SUPERSEDED, WITHDRAWN, Specification

AREAS, PRACTICE, LEARNING = "areas", "practice", "learning"  # the tabs of a service
_AREAS = (kinds.COVERAGE, kinds.LEAD, kinds.DECIDES, kinds.GROUP, kinds.CLINICAL)
_PRACTICE = (kinds.PROCEDURE, kinds.PLAN, kinds.INTERFACE, kinds.INDIVIDUAL)


def specified(register: Register) -> Iterator[Due]:
    """Departures in force by the day they end, and reviews by theirs; what is late is there too."""
    names = ("title", "reference", "owner", "status", "review_date")
    held = {s.key: s for s in register.rows(Specification, *names) if s.status not in (SUPERSEDED, WITHDRAWN)}
    for each in held.values():
        if _is_due(each.review_date, register) and each.review_date:
            yield _due(each, "Review of the specification", each.review_date, "review_date")
    for part in register.rows(Derogation, "specification", "title", "until", "ended_on"):
        about = held.get(part.specification or 0)
        if about is not None and part.ended_on is None and _is_due(part.until, register) and part.until:
            yield _due(about, f"Departure ends: {part.title}", part.until, DEPARTURES)


def of_services(register: Register) -> Iterator[Due]:
    """Records of services that are to be looked at again: procedures, groups, interfaces and the like."""
    for each in register.rows(ServiceRecord, "service", "kind", "title", "who", "review_date"):
        if each.service and _is_due(each.review_date, register) and each.review_date:
            what, tab = f"Review: {each.title}", tab_of(each.kind)
            yield Due(what, each.review_date, "review", each.kind, "", each.who, "service", each.service, tab)


def tab_of(kind: str) -> str:
    """The tab of a service on which a record of a kind is shown."""
    return AREAS if kind in _AREAS else PRACTICE if kind in _PRACTICE else LEARNING


def _is_due(day: date | None, register: Register) -> bool:
    return day is not None and (day - register.today).days <= AHEAD


def _due(about: Specification, what: str, day: date, field: str) -> Due:
    name = about.title or about.reference
    return Due(what, day, "review", name, about.reference, about.owner.strip(), about.TABLE, about.key, field)
