"""Which contract each row of a workbook that came home is, and which rows are new."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from storage.exchange.home.columns import Columns
from storage.exchange.importing.columns import TypedRow
from storage.exchange.tables.sheet import Problem
from storage.records.contracts import Contract

_TOTALS = re.compile(
    r"(?:grand |sub-?)?totals?:?|sum:?|count:?|end of (?:list|table|register)", re.IGNORECASE
)
_LEAST = 2  # filled cells of a row that may be a contract
IN_BIN = (
    "This contract is in the bin and stays there. To change it, take it out of the bin and bring this again."
)
NO_NAME = "This row has neither title nor reference, so it was passed over."
TOTAL = "This looks like a line of totals, so it was passed over."
COPIED = "A copy of the row of “{}”."
GONE = (
    "This contract was in the register when it was sent, and is not any more. Taking the row makes it anew."
)
ELSEWHERE = "The row names a contract that is not in this file."


@dataclass
class Recognised:
    """The rows of a workbook by what they are."""

    known: list[tuple[TypedRow, Contract]] = field(default_factory=list)
    new: list[tuple[TypedRow, str, bool]] = field(default_factory=list)  # with a note, and whether in doubt
    seen: set[str] = field(default_factory=set)  # the UUIDs of rows that are there
    ignored: list[Problem] = field(default_factory=list)


def recognise(
    columns: Columns, by_uuid: Mapping[str, Contract], binned: set[str], sent: set[str]
) -> Recognised:
    """Sort the rows: by the UUID they say; of copied ones the one nearest to the contract is the contract.

    `by_uuid` are live contracts; `sent` the UUIDs that went out, as far as is known.
    """
    found = Recognised()
    claims: dict[str, list[TypedRow]] = defaultdict(list)
    for row in columns.rows:
        uuid = columns.uuid_of(row)
        if uuid in by_uuid:
            claims[uuid].append(row)
        elif uuid in binned:
            found.seen.add(uuid)
            found.ignored.append(_of_row(columns, row, IN_BIN))
        elif why := _no_contract(columns, row):
            found.ignored.append(_of_row(columns, row, why))
        else:
            note = "" if not uuid else GONE if uuid in sent else ELSEWHERE
            found.new.append((row, note, bool(uuid)))
    for uuid, rows in claims.items():
        contract = by_uuid[uuid]
        found.seen.add(uuid)
        best = _nearest(columns, rows, contract) if len(rows) > 1 else rows[0]
        found.known.append((best, contract))
        for row in rows:
            if row is not best:
                same = row.values == best.values
                found.new.append((row, COPIED.format(contract.name), same))
    found.known.sort(key=lambda pair: pair[0].number)
    found.new.sort(key=lambda made: made[0].number)
    return found


def _nearest(columns: Columns, rows: Sequence[TypedRow], contract: Contract) -> TypedRow:
    """The row that differs in the fewest cells; the first of equals."""

    def differing(row: TypedRow) -> int:
        return sum(row.values.get(n) != f.value_of(contract) for n, f in columns.fields.items())

    return min(rows, key=differing)


def _no_contract(columns: Columns, row: TypedRow) -> str:
    """Why a row without a known UUID is no new contract either; empty when it may be one."""
    named = [str(row.values.get(name) or "").strip() for name in ("reference", "title")]
    first = next(iter(row.raw.values()), "").strip()
    if _TOTALS.fullmatch(first) or any(_TOTALS.fullmatch(words) for words in named if words):
        return TOTAL
    filled = sum(heading != columns.identity for heading in row.raw)
    return NO_NAME if not any(named) or filled < _LEAST else ""


def _of_row(columns: Columns, row: TypedRow, why: str) -> Problem:
    heading = columns.headings.get("title", "")
    name = row.raw.get(heading) or next(iter(row.raw.values()), "")
    return Problem(row.number, heading, name[:80], why)
