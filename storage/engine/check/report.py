"""What a check of a file says: what was looked at and how it was, damage, advice on safety, findings in records."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from storage.engine.conditions import Where


class Outcome(Enum):
    """How one thing that was looked at turned out."""

    GOOD = "in order"
    NOTE = "note"  # in order, with something to know or to do
    BAD = "damaged"
    UNSEEN = "not looked at"


class Remedy(Enum):
    """What can be done about a piece of advice."""

    NONE = ""
    BACK_UP = "back up"
    RESTORE = "restore"
    MOVE = "save a copy elsewhere"


@dataclass(frozen=True, slots=True)
class Looked:
    """One thing that was looked at."""

    what: str
    outcome: Outcome
    words: str


@dataclass(frozen=True, slots=True)
class Advice:
    """Something about the safety of the file that a person may act on."""

    words: str
    remedy: Remedy = Remedy.NONE


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that records lack or share; the condition finds them in their register."""

    words: str
    table: str
    where: Where | None = None


@dataclass(slots=True)
class Report:
    """What a check found. Damage is words about the file itself; the rest is for a person to weigh."""

    looked: list[Looked] = field(default_factory=list)
    damage: list[str] = field(default_factory=list)
    advice: list[Advice] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    facts: dict[str, object] = field(default_factory=dict)  # all of it may become JSON

    @property
    def verdict(self) -> str:
        """The whole of it in one word: damaged, attention or whole."""
        return "damaged" if self.damage else "attention" if self.advice else "whole"

    def enter(self, what: str, good: str, damage: list[str]) -> bool:
        """Note one thing that was looked at: the words for all being well, or its damage. True when all is well."""
        if not damage:
            self.looked.append(Looked(what, Outcome.GOOD, good))
            return True
        more = f" And {len(damage) - 1:,} more." if len(damage) > 1 else ""
        self.looked.append(Looked(what, Outcome.BAD, damage[0] + more))
        self.damage += damage
        return False

    def advise(self, what: str, words: str, remedy: Remedy = Remedy.NONE) -> None:
        """Note one thing that is in order but asks for something."""
        self.looked.append(Looked(what, Outcome.NOTE, words))
        self.advice.append(Advice(words, remedy))
