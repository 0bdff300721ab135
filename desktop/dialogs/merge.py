"""Merging another copy of the open file: what is different is shown, the user chooses, and one step takes it over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QDialog, QWidget

from desktop.dialogs.merge_rows import Choices
from desktop.dialogs.merge_sides import MergeSides
from desktop.session import Session
from desktop.waiting import wait_for
from desktop.window import MainWindow
from desktop.words import count_words, time_words
from storage.engine.backup import backups
from storage.engine.errors import StorageError
from storage.engine.merge.joining import Difference, Joining, joining
from storage.engine.merge.merging import Outcome, merging
from storage.engine.merge.siblings import remember_merged
from storage.engine.place.door import opening_at
from storage.engine.steps import Progress
from widgets.parts import button, col, row, text
from widgets.shown import set_title

SIZE = (1120, 640)
BEFORE_MERGE = "before a merge"
MOST_LEFT = 8  # things not taken that are named one by one
NOTHING_NEW = "Both files hold the same. There is nothing to merge."


class MergeDialog(QDialog):
    """The differences, the choice of a side for each, and the whole of what the chosen line holds below."""

    def __init__(self, parent: QWidget, name: str, joined: Joining) -> None:
        super().__init__(parent)
        set_title(self, "Merge another copy of this file")
        room = self.screen().availableGeometry()
        self.resize(min(SIZE[0], room.width() - 40), min(SIZE[1], room.height() - 80))
        self.choices = Choices(joined)
        self.sides = MergeSides(self.choices, self)
        self.table, self.view = self.sides.table, self.sides.view
        self._go = button("Merge", "primary")
        self.sides.changed.connect(self._show_count)
        self._go.clicked.connect(self.accept)
        cancel = button("Cancel")
        cancel.clicked.connect(self.reject)
        kept = "Merging is one change that Undo takes back. Nothing is deleted, and the other file stays as it is."
        self.setLayout(
            col(
                text(f"Merge {name}", "title", wrap=True),
                text(f"{told_of(joined)} {self.choices.summary}", "soft", wrap=True),
                self.sides,
                row(text(kept, "small", wrap=True), cancel, self._go, gap=12),
                gap=12,
                margins=24,
            )
        )
        self._show_count()
        self.view.setFocus()

    def _show_count(self) -> None:
        chosen, every = len(self.choices.chosen), len(self.choices.joined.differences)
        self.sides.count.setText(f"{chosen:,} of {every:,} taken from theirs")
        self._go.setText(
            f"Merge {count_words(chosen, 'difference')}" if chosen else "Keep everything as it is here"
        )


def told_of(joined: Joining) -> str:
    """Who changed the other file since both were the same, and when last."""
    steps = joined.later.steps
    people = sorted({s.who for s in steps if s.who})
    made = f"Since both were the same, {' and '.join(people) or 'somebody'} made "
    made += f"{count_words(len(steps), 'change')} there"
    made += f", the last on {time_words(datetime.fromisoformat(steps[-1].at))}." if steps else "."
    if joined.later.left:
        made += f" {count_words(joined.later.left, 'later change')} of that file cannot be verified and are left out."
    return made


def merge_with(window: MainWindow, session: Session, path: Path, done: Callable[[], object]) -> None:
    """Compare, ask and merge; `done` is called once the user has chosen, also for keeping everything as it is."""
    try:
        joined = compare(window, session, path)
    except StorageError as error:
        window.messages.failed(str(error))
        return
    if joined is None:
        return
    if not joined.differences:
        window.messages.told(NOTHING_NEW)
        done()
        return
    head = joined.later.head

    def settled() -> None:
        remember_merged(session.state, head)
        done()

    dialog = MergeDialog(window, path.name, joined)
    agreed, chosen = bool(dialog.exec()), dialog.choices.chosen
    dialog.deleteLater()
    if agreed and chosen:
        outcome = Outcome()
        work = _backed_up_first(session, joined, chosen, f"Merge changes from {path.name}", outcome)
        session.run(work, "Merging", partial(_merged, window, outcome, settled))
    elif agreed:
        settled()


def compare(window: MainWindow, session: Session, path: Path) -> Joining | None:
    """The differences between the open file and another; None when the user gave it up. Raises `StorageError`."""
    here = session.store.file
    if any(path.exists() and p.exists() and path.samefile(p) for p in (here.path, here.user_path)):
        raise StorageError(f"{path.name} is the file that is open. Choose another copy of it.")
    other = wait_for(window, opening_at(path, read_only=True), f"Opening {path.name}")
    if other is None:
        return None
    try:
        return wait_for(window, joining(session.store, other.store.conn), f"Comparing with {path.name}")
    finally:
        other.store.close()


def _backed_up_first(
    session: Session, joined: Joining, chosen: list[Difference], label: str, outcome: Outcome
) -> Iterator[Progress]:
    yield from backups.making(session.store.file, BEFORE_MERGE)
    yield from merging(joined, chosen, label, outcome)


def _merged(window: MainWindow, outcome: Outcome, done: Callable[[], object]) -> None:
    window.session.said.emit(f"Merged {count_words(outcome.taken, 'difference')}.")
    if outcome.left:
        named = [f"{d.name}: {why}" for d, why in outcome.left[:MOST_LEFT]]
        more = len(outcome.left) - MOST_LEFT
        named += [f"And {more:,} more."] if more > 0 else []
        many = count_words(len(outcome.left), "thing was", "things were")
        window.messages.told(f"Merged, but {many} not taken. " + "\n".join(named))
    done()
