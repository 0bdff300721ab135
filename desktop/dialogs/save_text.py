"""Asks where a text with sections goes, as Word, PDF or a web page, and has it written while the window stays alive."""

from __future__ import annotations

from collections.abc import Callable, Generator
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
    dialog = QFileDialog(parent, title)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters(list(KINDS))
    dialog.setDefaultSuffix("docx")
    dialog.filterSelected.connect(lambda kind: dialog.setDefaultSuffix(KINDS.get(kind, "docx")))
    dialog.setDirectory(folder_of(session))
    dialog.selectFile(safe_name(name, ".docx", "Specification").removesuffix(".docx"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda chosen: save_text(session, make, Path(chosen)))
    dialog.open()
    return dialog


def save_text(session: Session, make: Make, path: Path) -> Apart | None:
    """Make the text here, where the file is open, and write it apart; both ends are said on the usual road."""
    try:
        paper = make()
    except StorageError as error:
        session.failed.emit(str(error))
        return None
    work = Apart(partial(_writing, paper, path))
    work.failed.connect(session.failed)
    work.finished.connect(partial(_saved, session, path))
    work.start()
    return work


def _writing(paper: SpecificationPaper, path: Path) -> Generator[object, None, object]:
    from storage.exchange.word.text_files import write_text

    write_text(paper, path)
    yield path
    return path


def _saved(session: Session, path: Path, _path: object) -> None:
    session.state.remember(FOLDER, str(path.parent))
    session.said.emit(f"Saved {path.name} in {path.parent}")
