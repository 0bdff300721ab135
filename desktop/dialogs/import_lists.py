"""Long lists of an import: what needs looking at, and where each heading went; both can be copied."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from storage.exchange.importing.import_headings import Heading
from storage.exchange.tables.sheet import Problem
from widgets.parts import button, row, text
from widgets.table_model import Cell, Column, RecordTable, Row
from widgets.table_view import RecordView

_PROBLEMS = (
    Column("value", "Value", 180, sortable=False),
    Column("why", "Why it is listed", 380, stretch=True, sortable=False),
)
_HEADINGS = (
    Column("heading", "Heading in the file", 300, sortable=False),
    Column("where", "Where it went", 320, stretch=True, sortable=False),
    Column("why", "Why", 200, sortable=False),
)
Lines = Sequence[Mapping[str, str]]


class _Lines:
    """Lines of words as a source of rows; ids count from 1."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines

    def ids(self) -> Sequence[int]:
        return range(1, len(self._lines) + 1)

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        return {i: Row(i, {n: Cell(w) for n, w in self._lines[i - 1].items()}) for i in ids}


class LinesView(QWidget):
    """A table of words, with a button that copies all of it."""

    def __init__(self, columns: Sequence[Column], lines: Lines, name: str) -> None:
        super().__init__()
        self._view = RecordView(RecordTable(_Lines(lines), columns))
        self._view.setAccessibleName(name)
        self._said = text("", "small")
        self._view.said.connect(self._said.setText)
        copy = button("Copy the list", "", "copy")
        copy.setEnabled(bool(lines))
        copy.clicked.connect(self.copy_all)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._view, 1)
        self._foot = row(copy, self._said, None, margins=(24, 8, 24, 4))
        whole.addLayout(self._foot)

    def at_edge(self) -> LinesView:
        """The same for a dialog that has margins of its own: what is below begins where the table does."""
        self._foot.setContentsMargins(0, 8, 0, 4)
        return self

    def copy_all(self) -> None:
        """Put every line on the clipboard, for Excel or Word."""
        self._view.selectAll()
        self._view.copy()


def problem_list(problems: Sequence[Problem], rows_are: str = "Row", of: str = "Column") -> LinesView:
    """Cells and rows a person should look at, or answers of a form by their pages."""
    lines = [
        {"row": str(p.row), "column": p.column, "value": " ".join(p.value.split())[:200], "why": p.why}
        for p in problems
    ]
    first = Column("row", rows_are, 70, "right", sortable=False)
    second = Column("column", of, 160, sortable=False)
    return LinesView((first, second, *_PROBLEMS), lines, "Things to look at")


def heading_list(headings: Sequence[Heading]) -> LinesView:
    """Every heading with where it went."""
    lines = [
        {
            "heading": h.heading,
            "where": _begun(h.where),
            "why": "" if h.goes == "worked out" else _begun(h.why),
        }
        for h in headings
    ]
    return LinesView(_HEADINGS, lines, "Headings and where they went")


def _begun(words: str) -> str:
    """Words as the beginning of a sentence."""
    return words[:1].upper() + words[1:]
