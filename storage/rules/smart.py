"""Whether a KPI says what it must to be measured at all: specific, measurable and bound to a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from storage.rules.explained import Explained, Reason
from storage.rules.kpi_periods import ONCE
from storage.rules.kpis import LOWER, MILESTONE, RANGE

_SOURCE = "Children’s commissioning framework (Nottinghamshire), section 8"


@dataclass(frozen=True, slots=True)
class KpiFields:
    """What is recorded of a KPI; blank and None are what is missing."""

    measure: str = ""
    direction: str = ""
    target: Decimal | None = None
    upper: Decimal | None = None
    tolerance: Decimal | None = None
    method: str = ""
    frequency: str = ""
    owner: str = ""
    by: date | None = None


def smart_gaps(fields: KpiFields) -> Explained[tuple[str, ...]]:
    """What a KPI lacks, each in words fit for a list; empty when nothing does.

    Whether it can be reached and is worth measuring is for people to judge, and the sentence says so.
    """
    found = tuple(words for words, missing in _checks(fields) if missing)
    steps = tuple(Reason(words, _SOURCE) for words in found)
    judge = "Whether it is achievable and relevant is for people to judge."
    if not found:
        return Explained((), f"It is specific, measurable and bound to a time. {judge}")
    count = "1 thing is" if len(found) == 1 else f"{len(found)} things are"
    return Explained(found, f"{count} missing before it is SMART. {judge}", steps)


def _checks(fields: KpiFields) -> tuple[tuple[str, bool], ...]:
    """Each gap there can be, in the order of the letters, and whether it is there."""
    milestone = fields.direction == MILESTONE
    # Where nothing at all is allowed, a single case misses the target and no amber is meant.
    strict = fields.direction == LOWER and fields.target == 0
    return (
        ("Specific: it does not say what is measured.", not fields.measure.strip()),
        ("Specific: nobody is named as its owner.", not fields.owner.strip()),
        ("Measurable: it is not recorded which way is better.", not fields.direction.strip()),
        ("Measurable: there is no target number.", not milestone and fields.target is None),
        (
            "Measurable: the range has no upper end.",
            fields.direction == RANGE and fields.target is not None and fields.upper is None,
        ),
        (
            "Measurable: there is no threshold between amber and red.",
            fields.tolerance is None and not strict,
        ),
        ("Measurable: no method or source of the data is given.", not fields.method.strip()),
        (
            "Time-bound: it is not recorded how often it is measured.",
            not milestone and not fields.frequency.strip(),
        ),
        (
            "Time-bound: no day is set to reach it by.",
            fields.by is None and (milestone or fields.frequency == ONCE),
        ),
    )
