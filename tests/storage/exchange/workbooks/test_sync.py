"""What was sent in a workbook can be read from it again, whatever was sent and whoever saved it since."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.engine.fields import Field, Kind, Period, Value
from storage.engine.former import last_hash
from storage.engine.opening import new_store
from storage.engine.own_fields import OwnField
from storage.engine.state import file_uuid
from storage.engine.store import Store
from storage.exchange.foreign.old_workbook import OldWorkbook
from storage.exchange.foreign.workbook_cells import WorkbookCells, prepare
from storage.exchange.workbooks.origin import SYNC_SHEET
from storage.exchange.workbooks.register import export_register
from storage.exchange.workbooks.sync import (
    Sync,
    SyncColumn,
    as_sent,
    from_sent,
    lines_of,
    read,
    read_rows,
)
from storage.records.contracts import Contract, Party
from storage.records.organisations import Organisation

TODAY = date(2026, 10, 3)
AWKWARD = '=1+1 "quoted" _x0041_ <r>x</r> bell\x07 😀 £\r\n\ttab ' + "long " * 20_000


@pytest.fixture
def sent(tmp_path: Path) -> Iterator[tuple[Store, Path]]:
    """A file of two contracts, one with every kind of value, and its workbook."""
    store = new_store(tmp_path / "register.desk", who="Test", today=lambda: TODAY)
    with store.step("Fill"):
        store.save(OwnField(table="contract", code="score", label="Score", kind="number"))
        provider = store.save(Organisation(title="Saltby Care"))
        first = store.save(
            Contract(
                reference="C1", title="Home care", start=date(2026, 4, 1), current_end=date(1899, 1, 2),
                notice_commissioner=Period(6, "m"), runs_on=False, extendable=True, current_value=123_456,
                description=AWKWARD, own={"score": "7.50"},
            )
        )  # fmt: skip
        store.save(Party(contract=first.id, organisation=provider.id))
        store.save(Contract(title="0123"))
    path = tmp_path / "out.xlsx"
    export_register(store, path, today=TODAY, view="Mine", filter_words="value at least £10")
    yield store, path
    store.close()


def opened(path: Path) -> WorkbookCells:
    assert prepare()
    return WorkbookCells(path.read_bytes())


def test_every_value_is_there_as_the_file_has_it(sent: tuple[Store, Path]) -> None:
    store, path = sent
    found = read(opened(path))
    assert found is not None
    assert (found.file, found.step) == (file_uuid(store.conn), last_hash(store))
    assert (found.view, found.chosen, found.meeting) == ("Mine", "value at least £10", "")
    assert found.exported.startswith("20") and found.exported[-6] in "+-"
    first, second = store.all(Contract)
    values = found.sent(first.uuid)
    assert values is not None and found.sent("nobody") is None
    assert values["description"] == AWKWARD
    assert values["provider_name"] == "Saltby Care"
    assert [values[n] for n in ("start", "current_end", "notice_commissioner", "runs_on", "extendable")] == [
        *("2026-04-01", "1899-01-02", "6m", "0", "1")
    ]
    assert (values["current_value"], values["own:score"], values["annual_value"]) == ("123456", "7.50", None)
    assert (found.sent(second.uuid) or {})["title"] == "0123"
    fields = store.fields(Contract)
    for record in (first, second):
        for name, words in (found.sent(record.uuid) or {}).items():
            assert from_sent(fields[name], words) == fields[name].value_of(record)


def test_columns_are_listed_as_they_stand(sent: tuple[Store, Path]) -> None:
    _, path = sent
    found = read(opened(path))
    headings = [cell.value for cell in openpyxl.load_workbook(path)["Contracts"][1]]
    assert found is not None
    assert [c.heading for c in found.columns] == headings[:-1]
    assert [c.position for c in found.columns] == list(range(1, len(headings)))
    by_name = {c.name: c for c in found.columns}
    assert by_name["current_value"].kind is Kind.MONEY and by_name["current_value"].editable
    assert not by_name["notice_by"].editable and not by_name["position"].editable
    assert by_name["provider_name"].editable, "an import takes it"


def test_no_menu_shows_the_sheet(sent: tuple[Store, Path]) -> None:
    book = openpyxl.load_workbook(sent[1])
    assert book[SYNC_SHEET].sheet_state == "veryHidden"
    assert all(cell.data_type == "s" for row in book[SYNC_SHEET].iter_rows() for cell in row if cell.value)


def test_another_program_may_save_the_workbook(sent: tuple[Store, Path]) -> None:
    before = read(opened(sent[1]))
    book, saved = openpyxl.load_workbook(sent[1]), BytesIO()
    book["Contracts"].title = "Copy"
    book.move_sheet(SYNC_SHEET, -3)
    book.save(saved)
    assert read(WorkbookCells(saved.getvalue())) == before
    assert read(OldWorkbook(saved.getvalue())) == before, "through the reader of other formats too"


def test_a_workbook_of_somebody_else_sends_nothing(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.save(tmp_path / "other.xlsx")
    assert read(opened(tmp_path / "other.xlsx")) is None


def changed(sync: Sync, *, row: int, cells: Sequence[object]) -> Sync | None:
    return read_rows([cells if i == row else line for i, line in enumerate(lines_of(sync))])


def test_what_was_spoilt_is_not_believed() -> None:
    columns = (
        SyncColumn(1, "Title", "title", Kind.TEXT, True),
        SyncColumn(2, "Ends", "ends", Kind.DAY, False),
    )
    sync = Sync("file", "step", "2026", "", "all", "", columns, {"a": ("one",), "b": (None,)})
    assert read_rows(lines_of(sync)) == sync
    assert changed(sync, row=0, cells=["format", 1.0]) == sync, "a digit another program made a number"
    assert changed(sync, row=0, cells=["format", "2"]) is None
    assert changed(sync, row=0, cells=["format", "?"]) is None
    assert changed(sync, row=0, cells=[]) is None
    assert changed(sync, row=7, cells=["column", "1", "Title"]) is None
    for spoilt in (["|[]|"], ["|[1]|"], ["|{}|"], ['["one"]'], ["|[|"], [None], []):
        left = changed(sync, row=9, cells=["row", "a", *spoilt])
        assert left is not None and left.rows == {"b": (None,)}
    twice = changed(sync, row=10, cells=["row", "a", '|["two"]|'])
    assert twice is not None and twice.rows == {}


_VALUES: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.TEXT: st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
    Kind.WHOLE: st.integers(-(2**63), 2**63 - 1),
    Kind.MONEY: st.integers(-(10**15), 10**15),
    Kind.DAY: st.dates(),
    Kind.YESNO: st.booleans(),
    Kind.NUMBER: st.decimals(allow_nan=False, allow_infinity=False, places=4),
    Kind.PERIOD: st.builds(Period, st.integers(0, 99), st.sampled_from("dwmy")),
}


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_any_value_comes_back(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(list(_VALUES)))
    field = Field("Field", kind, "field")
    value: Value = data.draw(st.none() | _VALUES[kind])
    column = SyncColumn(1, "Field", "field", kind, True)
    sync = Sync("", "", "", "", "", "", (column,), {"a": (as_sent(field, value),)})
    found = read_rows(lines_of(sync))
    assert found is not None
    came = from_sent(field, found.rows["a"][0])
    assert came == ("" if value is None and kind is Kind.TEXT else value)
    assert isinstance(came, Decimal) == isinstance(value, Decimal)
