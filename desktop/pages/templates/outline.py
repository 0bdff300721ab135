"""The tree of a template: its head, sections, questions, and the parts of those that have several."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from storage.checklists.data import Data, sections_in, tables
from storage.checklists.editing import Place
from storage.desk.checklists.template_fields import KIND_WORDS
from widgets.shown import plain_tip

HEAD = "About the template"
_PART = re.compile(r"(?P<question>[A-Z]+\d+-\d+), part (?P<part>\w+)(?:, column (?P<column>\w+))?")
_SECTION = re.compile(r".*section (?P<section>[A-Z]+)$")


class TemplateOutline(QWidget):
    """Choosing a line tells its place."""

    chosen = Signal(object)  # Place

    def __init__(self) -> None:
        super().__init__()
        self.tree = QTreeWidget()
        self.tree.setHeaderHidden(True)
        self.tree.setAccessibleName("Sections and questions")
        self.tree.setUniformRowHeights(True)
        self.tree.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.tree.currentItemChanged.connect(self._chose)
        self._items: dict[Place, QTreeWidgetItem] = {}
        self._sections: dict[Place, str] = {}
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(self.tree)

    def show_data(self, data: Data, place: Place) -> None:
        """Show a template, with one place chosen; what was open stays open, at first the sections are."""
        open_ = {p for p, item in self._items.items() if item.isExpanded()}
        self.tree.blockSignals(True)
        self.tree.clear()
        self._items, self._sections = {}, {}
        self._add(None, Place(), HEAD)
        for section in sections_in(data):
            letter = str(section.get("letter"))
            at = Place(section=letter)
            head = self._add(None, at, f"{letter}  {section.get('title') or 'Untitled section'}")
            self._sections[at] = letter
            for question in tables(section, "questions"):
                self._question(head, letter, question)
        for each, item in self._items.items():
            item.setExpanded(each in open_ or (not open_ and bool(each.section)))
        chosen = self._items.get(place) or self._items[Place()]
        self.tree.setCurrentItem(chosen)
        _open_above(chosen)
        self.tree.blockSignals(False)

    def _question(self, head: QTreeWidgetItem, letter: str, question: Data) -> None:
        name = str(question.get("id"))
        at = Place(question=name)
        words = f"{question.get('number') or ''}  {question.get('text') or 'No words yet'}"
        item = self._add(head, at, words)
        self._sections[at] = letter
        for part in tables(question, "parts"):
            inner = Place(question=name, part=str(part.get("key")))
            self._sections[inner] = letter
            row = self._add(item, inner, _named(part))
            for column in tables(part, "columns"):
                cell = Place(question=name, part=inner.part, column=str(column.get("key")))
                self._sections[cell] = letter
                self._add(row, cell, _named(column))

    def _add(self, above: QTreeWidgetItem | None, place: Place, words: str) -> QTreeWidgetItem:
        flat = " ".join(words.split())
        item = QTreeWidgetItem([flat])
        item.setData(0, Qt.ItemDataRole.ToolTipRole, plain_tip(flat))
        item.setData(0, Qt.ItemDataRole.UserRole, place)
        if above is None:
            self.tree.addTopLevelItem(item)
        else:
            above.addChild(item)
        self._items[place] = item
        return item

    def words(self, place: Place) -> str:
        """What a place is called."""
        item = self._items.get(place)
        return item.text(0) if item is not None else HEAD

    def section_of(self, place: Place) -> str:
        """The letter of the section a place lies in."""
        return self._sections.get(place, "")

    def place_named(self, where: str) -> Place | None:
        """The place that a finding names, as far as it is one of this template."""
        found = Place(question=where)
        if match := _PART.fullmatch(where):
            found = Place(question=match["question"], part=match["part"], column=match["column"] or "")
        elif match := _SECTION.fullmatch(where):
            found = Place(section=match["section"])
        elif "-" not in where:
            found = Place()
        return found if found in self._items else None

    def _chose(self, item: QTreeWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.data(0, Qt.ItemDataRole.UserRole))


def _open_above(item: QTreeWidgetItem) -> None:
    above = item.parent()
    if above is not None:
        above.setExpanded(True)
        _open_above(above)


def _named(part: Data) -> str:
    kind = KIND_WORDS.get(str(part.get("kind")), "")
    return f"{part.get('label') or part.get('key')} · {kind}"
