"""The parts of the merge screen for workbooks: changes with their groups, new rows, missing contracts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.dialogs.home_choices import CONTRACT, DECISIONS, FIELD, Group, HomeChoices
from desktop.dialogs.home_groups import GroupList, GroupModel
from desktop.dialogs.home_rows import UNKNOWN, ChangesTable, MissingTable, NewTable
from desktop.dialogs.home_table import NOTHING, TakeTable, TakeView
from desktop.dialogs.pick import PickDialog
from storage.exchange.home.plan import Decision
from storage.exchange.home.summary import sides
from widgets.parts import Segmented, button, col, line, link, panel, row, scroll, text

LEFT, BELOW = 250, 118
SIDES = ("As sent", "Theirs", "Mine")
CONFLICT = "Both sides changed this cell since the workbook was sent. What is not taken stays as it is here."
SENT_UNKNOWN = (
    "Nothing says what this cell held when it was sent, so it may have been changed here, there, or both."
)
OTHER_PROVIDER = "It is a provider that is there…"
MISSING = (
    "These contracts were sent and their rows did not come back. A row that is gone deletes nothing: choose rows and "
    "say what it means, or leave them as they are."
)
NEW = "Rows without a contract here. Those that are taken become drafts, to be completed."


class ChangesPanel(QWidget):
    """Contracts or fields on the left, their changes on the right, and the whole of one change below."""

    changed = Signal()

    def __init__(self, choices: HomeChoices) -> None:
        super().__init__()
        self.choices = choices
        self.table = ChangesTable(choices)
        self.view = TakeView(self.table, "Changed cells")
        self.model = GroupModel(choices, CONTRACT)
        self.groups = GroupList(self.model)
        self.by = Segmented([(CONTRACT, "Contracts"), (FIELD, "Fields")], 108)
        self.by.setAccessibleName("List changes by")
        self._full = [text("", "soft", wrap=True) for _ in SIDES]
        self._note = text("", "small", wrap=True)
        self.other = link(OTHER_PROVIDER)
        self.other.hide()
        self.other.clicked.connect(self._choose_provider)
        self.by.set_value(CONTRACT)
        self.setLayout(self._laid_out())
        self.by.chosen.connect(self._show_by)
        self.groups.shown.connect(self._show_group)
        self.groups.toggled.connect(self._toggled)
        self.table.taken_changed.connect(self._taken)
        self.view.looked_at.connect(self._show_whole)
        self.groups.choose(0)

    def _laid_out(self) -> QVBoxLayout:
        left = panel(col(row(self.by, None, margins=(12, 10, 12, 8)), self.groups, gap=0), "side", width=LEFT)
        below = row(gap=20, margins=(16, 8, 16, 8))
        for words, full in zip(SIDES, self._full, strict=True):
            below.addLayout(col(text(words, "label"), full, None, gap=2), 1)
        whole = scroll(col(row(self._note, self.other, gap=12, margins=(16, 8, 16, 0)), below, None, gap=0))
        whole.setFixedHeight(BELOW)
        right = col(self.view, line(), whole, gap=0)
        across = row(left, gap=0)
        across.addLayout(right, 1)
        return col(across, gap=0)

    def _show_by(self, by: str) -> None:
        self.model.show_by(by)
        self.groups.choose(0)

    def _show_group(self, group: Group) -> None:
        self.table.show_places(group.places)
        self.view.scrollToTop()
        if group.places:
            self.view.setCurrentIndex(self.table.index(0, 0))
        self._show_whole(0 if group.places else -1)

    def _toggled(self) -> None:
        self.table.redraw()
        self.changed.emit()

    def _taken(self) -> None:
        self.model.redraw()
        self.changed.emit()

    def _show_whole(self, number: int) -> None:
        """The three sides of one change without a cut, and what to know of it."""
        self.other.hide()
        if not 0 <= number < self.table.rowCount():
            for label in (*self._full, self._note):
                label.setText("")
            return
        home = self.choices.home
        change = home.changes[self.table.places[number]]
        for label, words in zip(self._full, sides(home, change), strict=True):
            label.setText(words or NOTHING)
        if change.state == "unknown":
            self._full[0].setText(UNKNOWN)
        self.other.setVisible(self.choices.is_new_provider(change))
        said = {"conflict": CONFLICT, "unknown": SENT_UNKNOWN}.get(change.state, "")
        contract = home.contracts[change.contract]
        where = f"{contract.name}, {home.fields[change.name].label} (row {change.row:,} of the workbook)."
        self._note.setText(" ".join(filter(None, (where, said, change.note))))

    def _choose_provider(self) -> None:
        """Say which provider, of those that are there, a name of the workbook means."""
        place = self.table.places[self.view.currentIndex().row()]
        named = str(self.choices.home.changes[place].theirs)
        options = sorted(self.choices.home.providers.titles.items(), key=lambda o: o[1].casefold())
        dialog = PickDialog(self, f"Who is “{named}”?", options)
        picked = dialog.picked() if dialog.exec() else None
        dialog.deleteLater()
        if picked is not None:
            self.choices.use_provider(named, picked.id)
            self.table.redraw()
            self._taken()
            self._show_whole(self.view.currentIndex().row())


class RowsPanel(QWidget):
    """A sentence, buttons, and a list of rows."""

    changed = Signal()

    def __init__(self, words: str, table: TakeTable, name: str, presses: Sequence[QWidget]) -> None:
        super().__init__()
        self.table = table
        self.view = TakeView(table, name)
        table.taken_changed.connect(self.changed)
        head = row(gap=8, margins=(24, 12, 24, 12))
        head.addWidget(text(words, "soft", wrap=True), 1)
        for press in presses:
            head.addWidget(press)
        self.setLayout(col(head, line(), row(self.view, margins=(12, 0, 12, 0)), gap=0))
        if table.rowCount():
            self.view.setCurrentIndex(table.index(0, 0))


def new_panel(choices: HomeChoices) -> RowsPanel:
    """The new rows, which can be taken one by one, all or none."""
    table = NewTable(choices)
    every, none = button("Take all"), button("Take none")
    made = RowsPanel(NEW, table, "New rows", [every, none])
    for press, on in ((every, True), (none, False)):
        press.clicked.connect(partial(_take_all, table, on))
    return made


def missing_panel(choices: HomeChoices) -> RowsPanel:
    """The missing contracts; each button decides on the rows that are chosen."""
    table = MissingTable(choices)
    presses = [(button(words), decision) for decision, words in DECISIONS]
    made = RowsPanel(MISSING, table, "Missing contracts", [press for press, _ in presses])
    for press, decision in presses:
        press.clicked.connect(partial(_decide, made, table, decision))
    return made


def _take_all(table: TakeTable, on: bool, _checked: bool = False) -> None:
    table.take(range(table.rowCount()), on)
    table.redraw()
    table.taken_changed.emit()


def _decide(made: RowsPanel, table: MissingTable, decision: Decision, _checked: bool = False) -> None:
    table.decide(made.view.chosen_rows(), decision)
