"""The reference lists that templates draw on: groups, domains, scales and limits, each entry with its days."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files

from storage.checklists.parts import Option
from storage.rules.risks import Band, Scales, possible_scores, scales


@dataclass(frozen=True, slots=True)
class ListEntry:
    """One entry of a list: its value, its words, and the days between which it holds.

    `number` is the figure of a limit, or the highest score of a band; `colour` and `escalate_to` belong to bands.
    """

    list: str
    value: str
    label: str
    number: int | None = None
    colour: str = ""
    escalate_to: str = ""
    from_on: date | None = None
    until: date | None = None
    source: str = ""

    def holds_on(self, day: date | None) -> bool:
        """Whether it is in force on a day; without a day, whether it has no end."""
        if day is None:
            return self.until is None
        return (self.from_on is None or self.from_on <= day) and (self.until is None or day <= self.until)


class Lists:
    """Lists as they hold on one day, by name."""

    def __init__(self, entries: Iterable[ListEntry], day: date | None = None) -> None:
        self._lists: dict[str, list[ListEntry]] = {}
        for entry in entries:
            kept = self._lists.setdefault(entry.list, [])
            if entry.holds_on(day) and all(other.value != entry.value for other in kept):
                kept.append(entry)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all lists."""
        return tuple(sorted(self._lists))

    def entries(self, name: str) -> tuple[ListEntry, ...]:
        """The entries of a list in their order; empty for a list that is not there."""
        return tuple(self._lists.get(name, ()))

    def options(self, name: str) -> tuple[Option, ...]:
        """The entries of a list as options; empty for a list that is not there."""
        return tuple(Option(entry.value, entry.label) for entry in self.entries(name))

    def scales(self) -> Scales | None:
        """The matrix with the bands of these lists; None where they leave a score out, or are those of the program."""
        bands, lowest = [], 1
        for each in self.entries("risk_bands"):
            highest = each.number or 0
            bands.append(Band(each.label, lowest, highest, each.colour, each.escalate_to))
            lowest = highest + 1
        try:
            made = replace(scales(), bands=tuple(bands))
        except ValueError:
            return None
        return (
            made
            if any(_seen(made, points) != _seen(scales(), points) for points in possible_scores())
            else None
        )

    def limit(self, name: str) -> int | None:
        """The figure of a limit, or None when there is none of that name."""
        return next((entry.number for entry in self.entries("limits") if entry.value == name), None)


def _seen(words: Scales, points: int) -> tuple[str, str, str]:
    """What people see of the band of a score."""
    band = words.band(points)
    return band.name, band.colour, band.escalate_to


@cache
def shipped_entries() -> tuple[ListEntry, ...]:
    """Every entry that comes with the program, list by list."""
    text = files("resources").joinpath("reference", "checklist_lists.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    return tuple(
        ListEntry(list=name, **entry) for name, entries in table["lists"].items() for entry in entries
    )


@cache
def shipped_lists() -> Lists:
    """The lists as they come with the program."""
    return Lists(shipped_entries())
