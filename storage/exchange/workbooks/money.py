"""The sheets Money by year and Funding, and the blocks of the summary that add them up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from storage.desk.finance.money import Line as MoneyLine
from storage.desk.finance.money import Money, narrowed, read_money
from storage.engine.fields import Kind
from storage.engine.reading import Reader
from storage.exchange.workbooks.block import HERE, Block, Line
from storage.exchange.workbooks.columns import Cell, Register, cells_of
from storage.exchange.workbooks.table import Table, TableColumn
from storage.exchange.workbooks.text import LARGEST_EXACT, clean
from storage.records.contracts import Contract
from storage.records.finance import Contribution
from storage.rules.money import financial_year, financial_year_label

MONEY_SHEET, FUNDING_SHEET = "Money by year", "Funding"
_TABLE = "Funding"
_BEFORE, _AHEAD = 1, 3  # financial years beside the one that runs
RECORDED, WORKED_OUT, BOTH = "Recorded", "Worked out", "Both"
EVERY_YEAR = "Every year"
NOT_NAMED = "(not named)"
_MOST_FUNDERS = 100  # lines that are formulas


@dataclass(frozen=True, slots=True)
class YearRow:
    """One contract with what is planned for each year shown, in pence, and where the figures come from."""

    contract: Contract
    planned: tuple[int | None, ...]
    basis: str


@dataclass(frozen=True, slots=True)
class Finance:
    """The money of the exported contracts: by year, and who pays in."""

    years: tuple[int, ...]
    rows: Sequence[YearRow]
    funding: Sequence[tuple[Contract, Contribution, str]]  # with the name of the funder

    @property
    def this_year(self) -> int:
        """The financial year that runs."""
        return self.years[_BEFORE]


def finance_of(reader: Reader, register: Register) -> Finance:
    """Read the money of the contracts, in their order."""
    now = financial_year(register.as_at)
    years = tuple(range(now - _BEFORE, now + _AHEAD + 1))
    shown = {contract.key: contract for contract in register.records}
    money = read_money(reader)
    money = narrowed(money, [line for line in money.lines if line.contract.key in shown])
    lines = {line.contract.key: line for line in money.lines}
    made = (_row(contract, lines[key], years) for key, contract in shown.items() if key in lines)
    return Finance(years, [row for row in made if row.basis], _funding(money, shown))


def _row(contract: Contract, line: MoneyLine, years: Sequence[int]) -> YearRow:
    figures = [line.planned(year) for year in years]
    # Nothing worked out for a year is no figure; nought that somebody recorded is one.
    known = [f if f.pence or (f.pence == 0 and not f.worked_out) else None for f in figures]
    made = {f.worked_out for f in known if f is not None}
    basis = "" if not made else BOTH if len(made) == 2 else WORKED_OUT if True in made else RECORDED
    return YearRow(contract, tuple(f.pence if f else None for f in known), basis)


def _funding(money: Money, shown: dict[int, Contract]) -> list[tuple[Contract, Contribution, str]]:
    places = {key: place for place, key in enumerate(shown)}
    found = [
        (shown[c.contract], c, clean(money.partners.get(c.organisation or 0, "")) or NOT_NAMED)
        for c in money.contributions
        if c.contract is not None
    ]
    return sorted(found, key=lambda each: (places[each[0].key], each[1].year or 0, each[2].casefold()))


def years_table(finance: Finance) -> Table:
    """The sheet Money by year: one row for each contract with money in one of the years."""
    contracts = [row.contract for row in finance.rows]
    amounts = [
        TableColumn(
            f"Planned {financial_year_label(year)}",
            Kind.MONEY,
            120,
            [_pounds(row.planned[n]) for row in finance.rows],
        )
        for n, year in enumerate(finance.years)
    ]
    columns = [
        *_named(contracts),
        *amounts,
        TableColumn("Basis", Kind.TEXT, 90, [r.basis for r in finance.rows]),
    ]
    words = (
        "What is planned for each financial year: as recorded on the contract, otherwise worked out from its value. "
        "The basis says which."
    )
    return Table(MONEY_SHEET, "Money by financial year", words, "MoneyByYear", columns)


def funding_table(finance: Finance) -> Table:
    """The sheet Funding: what partners pay into the contracts."""
    contracts, paid = [c for c, _, _ in finance.funding], [p for _, p, _ in finance.funding]
    fields = Contribution.FIELDS
    columns = [
        *_named(contracts),
        TableColumn("Funder", Kind.TEXT, 180, [name for _, _, name in finance.funding]),
        TableColumn("Financial year", Kind.TEXT, 110, [year_words(each) for each in paid]),
    ]
    for name, width in (
        ("amount", 110),
        ("kind", 110),
        ("certainty", 120),
        ("recurrent", 80),
        ("until", 100),
    ):
        columns.append(
            TableColumn(fields[name].label, fields[name].kind, width, cells_of(fields[name], paid))
        )
    return Table(
        FUNDING_SHEET, "Who pays in", "What partners pay into these contracts, by year.", _TABLE, columns
    )


def year_words(paid: Contribution) -> str:
    """The financial year of a contribution; one without a year counts in each."""
    return financial_year_label(paid.year) if paid.year is not None else EVERY_YEAR


def money_blocks(finance: Finance) -> list[Block]:
    """The blocks by financial year and by funder."""
    return [_years_block(finance), *([_funders_block(finance)] if finance.funding else [])]


def _years_block(finance: Finance) -> Block:
    """Years are added up by cells, not by name: a heading with a stroke in it is no plain name in a formula."""
    from xlsxwriter.utility import xl_col_to_name

    table, made = years_table(finance), []
    for place, year in enumerate(finance.years):
        letter = xl_col_to_name(place + len(_named([])))
        cells = f"'{MONEY_SHEET}'!${letter}${table.first}:${letter}${table.last}"
        known = [pence for row in finance.rows if (pence := row.planned[place]) is not None]
        made.append(
            Line(financial_year_label(year), len(known), sum(known), f"COUNT({cells})", f"SUM({cells})")
        )
    return Block("By financial year", ("Financial year", "Contracts", "Planned"), made, total=False)


def _funders_block(finance: Finance) -> Block:
    year = financial_year_label(finance.this_year)
    found: dict[str, Line] = {}
    for _, paid, name in finance.funding:
        line = found.setdefault(name.casefold(), Line(name))
        if year_words(paid) in (year, EVERY_YEAR):
            line.count += 1
            line.pence += paid.amount or 0
    lines = sorted(found.values(), key=lambda line: (-line.pence, line.word.casefold()))
    if len(lines) <= _MOST_FUNDERS:
        counts = f'({_TABLE}[Financial year]="{year}")+({_TABLE}[Financial year]="{EVERY_YEAR}")'
        for line in lines:
            line.counted = f"SUMPRODUCT(--({_TABLE}[Funder]={HERE}),{counts})"
            line.summed = f"SUMPRODUCT(--({_TABLE}[Funder]={HERE}),{counts},{_TABLE}[Amount])"
    return Block(f"By funder, {year}", ("Funder", "Payments", "Amount"), lines)


def _named(contracts: Iterable[Contract]) -> list[TableColumn]:
    """The columns that say which contract a row is about."""
    shown = [*contracts]
    fields = Contract.FIELDS
    widths = (("reference", 110), ("title", 260), ("provider_name", 180))
    return [TableColumn(fields[n].label, Kind.TEXT, w, cells_of(fields[n], shown)) for n, w in widths]


def _pounds(pence: int | None) -> Cell:
    """An amount in pounds; one that a cell would round stands there in words."""
    if pence is None:
        return None
    return pence / 100 if abs(pence) < LARGEST_EXACT else f"£{pence / 100:,.2f}"
