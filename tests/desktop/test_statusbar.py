"""The bottom line: long sentences end in an ellipsis, and what stands at the right stays there."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop.statusbar import StatusBar
from widgets.elided import Elided


def test_a_long_sentence_is_shortened_and_kept_whole_on_the_tip(qtbot: QtBot, tmp_path: Path) -> None:
    bar = StatusBar(tmp_path / "x.desk", read_only=False)
    qtbot.addWidget(bar)
    bar.resize(700, 28)
    bar.show_copy("No backup yet")
    bar.show()
    said = bar.findChild(Elided)
    assert said is not None
    sentence = "5,729 rows read: " + "and a great many words more " * 6
    bar.say(sentence)
    assert said.text().endswith("…")
    assert "5,729 rows read" in said.toolTip()
    right = bar.layout().itemAt(bar.layout().count() - 1).geometry()  # type: ignore[union-attr]
    bar.say("")
    assert bar.layout().itemAt(bar.layout().count() - 1).geometry() == right  # type: ignore[union-attr]
