"""Takes measures of the specifications a contract works to over as its KPIs."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QCheckBox, QDialog, QWidget

from desktop.session import Session
from storage.desk.specification.measures_taken import take_measures, waiting
from storage.records.contracts import Contract
from storage.records.specification_parts import SpecificationMeasure
from widgets.parts import button, col, row, scroll, text
from widgets.shown import escaped, set_title

NONE = "There is nothing to take: no specification is linked to this contract, or all its measures are KPIs of it."
WIDE, TALL = 560, 480
TICK = 26  # pixels from the edge of a box to its words


class TakeMeasures(QDialog):
    """A tick for each measure, all ticked; what is taken is one step."""

    def __init__(
        self, parent: QWidget, session: Session, contract: Contract, found: list[SpecificationMeasure]
    ) -> None:
        super().__init__(parent)
        self._session, self._contract = session, contract
        set_title(self, "Take from the specification")
        self.resize(WIDE, TALL)
        self.boxes: dict[int, QCheckBox] = {}
        rows = col(gap=10, margins=(24, 8, 24, 8))
        for measure in found:
            box = QCheckBox(escaped(measure.title))
            box.setChecked(True)
            box.toggled.connect(self._count)
            self.boxes[measure.key] = box
            note = " · ".join(w for w in (measure.asked, measure.frequency) if w)
            rows.addLayout(col(box, col(text(note, "small", wrap=True), margins=(TICK, 0, 0, 0)), gap=1))
        rows.addStretch(1)
        self._do = button("", "primary")
        self._do.clicked.connect(self.accept)
        cancel = button("Cancel")
        cancel.clicked.connect(self.reject)
        words = f"Each becomes a KPI of {contract.name}, and stays linked to the measure it was taken from."
        head = col(
            text("Take from the specification", "title"),
            text(words, "soft", wrap=True),
            margins=(24, 16, 24, 4),
        )
        self.setLayout(
            col(head, scroll(rows), row(None, cancel, self._do, margins=(24, 8, 24, 16)), gap=4, margins=0)
        )
        self._count()

    def _chosen(self) -> list[int]:
        return [key for key, box in self.boxes.items() if box.isChecked()]

    def _count(self, _on: bool = False) -> None:
        count = len(self._chosen())
        self._do.setText(f"Take {count} measure{'' if count == 1 else 's'}")
        self._do.setEnabled(count > 0)

    def accept(self) -> None:
        """Take what is ticked."""
        take = partial(take_measures, self._session.store, self._contract.key, self._chosen())
        if self._session.attempt(take):
            super().accept()


def take_measures_dialog(parent: QWidget, session: Session, contract: Contract) -> TakeMeasures | None:
    """Show what can be taken; say so when there is nothing."""
    found = waiting(session.store, contract.key)
    if not found:
        session.said.emit(NONE)
        return None
    made = TakeMeasures(parent, session, contract, found)
    made.open()
    return made
