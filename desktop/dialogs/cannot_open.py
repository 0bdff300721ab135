"""Asked when a file does not open: why, in words, and every way on that there is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from desktop.file_actions import Opener
from desktop.file_names import FILES
from desktop.messages import copy_message, first_sentence
from storage.engine.backup.backups import list_copies
from storage.engine.errors import DamagedFile, ForeignFile, NotADeskFile, PerhapsInUse, StorageError
from widgets.empty import FirstAction, action_card
from widgets.icons import IconLabel
from widgets.parts import breakable, button, col, row, text
from widgets.shown import set_title

RESTORE, REPAIR, COPY, AGAIN, READ, HERE, OTHER = (
    "restore", "repair", "copy", "again", "read", "here", "other",
)  # fmt: skip
WAYS = {
    RESTORE: FirstAction("clock-counter-clockwise", "Go back to a checked copy",
                         "You choose which; the file as it is now is kept", "Restore…", RESTORE),
    REPAIR: FirstAction("first-aid-kit", "Repair it into a new file",
                        "From what can still be read and the newest sound backup; the damaged file is not touched",
                        "Repair…", REPAIR),
    COPY: FirstAction("copy", "Copy its records into a fresh file",
                      "Each value is checked; nothing in it is run or changed", "Copy…", COPY),
    AGAIN: FirstAction("arrow-clockwise", "Try again", "When the disk is connected or the other program has finished",
                       "Try again", AGAIN),
    READ: FirstAction("eye", "Only look at it", "Search, export, print and save a copy work", "Open to read", READ),
    HERE: FirstAction("warning-circle", "Use it here", "Only if you are sure that it is closed there",
                      "Use it here", HERE),
    OTHER: FirstAction("folder-open", "Open another file", "Or the same one, where it was moved to", "Open…", OTHER),
}  # fmt: skip
WIDE = 620


def ways_on(error: StorageError, path: Path) -> list[FirstAction]:
    """What can be done about a file that does not open, the best first."""
    keys: list[str] = []
    if isinstance(error, DamagedFile) or not path.exists():
        keys += [REPAIR] if path.is_file() else []
        keys += [RESTORE] if list_copies(path) else []
    elif isinstance(error, PerhapsInUse):
        keys += [READ, AGAIN, HERE]
    elif isinstance(error, ForeignFile):
        keys += [COPY, READ]
    elif not isinstance(error, NotADeskFile):
        keys += [AGAIN, READ]
    return [WAYS[key] for key in (*keys, OTHER)]


class CannotOpen(QDialog):
    """Shows what `StorageError` says and a card for each way on; `way` is the key of the one chosen, or empty."""

    def __init__(
        self, parent: QWidget | None, path: Path, error: StorageError, ways: Sequence[FirstAction]
    ) -> None:
        super().__init__(parent)
        set_title(self, "Commissioning Desk")
        self.setMinimumWidth(WIDE)
        self.way = ""
        first, rest = first_sentence(str(error))
        close, copy = button("Close"), button("Copy the words", "quiet", "copy")
        close.clicked.connect(self.reject)
        copy.clicked.connect(partial(copy_message, str(error)))
        said = text(breakable(first), "fact", wrap=True)
        more, place = (
            text(breakable(w), role, wrap=True) for w, role in ((rest, "soft"), (str(path), "small"))
        )
        more.setVisible(bool(rest))
        head = row(gap=14)
        head.addWidget(IconLabel("warning-circle", "amber_mark", 26), 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(col(said, more, place, gap=6), 1)
        cards = [action_card(way, number == 0, self._choose) for number, way in enumerate(ways)]
        self.setLayout(
            col(
                head,
                8,
                text("What you can do", "label"),
                *cards,
                4,
                row(copy, None, close),
                gap=8,
                margins=24,
            )
        )

    def _choose(self, key: str) -> None:
        self.way = key
        self.accept()


def ask_way_on(parent: QWidget | None, path: Path, error: StorageError) -> str:
    """Show why a file does not open and return the way chosen; empty when the user went away."""
    dialog = CannotOpen(parent, path, error, ways_on(error, path))
    dialog.exec()
    dialog.deleteLater()
    return dialog.way


def go_on(desk: Opener, parent: QWidget | None, path: Path, error: StorageError) -> bool:
    """Ask for a way on and take it; True when it ended with a file open."""
    return take(desk, parent, path, ask_way_on(parent, path, error))


def take(desk: Opener, parent: QWidget | None, path: Path, way: str) -> bool:
    """Take a way that was chosen; True when it ended with a file open."""
    if way == AGAIN:
        return desk.open(path)
    if way == READ:
        return desk.open(path, read_only=True)
    if way == HERE:
        return desk.open(path, anyway=True)
    if way == COPY:
        return _copy_rows(desk, parent, path)
    if way == RESTORE:
        return _restore(desk, parent, path)
    if way == REPAIR:
        return _repair(desk, parent, path)
    if way == OTHER:
        name, _ = QFileDialog.getOpenFileName(parent, "Open", str(path.parent), FILES)
        return bool(name) and desk.open(Path(name))
    return False


def _copy_rows(desk: Opener, parent: QWidget | None, path: Path) -> bool:
    from desktop.dialogs.copy_rows import copied

    try:
        made = copied(parent, path)
    except StorageError as error:
        return go_on(desk, parent, path, error)
    return made is not None and desk.open(made)


def _restore(desk: Opener, parent: QWidget | None, path: Path) -> bool:
    from desktop.dialogs.restore import RestoreDialog

    dialog = RestoreDialog(parent, path)
    copy = dialog.chosen() if dialog.exec() else None
    dialog.deleteLater()
    return copy is not None and desk.restore(path, copy, replay=dialog.replay)


def _repair(desk: Opener, parent: QWidget | None, path: Path) -> bool:
    from desktop.dialogs.repair import repaired

    made = repaired(parent, path)
    return made is not None and desk.open(made)
