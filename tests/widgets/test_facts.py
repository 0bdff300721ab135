"""The facts stand in a row or two by two, and each can be asked why."""

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from widgets.facts import Fact, FactsBand, RatingMark
from widgets.theme import apply_theme

FACTS = [
    Fact("ends", "Ends", "31 Mar 2028", "in 16 months", why=True),
    Fact("notice", "Notice by", "30 Sep 2027", "in 10 months", why=True),
    Fact("value", "Value", "£1.2m", "over 4 years"),
    Fact("rating", "Rating", "Amber", "2 of 4 met", why=True, rating=True),
]


@pytest.fixture
def band(qtbot: QtBot, qapp: QApplication) -> FactsBand:
    """Four facts, with room for all in a row."""
    apply_theme(qapp, dark=False)
    made = FactsBand(FACTS)
    qtbot.addWidget(made)
    made.resize(640, 90)
    made.show()
    return made


def test_four_in_a_row_or_two_by_two(qtbot: QtBot, band: FactsBand) -> None:
    qtbot.waitUntil(lambda: band.across() == 4)
    band.resize(396, 160)
    qtbot.waitUntil(lambda: band.across() == 2)


def test_why_says_which_fact(qtbot: QtBot, band: FactsBand) -> None:
    asks = [b for b in band.findChildren(QPushButton) if b.text() == "Why?"]
    assert asks[0].accessibleName() == "Why is Ends 31 Mar 2028?"
    assert len(asks) == 3
    with qtbot.waitSignal(band.why) as heard:
        asks[-1].click()
    assert heard.args == ["rating"]


def test_facts_are_replaced(qtbot: QtBot, band: FactsBand) -> None:
    band.set_facts([Fact("ends", "Ends", "Open-ended")])

    def shown() -> list[str]:
        return [label.text() for label in band.findChildren(QLabel) if label.isVisible()]

    qtbot.waitUntil(lambda: "Open-ended" in shown())
    assert "Amber" not in shown() and band.across() == 1


def test_only_a_rating_has_a_mark(band: FactsBand) -> None:
    assert len(band.findChildren(RatingMark)) == 1
    assert not band.grab().isNull()
