"""What commonly goes wrong in a workbook that a program writes, each trap by its name, tried on the fullest one."""

import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from storage.engine.opening import new_store
from storage.engine.store import Store
from storage.exchange.workbooks.changes import Changes, changes_table
from storage.exchange.workbooks.kit import Part
from storage.exchange.workbooks.pages import Pages
from storage.exchange.workbooks.register import Meeting, export_meeting
from storage.exchange.workbooks.table import table_part
from storage.records.contracts import Contract
from storage.records.finance import Contribution
from storage.records.measures import Kpi, KpiResult
from storage.records.organisations import Organisation
from storage.records.reference import Desk

TODAY = date(2026, 10, 3)
LONG = "OFFICIAL-SENSITIVE & COMMERCIAL " * 12
LOOKS_LIKE = (
    "TRUE",
    "0123",
    "1/2",
    "MAR1",
    "1E5",
    "12345678901234567890",
    "'quoted",
    "50%",
    "£5",
    "=1+1",
    "NULL",
)
TALL = "line\n" * 200


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook for a meeting whose contracts hold what programs like to mistake."""
    folder = tmp_path_factory.mktemp("traps")
    store = new_store(folder / "register.desk", who="Test", today=lambda: TODAY)
    fill(store)
    export_meeting(store, folder / "out.xlsx", meeting=Meeting("=Board", None, "+44 1234", LONG), today=TODAY)
    store.close()
    return folder / "out.xlsx"


def fill(store: Store) -> None:
    with store.step("Fill"):
        store.save(Desk(organisation="=Northmarsh & 'District'"))
        funder = store.save(Organisation(title="=1+1"))
        saved = store.save_many(
            [
                Contract(reference=words, title=words, directorate=words, stage="Signed")
                for words in LOOKS_LIKE
            ]
            + [
                Contract(title="Money", current_value=30, annual_value=-123_456_78),
                Contract(
                    title=TALL, start=date(1900, 2, 28), current_end=date(1900, 3, 1), do_not_publish=True
                ),
                Contract(
                    title="Addresses", contact_url="https://example.org", contact_email="ann@example.org"
                ),
            ]
        )
        kpi = store.save(Kpi(contract=saved[0].id, title="=Seen", target=Decimal(95), unit="%", owner="-Ann"))
        store.save(KpiResult(kpi=kpi.id, period_start=date(2026, 4, 1), value=Decimal("91.5")))
        store.save(Contribution(contract=saved[0].id, organisation=funder.id, year=2026, amount=1))


@pytest.fixture(scope="module")
def book(path: Path) -> Workbook:
    return openpyxl.load_workbook(path)


@pytest.fixture(scope="module")
def parts(path: Path) -> Iterator[dict[str, str]]:
    """The text of every part of the package."""
    with zipfile.ZipFile(path) as package:
        yield {name: package.read(name).decode() for name in package.namelist()}


def column(sheet: Worksheet, heading: str, top: int = 1) -> list[object]:
    place = [cell.value for cell in sheet[top]].index(heading)
    return [row[place].value for row in sheet.iter_rows(min_row=top + 1)]


def shown(book: Workbook) -> list[Worksheet]:
    return [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]


def test_trap_text_that_looks_like_something_else_stays_text(book: Workbook) -> None:
    sheet = book["Contracts"]
    assert column(sheet, "Reference")[: len(LOOKS_LIKE)] == [*LOOKS_LIKE]
    kinds = [row[0].data_type for row in sheet.iter_rows(min_row=2, max_row=len(LOOKS_LIKE) + 1)]
    assert kinds == ["s"] * len(LOOKS_LIKE)


def test_trap_a_formula_in_text_on_any_sheet(book: Workbook) -> None:
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert sheet.title == "Summary", f"{sheet.title}!{cell.coordinate}"
    assert book["KPIs"]["D5"].value == "=Seen" and book["KPIs"]["D5"].quotePrefix
    assert book["Funding"]["D5"].value == "=1+1"
    assert book["Cover"]["A1"].value == "Contract register – =Board"


def test_trap_leading_noughts_and_long_numbers_lose_no_digit(book: Workbook) -> None:
    assert {"0123", "12345678901234567890"} <= {*column(book["Contracts"], "Reference")}


def test_trap_currency_is_a_format_and_pence_are_exact(book: Workbook) -> None:
    sheet = book["Contracts"]
    place = [cell.value for cell in sheet[1]].index("Annual value")
    cell = next(row[place] for row in sheet.iter_rows(min_row=2) if row[place].value is not None)
    assert (cell.value, cell.number_format) == (-123_456.78, "£#,##0.00")
    assert 0.3 in column(sheet, "Current value")


def test_trap_percent_is_not_divided_by_a_hundred(book: Workbook) -> None:
    assert "50%" in column(book["Contracts"], "Title")
    assert column(book["KPIs"], "Last result", top=4) == [91.5]
    assert column(book["KPIs"], "Unit", top=4) == ["%"]


def test_trap_a_blank_is_no_cell_and_no_empty_text(book: Workbook, parts: dict[str, str]) -> None:
    assert column(book["Contracts"], "Start")[0] is None, "not 1900"
    assert "<t></t>" not in parts["xl/sharedStrings.xml"] and "<t/>" not in parts["xl/sharedStrings.xml"]


def test_trap_there_was_no_29_february_1900(book: Workbook) -> None:
    starts = [value for value in column(book["Contracts"], "Start") if value is not None]
    ends = [value for value in column(book["Contracts"], "Current end") if value is not None]
    assert (starts, ends) == (["28 Feb 1900"], [datetime(1900, 3, 1)]), "the first day a cell tells rightly"  # noqa: DTZ001


def test_trap_names_of_sheets(book: Workbook) -> None:
    for name in book.sheetnames:
        assert len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) and name.strip("'") == name


def test_trap_names_of_tables(book: Workbook) -> None:
    names = [name for sheet in book for name in sheet.tables]
    assert {"Contracts", "Decisions", "KPIs", "MoneyByYear", "Funding"} <= {*names}
    assert len(names) == len({name.casefold() for name in names})
    assert not any(re.fullmatch(r"[A-Za-z]{1,3}\d+|[RrCc]", name) for name in names), "none is a cell"


def test_trap_a_heading_that_differs_from_its_table_column(book: Workbook) -> None:
    for sheet in book:
        for table in sheet.tables.values():
            first, last = table.ref.split(":")
            cells = sheet[f"{first}:{re.sub(r'[0-9]+', '', last)}{re.sub('[A-Z]+', '', first)}"][0]
            assert [cell.value for cell in cells] == [each.name for each in table.tableColumns], sheet.title


def test_trap_a_filter_beside_the_one_of_the_table(book: Workbook) -> None:
    for sheet in book:
        assert sheet.auto_filter.ref is None, "Excel offers to repair a sheet with two"
        for table in sheet.tables.values():
            assert table.autoFilter is not None and table.autoFilter.ref == table.ref


def test_trap_headings_scroll_away_or_stand_on_the_first_page_only(book: Workbook) -> None:
    for sheet in book:
        for table in sheet.tables.values():
            top = int(re.sub("[A-Z]+", "", table.ref.split(":")[0]))
            assert sheet.freeze_panes == f"A{top + 1}", sheet.title
            assert sheet.print_title_rows == f"${top}:${top}"


def test_trap_a_table_is_cut_off_on_paper(book: Workbook) -> None:
    for sheet in shown(book):
        fitted = sheet.sheet_properties.pageSetUpPr
        assert fitted and fitted.fitToPage, sheet.title
        assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (9, 0)
        assert sheet.page_setup.orientation == ("portrait" if sheet.title == "Cover" else "landscape")
        assert not sheet.row_breaks.brk and not sheet.col_breaks.brk, "fitting overrides breaks"


def test_trap_heads_and_feet_stop_at_255_letters(parts: dict[str, str]) -> None:
    from html import unescape

    found = [
        unescape(words)
        for name, part in parts.items()
        if name.startswith("xl/worksheets/")
        for words in re.findall(r"<odd(?:Header|Footer)>(.*?)</odd", part)
    ]
    assert len(found) == 16 and max(map(len, found)) <= 255
    assert all("OFFICIAL-SENSITIVE && COMMERCIAL" in words for words in found), "& begins a code of its own"


def test_trap_page_numbers(parts: dict[str, str]) -> None:
    sheets = [part for part in parts.values() if "<oddFooter>" in part]
    assert sheets and all("Page &amp;P of &amp;N" in part for part in sheets)


def test_trap_a_list_inside_a_cell_stops_at_255_letters(book: Workbook) -> None:
    for rule in book["Contracts"].data_validations.dataValidation:
        assert re.fullmatch(r"Lists!\$[A-Z]+\$2:\$[A-Z]+\$\d+", str(rule.formula1)), "one sheet name, not two"
    assert "Lists" in book.sheetnames


def test_trap_every_address_becomes_a_link_and_a_sheet_takes_65530(book: Workbook) -> None:
    assert "https://example.org" in column(book["Contracts"], "Contact web address")
    assert {sheet.title for sheet in book for row in sheet.iter_rows() for cell in row if cell.hyperlink} == {
        "Cover"
    }


def test_trap_colour_says_what_no_word_says(book: Workbook) -> None:
    for sheet in book:
        for rules in sheet.conditional_formatting:
            for rule in rules.rules:
                worded = (
                    rule.dxf is not None and rule.dxf.numFmt is not None and '"' in rule.dxf.numFmt.formatCode
                )
                assert rule.operator == "equal" or worded, "it repeats a word, or writes one"


def test_trap_rows_and_columns_have_a_largest_size(book: Workbook) -> None:
    for sheet in book:
        assert all((size.height or 0) <= 409 for size in sheet.row_dimensions.values())
        assert all((size.width or 0) <= 255 for size in sheet.column_dimensions.values())


def test_trap_a_formula_without_its_result(path: Path, parts: dict[str, str]) -> None:
    cells = re.findall(r"<c [^>]*><f>.*?</c>", "".join(parts.values()))
    assert len(cells) > 50 and all(re.search(r"<v>-?[\d.]+</v>", cell) for cell in cells)
    assert 'fullCalcOnLoad="1"' in parts["xl/workbook.xml"], "and Excel works them out itself"


def test_trap_a_formula_older_programs_do_not_know(parts: dict[str, str]) -> None:
    formulas = "".join(re.findall(r"<f>.*?</f>", "".join(parts.values())))
    assert "_xlfn" not in formulas and "@" not in formulas
    assert {*re.findall(r"[A-Z]{3,}(?=\()", formulas)} == {
        *("COUNTA", "COUNT", "SUM", "SUMPRODUCT", "COUNTIFS", "SUMIFS", "DATE"),
    }


def test_trap_nothing_but_sheets_is_in_the_package(parts: dict[str, str]) -> None:
    assert not [name for name in parts if re.search("vba|external|embeddings|connections", name)]
    assert parts["docProps/app.xml"] and "Commissioning Desk" in parts["docProps/core.xml"]


def test_trap_words_of_others_on_the_sheet_of_changes(tmp_path: Path) -> None:
    from xlsxwriter import Workbook as Writer

    from storage.exchange.workbooks.kit import Kit
    from storage.exchange.workbooks.styles import Styles

    row = ("New", "=1", "@SUM", "<r>x</r>", "\x07", "+1\r\nmore", "😀", TODAY)
    writer = Writer(str(tmp_path / "out.xlsx"), {"strings_to_formulas": False})
    kit = Kit(writer, Styles(writer), Pages(TODAY))
    part: Part = table_part(changes_table(Changes("=Board\x01", "today", [row])), kit)
    part.write(writer.add_worksheet(part.title))
    writer.close()
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["Changes since last meeting"]
    assert [cell.value for cell in sheet[5]][:7] == ["New", "=1", "@SUM", "<r>x</r>", None, "+1\nmore", "😀"]
    assert sheet["A1"].value == "Changes since the last =Board"
