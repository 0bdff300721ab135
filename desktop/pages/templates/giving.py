"""A template given to a colleague as one file, and one taken in, with its mistakes named by sheet, row and column."""

from __future__ import annotations

from collections.abc import Generator
from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.apart import Apart
from desktop.dialogs.texts import show_text
from desktop.session import Session
from storage.checklists.data import read_data, template_text
from storage.checklists.lists import Lists
from storage.desk.checklists import templates
from storage.engine.errors import StorageError
from storage.exchange.files_out import not_written, put_in_place, safe_name
from storage.records.templates import OwnTemplate

WORKBOOK, TEXT = "Excel workbook (*.xlsx)", "Template file (*.toml)"
MOST = 60  # mistakes listed; the rest are counted


def give_away(parent: QWidget, session: Session, held: str, title: str) -> None:
    """Ask for a name, and write a template as a workbook or as its own text."""
    folder = session.store.file.user_path.parent
    start = str(folder / safe_name(title, ".xlsx", "Template"))
    name, kind = QFileDialog.getSaveFileName(parent, "Give the template away", start, f"{WORKBOOK};;{TEXT}")
    if not name:
        return
    path = Path(name)
    if path.suffix.lower() not in (".xlsx", ".toml"):
        path = path.with_name(path.name + (".toml" if kind == TEXT else ".xlsx"))
    write(held, path)
    session.said.emit(f"{path.name} written. A colleague takes it in under Checklist templates.")


def write(held: str, path: Path) -> None:
    """Write the text of a template as the ending of the name says. Raises `StorageError`."""
    if path.suffix.lower() == ".xlsx":
        from storage.exchange.templates.workbook import write_template

        write_template(read_data(held), path)
        return
    try:
        with put_in_place(path) as beside:
            beside.write_text(template_text(read_data(held)), encoding="utf-8")
    except OSError as error:
        raise StorageError(not_written(error, path)) from error


class TakingIn(QObject):
    """Reads a template file apart, keeps it as a draft, and lists what is to be mended in it."""

    taken = Signal(object)  # the OwnTemplate

    def __init__(self, parent: QWidget, session: Session, path: Path) -> None:
        super().__init__(parent)
        self._over, self._session, self._path = parent, session, path
        self._job = Apart(partial(_reading, path, templates.lists_of(session.store)))
        self._job.finished.connect(self._end)
        self._job.failed.connect(self._fail)

    def start(self) -> None:
        """Begin."""
        self._job.start()

    def _fail(self, words: str) -> None:
        self._session.failed.emit(words)
        self.deleteLater()

    def _end(self, read: object) -> None:
        self.deleteLater()
        held, mistakes = cast("tuple[str, tuple[str, ...]]", read)
        kept: list[OwnTemplate] = []
        if not self._session.attempt(lambda: kept.append(templates.take_in(self._session.store, held))):
            return
        self.taken.emit(kept[0])
        if not mistakes:
            self._session.said.emit(f"{self._path.name} is taken in as a draft. Look at it, then publish it.")
            return
        listed = [(self._path.name, words) for words in mistakes[:MOST]]
        if len(mistakes) > MOST:
            listed.append(("", f"And {len(mistakes) - MOST} more."))
        show_text(self._over, "Taken in as a draft, with something to mend", listed)


def _reading(path: Path, lists: Lists) -> Generator[object, None, tuple[str, tuple[str, ...]]]:
    """The text of the template, and its mistakes in words."""
    yield from ()
    if path.suffix.lower() in (".toml", ".json"):
        try:
            return path.read_text(encoding="utf-8"), ()
        except (OSError, UnicodeDecodeError) as error:
            raise StorageError(f"{path.name} could not be read. Nothing was taken in.") from error
    from storage.exchange.templates.reading import read_template_workbook

    brought = read_template_workbook(path, lists)
    return template_text(brought.data), tuple(str(p) for p in brought.problems)
