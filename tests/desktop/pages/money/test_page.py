"""The money page: read apart, broken down, filtered, and a way from every row to what it is about."""

from collections.abc import Iterator
from datetime import date
from functools import partial

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.dialogs.print_preview import PrintPreview
from desktop.pages.money import making, printing, work
from desktop.pages.money.page import MoneyPage
from desktop.pages.money.printing import paper_of
from desktop.pages.money.sheets import COMMITTED, ENDING, INHERITED, MOVING, POOLED, YEAR, Wish, fits
from desktop.pages.money.work import read, seen
from desktop.pages.page import Place
from desktop.session import Session
from storage.desk.finance.money_tables import CONTRACT, COST_CENTRE
from storage.engine.store import Store
from storage.exchange.paper.papers import Imprint
from storage.exchange.paper.papers_money import MoneyPaper
from storage.records.contracts import FORMS, Contract
from storage.records.finance import Contribution, ValueYear
from storage.records.organisations import Organisation


@pytest.fixture
def filled(filled: Store) -> Store:
    """The register with a plan, a partner and something to move."""
    by = {c.reference: c for c in filled.all(Contract)}
    with filled.step("Money"):
        filled.save(
            ValueYear(
                contract=by["C-1"].id, year=2026, planned=40_000_00, forecast=43_000_00, cost_centre="A1"
            )
        )
        filled.save(ValueYear(contract=by["C-3"].id, year=2026, certainty="To be confirmed"))
        partner = filled.save(Organisation(title="Home Office"))
        filled.save(Contribution(contract=by["C-1"].id, organisation=partner.id, year=2026, amount=5_000_00))
    values = {
        "contract_form": "Council terms",
        "form_target": FORMS[1],
        "form_target_date": date(2026, 6, 30),
    }
    filled.change(Contract, by["C-1"].key, values)
    return filled


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> Iterator[MoneyPage]:
    made = MoneyPage(session)
    made.resize(1200, 700)
    made.show()
    qtbot.waitUntil(lambda: made.settled)
    yield made
    made.close()
    made.deleteLater()


def has_pages(shown: PrintPreview) -> bool:
    return shown.preview.page_count > 0


def words(page: MoneyPage) -> dict[int, dict[str, str]]:
    sheet = page.view.sheet
    assert sheet is not None
    return {row.id: {name: cell.words for name, cell in row.cells.items()} for row, _ in sheet.rows}


def test_the_year_shows_planned_forecast_and_how_far_it_is_from_its_plan(page: MoneyPage) -> None:
    shown = words(page)
    assert shown[1]["planned"] == "£40,000" and shown[1]["variance"] == "£3,000 over"
    assert shown[3]["planned"] == "TBC"
    assert 2 not in shown  # it ended before the year
    facts = {f.label: (f.value, f.note) for f in page.view.sheet.facts} if page.view.sheet else {}
    assert facts["Planned"] == ("£40,000", "1 to be confirmed")
    assert page.year.currentText() == "2026/27"


def test_another_year_and_another_breakdown(page: MoneyPage) -> None:
    page.show_year(2025)
    assert set(words(page)) == {1, 2, 3}
    assert words(page)[1]["planned"] == "£40,000"  # worked out from the value
    page.show_year(2026)
    page.show_by(COST_CENTRE)
    assert [row["title"] for row in words(page).values()] == ["A1", "Not named"]


def test_a_row_leads_to_its_contract_and_a_group_to_its_contracts(qtbot: QtBot, page: MoneyPage) -> None:
    with qtbot.waitSignal(page.go) as gone:
        page.view.opened.emit(1)
    assert gone.args == [Place("contracts", 1, "money")]
    page.show_by(COST_CENTRE)
    page.view.opened.emit(1)
    assert page.wish == Wish(YEAR, 2026, CONTRACT, "A1")
    assert set(words(page)) == {1}


def test_the_row_gone_to_says_how_its_plan_comes_about(page: MoneyPage) -> None:
    assert page.view.table is not None
    assert page.view.note().startswith("A planned value in grey")
    page.view.table.select_id(1)
    assert page.view.note() == "C-1 Stroke support, planned: As recorded on the contract."
    page.show_year(2025)
    assert page.view.table.select_id(3) and page.view.table.select_id(1)
    assert page.view.note().startswith("C-1 Stroke support, planned: Worked out: £120,000")


def test_typing_over_the_table_filters_it(qtbot: QtBot, page: MoneyPage) -> None:
    table = page.view.table
    assert table is not None
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_C)
    page.filter.setText("crisis")
    page.filter.tell()
    assert set(words(page)) == {3}
    assert fits("north CARE", "Northmoor Care") and not fits("north x", "Northmoor Care")


