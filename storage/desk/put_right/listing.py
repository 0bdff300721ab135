"""The standing list: every check over the whole file, what was put aside left out, the gravest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from storage.desk.put_right import (
    buying,
    deciding,
    ends,
    entries,
    measures,
    money,
    parties,
    running,
    specified,
)
from storage.desk.put_right.asides import set_aside
from storage.desk.put_right.finding import GROUPS, Check, Finding, Severity
from storage.desk.put_right.register import Register
from storage.engine.reading import Reader

CHECKS: tuple[Check, ...] = (
    ends.ends_and_notice, ends.breaks, deciding.options, deciding.last_safe_days, deciding.unlisted_holidays,
    money.values, money.years, measures.measures, measures.duty, buying.decisions, buying.standstills,
    buying.notices, running.variations, running.performance, running.actions, running.risks_and_reviews,
    running.insurance, running.specifications, specified.specifications,
    parties.providers, parties.marked_voluntary, parties.inherited,
    entries.entries, entries.words_on_no_list,
)  # fmt: skip
By = Literal["severity", "owner", "kind"]
NOBODY = "Nobody named"


@dataclass(frozen=True, slots=True)
class Listed:
    """What is to be put right on a day, in order, and what was put aside."""

    findings: tuple[Finding, ...]
    aside: tuple[Finding, ...]
    contracts: int  # how many the file has
    day: date


def put_right(reader: Reader) -> Listed:
    """Everything to put right in a file today. Reads one query a table; nothing is written."""
    register = Register(reader)
    found = [finding for check in CHECKS for finding in check(register)]
    hidden = set_aside(reader)
    shown = [f for f in found if f.key not in hidden] if hidden else found
    aside = [f for f in found if f.key in hidden] if hidden else []
    return Listed(_ordered(shown), _ordered(aside), len(register.contracts), register.today)


def _ordered(found: Iterable[Finding]) -> tuple[Finding, ...]:
    every = list(found)
    kinds = sorted({f.kind for f in every}, key=lambda k: (k.severity, GROUPS.index(k.group), k.key))
    rank = {kind.key: place for place, kind in enumerate(kinds)}
    return tuple(sorted(every, key=lambda f: (rank[f.kind.key], f.subject, f.record)))


def grouped_by(found: Sequence[Finding], by: By) -> Mapping[str, Sequence[Finding]]:
    """Findings under the words of their severity, their owner or their kind; those without an owner come last."""
    if by == "owner":
        names = sorted({f.owner for f in found}, key=lambda n: (not n, n.casefold()))
        groups: dict[str, list[Finding]] = {name or NOBODY: [] for name in names}
    elif by == "severity":
        groups = {s.words: [] for s in Severity}
    else:
        groups = {}
    for each in found:
        words = each.kind.severity.words if by == "severity" else each.owner or NOBODY
        groups.setdefault(each.kind.title if by == "kind" else words, []).append(each)
    return {name: those for name, those in groups.items() if those}


def owners(found: Sequence[Finding]) -> list[str]:
    """Who has something to put right, by name."""
    return sorted({f.owner for f in found if f.owner}, key=str.casefold)


def of_owner(found: Sequence[Finding], owner: str) -> tuple[Finding, ...]:
    """The findings of one owner, capitals aside; `NOBODY` stands for those without one."""
    wanted = "" if owner == NOBODY else " ".join(owner.split()).casefold()
    return tuple(f for f in found if " ".join(f.owner.split()).casefold() == wanted)
