"""How we know your work is safe: what was tried, with the figures of the last campaign, to be read in the window."""

from __future__ import annotations

import re

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout

from desktop.formatted import prose_of
from desktop.pages.page import Page
from desktop.session import Session
from storage.desk.safety_words import last_campaign, safety_words
from widgets.parts import col, panel, row, scroll

WIDEST = 980  # pixels: its tables want more room than prose alone
SHARES = (6, 34, 34, 26)  # per cent: number, what goes wrong, what is promised, how it was tried


class SafetyPage(Page):
    """One long text with tables; nothing in it depends on the file."""

    key, title, icon = "safety", "How we know your work is safe", "shield-check"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        words = safety_words(last_campaign()).partition("\n")[
            2
        ]  # its heading stands at the top of the window
        # Its tables take long to lay out, so that each part has a turn of its own; the first fill the window.
        self._parts = re.split(r"(?m)^(?=###? )", words)
        self._texts = col(gap=6)
        self._later = QTimer(self, interval=0)
        self._later.timeout.connect(self._add)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        across = row(margins=(32, 24, 32, 32))
        across.addLayout(self._texts, 1000)
        across.addStretch(1)
        down.addWidget(scroll(panel(col(across, None), "surface")))
        self._add()
        self._later.start()

    def _add(self) -> None:
        """One more part."""
        if not self._parts:
            self._later.stop()
            return
        prose = prose_of()
        prose.setAccessibleName("How we know your work is safe")
        prose.shares = SHARES
        prose.setMaximumWidth(WIDEST)
        self._texts.addWidget(prose)
        prose.set_markdown(self._parts.pop(0))
