"""What the screen for a form that came back lists: each question with its differences, taken or left as a whole."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.words import count_words
from storage.exchange.forms.plan import Change, Difference, FormHome


@dataclass(frozen=True, slots=True)
class FormLine:
    """One line of the list: a question, or one thing of it that differs."""

    change: Change
    only: Difference | None = None  # None for the question

    @property
    def heading(self) -> bool:
        """Whether it is the question."""
        return self.only is None

    @property
    def whole(self) -> bool:
        """A question always has what differs below it."""
        return False

    @property
    def conflict(self) -> bool:
        """Whether it was changed here as well."""
        return self.only.conflict if self.only else self.change.conflict

    @property
    def refused(self) -> str:
        """What cannot be taken is listed apart, with its reason."""
        return ""


class FormChoices:
    """The lines in the order of the checklist, and the questions for which theirs is chosen."""

    def __init__(self, home: FormHome) -> None:
        self.home = home
        self.lines: list[FormLine] = []
        for change in home.changes:
            self.lines += [FormLine(change), *(FormLine(change, each) for each in change.differences)]
        self._theirs = {change.question.id for change in home.proposed}

    @property
    def chosen(self) -> tuple[Change, ...]:
        """The questions to be taken over, in order."""
        return tuple(change for change in self.home.changes if change.question.id in self._theirs)

    def take_line(self, line: FormLine, theirs: bool) -> None:
        """Choose a side for the question of a line."""
        if theirs:
            self._theirs.add(line.change.question.id)
        else:
            self._theirs.discard(line.change.question.id)

    def take_unless_conflict(self) -> None:
        """All that only they changed."""
        self._theirs = {change.question.id for change in self.home.undisputed}

    def take_all(self) -> None:
        """Theirs for every question."""
        self._theirs = {change.question.id for change in self.home.changes}

    def take_none(self) -> None:
        """Mine everywhere."""
        self._theirs = set()

    def side(self, line: FormLine) -> str:
        """`theirs` or `mine`."""
        return "theirs" if line.change.question.id in self._theirs else "mine"

    def title(self, line: FormLine) -> str:
        """The question with its number, or what of it differs."""
        question = line.change.question
        return line.only.label if line.only else f"{question.number}  {question.text}"

    def note(self, line: FormLine) -> tuple[str, str]:
        """Whether both sides changed it."""
        return ("Both changed it", "amber") if line.conflict else ("", "")

    def words(self, line: FormLine, side: str) -> str:
        """What a side holds, in full."""
        return str(getattr(line.only, side)) if line.only else ""

    def told(self, _line: FormLine) -> str:
        """Nothing stands before the words of theirs."""
        return ""

    @property
    def summary(self) -> str:
        """How much there is, in one sentence."""
        cells = sum(len(change.differences) for change in self.home.changes)
        conflicts = sum(change.conflict for change in self.home.changes)
        made = f"{count_words(cells, 'difference')} in {count_words(len(self.home.changes), 'question')}"
        if conflicts:
            made += f"; {count_words(conflicts, 'question was', 'questions were')} changed here too since"
        return f"{made}."
