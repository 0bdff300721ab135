"""Laying a contract’s value over its financial years: every figure is looked at before it is written."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QWidget

from desktop.session import Session
from storage.desk.finance.contract_money import PlannedYear, fill_years, plan
from storage.engine.values import show_financial_year, show_money
from storage.records.contracts import Contract
from widgets.parts import Item, button, col, inset, row, text
from widgets.shown import set_title

RIGHT = Qt.AlignmentFlag.AlignRight


class FillYearsDialog(QDialog):
    """Each year with what is planned now and what it would be; one press writes them all as one step."""

    def __init__(self, parent: QWidget, session: Session, contract: Contract) -> None:
        super().__init__(parent)
        set_title(self, "Fill planned years from the value")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(460)
        self._session, self._contract = session, contract
        found = plan(session.store, contract)
        self._do = button("Fill the years", "primary")
        self._do.setDefault(True)
        self._do.setEnabled(any(each.changes for each in found.value))
        self._do.clicked.connect(self.accept)
        cancel = button("Cancel")
        cancel.clicked.connect(self.reject)
        shown: list[Item] = [inset(_figures(found.value))] if found.value else []
        if any(each.is_closed for each in found.value):
            shown.append(text(_closed_words(found.value, contract.current_value), "small", wrap=True))
        if found.value and not self._do.isEnabled():
            shown.append(text("Every year has this planned value already.", "small", wrap=True))
        head = text("Fill planned years from the value", "record", wrap=True)
        self.why = text(found.why, "soft", wrap=True)
        foot = row(None, cancel, self._do)
        self.setLayout(col(head, self.why, 4, *shown, None, 8, foot, margins=(24, 20, 24, 20)))

    def accept(self) -> None:
        """Write the figures; what goes wrong is said and the dialog stays."""
        if self._session.attempt(lambda: fill_years(self._session.store, self._contract)):
            super().accept()


def _closed_words(years: tuple[PlannedYear, ...], value: int | None) -> str:
    """That closed years stay, and what the years then come to where that is not the value."""
    words = "Years that are closed stay as they are."
    over = sum(_then(each) for each in years) - (value or 0)
    if not over or value is None:
        return words
    gap = f"{show_money(abs(over))} {'more' if over > 0 else 'less'}"
    return f"{words} With them the years come to {gap} than the value."


def _then(year: PlannedYear) -> int:
    """What is planned for a year afterwards."""
    return (year.before.planned or 0) if year.is_closed and year.before else year.planned


def _figures(years: tuple[PlannedYear, ...]) -> QGridLayout:
    """The years in a table, with their sums."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    grid.setColumnStretch(0, 1)
    for across, words in enumerate(("Year", "Planned now", "Planned then")):
        grid.addWidget(text(words, "label"), 0, across, RIGHT if across else Qt.AlignmentFlag.AlignLeft)
    for down, each in enumerate(years, 1):
        was = each.before.planned if each.before else None
        closed = " (closed)" if each.is_closed else ""
        _line(grid, down, f"{show_financial_year(each.year)}{closed}", was, _then(each), changes=each.changes)
    before = [e.before.planned for e in years if e.before and e.before.planned is not None]
    after = sum(_then(each) for each in years)
    _line(grid, len(years) + 1, "Together", sum(before) if before else None, after, changes=True)
    return grid


def _line(grid: QGridLayout, down: int, name: str, was: int | None, then: int, *, changes: bool) -> None:
    words: list[QLabel] = [
        text(name),
        text(show_money(was) if was is not None else "none", "soft"),
        text(show_money(then), "medium" if changes else "soft"),
    ]
    for across, each in enumerate(words):
        grid.addWidget(each, down, across, RIGHT if across else Qt.AlignmentFlag.AlignLeft)
