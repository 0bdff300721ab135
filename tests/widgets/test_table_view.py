"""The table as people use it: rows chosen by id, sorting, folding, copying, by mouse and by keyboard."""

from collections.abc import Mapping, Sequence

import pytest
from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem, QToolTip
from pytestqt.qtbot import QtBot

from widgets.table_header import SortHeader, next_sort
from widgets.table_model import PAGE, Cell, Column, RecordTable, Row
from widgets.table_painter import FoldPlan
from widgets.table_view import RecordView

COLUMNS = (
    Column("reference", "Reference", 100),
    Column("title", "Title", 240, stretch=True),
    Column("provider", "Provider", 200),
    Column("ends", "Ends", 100, narrow=90),
    Column("value", "Value", 100, "right"),
    Column("state", "State", 110, sortable=False),
)
FOLD = FoldPlan("title", ("reference", "provider"), "Contract")
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


class Contracts:
    """Invented contracts by id."""

    def __init__(self, ids: Sequence[int]) -> None:
        self.held = list(ids)
        self.asked = 0

    def ids(self) -> Sequence[int]:
        return list(self.held)

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        self.asked += 1
        return {id: self.row(id) for id in ids}

    def row(self, id: int) -> Row:
        late = id % 3 == 0
        cells = {
            "reference": Cell(f"CD-{id:04}"),
            "title": Cell(f"Service <{id}>"),
            "provider": Cell("Brightwater Carers"),
            "ends": Cell("31 Mar 2027", "amber" if late else "", note="in 4 months"),
            "value": Cell(f"£{id},000", mark="" if id % 2 else "green"),
            "state": Cell("Running on", "red", pill=True) if late else Cell("Live", "soft"),
        }
        return Row(id, cells)


@pytest.fixture
def source() -> Contracts:
    return Contracts(range(1, 51))


@pytest.fixture
def view(qtbot: QtBot, source: Contracts) -> RecordView:
    made = RecordView(RecordTable(source, COLUMNS), FOLD)
    made.resize(1200, 600)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def model_of(view: RecordView) -> RecordTable:
    model = view.model()
    assert isinstance(model, RecordTable)
    return model


def header_of(view: RecordView) -> SortHeader:
    header = view.horizontalHeader()
    assert isinstance(header, SortHeader)
    return header


def click_heading(qtbot: QtBot, view: RecordView, column: int, held: Qt.KeyboardModifier) -> None:
    header = view.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(column) + 30, 16)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, held, place)


def test_painting_fetches_only_the_pages_in_sight(qtbot: QtBot) -> None:
    source = Contracts(range(1, 10_001))
    view = RecordView(RecordTable(source, COLUMNS), FOLD)
    view.resize(1200, 600)
    qtbot.addWidget(view)
    view.show()
    qtbot.waitExposed(view)
    view.grab()
    assert source.asked == 1
    view.verticalScrollBar().setValue(36 * PAGE * 3 - 300)
    view.grab()
    assert source.asked == 3


def test_tells_each_record_once(qtbot: QtBot, view: RecordView) -> None:
    told: list[int] = []
    view.current_changed.connect(told.append)
    assert view.current_id() == 0
    assert view.select_id(7)
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert told == [7, 8]
    assert not view.select_id(999)


def test_selection_and_place_are_kept_by_id_when_rows_move(view: RecordView, source: Contracts) -> None:
    view.select_id(7)
    view.selectionModel().select(
        model_of(view).index(20, 0),
        view.selectionModel().SelectionFlag.Select | view.selectionModel().SelectionFlag.Rows,
    )
    told: list[int] = []
    view.current_changed.connect(told.append)
    source.held = [21, *reversed(range(1, 21)), 60]
    model_of(view).refresh([21])
    assert view.current_id() == 7
    assert view.selected_ids() == [21, 7]
    assert told == []


def test_the_neighbour_becomes_current_when_a_record_goes(view: RecordView, source: Contracts) -> None:
    view.select_id(7)
    told: list[int] = []
    view.current_changed.connect(told.append)
    source.held.remove(7)
    model_of(view).refresh([])
    assert (view.current_id(), view.selected_ids(), told) == (8, [8], [8])
    source.held = []
    model_of(view).refresh([])
    assert (view.current_id(), told) == (0, [8, 0])


def test_other_columns_keep_the_record(view: RecordView) -> None:
    view.select_id(9)
    model_of(view).set_columns(COLUMNS[1:3])
    assert view.selected_ids() == [9]


