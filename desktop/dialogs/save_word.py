"""Asks where a letter goes as a Word file, and writes it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.dialogs.paper_ways import FOLDER, folder_of
from desktop.session import Session
from storage.exchange.files_out import safe_name
from storage.exchange.papers_letter import LetterPaper


def ask_word(parent: QWidget, session: Session, paper: LetterPaper) -> QFileDialog:
    """Ask for a name, then save."""
    dialog = QFileDialog(parent, "Save Word file")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter("Word file (*.docx)")
    dialog.setDefaultSuffix("docx")
    dialog.setDirectory(folder_of(session))
    dialog.selectFile(safe_name(paper.subject, ".docx", "Letter"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda name: save_word(session, paper, name))
    dialog.open()
    return dialog


def save_word(session: Session, paper: LetterPaper, name: str) -> None:
    """Write the Word file; what goes wrong is said on the usual road."""
    from storage.exchange.letter_word import write_word
    from storage.exchange.word_parts import WordError

    target = Path(name)
    try:
        write_word(paper, target)
    except WordError as error:
        session.failed.emit(str(error))
        return
    session.state.remember(FOLDER, str(target.parent))
    session.said.emit(f"Saved {target.name} in {target.parent}")
