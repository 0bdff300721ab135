"""Planned, forecast and actual of a year: by contract, by cost centre or by directorate."""

from __future__ import annotations

from desktop.pages.money.sheets import Keyed, Sheet, Wish, chosen_lines
from desktop.pages.page import Place
from desktop.words import count_words
from storage.desk.contract.inherited import Portfolio
from storage.desk.finance.money import Figure, Line, Money
from storage.desk.finance.money_tables import (
    CONTRACT,
    YearTotals,
    by_group,
    year_totals,
)
from storage.desk.finance.money_words import figure_words, over_words, sum_words, unsure_words
from storage.rules.money import financial_year_label
from widgets.facts import Fact
from widgets.table_listed import Key
from widgets.table_model import Cell, Column, Row
from widgets.table_painter import FoldPlan

_FIGURES = (
    Column("planned", "Planned", 138, "right"),
    Column("forecast", "Forecast", 138, "right"),
    Column("actual", "Actual", 116, "right"),
    Column("variance", "Over or under plan", 158, "right"),
)
_YEAR_COLUMNS = (
    Column("title", "Contract", 220, stretch=True),
    Column("provider", "Provider", 216),
    Column("centre", "Cost centre", 96),
    *_FIGURES,
    Column("state", "", 72),
)
_GROUP_COLUMNS = (
    Column("title", "Name", 220, stretch=True),
    Column("count", "Contracts", 90, "right"),
    *(Column(c.name, c.label, 158 if c.name == "variance" else 222, "right") for c in _FIGURES),
)
_YEAR_FOLD = FoldPlan("title", ("provider", "centre"), label="Contract", below=1400, least=300)


def year_sheet(money: Money, _portfolio: Portfolio, wish: Wish) -> Sheet:
    """Planned, forecast and actual of a year, in the breakdown that is wished for."""
    lines = chosen_lines(wish, money.of_year(wish.year))
    every = year_totals(money, wish.year, lines)
    label = financial_year_label(wish.year)
    note = (
        "A planned value in grey is not recorded: it is worked out from the value of the contract, so totals take it "
        "for an estimate. Over or under plan goes by the actual of a closed year, otherwise by the forecast."
    )
    facts = _facts(every, label)
    if wish.by == CONTRACT:
        rows = tuple(_year_row(money, line, wish.year) for line in lines)
        leads: dict[int, Place | str] = {
            line.contract.key: Place("contracts", line.contract.key, "money") for line in lines
        }
        return Sheet(_YEAR_COLUMNS, rows, note, facts, fold=_YEAR_FOLD, leads=leads,
                     none=f"No contract runs in {label}, and no figure is recorded for it.")  # fmt: skip
    groups = by_group(money, wish.year, lines, wish.by)
    found = tuple(_group_row(number, group) for number, group in enumerate(groups, 1))
    into: dict[int, Place | str] = {number: group.name for number, group in enumerate(groups, 1)}
    return Sheet(_GROUP_COLUMNS, found, note, facts, leads=into, none=f"No contract runs in {label}.")


def _facts(every: YearTotals, label: str) -> tuple[Fact, ...]:
    named = (
        ("Planned", every.planned), ("Forecast", every.forecast), ("Actual", every.actual),
    )  # fmt: skip
    count = Fact("count", label, count_words(every.contracts, "contract"))
    found = [Fact(name, name, sum_words(total), unsure_words(total)) for name, total in named]
    apart = over_words(every.variance.pence) or "–"
    return (count, *found, Fact("over", "Over or under plan", apart, unsure_words(every.variance)))


def _year_row(money: Money, line: Line, year: int) -> Keyed:
    c, apart = line.contract, line.variance(year, money.today)
    planned = line.planned(year)
    over = apart.value.pence if apart.value else None
    cells = {
        "title": Cell(line.name),
        "provider": Cell(c.provider_name, "soft"),
        "centre": Cell(line.cost_centre(year), "soft"),
        "planned": figure_cell(planned),
        "forecast": figure_cell(line.forecast(year)),
        "actual": figure_cell(line.actual(year)),
        "variance": _over(over, apart.value.planned if apart.value else None),
        "state": Cell("Closed" if line.closed(year, money.today) else "", "soft"),
    }
    keys: dict[str, Key] = {
        "title": line.name, "provider": c.provider_name, "centre": line.cost_centre(year),
        "planned": planned.pence, "forecast": line.forecast(year).pence, "actual": line.actual(year).pence,
        "variance": over, "state": cells["state"].text,
    }  # fmt: skip
    return Row(c.key, cells), keys


def figure_cell(figure: Figure) -> Cell:
    """A figure of a year; one that is worked out stands back."""
    return Cell(figure_words(figure), "soft" if figure.worked_out or figure.pence is None else "")


def _over(pence: int | None, planned: int | None = None) -> Cell:
    """How far something is from its plan; red where it is more than 5% over."""
    over = pence is not None and planned is not None and pence * 100 > 5 * planned and pence > 0
    return Cell(over_words(pence), "red" if over else "" if pence else "soft")


def _group_row(number: int, group: YearTotals) -> Keyed:
    cells = {
        "title": Cell(group.name),
        "count": Cell(f"{group.contracts:,}"),
        "planned": Cell(group.planned.short()),
        "forecast": Cell(group.forecast.short()),
        "actual": Cell(group.actual.short()),
        "variance": _over(group.variance.pence, group.planned.pence),
    }
    keys: dict[str, Key] = {
        "title": group.name, "count": group.contracts, "planned": group.planned.pence,
        "forecast": group.forecast.pence, "actual": group.actual.pence, "variance": group.variance.pence,
    }  # fmt: skip
    return Row(number, cells), keys
