"""Rows that fit more than one contract: which one each is, a new one, or none."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from desktop.dialogs.import_columns import PickButton
from storage.engine.fields import Record
from storage.engine.values import show_day, show_money
from storage.exchange.importing.matching import LEAVE, NEW
from storage.exchange.importing.plan import ImportPlan, RowPlan
from storage.exchange.importing.summary import in_sentence
from storage.records.contracts import Contract
from widgets.parts import button, col, line, row, scroll, text
from widgets.shown import escaped

MOST = 100  # rows shown at once; more come up as these are decided
UNDECIDED = "Not decided: not imported"
_WIDE = 460


class DecisionsPanel(QWidget):
    """One line a row, with a menu of what it may be; and one answer for all that are left."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.answers: dict[int, int] = {}
        self._rows: dict[int, RowPlan] = {}  # as they were asked, by number
        self._records: dict[int, Record] = {}
        self._record: type[Record] = Contract
        self._area: QWidget | None = None
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)

    def clear(self) -> None:
        """Forget everything: another sheet is shown."""
        self.answers, self._rows, self._records = {}, {}, {}

    @property
    def open_rows(self) -> int:
        """How many rows have no answer."""
        return sum(number not in self.answers for number in self._rows)

    def show_plan(self, plan: ImportPlan) -> None:
        """Show the rows that are asked about; those that are answered stay, so that one may think again."""
        self._record = plan.source.kind.record
        asked = {row.row.number: row for row in plan.asked}
        self._rows = {n: r for n, r in self._rows.items() if n in self.answers} | asked
        self._records |= plan.candidates
        self._show()

    def _show(self) -> None:
        down = col(gap=6, margins=(24, 12, 24, 12))
        one = in_sentence(self._record.LABEL)
        words = (
            f"These rows fit more than one {one}, or share one with another row. "
            "Rows you do not decide on are not imported."
            if self._rows
            else f"Every row is one {one} alone: there is nothing to decide."
        )
        down.addWidget(text(words, "soft", wrap=True))
        if self.open_rows > 1:
            down.addLayout(self._for_all())
        shown = sorted(self._rows, key=lambda number: (number in self.answers, number))[:MOST]
        for number in shown:
            down.addWidget(line())
            down.addLayout(self._line(number, self._rows[number]))
        if len(self._rows) > MOST:
            down.addWidget(line())
            down.addWidget(text(f"{len(self._rows) - MOST:,} more rows follow.", "soft"))
        down.addStretch(1)
        made = scroll(down)
        if self._area is not None:
            self._whole.removeWidget(self._area)
            self._area.hide()
            self._area.deleteLater()
        self._area = made
        self._whole.addWidget(made)

    def _for_all(self) -> QHBoxLayout:
        new, leave = (
            button(f"All {self.open_rows:,} are new {in_sentence(self._record.PLURAL)}"),
            button("Leave all of them out"),
        )
        new.clicked.connect(partial(self._answer_all, NEW))
        leave.clicked.connect(partial(self._answer_all, LEAVE))
        return row(new, leave, None, margins=(0, 4, 0, 4))

    def _line(self, number: int, asked: RowPlan) -> QHBoxLayout:
        said = text(_row_words(asked) if self._record is Contract else _said(asked), "medium", wrap=True)
        said.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        answer = self.answers.get(number)
        words = UNDECIDED if answer is None else self._fates().get(answer) or self._words(answer)
        menu = QMenu()
        chooser = PickButton(menu)
        chooser.show_words(words)
        chooser.setAccessibleName(f"Row {number}: {words}")
        chooser.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        chooser.setFixedWidth(_WIDE)
        for contract in asked.candidates:
            menu.addAction(escaped(self._words(contract))).triggered.connect(
                partial(self._answer, number, contract)
            )
        menu.addSeparator()
        for fate, fate_words in self._fates().items():
            menu.addAction(fate_words).triggered.connect(partial(self._answer, number, fate))
        across = row(gap=16, margins=(0, 4, 0, 4))
        across.addLayout(col(said, text(f"Row {number}. {asked.why}", "small", wrap=True), gap=2), 1)
        across.addWidget(chooser)
        return across

    def _fates(self) -> dict[int, str]:
        return {NEW: f"A new {in_sentence(self._record.LABEL)}", LEAVE: "Leave it out"}

    def _words(self, number: int) -> str:
        found = self._records.get(number)
        return f"Record {number}" if found is None else record_words(found)

    def _answer(self, number: int, answer: int, _checked: bool = False) -> None:
        for other in [n for n, a in self.answers.items() if a == answer and answer > 0]:
            del self.answers[other]  # a contract is one row
        self.answers[number] = answer
        self._show()
        self.changed.emit()

    def _answer_all(self, answer: int, _checked: bool = False) -> None:
        self.answers |= {number: answer for number in self._rows if number not in self.answers}
        self._show()
        self.changed.emit()


def record_words(record: Record) -> str:
    """What tells a record from its twins, in one line."""
    if isinstance(record, Contract):
        return contract_words(record)
    shown = [
        f.show(f.value_of(record))
        for f in record.FIELDS.values()
        if f.shown and f.column and not f.from_today
    ]
    return ", ".join(dict.fromkeys(filter(None, [record.name, *shown])))


def contract_words(contract: Contract) -> str:
    """What tells a contract from its twins, in one line."""
    parts = [contract.reference, contract.title, contract.provider_name]
    if contract.start:
        parts.append(f"from {show_day(contract.start)}")
    if contract.current_value is not None:
        parts.append(show_money(contract.current_value))
    return ", ".join(filter(None, parts)) or contract.name


def _said(asked: RowPlan) -> str:
    """What a row says, in its own words."""
    return ", ".join(" ".join(words.split()) for words in list(asked.row.raw.values())[:4])


def _row_words(asked: RowPlan) -> str:
    cells: Mapping[str, object] = asked.row.values
    found = Contract(
        **{n: v for n, v in cells.items() if n in ("reference", "title", "start", "current_value")},  # type: ignore[arg-type]
        provider_name=str(cells.get("provider_name", "")),
    )
    return contract_words(found)
