"""The block of the summary that says when contracts end, by quarter of the financial year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from storage.exchange.workbooks.block import Block, Line
from storage.exchange.workbooks.columns import UUID_HEADING, Column, Register
from storage.exchange.workbooks.contracts import TABLE
from storage.exchange.workbooks.text import serial
from storage.rules.kpi_periods import QUARTERLY, period_label
from storage.rules.months import add_months

TITLE = "By the quarter they end in"
QUARTERS = 12  # from the one the as-at date lies in
_VALUE = f"{TABLE}[Current value]"


def quarters_block(register: Register, amounts: Sequence[int | None]) -> Block:
    """Contracts and their current value by the quarter of the end that counts; those without an end come last."""
    column = register.find("ends")
    first = register.as_at.replace(day=1, month=register.as_at.month - (register.as_at.month - 1) % 3)
    starts = [add_months(first, 3 * n) for n in range(QUARTERS + 1)]
    lines = _lines(starts, column)
    serials = [serial(day) or 0 for day in starts]
    cells = column.cells if column else [None] * register.rows
    for cell, amount in zip(cells, amounts, strict=True):
        place = -1 if not isinstance(cell, int) else sum(cell >= start for start in serials)
        lines[place].count += 1
        lines[place].pence += amount or 0
    return Block(TITLE, ("Quarter", "Contracts", "Current value"), lines)


def _lines(starts: Sequence[date], column: Column | None) -> list[Line]:
    """A line for what ended before, for each quarter, for what ends later, and for what has no end."""
    ends = f"{TABLE}[{column.heading}]" if column else ""
    made = [_line(f"Before {period_label(QUARTERLY, starts[0])}", ends, None, starts[0])]
    for start, following in pairwise(starts):
        made.append(_line(period_label(QUARTERLY, start), ends, start, following))
    made.append(_line(f"After {period_label(QUARTERLY, starts[-1] - timedelta(1))}", ends, starts[-1], None))
    none = Line("No end date, or in words")
    if ends:
        none.counted = f"COUNTA({TABLE}[{UUID_HEADING}])-COUNT({ends})"
        none.summed = f'SUM({_VALUE})-SUMIFS({_VALUE},{ends},">0")'
    return [*made, none]


def _line(word: str, ends: str, first: date | None, after: date | None) -> Line:
    """A line for the contracts that end from a day on and before another."""
    if not ends:
        return Line(word)
    tests = [f'{ends},">="&{_day(first)}'] if first else []
    tests += [f'{ends},"<"&{_day(after)}'] if after else []
    return Line(word, 0, 0, f"COUNTIFS({','.join(tests)})", f"SUMIFS({_VALUE},{','.join(tests)})")


def _day(day: date) -> str:
    return f"DATE({day.year},{day.month},{day.day})"
