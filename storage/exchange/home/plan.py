"""What a workbook that came home would change, cell by cell, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from storage.engine.fields import Field, Value
from storage.exchange.importing.providers import Providers
from storage.exchange.tables.sheet import Problem
from storage.records.contracts import Contract, ImportRow, Party

State = Literal["theirs", "conflict", "unknown"]
"""Only they changed it; both sides did, to different values; or nothing says what was sent."""
Decision = Literal["leave", "end", "bin"]
"""What becomes of a contract whose row is missing."""
ENDED = "Terminated"  # the status of one that is marked as ended


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that differs from the register."""

    contract: int
    name: str  # of the field
    row: int  # in the workbook
    sent: Value  # nothing where the state is unknown
    theirs: Value
    mine: Value
    state: State
    note: str = ""  # what a person should know before taking it
    doubtful: bool = False  # not taken unless somebody says so

    @property
    def proposed(self) -> bool:
        """Whether it is taken unless somebody says otherwise."""
        return self.state == "theirs" and not self.doubtful


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row that is no contract yet; it would become a draft."""

    row: int  # in the workbook
    contract: Contract
    providers: tuple[str, ...]  # by name
    remembered: ImportRow
    note: str = ""
    doubtful: bool = False

    @property
    def proposed(self) -> bool:
        """Whether it is taken unless somebody says otherwise."""
        return not self.doubtful


@dataclass
class Homecoming:
    """A workbook held against the register: nothing of it is written yet."""

    source: str
    rows_read: int = 0
    exported: str = ""  # when it was sent, as the workbook says
    told_by: Literal["workbook", "history", "nothing"] = "nothing"  # what was sent
    fields: Mapping[str, Field] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)  # by the name of the field
    contracts: dict[int, Contract] = field(default_factory=dict)  # those with changes, and those missing
    changes: list[Change] = field(default_factory=list)  # by row, then in the order of the columns
    new: list[NewRow] = field(default_factory=list)
    missing: list[int] = field(default_factory=list)  # contracts that were sent and did not come back
    problems: list[Problem] = field(default_factory=list)  # cells and rows that cannot be taken
    ignored: list[Problem] = field(default_factory=list)  # what is no matter of the register
    notes: list[str] = field(default_factory=list)
    providers: Providers = field(default_factory=Providers)
    parties: dict[int, list[Party]] = field(default_factory=dict)  # of contracts whose provider would change

    @property
    def label(self) -> str:
        """What the step is called in the history."""
        return f"Bring home {self.source}"

    @property
    def conflicts(self) -> int:
        """How many cells both sides changed."""
        return sum(change.state == "conflict" for change in self.changes)

    @property
    def nothing(self) -> bool:
        """Whether there is nothing to decide."""
        return not (self.changes or self.new or self.missing)


@dataclass(frozen=True)
class Chosen:
    """What is taken: places in `changes` and `new`, and what becomes of missing contracts."""

    changes: frozenset[int] = frozenset()
    new: frozenset[int] = frozenset()
    missing: Mapping[int, Decision] = field(default_factory=dict)

    @property
    def decided(self) -> dict[int, Decision]:
        """The missing contracts that are not left as they are."""
        return {number: what for number, what in self.missing.items() if what != "leave"}

    @property
    def count(self) -> int:
        """How many decisions would be written."""
        return len(self.changes) + len(self.new) + len(self.decided)


def proposed(home: Homecoming) -> Chosen:
    """What is taken unless somebody says otherwise: what only they changed, and new rows; nothing in doubt."""
    return Chosen(
        frozenset(i for i, change in enumerate(home.changes) if change.proposed),
        frozenset(i for i, row in enumerate(home.new) if row.proposed),
    )


def everything(home: Homecoming) -> Chosen:
    """Every change and every new row, conflicts included. Missing contracts are left: that is said one by one."""
    return Chosen(frozenset(range(len(home.changes))), frozenset(range(len(home.new))))
