"""The editor that goes with each kind of field."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from storage.engine.fields import Field, Kind
from widgets.editors_address import AddressEditor
from widgets.editors_base import Editor
from widgets.editors_choice import ChoiceEditor, Chooser, LinkEditor
from widgets.editors_line import DayEditor, LineEditor
from widgets.editors_note import GrowingText, NoteEditor

__all__ = [
    "AddressEditor",
    "ChoiceEditor",
    "Chooser",
    "DayEditor",
    "Editor",
    "GrowingText",
    "LineEditor",
    "LinkEditor",
    "NoteEditor",
    "editor_for",
]

_EDITORS: dict[Kind, type[Editor]] = {
    Kind.NOTE: NoteEditor,
    Kind.DAY: DayEditor,
    Kind.YESNO: ChoiceEditor,
    Kind.LINK: LinkEditor,
}


def editor_for(field: Field, *, today: date, parent: QWidget | None = None) -> Editor:
    """An editor for a field that people type. Raises `ValueError` for one that the program works out."""
    if field.derived or field.kind is Kind.DATA:
        raise ValueError(f"{field.label} is worked out, not typed")
    if field.kind is Kind.CHOICE and field.choices:
        return ChoiceEditor(field, today=today, parent=parent)
    if field.address:
        return AddressEditor(field, today=today, parent=parent)
    return _EDITORS.get(field.kind, LineEditor)(field, today=today, parent=parent)
