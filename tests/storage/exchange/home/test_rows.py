"""Rows and columns may stand in any order: what each is tells the UUID and the heading, never the place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.engine.store import Store
from storage.exchange.home.reading import Brought, read_home
from storage.exchange.tables.sheet import Sheet
from storage.exchange.workbooks.register import export_register
from tests.storage.exchange.homecoming import TODAY, cells, compared, home_store
from tests.storage.exchange.import_making import changed

COUNT = 7  # contracts


class Desk:
    """A file, and its register as it came back with two cells changed."""

    def __init__(self, store: Store, brought: Brought) -> None:
        self.store = store
        sheet = changed(changed(brought.sheet, "Title", 0, "Other"), "Beds", 1, 3)
        self.brought = replace(brought, sheet=sheet)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder: Path = tmp_path_factory.mktemp("rows")
    store = home_store(folder)
    export_register(store, folder / "sent.xlsx", today=TODAY)
    yield Desk(store, read_home(folder / "sent.xlsx"))
    store.close()


def arranged(sheet: Sheet, rows: list[int], columns: list[int], strange: int) -> Sheet:
    """The table with these rows, and these columns, and one that is no field put in among them."""
    headings = [sheet.headings[place] for place in columns]
    made = [[sheet.rows[row][place] for place in columns] for row in rows]
    headings.insert(strange, "Seen by")
    for row in made:
        row.insert(strange, "GP")
    numbers = tuple(range(5, 5 + len(made)))
    return replace(sheet, headings=tuple(headings), rows=tuple(map(tuple, made)), numbers=numbers)


@settings(max_examples=30)
@given(data=st.data())
def test_order_copies_gaps_and_strange_columns_change_nothing_else(desk: Desk, data: st.DataObject) -> None:
    sheet = desk.brought.sheet
    rows = data.draw(st.lists(st.integers(0, COUNT - 1), min_size=1, max_size=12))
    columns = data.draw(st.permutations(range(len(sheet.headings))))
    strange = data.draw(st.integers(0, len(columns)))
    home = compared(desk.store, replace(desk.brought, sheet=arranged(sheet, rows, list(columns), strange)))
    there = set(rows)
    expected = {}
    if 0 in there:
        expected["C-1", "title"] = ("Stroke support", "Other", "Stroke support", "theirs")
    if 1 in there:
        expected["C-2", "own:beds"] = ("", "3", "", "theirs")
    assert cells(home) == expected
    assert home.missing == [place + 1 for place in range(COUNT) if place not in there]
    assert len(home.new) == len(rows) - len(there)
    assert not any(row.proposed for row in home.new)  # copies without a change
    assert [p.column for p in home.ignored] == ["Seen by"]
    assert home.problems == []
