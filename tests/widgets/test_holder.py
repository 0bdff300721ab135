"""A holder shows the last widget it was given, and lets the one before go."""

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from widgets.holder import Holder


def test_the_last_widget_is_shown_and_the_one_before_goes(qtbot: QtBot) -> None:
    holder = Holder()
    qtbot.addWidget(holder)
    holder.show()
    first, second = QLabel("One"), QLabel("Two")
    gone: list[str] = []
    first.destroyed.connect(lambda: gone.append("one"))
    holder.put(first)
    assert first.isVisible()
    holder.put(second)
    assert second.isVisible() and not first.isVisible()
    qtbot.waitUntil(lambda: gone == ["one"])
