"""The finance and activity page of a meeting pack: years against plan, who pays in, what changed the value."""

from __future__ import annotations

from datetime import date

from storage.desk.finance.contract_money import contributions_of, paid_in, years_of
from storage.engine.store import Store
from storage.engine.values import show_day, show_money_short
from storage.exchange.paper.papers_contract import KpiPaper
from storage.exchange.paper.papers_meeting import FinancePaper, RowPaper, YearPaper
from storage.exchange.paper.print_contract_lists import clipped, of_contract
from storage.records.contracts import Contract
from storage.records.finance import ValueYear
from storage.records.running import Variation
from storage.rules.contributions import pool
from storage.rules.money import financial_year, financial_year_label
from storage.rules.totals import Amount, Certainty
from storage.rules.variance import YearFigures, variance, variance_together


def finance_paper(
    store: Store, contract: Contract, activity: tuple[KpiPaper, ...], today: date
) -> FinancePaper:
    """The money of a contract as a meeting goes through it."""
    years = [y for y in years_of(store, contract.key) if y.year is not None]
    judged = [(y.year or 0, variance(_figures(y), closed=_is_closed(y, today))) for y in years]
    rows = tuple(_year(y, found.why) for y, (_, found) in zip(years, judged, strict=True))
    together = variance_together(judged).why if years else "No year of value is recorded."
    parts = contributions_of(store, contract.key)
    pooled = pool(paid_in(store, parts), financial_year(today))
    return FinancePaper(
        years=rows,
        together=together,
        contributions=_contributions(store, contract, today),
        contributions_said=pooled.why if parts else "",
        variations=tuple(_variation(v) for v in of_contract(store, Variation, contract.key)),
        activity=activity,
    )


def _figures(year: ValueYear) -> YearFigures:
    return YearFigures(year.planned, year.forecast, year.actual)


def _is_closed(year: ValueYear, today: date) -> bool:
    """A year is judged by its actual once it is closed, or once it is over and has one."""
    over = (year.year or 0) < financial_year(today)
    return bool(year.closed) or (over and year.actual is not None)


def _year(year: ValueYear, said: str) -> YearPaper:
    sure = Certainty.read(year.certainty)
    unsure = f" ({sure.value.lower()})" if sure is not Certainty.ACTUAL and year.planned is not None else ""
    planned = Amount(None, sure).words() if year.planned is None else _money(year.planned) + unsure
    return YearPaper(
        financial_year_label(year.year or 0) + (", closed" if year.closed else ""),
        planned,
        _money(year.forecast),
        _money(year.actual),
        said.partition(":")[0] if "planned" in said else said,
    )


def _contributions(store: Store, contract: Contract, today: date) -> tuple[RowPaper, ...]:
    """What partners pay in this year and later."""
    parts = contributions_of(store, contract.key)
    now = financial_year(today)
    return tuple(
        RowPaper(
            (
                paid.partner,
                financial_year_label(part.year) if part.year else "every year",
                part.kind,
                paid.amount.words(),
                f"until {show_day(part.until)}" if part.until else "recurrent" if part.recurrent else "",
            )
        )
        for part, paid in zip(parts, paid_in(store, parts), strict=True)
        if part.year is None or part.year >= now
    )


def _variation(variation: Variation) -> RowPaper:
    return RowPaper(
        (
            variation.number,
            clipped(variation.title),
            variation.status,
            show_day(variation.effective_on) if variation.effective_on else "",
            _money(variation.value_change),
        )
    )


def _money(pence: int | None) -> str:
    return show_money_short(pence) if pence is not None else "–"
