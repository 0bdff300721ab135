"""Help says how we know that work is safe: every fault with what is promised, in tables whose columns agree."""

from __future__ import annotations

from PySide6.QtGui import QTextTable
from pytestqt.qtbot import QtBot

from desktop.pages.safety import SHARES, SafetyPage
from desktop.session import Session
from storage.desk.safety_words import last_campaign
from widgets.prose import Prose


def test_every_fault_stands_on_the_page(qtbot: QtBot, session: Session) -> None:
    page = SafetyPage(session)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    assert page.findChild(Prose) is not None, "the first part is there at once"
    last = [*last_campaign()][-1]
    qtbot.waitUntil(lambda: last.promised in page.findChildren(Prose)[-1].toPlainText(), timeout=20_000)
    texts = page.findChildren(Prose)
    shown = "".join(prose.toPlainText() for prose in texts)
    for row in last_campaign():
        assert row.wrong in shown and row.promised in shown, row.id
    frames = [frame for prose in texts for frame in prose.document().rootFrame().childFrames()]
    tables = [frame for frame in frames if isinstance(frame, QTextTable)]
    assert len(tables) > 5 and all(table.columns() == len(SHARES) for table in tables)
    widths = {tuple(c.rawValue() for c in table.format().columnWidthConstraints()) for table in tables}
    assert widths == {SHARES}
