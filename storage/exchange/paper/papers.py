"""What the program prints, in words and small numbers only, so that a layout never has to calculate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, ClassVar, Literal, Protocol

from storage.desk.specification.section_pictures import DrawnPicture
from storage.text.tree import Block, Heading, Runs

ChecklistState = Literal["blank", "part", "complete"]
SpecificationState = Literal["draft", "issued", "withdrawn", "redline", "together"]
GateKind = Literal["gate", "advice"]
STATES = {
    "draft": "Not yet agreed: this text may still change.",
    "issued": "Issued: the text of this version does not change.",
    "withdrawn": "No longer in force.",
    "redline": "Put in: underlined. Taken out: struck through.",
}


@dataclass(frozen=True, slots=True)
class Imprint:
    """What every page says about itself: whose it is, when and by whom it was printed, how it is marked.

    `letterhead` is a PNG, JPEG, GIF or WebP picture; anything else, or a broken one, is left out.
    `printed_on` is also the creation date inside the PDF, so the same paper gives the same bytes.
    """

    printed_on: date
    printed_by: str = ""
    organisation: str = ""
    marking: str = ""
    file_id: str = ""
    letterhead: bytes = b""
    letterhead_words: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One label and its value in words; on a form still open, an empty value leaves a line to write on."""

    label: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One tick box with its words."""

    words: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Choices:
    """A set of tick boxes: one to be ticked, or as many as apply."""

    options: tuple[Option, ...]
    label: str = ""
    several: bool = False
    kind: Literal["choices"] = field(default="choices", init=False)


@dataclass(frozen=True, slots=True)
class Written:
    """An answer in the answerer's own sentences; `lines` empty lines are printed while it is blank."""

    label: str = ""
    value: str = ""
    lines: int = 2
    kind: Literal["written"] = field(default="written", init=False)


@dataclass(frozen=True, slots=True)
class Entry:
    """A short answer: a date, sum, number, person or link. `hint` says how to write it (day, month, year)."""

    label: str = ""
    value: str = ""
    hint: str = ""
    kind: Literal["entry"] = field(default="entry", init=False)


@dataclass(frozen=True, slots=True)
class Matrix:
    """A five by five risk answer: likelihood and consequence from 1 to 5, score and band in words.

    `before` is where it stood at the last review, and `moved` says in words how it has moved since.
    """

    label: str = ""
    likelihood: int | None = None
    consequence: int | None = None
    score: str = ""
    band: str = ""
    before: tuple[int, int] | None = None
    moved: str = ""
    kind: Literal["matrix"] = field(default="matrix", init=False)


@dataclass(frozen=True, slots=True)
class Rows:
    """Answers in rows, one for each thing asked about. `blank` empty rows are printed while there is none.

    `headings` name the columns, each with what can be chosen in it and how wide it is beside the others; the first
    one is the row's own name where `named` says so.
    """

    label: str
    headings: tuple[tuple[str, str, int], ...]
    rows: tuple[tuple[str, ...], ...] = ()
    named: bool = False
    blank: int = 4
    kind: Literal["rows"] = field(default="rows", init=False)


Part = Choices | Written | Entry | Matrix | Rows


@dataclass(frozen=True, slots=True)
class GateWords:
    """What a question needs before sign-off, or (advice) what deserves a second look."""

    words: str
    kind: GateKind = "gate"


@dataclass(frozen=True, slots=True)
class QuestionPaper:
    """One numbered question with its answer. `not_asked` says why it is skipped: it is then one line.

    `asked_if` says when it is asked, `go_to` where to go on after some answers, `needs` what some answers require.
    """

    number: str
    id: str
    text: str
    parts: tuple[Part, ...]
    guidance: str = ""
    gate: GateWords | None = None
    answered: bool = False
    may_be_not_applicable: bool = False
    not_applicable: bool = False
    reason: str = ""
    note: str = ""
    evidence: tuple[str, ...] = ()
    mitigation: str = ""
    room_to_mitigate: bool = False  # lines to write one, where some answer needs it
    actions: tuple[str, ...] = ()
    waiver: str = ""
    go_to: str = ""
    asked_if: str = ""
    needs: str = ""
    not_asked: str = ""
    answered_by: str = ""


@dataclass(frozen=True, slots=True)
class SectionPaper:
    """A lettered section of a checklist."""

    letter: str
    title: str
    questions: tuple[QuestionPaper, ...]
    guidance: str = ""
    review: str = ""


@dataclass(frozen=True, slots=True)
class RiskPaper:
    """One risk on a matrix of many: the number in its square, and what the table says of it."""

    number: str
    words: str
    about: str
    place: str
    moved: str
    owner: str
    review: str


@dataclass(frozen=True, slots=True)
class BoardPaper:
    """A matrix of many risks. `squares` are the numbers in each of the 25, the gravest consequence first.

    `counts` says how many risks are in each band, `since` names the last review, and `alt` says the picture aloud.
    """

    likelihood: tuple[str, ...]
    consequence: tuple[str, ...]
    squares: tuple[tuple[str, ...], ...]
    bands: tuple[str, ...]  # what each band is called, its scores and whom it goes to
    rows: tuple[RiskPaper, ...]
    counts: str
    since: str
    alt: str


