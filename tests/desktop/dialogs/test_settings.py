"""My organisation and me: kept once, suggested everywhere, its picture made small enough to print."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from desktop.dialogs.settings import SettingsDialog
from desktop.letterhead import MOST_BYTES, fitted
from desktop.pages.simple_pages import ServicesPage
from desktop.session import Session
from storage.desk.office import office


def picture(width: int, height: int) -> bytes:
    """A PNG that cannot be made small by packing alone."""
    image = QImage(width, height, QImage.Format.Format_ARGB32)
    for x in range(width):
        for y in range(height):
            strewn = (x * 7919 + y * 104_729) ** 2
            image.setPixelColor(x, y, QColor(strewn % 251, strewn % 241, 90, 255))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def test_what_is_saved_is_used_for_the_history(qtbot: QtBot, session: Session) -> None:
    page = ServicesPage(session)
    qtbot.addWidget(page)
    dialog = SettingsDialog(page, session)
    for name, words in (("organisation", "Wealdshire ICB"), ("person", "Ann Other"), ("cushion_days", "14")):
        control = dialog.editor(name).control
        control.selectAll()  # type: ignore[attr-defined]
        qtbot.keyClicks(control, words)
    dialog.accept()
    held = office(session.store)
    assert (held.organisation, held.person, held.cushion_days) == ("Wealdshire ICB", "Ann Other", 14)
    assert session.store.steps.who == "Ann Other"


def test_a_large_letterhead_is_made_small(qtbot: QtBot) -> None:
    large = picture(700, 300)
    assert len(large) > MOST_BYTES
    small = fitted(large)
    assert small.startswith(b"\xff\xd8\xff")
    assert len(small) <= MOST_BYTES


def test_a_small_or_strange_picture_stays_as_it_is() -> None:
    small = picture(20, 10)
    assert fitted(small) == small
    assert fitted(b"x" * (MOST_BYTES + 1)) == b"x" * (MOST_BYTES + 1)