def test_every_tab_says_what_it_is_about(page: MoneyPage) -> None:
    page.show_tab(COMMITTED)
    assert page.view.sheet is not None and len(page.view.sheet.bars) == 3
    assert page.view.chart.bars.accessibleName().startswith("This year, 2026/27: £40k")
    page.show_tab(ENDING)
    assert set(words(page)) == {1}
    assert words(page)[1]["notice"] == "By 31 Dec 2026"
    page.show_tab(POOLED)
    assert [row["total"] for row in words(page).values()] == ["£5,000"]
    page.show_tab(INHERITED)
    assert page.year.isHidden()
    assert next(row["overdue"] for row in words(page).values()) == "1"
    page.show_by(MOVING)
    assert words(page)[1]["by"] == "30 Jun 2026, overdue"


def test_a_tab_without_rows_says_so(page: MoneyPage) -> None:
    page.show_tab(POOLED)
    page.show_year(2025)
    assert page.view.table is None
    assert "No partner pays" in page.view._none.text()


def test_it_reads_again_after_a_change_and_keeps_what_was_wished_for(qtbot: QtBot, page: MoneyPage) -> None:
    page.show_year(2025)
    page.session.store.change(Contract, 1, {"title": "Stroke and falls"})
    qtbot.waitUntil(lambda: page.settled and words(page)[1]["title"] == "C-1 Stroke and falls")
    assert page.wish.year == 2025


def test_a_large_register_is_added_up_on_a_thread(
    qtbot: QtBot, page: MoneyPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "AT_ONCE", 0)
    page.show_tab(COMMITTED)
    assert not page.settled
    page.show_tab(ENDING)  # the one before is given up
    qtbot.waitUntil(lambda: page.settled)
    assert page.view.sheet == seen(page.held, page.wish).sheet if page.held else False


def test_bars_can_be_read_as_a_table(page: MoneyPage) -> None:
    page.show_tab(COMMITTED)
    said = [page.view.chart._swap.text()]
    page.view.chart._swap.click()
    said.append(page.view.chart._swap.text())
    assert page.view.chart.as_table
    assert said == ["As a table", "As bars"]
    page.grab()


def test_an_empty_register_offers_the_first_steps(qtbot: QtBot, store: Store) -> None:
    session = Session(store)
    made = MoneyPage(session)
    made.show()
    qtbot.waitUntil(lambda: made.settled)
    assert made._pages.currentWidget() is made._empty
    assert made.primary == ("", "")
    made.close()
    made.deleteLater()
    session.deleteLater()


def test_reading_and_seeing_need_no_window(filled: Store) -> None:
    held = read(filled)
    for tab in (YEAR, COMMITTED, ENDING, POOLED, INHERITED):
        assert seen(held, Wish(tab, 2026, CONTRACT)).sheet.columns
    assert [*work.seeing(held, Wish(YEAR, 2026), filled.file.path)]


def test_the_page_prints_its_year_and_from_their_tab_the_inherited_contracts(
    qtbot: QtBot, page: MoneyPage
) -> None:
    for tab, named in ((YEAR, "Money – Financial year 2026/27"), (INHERITED, "Inherited contracts")):
        page.show_tab(tab)
        assert page.print_page()
        [preview] = page.findChildren(PrintPreview)
        qtbot.waitUntil(partial(has_pages, preview))
        assert preview._make().document_title.startswith(named)
        preview.reject()
        preview.deleteLater()
        qtbot.waitUntil(lambda: not page.findChildren(PrintPreview))


def test_what_is_printed_is_what_is_filtered_and_long_tables_are_cut(page: MoneyPage) -> None:
    assert page.held is not None
    wish = Wish(YEAR, 2026, CONTRACT, "crisis")
    paper = paper_of(page.held, wish, Imprint(date(2026, 11, 22)))
    assert paper.running_subject == "Financial year 2026/27, contracts with “crisis”"
    whole = paper_of(page.held, Wish(YEAR, 2026), Imprint(date(2026, 11, 22)), 1)
    assert isinstance(whole, MoneyPaper)
    each = whole.sections[-1]
    assert len(each.table.rows) == 1 and "Only the first 1 of 2 rows are shown." in each.said


def test_the_pages_of_a_large_register_are_made_on_a_thread(
    qtbot: QtBot, page: MoneyPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "AT_ONCE", 0)
    page.print_page()
    assert not page.findChildren(PrintPreview)
    qtbot.waitUntil(lambda: bool(page.findChildren(PrintPreview)))
    [preview] = page.findChildren(PrintPreview)
    qtbot.waitUntil(partial(has_pages, preview))
    preview.reject()
    preview.deleteLater()
    qtbot.waitUntil(lambda: not page.findChildren(PrintPreview))
