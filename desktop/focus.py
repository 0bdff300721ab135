"""Undo and Redo belong to the text field that has the focus first, then to the file."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget


def undo_typing(widget: QWidget | None) -> bool:
    """Take back typing in a field; False when it has none to take back."""
    if isinstance(widget, QLineEdit) and not widget.isReadOnly() and widget.isUndoAvailable():
        widget.undo()
        return True
    if isinstance(widget, QPlainTextEdit) and not widget.isReadOnly() and widget.document().isUndoAvailable():
        widget.undo()
        return True
    return False


def redo_typing(widget: QWidget | None) -> bool:
    """The same for Redo."""
    if isinstance(widget, QLineEdit) and not widget.isReadOnly() and widget.isRedoAvailable():
        widget.redo()
        return True
    if isinstance(widget, QPlainTextEdit) and not widget.isReadOnly() and widget.document().isRedoAvailable():
        widget.redo()
        return True
    return False
