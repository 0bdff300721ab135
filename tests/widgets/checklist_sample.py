"""A small checklist with every kind of answer, for tests of the widgets that show one."""

from dataclasses import replace

from widgets.checklist_data import (
    Band,
    ChecklistData,
    GateData,
    GateState,
    MatrixWords,
    Option,
    PartData,
    PartKind,
    QuestionData,
    SectionData,
    SummaryData,
)

MATRIX = MatrixWords(
    ("Rare", "Unlikely", "Possible", "Likely", "Almost certain"),
    ("Negligible", "Minor", "Moderate", "Major", "Catastrophic"),
    (Band(1, "Low", "green"), Band(4, "Moderate"), Band(8, "High", "amber"), Band(15, "Extreme", "red")),
)
COLOURS = tuple(Option(word.lower(), word) for word in ("Red", "Blue", "Green"))
CLOSED = GateData(GateState.CLOSED, "Gate closed: needs Yes or a waiver", may_waive=True)


def question(number: int, kind: PartKind, **more: object) -> QuestionData:
    """A question of one part."""
    columns = (PartData("shade", PartKind.CHOICE, "Shade", COLOURS),) if kind is PartKind.ROWS else ()
    part = PartData("answer", kind, f"Part {number}", options=COLOURS, matrix=MATRIX, columns=columns)
    asked = QuestionData(f"Q{number}", f"{number:02}", f"Question {number}?", (part,), guidance="Look twice.")
    return replace(asked, **more)  # type: ignore[arg-type]


def with_value(asked: QuestionData, value: object, **more: object) -> QuestionData:
    """The question with its first part answered."""
    first = replace(asked.parts[0], value=value)  # type: ignore[arg-type]
    return replace(asked, parts=(first, *asked.parts[1:]), answered=value is not None, **more)  # type: ignore[arg-type]


def one_of_each() -> tuple[QuestionData, ...]:
    """A question for every kind; the first takes yes, partly or no."""
    return tuple(question(place, kind) for place, kind in enumerate(PartKind, start=1))


def checklist(questions: tuple[QuestionData, ...] = (), *, read_only: bool = False) -> ChecklistData:
    """A checklist of two sections holding these questions, or one of each kind."""
    asked = questions or one_of_each()
    half = (len(asked) + 1) // 2
    sections = [("A", "Case for change", asked[:half]), ("B", "Contract position", asked[half:])]
    made = tuple(
        SectionData(letter, title, sum(q.answered for q in some), len(some), some)
        for letter, title, some in sections
        if some
    )
    done = sum(q.answered for q in asked)
    summary = SummaryData(done, len(asked), sign_reason="Sign-off opens when every gate is open.")
    return ChecklistData("Decommissioning decision", made, summary, read_only)
