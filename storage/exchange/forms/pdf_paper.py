"""A form as a page with fields: each place to answer is a box of the layout, numbered, of which a field is made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import ClassVar, Literal

from storage.checklists.parts import DECIDING_KINDS, Kind, Option
from storage.checklists.structure import Section
from storage.engine.values import long_day
from storage.exchange.forms.cells import how_to, words_of
from storage.exchange.forms.lines import COMMENT, EVIDENCE, LIKELIHOOD, MITIGATION, NOTE, REASON, Held, Line
from storage.exchange.forms.of_run import Form, FormQuestion
from storage.exchange.forms.pdf_names import AT_ALL, BY, field_name, state_of, tick_name
from storage.exchange.paper.papers import Imprint
from storage.exchange.paper.print_cells import MOST_SHORT

FieldKind = Literal["text", "long", "choose", "round", "tick"]
_HINTS = {
    Kind.DATE: "day/month/year, such as 31/03/2027",
    Kind.MONEY: "in pounds",
    Kind.MONEY_BY_YEAR: "in pounds",
    Kind.NUMBER: "in digits",
    Kind.PERCENT: "per cent",
}
_WIDE = {Kind.TEXT: 4, Kind.PERSON: 4, Kind.LINK: 3, Kind.FILE: 3, Kind.NUMBER: 2, Kind.PERCENT: 2}
_FEW_COLUMNS, _SHORTER = 5, 30  # beside more columns, fewer letters of choices stand under a heading
_NAME_WIDE = 4  # of the name of a row, beside columns of 2 to 4
DOES_NOT_APPLY = "Does not apply"


@dataclass(frozen=True, slots=True)
class FieldBox:
    """One box of the page: the field it belongs to, and what that holds as it is sent.

    `state` is what a round or tick box stands for; `choices` are the words of a field that is chosen from a list.
    """

    field: str
    kind: FieldKind
    tip: str
    value: str = ""
    state: str = ""
    words: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a box stands: its number, and the words it holds, which say how high it must be."""

    n: int
    value: str = ""
    long: bool = False


@dataclass(frozen=True, slots=True)
class Ticks:
    """Boxes to tick beside their words: one of them, or as many as apply."""

    label: str
    boxes: tuple[tuple[int, str], ...]
    several: bool = False
    kind: Literal["ticks"] = "ticks"


@dataclass(frozen=True, slots=True)
class Blank:
    """A line or a field of several lines to write in."""

    label: str
    place: Place
    hint: str = ""
    long: bool = False
    narrow: bool = False
    kind: Literal["blank"] = "blank"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows to fill in. `headings` are words, how to fill in, and how wide; `names` of the rows, empty for free ones."""

    label: str
    headings: tuple[tuple[str, str, int], ...]
    rows: tuple[tuple[Place, ...], ...]
    names: tuple[str, ...] = ()
    kind: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as the page has it."""

    number: str
    text: str
    guidance: str
    parts: tuple[Ticks | Blank | Table, ...]
    beside: tuple[Blank, ...]
    reason: Blank | None = None


@dataclass(frozen=True, slots=True)
class AskedSection:
    """A lettered section with its questions."""

    letter: str
    title: str
    guidance: str
    questions: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class FormPaper:
    """A checklist to fill in on screen and send back. `boxes` are in the order of their numbers."""

    layout: ClassVar[str] = "checklist_form"
    imprint: Imprint
    template: str
    version: str
    title: str
    subject: str
    sent: str
    by: Place
    sections: tuple[AskedSection, ...]

    @property
    def document_title(self) -> str:
        """The title that PDF readers show."""
        return " – ".join(filter(None, (f"{self.template} {self.title}", self.subject, "to fill in")))

    @property
    def running_title(self) -> str:
        """The first line at the top of every page."""
        return f"{self.template} {self.title}, version {self.version}"

    @property
    def running_subject(self) -> str:
        """The second line at the top of every page."""
        return self.subject


