"""The parts an expression is made of once it is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written."""

    value: Decimal
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Text:
    """Words in quotation marks: an answer's value, a text, or a date inside date()."""

    value: str
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Name:
    """${path}: the answer to a question, to a part of one, or a column of its rows."""

    path: str
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Own:
    """A full stop: the value that a constraint is about."""

    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Call:
    """A function with what it is given; not(…) is one."""

    name: str
    given: tuple[Node, ...]
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Op:
    """Two expressions and what stands between them."""

    sign: str
    left: Node
    right: Node
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Minus:
    """The negative of an expression."""

    of: Node
    at: int = field(default=0, compare=False)


Node = Number | Text | Name | Own | Call | Op | Minus


def walk(node: Node) -> Iterator[Node]:
    """The expression and everything inside it."""
    yield node
    match node:
        case Call():
            for given in node.given:
                yield from walk(given)
        case Op():
            yield from walk(node.left)
            yield from walk(node.right)
        case Minus():
            yield from walk(node.of)


def names_in(node: Node) -> tuple[Name, ...]:
    """Every name an expression uses, in the order written."""
    return tuple(each for each in walk(node) if isinstance(each, Name))
