"""The line under the heading of a section: what a reviewer says of it, and the way to say it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from widgets.checklist_data import SectionData
from widgets.icons import IconLabel
from widgets.parts import link, restyle, row, text

SIGNS = {"green": "check", "amber": "warning", "red": "arrow-counter-clockwise", "": "seal-check"}


class ReviewLine(QWidget):
    """A reviewer's verdict with its comment. `asked` carries the letter of the section."""

    asked = Signal(str)

    def __init__(self, letter: str) -> None:
        super().__init__()
        self._letter = letter
        self._icon, self._words = IconLabel("seal-check", "text2"), text("", "small", wrap=True)
        self._review = link("Review…")
        self._review.clicked.connect(self._ask)
        across = row(self._icon, self._words, self._review, gap=6)
        across.setStretch(1, 1)
        across.setAlignment(self._icon, Qt.AlignmentFlag.AlignTop)
        self.setLayout(across)

    def show_review(self, section: SectionData, *, read_only: bool) -> None:
        """Show what was said; nothing at all where nobody said anything and nobody can."""
        said = bool(section.review)
        self._icon.set_icon(SIGNS[section.review_tone], section.review_tone or "text2")
        self._icon.setVisible(said)
        self._words.setText(section.review)
        restyle(self._words, tone=section.review_tone)
        self._review.setText("Change the review…" if said else "Review…")
        self._review.setAccessibleName(f"Review section {self._letter}")
        self._review.setVisible(not read_only)
        self.setVisible(said or not read_only)

    def _ask(self) -> None:
        self.asked.emit(self._letter)
