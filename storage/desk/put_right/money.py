"""Money: a value that is missing, unsure or at odds with its years, and contributions that do not sum."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from storage.desk.put_right.finding import Finding, Kind, Severity
from storage.desk.put_right.register import Register, grouped
from storage.engine.values import show_money
from storage.records.contracts import Contract
from storage.records.finance import Contribution, ValueYear
from storage.rules.money import financial_year, financial_year_label
from storage.rules.totals import Certainty

_GROUP = "Money"
MUST, SHOULD, COULD = Severity.MUST, Severity.SHOULD, Severity.COULD

NO_VALUE = Kind("no_value", SHOULD, _GROUP, "No value", "No value is recorded.", "current_value")
VALUE_TBC = Kind("value_tbc", SHOULD, _GROUP, "Value to be confirmed",
    "Its value is still to be confirmed{0}.", "value_certainty")  # fmt: skip
YEARS_DIFFER = Kind("years_differ", SHOULD, _GROUP, "Years do not sum",
    "The planned years come to {0}, {1} than the current value of {2}.", "current_value")  # fmt: skip
YEAR_MISSING = Kind("year_missing", COULD, _GROUP, "A year without a plan",
    "Nothing is planned for {0}, though the contract runs in it and has figures for other years.",
    "planned")  # fmt: skip
CONTRIBUTIONS = Kind("contributions", SHOULD, _GROUP, "Contributions do not sum",
    "Contributions for {0} come to {1}; {2} is planned.", "amount")  # fmt: skip
RISK_SHARE = Kind("risk_share", SHOULD, _GROUP, "Risk shares do not make 100%",
    "The partners’ shares of over- and underspend for {0} come to {1}%, not to 100%.", "risk_share")  # fmt: skip


def values(register: Register) -> Iterator[Finding]:
    """Values missing or to be confirmed."""
    waiting = {Certainty.TO_BE_CONFIRMED.value}
    for c in register.active:
        if c.value_certainty in waiting:
            figure = f"; {show_money(c.current_value)} is recorded" if c.current_value is not None else ""
            yield register.found(VALUE_TBC, c, figure)
        elif c.current_value is None:
            yield register.found(NO_VALUE, c)


def years(register: Register) -> Iterator[Finding]:
    """Years of value against the value, to the penny, and contributions against the years."""
    planned = grouped(register.rows(ValueYear, "contract", "year", "planned"), "contract")
    paid = grouped(register.rows(Contribution, "contract", "year", "amount", "risk_share"), "contract")
    for c in register.active:
        mine = planned.get(c.key, [])
        if mine:
            yield from _years(register, c, mine)
        if c.key in paid:
            yield from _contributions(register, c, paid[c.key], mine)


def _years(register: Register, c: Contract, mine: Sequence[ValueYear]) -> Iterator[Finding]:
    known = {y.year: y.planned for y in mine if y.year is not None and y.planned is not None}
    now = financial_year(register.today)
    blank = next((y for y in mine if y.year == now and y.planned is None), None)
    if known and blank is not None:
        yield register.found(YEAR_MISSING, c, financial_year_label(now), at=blank)
    if c.current_value is None or len(known) < len(mine) or not _covers(c, known):
        return
    total = sum(known.values())
    if total != c.current_value:
        gap = f"{show_money(abs(total - c.current_value))} {'more' if total > c.current_value else 'less'}"
        yield register.found(YEARS_DIFFER, c, show_money(total), gap, show_money(c.current_value))


def _covers(c: Contract, known: dict[int, int]) -> bool:
    """Whether there is a figure for every financial year of the contract; only then have they to sum."""
    if c.start is None or c.agreed_end is None:
        return False
    return all(year in known for year in range(financial_year(c.start), financial_year(c.agreed_end) + 1))


def _contributions(
    register: Register, c: Contract, paid: Sequence[Contribution], mine: Sequence[ValueYear]
) -> Iterator[Finding]:
    plans = {y.year: y.planned for y in mine}
    by_year: dict[int, list[Contribution]] = defaultdict(list)
    for each in paid:
        if each.year is not None:
            by_year[each.year].append(each)
    for year, those in sorted(by_year.items()):
        label, plan = financial_year_label(year), plans.get(year)
        amounts = [each.amount for each in those if each.amount is not None]
        if plan is not None and len(amounts) == len(those) and sum(amounts) != plan:
            yield register.found(
                CONTRIBUTIONS, c, label, show_money(sum(amounts)), show_money(plan), at=those[0]
            )
        shares = [each.risk_share for each in those if each.risk_share is not None]
        if shares and sum(shares) != 100:
            yield register.found(RISK_SHARE, c, label, f"{sum(shares, Decimal()).normalize():f}", at=those[0])
