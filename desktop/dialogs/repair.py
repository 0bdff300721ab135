"""Making a new file of what can be read of a damaged one: where to, how far it is, and what came back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QLayout, QStackedLayout, QWidget

from desktop.apart import Apart
from desktop.file_names import ENDING, FILES, with_ending
from desktop.messages import copy_message
from storage.engine.repair.recovery import SECTIONS, Came, Recovery
from storage.engine.repair.repairing import repairing
from storage.engine.steps import Progress
from widgets.parts import Item, ProgressLine, breakable, button, col, pill, row, scroll, text
from widgets.shown import set_title

MOST = 200  # lines of one part of the report that are shown; all are in the text beside the file
HELP = (
    "Everything that can still be read is put into a new file: from its own pages, from its history and from the "
    "newest backup that is sound. The damaged file is not touched."
)


class RepairDialog(QDialog):
    """Asks where to, repairs, and shows the report; `made` is the repaired file once the user wants it opened."""

    def __init__(self, parent: QWidget | None, path: Path) -> None:
        super().__init__(parent)
        set_title(self, "Repair")
        self.resize(760, 560)
        self.made: Path | None = None
        self._path, self._target = path, free_name(path)
        self._work: Apart | None = None
        self._stack = QStackedLayout(self)
        self._say_where()

    def _show(self, *items: Item) -> None:
        page = QWidget()
        page.setLayout(col(*items, gap=12, margins=24))
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)

    # ---- where to

    def _say_where(self, wrong: str = "") -> None:
        go, other, cancel = button("Repair", "primary"), button("Choose another place…"), button("Cancel")
        go.clicked.connect(self._begin)
        other.clicked.connect(self._choose)
        cancel.clicked.connect(self.reject)
        self._show(
            text(f"Repair {self._path.name}", "title", wrap=True),
            text(HELP, "prose", wrap=True),
            *([text(breakable(wrong), "", "red", wrap=True)] if wrong else []),
            text("The new file", "label"),
            text(breakable(str(self._target)), "medium", wrap=True),
            row(other, None),
            None,
            row(None, cancel, go),
        )
        go.setFocus()

    def _choose(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, "The repaired file", str(self._target), FILES)
        if name:
            self._target = with_ending(Path(name), ENDING)
            self._say_where()

    # ---- working

    def _begin(self) -> None:
        self._now, self._bar = text("Making a copy to work on", "soft", wrap=True), ProgressLine()
        self._show(text(f"Repairing {self._path.name}", "title", wrap=True), self._now, self._bar, None)
        self._work = Apart(partial(repairing, self._path, self._target))
        self._work.told.connect(self._tell)
        self._work.finished.connect(self._ended)
        self._work.failed.connect(self._say_where)
        self._work.start()

    def _tell(self, progress: object) -> None:
        if isinstance(progress, Progress):
            self._bar.set_share(progress.done / max(progress.total, 1))
            self._now.setText(progress.doing)

    def reject(self) -> None:
        """Close; work that has begun ends before its next part and leaves nothing behind."""
        if self._work is not None:
            self._work.cancel()
        super().reject()

    # ---- what came back

    def _ended(self, recovery: object) -> None:
        self._work = None
        if isinstance(recovery, Recovery):
            self._show_recovery(recovery)

    def _show_recovery(self, recovery: Recovery) -> None:
        go, copy, close = (
            button("Open the repaired file", "primary"),
            button("Copy the report"),
            button("Close"),
        )
        go.clicked.connect(partial(self._open, recovery.made))
        copy.clicked.connect(partial(copy_message, recovery.text))
        close.clicked.connect(self.reject)
        state = pill("All of it", "green") if recovery.whole else pill("Look at the list", "amber")
        report = col(*(_came(came) for came in recovery.tables), gap=4)
        for title, part in SECTIONS.items():
            report.addLayout(_section(title, getattr(recovery, part)))
        report.addStretch(1)
        kept = f"Kept as text in {recovery.kept[0].name}, beside the repaired file." if recovery.kept else ""
        self._show(
            row(text("What came back", "title"), None, state),
            text(recovery.headline, "fact", wrap=True),
            text(recovery.how, "soft", wrap=True),
            scroll(report),
            text(breakable(f"{recovery.made}. {kept}"), "small", wrap=True),
            row(copy, None, close, go),
        )
        go.setFocus()

    def _open(self, made: Path, _checked: bool = False) -> None:
        self.made = made
        self.accept()


def _came(came: Came) -> QLayout:
    note = f", {came.from_history:,} of them from the history" if came.from_history else ""
    across = row(text(came.label, "medium"), text(f"{came.recovered:,}{note}", "soft"), None)
    if came.missing:
        across.addWidget(pill(f"{came.missing:,} missing", "red"))
    return across


def _section(title: str, lines: Sequence[str]) -> QLayout:
    """One part of the report; nothing when it is empty."""
    shown = [text(f"• {words}", wrap=True) for words in lines[:MOST]]
    if len(lines) > MOST:
        shown.append(text(f"{len(lines) - MOST:,} more are in the text beside the file.", "soft"))
    return col(12, text(title, "label"), *shown, gap=4) if shown else col()


def free_name(path: Path) -> Path:
    """A name for the repaired file that nothing has."""
    made, again = path.with_name(f"{path.stem} repaired{ENDING}"), 2
    while made.exists():
        made, again = path.with_name(f"{path.stem} repaired ({again}){ENDING}"), again + 1
    return made


def repaired(parent: QWidget | None, path: Path) -> Path | None:
    """Repair a file into a new one; the new file, or None when the user wants none."""
    dialog = RepairDialog(parent, path)
    dialog.exec()
    dialog.deleteLater()
    return dialog.made
