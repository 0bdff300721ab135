"""The open file as the window sees it: changes as a signal, errors on one road, undo and redo."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop.work import SlicedWork
from storage.engine.errors import StorageError
from storage.engine.fields import Record, Value
from storage.engine.history import History, Step
from storage.engine.state import State
from storage.engine.steps import Changes, Progress
from storage.engine.store import Store


class Session(QObject):
    """One open file. Pages ask it to write, and listen to `changed` to draw what was written."""

    changed = Signal(object)  # Changes, after they are saved
    saved = Signal(object)  # the moment of the last save
    said = Signal(str)  # a quiet sentence for the status bar
    failed = Signal(str)  # what happened, what was kept, what to do
    closing = Signal()  # the file is about to be closed: nothing is read from it any more
    working = Signal(object, str)  # SlicedWork that began, and what it is called

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.store = store
        self.history = History(store)
        self.state = State(store)
        self.opened: dict[tuple[str, int], datetime] = {}  # what was looked at, by table and number
        store.steps.listeners.append(self._committed)

    @property
    def read_only(self) -> bool:
        """True when the file was opened to read."""
        return self.store.file.read_only

    def today(self) -> date:
        """Today's date; tests and the sample set another."""
        return self.store.today()

    def looked_at(self, table: str, number: int) -> None:
        """Remember that a record was opened."""
        self.opened[table, number] = datetime.now().astimezone()

    def _committed(self, changes: Changes) -> None:
        if changes.saved:
            self.saved.emit(datetime.now().astimezone())
        self.changed.emit(changes)

    def attempt(self, do: Callable[[], object]) -> bool:
        """Do something that writes; an error is shown to the user and False comes back."""
        try:
            do()
        except StorageError as error:
            self.failed.emit(str(error))
            return False
        return True

    def change(
        self,
        cls: type[Record],
        number: int,
        values: Mapping[str, Value],
        origin: object = None,
        called: str = "",
    ) -> bool:
        """Set fields of one record as one step; True when it is saved or was so already."""
        return self.attempt(lambda: self.store.change(cls, number, values, origin=origin, called=called))

    def run(self, work: Iterator[Progress], words: str, done: Callable[[], object] | None = None) -> None:
        """Run long work in slices, behind a sheet when it takes more than one; errors come on the usual road."""
        job = SlicedWork(work, self)
        job.failed.connect(self.failed)
        if done is not None:
            job.finished.connect(done)
        for ended in (job.finished, job.failed, job.cancelled):
            ended.connect(job.deleteLater)
        if not job.start():
            self.working.emit(job, words)

    def undo(self) -> None:
        """Undo the last step, or say why undo stops."""
        self._travel(self.history.undo, self.history.next_undo(), "Undone")

    def redo(self) -> None:
        """Bring back the last undone step."""
        self._travel(self.history.redo, self.history.next_redo(), "Redone")

    def _travel(self, begin: Callable[[], Iterator[Progress]], step: Step | None, word: str) -> None:
        try:
            work = begin()
        except StorageError as error:
            self.said.emit(str(error))
            return
        words = f"{word}: {step.label if step else ''}"
        self.run(work, words, partial(self.said.emit, words))

    def close(self) -> None:
        """Close the file, after everybody who meant to read it in a moment was told."""
        self.closing.emit()
        self.store.close()
