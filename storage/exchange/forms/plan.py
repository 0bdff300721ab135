"""Holding a form that came back against the run: as sent, theirs, mine, for all that differs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial

from storage.checklists.parts import Part
from storage.checklists.structure import Question
from storage.checklists.values import Value, part_problem
from storage.desk.checklists.run_home import Taken, with_comment
from storage.desk.checklists.run_links import linked_names
from storage.desk.checklists.run_state import RunState, run_state
from storage.engine.conditions import Where
from storage.engine.errors import Refused
from storage.engine.query import Query
from storage.engine.store import Store
from storage.engine.values import long_day
from storage.exchange.forms.cells import TOO_LONG, plain_text, read_cell, words_of
from storage.exchange.forms.lines import COMMENT, EVIDENCE, MITIGATION, NOTE, REASON, Held, Line, like
from storage.exchange.forms.of_run import lines_now
from storage.exchange.forms.returned import Returned
from storage.exchange.paper.print_cells import Names
from storage.exchange.tables.sheet import Cell, Problem, SourceError
from storage.exchange.workbooks.text import clean
from storage.records.assessments import Run

_LABELS = {REASON: "Does not apply because", NOTE: "Note", EVIDENCE: "Evidence", MITIGATION: "Mitigation",
           COMMENT: "Comment"}  # fmt: skip
UNKNOWN = "This question is not in the checklist as it is now, so it was left out: {}."
NOT_FOR_IT = "This question always applies, so a reason why it does not was left out."


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell that came back other than the run has it; `base` is as it was sent."""

    label: str
    base: str
    theirs: str
    mine: str
    conflict: bool


@dataclass(frozen=True, slots=True)
class Change:
    """All that differs on one question, taken or left as a whole, and what the answer then is."""

    question: Question
    differences: tuple[Difference, ...]
    taken: Taken

    @property
    def conflict(self) -> bool:
        """Whether something of it was changed here as well since it was sent, or what was sent is not known."""
        return any(each.conflict for each in self.differences)


