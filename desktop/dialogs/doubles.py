"""The records that are likely the same twice, each pair with the reason, to be compared, merged or told apart."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QLayout, QWidget

from desktop.dialogs.join import JoinDialog
from desktop.dialogs.list_dialog import ListDialog, list_row
from desktop.session import Session
from storage.desk.people.doubles import Double, likely_doubles, said_apart, say_apart
from widgets.parts import button

WORDS = (
    "Pairs that share a number, an address or a name but for its form. Compare two to merge them; the other name still "
    "finds the one that stays, also when a register is imported."
)


class DoublesDialog(ListDialog):
    """One row a pair."""

    none = "No two organisations, people or services look like the same one."

    def __init__(self, parent: QWidget, session: Session) -> None:
        super().__init__(parent, session, "Likely duplicates", WORDS)

    def rows(self) -> Sequence[QLayout]:
        """The pairs as they are now."""
        store = self.session.store
        return [self._row(double) for double in likely_doubles(store, said_apart(store))]

    def _row(self, double: Double) -> QLayout:
        compare = button("Compare…")
        compare.clicked.connect(partial(self._compare, double))
        compare.setEnabled(not self.session.read_only)
        apart = button("They are two", "quiet")
        apart.clicked.connect(partial(self._apart, double))
        apart.setEnabled(not self.session.read_only)
        kind = type(double.kept).LABEL
        return list_row(
            f"{double.kept.name}  and  {double.other.name}", f"{kind} · {double.why}", compare, apart
        )

    def _compare(self, double: Double, _checked: bool = False) -> None:
        JoinDialog(self, self.session, double.kept, double.other, double.why).open()

    def _apart(self, double: Double, _checked: bool = False) -> None:
        say_apart(self.session.store, double)
        self.draw()
