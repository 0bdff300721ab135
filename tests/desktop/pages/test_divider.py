"""List and record side by side: the width a person gave the record comes back."""

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.pages.divider import DETAIL_NARROW, DETAIL_WIDE, Divider
from desktop.pages.list_memory import ListMemory
from desktop.session import Session


def made(qtbot: QtBot, session: Session, wide: int) -> Divider:
    divider = Divider(QWidget(), QWidget(), ListMemory(session.state, "contracts", ()))
    qtbot.addWidget(divider)
    divider.resize(wide, 600)
    divider.show()
    divider.size_detail()
    return divider


def test_begins_narrow_in_a_small_window_and_wide_in_a_large_one(qtbot: QtBot, session: Session) -> None:
    assert made(qtbot, session, 1166).sizes()[1] == DETAIL_NARROW
    assert made(qtbot, session, 1720).sizes()[1] == DETAIL_WIDE


def test_a_width_that_was_dragged_comes_back(qtbot: QtBot, session: Session) -> None:
    divider = made(qtbot, session, 1720)
    divider.moveSplitter(1200, 1)
    dragged = divider.sizes()[1]
    divider.splitterMoved.emit(1200, 1)
    assert made(qtbot, session, 1720).sizes()[1] == dragged
