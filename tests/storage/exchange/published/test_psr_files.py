"""The annual summary as a file: the same counts in workbook, PDF and CSV, and data that stays data."""

import csv
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from storage.engine.errors import StorageError
from storage.engine.opening import new_store
from storage.engine.store import Store
from storage.exchange.published.psr_files import export_psr_summary
from storage.records.contracts import Contract
from storage.records.organisations import Organisation
from storage.records.parties import Party
from storage.records.procurements import Procurement

TODAY = date(2026, 11, 29)
HOSTILE = '=HYPERLINK("https://bad.example") #panic("x") *bold* <r>'


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = new_store(tmp_path / "a.desk", who="Ann", today=lambda: TODAY)
    with made.step("Fill"):
        held = made.save(Contract(reference="C-1", title="Beds", stage="Signed", start=date(2025, 6, 1),
                                  current_end=date(2028, 5, 31), regime="Provider Selection Regime"))  # fmt: skip
        provider = made.save(Organisation(title="=East Ltd"))
        made.save(Party(contract=held.id, organisation=provider.id))
        made.save(
            Procurement(contract=held.id, title=HOSTILE, process="MSP", decided_on=date(2025, 5, 1),
                        decision_makers="The board", conflicts="One declared", conflicts_managed="Left the room",
                        lifetime_value=1_234_567_89)
        )  # fmt: skip
        made.save(Procurement(contract=held.id, title="Undated", process="MSP"))
    return made


def test_the_workbook_has_the_counts_the_register_and_what_was_left_out(store: Store, tmp_path: Path) -> None:
    out = tmp_path / "a.xlsx"
    done = export_psr_summary(store, out)
    assert done.year == 2025 and done.not_counted == 1 and "2025/26" in done.said
    with closing(load_workbook(out)) as book:
        assert book.sheetnames == [
            "Annual summary",
            "Procurement decisions",
            "Awards by process",
            "Not counted",
        ]
        rows = list(book["Annual summary"].iter_rows(min_row=2, values_only=True))
        assert rows[1][:4] == ("(b)", "Contracts awarded by the most suitable provider process", 1, HOSTILE)
        assert rows[6][2:] == (1, "=East Ltd")
        assert all(cell.data_type != "f" for row in book["Annual summary"] for cell in row)
        heads, *register = book["Procurement decisions"].iter_rows(values_only=True)
        assert "How conflicts were managed" in heads
        dated = next(row for row in register if row[2] == HOSTILE)
        assert dated[7:10] == ("The board", "One declared", "Left the room") and dated[11] == 1_234_567.89
        assert any("no date" in str(row[1]) for row in book["Not counted"].iter_rows(values_only=True))


def test_the_paper_is_tagged_and_says_the_same(store: Store, tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    export_psr_summary(store, out, 2025)
    read = PdfReader(out)
    assert read.root_object.get("/MarkInfo") and read.root_object.get("/StructTreeRoot")
    words = " ".join(" ".join(page.extract_text() for page in read.pages).replace("\u200b", "").split())
    for said in ("1 Apr 2025 to 31 Mar 2026", "most suitable provider process", "Left the room", "£1,234,567.89",
                 "Undated: no date of the decision."):  # fmt: skip
        assert said in words


def test_the_counts_alone_go_out_as_csv_and_no_text_is_worked_out(store: Store, tmp_path: Path) -> None:
    out = tmp_path / "a.csv"
    export_psr_summary(store, out)
    heads, *rows = csv.reader(out.read_text(encoding="utf-8-sig").splitlines())
    assert heads[2] == "Number" and [row[0] for row in rows[:9]] == [f"({letter})" for letter in "abcdefghi"]
    assert rows[1][2:] == ["1", f"'{HOSTILE}"]


@pytest.mark.parametrize(("name", "year"), [("a.doc", None), ("a.xlsx", 2019), ("nowhere/a.csv", None)])
def test_what_cannot_be_written_is_said_and_nothing_is(
    store: Store, tmp_path: Path, name: str, year: int | None
) -> None:
    with pytest.raises(StorageError, match="Nothing was written"):
        export_psr_summary(store, tmp_path / name, year)
    assert not (tmp_path / name).exists()
