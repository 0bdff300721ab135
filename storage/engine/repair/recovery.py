"""What came back from a damaged file, counted and named, as a report that can be shown and kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from storage.engine.fields import RECORDS


@dataclass(frozen=True, slots=True)
class Came:
    """How much of one kind of record came back."""

    table: str
    recovered: int  # records in the new file, those from the history among them
    from_history: int = 0  # their own row was lost, and the history told what it held
    missing: int = 0  # records known to have existed

    @property
    def label(self) -> str:
        """What such records are called."""
        return RECORDS[self.table].PLURAL


@dataclass(frozen=True, slots=True)
class Recovery:
    """The end of a repair: where the repaired file is, how it was made and what is not as it was."""

    source: Path
    made: Path
    how: str  # one sentence
    tables: Sequence[Came] = ()
    missing: Sequence[str] = ()  # each record that did not come back, as far as it is known
    doubtful: Sequence[str] = ()  # each value that may not be what it was
    cleared: Sequence[str] = ()  # each link to something that did not come back
    steps: int = 0  # of the history that came back
    steps_lost: int = 0
    kept: Sequence[Path] = field(default=())  # files kept besides the new one

    @property
    def whole(self) -> bool:
        """Whether everything came back, as far as anyone can tell."""
        return not (self.missing or self.doubtful or self.cleared or self.steps_lost)

    @property
    def headline(self) -> str:
        """The outcome in one sentence."""
        count = sum(t.recovered for t in self.tables)
        if self.whole:
            return f"Everything came back: {count:,} records and {self.steps:,} steps of history."
        parts = [f"{count:,} records came back"]
        if lost := sum(t.missing for t in self.tables):
            parts.append(f"{lost:,} did not")
        if self.doubtful:
            parts.append(_counted(len(self.doubtful), "value to look at", "values to look at"))
        if self.cleared:
            parts.append(_counted(len(self.cleared), "link cleared", "links cleared"))
        if self.steps_lost:
            parts.append(_counted(self.steps_lost, "step of history lost", "steps of history lost"))
        return "; ".join(parts) + "."

    @property
    def text(self) -> str:
        """The whole report as plain text."""
        lines = [
            f"What came back from {self.source.name}", "", self.headline, self.how,
            f"The damaged file is as it was: {self.source}", f"The repaired file: {self.made}", "",
        ]  # fmt: skip
        for came in self.tables:
            note = f", {came.from_history:,} of them from the history" if came.from_history else ""
            lost = f"; known to be missing: {came.missing:,}" if came.missing else ""
            lines.append(f"{came.label}: {came.recovered:,}{note}{lost}")
        for title, each in SECTIONS.items():
            if listed := getattr(self, each):
                lines += ["", title, *(f"- {words}" for words in listed)]
        return "\n".join(lines) + "\n"

    def facts(self) -> Mapping[str, object]:
        """The counts, for a command line that prints JSON."""
        return {
            "repaired": str(self.made),
            "whole": self.whole,
            "tables": {t.table: {"recovered": t.recovered, "missing": t.missing} for t in self.tables},
            "doubtful": len(self.doubtful),
            "links_cleared": len(self.cleared),
            "steps": self.steps,
            "steps_lost": self.steps_lost,
        }


SECTIONS = {  # heading to the part of a recovery that is listed under it
    "Did not come back": "missing",
    "Look at these values": "doubtful",
    "Links that were cleared, because what they led to did not come back": "cleared",
}


def _counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
