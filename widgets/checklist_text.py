"""Text that is written in a checklist card: a field that grows with its words, and the quiet box for notes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QWidget

from widgets.editors_note import GrowingText
from widgets.parts import col, text
from widgets.theme import tokens


class WrittenText(GrowingText):
    """Several lines of plain text, always as high as the words in it: it never scrolls inside itself.

    `written` carries the words when a person leaves the field and they differ from what was shown.
    """

    written = Signal(str)
    entered = Signal()
    left = Signal()
    ended = Signal()  # Escape, or Ctrl+Enter: the keyboard may go elsewhere
    edges = 2 * (1 + 4)  # what the style adds above and below the words
    one_line = False  # Enter alone ends the writing too

    def __init__(self, lines: int = 1, parent: QWidget | None = None) -> None:
        self._shown = ""
        super().__init__(lines, parent=parent)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(3)  # one line is as high as other fields

    def set_words(self, words: str) -> None:
        """Show words kept elsewhere; what a person is typing at this moment is left alone."""
        if words == self._shown and self.hasFocus():
            return
        if self.hasFocus() and self.toPlainText() != self._shown:
            return
        self._shown = words
        if words != self.toPlainText():
            self.setPlainText(words)

    def commit(self) -> None:
        """Say what was written, if anything was."""
        words = self.toPlainText()
        if words != self._shown and not self.isReadOnly():
            self._shown = words
            self.written.emit(words)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say that the writing begins."""
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving the field keeps what was typed; a menu or another window is not leaving."""
        super().focusOutEvent(event)
        self.commit()
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape ends the writing and brings back what was kept; Ctrl+Enter keeps it."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape:
            self.setPlainText(self._shown)
            self.ended.emit()
        elif enter and (control or self.one_line):
            self.commit()
            self.ended.emit()
        elif control and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Undo and redo belong to the program when the field has nothing of its own to undo."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            document, keys = self.document(), QKeySequence.StandardKey
            undo = event.matches(keys.Undo) and not document.isUndoAvailable()
            if undo or (event.matches(keys.Redo) and not document.isRedoAvailable()):
                event.ignore()
                return True
        return super().event(event)

    def settle(self) -> None:
        """Take the height the words need."""
        # The layout of a plain document counts its height in lines.
        lines = max(round(self.document().size().height()), self._fewest)
        margins = self.edges + round(2 * self.document().documentMargin())
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + margins)


class NoteBox(QFrame):
    """A sunken box holding one text: a note, the evidence, or why a question does not apply."""

    written = Signal(str)
    left = Signal()
    ended = Signal()

    def __init__(self, label: str, parent: QWidget | None = None, *, heading: bool = False) -> None:
        super().__init__(parent)
        self.field = WrittenText(1, self)
        self.field.edges = 0
        self.field.document().setDocumentMargin(0)
        self.field.setStyleSheet("QPlainTextEdit { border: 0; padding: 0; background: transparent; }")
        self.field.setAccessibleName(label)
        self.field.written.connect(self.written)
        self.field.entered.connect(self.update)
        self.field.left.connect(self._left)
        self.field.ended.connect(self.ended)
        heads = [text(label, "label")] if heading else []
        self.setLayout(col(*heads, self.field, gap=2, margins=(10, 7, 10, 7)))

    def _left(self) -> None:
        self.update()
        self.left.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The sunken ground, and the ring while it is written in."""
        painter, colours = QPainter(self), tokens(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.colour("sunken"))
        painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        if self.field.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.colour("focus"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)
