"""A computed value together with the reason for it."""

from __future__ import annotations

from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Reason(NamedTuple):
    """One step of how a value came about: what was taken, where that is laid down, and what it rests on itself."""

    words: str
    source: str = ""  # the clause, law or guidance it comes from
    rests_on: tuple[Reason, ...] = ()


class Explained(NamedTuple, Generic[T]):
    """A value and, in words fit to show and print, how it came about: a sentence, and the steps behind it."""

    value: T
    why: str
    reasons: tuple[Reason, ...] = ()
