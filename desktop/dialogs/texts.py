"""Dialogs that show text and nothing else: facts in two columns, a report, the last steps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from desktop.errorlog import last_lines, log_path
from desktop.session import Session
from desktop.words import time_words
from storage import __version__
from widgets.parts import scroll, text
from widgets.shown import set_title

MOST_STEPS = 200


def show_text(parent: QWidget | None, title: str, rows: Sequence[tuple[str, str]]) -> None:
    """Show rows of a name and its words; everything can be selected and copied. Waits when there is no window."""
    dialog = QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    set_title(dialog, title)
    dialog.setMinimumSize(620, 320)
    grid = QGridLayout()
    grid.setContentsMargins(24, 16, 24, 16)
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(1, 1)
    for place, (name, words) in enumerate(rows):
        grid.addWidget(_selectable(text(name, "label")), place, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(_selectable(text(words, wrap=True)), place, 1)
    grid.setRowStretch(len(rows), 1)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(dialog.reject)
    down = QVBoxLayout(dialog)
    down.setContentsMargins(0, 0, 0, 12)
    heading = text(title, "title")
    heading.setContentsMargins(24, 16, 24, 0)
    buttons.setContentsMargins(24, 0, 24, 0)
    down.addWidget(heading)
    down.addWidget(scroll(grid), 1)
    down.addWidget(buttons)
    if parent is None:
        dialog.exec()
    else:
        dialog.open()


def show_problems(parent: QWidget | None) -> None:
    """What went wrong in the program, ready to be copied into a report."""
    rows = [
        ("Version", __version__),
        ("The log", str(log_path())),
        ("Its last lines", "\n".join(last_lines()) or "Nothing has gone wrong in the program."),
        ("What is in it", "Where in the program something went wrong; nothing of what your file holds."),
    ]
    show_text(parent, "Report a problem", rows)


def _selectable(label: QLabel) -> QLabel:
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def show_history(parent: QWidget, session: Session) -> None:
    """The last steps, newest first."""
    rows: list[tuple[str, str]] = []
    for step in session.history.latest(MOST_STEPS):
        at = datetime.fromisoformat(step.at)
        word = {"undo": "Undone: ", "redo": "Redone: "}.get(step.kind, "")
        who = f" · {step.who}" if step.who else ""
        rows.append((time_words(at), f"{word}{step.label}{who}"))
    show_text(parent, "History of this file", rows or [("", "Nothing has been changed yet.")])
