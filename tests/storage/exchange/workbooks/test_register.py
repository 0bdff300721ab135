"""The register as a workbook: what Excel finds in it, held against the store."""

import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from storage.engine.conditions import Where
from storage.engine.fields import Kind, Period
from storage.engine.opening import new_store
from storage.engine.own_fields import OwnField
from storage.engine.query import Order, Query
from storage.engine.store import Store
from storage.exchange.importing.headings import match_headings
from storage.exchange.importing.synonyms import SYNONYMS
from storage.exchange.workbooks.columns import UUID_HEADING
from storage.exchange.workbooks.register import export_register
from storage.exchange.workbooks.styles import MEANINGS
from storage.records.contracts import FORMS, STAGES, Contract
from storage.records.organisations import Organisation
from storage.records.parties import Party
from storage.records.reference import Desk

TODAY = date(2026, 10, 3)
LEADING = [
    *("Reference", "Title", "Provider", "Status", "Start", "Current end", "Maximum end"),
    *("Notice period (commissioner)", "Last day to give notice", "Current value", "Annual value"),
]
CONTRACTS = (
    Contract(
        reference="C1",
        title="Community dermatology",
        stage="Signed",
        start=date(2024, 4, 1),
        current_end=date(2027, 3, 31),
        notice_commissioner=Period(6, "m"),
        current_value=125_123_45,
        annual_value=-7,
        directorate="Planned care",
        contract_form="NHS Standard Contract, full length",
        runs_on=False,
        own={"wards": 12, "spent": 99_99, "seen": "2026-05-04", "risk": "High", "remark": "see note"},
    ),
    Contract(
        reference="C2",
        title="Out-of-hours transport",
        stage="Notice served",
        current_end=date(2027, 1, 31),
        notice_commissioner=Period(12, "w"),
        current_value=1,
        directorate="planned CARE",
    ),
    Contract(reference="C3", title="Runs on", stage="Signed", current_end=date(2026, 1, 31), runs_on=True),
    Contract(reference="", title="No more than a title"),
)
OWN = (
    ("wards", "Wards", Kind.WHOLE, ""),
    ("spent", "Spent last year", Kind.MONEY, ""),
    ("seen", "Last seen", Kind.DAY, ""),
    ("risk", "Risk, as we see it", Kind.CHOICE, "Low\nHigh"),
    ("remark", "TITLE", Kind.TEXT, ""),
    ("unused", "Never filled", Kind.TEXT, ""),
)
Export = Callable[..., Workbook]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A file that keeps another day than the one exports are made for."""
    made = new_store(tmp_path / "register.desk", who="Test", today=lambda: date(2020, 1, 1))
    yield made
    made.close()


@pytest.fixture
def full(store: Store) -> Store:
    """Four contracts, a provider, six fields of the user's own, and who keeps the file."""
    with store.step("Fill"):
        for place, (code, label, kind, choices) in enumerate(OWN):
            own = OwnField(
                table="contract", code=code, label=label, kind=kind.value, choices=choices, position=place
            )
            store.save(own)
        store.save(
            Desk(organisation="Northmarsh & District", code="Q99", person="Ann Lee", marking="OFFICIAL")
        )
        provider = store.save(Organisation(title="Saltby Care"))
        saved = store.save_many(CONTRACTS)
        store.save(Party(contract=saved[0].id, organisation=provider.id))
    return store


@pytest.fixture
def export(tmp_path: Path) -> Export:
    """Writes a workbook and opens it, with the stored results of its formulas."""

    def written(store: Store, **more: object) -> Workbook:
        path = tmp_path / "out.xlsx"
        export_register(store, path, today=TODAY, **more)  # type: ignore[arg-type]
        return openpyxl.load_workbook(path, data_only=True)

    return written


def heads(sheet: Worksheet) -> list[str]:
    return [str(cell.value) for cell in sheet[1]]


def cells(sheet: Worksheet, heading: str) -> list[object]:
    """What a column holds; a day as a day."""
    place = heads(sheet).index(heading)
    found = [row[place].value for row in sheet.iter_rows(min_row=2)]
    return [cell.date() if isinstance(cell, datetime) else cell for cell in found]


def letter(sheet: Worksheet, heading: str) -> str:
    return get_column_letter(heads(sheet).index(heading) + 1)


