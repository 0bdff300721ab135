"""Asks where a letter or a checklist goes as a Word file, and writes it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.dialogs.paper_ways import FOLDER, folder_of
from desktop.session import Session
from storage.exchange.files_out import safe_name
from storage.exchange.paper.papers_letter import LetterPaper
from storage.records.assessments import Run


def ask_word(parent: QWidget, session: Session, paper: LetterPaper) -> QFileDialog:
    """Ask for a name, then save."""
    from storage.exchange.word.letter import write_word

    return _ask(parent, session, paper.subject, partial(write_word, paper))


def ask_checklist_word(parent: QWidget, session: Session, run: Run) -> QFileDialog:
    """Ask for a name, then save a checklist as it stands, with a sign-off block to fill in."""
    from storage.exchange.paper.print_checklist import checklist_paper
    from storage.exchange.word.checklist import write_checklist

    def write(target: Path) -> None:
        write_checklist(checklist_paper(session.store, run.key), target)

    return _ask(parent, session, f"{run.reference} {run.title} {run.subject}", write)


def _ask(parent: QWidget, session: Session, name: str, write: Callable[[Path], None]) -> QFileDialog:
    dialog = QFileDialog(parent, "Save Word file")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter("Word file (*.docx)")
    dialog.setDefaultSuffix("docx")
    dialog.setDirectory(folder_of(session))
    dialog.selectFile(safe_name(name, ".docx", "Letter"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda chosen: save_word(session, write, chosen))
    dialog.open()
    return dialog


def save_word(session: Session, write: Callable[[Path], None], name: str) -> None:
    """Write the Word file; what goes wrong is said on the usual road."""
    from storage.exchange.word.parts import WordError

    target = Path(name)
    try:
        write(target)
    except WordError as error:
        session.failed.emit(str(error))
        return
    session.state.remember(FOLDER, str(target.parent))
    session.said.emit(f"Saved {target.name} in {target.parent}")
