"""What is seen to once a week or a month while nobody waits: the plain copy, and one older backup read again."""

from __future__ import annotations

import logging
from collections.abc import Generator, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from desktop.apart import Apart
from desktop.background import Background
from desktop.window import MainWindow
from storage.engine.backup import plain, rechecking, thinning
from storage.engine.backup.backups import Copy, folder_of
from storage.engine.errors import StorageError
from storage.engine.steps import Progress

log = logging.getLogger(__name__)


class Upkeep(QObject):
    """Runs once after a file was opened; what goes wrong is said quietly and never stops anything."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._session = window, window.session

    def begin(self) -> None:
        """Begin what is due."""
        file, now = self._session.state.file_uuid, datetime.now(UTC)
        if words := thinning.room_words(folder_of(file)):
            self._session.said.emit(words)
        if copy := rechecking.next_to_look_at(file, now):
            work = Apart(partial(_looking, copy))
            work.finished.connect(self._looked)
            work.start()
        if plain.due(file, now) and self._session.history.latest(1):
            self._write_plainly()

    def _looked(self, copy: object) -> None:
        if isinstance(copy, Copy) and not copy.good:
            self._window.messages.told(rechecking.damaged_words(copy))

    def _write_plainly(self) -> None:
        stem, today = self._session.store.file.path.stem, self._session.today()

        def work(held: Path) -> Generator[Progress, None, object]:
            from storage.exchange.plain_zip import writing  # on the worker's thread: it brings much in

            return writing(held, stem, today)

        job = Background(self._session.store, work)
        job.failed.connect(self._session.said)
        try:
            job.start()
        except StorageError as error:
            log.warning("the plain copy of the week could not begin: %s", type(error).__name__)


def _looking(copy: Copy) -> Generator[object, None, object]:
    found: Iterator[Copy] = rechecking.looked_over([copy])
    looked = copy
    for looked in found:
        yield looked
    return looked
