"""Conditions on fields as data: the query turns them into SQL, and one record can be tested by them in Python."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from string import ascii_lowercase, ascii_uppercase

Value = object  # what a field may hold: str, int (whole or pence), bool, date, Period, Mapping or None
OPS = (
    "is", "is not", "any of", "contains", "blank", "not blank",
    "before", "on or before", "after", "on or after", "at least", "at most", "between",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Where:
    """One condition on a field; `op` is one of `OPS`. A blank value meets only `blank`, `is not` and `is` blank."""

    field: str
    op: str
    values: tuple[Value, ...] = ()

    def __post_init__(self) -> None:
        if self.op not in OPS:
            raise ValueError(f"{self.op} is not a condition; use one of {', '.join(OPS)}")


Case = tuple[tuple[Where, ...], str]  # when all conditions hold, this word
Cases = Callable[[date], tuple[Case, ...]]  # the cases in order, for a given today


def is_blank(value: Value) -> bool:
    """True for nothing, and for the empty text."""
    return value is None or value == ""


def holds(where: Where, value: Value) -> bool:
    """Whether a value meets a condition. Words compare without regard to capitals A to Z, as in the query."""
    if where.op in ("blank", "not blank"):
        return is_blank(value) == (where.op == "blank")
    wanted = tuple(_folded(v) for v in where.values)
    if where.op in ("is", "is not", "any of"):
        return (_folded(value) in wanted) == (where.op != "is not")
    if is_blank(value):
        return False
    if where.op == "contains":
        return str(wanted[0]) in str(_folded(value))
    return _ordered(where.op, value, where.values)


_LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)  # SQLite's lower() knows no other letters


def _folded(value: Value) -> Value:
    if value is None:
        return ""
    return value.translate(_LOWER) if isinstance(value, str) else value


def _ordered(op: str, value: Value, wanted: tuple[Value, ...]) -> bool:
    number, low = _number(value), _number(wanted[0])
    if op == "before":
        return number < low
    if op in ("on or before", "at most"):
        return number <= low
    if op == "after":
        return number > low
    if op in ("on or after", "at least"):
        return number >= low
    return low <= number <= _number(wanted[1])


def _number(value: Value) -> int | Decimal:
    """Dates and amounts on one scale, so that they compare with their own kind."""
    if isinstance(value, date):
        return value.toordinal()
    if isinstance(value, int | Decimal):
        return value
    raise TypeError(f"{value!r} has no order")


def word(cases: tuple[Case, ...], value_of: Callable[[str], Value]) -> str:
    """The word of the first case whose conditions all hold; empty when none does."""
    return next((w for conditions, w in cases if all(holds(c, value_of(c.field)) for c in conditions)), "")
