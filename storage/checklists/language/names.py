"""What the names in a template's expressions stand for: questions, their parts, and columns of rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from storage.checklists.language.sorts import Chosen, Given, Many, Score, Sort, Type
from storage.checklists.parts import Kind, Option, Part
from storage.checklists.reading_questions import NOT_APPLICABLE
from storage.checklists.structure import Question, Template
from storage.checklists.values import part_problem, rows_of

_SORTS = {
    Kind.YES_PARTLY_NO: Sort.CHOICE,
    Kind.YES_NO: Sort.CHOICE,
    Kind.RATING: Sort.CHOICE,
    Kind.CHOICE: Sort.CHOICE,
    Kind.CHOICES: Sort.CHOICES,
    Kind.MATRIX: Sort.SCORE,
    Kind.TEXT: Sort.TEXT,
    Kind.PERSON: Sort.TEXT,
    Kind.LINK: Sort.TEXT,
    Kind.FILE: Sort.TEXT,
    Kind.DATE: Sort.DATE,
    Kind.NUMBER: Sort.NUMBER,
    Kind.PERCENT: Sort.NUMBER,
    Kind.MONEY: Sort.MONEY,
    Kind.MONEY_BY_YEAR: Sort.MONEY,
    Kind.ROWS: Sort.ROWS,
}
_PENCE = Decimal(100)


@dataclass(frozen=True, slots=True)
class Named:
    """What a name stands for. `place` is the order of its question and part in the template."""

    question: Question
    part: Part
    column: Part | None
    place: tuple[int, int]

    @property
    def type(self) -> Type:
        """The sort of its value."""
        part = self.column or self.part
        many = self.column is not None or part.kind in (Kind.ROWS, Kind.MONEY_BY_YEAR)
        options = part.options
        if self.column is None and part is self.question.first and self.question.not_applicable and options:
            options = (*options, Option(NOT_APPLICABLE, "Not applicable"))
        return Type(_SORTS[part.kind], many, options)

    @property
    def words(self) -> str:
        """How a sentence names it: question 03, or “Mitigation” in question 03."""
        whole = f"question {self.question.number}"
        if self.column is not None:
            return f"“{self.column.label}” in {whole}"
        only = len(self.question.parts) == 1 or bool(self.part.options)
        first = self.part is self.question.first and only
        return whole if first else f"“{self.part.label}” in {whole}"


def names_of(template: Template) -> Mapping[str, Named]:
    """Every name an expression of this template can use."""
    found: dict[str, Named] = {}
    for number, question in enumerate(template.questions):
        for path, named in _named(question, number):
            for start in (question.id, question.name):
                if start:
                    found.setdefault(start + path, named)
    return found


def _named(question: Question, number: int) -> Iterator[tuple[str, Named]]:
    yield "", Named(question, question.first, None, (number, 0))
    for place, part in enumerate(question.parts):
        yield f".{part.key}", Named(question, part, None, (number, place))
        for column in part.columns:
            yield f".{part.key}.{column.key}", Named(question, part, column, (number, place))
    for column in question.first.columns:
        yield f".{column.key}", Named(question, question.first, column, (number, 0))


def type_of(part: Part) -> Type:
    """The sort of a part's own value."""
    return Type(_SORTS[part.kind], part.kind in (Kind.ROWS, Kind.MONEY_BY_YEAR), part.options)


def value_of(part: Part, value: object) -> Given:
    """A kept value as an expression works with it; None for none, or one that cannot be right."""
    if value is None or value == "" or part_problem(part, value):
        return None
    match part.kind:
        case Kind.ROWS:
            return Many(str(row["row"]) for row in rows_of(value)) or None
        case Kind.MONEY_BY_YEAR:
            return (
                Many(Decimal(p) / _PENCE for p in value.values())
                if isinstance(value, dict) and value
                else None
            )
        case Kind.MATRIX:
            if isinstance(value, dict) and value:
                return Score.of(value["likelihood"], value["consequence"])
            return None
        case Kind.CHOICES:
            return tuple(_chosen(part, v) for v in value) if isinstance(value, list) and value else None
        case _:
            return _single(part, value)


def column_of(part: Part, column: Part, value: object) -> Given:
    """The values of one column of rows, None where a cell is empty."""
    if value is None or part_problem(part, value):
        return None
    return Many(value_of(column, row.get(column.key)) for row in rows_of(value)) or None


def _single(part: Part, value: object) -> Given:
    match part.kind:
        case Kind.DATE if isinstance(value, str):
            return date.fromisoformat(value) if value.strip() else None
        case Kind.NUMBER | Kind.PERCENT if isinstance(value, str):
            return Decimal(value) if value.strip() else None
        case Kind.MONEY if isinstance(value, int):
            return Decimal(value) / _PENCE
        case Kind.TEXT | Kind.PERSON | Kind.LINK | Kind.FILE:
            words = " ".join(f"{k} {v}" for k, v in value.items()) if isinstance(value, dict) else str(value)
            return words if words.strip() else None
        case _:
            return _chosen(part, value) if isinstance(value, str) and value in part.values else None


def _chosen(part: Part, value: object) -> Chosen:
    return Chosen.of(str(value), part.words(str(value)))
