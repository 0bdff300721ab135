"""The money of a contract: its value, the financial years, what partners pay in, and how its price moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from desktop.pages.part_list import PartColumn, PartCommand, PartList
from desktop.pages.tab_extra import WorkedExtra
from desktop.session import Session
from storage.desk.finance.contract_money import (
    contributions_of,
    paid_in,
    pool_years,
    split,
    totals,
    vat_cost,
)
from storage.desk.finance.price_steps import after_steps, figure_of, price_after_each
from storage.engine.conditions import Where
from storage.engine.fields import Record, Value
from storage.engine.query import Order, Query
from storage.engine.reading import Reader
from storage.engine.values import show_financial_year, show_money_short
from storage.records.contracts import Contract
from storage.records.finance import Contribution, PriceStep, ValueYear
from storage.rules.contributions import pool
from storage.rules.indexation import NhsUplift
from storage.rules.money import financial_year
from storage.rules.rates import show_rate
from storage.rules.variance import YearFigures, variance
from widgets.form import Group
from widgets.table_model import Cell
from widgets.worked import WorkedValue

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

MONEY = (
    Group("", ("current_value", "annual_value", "award_value", "value_certainty", "payment_type", "fixed_cost")),
    Group("VAT", ("value_basis", "irrecoverable_vat")),
    Group("Over the years", ("phasing", "indexation", "indexation_note")),
)  # fmt: skip
FOLLOWS = ("annualised", "value_with_options")
WHOLE = 100  # per cent
TABLES = ("contract", "extension", "price_step", "contribution")


def worked(session: Session) -> WorkedExtra:
    """What the figures come to, under the form."""
    return WorkedExtra(session, "Worked out for you", values, TABLES)


def values(reader: Reader, record: Record, _today: date) -> Sequence[WorkedValue]:
    """The value of a year, with options, with VAT, and after indexation; what says nothing new is left out."""
    if not isinstance(record, Contract):
        return ()
    said = []
    for name in FOLLOWS:
        field, value = Contract.FIELDS[name], getattr(record, name)
        if value is not None and not (name == "value_with_options" and value == record.current_value):
            said.append(WorkedValue(name, field.label, field.show(value), help=field.help))
    if parts := split(reader, record):
        words = parts.value.whole_life.words()
        said.append(WorkedValue("whole", "Whole-life value, every option", words, parts.why, parts.reasons))
    cost = vat_cost(record)
    if cost.value is not None and (record.value_basis or record.irrecoverable_vat is not None):
        label = "Cost with VAT we cannot recover"
        said.append(WorkedValue("vat", label, show_money_short(cost.value), cost.why, cost.reasons))
    return said + _after_steps(reader, record)


def _of(number: int, *order: Order) -> Query:
    return Query((Where("contract", "is", (number,)),), order)


def _after_steps(reader: Reader, contract: Contract) -> list[WorkedValue]:
    found = after_steps(contract, reader.all(PriceStep, _of(contract.key, Order("on"))))
    if found.value is None or not found.value.steps:
        return []
    words = show_money_short(found.value.value)
    return [WorkedValue("price", "A year after all price steps", words, found.why, found.reasons)]


def _contract(reader: Reader, parts: Sequence[ValueYear | Contribution | PriceStep]) -> Contract | None:
    number = parts[0].contract if parts else None
    return reader.many(Contract, [number]).get(number) if number else None


# ---- years


def _year_note(year: ValueYear, _today: date) -> Cell:
    if year.closed:
        return Cell("Closed", "soft")
    return Cell(year.certainty if year.certainty not in ("", "Actual") else "")


def _years_summary(_reader: Reader, _parent: Record, years: Sequence[ValueYear], _today: date) -> str:
    """What the years come to, figure by figure, with all that is not sure about it."""
    found = totals(years)
    said = [
        f"{name} {found[name].words()}" for name in ("planned", "forecast", "actual") if found[name].figures
    ]
    words = "; ".join(said)
    return f"Together: {words}" if words else ""


def _year_worked(_reader: Reader, year: ValueYear, today: date) -> Sequence[WorkedValue]:
    figures = YearFigures(year.planned, year.forecast, year.actual)
    over = bool(year.closed) or (
        year.year is not None and year.year < financial_year(today) and year.actual is not None
    )
    found = variance(figures, over)
    if found.value is None:
        return ()
    words = "On plan"
    if found.value.pence:
        words = f"{show_money_short(abs(found.value.pence))} {'over' if found.value.pence > 0 else 'under'}"
    return (WorkedValue("variance", "Against the plan", words, found.why, found.reasons),)


def _next_year(
    _reader: Reader, parent: Record, years: Sequence[ValueYear], today: date
) -> Mapping[str, Value]:
    """The year after the last, with what is usual for the contract."""
    if not isinstance(parent, Contract):
        return {}
    last = max((y.year for y in years if y.year is not None), default=None)
    first = financial_year(parent.start or today)
    return {"year": first if last is None else last + 1, "certainty": parent.value_certainty,
            "cost_centre": parent.cost_centre}  # fmt: skip


def _fill(over: QWidget, session: Session, contract: Contract) -> None:
    from desktop.dialogs.fill_years import FillYearsDialog

    FillYearsDialog(over, session, contract).open()


YEARS = PartList[ValueYear](
    cls=ValueYear,
    link="contract",
    title="Financial years",
    columns=(
        PartColumn("year", "Year", right=False),
        "planned",
        "forecast",
        "actual",
        PartColumn("note", "State", _year_note),
    ),
    groups=(Group("", ("year", "planned", "forecast", "actual", "certainty", "closed", "cost_centre", "notes")),),
    under=("forecast", "note"),
    order=(Order("year"),),
    none="No years yet. Fill them from the value, or add them one by one.",
    add="Add a year",
    defaults=_next_year,
    summary=_years_summary,
    worked=_year_worked,
    tone=lambda year, _today: "soft" if year.closed else "",
    commands=(
        PartCommand(
            "Fill planned years…", _fill, "table",
            when=lambda contract, _today: isinstance(contract, Contract) and contract.current_value is not None,
        ),
    ),
)  # fmt: skip


# ---- partners


def _amount(part: Contribution, _today: date) -> Cell:
    words = show_money_short(part.amount) if part.amount is not None else ""
    if part.certainty == "To be confirmed":
        return Cell(f"{words} TBC".strip(), "amber")
    return Cell(words, note="" if part.certainty in ("", "Actual") else part.certainty.lower())


def _shares(reader: Reader, parts: Sequence[Contribution], today: date) -> Mapping[int, Cell]:
    """Each partner’s share of the pool of its year; none while a figure of that year is missing."""
    cells: dict[int, Cell] = {}
    every = contributions_of(reader, parts[0].contract or 0) if parts else []
    for year in pool_years(every, today):
        counted = [p for p in every if p.year in (None, year)]
        found = pool(paid_in(reader, counted), year).value
        if len(found.shares) == len(counted):
            shares = zip(counted, found.shares, strict=True)
            cells |= {p.key: Cell(show_rate(share.percent)) for p, share in shares}
    return cells


def _pool_summary(reader: Reader, _parent: Record, parts: Sequence[Contribution], today: date) -> str:
    """The pool of each year, a line each, with what is still to be confirmed and what ends with the year."""
    rules, lines = paid_in(reader, parts), []
    for year in pool_years(parts, today):
        found = pool(rules, year).value
        ends = f"; {found.ending.words()} ends with it" if found.ending.figures else ""
        lines.append(f"{show_financial_year(year)}: {found.total.words()}{ends}")
    return "\n".join(lines)


def _pool_worked(reader: Reader, part: Contribution, today: date) -> Sequence[WorkedValue]:
    """The pool of its year with every contribution, and whether agreed shares of a risk come to the whole."""
    every = contributions_of(reader, part.contract or 0)
    year = part.year if part.year is not None else financial_year(today)
    found = pool(paid_in(reader, every), year)
    said = [WorkedValue("pool", f"Pool of {show_financial_year(year)}", found.value.total.words(), found.why,
                        found.reasons)]  # fmt: skip
    agreed = [p.risk_share for p in every if p.risk_share is not None and p.year in (None, year)]
    if agreed:
        words, why = (
            show_rate(sum(agreed, Decimal(0))),
            "The agreed shares of over- and underspend of this year, added up.",
        )
        why += "" if sum(agreed) == WHOLE else " They do not come to 100%, so nothing can be shared by them."
        said.append(WorkedValue("risk", "Agreed risk shares", words, why))
    return said


def _this_year(
    _reader: Reader, _parent: Record, parts: Sequence[Contribution], today: date
) -> Mapping[str, Value]:
    return {"year": parts[-1].year if parts else financial_year(today)}


CONTRIBUTIONS = PartList[Contribution](
    cls=Contribution,
    link="contract",
    title="Partners’ contributions",
    columns=(
        "organisation",
        PartColumn("year", "Year", right=False),
        PartColumn("amount", "Amount", _amount, right=True),
        PartColumn("share", "Share", cells=_shares, right=True),
    ),
    groups=(Group("", ("organisation", "year", "amount", "certainty", "kind", "recurrent", "until", "risk_share",
                       "notes")),),
    under=("year", "share"),
    order=(Order("year"), Order("id")),
    none="No partner pays in.",
    add="Add a contribution",
    defaults=_this_year,
    summary=_pool_summary,
    worked=_pool_worked,
)  # fmt: skip


# ---- price steps


def _rate(step: PriceStep, _today: date) -> Cell:
    found = figure_of(step)
    if found is None:
        return Cell("No rate", "soft")
    rate = found.rate.rate if isinstance(found.rate, NhsUplift) else found.rate
    return Cell(show_rate(rate))


def _prices(reader: Reader, steps: Sequence[PriceStep], _today: date) -> Mapping[int, Cell]:
    contract = _contract(reader, steps)
    every = reader.all(PriceStep, _of(contract.key, Order("on"))) if contract else []
    return (
        {n: Cell(show_money_short(p)) for n, p in price_after_each(contract, every).items()}
        if contract
        else {}
    )


def _step_worked(reader: Reader, step: PriceStep, _today: date) -> Sequence[WorkedValue]:
    contract = _contract(reader, [step])
    every = reader.all(PriceStep, _of(contract.key, Order("on"))) if contract else []
    price = price_after_each(contract, every).get(step.key) if contract else None
    if contract is None or price is None or step.on is None:
        return ()
    found = after_steps(contract, [s for s in every if s.on is not None and s.on <= step.on])
    return (
        WorkedValue("price", "A year from this step on", show_money_short(price), found.why, found.reasons),
    )


PRICE_STEPS = PartList[PriceStep](
    cls=PriceStep,
    link="contract",
    title="Price steps",
    columns=("on", "method", PartColumn("rate", "Rate", _rate, right=True),
             PartColumn("after", "A year then", cells=_prices, right=True)),
    groups=(Group("", ("on", "method", "rate", "efficiency", "floor", "cap", "source", "notes")),),
    under=("method",),
    order=(Order("on"),),
    none="The price has no steps yet.",
    add="Add a price step",
    worked=_step_worked,
    also=("contract",),
)  # fmt: skip
