"""The sheet Decisions needed: the contracts to be acted on in the next twelve months, by the last safe day to act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from storage.engine.fields import Field, Kind
from storage.engine.reading import Reader
from storage.engine.values import show_day
from storage.exchange.workbooks.columns import MOST_REASONED, Cell, Register, cells_of
from storage.exchange.workbooks.styles import AMBER, CLOSE_DAYS, RED, SETTLED, WORD_COLOURS
from storage.exchange.workbooks.table import Table, TableColumn
from storage.records.contracts import Contract
from storage.rules.months import add_months
from storage.rules.position import DRAFT

SHEET = "Decisions needed"
MONTHS = 12
PASSED, CLOSE, AHEAD, UNKNOWN = "Passed", f"Within {CLOSE_DAYS} days", "Later", "Not known"
TO_EXTEND, TO_BUY = "The next option", "Buying again"
_COLOURS = {PASSED: RED, CLOSE: AMBER}
_SHOWN = (
    ("decide_by", 95), ("reference", 80), ("title", 220), ("provider_name", 160), ("directorate", 150),
    ("lead_commissioner", 115), ("ends", 90), ("serve_by", 90), ("current_value", 105), ("kpi_rating", 65),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Decision:
    """A contract to be decided on; `near` says how near its last safe day is."""

    contract: Contract
    near: str


def decisions(register: Register) -> list[Decision]:
    """The contracts of a register to be acted on: what is late first, then by the last safe day.

    A contract that ends in that time and whose last safe day is not known comes last, so that none is missed.
    """
    today, last = register.as_at, add_months(register.as_at, MONTHS)
    position = register.find("position")
    found = []
    for contract, stands in zip(register.records, position.cells if position else (), strict=True):
        if stands in SETTLED or stands == DRAFT:
            continue
        act, ends = contract.act_by, contract.ends
        if act is not None and act <= last:
            found.append(Decision(contract, _near(act, today)))
        elif act is None and ends is not None and ends <= last:
            found.append(Decision(contract, UNKNOWN))
    return sorted(found, key=lambda d: (d.contract.act_by or date.max, d.contract.ends or date.max))


def _near(act: date, today: date) -> str:
    if act < today:
        return PASSED
    return CLOSE if act <= today + timedelta(CLOSE_DAYS) else AHEAD


def decisions_table(reader: Reader, register: Register, found: Sequence[Decision]) -> Table:
    """The sheet: one row for each decision, the reason of its day as a note."""
    contracts, fields = [d.contract for d in found], reader.fields(Contract)
    days = cells_of(fields["act_by"], contracts)
    columns = [
        TableColumn("Last safe day to act", Kind.DAY, 95, days),
        TableColumn("How near", Kind.CHOICE, 105, [d.near for d in found], _COLOURS),
        TableColumn("To decide", Kind.CHOICE, 110, [_what(contract) for contract in contracts]),
        *(_column(fields[name], width, contracts) for name, width in _SHOWN),
    ]
    notes = {}
    if 0 < len(contracts) <= MOST_REASONED:
        whys = reader.whys(contracts, ("act_by",))["act_by"]
        notes = {(row, 0 if days[row] is not None else 1): why for row, why in enumerate(whys) if why}
    return Table(
        SHEET, "Decisions needed in the next 12 months", _words(register, found), "Decisions", columns, notes
    )


def _column(field: Field, width: int, contracts: Sequence[Contract]) -> TableColumn:
    return TableColumn(
        field.label, field.kind, width, cells_of(field, contracts), WORD_COLOURS.get(field.name, {})
    )


def _what(contract: Contract) -> Cell:
    if contract.act_by is None:
        return None
    return TO_EXTEND if contract.extend_by == contract.act_by else TO_BUY


def _words(register: Register, found: Sequence[Decision]) -> str:
    """What the sheet shows, and how much of it is late."""
    until = show_day(add_months(register.as_at, MONTHS))
    if not found:
        return f"Nothing needs deciding up to {until}."
    late, unknown = (sum(d.near == near for d in found) for near in (PASSED, UNKNOWN))
    said = [f"{len(found):,} to act on up to {until}, as at {show_day(register.as_at)}"]
    said += [f"{late:,} past the last safe day"] if late else []
    said += [f"{unknown:,} without one: choose how to buy again on the contract"] if unknown else []
    return "; ".join(said) + "."
