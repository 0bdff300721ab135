"""What pages without a list of records show, as sheets of a workbook, in the order on screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop.pages.forward import ForwardPage
from desktop.pages.money.page import TABS, MoneyPage
from desktop.pages.money.sheets import YEAR
from desktop.pages.page import Page
from desktop.pages.put_right import ALL, PutRightPage
from desktop.pages.since_meeting import ALL as EVERY_CHANGE
from desktop.pages.since_meeting import SincePage
from desktop.pages.today import EVERYBODY, TodayPage
from storage.exchange.workbooks import plain_lists
from storage.records.contracts import Contract
from storage.rules.money import financial_year_label
from widgets.table_model import Cell

if TYPE_CHECKING:
    from storage.exchange.workbooks.list import Sheets

WORKED_OUT = "Worked out, not recorded"


def sheets_of(page: Page) -> Sheets | None:
    """What the page shows; None when it has nothing to show as a table, or has not looked yet."""
    match page:
        case SincePage():
            return _changes(page)
        case PutRightPage():
            return _findings(page)
        case ForwardPage():
            return _forward(page)
        case TodayPage():
            return _due(page)
        case MoneyPage():
            return _money(page)
    return None


def _changes(page: SincePage) -> Sheets | None:
    if page.seen is None or page.seen.found is None:
        return None
    chosen = None if page.kind == EVERY_CHANGE else page.table.shown()
    return plain_lists.since_sheets(page.seen.found, chosen)


def _findings(page: PutRightPage) -> Sheets | None:
    if page.listed is None:
        return None
    which = f"{page.owner or EVERYBODY}; {'everything' if page.group == ALL else page.group}"
    return plain_lists.findings_sheets(page.table.shown(), which)


def _forward(page: ForwardPage) -> Sheets | None:
    if page.ahead is None:
        return None
    items = page.ahead.items(page.quarter)
    held = page.session.store.many(Contract, sorted({item.contract for item in items}))
    names = {number: contract.provider_name for number, contract in held.items()}
    return plain_lists.forward_sheets(page.ahead, items, page.quarter, names)


def _due(page: TodayPage) -> Sheets | None:
    if page.seen is None:
        return None
    due = [each for each in page.seen.due if page.owner in ("", each.owner)]
    return plain_lists.due_sheets(sorted(due, key=lambda each: each.day), page.owner or EVERYBODY)


def _money(page: MoneyPage) -> Sheets | None:
    sheet, table = page.view.sheet, page.view.table
    if sheet is None or table is None:
        return None
    tab = dict(TABS)[page.wish.tab]
    filtered = f"has “{page.wish.words}”" if page.wish.words else ""
    which = "; ".join(filter(None, (tab, financial_year_label(page.wish.year), filtered)))
    columns = [(column.label, column.align == "right", column.width) for column in sheet.columns]
    cells = [[row.cells.get(column.name, Cell()) for column in sheet.columns] for row in table.shown()]
    rows = [[_words(cell, right) for cell, (_, right, _) in zip(row, columns, strict=True)] for row in cells]
    if page.wish.tab == YEAR:
        columns.append((WORKED_OUT, False, 150))
        rows = [[*words, _grey(row, columns)] for words, row in zip(rows, cells, strict=True)]
    said = [(fact.label, ", ".join(filter(None, (fact.value, fact.note)))) for fact in sheet.facts]
    facts = [*said, ("How to read it", sheet.note)]
    return plain_lists.money_sheets(f"Money, {tab[0].lower()}{tab[1:]}", which, columns, rows, facts)


def _grey(row: Sequence[Cell], columns: Sequence[tuple[str, bool, int]]) -> str:
    """The headings of the amounts that stand in grey: they are worked out, nobody recorded them."""
    shown = zip(row, columns, strict=False)
    return ", ".join(name for cell, (name, _, _) in shown if cell.tone == "soft" and "£" in cell.text)


def _words(cell: Cell, figures: bool) -> str:
    """What a cell says; its note stays away from figures, which are to be figures."""
    return cell.text if figures else ", ".join(filter(None, (cell.text, cell.note)))
