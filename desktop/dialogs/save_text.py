"""Asks where a text with sections goes, as Word, PDF or a web page, and has it written while the window stays alive."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.apart import Apart
from desktop.dialogs.paper_ways import FOLDER, folder_of
from desktop.session import Session
from storage.engine.errors import StorageError
from storage.exchange.files_out import safe_name
from storage.exchange.paper.papers import SpecificationPaper

KINDS = {"Word file (*.docx)": "docx", "PDF (*.pdf)": "pdf", "Web page in one file (*.html)": "html"}
Make = Callable[[], SpecificationPaper]


def ask_text(parent: QWidget, session: Session, title: str, name: str, make: Make) -> QFileDialog:
    """Ask for a name, then make the text and save it in the form that was chosen."""
    return ask_file(parent, session, title, name, KINDS, lambda path: save_text(session, make, path))


def ask_file(
    parent: QWidget,
    session: Session,
    title: str,
    name: str,
    kinds: Mapping[str, str],
    save: Callable[[Path], object],
) -> QFileDialog:
    """Ask for a name; `kinds` are what is offered with their endings, the first of them usual."""
    usual = next(iter(kinds.values()))
    dialog = QFileDialog(parent, title)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters(list(kinds))
    dialog.setDefaultSuffix(usual)
    dialog.filterSelected.connect(lambda kind: dialog.setDefaultSuffix(kinds.get(kind, usual)))
    dialog.setDirectory(folder_of(session))
    dialog.selectFile(safe_name(name, f".{usual}", title).removesuffix(f".{usual}"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda chosen: save(Path(chosen)))
    dialog.open()
    return dialog


def save_text(session: Session, make: Make, path: Path) -> Apart | None:
    """Make the text here, where the file is open, and write it apart; both ends are said on the usual road."""
    try:
        paper = make()
    except StorageError as error:
        session.failed.emit(str(error))
        return None
    return save_apart(session, partial(_write_text, paper), path)


def save_apart(session: Session, write: Callable[[Path], object], path: Path) -> Apart:
    """Write a file apart from the window; both ends are said on the usual road."""
    work = Apart(partial(_writing, write, path))
    work.failed.connect(session.failed)
    work.finished.connect(partial(_saved, session, path))
    work.start()
    return work


def _write_text(paper: SpecificationPaper, path: Path) -> None:
    from storage.exchange.word.text_files import write_text

    write_text(paper, path)


def _writing(write: Callable[[Path], object], path: Path) -> Generator[object, None, object]:
    write(path)
    yield path
    return path


def _saved(session: Session, path: Path, _path: object) -> None:
    session.state.remember(FOLDER, str(path.parent))
    session.said.emit(f"Saved {path.name} in {path.parent}")
