"""The cards of the page that checks the file: verdict, damage, advice, what was looked at, facts, findings."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QVBoxLayout, QWidget

from desktop.words import count_words, time_words
from storage.engine.check.report import Finding, Outcome, Remedy, Report
from storage.engine.fields import RECORDS
from widgets.icons import IconLabel
from widgets.parts import Item, ProgressLine, breakable, button, card, col, line, link, row, text
from widgets.shown import set_tip

Do = Callable[[str], object]  # runs a command by its key
VERDICTS = {
    "whole": ("shield-check", "green", "Your file is whole",
              "Nothing is damaged, and nothing needs doing."),
    "attention": ("warning-circle", "amber_mark", "Your file is whole; its safety needs attention",
                  "Nothing is damaged. What is worth doing stands below."),
    "damaged": ("warning", "red", "Your file is damaged",
                "The check changed nothing. Either way back keeps the file as it is now."),
}  # fmt: skip
MARKS = {
    Outcome.GOOD: ("check", "green", "In order"),
    Outcome.NOTE: ("warning-circle", "amber_mark", "Worth knowing"),
    Outcome.BAD: ("x", "red", "Damaged"),
    Outcome.UNSEEN: ("minus", "text3", "Not looked at"),
}
WAYS: Mapping[Remedy, tuple[str, str]] = {
    Remedy.BACK_UP: ("Back up now", "file.backup"),
    Remedy.RESTORE: ("Restore…", "file.restore"),
    Remedy.MOVE: ("Save a copy…", "file.copy"),
}
DAMAGE_WAYS = (("Repair…", "file.repair"), ("Restore…", "file.restore"))
UNITS = ("bytes", "KB", "MB", "GB")


class RunningCard(QFrame):
    """Shown while the check runs: what it does, how far it is, and Cancel."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "card")
        self._doing, self._bar = text("", "soft"), ProgressLine()
        self._cancel = button("Cancel")
        self._cancel.clicked.connect(self._stop)
        down = QVBoxLayout(self)
        words = text("Checking your file", "fact")
        note = text("You can go on working meanwhile.", "small")
        down.addLayout(
            col(
                words, self._doing, self._bar, row(note, None, self._cancel), gap=10, margins=(16, 14, 16, 14)
            )
        )
        down.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def begin(self) -> None:
        """Show the card at the beginning of a check."""
        self._cancel.setEnabled(True)
        self.advance(0, 1, "Opening the file")
        self.show()

    def advance(self, done: int, total: int, doing: str) -> None:
        """How far it is."""
        self._bar.set_share(done / total if total else 0.0)
        if self._cancel.isEnabled():
            self._doing.setText(f"{doing}…")

    def _stop(self) -> None:
        self._cancel.setEnabled(False)
        self._doing.setText("Stopping…")
        self.cancelled.emit()


def verdict(report: Report, at: datetime) -> QWidget:
    """The answer, before anything else."""
    icon_name, tone, title, words = VERDICTS[report.verdict]
    across = row(gap=14)
    across.addWidget(IconLabel(icon_name, tone, 32), 0, Qt.AlignmentFlag.AlignTop)
    said = [text(title, "title", wrap=True), text(words, "soft", wrap=True)]
    across.addLayout(col(*said, text(f"Checked {time_words(at)}", "small"), gap=4), 1)
    return card(across, margins=(16, 16, 16, 16))


def not_checked(words: str) -> QWidget:
    """Why there is no result."""
    title = text("The file was not checked", "fact")
    return card(title, text(breakable(words), "soft", wrap=True), margins=16)


def _section(title: str, note: str, rows: list[Item]) -> QWidget:
    held: list[Item] = [text(title, "strong")]
    if note:
        held.append(text(note, "small", wrap=True))
    for each in rows:
        held += [line(), each]
    return card(*held, gap=8, margins=(16, 12, 16, 14))


def _with_buttons(words: str, *presses: QPushButton) -> Item:
    across = row(gap=12)
    across.addWidget(text(breakable(words), wrap=True), 1)
    for press in presses:
        across.addWidget(press, 0, Qt.AlignmentFlag.AlignTop)
    return across


def _command(words: str, key: str, do: Do, kind: str = "") -> QPushButton:
    press = button(words, kind)
    press.clicked.connect(partial(_run, do, key))
    return press


