"""The parts of a question that are typed: text, dates, amounts, figures, people and references."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QSizePolicy, QWidget

from storage.engine.fields import Field, Kind
from widgets.checklist_data import PartData, PartKind
from widgets.checklist_segments import PartEditor
from widgets.checklist_text import WrittenText
from widgets.editors import LineEditor, editor_for
from widgets.parts import row, text

_FIELDS = {
    PartKind.DATE: Kind.DAY,
    PartKind.MONEY: Kind.MONEY,
    PartKind.NUMBER: Kind.TEXT,  # figures are kept as typed; a gate or a score reads them
    PartKind.PERCENT: Kind.TEXT,
    PartKind.PERSON: Kind.TEXT,
    PartKind.LINK: Kind.TEXT,
    PartKind.FILE: Kind.TEXT,
    PartKind.TEXT: Kind.TEXT,  # worked out, so it is one line
}
_WIDTHS = {PartKind.DATE: 220, PartKind.MONEY: 180, PartKind.NUMBER: 120, PartKind.PERCENT: 96}


class TextEditor(PartEditor):
    """Several lines of words."""

    def __init__(self, part: PartData, lines: int) -> None:
        super().__init__()
        self._field = WrittenText(lines)
        self._field.setAccessibleName(part.label or "Answer")
        self._field.written.connect(self._written)
        self.setLayout(row(self._field, gap=0))

    def set_part(self, part: PartData, *, not_applicable: bool, read_only: bool) -> None:
        """Show the words."""
        self._field.set_words(str(part.value or ""))
        self._field.setReadOnly(read_only or not_applicable)

    def commit(self) -> None:
        """Say what is typed."""
        self._field.commit()

    def start(self) -> QWidget:
        """The field."""
        return self._field

    def _written(self, words: str) -> None:
        self.changed.emit(words.strip() or None)


class FieldEditor(PartEditor):
    """A date, an amount, a figure, a person or where something is kept: one line, read as its field reads it."""

    tells_problem = True

    def __init__(self, part: PartData) -> None:
        super().__init__()
        self._names = {option.label: option.value for option in part.options}
        self._editor = editor_for(Field(part.label or "Answer", _FIELDS[part.kind]), today=date.today())
        self._editor.committed.connect(self._committed)
        self._editor.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._editor.setMaximumWidth(_WIDTHS.get(part.kind, 16_777_215))
        if self._names:
            self._suggest()
        unit = [text("%", "soft")] if part.kind is PartKind.PERCENT else []
        rest = [None] if part.kind in _WIDTHS else []
        across = row(self._editor, *unit, *rest, gap=6)
        across.setStretch(0, 100)  # as wide as it may be, and at the left
        self.setLayout(across)

    def set_part(self, part: PartData, *, not_applicable: bool, read_only: bool) -> None:
        """Show the answer; what is being typed at this moment is left alone."""
        self._editor.today = date.today()
        self._editor.renew(self._held(part))
        self._editor.show_problem(part.problem)
        self._editor.set_read_only(read_only or not_applicable)

    @property
    def is_held(self) -> bool:
        """Words that could not be read stay as typed."""
        return self._editor.pending

    def commit(self) -> None:
        """Say what is typed and can be read."""
        self._editor.commit()

    def start(self) -> QWidget:
        """The line."""
        return self._editor.control

    def _suggest(self) -> None:
        if isinstance(self._editor, LineEditor):
            completer = QCompleter(list(self._names), self)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            self._editor.line.setCompleter(completer)

    def _held(self, part: PartData) -> object:
        """The answer as the field holds it."""
        value = part.value
        if part.kind is PartKind.DATE:
            return date.fromisoformat(value) if isinstance(value, str) and value else None
        if part.kind is PartKind.MONEY:
            return value if isinstance(value, int) else None
        words = "" if value is None else str(value)
        return next((label for label, kept in self._names.items() if kept == words), words)

    def _committed(self, value: object) -> None:
        if isinstance(value, date):
            self.changed.emit(value.isoformat())
        else:
            self.changed.emit((self._names.get(value, value) or None) if isinstance(value, str) else value)
