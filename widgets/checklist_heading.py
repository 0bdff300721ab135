"""The heading of a section over its question cards: its letter and title, how far it is, and its review."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from widgets.checklist_data import SectionData, progress_words
from widgets.checklist_review import ReviewLine
from widgets.parts import col, row, text


class SectionHeading(QFrame):
    """Shows one section. `review_asked` carries its letter."""

    review_asked = Signal(str)

    def __init__(self, section: SectionData, *, first: bool) -> None:
        super().__init__()
        self.setProperty("part", "")
        self._title = text(f"{section.letter}   {section.title}", "record", wrap=True)
        self._progress = text("", "soft")
        self._review = ReviewLine(section.letter)
        self._review.asked.connect(self.review_asked)
        across = row(self._title, self._progress, margins=(0, 0 if first else 8, 0, 0))
        across.setStretch(0, 1)
        self.setLayout(col(across, self._review, gap=4))

    def show_section(self, section: SectionData, *, read_only: bool) -> None:
        """Show the section as it is now."""
        self._progress.setText(progress_words(section))
        self._review.show_review(section, read_only=read_only)