@dataclass
class FormHome:
    """The outcome for one form. `problems` could not be read and are left as they are here."""

    source: str
    run: int
    title: str
    by: str
    exported: str
    read: int
    changes: tuple[Change, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    rows_are: str = "Row"  # or "Page": what the numbers of the problems count
    warning: str = ""  # why nothing of it should be taken unread

    @property
    def label(self) -> str:
        """The step that takes it over."""
        return f"Bring home {self.source} into {self.title}"

    @property
    def undisputed(self) -> tuple[Change, ...]:
        """What only they changed."""
        return tuple(change for change in self.changes if not change.conflict)

    @property
    def proposed(self) -> tuple[Change, ...]:
        """What is taken unless somebody says otherwise: what only they changed, or nothing after a warning."""
        return () if self.warning else self.undisputed


def plan_form(store: Store, returned: Returned, run_id: int) -> FormHome:
    """Compare a form with a run; writes nothing.

    Raises `Refused` for a signed run, SourceError for the form of another one.
    """
    state = run_state(store, run_id)
    run = state.run
    called = f"{run.reference} {run.title}".strip()
    if returned.run and returned.run != run.uuid:
        raise _not_this(store, returned, run, called)
    if run.signed_on:
        raise Refused(
            f"{called} was signed by {run.signed_by} on {long_day(run.signed_on)}, so nothing was taken. "
            "Reopen it first, with a reason."
        )
    home = FormHome(returned.source, run.key, called, returned.by, returned.facts.get("exported", ""), 0)
    home.problems += returned.problems
    home.rows_are, home.warning = returned.rows_are, _warned(store, returned, run)
    names = linked_names(store, state.template, state.answers)
    _tell_strange(state, returned, home)
    changes = (_Asked(state, q, returned, names, home).change() for q in state.template.questions)
    home.changes = tuple(change for change in changes if change is not None)
    return home


def _not_this(store: Store, returned: Returned, run: Run, called: str) -> SourceError:
    """What to say of the form of another checklist, or of the one this was carried on from."""
    other = store.by_uuid(Run, [returned.run]).get(returned.run)
    if other is not None and run.carried_from == other.key:
        return SourceError(
            f"“{returned.source}” was sent out for {other.reference} {other.title}, from which {called} was carried "
            "on. Nothing was taken.",
            f"Bring it home into {other.reference}, or send {run.reference} out again.",
        )
    named = returned.facts.get("named", "another checklist")
    return SourceError(
        f"“{returned.source}” was sent out for another checklist ({named}), not for {called}.",
        "Open that one and bring it home there.",
    )


def _warned(store: Store, returned: Returned, run: Run) -> str:
    """Why the answers may belong to other questions, or come too late; empty where nothing speaks against them."""
    sent = returned.facts.get("version", "")
    if sent and sent != run.template_version:
        return (
            f"It was sent with version {sent} of the questions, and this checklist has version {run.template_version}. "
            "Read each question again before you take its answer."
        )
    later = store.all(Run, Query(where=(Where("carried_from", "is", (run.key,)),)))
    if not later:
        return ""
    return (
        f"This checklist was carried on to {later[-1].reference}, version {later[-1].template_version}. What you take "
        f"stays here; to have it there, send {later[-1].reference} out."
    )


def _tell_strange(state: RunState, returned: Returned, home: FormHome) -> None:
    """Say which ids of the form are no question of the run, once for each question."""
    known = {question.id for question in state.template.questions}
    told: set[str] = set()
    for key, (row, cell) in returned.cells.items():
        question = key.split("/")[0].split("#")[0]
        if question not in known and question not in told:
            told.add(question)
            home.problems.append(Problem(row, "Answer", plain_text(cell), UNKNOWN.format(question)))


class _Asked:
    """Compares one question with its cells."""

    def __init__(
        self, state: RunState, question: Question, returned: Returned, names: Names, home: FormHome
    ) -> None:
        self._question, self._returned, self._names, self._home = question, returned, names, home
        self._given = state.given.get(question.id)
        self._lines = lines_now(state, question)
        self._values: Mapping[str, Value] = self._given.values if self._given else {}  # type: ignore[assignment]
        self._found: list[Difference] = []

    def change(self) -> Change | None:
        """What differs on the question; None for nothing."""
        values = self._answers()
        given = self._given
        reason = self._beside(REASON, given.reason if given and given.not_applicable else "")
        note = self._note(given.note if given else "")
        evidence = self._beside(EVIDENCE, given.evidence if given else "")
        mitigation = self._beside(MITIGATION, given.mitigation if given else "")
        note = self._comment(given.note if given else "", note)
        if not self._found:
            return None
        return Change(
            self._question,
            tuple(self._found),
            Taken(self._question.id, values, reason, note, evidence, self._home.by, mitigation),
        )

    def _tell(self, row: int, label: str, value: str, why: str) -> None:
        """Say what was left out, under the number of the question."""
        self._home.problems.append(Problem(row, f"{self._question.number} {label}", value, why))

    def _answers(self) -> dict[str, Value] | None:
        """All the answers of the question with theirs put in; None where none of theirs differs."""
        made = dict(self._values)
        found: list[tuple[Line, int, Difference]] = []
        for key, (row, cell) in self._cells():
            line = self._line(key)
            if line is None:
                if words := plain_text(cell):
                    self._tell(row, "Answer", words, UNKNOWN.format(key))
                continue
            self._home.read += 1
            differs = self._differs(line, row, cell)
            if differs is not None:
                made = line.put(made, differs[0])
                found.append((line, row, differs[1]))
        for part in {line.within.key: line.within for line, _, _ in found}.values():
            if problem := part_problem(part, made.get(part.key)):
                found = self._put_back(made, found, part, problem)
        self._found += [difference for _, _, difference in found]
        return made if found else None

    def _put_back(
        self, made: dict[str, Value], found: list[tuple[Line, int, Difference]], part: Part, problem: str
    ) -> list[tuple[Line, int, Difference]]:
        """Leave a part as it is here, since what came back does not make a whole answer, and say so."""
        wrong = [each for each in found if each[0].within is part]
        for line, row, each in wrong:
            self._tell(row, line.label, each.theirs, problem)
        made.pop(part.key, None)
        if part.key in self._values:
            made[part.key] = self._values[part.key]
        return [each for each in found if each not in wrong]

    def _cells(self) -> Iterable[tuple[str, tuple[int, Cell]]]:
        begin = f"{self._question.id}/"
        return [(key, held) for key, held in self._returned.cells.items() if key.startswith(begin)]

    def _line(self, key: str) -> Line | None:
        """The line of an id; a row that was sent and is gone here meanwhile has one as well."""
        return self._lines.get(key) or next(
            (line for each in self._lines.values() if (line := like(each, key)) is not None), None
        )

    def _differs(self, line: Line, row: int, cell: Cell) -> tuple[Held, Difference] | None:
        mine, known = line.held(self._values), line.key in self._returned.sent
        sent = self._returned.sent.get(line.key)
        if plain_text(cell) == TOO_LONG:
            return None
        try:
            theirs = read_cell(line, cell, (sent, mine), self._names)
        except ValueError as error:
            self._tell(row, line.label, plain_text(cell), str(error))
            return None
        if _same(theirs, mine) or (known and _same(theirs, sent)) or (not known and theirs is None):
            return None
        say = partial(words_of, line, names=self._names)
        conflict = not _same(mine, sent) if known else mine is not None
        return theirs, Difference(line.label, say(held=sent), say(held=theirs), say(held=mine), conflict)

    def _beside(self, kind: str, mine: str) -> str | None:
        """What came back in a cell beside the answer; None where nothing of it is to be taken."""
        key = f"{self._question.id}{kind}"
        if key not in self._returned.cells:
            return None
        row, cell = self._returned.cells[key]
        theirs, known = plain_text(cell), key in self._returned.sent
        sent = str(self._returned.sent.get(key) or "")
        if theirs == TOO_LONG or _plain(theirs) == _plain(mine):
            return None
        if (known and _plain(theirs) == _plain(sent)) or (not known and not theirs):
            return None
        if kind == REASON and not self._question.not_applicable:
            self._tell(row, _LABELS[kind], theirs, NOT_FOR_IT)
            return None
        conflict = _plain(mine) != _plain(sent) if known else bool(mine)
        self._found.append(Difference(_LABELS[kind], sent, theirs, mine, conflict))
        return theirs

    def _note(self, mine: str) -> str | None:
        """Their note; None also where it was taken before, together with their comment."""
        _, cell = self._returned.cells.get(f"{self._question.id}{NOTE}", (0, None))
        taken = with_comment(plain_text(cell), self._said(), self._home.by)
        return None if _plain(taken) == _plain(mine) else self._beside(NOTE, mine)

    def _said(self) -> str:
        _, cell = self._returned.cells.get(f"{self._question.id}{COMMENT}", (0, None))
        return plain_text(cell)

    def _comment(self, mine: str, note: str | None) -> str | None:
        """The note with their comment below it; the note alone where there is none, or where it has it already."""
        words = self._said()
        before = mine if note is None else note
        after = with_comment(before, words, self._home.by)
        if not words or after == before:
            return note
        self._found.append(Difference(_LABELS[COMMENT], "", words, "", conflict=False))
        return after


def _same(one: Held, other: Held) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return _plain(one) == _plain(other)
    return one == other


def _plain(words: str) -> str:
    """A text without what programs change when they save it."""
    return "\n".join(line.rstrip() for line in clean(words).strip().split("\n"))
