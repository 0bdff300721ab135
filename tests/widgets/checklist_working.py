"""How tests work through a checklist: a view in a window, keys pressed, and everything it says."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.widgets.checklist_sample import question
from widgets.checklist import ChecklistView
from widgets.checklist_data import ChecklistData, PartKind, QuestionData

YPN = PartKind.YES_PARTLY_NO


class Heard:
    """Everything the view said, in order."""

    def __init__(self, view: ChecklistView) -> None:
        self.said: list[tuple[object, ...]] = []
        view.answered.connect(self._answered)
        view.noted.connect(self._noted)
        view.evidence_changed.connect(self._evidence)
        view.not_applicable.connect(self._not_applicable)
        view.waive_asked.connect(self._waive)
        view.action_asked.connect(self._action)

    def _answered(self, asked: str, part: str, value: object) -> None:
        self.said.append(("answered", asked, part, value))

    def _noted(self, asked: str, words: str) -> None:
        self.said.append(("noted", asked, words))

    def _evidence(self, asked: str, words: str) -> None:
        self.said.append(("evidence", asked, words))

    def _not_applicable(self, asked: str, is_not: bool, reason: str) -> None:
        self.said.append(("not applicable", asked, is_not, reason))

    def _waive(self, asked: str) -> None:
        self.said.append(("waive", asked))

    def _action(self, asked: str) -> None:
        self.said.append(("action", asked))


def shown(qtbot: QtBot, data: ChecklistData) -> ChecklistView:
    """A view in a window that has the keyboard, every card made."""
    view = ChecklistView()
    qtbot.addWidget(view)
    view.resize(1166, 640)
    view.set_checklist(data)
    with qtbot.waitExposed(view):
        view.show()
    view.activateWindow()
    qtbot.waitUntil(lambda: view.is_finished and view.isActiveWindow())
    view.setFocus()
    return view


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, modifier)


def type_words(words: str) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, words)


def four() -> tuple[QuestionData, ...]:
    """Four questions that take yes, partly or no."""
    return tuple(question(n, YPN) for n in range(1, 5))
