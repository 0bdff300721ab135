"""Forgetting a person: who it is, where they are named, and which older copies still hold them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QLayout, QSizePolicy, QWidget

from desktop.words import count_words
from storage.desk.people.forgetting import AFTERWARDS, Somebody, place_words
from storage.engine.errors import StorageError
from storage.engine.fields import Field
from storage.engine.forget.forgetting import Forgotten, Found
from storage.engine.forget.old_copies import Holder, delete
from storage.engine.forget.texts import Place
from widgets.parts import breakable, button, col, line, row, scroll, text
from widgets.shown import escaped, set_title

WIDE, HIGH = 720, 560


class PreviewDialog(QDialog):
    """Every place that names the person, each with its tick; what is not ticked is left as it is."""

    def __init__(
        self,
        parent: QWidget,
        who: Somebody,
        found: Mapping[Place, Found],
        own: Mapping[str, list[Field]],
        instead: str,
    ) -> None:
        super().__init__(parent)
        set_title(self, "Forget a person")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumSize(WIDE, HIGH)
        self.places = {place: _tick(place_words(place, own)) for place in found}
        self.people = {number: _tick("The record of the person") for number in who.people}
        self.forget = button("Forget this person", "danger")
        self.forget.clicked.connect(self.accept)
        for box in (*self.people.values(), *self.places.values()):
            box.toggled.connect(self._count_ticks)
        words = (
            f"What is ticked is replaced by “{instead}”, as it is now and in the history. What was signed or issued "
            "stays signed and issued. The history is sealed anew and says so. This cannot be undone."
        )
        cancel = button("Cancel")
        cancel.clicked.connect(self.reject)
        head = (text(f"Forget {who.name}", "title", wrap=True), text(words, "soft", wrap=True))
        foot = row(None, cancel, self.forget, margins=(24, 8, 24, 16))
        self.setLayout(col(col(*head, margins=(24, 20, 24, 4)), self._list(who, found), foot, gap=8))

    def _list(self, who: Somebody, found: Mapping[Place, Found]) -> QWidget:
        down = col(gap=8, margins=(24, 4, 24, 8))
        for number, box in self.people.items():
            down.addLayout(_line(box, "removed, with its history", [who.people[number]]))
            down.addWidget(line())
        for place in sorted(found, key=lambda each: self.places[each].text()):
            down.addLayout(_line(self.places[place], _count(found[place]), found[place].examples))
            down.addWidget(line())
        down.addStretch(1)
        return scroll(down)

    def _count_ticks(self, _on: bool) -> None:
        boxes = (*self.people.values(), *self.places.values())
        self.forget.setEnabled(any(box.isChecked() for box in boxes))

    def kept(self) -> list[Place]:
        """The places left as they are."""
        return [place for place, box in self.places.items() if not box.isChecked()]

    def spared(self) -> list[int]:
        """The records of people left as they are."""
        return [number for number, box in self.people.items() if not box.isChecked()]


class ForgottenDialog(QDialog):
    """What was done, the older copies that still hold the person, and what the program cannot reach."""

    def __init__(
        self,
        parent: QWidget,
        who: Somebody,
        done: Forgotten,
        copies: Sequence[Holder],
        told: Callable[[str], object],
    ) -> None:
        super().__init__(parent)
        set_title(self, "Forget a person")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(WIDE)
        self._told = told
        self.copies = {holder: _tick(holder.when) for holder in copies}
        self.delete = button("Delete what is ticked", "danger", "trash")
        self.delete.setEnabled(False)
        self.delete.clicked.connect(self._delete)
        close = button("Close", "primary")
        close.clicked.connect(self.accept)
        words = (
            f"{count_words(done.texts, 'text')} changed, {count_words(done.rows, 'record')} removed. The file was "
            "looked over afterwards: nothing is left of the places you ticked."
        )
        self._state = text(self._copies_words(), "medium", wrap=True)
        head = (
            text(f"{who.name} is forgotten in this file", "title", wrap=True),
            text(words, "soft", wrap=True),
        )
        beyond = (text("What the program cannot reach", "label"), text(AFTERWARDS, "soft", wrap=True))
        items = (*head, 4, self._state, *self._list(), 4, *beyond, None, row(self.delete, None, close))
        self.setLayout(col(*items, gap=8, margins=24))
        self.delete.setVisible(bool(copies))

    def _list(self) -> list[QWidget]:
        if not self.copies:
            return []
        down = col(gap=6, margins=(12, 8, 12, 8))
        for holder, box in self.copies.items():
            box.setChecked(False)
            box.toggled.connect(self._count_ticks)
            down.addLayout(
                _line(box, "" if holder.certain else "cannot be read, so it may", [str(holder.path)])
            )
        down.addStretch(1)
        area = scroll(down)
        area.setMinimumHeight(180)
        return [area]

    def _copies_words(self) -> str:
        left = [box for box in self.copies.values() if box.isEnabled()]
        if not left:
            return "No older copy that this program knows of holds them."
        one = len(left) == 1
        many = "1 older copy still holds" if one else f"{len(left):,} older copies still hold"
        return (
            f"{many} the person, and going back to {'it' if one else 'one'} would bring them back. Tick what is to "
            "be deleted. A backup without the person was made just now."
        )

    def _count_ticks(self, _on: bool) -> None:
        self.delete.setEnabled(any(box.isChecked() for box in self.copies.values()))

    def _delete(self) -> None:
        for holder, box in self.copies.items():
            if box.isChecked() and box.isEnabled():
                try:
                    delete([holder])
                except StorageError as error:
                    self._told(str(error))
                    return
                box.setChecked(False)
                box.setEnabled(False)
                box.setText(f"{holder.when}: deleted")
        self._state.setText(self._copies_words())


def _tick(words: str) -> QCheckBox:
    box = QCheckBox(escaped(words))
    box.setChecked(True)
    return box


def _line(box: QCheckBox, count: str, examples: Sequence[str]) -> QLayout:
    said = text(count, "small")
    said.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    shown = [text(breakable(example), "small", wrap=True) for example in examples]
    across = row(gap=12)
    across.addWidget(box, 1)
    across.addWidget(said)
    return col(across, col(*shown, gap=2, margins=(28, 0, 0, 0)), gap=2)


def _count(found: Found) -> str:
    now = f"{found.now:,} now" if found.now else ""
    former = f"{found.former:,} in the history" if found.former else ""
    return ", ".join(filter(None, (now, former)))
