"""Documents on a contract's page: dropped or chosen, opened as copies, never run, and taken back by Undo."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QMenu, QPushButton
from pytestqt.qtbot import QtBot

import desktop.links
from desktop.links import LinkDialog
from desktop.pages.contract_documents import READ_COPY, ContractDocuments
from desktop.pages.documents_panel import COPY, OPEN, REMOVE, RENAME
from desktop.pages.page import Place
from desktop.searching import Searching
from desktop.session import Session
from desktop.work import SlicedWork
from storage.desk.files.attachments import attachments_folder
from storage.desk.files.document_kinds import PROGRAMS
from storage.desk.files.documents import documents_of
from storage.records.contracts import Contract
from storage.records.documents import Document
from tests.campaign.frame import report

WORDS = b"%PDF-1.7 the deed\n"


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Every file the system was asked to show."""
    given: list[Path] = []

    class System:
        """Takes down what it is given."""

        @staticmethod
        def openUrl(url: QUrl) -> bool:
            given.append(Path(url.toLocalFile()))
            return True

    monkeypatch.setattr(desktop.links, "QDesktopServices", System)
    return given


@pytest.fixture
def panel(qtbot: QtBot, session: Session) -> ContractDocuments:
    """The tab of the first contract, kept up to date as its page does."""
    made = ContractDocuments(session)
    qtbot.addWidget(made)
    made.resize(400, 600)
    made.show()
    show(made, session)
    return made


def show(panel: ContractDocuments, session: Session) -> None:
    """Show the documents as they are now."""
    panel.show_contract(session.store.get(Contract, 1))
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QCoreApplication.processEvents()


def finish(session: Session) -> None:
    """Wait until the work that was begun has ended; on a slow disk it takes more than one slice."""
    for _ in range(1_000):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        if not session.findChildren(SlicedWork):
            return
        QTest.qWait(10)


def attach(panel: ContractDocuments, session: Session, path: Path, content: bytes = WORDS) -> Document:
    """Attach a file of this name and return its record."""
    path.write_bytes(content)
    panel.attach([str(path)])
    finish(session)
    show(panel, session)
    return max(documents_of(session.store, 1), key=lambda d: d.key)


def said(panel: ContractDocuments) -> str:
    """All the words on the tab."""
    return "\n".join(label.text() for label in panel.findChildren(QLabel) if label.isVisible())


def offered(panel: ContractDocuments) -> set[str]:
    """What the first row offers besides."""
    next(press for press in panel.findChildren(QPushButton) if press.text() == "More").click()
    menu = panel.findChild(QMenu)
    assert menu is not None
    menu.hide()
    return {action.text() for action in menu.actions()}


