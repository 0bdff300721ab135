"""A small bar chart: every bar has its figure, nought included; the same figures stand in a table."""

from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from widgets.quarter_bars import Bar, Bars, Chart, ChartCard

CHART = Chart(
    "Value ending, £m",
    (Bar("Q3", "2026/27", "0", 0, cells=("£0", "£0")), Bar("Q4", "2026/27", "5.9", 3, 2.9, ("£3m", "£2.9m"))),
    ("Quarter", "Ends", "Ends unless extended"),
    ("Ends", "Ends unless extended"),
    "1 contract ends without a known value.",
)


def words(card: ChartCard) -> list[str]:
    return [label.text() for label in card.findChildren(QLabel) if not label.isHidden()]


def test_each_bar_is_spoken_with_its_figure(qtbot: QtBot) -> None:
    bars = Bars(CHART)
    qtbot.addWidget(bars)
    bars.resize(300, 200)
    assert bars.accessibleName() == "Value ending, £m. Q3 2026/27: 0; Q4 2026/27: 5.9"
    assert not bars.grab().isNull()


def test_the_table_has_the_same_figures_and_the_choice_stays(qtbot: QtBot) -> None:
    card = ChartCard()
    qtbot.addWidget(card)
    card.show_chart(CHART)
    card.show()
    assert {"Ends unless extended", "1 contract ends without a known value."} <= set(words(card))
    switch = card.findChildren(QPushButton)[0]
    switch.click()
    assert (card.as_table, switch.text()) == (True, "As a chart")
    assert {"Q4 2026/27", "£3m", "£2.9m"} <= set(words(card))
    card.show_chart(Chart("Other", CHART.bars, CHART.headings))
    assert card.as_table and "Q3 2026/27" in words(card)


def test_a_chart_without_bars_draws_nothing(qtbot: QtBot) -> None:
    bars = Bars(Chart("Nothing", (), ()))
    qtbot.addWidget(bars)
    assert not bars.grab().isNull()
