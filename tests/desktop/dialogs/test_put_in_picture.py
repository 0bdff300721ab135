"""A picture is put into a section with its words; without them, or without a picture, it is said what is missing."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.dialogs.put_in_picture import picture_dialog
from desktop.session import Session
from storage.desk.specification.sections import add_section, sections_of
from storage.records.specifications import Specification
from tests.storage.exchange.paper_samples import letterhead


def test_a_picture_is_put_in_with_its_words(
    qtbot: QtBot, session: Session, failures: list[str], tmp_path: Path
) -> None:
    with session.store.step("Write"):
        number = session.store.save(Specification(title="Stroke support")).key
    section = add_section(session.store, number, "Where")
    over = QWidget()
    qtbot.addWidget(over)
    path = tmp_path / "map.png"
    path.write_bytes(letterhead())
    dialog = picture_dialog(over, session, section.key, path)
    dialog.editor("alt").set_value("A map")
    dialog.accept()
    qtbot.waitUntil(lambda: "![A map](attachment:" in sections_of(session.store, number)[0].body)
    assert not failures

    path.write_bytes(b"no picture")
    dialog = picture_dialog(over, session, section.key, path)
    dialog.editor("alt").set_value("A map")
    dialog.accept()
    qtbot.waitUntil(lambda: bool(failures))
    assert "no PNG or JPEG" in failures[0]
