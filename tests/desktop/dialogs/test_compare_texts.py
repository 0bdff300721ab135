"""Two texts side by side: what changed is marked in each, other texts can be chosen, and the way out is one click."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.dialogs.compare_texts import NOT_THERE, SAME, CompareTexts
from desktop.dialogs.save_text import save_text
from desktop.session import Session
from storage.desk.specification.sections import add_section, edit_section
from storage.desk.specification.specifications import issue
from storage.engine.errors import StorageError
from storage.exchange.paper.papers import SpecificationPaper
from storage.records.specifications import Specification
from tests.storage.exchange.text_papers import part
from widgets.prose import Prose


@pytest.fixture
def dialog(qtbot: QtBot, session: Session) -> Iterator[CompareTexts]:
    """A draft that went on after its first version."""
    store = session.store
    with store.step("Write"):
        number = store.save(Specification(title="Stroke support", reference="SP-1")).key
    first = add_section(store, number, "Needs", body="Seen within **five** days.")
    add_section(store, number, "Where", body="At home.")
    issue(store, number, by="Ann")
    edit_section(store, first.key, {"body": "Seen within **three** days."})
    add_section(store, number, "Who", body="Everybody.")
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(1366, 768)
    made = CompareTexts(over, session, store.get(Specification, number))
    with qtbot.waitExposed(made):
        made.show()
    qtbot.waitUntil(lambda: not made._soon.isActive())
    yield made
    made.reject()


def shown(dialog: CompareTexts) -> list[str]:
    return [p.toPlainText() for p in dialog.findChildren(Prose) if p.isVisible()]


def test_what_changed_stands_opposite(
    qtbot: QtBot, session: Session, dialog: CompareTexts, tmp_path: Path
) -> None:
    assert dialog._count.text() == "2 of 3 sections differ"
    words = "\n".join(shown(dialog))
    assert "five" in words and "three" in words and "At home." not in words
    assert any(w.text() == NOT_THERE for w in dialog.findChildren(type(dialog._count)) if w.isVisible())
    dialog._only.setChecked(False)
    qtbot.waitUntil(lambda: any("At home." in w for w in shown(dialog)))
    dialog.step(1)
    dialog.step(-1)

    path = tmp_path / "compared.docx"
    work = save_text(session, dialog.paper, path)
    assert work is not None
    with qtbot.waitSignal(session.said, timeout=5000):
        pass
    xml = part(path.read_bytes(), "word/document.xml")
    assert "<w:ins " in xml and "<w:del " in xml

    preview = dialog.print_now()
    qtbot.waitUntil(lambda: preview.preview.page_count > 0)
    preview.reject()

    dialog.old.setCurrentIndex(0)
    assert dialog._count.text() == SAME


def test_what_cannot_be_made_is_said(session: Session, tmp_path: Path) -> None:
    def refuse() -> SpecificationPaper:
        raise StorageError("It is gone. Nothing was written.")

    said: list[str] = []
    session.failed.connect(said.append)
    assert save_text(session, refuse, tmp_path / "x.docx") is None
    assert said == ["It is gone. Nothing was written."]
