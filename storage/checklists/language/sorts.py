"""What sort of value an expression gives, and the values it works with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from storage.checklists.parts import Option


class Sort(StrEnum):
    """A sort of value, by the words a message uses for it."""

    NUMBER = "a number"
    SCORE = "a score"
    MONEY = "an amount of money"
    DATE = "a date"
    TEXT = "a text"
    CHOICE = "a chosen answer"
    CHOICES = "several chosen answers"
    BOOL = "a condition"
    ROWS = "rows"
    BLANK = "nothing"


@dataclass(frozen=True, slots=True)
class Type:
    """The sort of a value. `many` is one for each row or year; `options` are what can be chosen."""

    sort: Sort
    many: bool = False
    options: tuple[Option, ...] = ()

    @property
    def is_number(self) -> bool:
        """Whether it is one plain number; a score is one."""
        return self.sort in (Sort.NUMBER, Sort.SCORE) and not self.many

    @property
    def is_amount(self) -> bool:
        """Whether it is one number or one sum of money."""
        return self.is_number or self.is_a(Sort.MONEY)

    @property
    def words(self) -> str:
        """How a message names it."""
        return f"{self.sort} for each row" if self.many else self.sort.value

    @property
    def values(self) -> tuple[str, ...]:
        """The values that can be chosen."""
        return tuple(option.value for option in self.options)

    def is_a(self, *sorts: Sort) -> bool:
        """Whether it is one value of one of these sorts."""
        return self.sort in sorts and not self.many

    def one(self) -> Type:
        """The sort of each of many."""
        return replace(self, many=False)


NUMBER = Type(Sort.NUMBER)
MONEY = Type(Sort.MONEY)
DATE = Type(Sort.DATE)
TEXT = Type(Sort.TEXT)
BOOL = Type(Sort.BOOL)


class Score(Decimal):
    """The score of a matrix, which remembers its two steps."""

    likelihood: int
    consequence: int

    @classmethod
    def of(cls, likelihood: int, consequence: int) -> Score:
        """The score of two steps."""
        made = cls(likelihood * consequence)
        made.likelihood, made.consequence = likelihood, consequence
        return made


class Chosen(str):
    """The value of a chosen answer, which remembers its words."""

    __slots__ = ("label",)
    label: str

    @classmethod
    def of(cls, value: str, label: str) -> Chosen:
        """A chosen answer."""
        made = cls(value)
        made.label = label
        return made


class Many(tuple["Given", ...]):
    """One value for each row or year; None where it was not given."""

    __slots__ = ()


Given = None | bool | Decimal | date | str | tuple[str, ...] | Many
"""A value while it is worked with. None is what is not known: not answered, hidden, or not to be worked out."""


@dataclass(frozen=True, slots=True)
class Around:
    """What an expression may know besides answers: the day, and figures of the reference lists."""

    today: date
    limits: tuple[tuple[str, int], ...] = ()

    def limit(self, name: str) -> int | None:
        """The figure of a limit, or None."""
        return dict(self.limits).get(name)
