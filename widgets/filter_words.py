"""A filter as data and in plain English, and which comparisons suit which sort of field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from storage.engine.fields import Field, Kind, phrase

Value = object
Options = Sequence[tuple[Value, str]]  # the values a field can have, each with its words

BLANKS = ("blank", "not blank")
_TEXT = ("contains", "is", "is not", *BLANKS)
_LISTED = ("is", "is not", *BLANKS)
_AMOUNT = ("at least", "at most", "between", "is", *BLANKS)
_DAY = ("before", "on or before", "after", "on or after", "between", "is", *BLANKS)
_OPS: Mapping[Kind, tuple[str, ...]] = {
    Kind.TEXT: _TEXT,
    Kind.NOTE: ("contains", *BLANKS),
    Kind.WHOLE: _AMOUNT,
    Kind.NUMBER: _AMOUNT,
    Kind.MONEY: _AMOUNT,
    Kind.DAY: _DAY,
    Kind.PERIOD: ("is", "is not", *BLANKS),
    Kind.YESNO: ("is", *BLANKS),
    Kind.CHOICE: _LISTED,
    Kind.LINK: _LISTED,
    Kind.DATA: (),
}
_SAID = {"not blank": "filled in"}
_SAID_OF_DAYS = {"is": "on", **_SAID}


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition on a field. `op` is a word the query knows; several values of *is* are alternatives."""

    name: str
    op: str
    values: tuple[Value, ...] = ()

    def words(self, field: Field, options: Options = ()) -> str:
        """The condition as its chip says it: *Ends: before 1 Apr 2030*."""
        said = [self._said(field, value, options) for value in self.values]
        return f"{field.label}: {phrase(self.op, said)}"

    @staticmethod
    def _said(field: Field, value: Value, options: Options) -> str:
        named = next((words for each, words in options if each == value), "")
        return named or field.show(value) or "blank"


def ops_for(field: Field, options: Options = ()) -> tuple[str, ...]:
    """The comparisons a field can be filtered by; none when it cannot be."""
    if field.kind is Kind.LINK and not options:
        return BLANKS
    return _LISTED if options and field.kind is not Kind.YESNO else _OPS[field.kind]


def op_words(op: str, field: Field) -> str:
    """A comparison as the editor lists it."""
    said = _SAID_OF_DAYS if field.kind is Kind.DAY else _SAID
    return said.get(op, op)


def options_of(field: Field, given: Options = ()) -> Options:
    """The values to choose among: those given, or the field's own list."""
    if given:
        return given
    if field.kind is Kind.YESNO:
        return ((True, "Yes"), (False, "No"))
    return tuple((choice, choice) for choice in field.choices)
