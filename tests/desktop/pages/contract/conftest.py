"""An open contract on its page, and the small acts tests share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.pages.contract_detail import ContractDetail
from desktop.pages.part_lists import PartsPanel
from desktop.pages.part_section import PartSection
from desktop.session import Session

Tabbed = Callable[[str], PartsPanel]


@pytest.fixture
def detail(qtbot: QtBot, session: Session) -> Iterator[ContractDetail]:
    """The first contract, open."""
    made = ContractDetail(session)
    qtbot.addWidget(made)
    made.resize(600, 900)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)  # or it comes to the front while something is being typed
    session.changed.connect(made.refresh)
    made.show_record(1)
    yield made


@pytest.fixture
def tab(detail: ContractDetail) -> Tabbed:
    """Show a tab that holds lists."""

    def shown(key: str) -> PartsPanel:
        detail.show_tab(key)
        panel = detail._panels[key]
        assert isinstance(panel, PartsPanel)
        return panel

    return shown


def section_of(panel: PartsPanel, title: str) -> PartSection:
    """The list with a title."""
    return next(s for s in panel.sections if s.part.title == title)


def press(within: QWidget, words: str) -> None:
    """Press a button that is seen."""
    found = [b for b in within.findChildren(QPushButton) if b.text() == words and not b.isHidden()]
    assert found, words
    found[0].click()


def type_into(control: QWidget, words: str) -> None:
    """Type over a field and leave it, as a person does."""
    line = cast("QLineEdit", control)
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, words)
    QTest.keyClick(line, Qt.Key.Key_Return)


def type_part(section: PartSection, field: str, words: str) -> None:
    """Type into a field of the open part."""
    assert section.inside is not None
    type_into(section.inside.form().editor(field).control, words)


def spoken(section: PartSection) -> list[str]:
    """Each row as a screen reader says it."""
    return [section.rows.row(n).accessibleName() for n in section.rows.ids()]


def last_step(session: Session) -> str:
    """What Undo would undo."""
    step = session.history.next_undo()
    return step.label if step else ""
