"""Widgets in a row that begin a new line when they do not fit."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from widgets.flow import FlowLayout


def boxes(widths: list[int]) -> tuple[QWidget, list[QWidget]]:
    holder = QWidget()
    flow = FlowLayout(gap=8, line_gap=4)
    made = []
    for width in widths:
        box = QWidget()
        box.setFixedSize(width, 20)
        flow.addWidget(box)
        made.append(box)
    holder.setLayout(flow)
    return holder, made


def test_what_does_not_fit_begins_a_new_line(qtbot: QtBot) -> None:
    holder, made = boxes([60, 60, 60])
    qtbot.addWidget(holder)
    holder.resize(140, 100)
    holder.show()
    assert [(box.x(), box.y()) for box in made] == [(0, 0), (68, 0), (0, 24)]
    made[0].hide()
    QApplication.processEvents()
    assert [(box.x(), box.y()) for box in made[1:]] == [(0, 0), (68, 0)]


def test_a_widget_can_be_put_before_another(qtbot: QtBot) -> None:
    holder, made = boxes([30, 30])
    qtbot.addWidget(holder)
    first = QWidget()
    first.setFixedSize(10, 20)
    flow = holder.layout()
    assert isinstance(flow, FlowLayout)
    flow.insert_widget(0, first)
    holder.resize(300, 40)
    holder.show()
    assert [box.x() for box in (first, *made)] == [0, 18, 56]


@given(st.lists(st.integers(1, 200), min_size=1, max_size=12), st.integers(1, 500))
def test_no_widget_overlaps_another_or_is_out_of_the_room_it_could_have(widths: list[int], room: int) -> None:
    holder, made = boxes(widths)
    flow = holder.layout()
    assert isinstance(flow, FlowLayout)
    holder.resize(max(room, *widths), 1000)
    flow.setGeometry(holder.rect())
    for place, box in enumerate(made):
        assert box.geometry().right() < holder.width()
        assert all(not box.geometry().intersects(other.geometry()) for other in made[:place])
    assert flow.heightForWidth(holder.width()) == made[-1].geometry().bottom() + 1
    holder.deleteLater()


def test_margins_are_kept_free(qtbot: QtBot) -> None:
    holder, made = boxes([60, 60])
    qtbot.addWidget(holder)
    flow = holder.layout()
    assert isinstance(flow, FlowLayout)
    flow.setContentsMargins(10, 5, 20, 7)
    holder.resize(140, 100)
    holder.show()
    assert [(box.x(), box.y()) for box in made] == [(10, 5), (10, 29)]
    assert flow.heightForWidth(140) == 5 + 20 + 4 + 20 + 7
    assert flow.minimumSize().width() == 90
