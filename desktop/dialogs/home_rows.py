"""What the tables of the merge screen list: changed cells, new rows, and contracts that did not come back."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.dialogs.home_choices import DECISIONS, HomeChoices, Mark
from desktop.dialogs.home_table import Index, TakeTable
from storage.engine.values import show_day
from storage.exchange.home.plan import Decision
from storage.exchange.home.summary import sides

CONTRACT, FIELD, SENT, THEIRS, MINE = range(5)
UNKNOWN = "not known"


class ChangesTable(TakeTable):
    """The changed cells of one group: as sent, theirs, mine."""

    HEADS = ("Contract", "Field", "As sent", "Theirs", "Mine", "Take")
    SHARES = (23, 15, 15, 17, 15, 15)

    def __init__(self, choices: HomeChoices) -> None:
        super().__init__()
        self.choices = choices
        self.places: Sequence[int] = range(len(choices.home.changes))

    def show_places(self, places: Sequence[int]) -> None:
        """List other changes."""
        self.beginResetModel()
        self.places = places
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.places)

    def words(self, row: int, column: int) -> str:
        home = self.choices.home
        change = home.changes[self.places[row]]
        if column == CONTRACT:
            return home.contracts[change.contract].name
        if column == FIELD:
            return home.fields[change.name].label
        if column in (SENT, THEIRS, MINE):
            if column == SENT and change.state == "unknown":
                return UNKNOWN
            return sides(home, change)[column - SENT]
        return "Taken" if self.takes(row) else "Not taken"

    def tone(self, row: int, column: int) -> str:
        """What is going to count stands out."""
        if column == CONTRACT:
            before = self.choices.home.changes[self.places[row - 1]].contract if row else None
            return "text3" if before == self.choices.home.changes[self.places[row]].contract else "text"
        if column == FIELD:
            return "text"
        counts = column == (THEIRS if self.takes(row) else MINE)
        return "text" if counts else "text2" if column != SENT else "text3"

    def mark(self, row: int) -> Mark:
        return self.choices.mark(self.choices.home.changes[self.places[row]])

    def takes(self, row: int) -> bool:
        return self.choices.takes(self.places[row])

    def take(self, rows: Sequence[int], on: bool) -> None:
        self.choices.take([self.places[row] for row in rows], on)


class NewTable(TakeTable):
    """The rows that would become drafts."""

    HEADS = ("Row", "Reference", "Title", "Provider", "What to know", "Take")
    SHARES = (6, 11, 22, 18, 31, 12)
    LAST = 112

    def __init__(self, choices: HomeChoices) -> None:
        super().__init__()
        self.choices = choices

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.choices.home.new)

    def words(self, row: int, column: int) -> str:
        new = self.choices.home.new[row]
        taken = "Taken" if self.takes(row) else "Not taken"
        held = (
            f"{new.row:,}",
            new.contract.reference,
            new.contract.title,
            "; ".join(new.providers),
            new.note,
            taken,
        )
        return held[column]

    def mark(self, row: int) -> Mark:
        return ("Look", "amber") if self.choices.home.new[row].doubtful else ("", "")

    def takes(self, row: int) -> bool:
        return self.choices.takes_new(row)

    def take(self, rows: Sequence[int], on: bool) -> None:
        self.choices.take_new(rows, on)


class MissingTable(TakeTable):
    """The contracts that were sent and did not come back, with what becomes of them."""

    HEADS = ("Contract", "Reference", "Provider", "Ends", "What becomes of it")
    SHARES = (32, 13, 23, 12, 20)
    BOXED, LAST = False, 170

    def __init__(self, choices: HomeChoices) -> None:
        super().__init__()
        self.choices = choices

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.choices.home.missing)

    def words(self, row: int, column: int) -> str:
        home = self.choices.home
        contract = home.contracts[home.missing[row]]
        ends = show_day(contract.current_end) if contract.current_end else ""
        decision = dict(DECISIONS)[self.choices.missing[home.missing[row]]]
        return (contract.name, contract.reference, contract.provider_name, ends, decision)[column]

    def mark(self, row: int) -> Mark:
        decision = self.choices.missing[self.choices.home.missing[row]]
        return dict(DECISIONS)[decision], "" if decision == "leave" else "amber"

    def takes(self, row: int) -> bool:
        return self.choices.missing[self.choices.home.missing[row]] != "leave"

    def take(self, rows: Sequence[int], on: bool) -> None:
        """Nothing: what becomes of a missing contract is only ever said by a button that names it."""

    def decide(self, rows: Sequence[int], decision: Decision) -> None:
        """Say what becomes of some contracts."""
        for row in rows:
            self.choices.missing[self.choices.home.missing[row]] = decision
        self.redraw()
        self.taken_changed.emit()
