"""What is taken of a workbook that came home, and the groups in which it can be taken or refused at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from desktop.words import count_words
from storage.exchange.home.plan import Change, Chosen, Decision, Homecoming, proposed
from storage.exchange.home.words import CLEARED, STOOD_HERE
from storage.exchange.importing.import_headings import PROVIDER
from storage.exchange.importing.providers import folded

CONTRACT, FIELD = "contract", "field"
Mark = tuple[str, str]  # words for a pill, and its tone
DECISIONS: tuple[tuple[Decision, str], ...] = (
    ("leave", "Leave as it is"),
    ("end", "Mark as terminated"),
    ("bin", "Move to the bin"),
)


@dataclass(frozen=True, slots=True)
class Group:
    """Changes that are shown, taken and refused together."""

    words: str
    places: tuple[int, ...]
    heads: bool = False  # it gathers over all contracts
    conflict: bool = False  # both sides changed one of its cells


class HomeChoices:
    """Which changes, new rows and decisions are taken. It begins with what only they changed."""

    def __init__(self, home: Homecoming) -> None:
        self.home = home
        start = proposed(home)
        self._changes, self._new = set(start.changes), set(start.new)
        self.missing: dict[int, Decision] = dict.fromkeys(home.missing, "leave")

    @property
    def chosen(self) -> Chosen:
        """What would be written."""
        return Chosen(frozenset(self._changes), frozenset(self._new), dict(self.missing))

    # ---- changes

    def takes(self, place: int) -> bool:
        """Whether a change is taken."""
        return place in self._changes

    def take(self, places: Iterable[int], on: bool) -> None:
        """Take changes, or refuse them."""
        self._changes = self._changes | set(places) if on else self._changes - set(places)

    def share(self, places: Sequence[int]) -> str:
        """How much of a group is taken: `all`, `some` or `none`."""
        taken = sum(place in self._changes for place in places)
        return "none" if not taken else "all" if taken == len(places) else "some"

    def groups(self, by: str) -> list[Group]:
        """All changes, those in conflict, those in doubt, then one group for each contract or field."""
        changes = self.home.changes
        found: dict[object, list[int]] = defaultdict(list)
        for place, change in enumerate(changes):
            found[change.contract if by == CONTRACT else change.name].append(place)
        heads = [
            ("All changes", range(len(changes))),
            ("Conflicts", [i for i, c in enumerate(changes) if c.state == "conflict"]),
            ("To look at", [i for i, c in enumerate(changes) if c.doubtful and c.state != "conflict"]),
        ]
        made = [
            Group(words, tuple(places), True) for words, places in heads if places or words == "All changes"
        ]
        torn = {i for i, change in enumerate(changes) if change.state == "conflict"}
        named = [
            Group(self._called(key, by), tuple(places), conflict=not torn.isdisjoint(places))
            for key, places in found.items()
        ]
        return made + sorted(named, key=lambda group: group.words.casefold())

    def _called(self, key: object, by: str) -> str:
        if by == CONTRACT and isinstance(key, int):
            return self.home.contracts[key].name
        return self.home.fields[str(key)].label

    def mark(self, change: Change) -> Mark:
        """A few words on what is special about a change, and their tone; none for a plain one."""
        if change.state == "conflict":
            return "Conflict", "amber"
        if self.is_new_provider(change):
            return "New provider", "blue"
        if change.note.startswith(STOOD_HERE):
            return "Stood here before", ""
        if change.note.startswith(CLEARED):
            return "Cleared", "amber" if change.doubtful else ""
        if change.note:
            return "Look", "amber" if change.doubtful else ""
        return "", ""

    # ---- providers

    def is_new_provider(self, change: Change) -> bool:
        """Whether a change names a provider that is not in the file."""
        named = change.name == PROVIDER and bool(change.theirs)
        return named and folded(str(change.theirs)) not in self.home.providers.held

    def use_provider(self, named: str, number: int) -> None:
        """Let a name of the workbook mean a provider that is there, wherever it stands, and take those cells."""
        home, wanted = self.home, folded(named)
        title = home.providers.titles[number]
        home.providers.held[wanted] = number
        for place, change in enumerate(home.changes):
            if change.name == PROVIDER and folded(str(change.theirs or "")) == wanted:
                home.changes[place] = replace(change, theirs=title, note=f"“{named}” there.", doubtful=False)
                self._changes.add(place)

    # ---- new rows

    def takes_new(self, place: int) -> bool:
        """Whether a new row becomes a draft."""
        return place in self._new

    def take_new(self, places: Iterable[int], on: bool) -> None:
        """Take new rows, or leave them."""
        self._new = self._new | set(places) if on else self._new - set(places)

    # ---- words

    @property
    def button(self) -> str:
        """What the button says that writes."""
        chosen = self.chosen
        if not chosen.count:
            return "Nothing to take"
        if len(chosen.new) == chosen.count:
            return f"Add {count_words(chosen.count, 'draft')}"
        return f"Take {count_words(chosen.count, 'change' if chosen.changes else 'decision')}"

    @property
    def summary(self) -> str:
        """What would be written, in one line."""
        chosen, home = self.chosen, self.home
        said = (
            [f"{len(chosen.changes):,} of {count_words(len(home.changes), 'cell')}"] if home.changes else []
        )
        if home.new:
            said.append(f"{len(chosen.new):,} of {count_words(len(home.new), 'new row')}")
        if chosen.decided:
            said.append(f"{count_words(len(chosen.decided), 'missing contract')} decided on")
        return " · ".join(said)
