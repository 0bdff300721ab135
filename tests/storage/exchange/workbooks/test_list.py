"""Any list as a workbook: as on screen, nothing left out, and safe to open."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from storage.desk.checklists.runs import answer, start_run
from storage.desk.lists.arrangement import Arrangement
from storage.engine.conditions import Where
from storage.engine.fields import Kind
from storage.engine.query import Order
from storage.engine.reading import Reader
from storage.exchange.workbooks import list as workbook_list
from storage.exchange.workbooks.columns import UUID_HEADING
from storage.exchange.workbooks.list import Sheets, export_list, write_sheets
from storage.exchange.workbooks.list_sheets import LISTS
from storage.exchange.workbooks.long import LONG_SHEET
from storage.exchange.workbooks.table import Table, TableColumn
from storage.exchange.workbooks.text import ExportStopped, WorkbookError
from storage.records.actions import Action
from storage.records.measures import Kpi, KpiResult
from storage.records.procurements import Procurement
from tests.storage.desk.register import TODAY, Register, make_register

LONG = "A long note with 😀 in it. " * 3_000


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Register:
    """A register with actions, measures, a decision and a checklist; none of these tests writes to it."""
    made = make_register(tmp_path_factory.mktemp("file") / "register.desk")
    store = made.store
    with store.step("Fill"):
        store.save_many(
            [
                Action(
                    title="=1+1", owner="ann lee", due=date(2026, 12, 1), contract=made.contract, notes=LONG
                ),
                Action(title="<r>bold</r>", owner="Joy Okafor", due=date(2026, 11, 1), status="Done"),
                Action(title="Write\x07 to\tthe board", owner="Ann Lee", due=date(2026, 10, 1)),
            ]
        )
        kpi = store.save(Kpi(contract=made.contract, title="Seen in time", target=None))
        store.save(KpiResult(kpi=kpi.id))
        store.save(
            Procurement(contract=made.contract, title="Award", lifetime_value=125_00, succession=False)
        )
    run = start_run(store, "T01", contract=made.contract)
    answer(store, run.key, "T01-03", "answer", "partly", by="Ann Lee")
    return made


def export(register: Register, path: Path, name: str, shown: Arrangement = Arrangement()) -> Workbook:  # noqa: B008
    export_list(register.store, path, LISTS[name], shown, today=TODAY)
    return openpyxl.load_workbook(path)


def rows_of(sheet: Worksheet) -> tuple[list[object], list[dict[object, object]]]:
    """The headings, and each row by them."""
    values: list[list[object]] = [[*row] for row in sheet.iter_rows(min_row=4, values_only=True)]
    return values[0], [dict(zip(values[0], row, strict=True)) for row in values[1:]]


def test_a_list_goes_out_as_on_screen_and_leaves_nothing_out(register: Register, tmp_path: Path) -> None:
    shown = Arrangement(
        ("due", "title"), (Where("owner", "is", ("Ann Lee",)),), "", (Order("due"),), "status"
    )
    book = export(register, tmp_path / "actions.xlsx", "actions", shown)
    sheet = book["Actions"]
    headings, rows = rows_of(sheet)
    assert headings[:3] == ["Status", "Due", "What is to be done"] and headings[-1] == UUID_HEADING
    assert [str(row["Due"])[:10] for row in rows] == ["2026-10-01", "2026-12-01"]
    assert [row["What is to be done"] for row in rows] == ["Write to\tthe board", "=1+1"]
    assert rows[1]["Contract reference"] == "CD-0064"
    assert rows[1]["Contract"] == "Community dermatology clinics"
    note = str(rows[1]["Notes"])
    assert note.startswith("A long note") and note.endswith("continued on the sheet Long texts, number 1")
    pieces = rows_of(book[LONG_SHEET])[1]
    assert "".join(str(row["Text"]) for row in pieces) == LONG
    assert sheet["A2"].value == "2 in all; Owner: Ann Lee; grouped by Status, sorted by Due"
    assert rows_of(book["Groups"])[1] == [{"Status": "Open", "Rows": 2}]


def test_the_sheet_is_a_table_ready_to_read_and_to_print(register: Register, tmp_path: Path) -> None:
    book = export(register, tmp_path / "actions.xlsx", "actions")
    sheet = book["Actions"]
    [table] = sheet.tables.values()
    assert table.ref == f"A4:{get_column_letter(sheet.max_column)}7"
    assert sheet.freeze_panes == "A5" and sheet.print_title_rows == "$4:$4"
    assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.fitToHeight == 0
    assert sheet.column_dimensions[get_column_letter(sheet.max_column)].hidden
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    risky = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1")
    assert risky.quotePrefix
    assert book.sheetnames == ["Actions", LONG_SHEET, "Read me"]
    facts = {row[0].value: row[1].value for row in book["Read me"].iter_rows(min_row=3)}
    assert facts["Which"] == "all actions" and facts["As at"] == "23 November 2026"
    assert "hidden" in str(facts["Good to know"])


def test_money_is_money_and_what_a_record_is_made_of_comes_with_it(
    register: Register, tmp_path: Path
) -> None:
    [decision] = rows_of(export(register, tmp_path / "p.xlsx", "procurement")["Procurement decisions"])[1]
    assert decision["Lifetime value"] == 125 and decision["Only the provider’s identity changes"] == "No"
    book = export(register, tmp_path / "k.xlsx", "kpis")
    assert book.sheetnames == ["KPIs", "KPI results", "Read me"]
    assert rows_of(book["KPI results"])[1][0]["KPI"] == "Seen in time"
    answers = rows_of(export(register, tmp_path / "c.xlsx", "checklists")["Answers"])[1]
    assert [(row["Question"], row["Answer"]) for row in answers] == [("T01-03", "Partly")]
    assert str(answers[0]["Question asked"]).endswith("?")


def test_a_list_with_nothing_in_it_is_a_table_all_the_same(register: Register, tmp_path: Path) -> None:
    book = export(register, tmp_path / "risks.xlsx", "risks")
    assert book["Risks"].tables["Risks"].ref.endswith("5")
    assert rows_of(book["Risks"])[0][:2] == ["Risk", "Owner"]


def test_what_does_not_hold_what_was_written_is_not_kept(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "actions.xlsx"
    path.write_bytes(b"an earlier workbook")
    monkeypatch.setattr(workbook_list, "sheets_differ", lambda *_: "cell A1 does not hold what it should")
    with pytest.raises(WorkbookError, match="not kept, since cell A1"):
        export(register, path, "actions")
    with pytest.raises(ExportStopped):
        export_list(register.store, path, LISTS["actions"], today=TODAY, progress=lambda *_: False)
    with pytest.raises(WorkbookError, match=r"End it in \.xlsx"):
        export(register, tmp_path / "actions.xls", "actions")
    assert path.read_bytes() == b"an earlier workbook"
    assert [each.name for each in tmp_path.iterdir()] == ["actions.xlsx"]


CELLS = st.lists(
    st.none()
    | st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), min_size=1, max_size=8),
    min_size=1,
    max_size=4,
)


@settings(max_examples=15)
@given(CELLS)
def test_any_words_come_back_from_the_sheet_as_they_were(register: Register, words: list[str | None]) -> None:
    path = register.store.file.path.with_name("words.xlsx")
    column = TableColumn("Words", Kind.TEXT, 100, words)
    write_sheets(
        Reader(register.store.file, lambda: TODAY),
        path,
        Sheets("Words", "", [Table("W", "W", "w", "W", [column])]),
    )
    sheet = openpyxl.load_workbook(path)["W"]
    assert [sheet.cell(5 + row, 1).value for row in range(len(words))] == words
