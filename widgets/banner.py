"""Strips under the top bar that say something lasting about the open file, with what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from widgets.icons import IconLabel
from widgets.parts import breakable, button, panel, row, text
from widgets.shown import set_tip

Way = tuple[str, str]  # the words of a button and the key it stands for


class Banners(QWidget):
    """As many strips as there are things to say; takes no room while there is none."""

    chosen = Signal(str)  # the key of a button

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._down.setSpacing(0)
        self.words: list[str] = []  # what stands there, from the top

    def add(
        self, words: str, icon_name: str, ways: Sequence[Way] = (), *, stays: bool = False
    ) -> Callable[[], None]:
        """Show a strip; what comes back takes it away. One that does not stay can be put away by the user."""
        across = row(gap=10, margins=(24, 6, 16, 6))
        across.addWidget(IconLabel(icon_name, "amber", 16), 0, Qt.AlignmentFlag.AlignVCenter)
        across.addWidget(text(breakable(words), "", "amber", wrap=True), 1)
        strip = panel(across, "banner")
        strip.setAccessibleName(words)
        for label, key in ways:
            press = button(label)
            press.clicked.connect(partial(self._choose, key))
            across.addWidget(press)
        if not stays:
            away = button("", "quiet", "x")
            away.setAccessibleName("Put away")
            set_tip(away, "Put away")
            away.clicked.connect(partial(self._put_away, strip, words))
            across.addWidget(away)
        self.words.append(words)
        self._down.addWidget(strip)
        return partial(self._put_away, strip, words)

    def _choose(self, key: str, _checked: bool = False) -> None:
        self.chosen.emit(key)

    def _put_away(self, strip: QFrame, words: str, _checked: bool = False) -> None:
        self.words.remove(words)
        strip.hide()
        strip.deleteLater()
