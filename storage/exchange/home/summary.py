"""What bringing a workbook home did, or would do, as the window says it and the command line prints it."""

from __future__ import annotations

from dataclasses import dataclass

from storage.engine.fields import Value
from storage.exchange.home.plan import Change, Chosen, Homecoming
from storage.exchange.tables.sheet import Problem

_STATES = {"theirs": "changed there", "conflict": "changed on both sides", "unknown": "differs"}


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of what is written, and of what is there to decide or was left out."""

    rows_read: int
    cells_changed: int
    created: int
    missing: int
    conflicts: int
    ignored: int
    problems: int

    @property
    def words(self) -> str:
        """What was written, in a sentence."""
        cells = "1 cell" if self.cells_changed == 1 else f"{self.cells_changed:,} cells"
        new = "1 contract" if self.created == 1 else f"{self.created:,} contracts"
        return f"{cells} changed and {new} added from {self.rows_read:,} rows."

    def as_data(self) -> dict[str, object]:
        """The numbers by name."""
        return {name: getattr(self, name) for name in self.__slots__}


def counts_of(home: Homecoming, chosen: Chosen) -> Counts:
    """The numbers for what is chosen. Missing, conflicts, ignored and problems are those of the workbook."""
    return Counts(
        home.rows_read,
        len(chosen.changes),
        len(chosen.new),
        len(home.missing),
        home.conflicts,
        len(home.ignored),
        len(home.problems),
    )


def details(home: Homecoming, chosen: Chosen) -> dict[str, object]:
    """Everything behind the numbers, ready for JSON."""
    return {
        "changes": [_change(home, place, place in chosen.changes) for place in range(len(home.changes))],
        "new_rows": [
            {"row": r.row, "title": r.contract.name, "note": r.note, "taken": place in chosen.new}
            for place, r in enumerate(home.new)
        ],
        "missing_contracts": [home.contracts[number].name for number in home.missing],
        "left_out": [_problem(p) for p in home.problems],
        "passed_over": [_problem(p) for p in home.ignored],
        "notes": list(home.notes),
    }


def sides(home: Homecoming, change: Change) -> tuple[str, str, str]:
    """As sent, theirs and mine in words; as sent is empty where nobody knows it."""
    field = home.fields[change.name]

    def shown(value: Value) -> str:
        return field.show(value)

    sent = shown(change.sent) if change.state != "unknown" else ""
    return sent, shown(change.theirs), shown(change.mine)


def state_words(change: Change) -> str:
    """Who changed a cell, in words."""
    return _STATES[change.state]


def _change(home: Homecoming, place: int, taken: bool) -> dict[str, object]:
    change = home.changes[place]
    sent, theirs, mine = sides(home, change)
    contract = home.contracts[change.contract]
    return {
        "row": change.row,
        "contract": contract.name,
        "reference": contract.reference,
        "field": home.fields[change.name].label,
        "as_sent": sent if change.state != "unknown" else None,
        "theirs": theirs,
        "mine": mine,
        "state": change.state,
        "note": change.note,
        "taken": taken,
    }


def _problem(problem: Problem) -> dict[str, object]:
    return {"row": problem.row, "column": problem.column, "value": problem.value, "why": problem.why}
