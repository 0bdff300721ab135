"""What a function of the language is: what it takes and gives, how it is worked out, and how it reads in English."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from storage.checklists.language.grammar import show
from storage.checklists.language.sorts import Around, Given, Many, Type
from storage.checklists.language.tokens import ExpressionError
from storage.checklists.language.tree import Call, Node, Text

Said = Callable[[Node], str]


@dataclass(frozen=True, slots=True)
class Function:
    """One function. `check` gives the type of the result or raises ExpressionError; `work` never raises."""

    least: int
    most: int | None
    check: Callable[[Call, Sequence[Type]], Type]
    work: Callable[[Sequence[Given], Around], Given]
    words: Callable[[Call, Said], str]
    example: str


class WrongGiven(ExpressionError):
    """A function was given something of another sort; whoever asked adds how it is written."""


def wrong(call: Call, place: int, wanted: str, found: Type) -> WrongGiven:
    """The error for a value of another sort."""
    given = call.given[place]
    return WrongGiven(f"{call.name}() needs {wanted}, and {show(given)} is {found.words}", given.at)


def literal(call: Call, place: int, what: str) -> str:
    """The words in quotation marks at a place. Raises WrongGiven when something else stands there."""
    given = call.given[place]
    if isinstance(given, Text):
        return given.value
    raise WrongGiven(f"{call.name}() needs {what} in quotation marks", given.at)


def flat(values: Sequence[Given]) -> list[Given]:
    """Values with those of each row or year beside them, and what is not known left out."""
    found: list[Given] = []
    for value in values:
        found.extend(value if isinstance(value, Many) else (value,))
    return [value for value in found if value is not None]


def listed(words: Sequence[str], last: str = "and") -> str:
    """Words in a row: a, b and c."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"


def all_said(call: Call, said: Said, last: str = "and", first: int = 0) -> str:
    """What a function is given, in a row."""
    return listed([said(node) for node in call.given[first:]], last)
