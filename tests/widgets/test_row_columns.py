"""Columns of a short list fold under the first instead of being cut, and blank ones give their room away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from widgets.row_columns import CARET, Edges, RowColumns
from widgets.table_model import Cell, Column, Row
from widgets.theme import apply_theme

COLUMNS = [
    Column("title", "Measure"),
    Column("who", "Agreed with", 180),
    Column("due", "Due"),
    Column("cost", "Cost", align="right"),
    Column("rating", "Rating"),
]
ROWS = [
    Row(1, {"title": Cell("People seen within five days"), "who": Cell("Northmoor Care"), "due": Cell("15 Dec 2026"),
            "cost": Cell("£45,000"), "rating": Cell("Amber", mark="amber")}),
    Row(2, {"title": Cell("Did not attend", note="closed")}),
]  # fmt: skip


@pytest.fixture
def laid(qtbot: QtBot, qapp: QApplication) -> RowColumns:
    """The columns, measured."""
    apply_theme(qapp, dark=False)
    widget = QWidget()
    qtbot.addWidget(widget)
    made = RowColumns(COLUMNS, ("who",), Edges())
    made.measure(ROWS, widget)
    return made


def names(columns: RowColumns) -> list[str]:
    return [p.column.name for p in columns.placed]


def is_folded(columns: RowColumns, room: int) -> bool:
    columns.fit(room)
    return bool(columns.under)


def test_with_room_all_stand_side_by_side(laid: RowColumns) -> None:
    laid.fit(900)
    assert names(laid) == ["title", "who", "due", "cost", "rating"] and laid.under == ()


def test_what_is_meant_to_goes_under_first_then_the_rest_from_the_left(laid: RowColumns) -> None:
    laid.fit(520)
    assert names(laid) == ["title", "due", "cost", "rating"] and laid.under == ("who",)
    laid.fit(330)
    assert " ".join(laid.under).startswith("due ") and " ".join(laid.under).endswith(" who")


def test_columns_move_together_before_one_is_folded(laid: RowColumns) -> None:
    def gap() -> int:
        first, second = laid.placed[:2]
        return second.left - first.left - first.width

    laid.fit(900)
    wide = gap()
    narrowest = next(room for room in range(900, 300, -1) if is_folded(laid, room))
    laid.fit(narrowest + 1)
    assert len(laid.placed) == 5 and gap() < wide


def test_the_second_line_says_which_figure_or_rating_it_is(laid: RowColumns) -> None:
    laid.fit(240)
    assert [c.text for c in laid.second_line(ROWS[0].cells)] == [
        "15 Dec 2026",
        "Cost £45,000",
        "Rating Amber",
        "Northmoor Care",
    ]
    assert [c.text for c in laid.second_line(ROWS[1].cells)] == ["closed"]


def test_a_column_without_words_is_not_shown(laid: RowColumns, qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    laid.measure([Row(1, {"title": Cell("Only a name")})], widget)
    laid.fit(600)
    assert names(laid) == ["title"]


def test_a_screen_reader_hears_headings_with_values(laid: RowColumns) -> None:
    assert laid.spoken(ROWS[0].cells) == (
        "Measure: People seen within five days; Agreed with: Northmoor Care; Due: 15 Dec 2026; "
        "Cost: £45,000; Rating: Amber"
    )


@given(room=st.integers(200, 2000))
def test_no_column_ever_reaches_beyond_the_row(qapp: QApplication, room: int) -> None:
    columns, widget = RowColumns(COLUMNS, ("who",), Edges()), QWidget()
    columns.measure(ROWS, widget)
    columns.fit(room)
    last = columns.placed[-1]
    assert last.left + last.width <= room - Edges().right - CARET
    assert all(a.left + a.width < b.left for a, b in zip(columns.placed, columns.placed[1:], strict=False))
    widget.deleteLater()
