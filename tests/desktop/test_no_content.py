"""Whatever goes wrong, what the file holds gets into no log, no settings and no temporary file that stays."""

from __future__ import annotations

import logging
import sqlite3
import sys
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

import storage.records  # noqa: F401
from desktop.app import Desk
from desktop.background import Background
from desktop.errorlog import keep_log, last_lines, log_path
from desktop.preferences import Preferences
from storage.desk.files.attachments import attachments_folder, taking_out_to_read
from storage.desk.files.documents import attaching, documents_of
from storage.engine.contents import finished
from storage.engine.errors import StorageError
from storage.engine.opening import new_store
from storage.engine.private import own_temporary_files
from storage.engine.steps import Progress
from storage.exchange.paper.print_contract import contract_paper
from storage.exchange.paper.printing import write_pdf
from storage.records.contracts import Contract
from storage.records.organisations import Organisation, Person
from storage.records.reference import Desk as Office
from storage.records.services import Service
from tests.campaign.frame import report
from tests.campaign.hostile_texts import full

CANARY = "Mrs Canary Birdsong of 12 Acacia Road"


@dataclass
class Running:
    """The program over a file whose every field holds the canary."""

    desk: Desk
    file: Path
    home: Path


@pytest.fixture
def running(qtbot: QtBot, qapp: QApplication, home: Path, tmp_path: Path) -> Iterator[Running]:
    """The program with its log, as a start makes them, its temporary files included."""
    file = tmp_path / "register.desk"
    made = new_store(file, who=CANARY)
    with made.step(f"Enter {CANARY}"):
        made.save(full(Office, (CANARY,), letterhead="", marking=""))
        for cls in (Contract, Organisation, Service, Person):
            made.save(full(cls, (CANARY,)))
    made.close()
    with own_temporary_files():
        handler = keep_log()
        desk = Desk(qapp, Preferences())
        assert desk.open(file) and desk.window is not None
        yield Running(desk, file, home)
        desk.window.close()
        desk.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        logging.getLogger().removeHandler(handler)
        handler.close()


def fail_in_every_way(running: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """Provoke errors on every road they travel, each with the canary in its words; how many there were."""
    desk, window = running.desk, running.desk.window
    assert window is not None
    session = window.session

    def refused(*_given: object, **_named: object) -> None:
        raise sqlite3.OperationalError(f"near {CANARY}")

    def broken(*_given: object) -> Generator[Progress, None, None]:
        yield Progress(0, 1, CANARY)
        raise ValueError(CANARY)

    with monkeypatch.context() as patch:
        patch.setattr(session.store.file, "commit", refused)
        assert not session.change(Contract, 1, {"title": f"{CANARY} again"})
    session.run(broken(), CANARY)
    work = Background(session.store, broken)
    work.start()
    for wrong in (ValueError(CANARY), KeyError(CANARY), StorageError(CANARY), sqlite3.DatabaseError(CANARY)):
        desk.unexpected(type(wrong), wrong, _trace(wrong))
    with pytest.raises(StorageError):
        write_pdf(contract_paper(session.store, 1), tmp_path / "none" / "page.pdf")
    register = tmp_path / "broken.xlsx"
    register.write_bytes(b"PK\x03\x04" + CANARY.encode() * 50)
    window.dropped.emit(str(register))
    logging.getLogger("desktop.test").warning("could not show %s", CANARY)
    logging.getLogger("openpyxl").warning(f"unknown extension {CANARY}")
    logging.getLogger("storage.test").error("failed", exc_info=(ValueError, ValueError(CANARY), None))
    QTest.qWait(500)
    return 10


def _trace(error: Exception) -> TracebackType | None:
    try:
        raise error
    except type(error) as raised:
        return raised.__traceback__


def close_boxes() -> None:
    """Close every message and dialog that the errors opened."""
    for window in QApplication.topLevelWidgets():
        if isinstance(window, QMessageBox) or window.isModal():
            window.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def with_canary(folder: Path) -> list[str]:
    """Files below a folder that hold the canary or are named after it, the desk files themselves left out."""
    needles = (CANARY.encode(), CANARY.encode("utf-16-le"), b"Acacia", b"Birdsong")
    return [
        str(path)
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".desk" and ("Canary" in path.name or _holds(path, needles))
    ]


def _holds(path: Path, needles: tuple[bytes, ...]) -> bool:
    content = path.read_bytes()
    return any(needle in content for needle in needles)


def test_s1_no_error_on_any_road_leaves_content_behind(
    running: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: opened.append(box.text()))
    errors = fail_in_every_way(running, tmp_path, monkeypatch)
    assert errors >= 10
    close_boxes()
    said = "\n".join(last_lines())
    assert ("ValueError" in said and "OperationalError" in said) or "DatabaseError" in said
    assert "Canary" not in said and "Acacia" not in said
    found = with_canary(running.home)
    report("S1", {"errors provoked": errors, "files with content": len(found)})
    assert found == []
    assert log_path().exists() and str(running.file) in (running.home / "settings.json").read_text()


def test_s1_the_programs_own_folder_is_closed_to_others(running: Running) -> None:
    if sys.platform != "win32":
        assert running.home.stat().st_mode & 0o077 == 0
    assert {p.parent for p in running.home.iterdir()} == {running.home}


def test_s1_a_document_that_was_opened_is_gone_when_the_program_ends(home: Path, tmp_path: Path) -> None:
    source = tmp_path / "letter.txt"
    source.write_text(CANARY, encoding="utf-8")
    store = new_store(tmp_path / "register.desk")
    try:
        with store.step("Begin"):
            contract = store.save(Contract(title="Stroke support"))
        for _ in attaching(store, contract.key, source):
            pass
        with own_temporary_files():
            copy = finished(
                taking_out_to_read(attachments_folder(store.file.path), documents_of(store, contract.key)[0])
            )
            assert copy.read_text(encoding="utf-8") == CANARY
            assert with_canary(home) == [str(copy)]
        assert with_canary(home) == [] and not copy.exists()
    finally:
        store.close()