@dataclass(frozen=True, slots=True)
class ActionPaper:
    """One action with its owner and due date in words."""

    title: str
    owner: str = ""
    due: str = ""


@dataclass(frozen=True, slots=True)
class SignOff:
    """The end of a checklist: the decisions on offer (the taken one chosen), conditions and who signed.

    `signed` says how it was signed; while it is empty a line for a signature is printed.
    """

    name: str = ""
    role: str = ""
    date: str = ""
    decision: str = ""
    conditions: str = ""
    decisions: tuple[Option, ...] = ()
    signed: str = ""
    review: str = ""


@dataclass(frozen=True, slots=True)
class ChecklistPaper:
    """A checklist, blank, part-filled or complete. `guidance` off leaves out the small print of questions."""

    layout: ClassVar[str] = "checklist"
    imprint: Imprint
    template: str
    version: str
    title: str
    status: ChecklistState
    status_words: str
    sections: tuple[SectionPaper, ...]
    purpose: str = ""
    subject: str = ""
    facts: tuple[Fact, ...] = ()
    progress: str = ""
    score: str = ""
    gates: str = ""
    actions: tuple[ActionPaper, ...] = ()
    sign_off: SignOff | None = field(default_factory=SignOff)
    guidance: bool = True
    overview: tuple[tuple[str, str, str], ...] = ()  # of a summary: section, answered, what a reviewer says
    stands_out: tuple[str, ...] = ()  # of a summary: gates, waivers, warnings, and the highest risks
    board: BoardPaper | None = None  # where several risks are scored

    @property
    def document_title(self) -> str:
        """The title that PDF readers show."""
        return " – ".join(part for part in (f"{self.template} {self.title}", self.subject) if part)

    @property
    def running_title(self) -> str:
        """The first line at the top of every page."""
        return f"{self.template} {self.title}, version {self.version}"

    @property
    def running_subject(self) -> str:
        """The second line at the top of every page."""
        return self.subject or self.status_words


@dataclass(frozen=True, slots=True)
class SpecificationSection:
    """One section: its number as shown (may be empty), heading, level from 1, and text as blocks.

    `marked` is the heading with what changed in it, where two texts are compared; `uuid` says which section it is;
    of a `blank` one the blocks only say that nothing is written.
    """

    number: str
    heading: str
    blocks: tuple[Block, ...] = ()
    level: int = 1
    marked: Runs = ()
    uuid: str = ""
    blank: bool = False


def leveled(sections: Sequence[SpecificationSection]) -> Iterator[SpecificationSection]:
    """The sections with levels of heading that never skip one, as a reader who moves by headings needs."""
    last = 0
    for section in sections:
        last = top = min(max(section.level, 1), last + 1)
        blocks: list[Block] = []
        for block in section.blocks:
            if isinstance(block, Heading):
                last = min(top + block.level, last + 1)
                block = replace(block, level=last)
            blocks.append(block)
        yield replace(section, level=top, blocks=tuple(blocks))


@dataclass(frozen=True, slots=True)
class SpecificationPaper:
    """One version of a service specification. `version_words`: Version 2.1, issued 3 May 2026; or Draft."""

    layout: ClassVar[str] = "specification"
    imprint: Imprint
    title: str
    reference: str
    status: SpecificationState
    version_words: str
    sections: tuple[SpecificationSection, ...]
    facts: tuple[Fact, ...] = ()
    contents: bool = True
    kicker: str = "Service specification"
    note: str = ""  # under the words of the version; what the status says, where it is empty
    pictures: tuple[DrawnPicture, ...] = ()

    @property
    def document_title(self) -> str:
        """The title that PDF readers show."""
        return f"{self.title} – {self.version_words}"

    @property
    def state_words(self) -> str:
        """What its state means to a reader."""
        return self.note or STATES.get(self.status, "")

    @property
    def running_title(self) -> str:
        """The first line at the top of every page."""
        return " ".join(part for part in (self.reference, self.title) if part)

    @property
    def running_subject(self) -> str:
        """The second line at the top of every page."""
        return self.version_words


@dataclass(frozen=True, slots=True)
class TitledPaper:
    """What pages with a title and a subject share: both name the document and stand at the head of every page."""

    imprint: Imprint
    title: str
    subject: str

    @property
    def document_title(self) -> str:
        """The title that PDF readers show."""
        return f"{self.title} – {self.subject}"

    @property
    def running_title(self) -> str:
        """The first line at the top of every page."""
        return self.title

    @property
    def running_subject(self) -> str:
        """The second line at the top of every page."""
        return self.subject


class Paper(Protocol):
    """Anything that prints: a frozen dataclass of words and small numbers that names its layout."""

    layout: ClassVar[str]
    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def imprint(self) -> Imprint: ...
    @property
    def document_title(self) -> str: ...
    @property
    def running_title(self) -> str: ...
    @property
    def running_subject(self) -> str: ...