def figures(sheet: Worksheet, block: str) -> dict[str, tuple[object, object]]:
    """The lines of one block of the summary, its total included."""
    rows = iter(sheet.iter_rows(values_only=True))
    next(row for row in rows if row[0] == block)
    next(rows)
    found: dict[str, tuple[object, object]] = {}
    for row in rows:
        found[str(row[0])] = (row[1], row[2])
        if row[0] == "Total":
            break
    return found


def test_one_table_holds_the_register(full: Store, export: Export) -> None:
    book = export(full)
    assert book.sheetnames == ["Contracts", "Summary", "Read me", "Lists", "Commissioning Desk"]
    assert book.active is not None and book.active.title == "Contracts"
    assert book["Lists"].sheet_state == "hidden"
    sheet = book["Contracts"]
    assert list(sheet.tables) == ["Contracts"]
    table = sheet.tables["Contracts"]
    assert table.ref == f"A1:{get_column_letter(len(heads(sheet)))}5" == sheet.dimensions
    assert not table.totalsRowCount and not table.totalsRowShown
    assert table.autoFilter is not None
    assert [column.name for column in table.tableColumns] == heads(sheet)


def test_headings_are_labels_in_order_and_unlike(full: Store, export: Export) -> None:
    found = heads(export(full)["Contracts"])
    assert found[:11] == LEADING
    assert found[-1] == UUID_HEADING
    assert {"Position", "Expiry band", "Serve notice by", "Wards", "Risk, as we see it"} <= {*found}
    assert "TITLE (2)" in found, "an own field with the label of another keeps a heading of its own"
    assert "Never filled" not in found and "Tier" not in found
    assert len({heading.casefold() for heading in found}) == len(found)


def test_every_value_is_what_the_store_holds(full: Store, export: Export) -> None:
    sheet = export(full)["Contracts"]
    assert cells(sheet, "Reference") == ["C1", "C2", "C3", None]
    assert cells(sheet, "Provider") == ["Saltby Care", None, None, None]
    assert cells(sheet, "Start") == [date(2024, 4, 1), None, None, None]
    assert cells(sheet, "Notice period (commissioner)") == ["6 months", "12 weeks", None, None]
    assert cells(sheet, "Last day to give notice")[0] == date(2026, 9, 30)
    assert cells(sheet, "Current value") == [125_123.45, 0.01, None, None]
    assert cells(sheet, "Annual value") == [-0.07, None, None, None]
    assert cells(sheet, "Runs on after the end") == ["No", None, "Yes", None]
    assert cells(sheet, "Position") == ["Live", "Notice served", "Running on", "Draft"]
    assert cells(sheet, "Wards") == [12, None, None, None]
    assert cells(sheet, "Spent last year") == [99.99, None, None, None]
    assert cells(sheet, "Last seen") == [date(2026, 5, 4), None, None, None]
    assert cells(sheet, UUID_HEADING) == [contract.uuid for contract in full.all(Contract)]


def test_formats_dates_and_pounds(full: Store, export: Export) -> None:
    sheet = export(full)["Contracts"]
    for heading in ("Start", "Current end", "Last day to give notice", "Last seen"):
        assert sheet[f"{letter(sheet, heading)}2"].number_format == "dd mmm yyyy"
    for heading in ("Current value", "Annual value", "Spent last year"):
        assert sheet[f"{letter(sheet, heading)}2"].number_format == "£#,##0.00"
    assert sheet[f"{letter(sheet, 'Title')}2"].alignment.wrap_text
    assert sheet["A1"].alignment.wrap_text


def test_choice_columns_offer_their_lists(full: Store, export: Export) -> None:
    book = export(full)
    sheet = book["Contracts"]
    offers = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}

    def offered(heading: str) -> list[object]:
        rule = offers[f"{letter(sheet, heading)}2:{letter(sheet, heading)}5"]
        assert (rule.type, rule.errorStyle) == ("list", "warning")
        name, cells = str(rule.formula1).split("!")
        assert name == "Lists"
        return [row[0].value for row in book["Lists"][cells.replace("$", "")]]

    assert offered("Status") == [*STAGES]
    assert offered("Risk, as we see it") == ["Low", "High"]
    assert offered("Runs on after the end") == ["Yes", "No"]
    assert offered("Contract form") == [*FORMS], "longer than a list inside the cell may be, and with commas"
    position = letter(sheet, "Position")
    assert f"{position}2:{position}5" not in offers, "what is worked out is not chosen"


