"""An empty page says what belongs there and offers something to do."""

from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from widgets.empty import EmptyPage, FirstAction
from widgets.theme import apply_theme

ACTIONS = [
    FirstAction(
        "file-plus",
        "Start from a template",
        "Three outlines to choose from",
        "Choose a template…",
        "template",
    ),
    FirstAction(
        "book-open", "Look at a finished one", "Apart from your own work", "Open the sample", "sample"
    ),
]


def test_actions_can_be_chosen_and_the_first_is_primary(qtbot: QtBot, qapp: QApplication) -> None:
    apply_theme(qapp, dark=False)
    page = EmptyPage("No specifications yet", "What a service must do, for whom, and how well.", ACTIONS)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    first, second = page.findChildren(QPushButton)
    assert first.property("kind") == "primary" and second.property("kind") == ""
    assert "Three outlines" in first.accessibleDescription()
    with qtbot.waitSignal(page.chosen) as heard:
        second.click()
    assert heard.args == ["sample"]


def test_nothing_is_cut_off_when_narrow(qtbot: QtBot, qapp: QApplication) -> None:
    apply_theme(qapp, dark=False)
    page = EmptyPage("No specifications yet", "What a service must do, for whom, and how well.", ACTIONS)
    qtbot.addWidget(page)
    page.resize(420, 600)
    page.show()
    for press in page.findChildren(QPushButton):
        assert press.width() >= press.sizeHint().width()
        assert press.mapTo(page, press.rect().bottomRight()).x() < page.width()
