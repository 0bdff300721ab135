"""What the merge screen lists: each record with its differences, and which side is chosen for each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desktop.words import count_words
from storage.engine.fields import RECORDS
from storage.engine.merge.joining import BINNED, Difference, Joining


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list: the heading of a record, or one field of it."""

    of: tuple[Difference, ...]  # a heading has all of its record
    heading: bool

    @property
    def only(self) -> Difference:
        """The difference of a field, or the first of a record."""
        return self.of[0]

    @property
    def whole(self) -> bool:
        """A record that only one side has: taken or left as a whole."""
        return self.heading and not self.only.field

    @property
    def conflict(self) -> bool:
        """Whether both sides changed it."""
        return any(d.conflict for d in self.of)

    @property
    def refused(self) -> str:
        """Why nothing of it can be taken."""
        return self.only.refused if all(d.refused for d in self.of) else ""


class Choices:
    """The lines in their order, conflicts first, and the differences for which theirs is chosen."""

    def __init__(self, joined: Joining) -> None:
        self.joined = joined
        groups: dict[tuple[str, str], list[Difference]] = {}
        for each in joined.differences:
            groups.setdefault((each.table, each.uuid), []).append(each)
        self.lines: list[Line] = []
        for found in groups.values():
            self.lines.append(Line(tuple(found), True))
            self.lines += [Line((d,), False) for d in found if d.field]
        self.records = len(groups)
        self._theirs: set[Difference] = set()
        self._said: dict[tuple[Difference, bool, str], str] = {}
        self.take_unless_conflict()

    # ---- choosing

    @property
    def chosen(self) -> list[Difference]:
        """The differences to be taken over, in order."""
        return [d for d in self.joined.differences if d in self._theirs]

    def take(self, some: Iterable[Difference], theirs: bool) -> None:
        """Choose a side for some differences; what cannot be taken stays as it is here."""
        found = {d for d in some if not d.refused}
        self._theirs = self._theirs | found if theirs else self._theirs - found

    def take_line(self, line: Line, theirs: bool) -> None:
        """Choose a side for a line; a heading chooses for its record."""
        self.take(line.of, theirs)

    def take_all(self) -> None:
        """Theirs wherever it can be."""
        self.take(self.joined.differences, True)

    def take_none(self) -> None:
        """Mine everywhere."""
        self._theirs = set()

    def take_unless_conflict(self) -> None:
        """What only they changed from them, what both changed as it is here: how the screen begins."""
        self._theirs = {d for d in self.joined.differences if not d.conflict and not d.refused}

    def side(self, line: Line) -> str:
        """`theirs`, `mine`, or `both` for a record of which some fields are taken."""
        taken = sum(d in self._theirs for d in line.of)
        return "mine" if not taken else "theirs" if taken == len(line.of) else "both"

    # ---- words

    def told(self, line: Line) -> str:
        """Why theirs cannot be taken; empty when it can."""
        return line.refused

    def title(self, line: Line) -> str:
        """What a line is about."""
        if not line.heading:
            return self._label(line.only)
        return f"{RECORDS[line.only.table].LABEL}: {line.only.name}"

    def _label(self, of: Difference) -> str:
        field = self.joined.field(of)
        return field.label if field else "The bin" if of.field == BINNED else of.field.removeprefix("own:")

    def note(self, line: Line) -> tuple[str, str]:
        """A few words for the pill of a heading, with their tone; none for a plain change."""
        first = line.only
        if line.refused:
            return "Cannot be taken", ""
        if first.is_new:
            return ("Removed here, changed there", "amber") if line.conflict else ("New there", "blue")
        if first.is_gone:
            return ("Changed here, removed there", "amber") if line.conflict else ("Removed there", "amber")
        return ("Both changed it", "amber") if line.conflict else ("", "")

    def words(self, line: Line, side: str) -> str:
        """What a side holds, in full: `base`, `theirs` or `mine`."""
        key = line.only, line.heading, side
        if key not in self._said:
            self._said[key] = self._words(line, side)
        return self._said[key]

    def _words(self, line: Line, side: str) -> str:
        if line.heading and not line.whole:
            return ""
        value = getattr(line.only, side)
        if isinstance(value, dict):
            return "\n".join(self._of_record(line.only, value))
        if line.whole:
            return "Not in the file" if side != "theirs" or not line.only.is_gone else "Removed"
        return self.joined.words(line.only.table, line.only.field, value)

    def _of_record(self, of: Difference, values: dict[str, object]) -> list[str]:
        fields = self.joined.store.fields(RECORDS[of.table])
        named = [
            (fields[n].label, self.joined.words(of.table, n, v)) for n, v in values.items() if n in fields
        ]
        return [f"{label}: {words}" for label, words in named if words]

    @property
    def summary(self) -> str:
        """How much there is, in one sentence."""
        differences = self.joined.differences
        conflicts = sum(d.conflict for d in differences)
        made = f"{count_words(len(differences), 'difference')} in {count_words(self.records, 'record')}"
        if conflicts:
            come = "comes" if conflicts == 1 else "come"
            made += f"; {count_words(conflicts, 'was', 'were')} changed on both sides and {come} first"
        return made + "."
