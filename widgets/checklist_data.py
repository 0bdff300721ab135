"""What the checklist view draws: plain frozen data that a page fills from a template and its answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

AnswerValue: TypeAlias = str | int | Mapping[str, int] | Sequence[str] | Sequence[Mapping[str, object]] | None
"""An answer as JSON holds it.

Words for most kinds ("yes", "partly", "no"; "red", "amber", "green"; a date as 2027-09-30), whole pence for
money, {"likelihood": 3, "consequence": 4} for a matrix, a list of words for choices, a list of rows each with its
key under "row", {"2026/27": pence} for sums by year, None for no answer.
"""


NONE_ASKED = "none asked"


class PartKind(StrEnum):
    """What sort of answer one part of a question takes."""

    YES_PARTLY_NO = "yes_partly_no"
    YES_NO = "yes_no"
    RATING = "rating"
    MATRIX = "matrix"
    TEXT = "text"
    DATE = "date"
    NUMBER = "number"
    MONEY = "money"
    PERCENT = "percent"
    CHOICE = "choice"
    CHOICES = "choices"
    PERSON = "person"
    LINK = "link"
    MONEY_BY_YEAR = "money_by_year"
    FILE = "file"
    ROWS = "rows"


class GateState(StrEnum):
    """Where the gate of a question stands; it chooses the picture and colour beside the gate's words."""

    NONE = "none"
    OPEN = "open"
    CLOSED = "closed"
    WAITING = "waiting"
    WAIVED = "waived"
    WARNS = "warns"


@dataclass(frozen=True, slots=True)
class Band:
    """One band of a risk matrix: every score from `low` up to the next band."""

    low: int
    word: str  # "High"
    tone: str = ""  # of the pill: "red" or "amber" for what wants attention, "green", or plain


@dataclass(frozen=True, slots=True)
class MatrixWords:
    """The words a 5 by 5 matrix is read with: five for each scale, and its bands from the lowest up."""

    likelihood: tuple[str, ...] = ()
    consequence: tuple[str, ...] = ()
    bands: tuple[Band, ...] = ()

    def band(self, score: int) -> Band | None:
        """The band a score falls in; None when no band is given for it."""
        reached = [band for band in self.bands if band.low <= score]
        return max(reached, key=lambda band: band.low) if reached else None


@dataclass(frozen=True, slots=True)
class Moved:
    """How a score has moved since the last review: where it stood, and the words for it; nothing where none was."""

    before: tuple[int, int] | None = None  # likelihood and consequence
    words: str = ""
    tone: str = ""  # red for worse, green for better


NOT_MOVED = Moved()


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that may be chosen: what is kept, and the words shown for it."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class PartData:
    """One typed part of a question and the answer it holds now."""

    key: str
    kind: PartKind
    label: str = ""  # may be blank when the question has one part
    options: tuple[Option, ...] = ()  # for choice and choices; suggestions for person and link
    value: AnswerValue = None
    proposal: str = ""  # a worked-out answer in words, with where it comes from
    proposed: AnswerValue = None  # what is answered when the proposal is taken
    problem: str = ""  # what is wrong with the answer, in plain words
    matrix: MatrixWords = MatrixWords()
    shown: bool = True  # False while another part's answer makes this one idle
    columns: tuple[PartData, ...] = ()  # what each row holds
    rows: tuple[Option, ...] = ()  # rows that are always there
    least: int = 0  # rows that must be there, where they are free
    worked_out: bool = False  # nobody types it
    words: str = ""  # what the record is called that the answer points to
    rows_words: Mapping[tuple[str, str], str] = field(
        default_factory=dict
    )  # the same in rows, by row and column
    moved: Moved = NOT_MOVED  # since the last review, of a score
    rows_moved: Mapping[tuple[str, str], Moved] = field(default_factory=dict)  # by row and column


