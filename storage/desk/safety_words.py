"""How we know your work is safe: one text, for Help and for docs/safety.md, from what the last campaign found."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib.resources import files

from storage.engine.values import long_day

Figure = int | float | str
_GROUPS = {
    "P": "When the program or the power stops",
    "D": "When the disk fails",
    "L": "Where the file lies, and who else has it",
    "M": "Earlier and later versions",
    "C": "Damaged files",
    "I": "Files that are brought in",
    "X": "Files that go out",
    "R": "Text on screen and on paper",
    "K": "Links and attachments",
    "G": "Several things at once",
    "V": "Much data",
    "S": "Privacy",
    "Y": "What the program is built from",
}
# In a few words, in full, and the figures that tell most of it, by row.
_PROMISES: tuple[tuple[str, str, Mapping[str, tuple[str, ...]]], ...] = (
    (
        "What you see as saved is saved.",
        "The program says so only once the disk holds it. It was killed in the middle of its work, and power cuts were "
        "imitated in which parts of what was written last never reached the disk.",
        {"P1": ("kills", "lost or damaged"), "P2": ("power cuts", "saves lost", "files damaged")},
    ),
    (
        "You are told the truth when saving fails.",
        "Every single thing the program asks of the disk was refused in turn, once and for good, for want of room "
        "and for other faults. Each message was then compared with what the file held.",
        {
            "P6": ("operations refused", "untrue messages", "files lost or damaged"),
            "D1": ("full disks", "edits lost"),
        },
    ),
    (
        "A new version of the program does not spoil your file.",
        "It brings the file up to date on a copy. It was stopped at any moment of that, and started again.",
        {
            "M1": ("files of earlier versions",),
            "M2": ("kills during an upgrade", "files between old and new"),
        },
    ),
    (
        "A damaged file is noticed, and not made worse.",
        "Small files were damaged at random in many ways and opened. Damage is told in plain words, and the file given "
        "stays as it was.",
        {
            "C1": ("damaged files", "crashes", "hangs", "originals changed"),
            "D7": ("files changed by one bit", "not noticed"),
        },
    ),
    (
        "There is a way back.",
        "Backups are checked when they are made and again before they are used. Disasters were staged, and the file "
        "brought back. Where there is no backup, what can still be read is collected row by row.",
        {
            "C3": (
                "% of rows back, page 1 wiped",
                "% of rows back, 1 % of pages gone",
                "% of rows back, a third cut off",
            ),
            "C4": ("disasters", "slowest, s"),
        },
    ),
    (
        "What others send you does no harm.",
        "Broken and hostile workbooks and files are read in a process of their own with limits on time and memory, and "
        "nothing in them is run.",
        {
            "I4": ("files", "uncaught", "hung", "other files or sockets opened"),
            "R1": ("texts", "foreign files"),
        },
    ),
    (
        "Nothing leaves your computer.",
        "No part of the program makes a network connection. Logs carry no names and no text of yours.",
        {"S1": ("errors provoked", "files with content"), "S3": ("network calls under strace",)},
    ),
)


@dataclass(frozen=True, slots=True)
class Tried:
    """One fault: what goes wrong, what is promised, and how it was tried last, if it was."""

    id: str
    wrong: str
    promised: str
    not_here: str = ""  # why it is not tried on the maker's machine
    tests: int = 0
    when: str = ""  # the day, as ISO has it
    size: str = ""
    machine: str = ""
    figures: Mapping[str, Figure] = field(default_factory=dict)

    @property
    def result(self) -> str:
        """How it was tried, in a few words."""
        if self.not_here:
            return f"Not tried here: {self.not_here}"
        if self.figures:
            return in_words(self.figures)
        return (
            f"{self.tests} {'test' if self.tests == 1 else 'tests'} passed" if self.tests else "Not yet run"
        )


def in_words(figures: Mapping[str, Figure]) -> str:
    """Figures as a list: counts before what they count; measures, whose names say a unit, and the rest after them."""
    return "; ".join(
        f"{value:,} {name}" if isinstance(value, int) and "," not in name else f"{name}: {value}"
        for name, value in figures.items()
    )


def last_campaign() -> list[Tried]:
    """Every row of the matrix with what the last campaign found, as it comes with the program."""
    text = files("resources").joinpath("help", "safety.json").read_text(encoding="utf-8")
    return [Tried(**row) for row in json.loads(text)]


def safety_words(rows: Sequence[Tried]) -> str:
    """The page “How we know your work is safe”, as Markdown."""
    return "\n".join([*_opening(rows), *_limits(rows), *_tables(rows)]) + "\n"


def _opening(rows: Sequence[Tried]) -> Iterator[str]:
    known = {row.id: row for row in rows}
    yield "# How we know your work is safe\n"
    yield (
        "Your file may be the only copy of years of decisions. This page says what can happen to it, what the program "
        "does then, and how often that was tried. The figures come from the tests themselves; nobody typed them.\n"
    )
    for short, full, telling in _PROMISES:
        tried = [(known[i].figures, names) for i, names in telling.items() if i in known]
        counts = [in_words({n: held[n] for n in names if n in held}) for held, names in tried]
        said = "; ".join(filter(None, counts))
        yield f"- **{short}** {full}" + (f" *Tried: {said}.*" if said else "")
    yield ""


def _limits(rows: Sequence[Tried]) -> Iterator[str]:
    dated = sorted((row.when, row.machine) for row in rows if row.when)
    yield "## What these figures can and cannot tell\n"
    if dated:
        when, machine = dated[-1]
        yield f"The last of them are of {long_day(date.fromisoformat(when))}, from one computer: {machine}."
    yield (
        "An imitated power cut takes it that what a disk reports as written is written; a worn or very cheap disk may "
        "lie. What needs a computer that was not at hand is marked as not tried. No figure replaces a backup in a "
        "second place: *File → Restore* says where yours are.\n"
    )


def _tables(rows: Sequence[Tried]) -> Iterator[str]:
    yield "## Every fault that was thought of\n"
    for letter, title in _GROUPS.items():
        yield f"### {title}\n"
        yield "| | What goes wrong | What is promised | How it was tried |"
        yield "|---|---|---|---|"
        for row in rows:
            if row.id.startswith(letter):
                yield f"| {row.id} | {row.wrong} | {row.promised} | {row.result} |"
        yield ""
