"""What a window on a working copy does: publishes it, says when that was, and merges what others put there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.commands import Run
from desktop.file_names import FILES
from desktop.messages import asked
from desktop.waiting import wait_for
from desktop.window import MainWindow
from desktop.work import SlicedWork
from storage.engine.away import away
from storage.engine.errors import StorageError
from storage.engine.merge.siblings import known_steps, merged_before, with_other_changes
from storage.engine.place.door import Opened, opening_at
from storage.engine.place.shared import Sent, publishing, said
from storage.engine.steps import Progress

CLOSE, STAY = "Close, and publish the next time", "Do not close"
LOOK_AFTER = 1500  # ms after opening
MOST_NAMED = 3
MERGE, LATER = "Merge now…", "Later"


def open_path(
    parent: QWidget | None, path: Path, *, read_only: bool = False, anyway: bool = False
) -> Opened | None:
    """Open whatever path the user names; None when the user did not wait for it. Raises what opening raises."""
    work = opening_at(path, read_only=read_only, anyway=anyway)
    words = "It lies on a share or in a cloud folder, so a copy is brought to this computer to work on."
    return wait_for(parent, work, f"Fetching {path.name}", words)


class Sharing(QObject):
    """Publishing and merging for one window; for a file on this computer there is only the merging."""

    def __init__(self, window: MainWindow, done: Opened) -> None:
        super().__init__(window)
        self._window, self._session = window, window.session
        self.shared = None if window.session.read_only else done.shared
        self._parted = ""
        if self.waits_to_merge:  # said with the offer to merge, not by itself
            self._parted = " ".join(done.store.file.notices)
            done.store.file.notices.clear()
        window.may_close = self.may_close
        self._copy: Path | None = None  # beside the file, with changes that it has not
        if self.shared is not None:
            window.session.changed.connect(self.show)
            self.show()
        if not window.session.read_only:
            soon = QTimer(self, singleShot=True, interval=LOOK_AFTER)
            soon.timeout.connect(self._look_beside)
            window.closing.connect(soon.stop)
            soon.start()

    def runs(self) -> Mapping[str, Run]:
        """Each command with what it does."""
        merging: dict[str, Run] = {"file.merge": self.choose_merge}
        return merging | ({"file.publish": self.publish} if self.shared is not None else {})

    def choose_merge(self) -> None:
        """Choose another copy of the open file and merge it."""
        start = str(self._copy or self._session.store.file.user_path.parent)
        name, _ = QFileDialog.getOpenFileName(self._window, "Merge another copy of this file", start, FILES)
        if name:
            self.merge(Path(name))

    def _look_beside(self) -> None:
        """Look for copies that a cloud program put beside the file, without holding anybody up."""
        job = SlicedWork(self._looking(), self)
        job.finished.connect(job.deleteLater)
        job.start()

    def _looking(self) -> Iterator[Progress]:
        if not self._window.isVisible():
            return
        state = self._session.state
        path, known = (
            self._session.store.file.user_path,
            known_steps(self._session.store) | merged_before(state),
        )
        uuid = state.file_uuid
        found = yield from away(lambda _: with_other_changes(path, uuid, known), "Looking beside the file")
        if found:
            self._copy = found[0]
            more = " and others" if found[MOST_NAMED:] else ""
            names = ", ".join(p.name for p in found[:MOST_NAMED])
            words = f"Beside this file lies a copy that holds changes of its own: {names}{more}. Nothing was changed."
            self._window.banners.add(words, "copy", [("Merge…", "file.merge")])

    def show(self, _changes: object = None) -> None:
        """Say in the status bar what this is a copy of and when it was published."""
        if self.shared is not None:
            self._window.status.show_place(self.shared.words(self._session.store))

    def publish(self) -> Sent | None:
        """Put the working copy back and say what came of it; None when it was given up or failed."""
        if self.shared is None:
            return None
        sent = self._sent()
        if sent is Sent.GONE and asked(self._window, said(self.shared, sent), "Put it back", "Leave it"):
            sent = self._sent(anew=True)
        if sent is Sent.CHANGED:
            self._offer_merge(said(self.shared, sent))
        elif sent in (Sent.DONE, Sent.NOTHING):
            self._session.said.emit(said(self.shared, sent))
        elif sent is not None:
            self._window.messages.told(said(self.shared, sent))
        return sent

    def _sent(self, *, anew: bool = False) -> Sent | None:
        if self.shared is None:
            return None
        work = publishing(self.shared, self._session.store, anew=anew)
        try:
            return wait_for(
                self._window, work, f"Publishing {self.shared.remote.name}", self.shared.place.name
            )
        except StorageError as error:
            self._session.failed.emit(str(error))
            return None
        finally:
            self.show()

    def may_close(self) -> bool:
        """Publish before the window closes; what could not be published is told, and the user decides."""
        store = self._session.store
        if self.shared is None or self._window.hurried or not self.shared.unpublished(store):
            return True
        try:
            work = publishing(self.shared, store)
            sent = wait_for(
                self._window, work, f"Publishing {self.shared.remote.name}", self.shared.place.name
            )
            words = (
                said(self.shared, sent)
                if sent
                else "It was not published. Your work is saved on this computer."
            )
        except StorageError as error:
            sent, words = None, f"{error} Your work is saved in the working copy on this computer."
        self.show()
        return sent in (Sent.DONE, Sent.NOTHING) or asked(self._window, words, CLOSE, STAY)

    @property
    def waits_to_merge(self) -> bool:
        """Whether work of somebody else was found at opening, beside unpublished work here."""
        return self.shared is not None and self.shared.theirs is not None

    def offer_left(self) -> None:
        """Offer to merge that."""
        if self.waits_to_merge:
            self._offer_merge(self._parted)

    def _offer_merge(self, words: str) -> None:
        if self.shared is not None and self.shared.theirs and asked(self._window, words, MERGE, LATER):
            self.merge(self.shared.theirs)

    def merge(self, path: Path) -> None:
        """Compare the open file with another copy of it, and take over what the user chooses."""
        from desktop.dialogs.merge import merge_with

        merge_with(self._window, self._session, path, partial(self._merged, path))

    def _merged(self, path: Path) -> None:
        if self.shared is not None and self.shared.theirs == path:
            self.shared.merged(self._session.store)
            self.publish()