def test_enter_and_double_click_open(qtbot: QtBot, view: RecordView) -> None:
    view.select_id(3)
    with qtbot.waitSignal(view.opened) as told:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert told.args == [3]
    place = view.visualRect(model_of(view).index(4, 1)).center()
    with qtbot.waitSignal(view.opened) as told:
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert told.args == [5]


def test_home_and_end_go_to_the_first_and_last_record(qtbot: QtBot, view: RecordView) -> None:
    view.select_id(20)
    QTest.keyClick(view, Qt.Key.Key_End)
    assert view.current_id() == 50
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.current_id() == 1


def test_letters_go_to_the_filter_line(qtbot: QtBot, view: RecordView, source: Contracts) -> None:
    asked = source.asked
    with qtbot.waitSignal(view.typed) as told:
        QTest.keyClicks(view, "h")
    assert told.args == ["h"]
    assert source.asked == asked


def test_choosing_rows_tells_how_many(qtbot: QtBot, view: RecordView) -> None:
    view.select_id(4)
    with qtbot.waitSignal(view.selection_changed) as told:
        QTest.keyClick(view, Qt.Key.Key_Down, SHIFT)
    assert told.args == [2]
    assert view.selected_ids() == [4, 5]


def test_copy_takes_rows_as_text_and_table(qtbot: QtBot, view: RecordView) -> None:
    view.select_id(4)
    with qtbot.waitSignal(view.said) as told:
        QTest.keyClick(view, Qt.Key.Key_C, CTRL)
    held = QGuiApplication.clipboard().mimeData()
    assert held.text().splitlines() == [
        "Reference\tTitle\tProvider\tEnds\tValue\tState",
        "CD-0004\tService <4>\tBrightwater Carers\t31 Mar 2027\t£4,000\tLive",
    ]
    assert "<td>Service &lt;4&gt;</td>" in held.html()
    assert told.args == ["Copied 1 row."]
    QTest.keyClick(view, Qt.Key.Key_C, CTRL | SHIFT)
    assert QGuiApplication.clipboard().text().startswith("CD-0004\t")


def test_copy_says_when_it_stops_short(qtbot: QtBot) -> None:
    view = RecordView(RecordTable(Contracts(range(1, 6_002)), COLUMNS))
    qtbot.addWidget(view)
    view.selectAll()
    with qtbot.waitSignal(view.said) as told:
        view.copy()
    assert told.args == ["Copied 5,000 rows of 6,001. Export takes them all."]
    assert len(QGuiApplication.clipboard().text().splitlines()) == 5_001


def test_headings_sort_and_add_to_the_sort(qtbot: QtBot, view: RecordView) -> None:
    told: list[object] = []
    view.sort_changed.connect(told.append)
    none = Qt.KeyboardModifier.NoModifier
    click_heading(qtbot, view, 3, none)
    click_heading(qtbot, view, 3, none)
    click_heading(qtbot, view, 4, SHIFT)
    click_heading(qtbot, view, 5, none)  # cannot be sorted by
    assert told == [[("ends", False)], [("ends", True)], [("ends", True), ("value", False)]]
    assert list(model_of(view).sort_order) == told[-1]


def test_sort_cycles() -> None:
    assert next_sort([("a", True), ("b", False)], "b", add=False) == [("b", False)]
    assert next_sort([("a", True)], "a", add=False) == [("a", False)]
    assert next_sort([("a", False), ("b", False)], "b", add=True) == [("a", False), ("b", True)]
    assert next_sort([("a", False), ("b", True)], "b", add=True) == [("a", False)]


def test_the_keyboard_sorts_moves_and_widens_columns(qtbot: QtBot, view: RecordView) -> None:
    header = header_of(view)
    header.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(header, Qt.Key.Key_Right)
    assert header.accessibleName() == "Column heading Title"
    with qtbot.waitSignal(view.sort_changed) as told:
        QTest.keyClick(header, Qt.Key.Key_Return)
    assert told.args == [[("title", False)]]
    with qtbot.waitSignal(view.layout_changed) as told:
        QTest.keyClick(header, Qt.Key.Key_Right, CTRL)
        QTest.keyClick(header, Qt.Key.Key_Left)
        QTest.keyClick(header, Qt.Key.Key_Right, SHIFT)
    assert told.args is not None
    assert told.args[0]["order"] == ["reference", "provider", "title", "ends", "value", "state"]
    assert told.args[0]["widths"] == {"provider": 208}


