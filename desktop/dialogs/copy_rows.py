"""Copies the records of somebody else's file into a fresh one: asks where, waits, and says what came over."""

from __future__ import annotations

from collections.abc import Callable, Generator
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from desktop.apart import Apart
from desktop.dialogs.texts import show_text
from desktop.file_names import ENDING, FILES, with_ending
from desktop.work import BUG
from storage.engine.errors import StorageError
from storage.engine.foreign.copying_rows import copy_rows
from storage.engine.repair.recovery import SECTIONS, Recovery
from widgets.parts import col, text
from widgets.shown import set_title

Copying = Callable[[Path, Path], Recovery]
TITLE = "Copy the records"
_WIDE = 440
_MOST_LISTED = 50  # of each sort of thing that did not come over


class CopyingRows(QDialog):
    """Waits until `copy` has made a file of the records; `ended` is then what came over, or why nothing did."""

    def __init__(self, parent: QWidget | None, source: Path, made: Path, copy: Copying = copy_rows) -> None:
        super().__init__(parent)
        set_title(self, TITLE)
        self.setWindowFlag(Qt.WindowType.WindowCloseButtonHint, False)
        self.setFixedWidth(_WIDE)
        self.ended: Recovery | StorageError | None = None
        words = (
            "It is read by a program of its own, and every value is checked. Nothing in it is run or changed."
        )
        self.setLayout(
            col(text(f"Copying the records of {source.name}", "strong", wrap=True), text(words, "soft", wrap=True),
                gap=8, margins=24)
        )  # fmt: skip
        self._job = Apart(partial(_copying, source, made, copy))
        self._job.finished.connect(self._end)
        self._job.failed.connect(self._fail)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin once it is seen."""
        super().showEvent(event)
        self._job.start()

    def _end(self, ended: object) -> None:
        if isinstance(ended, Recovery | StorageError):
            self.ended = ended
        self.accept()

    def _fail(self, words: str) -> None:
        self._end(StorageError(words))

    def reject(self) -> None:
        """It takes seconds, and half a copy is of no use: Esc does nothing."""


def _copying(source: Path, made: Path, copy: Copying) -> Generator[object, None, Recovery]:
    """The copying in one piece, which cannot be stopped half way."""
    yield from ()
    return copy(source, made)


def ask_where(parent: QWidget | None, source: Path) -> Path | None:
    """The name of the new file; None when the user went away."""
    start = str(source.with_name(f"{source.stem} copied{ENDING}"))
    name, _ = QFileDialog.getSaveFileName(parent, TITLE, start, FILES)
    return with_ending(Path(name), ENDING) if name else None


def copied(parent: QWidget | None, source: Path, copy: Copying = copy_rows) -> Path | None:
    """Copy with `copy`, and say what came over; the new file, or None when the user went away.

    Raises `StorageError` when nothing could be copied.
    """
    made = ask_where(parent, source)
    if made is None:
        return None
    dialog = CopyingRows(parent, source, made, copy)
    dialog.exec()
    dialog.deleteLater()
    if not isinstance(dialog.ended, Recovery):
        raise dialog.ended or StorageError(BUG)
    show_text(None, "What came over", report_rows(dialog.ended))
    return made


def report_rows(copied: Recovery) -> list[tuple[str, str]]:
    """The report as names and words."""
    count = sum(came.recovered for came in copied.tables)
    kinds = ", ".join(f"{came.recovered:,} {came.label.lower()}" for came in copied.tables)
    rows = [
        ("Copied", f"{count:,} records to {copied.made}"),
        ("Of these", kinds),
        ("Not copied", copied.how),
    ]
    for title, each in SECTIONS.items():
        if listed := list(getattr(copied, each)):
            more = len(listed) - _MOST_LISTED
            shown = [*listed[:_MOST_LISTED], *([f"and {more:,} more"] if more > 0 else [])]
            rows.append((title.replace("come back", "come over"), "\n".join(shown)))
    return rows
