"""Two records side by side that may be one: which name stays, which value of each field, then one step merges them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QDialog, QGridLayout, QRadioButton, QWidget

from desktop.session import Session
from storage.desk.people.joining import compared, join, named_in
from storage.engine.conditions import Value, is_blank
from storage.engine.fields import Field, Record
from widgets.parts import breakable, button, col, row, scroll, text
from widgets.shown import escaped, set_title

WIDE, HIGH, LABEL_ROOM = 760, 560, 150  # pixels
LONGEST = 300  # letters of a value that are shown


class JoinDialog(QDialog):
    """The two in two columns. The chosen head stays; a chosen value of the other is taken over."""

    def __init__(
        self, parent: QWidget, session: Session, first: Record, second: Record, why: str = "",
        done: Callable[[int], object] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumSize(WIDE, HIGH)
        what = type(first).LABEL.lower()
        set_title(self, f"Merge two {type(first).PLURAL.lower()}")
        self._session, self._sides, self._done = session, (first, second), done
        self._groups: dict[str, QButtonGroup] = {}
        self._do = button("Merge", "primary")
        self._do.setDefault(True)
        self._do.clicked.connect(self._join)
        cancel = button("Cancel")
        cancel.clicked.connect(self.reject)
        words = (
            f"Choose the {what} that stays and, where they differ, the value to keep. Everything that names the other "
            "one names it from then on, and the other name still finds it. One Undo takes all of it back."
        )
        said = [text(f"{why}.", "medium")] if why else []
        head = text(f"Merge two {type(first).PLURAL.lower()}", "record")
        self.setLayout(
            col(head, *said, text(words, "soft", wrap=True), 4, scroll(self._grid()), row(None, cancel, self._do),
                gap=8, margins=(24, 20, 24, 20))
        )  # fmt: skip
        self._name()

    @property
    def kept(self) -> int:
        """Which of the two stays: 0 for the first."""
        return self._groups[""].checkedId()

    def choose(self, name: str, side: int) -> None:
        """Choose a side for a field; for no field, the record that stays."""
        self._groups[name].button(side).setChecked(True)
        if not name:
            self._kept_changed()

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnMinimumWidth(0, LABEL_ROOM)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        grid.addWidget(text("Stays", "label"), 0, 0)
        self._radios(grid, 0, "", [record.name for record in self._sides])
        self._groups[""].idToggled.connect(self._kept_changed)
        grid.addWidget(text("Named in", "label"), 1, 0)
        for side, record in enumerate(self._sides):
            grid.addWidget(text(named_in(self._session.store, record), "soft", wrap=True), 1, 1 + side)
        for number, field in enumerate(compared(*self._sides), 2):
            self._line(grid, number, field)
        grid.setRowStretch(grid.rowCount(), 1)
        return grid

    def _line(self, grid: QGridLayout, number: int, field: Field) -> None:
        label = text(field.label, "label", wrap=True)
        grid.addWidget(label, number, 0)
        values = [field.value_of(record) for record in self._sides]
        words = [field.show(value)[:LONGEST] for value in values]
        if values[0] != values[1] and not any(map(is_blank, values)):
            self._radios(grid, number, field.name, words, field.label)
            return
        for side, said in enumerate(words):
            grid.addWidget(
                text(breakable(said) if said else "–", "" if said else "soft", wrap=True), number, 1 + side
            )

    def _radios(self, grid: QGridLayout, number: int, name: str, words: list[str], label: str = "") -> None:
        group = QButtonGroup(self)
        for side, said in enumerate(words):
            press = QRadioButton()
            press.setAccessibleName(f"{label or 'Stays'}: {said}")
            group.addButton(press, side)
            across = row(gap=4)
            across.addWidget(press, 0, Qt.AlignmentFlag.AlignTop)
            across.addWidget(text(breakable(said), "" if name else "medium", wrap=True), 1)
            grid.addLayout(across, number, 1 + side)
        group.button(0).setChecked(True)
        self._groups[name] = group

    def _kept_changed(self, _side: int = 0, _on: bool = True) -> None:
        for name, group in self._groups.items():
            if name and group.checkedId() != self.kept:
                group.button(self.kept).setChecked(True)
        self._name()

    def _name(self) -> None:
        self._do.setText(escaped(f"Merge into {self._sides[self.kept].name[:30]}"))

    def _join(self) -> None:
        into, old = self._sides[self.kept], self._sides[1 - self.kept]
        keep: dict[str, Value] = {
            name: type(old).FIELDS[name].value_of(old)
            for name, group in self._groups.items()
            if name and group.checkedId() != self.kept
        }
        store = self._session.store
        if self._session.attempt(partial(join, store, type(into), old.key, into.key, keep)):
            self.accept()
            if self._done is not None:
                self._done(into.key)
