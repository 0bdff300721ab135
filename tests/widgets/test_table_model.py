"""The table model: exact counts, few fetches, changed rows redrawn, words for screen readers."""

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from widgets.table_model import KEPT, PAGE, Cell, Column, RecordTable, Row

COLUMNS = (Column("name", "Name", stretch=True), Column("cost", "Cost", 90, "right"))


class Rows:
    """A source that counts what it is asked for."""

    def __init__(self, ids: Sequence[int]) -> None:
        self.held = ids
        self.asked: list[Sequence[int]] = []
        self.names: dict[int, str] = {}

    def ids(self) -> Sequence[int]:
        return self.held

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        self.asked.append(ids)
        return {id: self.row(id) for id in ids if id >= 0}

    def row(self, id: int) -> Row:
        name = self.names.get(id, f"Service {id}")
        return Row(id, {"name": Cell(name), "cost": Cell(f"£{id}", note="a year")})


def words(model: RecordTable, row: int, column: int = 0, role: int = Qt.ItemDataRole.DisplayRole) -> object:
    return model.index(row, column).data(role)


def test_keeps_the_promises_of_a_model(qtbot: QtBot) -> None:
    source = Rows([3, 1, 2])
    model = RecordTable(source, COLUMNS)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    source.held = [2, 3, 1, 4]
    model.refresh([2])
    model.set_columns(COLUMNS[:1])
    source.names[4] = "Renamed"
    model.refresh([4])
    model.set_sort([("name", True)])
    source.held = []
    model.refill()
    assert (model.rowCount(), model.columnCount()) == (0, 1)
    assert tester.model() is model


def test_opening_a_hundred_thousand_rows_fetches_none(qtbot: QtBot) -> None:
    source = Rows(range(100_000))
    model = RecordTable(source, COLUMNS)
    assert model.rowCount() == 100_000
    assert source.asked == []


def test_looking_at_rows_fetches_the_page_they_are_on(qtbot: QtBot) -> None:
    source = Rows(range(1_000))
    model = RecordTable(source, COLUMNS)
    for row in range(PAGE):
        assert words(model, 3 * PAGE + row) == f"Service {3 * PAGE + row}"
    assert [list(ids) for ids in source.asked] == [list(range(3 * PAGE, 4 * PAGE))]


def test_holds_a_bounded_number_of_pages_and_drops_the_oldest(qtbot: QtBot) -> None:
    source = Rows(range(PAGE * (KEPT + 1)))
    model = RecordTable(source, COLUMNS)
    for page in range(KEPT + 1):
        words(model, page * PAGE)
    asked = len(source.asked)
    words(model, PAGE * KEPT)
    words(model, PAGE)
    assert len(source.asked) == asked
    words(model, 0)
    assert len(source.asked) == asked + 1


def test_a_changed_row_is_fetched_alone_and_redrawn(qtbot: QtBot) -> None:
    source = Rows(range(1, 301))
    model = RecordTable(source, COLUMNS)
    words(model, 0)
    source.asked.clear()
    source.names[5] = "Falls clinic"
    redrawn: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda top, bottom, *_: redrawn.append((top.row(), bottom.row())))
    with qtbot.assertNotEmitted(model.modelReset):
        model.refresh({5, 290})
    assert redrawn == [(4, 4)]  # the row of 290 has never been looked at
    assert source.asked == [[5]]
    assert words(model, 4) == "Falls clinic"


def test_many_changed_rows_are_fetched_again_when_looked_at(qtbot: QtBot) -> None:
    source = Rows(range(1, 501))
    model = RecordTable(source, COLUMNS)
    for row in range(0, 500, PAGE):
        words(model, row)
    source.asked.clear()
    source.names[7] = "Renamed"
    model.refresh(range(1, 501))
    assert source.asked == []
    assert words(model, 6) == "Renamed"


@pytest.mark.parametrize("after", [[1, 2, 4], [4, 1, 2, 3], [2, 1, 3], []])
def test_rows_that_come_go_or_move_fill_the_table_again(qtbot: QtBot, after: list[int]) -> None:
    source = Rows([1, 2, 3])
    model = RecordTable(source, COLUMNS)
    source.held = after
    with qtbot.waitSignal(model.modelReset):
        model.refresh([after[0]] if after else [])
    assert [model.id_at(row) for row in range(model.rowCount())] == after


@given(st.lists(st.integers(1, 10_000), unique=True, max_size=300))
def test_ids_and_rows_lead_to_one_another(ids: list[int]) -> None:
    model = RecordTable(Rows(ids), COLUMNS)
    assert [model.row_of(id) for id in ids] == list(range(len(ids)))
    assert [model.id_at(row) for row in range(len(ids))] == ids
    assert model.id_at(len(ids)) is None
    assert model.id_at(-1) is None
    assert model.row_of(0) is None


def test_a_row_that_has_gone_is_blank(qtbot: QtBot) -> None:
    model = RecordTable(Rows([-1, 2]), COLUMNS)
    assert words(model, 0) == ""
    assert words(model, 1) == "Service 2"


def test_screen_readers_hear_heading_and_value_together(qtbot: QtBot) -> None:
    role = Qt.ItemDataRole.AccessibleTextRole
    source = Rows([4])
    model = RecordTable(source, (*COLUMNS, Column("end", "Ends")))
    assert words(model, 0, 1, role) == "Cost: £4, a year"
    assert words(model, 0, 2, role) == "Ends: blank"
    model.set_folded("name", ["cost"])
    assert words(model, 0, 0, role) == "Name: Service 4; £4, a year"
    model.set_sort([("cost", True), ("name", False)])
    across = Qt.Orientation.Horizontal
    assert model.headerData(1, across, role) == "Cost, sorted largest first, 1 of 2"
    assert model.headerData(0, across, role) == "Name, sorted smallest first, 2 of 2"
    assert model.headerData(2, across, role) == "Ends"


def test_markup_in_a_name_stays_words_on_hover(qtbot: QtBot) -> None:
    source = Rows([1])
    source.names[1] = "<b>Bold</b> & <img src=x>\nsecond"
    tip = words(RecordTable(source, COLUMNS), 0, 0, Qt.ItemDataRole.ToolTipRole)
    assert tip == "<qt>&lt;b&gt;Bold&lt;/b&gt; &amp; &lt;img src=x&gt;<br>second</qt>"


def test_money_and_its_heading_align_right(qtbot: QtBot) -> None:
    model = RecordTable(Rows([1]), COLUMNS)
    role = Qt.ItemDataRole.TextAlignmentRole
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    assert words(model, 0, 1, role) == right
    assert model.headerData(1, Qt.Orientation.Horizontal, role) == right
    assert model.headerData(0, Qt.Orientation.Vertical) is None
    assert model.data(QModelIndex()) is None
