"""An answer that points to a record of the file, or says in words where something is."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from widgets.checklist_data import PartData
from widgets.checklist_fields import FieldEditor
from widgets.checklist_segments import PartEditor
from widgets.parts import col, link, row, text


class RecordEditor(PartEditor):
    """Words that say where something is, or a record of the file: a document, a contract, another checklist."""

    tells_problem = True

    def __init__(self, part: PartData, *, narrow: bool = False) -> None:
        """`narrow` puts the ways to choose below the words, as in a field of a row."""
        super().__init__()
        self._typed = FieldEditor(part)
        self._typed.changed.connect(self.changed)
        self._name = text("", "medium", wrap=True)
        self._choose, self._clear = link("Choose…"), link("Take away")
        self._choose.setAccessibleName(f"Choose a record for {part.label or 'the answer'}")
        self._clear.setAccessibleName(f"Take away the record of {part.label or 'the answer'}")
        self._choose.clicked.connect(self._ask)
        self._clear.clicked.connect(self._take_away)
        if narrow:
            below = (row(each, None) for each in (self._choose, self._clear))
            self.setLayout(col(self._name, self._typed, *below, gap=0))
            return
        across = row(self._name, self._typed, self._choose, self._clear, gap=8)
        across.setStretch(1, 1)
        self.setLayout(across)

    def set_part(self, part: PartData, *, not_applicable: bool, read_only: bool) -> None:
        """Show the words, or what the record is called."""
        pointed, fixed = isinstance(part.value, Mapping), read_only or not_applicable
        self._name.setText(part.words if pointed else "")
        self._name.setVisible(pointed)
        self._typed.setVisible(not pointed)
        if not pointed:
            self._typed.set_part(part, not_applicable=not_applicable, read_only=read_only)
        self._choose.setVisible(not fixed)
        self._clear.setVisible(pointed and not fixed)

    @property
    def is_held(self) -> bool:
        """As of the words typed."""
        return self._typed.is_held

    def commit(self) -> None:
        """Say what is typed and not yet said."""
        self._typed.commit()

    def start(self) -> QWidget:
        """The line, or the way to another record."""
        return self._choose if self._typed.isHidden() else self._typed.start()

    def _ask(self) -> None:
        self.pick_asked.emit("")

    def _take_away(self) -> None:
        self.changed.emit(None)
