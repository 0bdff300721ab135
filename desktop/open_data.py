"""Everything as open data from the window, and a file made of it again."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QFileDialog

from desktop.commands import Run
from desktop.sheet_work import SheetWork
from desktop.window import MainWindow
from storage.engine.errors import StorageError
from storage.engine.file import OpenFile
from storage.engine.reading import Reader
from storage.engine.steps import Progress

if TYPE_CHECKING:
    from storage.exchange.whole_file import Written

PACKED, ALONE = "With the workbook and the attached files (*.zip)", "The records alone (*.json)"
ENDINGS = (".zip", ".json")
OPEN_DATA = "Open data (*.zip *.json)"


class OpenData:
    """The commands of one window that write open data and read it."""

    def __init__(self, open_file: Callable[[Path], object], window: MainWindow) -> None:
        self._open_file, self._window, self._session = open_file, window, window.session

    def runs(self) -> Mapping[str, Run]:
        """Each command with what it does."""
        return {"file.open_data": self.ask, "file.from_open_data": self.make}

    def ask(self) -> None:
        """Ask for a name, then write."""
        path = self._session.store.file.user_path
        start = str(path.with_name(f"{path.stem} {self._session.today():%Y-%m-%d}.zip"))
        name, kind = QFileDialog.getSaveFileName(
            self._window, "Everything as open data", start, f"{PACKED};;{ALONE}"
        )
        if name:
            out = Path(name)
            if out.suffix.lower() not in ENDINGS:
                out = out.with_name(out.name + (".json" if kind == ALONE else ".zip"))
            self.write(out)

    def write(self, out: Path) -> None:
        """Write everything; the window stays alive meanwhile."""
        path = self._session.store.file.user_path
        work = partial(_written, out, path, self._session.today)
        SheetWork(self._window, "Writing open data", work, self._done, store=self._session.store)

    def _done(self, result: object) -> None:
        written = cast("Written", result)
        said = (
            f"{written.path.name} written: {written.records:,} records, {written.documents:,} attached files."
        )
        self._window.status.say(said)
        if written.missing:
            self._window.messages.failed("\n".join((f"{said} Not in it:", *written.missing)))

    def make(self) -> None:
        """Choose open data, make a file of it, say what came over and open it."""
        from desktop.dialogs.copy_rows import copied
        from storage.exchange.whole_file import reading

        folder = str(self._session.store.file.user_path.parent)
        name, _ = QFileDialog.getOpenFileName(self._window, "New from open data", folder, OPEN_DATA)
        if not name:
            return
        try:
            made = copied(self._window, Path(name), reading)
        except StorageError as error:
            self._window.messages.failed(str(error))
            return
        if made is not None:
            self._open_file(made)


def _written(
    out: Path, path: Path, today: Callable[[], date], held: Path
) -> Generator[Progress, None, object]:
    """Runs on the thread, over the snapshot."""
    from storage.desk.files.attachments import attachments_folder
    from storage.exchange.whole_file import writing

    with closing(OpenFile(held, "ro")) as file:
        documents = attachments_folder(path)
        return (yield from writing(Reader(file, today), out, documents=documents, name=path.name))
