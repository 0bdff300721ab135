"""What a thing that is due is, and the stretch of time it falls into."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from storage.engine.fields import Record
from storage.records.contracts import Contract

if TYPE_CHECKING:
    from storage.desk.put_right.register import Register

LATE, WEEK, MONTH, QUARTER, REMINDERS = "Late", "This week", "Next 30 days", "Next 90 days", "Reminders"
_UNTIL = ((WEEK, 7), (MONTH, 30), (QUARTER, 90))
AHEAD = 90  # days it looks ahead


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that is due on a day: what, of which record, whose it is, and the cell that settles it."""

    what: str
    day: date
    sort: str  # the sort of thing it is, such as notice or action; it has its icon
    subject: str
    reference: str
    owner: str
    table: str
    record: int
    field: str
    contract: int = 0
    reminder: str = ""  # the key of the reminder, where it is one that can be dismissed

    @property
    def where(self) -> str:
        """What it belongs to, with its reference; nothing when that is the thing itself."""
        return " · ".join(words for words in (self.subject, self.reference) if words and words != self.what)


def due_of(
    contract: Contract, what: str, day: date, sort: str, field: str, at: Record | None = None, owner: str = ""
) -> Due:
    """Something due of a contract, or of a record `at` that belongs to it."""
    about = at or contract
    name = contract.title or contract.reference or f"Contract {contract.id}"
    whose = owner or (contract.contract_manager or contract.lead_commissioner).strip()
    return Due(what, day, sort, name, contract.reference, whose, about.TABLE, about.key, field, contract.key)


def is_near(day: date | None, register: Register) -> bool:
    """Whether a day falls within the days looked ahead; not when it is past."""
    return day is not None and 0 <= (day - register.today).days <= AHEAD


def grouped(found: Iterable[Due], today: date) -> Mapping[str, Sequence[Due]]:
    """What is due under late, this week, and so on, by day; reminders come last, groups with nothing are left out."""
    groups: dict[str, list[Due]] = {name: [] for name in (LATE, WEEK, MONTH, QUARTER, REMINDERS)}
    for each in sorted(found, key=lambda d: (d.day, d.what, d.subject, d.record)):
        left = (each.day - today).days
        if each.reminder:
            groups[REMINDERS].append(each)
        elif left < 0:
            groups[LATE].append(each)
        elif left <= AHEAD:
            groups[next(name for name, days in _UNTIL if left <= days)].append(each)
    return {name: those for name, those in groups.items() if those}
