"""What is to be decided about contracts: options, notice, buying again, breaks, standstills."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from storage.desk.put_right.ends import last_day_of
from storage.desk.put_right.register import Register, code_of
from storage.desk.today.due import Due, due_of, is_near
from storage.records.contract_ends import AVAILABLE
from storage.records.contracts import Contract
from storage.records.terms import BreakPoint
from storage.rules.position import RUNNING_ON
from storage.rules.procurement.standstill import standstill
from storage.rules.renewal import ENDS, ROLLS_OVER

OPTION, NOTICE, SAFE = "option", "notice", "safe"


def decisions(register: Register) -> Iterator[Due]:
    """Everything that is to be decided, late or within the days looked ahead."""
    for contract in register.running:
        for each in (_option(register, contract), _notice(register, contract), _safe(register, contract)):
            if each is not None and (each.day < register.today or is_near(each.day, register)):
                yield each
        if contract.position == RUNNING_ON and contract.agreed_end is not None:
            yield due_of(
                contract, "Contract has run on past its end", contract.agreed_end, "ran on", "current_end"
            )
    for contract, point in register.of_active(BreakPoint, "on", "side", "notice", "clause", "used_on"):
        last = last_day_of(point)
        if last is not None and point.used_on is None and is_near(last, register):
            yield due_of(contract, "Decide whether to use the break", last, NOTICE, "used_on", point)


def _option(register: Register, c: Contract) -> Due | None:
    """The option that is open: the day it is to be decided by, otherwise the last safe day to begin."""
    kept = register.options.get(c.key, ())
    first = next((o for o in kept if o.status == AVAILABLE and o.length is not None), None)
    if first is not None and first.decide_by is not None:
        return due_of(c, "Decide on the option to extend", first.decide_by, OPTION, "status", first)
    if c.extend_by is None:
        return None
    field = "status" if first is not None else "term"
    return due_of(c, "Start deciding on the option to extend", c.extend_by, OPTION, field, first)


def _notice(register: Register, c: Contract) -> Due | None:
    """Notice that is still to be decided on; of a contract that simply ends, none is asked for."""
    last = c.notice_by
    if last is None or c.ends is None or c.ends < register.today or c.renewal == ENDS:
        return None
    if c.key in register.notice_given:
        return None
    if c.renewal == ROLLS_OVER and c.rolls is not None:
        return due_of(c, f"Give notice, or it rolls over for {c.rolls}", last, NOTICE, "stage")
    return due_of(c, "Give notice, extend, or let it end", last, NOTICE, "stage")


def _safe(register: Register, c: Contract) -> Due | None:
    """The last safe day to buy again, where no option is open."""
    if c.extend_by is not None or c.act_by is None or c.ends is None or c.ends < register.today:
        return None
    return due_of(c, "Start buying again", c.act_by, SAFE, "route")


def standstills(register: Register) -> Iterator[Due]:
    """Standstills that are running."""
    for contract, made in register.procurements:
        if made.intention_on is None or made.awarded_on is not None:
            continue
        code = code_of(made.regime or contract.regime)
        found = standstill(code, made.intention_on, register.holidays, register.limits).value
        if found is not None and found.last_day is not None and is_near(found.last_day, register):
            yield due_of(
                contract, "Standstill ends at midnight", found.last_day, "standstill", "awarded_on", made
            )


def next_decision(c: Contract, register: Register) -> date | None:
    """The first day ahead on which something is to be decided about a contract."""
    kept = register.options.get(c.key, ())
    given = next((o.decide_by for o in kept if o.status == AVAILABLE and o.decide_by is not None), None)
    days = (given, c.act_by, c.notice_by if c.renewal != ENDS else None)
    return min((d for d in days if d is not None and d >= register.today), default=None)