@dataclass(frozen=True, slots=True)
class GateData:
    """The gate of a question."""

    state: GateState = GateState.NONE
    words: str = ""  # "Gate closed: needs Yes or a waiver"
    may_waive: bool = False  # offer the waiver; words that end in "a waiver" become its link
    waiver: str = ""  # "Waived by Dr A Mehta, 26 Nov 2026: …"


@dataclass(frozen=True, slots=True)
class ActionData:
    """One action that came out of the checklist."""

    title: str
    detail: str  # "Dr A Mehta · 4 Dec 2026"


@dataclass(frozen=True, slots=True)
class QuestionData:
    """One question with everything its card shows."""

    id: str
    number: str
    text: str
    parts: tuple[PartData, ...]
    guidance: str = ""
    gate: GateData = GateData()
    may_be_not_applicable: bool = True
    not_applicable: bool = False
    reason: str = ""  # why it does not apply
    note: str = ""
    evidence: str = ""  # one reference a line
    actions: tuple[str, ...] = ()  # titles of the actions of this question
    answered: bool = False  # counts as answered: where "next unanswered" does not stop
    not_asked: str = ""  # why it is not asked now, in words; its answers are then kept out of sight
    cited: tuple[str, ...] = ()  # facts of the shelf it rests on, in words
    condition: str = ""  # when it is asked, for one that is: "Asked if question 01 is Yes."
    mitigation: str = ""
    may_mitigate: bool = False  # some answer to it may require a mitigation
    lacks: tuple[str, ...] = ()  # what the answer given still needs: note, evidence, action, mitigation
    needs: str = ""  # the same in words; and that it is to be confirmed
    to_confirm: bool = False  # answered to another wording: to be looked at and ticked

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to answer it."""
        return not (self.not_asked or self.answered or self.not_applicable)


@dataclass(frozen=True, slots=True)
class SectionData:
    """One section: `answered` of its `applicable` questions have an answer."""

    letter: str
    title: str
    answered: int
    applicable: int
    questions: tuple[QuestionData, ...]
    review: str = ""  # "Accepted by Joy Okafor, 26 Nov 2026"
    review_tone: str = ""

    @property
    def words(self) -> str:
        """The progress in words."""
        if self.questions and not self.applicable and all(question.not_asked for question in self.questions):
            return NONE_ASKED
        return f"{self.answered} of {self.applicable}"


def progress_words(section: SectionData) -> str:
    """The progress of a section, as it stands beside its title."""
    return section.words if section.words == NONE_ASKED else f"{section.words} answered"


@dataclass(frozen=True, slots=True)
class GateCounts:
    """How many gates stand where."""

    open: int = 0
    waived: int = 0
    closed: int = 0
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class SummaryData:
    """The right-hand side: progress, score, gates, actions and whether it may be signed."""

    answered: int = 0
    applicable: int = 0
    not_applicable: int = 0
    score: str = ""  # "80%"; blank when nothing is scored yet
    score_words: str = ""  # "7 yes, 2 partly, 1 no"
    gates: GateCounts = GateCounts()
    actions: tuple[ActionData, ...] = ()
    may_sign: bool = False
    sign_reason: str = ""  # why signing is not open yet
    signed: str = ""  # "Signed by Dr A Mehta, 26 Nov 2026"
    hidden: int = 0  # questions that no condition asks

    @property
    def percent(self) -> int:
        """Whole percent answered, rounded half up, but 100 only when all are; 100 when nothing applies."""
        if self.answered >= self.applicable:
            return 100
        return min(99, (self.answered * 200 + self.applicable) // (2 * self.applicable))


@dataclass(frozen=True, slots=True)
class ChecklistData:
    """A whole checklist run as the view shows it."""

    title: str
    sections: tuple[SectionData, ...]
    summary: SummaryData = SummaryData()
    read_only: bool = False

    @property
    def questions(self) -> tuple[QuestionData, ...]:
        """Every question in order."""
        return tuple(question for section in self.sections for question in section.questions)
