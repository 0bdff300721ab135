"""The editor of several lines: plain words, as tall as they need."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from widgets.editors_base import Editor

FEWEST, MOST = 2, 16  # lines shown before the field scrolls


class GrowingText(QPlainTextEdit):
    """A plain text box that grows with its words; Tab leaves it, what is pasted is plain."""

    def __init__(self, fewest: int = FEWEST, most: int = MOST, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fewest, self._most = fewest, most
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().contentsChanged.connect(self.settle)
        self.settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            # Not now: a layout that is just giving out room does not hear that more is needed.
            QTimer.singleShot(0, self, self.settle)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.settle()

    def settle(self) -> None:
        """Take the height the words need."""
        # The layout of a plain document counts its height in lines.
        lines = round(self.document().size().height())
        shown = min(max(lines, self._fewest), self._most)
        edges = 2 * (1 + 4) + round(2 * self.document().documentMargin())
        self.setFixedHeight(shown * self.fontMetrics().lineSpacing() + edges)
        always = (
            Qt.ScrollBarPolicy.ScrollBarAsNeeded
            if lines > self._most
            else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
        self.setVerticalScrollBarPolicy(always)


class NoteEditor(Editor):
    """Several lines kept exactly as typed; committed on leaving the field and on Ctrl+Enter."""

    box: GrowingText

    def _build(self) -> QWidget:
        self.control = self.box = GrowingText()
        self.box.textChanged.connect(self._on_changed)
        self._showing = False
        return self.box

    def _on_changed(self) -> None:
        if not self._showing:
            self._on_typed()

    def _show(self, value: object) -> None:
        self._put(self.field.show(value))

    def words(self) -> str:
        return self.box.toPlainText()

    def _put(self, words: str) -> None:
        self._showing = True
        self.box.setPlainText(words)
        self._showing = False

    def set_read_only(self, read_only: bool) -> None:
        self.box.setReadOnly(read_only)
        flags = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        if read_only:
            self.box.setTextInteractionFlags(flags)

    def can_undo(self, redo: bool) -> bool:
        document = self.box.document()
        return document.isRedoAvailable() if redo else document.isUndoAvailable()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.commit()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.commit()
                return True
        return super().eventFilter(watched, event)