def dragged(*paths: Path) -> QMimeData:
    """Files on their way in."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def test_a_file_dropped_is_copied_in_and_never_moved(
    panel: ContractDocuments, session: Session, tmp_path: Path
) -> None:
    first, second = tmp_path / "Deed.pdf", tmp_path / "Plan.xlsx"
    for path in (first, second):
        path.write_bytes(WORDS)
    mime, move = dragged(first, second), Qt.DropAction.MoveAction | Qt.DropAction.CopyAction
    entering = QDragEnterEvent(
        QPoint(9, 9), move, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    panel.dragEnterEvent(entering)
    assert entering.isAccepted() and entering.dropAction() is Qt.DropAction.CopyAction
    dropped = QDropEvent(QPointF(9, 9), move, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    panel.dropEvent(dropped)
    finish(session)
    assert dropped.dropAction() is Qt.DropAction.CopyAction and first.exists() and second.exists()
    assert [d.title for d in documents_of(session.store, 1)] == ["Deed", "Plan"]
    session.undo()
    assert [d.title for d in documents_of(session.store, 1)] == ["Deed"]


def test_words_dropped_are_no_file(panel: ContractDocuments) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/x.pdf")])
    event = QDragEnterEvent(
        QPoint(9, 9),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    event.ignore()
    panel.dragEnterEvent(event)
    assert not event.isAccepted()


def test_opening_shows_a_read_only_copy_and_says_so(
    panel: ContractDocuments, session: Session, tmp_path: Path, opened: list[Path], failures: list[str]
) -> None:
    sentences: list[str] = []
    session.said.connect(sentences.append)
    deed = attach(panel, session, tmp_path / "Deed & plan.pdf")
    assert "PDF · 1 KB · attached 22 Nov 2026" in said(panel)
    panel.do(OPEN, deed.key)
    finish(session)
    assert opened[0].name == "Deed & plan.pdf" and opened[0].read_bytes() == WORDS
    assert opened[0].parent != attachments_folder(session.store.file.path) and sentences == [READ_COPY]
    (attachments_folder(session.store.file.path) / deed.stored).write_bytes(b"x" * len(WORDS))
    panel.do(OPEN, deed.key)
    finish(session)
    assert len(opened) == 1 and "not the one that was attached" in failures[0]


def test_k3_of_what_could_run_nothing_is_ever_opened(
    panel: ContractDocuments, session: Session, tmp_path: Path, opened: list[Path]
) -> None:
    first = attach(panel, session, tmp_path / "Invoice.pdf.exe")
    others = [replace(first, id=None, uuid="", ending=ending) for ending in PROGRAMS - {"exe"}]
    with session.store.step("Attach more"):
        session.store.save_many(others)
    show(panel, session)
    for document in documents_of(session.store, 1):
        panel.do(OPEN, document.key)
    assert opened == [] and len(documents_of(session.store, 1)) >= 60
    report("K3", {"kinds that could run": len(PROGRAMS), "opened": len(opened)})
    assert offered(panel) == {"Save a copy…", "Show in folder", "Rename…", "Remove"}
    assert said(panel).count("never opened from here") == len(PROGRAMS)
    assert not [press for press in panel.findChildren(QPushButton) if press.text().startswith("Invoice")]


def test_k3_a_program_is_saved_as_a_plain_copy(
    panel: ContractDocuments,
    session: Session,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    opened: list[Path],
) -> None:
    document, proposed = attach(panel, session, tmp_path / "Setup.sh"), []

    def choose(_parent: object, _title: str, name: str, _filter: str) -> tuple[str, str]:
        proposed.append(name)
        return str(tmp_path / "copy.sh"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    panel.do(COPY, document.key)
    finish(session)
    assert proposed == ["Setup.sh"] and (tmp_path / "copy.sh").read_bytes() == WORDS and opened == []
    assert sys.platform == "win32" or (tmp_path / "copy.sh").stat().st_mode & 0o111 == 0


def test_a_document_is_renamed_and_removed(
    panel: ContractDocuments, session: Session, tmp_path: Path
) -> None:
    deed = attach(panel, session, tmp_path / "Deed.pdf")
    panel.do(RENAME, deed.key)
    dialog = panel.findChild(QDialog)
    assert dialog is not None
    dialog.editor("title").set_value("Deed, signed")  # type: ignore[attr-defined]
    dialog.accept()
    assert documents_of(session.store, 1)[0].title == "Deed, signed"
    panel.do(REMOVE, deed.key)
    assert documents_of(session.store, 1) == []
    show(panel, session)
    assert "No documents yet" in said(panel)


def test_a_link_is_shown_whole_before_it_is_opened(
    panel: ContractDocuments, session: Session, opened: list[Path]
) -> None:
    dialog = panel.add_link()
    dialog.editor("address").set_value(r"\\host\share\deed.pdf")
    dialog.accept()
    assert "no spaces and no backslashes" in dialog.said() and documents_of(session.store, 1) == []
    dialog.editor("address").set_value("www.gov.uk/notice/1")
    dialog.accept()
    (made,) = documents_of(session.store, 1)
    show(panel, session)
    assert "www.gov.uk/notice/1 · linked 22 Nov 2026" in said(panel)
    panel.do(OPEN, made.key)
    assert panel.findChild(LinkDialog) is not None and opened == []


def test_what_is_too_large_is_told_and_nothing_is_attached(
    panel: ContractDocuments, session: Session, tmp_path: Path, failures: list[str]
) -> None:
    assert "up to 25 MB each" in said(panel)
    big = tmp_path / "scan.pdf"
    with big.open("wb") as file:
        file.truncate(26 * 1024 * 1024)
    panel.attach([str(big)])
    finish(session)
    assert "larger than 25 MB" in failures[0] and documents_of(session.store, 1) == []


def test_r1_names_and_addresses_are_shown_as_words(
    panel: ContractDocuments, session: Session, tmp_path: Path
) -> None:
    attach(panel, session, tmp_path / "<img src=x> & R&D.zip")
    assert "<img src=x> & R&D" in said(panel)
    attach(panel, session, tmp_path / "<b>R&D<b>.pdf")
    assert any(press.text() == "<b>R&&D<b>" for press in panel.findChildren(QPushButton))
    assert all("&" not in action.text() for action in panel.findChildren(QAction))


def test_the_search_leads_to_the_tab_of_the_contract(
    panel: ContractDocuments, session: Session, tmp_path: Path
) -> None:
    attach(panel, session, tmp_path / "Deed of variation.pdf")
    searching = Searching(session.store, tuple)
    (found,) = (entry for entry in searching.find("variation") if entry.key.startswith("attached_document"))
    assert searching.place(found.key) == Place("contracts", 1, "documents")