def test_a_colour_always_comes_with_its_word(full: Store, export: Export) -> None:
    sheet = export(full)["Contracts"]
    rules = {str(area.sqref): area.rules for area in sheet.conditional_formatting}
    position = letter(sheet, "Position")
    named = {rule.formula[0] for rule in rules[f"{position}2:{position}5"]}
    assert {'"Running on"', '"Notice served"'} <= named
    notice = letter(sheet, "Last day to give notice")
    said = [rule.dxf.numFmt.formatCode for rule in rules[f"{notice}2:{notice}5"]]
    assert said == ['dd mmm yyyy" – passed"', 'dd mmm yyyy" – close"']
    passed = rules[f"{notice}2:{notice}5"][0].formula[0]
    assert f"${notice}2<DATE(2026,10,3)" in passed and f'${position}2<>"Expired"' in passed


def test_it_prints_across_with_headings_and_page_numbers(full: Store, export: Export) -> None:
    sheet = export(full)["Contracts"]
    assert sheet.freeze_panes == "A2"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr is not None and sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.print_area.endswith(f"$A$1:${letter(sheet, 'Position')}$5")


def test_every_page_says_which_and_as_at(full: Store, export: Export, tmp_path: Path) -> None:
    export(full)
    with zipfile.ZipFile(tmp_path / "out.xlsx") as package:
        for part in (1, 2, 3):
            page = package.read(f"xl/worksheets/sheet{part}.xml").decode()
            assert "<oddFooter>&amp;L&amp;F&amp;CPage &amp;P of &amp;N&amp;R" in page
            assert "&amp;RAs at 3 Oct 2026</oddHeader>" in page


def test_the_uuid_is_last_inside_the_table_and_hidden(full: Store, export: Export) -> None:
    sheet = export(full)["Contracts"]
    last = letter(sheet, UUID_HEADING)
    assert sheet.column_dimensions[last].hidden
    assert sheet.tables["Contracts"].ref.split(":")[1].startswith(last)


def test_each_date_people_ask_about_says_why(full: Store, export: Export) -> None:
    sheet = export(full)["Contracts"]
    headings = [str(cell.value) for cell in sheet[1]]
    place = headings.index("Last day to give notice")
    noted = [row[place] for row in sheet.iter_rows(min_row=2) if row[place].value is not None]
    assert noted and all(cell.comment and " = " in cell.comment.text for cell in noted)


def test_worked_out_headings_say_why(full: Store, export: Export) -> None:
    sheet = export(full)["Contracts"]
    notes = {str(cell.value): cell.comment.text for cell in sheet[1] if cell.comment}
    assert {"Provider", "Position", "Last day to give notice"} <= {*notes}
    assert notes["Position"].startswith("Why: ")
    assert "Reference" not in notes
    worked_out = {name for name, field in Contract.FIELDS.items() if field.derived or field.from_today}
    assert worked_out == {*MEANINGS}


def test_the_summary_agrees_with_the_store(full: Store, export: Export) -> None:
    sheet = export(full)["Summary"]
    count, pence = full.count_and_total(Contract, "current_value")
    assert (sheet["B4"].value, sheet["C5"].value, sheet["B6"].value) == (count, pence / 100, 2)
    for block in ("By status", "By position", "By expiry band", "By directorate or service", "By provider"):
        assert figures(sheet, block)["Total"] == (count, pence / 100), block
    assert list(figures(sheet, "By status"))[:3] == ["Draft", "Signed", "Notice served"]
    assert figures(sheet, "By position")["Running on"] == (1, 0)
    assert figures(sheet, "By provider")["Saltby Care"] == (1, 125_123.45)
    assert figures(sheet, "By provider")["(not said)"] == (3, 0.01)
    assert figures(sheet, "By directorate or service")["Planned care"] == (2, 125_123.46)


def test_the_summary_follows_the_table(full: Store, export: Export, tmp_path: Path) -> None:
    export(full)
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["Summary"]
    assert sheet["C5"].value == "=SUM(Contracts[Current value])"
    formulas = {str(row[0].value): (row[1].value, row[2].value) for row in sheet.iter_rows() if row[0].value}
    counted, summed = formulas["Saltby Care"]
    assert "Contracts[Provider]=$A" in str(counted)
    assert str(summed).startswith("=SUMPRODUCT(") and "Contracts[Current value]" in str(summed)


