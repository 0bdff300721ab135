"""The term of a contract drawn to scale above the fields it is made of."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtWidgets import QVBoxLayout, QWidget

from storage.records.contracts import Contract
from storage.rules.months import whole_months
from widgets.form import RecordForm
from widgets.parts import col, scroll
from widgets.timeline import Term, TermMark, TermPart, TermTimeline


class TermPanel(QWidget):
    """Timeline and form in one scrolling column."""

    def __init__(self, form: RecordForm) -> None:
        super().__init__()
        self._timeline = TermTimeline()
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(scroll(col(self._timeline, form, gap=12, margins=(24, 14, 16, 16)), "surface"))

    def draw(self, contract: Contract, today: date) -> None:
        """Draw the term of this contract, if it has a start."""
        term = term_of(contract, today)
        self._timeline.setVisible(bool(term.parts))
        self._timeline.set_term(term)


def term_of(contract: Contract, today: date) -> Term:
    """Core term, what was extended, what may still be, and the day to act."""
    start, end = contract.start, contract.ends
    if start is None or (end is not None and end <= start):
        return Term()
    core = contract.initial_end if contract.initial_end and end and contract.initial_end < end else end
    parts = [TermPart(_length("Core", start, core), start, core)]
    if core and end and core < end:
        parts.append(TermPart("Extended", core + timedelta(days=1), end, "used"))
    if end and contract.max_end and contract.max_end > end:
        parts.append(TermPart("Option", end + timedelta(days=1), contract.max_end, "open"))
    day = contract.notice_by
    marks = (TermMark(f"Notice by {day.day} {day:%b %Y}", day, "amber"),) if day and day > start else ()
    return Term(tuple(parts), marks, today, end)


def _length(word: str, start: date, end: date | None) -> str:
    months = whole_months(start, end) if end else None
    if not months:
        return word
    if months % 12 == 0:
        return f"{word}, {months // 12} year{'s' if months > 12 else ''}"
    return f"{word}, {months} months"
