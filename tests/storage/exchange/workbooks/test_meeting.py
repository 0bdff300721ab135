"""The workbook for a meeting holds what a meeting asks about the contracts of a view, in figures that agree."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from storage.desk.lists.arrangement import Arrangement
from storage.desk.meeting.shown_contracts import keep
from storage.engine.conditions import Where
from storage.engine.fields import Period
from storage.engine.opening import new_store
from storage.engine.query import Order, Query
from storage.engine.store import Store
from storage.exchange.workbooks.check import by_column, differences
from storage.exchange.workbooks.columns import gather
from storage.exchange.workbooks.kpis import kpis_of, kpis_table
from storage.exchange.workbooks.register import Meeting, WorkbookError, export_meeting
from storage.records.contracts import Contract, Party
from storage.records.finance import Contribution, ValueYear
from storage.records.measures import Kpi, KpiResult
from storage.records.organisations import Organisation
from storage.records.planning import LeadTime
from storage.records.reference import Desk

TODAY = date(2026, 10, 3)
BOARD = Meeting("Contract board", date(2026, 11, 4), "Ann Lee", "OFFICIAL-SENSITIVE & more")
SHEETS = [
    *("Cover", "Summary", "Decisions needed", "Contracts", "KPIs", "Money by year", "Funding", "Read me"),
    *("Lists", "Commissioning Desk"),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A dozen contracts with measures, money and a funder."""
    folder = tmp_path_factory.mktemp("meeting")
    made = new_store(folder / "register.desk", who="Test", today=lambda: TODAY)
    with made.step("Fill"):
        route = made.save(
            LeadTime(title="Open procedure", mobilisation=Period(3, "m"), tender=Period(6, "m"))
        )
        made.save(Desk(organisation="Northmarsh", marking="OFFICIAL", default_route=route.id))
        provider, funder = made.save_many(
            [Organisation(title="Saltby Care"), Organisation(title="=Vale Trust")]
        )
        saved = made.save_many(
            [
                Contract(
                    reference=f"C{n:02}", title=f"Service {n}", stage="Signed", start=date(2024, 4, 1),
                    current_end=date(2026, 12, 31) if n == 1 else date(2027 + n // 4, 3, 31),
                    notice_commissioner=Period(6, "m"), current_value=1_000_000 * (n + 1),
                    directorate=("Adults", "Children")[n % 2],
                )
                for n in range(12)
            ]
        )  # fmt: skip
        made.save(Contract(reference="D1", title="Draft", stage="Draft", current_end=date(2026, 12, 31)))
        made.save(Party(contract=saved[0].id, organisation=provider.id))
        kpi = made.save(Kpi(contract=saved[0].id, title="Seen in time", target=Decimal(95), unit="%"))
        made.save(KpiResult(kpi=kpi.id, period_start=date(2026, 4, 1), value=Decimal("91.5")))
        made.save(Kpi(contract=saved[5].id, title="Not measured yet"))
        made.save(ValueYear(contract=saved[0].id, year=2026, planned=777_777))
        made.save(Contribution(contract=saved[0].id, organisation=funder.id, year=2026, amount=50_000))
        made.save(Contribution(contract=saved[1].id, organisation=funder.id, amount=2_500))
    yield made
    made.close()


@pytest.fixture(scope="module")
def whole(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook of every contract."""
    path = tmp_path_factory.mktemp("out") / "meeting.xlsx"
    export_meeting(store, path, meeting=BOARD, today=TODAY, view="Every one", file_name="mine.desk")
    return path


@pytest.fixture(scope="module")
def book(whole: Path) -> Workbook:
    return openpyxl.load_workbook(whole, data_only=True)


def rows(sheet: Worksheet, top: int = 4) -> list[dict[str, object]]:
    """The rows of a table by heading; a day as a day."""
    headings = [str(cell.value) for cell in sheet[top] if cell.value]
    found = []
    for row in sheet.iter_rows(min_row=top + 1, values_only=True):
        cells: list[object] = [cell.date() if isinstance(cell, datetime) else cell for cell in row]
        found.append(dict(zip(headings, cells, strict=False)))
    return found


def lines(sheet: Worksheet, block: str) -> dict[str, tuple[object, object]]:
    """The lines of one block of the summary, its total included."""
    found: dict[str, tuple[object, object]] = {}
    every = iter(sheet.iter_rows(values_only=True, max_col=3))
    next(row for row in every if row[0] == block)
    next(every)
    for row in every:
        if row[0] is None:
            break
        found[str(row[0])] = (row[1], row[2])
    return found


def test_its_sheets_stand_in_order_and_it_opens_on_the_first(book: Workbook) -> None:
    assert book.sheetnames == SHEETS
    assert book.active is book["Cover"]
    assert [sheet.title for sheet in book if sheet.sheet_state == "hidden"] == ["Lists"]
    assert book.properties.title == "Contract register – Contract board"


def test_the_cover_says_what_for_whom_and_where_to_go(book: Workbook) -> None:
    sheet = book["Cover"]
    said = {str(row[0].value): row[1].value for row in sheet.iter_rows(min_row=2) if row[0].value}
    assert sheet["A1"].value == "Contract register – Contract board"
    assert (said["Marking"], said["Who to ask"]) == (BOARD.marking, "Ann Lee")
    assert (said["Meeting"], said["Held on"]) == ("Contract board", "4 November 2026")
    assert (said["Which contracts"], said["View"]) == ("All contracts", "Every one")
    assert said["As at"] == "3 October 2026"
    assert said["What it is"] == "13 contracts, worth £780,000.00 in all."
    links = {str(cell.value): cell.hyperlink.location for cell in sheet["A"] if cell.hyperlink}
    visible = [title for title in SHEETS[1:] if book[title].sheet_state == "visible"]
    assert links == {title: f"'{title}'!A1" for title in visible}


def test_every_page_carries_the_marking(book: Workbook) -> None:
    for sheet in book:
        if sheet.sheet_state == "visible":
            head, foot, fitted = sheet.oddHeader, sheet.oddFooter, sheet.sheet_properties.pageSetUpPr
            assert head and head.center.text == "OFFICIAL-SENSITIVE && more", sheet.title
            assert foot and foot.center.text == "Page &P of &N"
            assert sheet.page_setup.paperSize == 9
            assert fitted and fitted.fitToPage and sheet.page_setup.fitToHeight == 0


def test_decisions_come_by_the_last_safe_day(store: Store, book: Workbook) -> None:
    found = rows(book["Decisions needed"])
    days = [row["Last safe day to act"] for row in found]
    assert days == sorted(days, key=str) and len(days) > 2
    by_reference = {c.reference: c for c in store.all(Contract)}
    late = {str(row["Reference"]) for row in found if row["How near"] == "Passed"}
    assert late and all((by_reference[name].act_by or TODAY) < TODAY for name in late)
    assert "D1" not in {row["Reference"] for row in found}, "nothing is left to decide about a draft"
    assert {row["To decide"] for row in found} == {"Buying again"}
    note = book["Decisions needed"]["A5"].comment
    assert note is not None and found[0]["Reference"] == "C01"


def test_every_kpi_is_there_with_its_last_result(book: Workbook) -> None:
    first, second = rows(book["KPIs"])
    assert (first["Measure"], first["Target"], first["Last result"], first["Unit"]) == (
        *("Seen in time", "at least 95%", 91.5, "%"),
    )
    assert (first["Provider"], first["Rating"], first["Period"]) == ("Saltby Care", "Red", "Q1 2026/27")
    assert (second["Reference"], second["Last result"], second["Rating"]) == ("C05", None, "Unrated")
    assert book["KPIs"]["A2"].value == "2 KPIs of 2 contracts: 1 red, 1 unrated."


def test_money_by_year_is_recorded_or_worked_out(book: Workbook) -> None:
    found = {row["Reference"]: row for row in rows(book["Money by year"])}
    assert (found["C00"]["Planned 2026/27"], found["C00"]["Basis"]) == (7_777.77, "Both")
    assert found["C02"]["Basis"] == "Worked out"
    assert found["C02"]["Planned 2027/28"] is None, "it ends before"
    assert "D1" not in found, "there is no money in it"


def test_the_summary_agrees_with_the_sheets(book: Workbook) -> None:
    sheet = book["Summary"]
    quarters = lines(sheet, "By the quarter they end in")
    assert quarters["Q3 2026/27"] == (2, 20_000)
    assert quarters["Q4 2026/27"][0] == 3 and quarters["Total"] == (13, 780_000)
    assert quarters["After Q2 2029/30"] == (0, 0)
    years = lines(sheet, "By financial year")
    planned = [row["Planned 2026/27"] for row in rows(book["Money by year"])]
    known = [amount for amount in planned if isinstance(amount, int | float)]
    assert years["2026/27"] == (len(known), pytest.approx(sum(known)))
    assert lines(sheet, "By funder, 2026/27") == {"=Vale Trust": (2, 525), "Total": (2, 525)}


def test_figures_of_the_summary_are_formulas_with_their_result(whole: Path, book: Workbook) -> None:
    formulas = openpyxl.load_workbook(whole)["Summary"]
    counted = 0
    for row in formulas.iter_rows(min_row=4, max_col=3):
        for cell in row[1:]:
            if isinstance(cell.value, str) and cell.value.startswith("="):
                counted += 1
                assert isinstance(book["Summary"][cell.coordinate].value, int | float), cell.coordinate
    assert counted > 60


def test_two_charts_say_in_words_what_they_show(whole: Path) -> None:
    import zipfile

    with zipfile.ZipFile(whole) as package:
        charts = [name for name in package.namelist() if name.startswith("xl/charts/chart")]
        drawing = package.read("xl/drawings/drawing1.xml").decode()
        cached = package.read(charts[0]).decode()
    assert len(charts) == 2
    assert 'descr="Columns: Current value by the quarter it ends in, 12 of them, from Q3 2026/27' in drawing
    assert 'descr="Bars: Current value by directorate or service, 3 of them' in drawing
    assert "<c:v>20000" in cached, "a viewer that works nothing out draws it all the same"


def test_a_view_decides_on_columns_and_order_and_folds_the_rest_away(store: Store, tmp_path: Path) -> None:
    shown = Arrangement(
        columns=("title", "current_value"),
        where=(Where("directorate", "is", ("Adults",)),),
        order=(Order("current_value", True),),
    )
    done = export_meeting(store, tmp_path / "out.xlsx", shown=shown, today=TODAY, filter_words="adults")
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    sheet = book["Contracts"]
    assert [cell.value for cell in sheet[1]][:2] == ["Title", "Current value"]
    assert [cell.value for cell in sheet["A"]][1:] == [f"Service {n}" for n in (10, 8, 6, 4, 2, 0)]
    assert sheet.print_area.endswith("$A$1:$B$7")
    folded = sheet.column_dimensions["C"]
    assert folded.hidden and folded.outlineLevel == 1 and sheet.column_dimensions["B"].collapsed
    outline = sheet.sheet_properties.outlinePr
    assert outline and not outline.summaryRight, "the plus stands at the last column shown"
    assert {row["Reference"] for row in rows(book["Money by year"])} <= {f"C{n:02}" for n in range(0, 12, 2)}
    assert "press the plus above the headings" in " ".join(
        str(row[0].value) for row in book["Read me"].iter_rows()
    )
    assert (done.contracts, done.shown, book["Cover"]["A1"].value) == (6, None, "Contract register")


def test_the_next_meeting_hears_what_has_changed(tmp_path: Path) -> None:
    store = new_store(tmp_path / "register.desk", who="Ann", today=lambda: TODAY)
    with store.step("Fill"):
        first = store.save(Contract(reference="C1", title="Care", current_value=100_000))
    path, meeting = tmp_path / "out.xlsx", Meeting("Contract board")
    done = export_meeting(store, path, meeting=meeting, today=TODAY)
    assert "Changes since last meeting" not in openpyxl.load_workbook(path).sheetnames
    assert done.shown is not None
    keep(store, meeting.name, done.shown)
    store.change(Contract, first.key, {"current_value": 150_000})
    export_meeting(store, path, meeting=Meeting("contract BOARD"), today=TODAY)
    sheet = openpyxl.load_workbook(path)["Changes since last meeting"]
    assert sheet["A1"].value == "Changes since the last Contract board"
    [change] = rows(sheet)
    assert [change[heading] for heading in ("Change", "Reference", "What", "Before", "After", "By")] == [
        *("Value up", "C1", "Current value", "£1,000", "£1,500", "Ann"),
    ]
    store.close()


def test_nothing_to_decide_and_nothing_measured_is_said(tmp_path: Path) -> None:
    store = new_store(tmp_path / "register.desk", who="Ann", today=lambda: TODAY)
    export_meeting(store, tmp_path / "out.xlsx", today=TODAY)
    book = openpyxl.load_workbook(tmp_path / "out.xlsx", data_only=True)
    assert book["Decisions needed"]["A2"].value == "Nothing needs deciding up to 3 Oct 2027."
    assert book["KPIs"]["A2"].value == "No KPIs are recorded on these contracts."
    assert "Funding" not in book.sheetnames
    assert lines(book["Summary"], "By directorate or service") == {"Total": (0, 0)}
    store.close()


def test_every_table_is_read_back_and_compared(store: Store, whole: Path) -> None:
    register = gather(store, Query(), TODAY)
    table = kpis_table(store, register, kpis_of(store, register))
    for cells, wrong in (([table.title], ""), ([f"{table.title}!"], "cell A1 does not hold")):
        rows = zip(*(column.cells for column in table.columns), strict=True)
        also = by_column([cells, [table.words], [], [c.heading for c in table.columns], *rows])
        found = differences(whole, register, lambda _: None, {table.sheet: also})
        assert found.startswith(wrong) and bool(found) == bool(wrong)
    assert "cannot be read back" in differences(whole, register, lambda _: None, {"No such sheet": {}})


def test_only_a_name_for_a_workbook_will_do(store: Store, tmp_path: Path) -> None:
    with pytest.raises(WorkbookError, match=r"End it in \.xlsx"):
        export_meeting(store, tmp_path / "out.xls", today=TODAY)
