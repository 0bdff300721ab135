"""Going back to a copy: when and why each was made, what it holds, whether it is sound, and what came after it."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QFrame, QListWidget, QListWidgetItem, QWidget

from desktop.apart import Apart
from desktop.dialogs.second_place import SecondPlace
from desktop.words import count_words, time_words
from storage.engine.backup.backups import Copy, home, list_copies
from storage.engine.backup.later_work import hashes, later_than
from storage.engine.backup.rechecking import looked_over
from storage.engine.fields import RECORDS
from widgets.parts import button, col, pill, restyle, row, text
from widgets.shown import set_title

LINE = 64  # pixels of one copy
TABLES = ("contract", "organisation", "service", "specification", "checklist_run", "action")
KEPT = "The file as it is now is kept aside, and you are told where."
NONE = (
    "There is no copy of this file yet. One is made at the first change of a day, before every import, every half "
    "hour while you work, and when you close."
)


class CopyLine(QFrame):
    """One copy in the list."""

    def __init__(self, copy: Copy) -> None:
        super().__init__()
        self._state = pill("Checking…", "grey")
        self._later = text("", "small")
        self._later.setAlignment(Qt.AlignmentFlag.AlignRight)
        place = "" if copy.path.is_relative_to(home()) else f" · {copy.folder.parent}"
        name = row(text(time_words(copy.made), "medium"), text(f"{copy.why}{place}", "soft"), None)
        left = col(None, name, text(held_words(copy), "small"), None, gap=3)
        right = col(None, row(None, self._state), self._later, None, gap=3)
        across = row(gap=12, margins=(12, 0, 12, 0))
        across.addLayout(left, 1)
        across.addLayout(right)
        self.setLayout(across)

    def show_looked(self, copy: Copy) -> None:
        """Whether the copy is as it was made."""
        self._state.setText("Sound, checked just now" if copy.good else "Damaged")
        restyle(self._state, tone="green" if copy.good else "red")

    def show_later(self, later: int | None) -> None:
        """How much was done after it."""
        self._later.setText(later_words(later))


class RestoreDialog(QDialog):
    """Lists the copies of a file, newest first; each is read again while the dialog is open."""

    def __init__(self, parent: QWidget | None, path: Path, known: Sequence[str] | None = None) -> None:
        """`known` are the hashes of the steps of an open file; None for one that must be read first."""
        super().__init__(parent)
        set_title(self, "Restore")
        self.resize(820, 560)
        self.setMinimumSize(680, 420)
        self._path, self._known = path, known
        self._copies = list_copies(path)
        self._list = _listing()
        self._lines = [self._add(copy) for copy in self._copies]
        self._lay_out()
        self._list.setCurrentRow(0)
        self._chose(self._list.currentRow())
        self._work = Apart(self._looking)
        self._work.told.connect(self._heard)
        self.finished.connect(self._work.cancel)
        if self._copies:
            self._work.start()

    def _lay_out(self) -> None:
        self._again = QCheckBox("Afterwards, do again what was changed since")
        self._again.setVisible(bool(self._copies))
        self._go = button("Restore this copy", "primary")
        self._go.clicked.connect(self.accept)
        cancel = button("Cancel")
        cancel.clicked.connect(self.reject)
        self._list.currentRowChanged.connect(self._chose)
        self._list.itemDoubleClicked.connect(self._double)
        heading = text(f"Go back to a copy of {self._path.name}", "title", wrap=True)
        said = text(KEPT if self._copies else NONE, "soft", wrap=True)
        self.setLayout(
            col(
                heading,
                said,
                self._list,
                self._again,
                SecondPlace(),
                row(None, cancel, self._go),
                gap=12,
                margins=24,
            )
        )

    def _add(self, copy: Copy) -> CopyLine:
        item, made = QListWidgetItem(), CopyLine(copy)
        item.setData(
            Qt.ItemDataRole.AccessibleTextRole, f"{time_words(copy.made)}, {copy.why}, {held_words(copy)}"
        )
        item.setSizeHint(QSize(0, LINE))
        self._list.addItem(item)
        self._list.setItemWidget(item, made)
        return made

    def _looking(self) -> Generator[object, None, object]:
        """On a thread: what the file holds beyond each copy, then whether each copy is sound."""
        if self._known is None:
            yield hashes(self._path)
        yield from looked_over(self._copies)
        return None

    def _heard(self, thing: object) -> None:
        if isinstance(thing, list):
            self._known = thing
        elif isinstance(thing, Copy):
            place = next(n for n, c in enumerate(self._copies) if c.path == thing.path)
            self._copies[place] = thing
            self._lines[place].show_looked(thing)
            if not thing.good and place == self._list.currentRow() and place + 1 < len(self._copies):
                self._list.setCurrentRow(place + 1)  # the next older one is offered
        self._chose(self._list.currentRow())

    def _chose(self, place: int) -> None:
        """Say what goes with the copy that is chosen now."""
        chosen, later = self.chosen(), None
        if self._known is not None:
            for copy, line in zip(self._copies, self._lines, strict=True):
                line.show_later(later_than(copy, self._known))
            later = later_than(chosen, self._known) if chosen else None
        self._again.setEnabled(bool(later))
        self._again.setChecked(bool(later))
        words = count_words(later, "later change", "later changes") if later else "what was changed since"
        self._again.setText(f"Afterwards, do the {words} again" if later else f"Afterwards, do again {words}")
        self._go.setEnabled(chosen is not None and chosen.good)

    def _double(self) -> None:
        if self._go.isEnabled():
            self.accept()

    def chosen(self) -> Copy | None:
        """The copy to go back to."""
        place = self._list.currentRow()
        return self._copies[place] if 0 <= place < len(self._copies) else None

    @property
    def replay(self) -> bool:
        """Whether later changes are to be done again."""
        return self._again.isEnabled() and self._again.isChecked()


def _listing() -> QListWidget:
    made = QListWidget()
    made.setAccessibleName("Copies, newest first")
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
    return made


def later_words(later: int | None) -> str:
    """How much was done after a copy was made."""
    if later is None:
        return "Another line of work"
    return count_words(later, "later change", "later changes") if later else "Nothing changed since"


def held_words(copy: Copy) -> str:
    """How much of what matters most a copy holds."""
    counts = [(RECORDS[table], copy.counts.get(table, 0)) for table in TABLES]
    return ", ".join(count_words(n, cls.LABEL.lower(), cls.PLURAL.lower()) for cls, n in counts)
