"""The keys of a checklist: those that answer, those that move, and those that open what belongs to a card."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from widgets.checklist_card import QuestionCard

ANSWERS = {Qt.Key.Key_Y: "yes", Qt.Key.Key_P: "partly", Qt.Key.Key_N: "no"}
MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
OTHERS = frozenset({Qt.Key.Key_A, Qt.Key.Key_E, Qt.Key.Key_T, Qt.Key.Key_Delete})
TYPED_IN = (QLineEdit, QPlainTextEdit, QComboBox)


def is_ours(event: QKeyEvent, focus: QWidget) -> bool:
    """Whether a key is the checklist's, pressed while something in it has the keyboard."""
    key, modifiers = Qt.Key(event.key()), plain(event)
    if modifiers == Qt.KeyboardModifier.ControlModifier:
        return key == Qt.Key.Key_Down
    bare = key in ANSWERS or key in MOVES or key in OTHERS
    written = isinstance(focus, TYPED_IN)
    return modifiers == Qt.KeyboardModifier.NoModifier and (key == Qt.Key.Key_F1 or (bare and not written))


def plain(event: QKeyEvent) -> Qt.KeyboardModifier:
    """The modifiers without the one some keyboards add to their arrows."""
    return event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier


def do(key: Qt.Key, card: QuestionCard) -> None:
    """What a key does to the card that has the keyboard."""
    if key in ANSWERS:
        card.answer(ANSWERS[key])
        return
    {
        Qt.Key.Key_A: card.press_not_applicable,
        Qt.Key.Key_E: card.ask_evidence,
        Qt.Key.Key_T: card.ask_action,
        Qt.Key.Key_Delete: card.clear,
        Qt.Key.Key_F1: card.toggle_guidance,
    }[key]()
