"""What was changed last, each record once, a part of a contract as its contract."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from storage.engine.fields import RECORDS, Record
from storage.engine.history import rows_changed_last
from storage.engine.reading import Reader

SHOWN = frozenset(("contract", "organisation", "service", "specification", "checklist_run", "action"))
MOST, LOOKED_AT = 6, 400


@dataclass(frozen=True, slots=True)
class Recent:
    """A record and when it was last worked on."""

    table: str
    record: int
    name: str
    at: datetime


def changed_last(reader: Reader) -> tuple[Recent, ...]:
    """The records changed last, the newest first; those in the bin are left out."""
    found: dict[tuple[str, int], datetime] = {}
    for table, row, at in rows_changed_last(reader, LOOKED_AT):
        shown = _shown(reader, table, row)
        if shown is not None and shown not in found:
            found[shown] = datetime.fromisoformat(at)
            if len(found) == MOST:
                break
    return tuple(r for (table, row), at in found.items() if (r := named(reader, table, row, at)) is not None)


def named(reader: Reader, table: str, row: int, at: datetime) -> Recent | None:
    """A record with its name; None when it is gone or in the bin."""
    record = reader.many(RECORDS[table], [row]).get(row)
    return Recent(table, row, record.name, at) if record is not None and not record.binned else None


def _shown(reader: Reader, table: str, row: int) -> tuple[str, int] | None:
    """The record that has a page of its own: itself, or what it is a part of."""
    if table in SHOWN:
        return table, row
    cls = RECORDS.get(table)
    links = [f for f in cls.FIELDS.values() if f.target in SHOWN and f.name == f.target] if cls else []
    if cls is None or not links:
        return None
    part: Record | None = reader.many(cls, [row]).get(row)
    number = getattr(part, links[0].name, None)
    return (links[0].target, number) if isinstance(number, int) else None
