"""Three readings of a section side by side: as it was taken, as it reads here, as it reads above today."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QWidget

from desktop.formatted import prose_of
from desktop.session import Session
from storage.desk.specification.lineage import News
from widgets.parts import button, col, line, panel, row, scroll, text
from widgets.shown import set_title

WIDE, TALL = 1080, 620


class ThreeReadings(QDialog):
    """Only shows; the answers are given where it was opened."""

    def __init__(self, parent: QWidget, session: Session, told: News) -> None:
        super().__init__(parent)
        set_title(self, told.heading)
        room = parent.window().size()
        self.resize(min(WIDE, room.width() - 60), min(TALL, room.height() - 60))
        across = QHBoxLayout()
        across.setSpacing(0)
        mine = told.section.body if told.section else ""
        for heading, words in (("When it was taken", told.before), ("Here", mine), ("Above today", told.now)):
            prose = prose_of(session)
            prose.set_markdown(words or "*Nothing.*")
            prose.setAccessibleName(heading)
            held = col(text(heading, "strong"), line(), prose, None, gap=8, margins=(20, 12, 20, 12))
            across.addWidget(scroll(panel(held, "surface")), 1)
        close = button("Close", "primary")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        head = col(text(told.heading, "title", wrap=True), margins=(24, 16, 24, 4))
        self.setLayout(col(head, across, row(None, close, margins=(24, 8, 24, 16)), gap=4, margins=0))
        close.setFocus()
