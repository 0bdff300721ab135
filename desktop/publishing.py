"""The register as it is published, from the window: written by a worker from a snapshot, then what is blank and why."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QFileDialog

from desktop.commands import Run
from desktop.file_names import with_ending
from desktop.sheet_work import SheetWork
from desktop.window import MainWindow
from storage.engine.file import OpenFile
from storage.engine.reading import Reader
from storage.engine.steps import Progress

if TYPE_CHECKING:
    from storage.exchange.published.choice import Published

GUIDE_FILES, STRICT_FILES = "As the LGA’s guide has it (*.csv)", "Strictly by the LGA’s schema (*.csv)"
RELEASES = "Open Contracting releases (*.json)"


class Publishing:
    """The commands of one window that write what is published."""

    def __init__(self, window: MainWindow) -> None:
        self._window, self._session = window, window.session

    def runs(self) -> Mapping[str, Run]:
        """Each command with what it does."""
        return {"file.lga": self.ask_lga, "file.ocds": self.ask_ocds}

    def ask_lga(self) -> None:
        """Ask for a name, and which of the two layouts it is to be."""
        name, layout = self._asked("Publish to the Transparency Code layout", "Contracts to publish", ".csv",
                                   f"{GUIDE_FILES};;{STRICT_FILES}")  # fmt: skip
        if name:
            self.publish(with_ending(Path(name), ".csv"), strict=layout == STRICT_FILES)

    def ask_ocds(self) -> None:
        """Ask for the name of a release package."""
        name, _ = self._asked("Publish as Open Contracting releases", "Contract releases", ".json", RELEASES)
        if name:
            self.publish(with_ending(Path(name), ".json"), strict=False)

    def _asked(self, title: str, called: str, ending: str, files: str) -> tuple[str, str]:
        path = self._session.store.file.user_path
        start = str(path.with_name(f"{called} {self._session.today():%Y-%m-%d}{ending}"))
        return QFileDialog.getSaveFileName(self._window, title, start, files)

    def publish(self, path: Path, *, strict: bool) -> None:
        """Write releases when the name ends in .json, else the Transparency Code layout; the window stays alive."""
        SheetWork(
            self._window,
            "Publishing the register",
            partial(_published, path, strict, self._session.today()),
            self._done,
            store=self._session.store,
        )

    def _done(self, result: object) -> None:
        from desktop.dialogs.published import PublishedDialog

        published = cast("Published", result)
        self._window.status.say(f"{published.path.name} written: {published.contracts:,} contracts.")
        PublishedDialog(self._window, published).open()


def _published(path: Path, strict: bool, today: date, held: Path) -> Generator[Progress, None, object]:
    """Runs on the thread, over the snapshot."""
    from storage.exchange.published.lga import publish_lga
    from storage.exchange.published.lga_values import GUIDE, STRICT
    from storage.exchange.published.ocds import publish_ocds

    yield Progress(0, 0, f"Writing {path.name}")
    with closing(OpenFile(held, "ro")) as file:
        reader = Reader(file, lambda: today)
        if path.suffix.lower() == ".json":
            return publish_ocds(reader, path, today)
        return publish_lga(reader, path, today, STRICT if strict else GUIDE)
