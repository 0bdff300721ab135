"""Words that end in an ellipsis where there is no room, and stay whole for the tip."""

from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from widgets.elided import ElidedMenuButton, elided_link


def test_a_button_keeps_its_note_whole_and_shortens_its_name(qtbot: QtBot) -> None:
    made = ElidedMenuButton(QMenu())
    qtbot.addWidget(made)
    made.show_words("All contracts")
    assert (made.text(), made.toolTip()) == ("All contracts", "")
    made.show_words("Everything that ends in the next twelve months & is ours alone", "changed")
    assert made.text().endswith("… · changed")
    assert "ours alone · changed" in made.toolTip()
    made.show_words("Care & support")
    assert made.text() == "Care && support"


def test_a_link_is_no_wider_than_its_room(qtbot: QtBot) -> None:
    made = elided_link("Larkmoor and Wealdshire NHS Foundation Trust", 120)
    qtbot.addWidget(made)
    assert made.text().endswith("…")
    assert "Foundation Trust" in made.toolTip()
