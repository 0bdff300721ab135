"""What is asked in a checklist that is shown: every question as it is now, and which of them are to be seen."""

from __future__ import annotations

from widgets.checklist_data import ChecklistData, QuestionData, SectionData
from widgets.checklist_places import Key


class Asked:
    """Questions and sections by their keys. What depends on them asks `seen` again after a change."""

    def __init__(self, checklist: ChecklistData) -> None:
        self.read_only = checklist.read_only
        self._questions = {question.id: question for question in checklist.questions}
        self._sections = {section.letter: section for section in checklist.sections if section.questions}
        self.letters = {q.id: section.letter for section in checklist.sections for q in section.questions}
        self._passed = frozenset(self._questions)  # questions that are to be seen
        self._show_hidden = self._only_open = False

    @property
    def ids(self) -> tuple[str, ...]:
        """Every question in order."""
        return tuple(self._questions)

    def key(self, question: str) -> Key:
        """The key of a question."""
        return self.letters.get(question, ""), question

    def question(self, question: str) -> QuestionData:
        """A question as it is now."""
        return self._questions[question]

    def section(self, letter: str) -> SectionData:
        """A section as it is now."""
        return self._sections[letter]

    def is_first(self, letter: str) -> bool:
        """Whether a section is the first."""
        return letter == next(iter(self._sections))

    def take(self, checklist: ChecklistData) -> list[Key]:
        """Take in the same checklist as it is now; gives what is to be shown differently."""
        again = checklist.read_only != self.read_only
        self.read_only = checklist.read_only
        changed: list[Key] = []
        for section in checklist.sections:
            if not section.questions:
                continue
            held = self._sections[section.letter]
            if again or _head(section) != _head(held):
                changed.append((section.letter, ""))
            self._sections[section.letter] = section
            for question in section.questions:
                was = self._questions[question.id]
                if again or (question is not was and question != was):
                    self._questions[question.id] = question
                    changed.append((section.letter, question.id))
        return changed

    def take_one(self, question: QuestionData) -> Key:
        """Take in one question."""
        self._questions[question.id] = question
        return self.key(question.id)

    def filter(self, *, show_hidden: bool, only_open: bool) -> None:
        """Choose what is seen: also what is not asked, greyed; or only what is still open at this moment.

        A question that is answered later stays in sight until this is called again.
        """
        self._show_hidden, self._only_open = show_hidden, only_open
        self._passed = frozenset(q.id for q in self._questions.values() if q.is_open or not only_open)

    def is_seen(self, question: str) -> bool:
        """Whether a question is among those that are seen."""
        asked = self._questions[question]
        if asked.not_asked:
            return self._show_hidden and not self._only_open
        return question in self._passed or (self._only_open and asked.is_open)

    def seen(self) -> list[Key]:
        """The keys of what is seen, from the top: the heading of each section before its questions."""
        found: list[Key] = []
        for letter, section in self._sections.items():
            inside = [(letter, question.id) for question in section.questions if self.is_seen(question.id)]
            if inside:
                found += [(letter, ""), *inside]
        return found


def _head(section: SectionData) -> tuple[str, ...]:
    """What the heading of a section shows."""
    return section.title, section.words, section.review, section.review_tone