def form_paper(form: Form, today: date, letterhead: bytes = b"") -> tuple[FormPaper, tuple[FieldBox, ...]]:
    """The page of a form, and the fields of its boxes."""
    whose, run = form.whose, form.run
    maker = _Maker(form)
    by = maker.place(
        FieldBox(field_name(f"{BY}|{run.uuid}"), "text", "Completed by: name, role and organisation")
    )
    sections = tuple(maker.section(section, questions) for section, questions in form.sections)
    sender = " · ".join(words for words in (whose.organisation, whose.keeper) if words)
    paper = FormPaper(
        imprint=Imprint(today, whose.keeper, whose.organisation, whose.marking, whose.file_id, letterhead),
        template=run.template,
        version=run.template_version,
        title=run.title,
        subject=" ".join(", ".join(filter(None, (run.reference, form.about))).split()),
        sent=f"Sent {long_day(today)}" + (f" by {sender}" if sender else ""),
        by=by,
        sections=sections,
    )
    return paper, tuple(maker.boxes)


class _Maker:
    """Numbers the boxes of a form as it lays its questions out."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self.boxes: list[FieldBox] = []

    def place(self, box: FieldBox) -> Place:
        """A box of the page."""
        self.boxes.append(box)
        return Place(len(self.boxes) - 1, box.value, box.kind == "long")

    def section(self, section: Section, questions: tuple[FormQuestion, ...]) -> AskedSection:
        """A section with what is sent of it."""
        return AskedSection(
            section.letter, section.title, section.guidance, tuple(map(self._question, questions))
        )

    def _question(self, asked: FormQuestion) -> Asked:
        question = asked.question
        parts: list[Ticks | Blank | Table] = []
        for part, lines in groupby(asked.lines, key=lambda each: each[0].within):
            held = [*lines]
            if part.kind is Kind.ROWS:
                parts.append(self._table(asked, held))
            else:
                parts += [self._part(asked, line, value) for line, value in held]
        reason = None
        if question.not_applicable:
            tip = f"{question.number} {question.text} Does not apply, because"
            box = FieldBox(field_name(f"{question.id}{REASON}"), "text", tip, asked.reason)
            reason = Blank("Or it does not apply, because", self.place(box))
        return Asked(
            question.number, question.text, asked.words, tuple(parts), tuple(self._beside(asked)), reason
        )

    def _beside(self, asked: FormQuestion) -> Iterator[Blank]:
        """What is said beside the answer; a mitigation where some answer needs one."""
        wanted = [("Note", NOTE, asked.note), ("Evidence", EVIDENCE, asked.evidence)]
        wanted += [("Mitigation", MITIGATION, asked.mitigation)] if asked.mitigates else []
        for label, kind, value in (*wanted, ("Your comment", COMMENT, "")):
            tip = f"{asked.question.number} {asked.question.text} {label}"
            box = FieldBox(field_name(f"{asked.question.id}{kind}"), "long", tip, value)
            yield Blank(label, self.place(box), long=True)

    def _part(self, asked: FormQuestion, line: Line, held: Held) -> Ticks | Blank:
        part, label, tip = line.part, _label(asked, line), _tip(asked, line)
        if part.kind is Kind.CHOICES:
            chosen = held if isinstance(held, list) else []
            boxes = [
                _tick(line, option, f"{tip} {option.label}", option.value in chosen)
                for option in part.options
            ]
            return Ticks(label, self._numbered(boxes), several=True)
        if options := options_of(line):
            chosen_now = (
                AT_ALL
                if asked.reason and _may_set_aside(asked, line)
                else state_of(str(held))
                if held
                else ""
            )
            boxes = [
                FieldBox(field_name(line.key), "round", tip, chosen_now, state_of(o.value), o.label)
                for o in options
            ]
            if _may_set_aside(asked, line):
                boxes.append(FieldBox(field_name(line.key), "round", tip, chosen_now, AT_ALL, DOES_NOT_APPLY))
            return Ticks(label, self._numbered(boxes))
        long = part.kind is Kind.TEXT
        box = FieldBox(field_name(line.key), "long" if long else "text", tip, self._words(line, held))
        hint = _HINTS.get(part.kind, "" if long else _begun_small(how_to(line)))
        return Blank(label, self.place(box), hint, long, narrow=part.kind in _HINTS)

    def _numbered(self, boxes: list[FieldBox]) -> tuple[tuple[int, str], ...]:
        return tuple((self.place(box).n, box.words) for box in boxes)

    def _table(self, asked: FormQuestion, lines: list[tuple[Line, Held]]) -> Table:
        rows = [[*row] for _, row in groupby(lines, key=lambda each: each[0].place[0])]
        part = lines[0][0].within
        most = MOST_SHORT if len(rows[0]) <= _FEW_COLUMNS else _SHORTER
        headings = [
            (_heading(line), _column_hint(line, most), _WIDE.get(line.part.kind, 3)) for line, _ in rows[0]
        ]
        names = tuple(option.label for option in part.fixed)
        if names:
            headings.insert(0, ("", "", _NAME_WIDE))
        label = "" if len(asked.question.parts) == 1 else part.label
        return Table(
            label,
            tuple(headings),
            tuple(tuple(self._cell(asked, *each) for each in row) for row in rows),
            names,
        )

    def _cell(self, asked: FormQuestion, line: Line, held: Held) -> Place:
        options, name, tip = options_of(line), field_name(line.key), _tip(asked, line)
        if options and line.part.kind is not Kind.CHOICES:
            value = next((o.label for o in options if o.value == str(held)), "")
            return self.place(FieldBox(name, "choose", tip, value, choices=tuple(o.label for o in options)))
        long = line.part.kind in (Kind.TEXT, Kind.CHOICES)
        return self.place(FieldBox(name, "long" if long else "text", tip, self._words(line, held)))

    def _words(self, line: Line, held: Held) -> str:
        """An answer as it is written in its field: in a form that is read again as the same."""
        match held:
            case None:
                return ""
            case int():
                return f"{Decimal(held) / 100:,.2f}"
            case str() if line.part.kind is Kind.DATE:
                return f"{date.fromisoformat(held):%d/%m/%Y}"
            case str() if line.part.kind in (Kind.NUMBER, Kind.PERCENT, Kind.TEXT, Kind.PERSON):
                return held
        return words_of(line, held, self._form.names)


def _tick(line: Line, option: Option, tip: str, ticked: bool) -> FieldBox:
    """A box of which several may be ticked, which is a field of its own."""
    state = state_of(option.value)
    return FieldBox(
        tick_name(line.key, option.value), "tick", tip, state if ticked else "", state, option.label
    )


def options_of(line: Line) -> tuple[Option, ...]:
    """What can be chosen: the options of its part, or the five steps of a score."""
    part = line.part
    if part.kind is not Kind.MATRIX:
        return part.options
    words = part.scales.likelihood if line.place[-1] == LIKELIHOOD else part.scales.consequence
    return tuple(Option(str(step), f"{step} {word}") for step, word in enumerate(words, start=1))


def _begun_small(words: str) -> str:
    return words[:1].lower() + words[1:]


def _may_set_aside(asked: FormQuestion, line: Line) -> bool:
    """Whether the boxes of a line have one more, which says that the question does not apply."""
    question = asked.question
    return question.not_applicable and line.part is question.first and line.part.kind in DECIDING_KINDS


def _label(asked: FormQuestion, line: Line) -> str:
    plain = len(asked.question.parts) == 1 and line.part.key == "answer" and line.part.label == "Answer"
    return "" if plain else line.label


def _tip(asked: FormQuestion, line: Line) -> str:
    """What a screen reader says of a field: the question, which part of it, and how to answer."""
    how = how_to(line) if line.part.kind is Kind.CHOICES else _HINTS.get(line.part.kind, "")
    said = [f"{asked.question.number} {asked.question.text}", _label(asked, line), how]
    return " ".join(f"{words.rstrip('.')}." if words[-1:] not in "?!" else words for words in said if words)


def _heading(line: Line) -> str:
    """The heading of a column: its label with what it waits for, and the step of a score."""
    return line.label[line.label.rfind(f": {line.part.label}") + 2 :]


def _column_hint(line: Line, most: int) -> str:
    """How a column is filled in; what can be chosen where it is no longer than this."""
    words = " / ".join(option.label for option in options_of(line))
    if line.part.kind is Kind.CHOICES:  # typed, so there is no other place that says what there is
        return f"one or more, each on a line of its own: {words}"
    if words:
        return words if len(words) <= most else "choose from the list"
    return "day/month/year" if line.part.kind is Kind.DATE else _HINTS.get(line.part.kind, "")
