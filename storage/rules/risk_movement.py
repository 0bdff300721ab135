"""How a risk has moved on the five-by-five matrix: its place then, its place now, and the words for it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from storage.rules.risks import STEPS, Scales, scales, score


class Way(StrEnum):
    """Where a score went; it is new where there was none to compare with."""

    UP = "up"
    DOWN = "down"
    SAME = "unchanged"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Place:
    """A place on the matrix, both steps from 1 to 5, with the name of the band it was in at its time."""

    likelihood: int
    consequence: int
    band: str

    @property
    def points(self) -> int:
        """Likelihood times consequence."""
        return score(self.likelihood, self.consequence)

    @property
    def steps(self) -> tuple[int, int]:
        """Likelihood and consequence."""
        return self.likelihood, self.consequence

    @property
    def words(self) -> str:
        """The place in words: 3 × 4 = 12, High."""
        return f"{self.likelihood} × {self.consequence} = {self.points}, {self.band}"


def place_of(likelihood: int | None, consequence: int | None, words: Scales | None = None) -> Place | None:
    """The place of a risk; None while a step is missing, or is none of 1 to 5."""
    if likelihood is None or consequence is None:
        return None
    if not (1 <= likelihood <= STEPS and 1 <= consequence <= STEPS):
        return None
    band = (words or scales()).band(score(likelihood, consequence))
    return Place(likelihood, consequence, band.name)


@dataclass(frozen=True, slots=True)
class Movement:
    """A place now beside the one at the last review, which is None where the risk had no score then."""

    now: Place
    before: Place | None

    @property
    def way(self) -> Way:
        """Up is worse. The score decides, as it decides the band: 2 × 3 and 3 × 2 are the same height."""
        if self.before is None:
            return Way.NEW
        moved = self.now.points - self.before.points
        return Way.UP if moved > 0 else Way.DOWN if moved else Way.SAME

    @property
    def short(self) -> str:
        """A word or three, for a cell: up from 6."""
        if self.before is None or self.way is Way.SAME:
            return self.way.value
        return f"{self.way.value} from {self.before.points}"

    @property
    def from_words(self) -> str:
        """The same with the whole place it came from, for a table: Up from 2 × 3 = 6, Moderate."""
        if self.before is None:
            return "New"
        if self.way is Way.SAME:
            moved = self.before.steps != self.now.steps
            return f"Unchanged, from {self.before.words}" if moved else "Unchanged"
        return f"{self.way.value.capitalize()} from {self.before.words}"

    def sentence(self, since: str) -> str:
        """From where to where, in words. `since` names the last review: CL-3, signed on 12 November 2025."""
        before, now = self.before, self.now
        if before is None:
            return f"New: it had no score at the last review ({since})."
        if before.steps == now.steps:
            return f"Unchanged since the last review ({since}): {now.words}."
        places = f"from {before.words}, to {now.words}"
        if self.way is Way.SAME:
            return f"The same score as at the last review ({since}), but another place: {places}."
        moved = abs(now.points - before.points)
        return f"{self.way.value.capitalize()} by {moved} since the last review ({since}): {places}."
