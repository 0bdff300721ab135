"""What is worked out and not kept goes out as sheets too."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from storage.desk.meeting.shown_contracts import keep, shown_now
from storage.desk.meeting.since_meeting import since
from storage.desk.planning.forward import ahead
from storage.desk.put_right.listing import put_right
from storage.desk.today.due import Due
from storage.exchange.workbooks.list import Sheets, write_sheets
from storage.exchange.workbooks.plain_lists import (
    due_sheets,
    findings_sheets,
    forward_sheets,
    money_sheets,
    since_sheets,
)
from storage.records.contracts import Contract
from tests.storage.desk.register import Register, make_register


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    made = make_register(tmp_path / "register.desk")
    yield made
    made.store.close()


def rows(register: Register, sheets: Sheets) -> list[list[object]]:
    """The first sheet as it is read back, from its headings on."""
    path = register.store.file.path.with_name("out.xlsx")
    done = write_sheets(register.store, path, sheets)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    assert "hidden" not in " ".join(str(row[1].value) for row in book["Read me"].iter_rows())
    made: list[list[object]] = [[*row] for row in sheet.iter_rows(min_row=4, values_only=True)]
    assert done.rows == len([row for row in made[1:] if any(row)])
    return made


def test_changes_findings_plans_and_what_is_due(register: Register) -> None:
    store = register.store
    kept = keep(store, "Board", shown_now(store))
    store.change(Contract, register.contract, {"current_value": 130_000_00})
    headings, changed, *_ = rows(register, since_sheets(since(store, kept)))
    assert headings[0] == "Change" and changed[:6] == [
        "Value up", "CD-0064", "Community dermatology clinics", "Current value", "£125,123", "£130,000",
    ]  # fmt: skip
    found = put_right(store).findings
    listed = rows(register, findings_sheets(found, "Everybody"))
    assert len(listed) == len(found) + 1 and listed[1][1] == found[0].words
    plan = ahead(store, 2)
    items = plan.items()
    planned = rows(register, forward_sheets(plan, items, "", {register.contract: "Millbrook"}))
    assert len(planned) == len(items) + 1 and planned[1][1] == "Millbrook"
    due = Due(
        "Review", date(2026, 12, 1), "review", "Clinics", "CD-0064", "Ann Lee", "contract", 1, "review_date"
    )
    assert rows(register, due_sheets([due], "Everybody"))[1][1:] == [
        "Review",
        "Clinics",
        "CD-0064",
        "Ann Lee",
    ]


def test_money_as_it_is_shown_is_money_again(register: Register) -> None:
    columns = (("Contract", False, 200), ("Planned", True, 100), ("Over", True, 100), ("", True, 40))
    shown = [("Clinics", "£1,250.50", "£3 over", ""), ("Beds", "£7 TBC", "", "")]
    assert rows(register, money_sheets("Money", "By year", columns, shown)) == [
        ["Contract", "Planned", "Over"], ["Clinics", 1250.5, "£3 over"], ["Beds", "£7 TBC", None],
    ]  # fmt: skip
