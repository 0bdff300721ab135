"""A bar in a narrow window keeps what chooses and leaves out the rest."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from widgets.narrow_bar import NarrowBar
from widgets.parts import button, row


def test_what_can_be_spared_comes_and_goes_with_the_room(qtbot: QtBot) -> None:
    kept, spared = button("Year"), button("Export")
    bar = NarrowBar(row(kept, spared), (spared,), 500)
    qtbot.addWidget(bar)
    bar.resize(600, 48)
    bar.show()
    assert kept.isVisible() and spared.isVisible()
    bar.resize(400, 48)
    assert kept.isVisible() and not spared.isVisible()
    bar.resize(500, 48)
    assert spared.isVisible()
