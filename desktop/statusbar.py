"""The quiet bottom line: which file, what Undo would undo, when it was saved and backed up."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from widgets.elided import Elided
from widgets.parts import IconLabel, link, text
from widgets.shown import set_tip

HEIGHT = 28
SAID_FOR = 8000  # ms a passing sentence stays


class StatusBar(QFrame):
    """Answers: is it safe?"""

    asked = Signal()  # the words about the backup were pressed

    def __init__(self, path: Path, *, read_only: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "status")
        self.setFixedHeight(HEIGHT)
        self._file = text(path.name, "label")
        self._folder = text(folder_words(path), "small")
        set_tip(self._folder, str(path.parent))
        self._said = Elided("small")
        self._said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._undo = text("", "small")
        self._tick = IconLabel("check", "green", 14)
        self._saved = text("", "small")
        self._copy = link("")
        set_tip(self._copy, "Check my file")
        self._copy.clicked.connect(self.asked)
        self._read_only = text("Open to read only", "label", "amber")
        self._read_only.setVisible(read_only)
        self._tick.setVisible(False)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 0, 16, 0)
        layout.setSpacing(8)
        for words in (self._file, self._folder, self._read_only):
            layout.addWidget(words)
        layout.addSpacing(16)
        layout.addWidget(self._said, 1)
        quiet: tuple[QWidget, ...] = (self._undo, self._tick, self._saved, self._copy)
        for item in quiet:
            layout.addWidget(item)
        self._quiet = QTimer(self, singleShot=True, interval=SAID_FOR)
        self._quiet.timeout.connect(self._hush)

    def say(self, words: str) -> None:
        """Show a sentence for a while."""
        self._said.show_words(words)
        self._said.show()  # empty too: it holds what follows at the right
        self._quiet.start()

    def _hush(self) -> None:
        self.say("")
        self._quiet.stop()

    def show_read_only(self) -> None:
        """The file can only be read from now on."""
        self._read_only.setVisible(True)

    def show_undo(self, label: str) -> None:
        """What Undo would undo."""
        self._undo.setText(f"Undo: {label[:60]}   " if label else "")

    def show_saved(self, at: datetime) -> None:
        """When the last change was saved."""
        self._tick.setVisible(True)
        self._saved.setText(f"Saved {at:%H:%M}   ")

    def show_place(self, words: str) -> None:
        """Say of a working copy where its file lies and when it was published, instead of the folder."""
        self._folder.setText(words)

    def show_copy(self, words: str) -> None:
        """When the file was last backed up."""
        self._copy.setText(words)
        self._copy.setAccessibleName(f"{words}. Check my file")


def folder_words(path: Path) -> str:
    """The last two folders of a path, as people read them."""
    return " › ".join(path.absolute().parent.parts[-2:]).replace("/ › ", "")
