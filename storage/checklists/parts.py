"""The kinds of answer a checklist question can ask for, and one part of a question."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What sort of value a part holds; the values are the words used in a template file."""

    YES_PARTLY_NO = "yes_partly_no"
    YES_NO = "yes_no"
    RATING = "rating"
    MATRIX = "matrix"
    TEXT = "text"
    DATE = "date"
    NUMBER = "number"
    MONEY = "money"
    PERCENT = "percent"
    CHOICE = "choice"
    CHOICES = "choices"
    PERSON = "person"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that can be chosen: the value that is kept and the words that are shown."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Part:
    """One typed part of a question.

    `options` is filled for every kind that offers a choice.
    `when` names answers of the question's first part: the part is asked only after one of them.
    `auto` names a value the program proposes and the person may change.
    `warn_above` and `closes_at` are limits of a five-by-five score.
    """

    key: str
    kind: Kind
    label: str
    options: tuple[Option, ...] = ()
    when: tuple[str, ...] = ()
    optional: bool = False
    auto: str | None = None
    warn_above: int | None = None
    closes_at: int | None = None

    @property
    def values(self) -> tuple[str, ...]:
        """The values that can be chosen, in the order shown."""
        return tuple(option.value for option in self.options)

    def words(self, value: str) -> str:
        """The label of an option, or the value itself when it is not one of them."""
        return next((option.label for option in self.options if option.value == value), value)


STANDARD_OPTIONS = {
    Kind.YES_PARTLY_NO: (Option("yes", "Yes"), Option("partly", "Partly"), Option("no", "No")),
    Kind.YES_NO: (Option("yes", "Yes"), Option("no", "No")),
    Kind.RATING: (Option("red", "Red"), Option("amber", "Amber"), Option("green", "Green")),
}
DECIDING_KINDS = frozenset(STANDARD_OPTIONS) | {Kind.CHOICE}
"""Kinds with exactly one chosen option, which a gate or a follow-up part can depend on."""

AUTOMATIC = {
    "notice_by": Kind.DATE,
    "extension_decision_by": Kind.DATE,
    "days_to_end": Kind.NUMBER,
    "days_to_notice": Kind.NUMBER,
}
"""The values the program can propose from the contract record, and the kind each has."""