def test_narrow_tables_fold_and_wide_ones_do_not(view: RecordView) -> None:
    header = view.horizontalHeader()
    assert not any(header.isSectionHidden(column) for column in range(6))
    assert header.sectionSize(1) == view.viewport().width() - 610
    assert view.rowHeight(0) == 36
    view.resize(770, 600)
    assert [header.isSectionHidden(column) for column in range(6)] == [True, False, True, False, False, False]
    assert header.sectionSize(3) == 90
    assert sum(header.sectionSize(c) for c in range(6)) == view.viewport().width()
    assert view.rowHeight(0) == 48
    spoken = model_of(view).index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Title: Service <1>; CD-0001; Brightwater Carers"
    view.grab()
    view.resize(1200, 600)
    assert view.rowHeight(0) == 36


def test_folding_keeps_the_current_record_in_sight(view: RecordView) -> None:
    view.select_id(15)
    view.resize(770, 600)
    assert view.isColumnHidden(view.currentIndex().column())  # which has no place on the screen any more
    QApplication.processEvents()
    row = view.currentIndex().row()
    assert 0 <= view.rowViewportPosition(row) <= view.viewport().height() - view.rowHeight(row)


def test_a_table_without_folding_columns_stays_on_one_line(view: RecordView) -> None:
    model_of(view).set_columns(COLUMNS[3:])
    view.resize(400, 600)
    assert view.rowHeight(0) == 36


def test_many_columns_scroll_sideways_and_the_name_stays_readable(view: RecordView) -> None:
    more = [Column(f"x{n}", f"More {n}", 150) for n in range(8)]
    model_of(view).set_columns([*COLUMNS, *more])
    assert view.horizontalHeader().sectionSize(1) == FOLD.least
    assert view.horizontalScrollBar().maximum() > 0


def test_a_layout_comes_back(qtbot: QtBot, view: RecordView) -> None:
    header = view.horizontalHeader()
    header.moveSection(4, 0)
    with qtbot.waitSignal(view.layout_changed) as told:
        header.resizeSection(2, 260)
    assert told.args == [view.columns.state()]
    kept = view.columns.state()
    view.columns.restore({})
    assert (header.visualIndex(4), header.sectionSize(2)) == (4, 200)
    view.columns.restore(kept)
    assert (header.visualIndex(4), header.sectionSize(2)) == (0, 260)
    model_of(view).set_columns([*COLUMNS, Column("more", "More")])
    assert (header.visualIndex(4), header.sectionSize(2)) == (0, 260)


def test_columns_are_put_in_an_order_without_telling(qtbot: QtBot, view: RecordView) -> None:
    with qtbot.assertNotEmitted(view.layout_changed, wait=400):
        view.columns.arrange(["value", "title"])
    assert [column.name for column in view.columns.in_order()][:2] == ["value", "title"]


def test_a_layout_from_elsewhere_does_no_harm(view: RecordView) -> None:
    strange: dict[str, object] = {
        "order": [1, "gone", "value"],
        "widths": {"ends": 4, "title": "wide"},
        "folded": 3,
    }
    view.columns.restore(strange)
    header = view.horizontalHeader()
    assert header.visualIndex(4) == 0
    assert header.sectionSize(3) == 48


def test_the_pointer_and_the_keyboard_are_seen(qtbot: QtBot, view: RecordView) -> None:
    before = view.grab().toImage()
    place = view.visualRect(model_of(view).index(6, 1)).center()
    QTest.mouseMove(view.viewport(), place)
    qtbot.waitUntil(lambda: view.grab().toImage() != before)
    view.select_id(2)
    chosen = view.grab().toImage()
    view.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: view.grab().toImage() != chosen)


def test_full_words_show_on_hover_only_when_cut(view: RecordView) -> None:
    index = model_of(view).index(2, 2)
    assert not _tip_shown(view, index)
    view.horizontalHeader().resizeSection(2, 60)
    assert _tip_shown(view, index)
    QToolTip.hideText()


def _tip_shown(view: RecordView, index: QModelIndex) -> bool:
    option = QStyleOptionViewItem()
    option.rect = view.visualRect(index)
    place = option.rect.center()
    event = QHelpEvent(QEvent.Type.ToolTip, place, view.viewport().mapToGlobal(place))
    return bool(view.itemDelegate().helpEvent(event, view, option, index))