def _run(do: Do, key: str, _checked: bool = False) -> None:
    do(key)


def damage(report: Report, do: Do) -> QWidget | None:
    """What is damaged, and the ways out; None when nothing is."""
    if not report.damage:
        return None
    ways = [_command(words, key, do, "" if n else "primary") for n, (words, key) in enumerate(DAMAGE_WAYS)]
    rows: list[Item] = [text(breakable(words), wrap=True) for words in report.damage]
    return _section("What is damaged", "", [*rows, row(*ways, None)])


def advice(report: Report, do: Do) -> QWidget | None:
    """What is worth doing about safety; None when there is nothing."""
    if not report.advice:
        return None
    rows = []
    for each in report.advice:
        way = WAYS.get(each.remedy)
        rows.append(_with_buttons(each.words, *([_command(*way, do)] if way else [])))
    return _section("What is worth doing", "About the safety of the file", rows)


def looked(report: Report) -> QWidget:
    """Each thing that was looked at, with its mark."""
    rows: list[Item] = []
    for each in report.looked:
        name, tone, said = MARKS[each.outcome]
        across = row(gap=10)
        sign = IconLabel(name, tone, 16)
        sign.setAccessibleName(said)
        set_tip(sign, said)
        across.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        what = text(each.what, "medium", wrap=True)
        what.setFixedWidth(170)
        across.addWidget(what, 0, Qt.AlignmentFlag.AlignTop)
        across.addWidget(text(breakable(each.words), "soft", wrap=True), 1, Qt.AlignmentFlag.AlignTop)
        rows.append(across)
    return _section("What was looked at", "", rows)


def findings(report: Report, lists: Container[str], find: Callable[[Finding], object]) -> QWidget | None:
    """What the records lack or share, which has nothing to do with the safety of the file; `lists` can show some."""
    if not report.findings:
        return None
    rows = []
    for each in report.findings:
        presses = []
        if each.where is not None and each.table in lists:
            shows = link("Show")
            shows.setAccessibleDescription(each.words)
            shows.clicked.connect(partial(_found, find, each))
            presses.append(shows)
        rows.append(_with_buttons(each.words, *presses))
    return _section("In your records", "Nothing to do with safety: the file keeps what you gave it.", rows)


def _found(find: Callable[[Finding], object], finding: Finding, _checked: bool = False) -> None:
    find(finding)


def facts(report: Report) -> QWidget:
    """The file in figures."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(1, 1)
    for number, (name, words) in enumerate(_facts(report)):
        label = text(name, "label")
        grid.addWidget(label, number, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(text(breakable(words), wrap=True), number, 1)
    return card(text("Your file", "strong"), 4, grid, margins=(16, 12, 16, 14))


def _facts(report: Report) -> list[tuple[str, str]]:
    held = report.facts
    path = Path(str(held["file"]))
    told = [("Name", path.name), ("Folder", str(path.parent))]
    if isinstance(size := held.get("bytes"), int):
        told.append(("Size", size_words(size)))
    if isinstance(counts := held.get("records"), Mapping):
        told.append(("Holds", _records(counts)))
    if isinstance(steps := held.get("steps"), int):
        told.append(("Recorded steps", f"{steps:,}"))
    for key, name in (("made", "First step"), ("last_backup", "Last backup")):
        if isinstance(at := held.get(key), str):
            told.append((name, time_words(datetime.fromisoformat(at))))
    if isinstance(copies := held.get("backups"), Mapping):
        told.append(("Backups", f"{copies['copies']:,}, {size_words(copies['bytes'])} together"))
    return told


def _records(counts: Mapping[str, int]) -> str:
    named = [(RECORDS[t], n) for t, n in counts.items() if t in RECORDS and RECORDS[t].SEARCHED]
    return (
        ", ".join(count_words(n, cls.LABEL.lower(), cls.PLURAL.lower()) for cls, n in named) or "nothing yet"
    )


def size_words(size: int) -> str:
    """A number of bytes as people say it: `812 KB`, `1.4 MB`."""
    amount, unit = float(size), 0
    while amount >= 1000 and unit < len(UNITS) - 1:
        amount, unit = amount / 1000, unit + 1
    return f"{amount:,.0f} {UNITS[unit]}" if amount >= 100 or not unit else f"{amount:,.1f} {UNITS[unit]}"