def test_a_long_block_of_the_summary_holds_figures(store: Store, export: Export, tmp_path: Path) -> None:
    with store.step("Fill"):
        store.save_many([Contract(title="x", directorate=f"Team {i}", current_value=i) for i in range(101)])
    lines = figures(export(store)["Summary"], "By directorate or service")
    assert lines["Total"] == (101, 50.5)
    assert next(iter(lines)) == "Team 100"
    again = openpyxl.load_workbook(tmp_path / "out.xlsx")["Summary"]
    row = next(row for row in again.iter_rows() if row[0].value == "Team 100")
    assert row[1].value == 1 and row[2].value == 1


def test_the_read_me_says_what_as_at_and_from_where(full: Store, export: Export) -> None:
    book = export(full, filter_words="contracts that run on", file_name="mine.desk")
    sheet = book["Read me"]
    said = {str(row[0].value): row[1].value for row in sheet.iter_rows() if row[0].value}
    assert said["Which contracts"] == "contracts that run on"
    assert said["As at"] == datetime.combine(TODAY, time())
    assert said["Contracts"] == 4
    assert said["Organisation"] == "Northmarsh & District (Q99)"
    assert (said["Kept by"], said["Marking"]) == ("Ann Lee", "OFFICIAL")
    assert said["From the file"] == "mine.desk"
    assert len(str(said["File identity"])) == 36
    explained = {str(row[0].value): [cell.value for cell in row] for row in sheet.iter_rows() if row[0].value}
    assert {*heads(book["Contracts"])} <= {*explained}
    assert explained["Position"][3] == "Worked out for the as-at date"
    assert explained["Wards"][1:4] == ["Whole number", None, "A field of your own"]
    assert (book.properties.title, book.properties.creator) == ("Contract register", "Commissioning Desk")


def test_only_what_the_query_finds_is_written_in_its_order(full: Store, export: Export) -> None:
    query = Query(
        where=(Where("position", "any of", ("Running on", "Live")),), order=(Order("reference", True),)
    )
    sheet = export(full, query=query)["Contracts"]
    assert cells(sheet, "Reference") == ["C3", "C1"], "positions are those of the day asked for"


def test_the_columns_of_a_view_come_first_and_are_printed_and_the_rest_follows(
    full: Store, export: Export
) -> None:
    whole, chosen = export(full), ("position", "own:remark", "title", "unread", "gone")
    book = export(full, columns=chosen)
    found = heads(book["Contracts"])
    assert found[:4] == ["Position", "TITLE (2)", "Title", "Could not be read"]
    assert {*heads(whole["Contracts"])} | {"Could not be read"} == {*found}
    assert found[-1] == UUID_HEADING
    assert book["Contracts"].print_area == "'Contracts'!$A$1:$D$5"
    assert "up to Could not be read" in " ".join(str(row[0].value) for row in book["Read me"].iter_rows())


def test_an_empty_register_is_a_table_all_the_same(store: Store, export: Export) -> None:
    book = export(store)
    sheet = book["Contracts"]
    assert heads(sheet) == [*LEADING, UUID_HEADING]
    assert sheet.tables["Contracts"].ref == "A1:L2"
    assert [cell.value for cell in sheet[2]] == [None] * 12
    assert (book["Summary"]["B4"].value, book["Summary"]["C5"].value) == (0, 0)
    assert figures(book["Summary"], "By status") == {"Total": (0, 0)}


def test_headings_go_back_to_their_fields(full: Store, export: Export) -> None:
    sheet = export(full)["Contracts"]
    fields = full.fields(Contract)
    matches = match_headings(
        [h for h in heads(sheet) if h != UUID_HEADING], fields.values(), synonyms=SYNONYMS
    )
    for match in matches:
        field = next((f for f in fields.values() if f.label == match.heading), None)
        if field is None:
            assert match.heading == "TITLE (2)"
        elif field.derived or field.from_today:
            assert (match.field_name, match.how) == (None, "worked out")
        else:
            assert match.field_name == field.name


def test_no_part_names_a_formula_on_the_register(full: Store, export: Export, tmp_path: Path) -> None:
    export(full)
    with zipfile.ZipFile(tmp_path / "out.xlsx") as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")
        assert package.testzip() is None
