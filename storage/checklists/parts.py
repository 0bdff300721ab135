"""The kinds of answer a checklist question can ask for, and one part of a question."""

from dataclasses import dataclass, field
from enum import StrEnum

from storage.rules.risks import Scales, scales


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
    MONEY_BY_YEAR = "money_by_year"
    PERCENT = "percent"
    CHOICE = "choice"
    CHOICES = "choices"
    PERSON = "person"
    LINK = "link"
    FILE = "file"
    ROWS = "rows"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that can be chosen: the value that is kept and the words that are shown."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Part:
    """One typed part of a question.

    `options` is filled for every kind that offers a choice; `options_from` names the reference list they came from.
    `when` names answers of the question's first part: the part is asked only after one of them. In a column of rows
    it names answers of the first column. `auto` names a value the program proposes and the person may change.
    `warn_above` and `closes_at` are limits of a five-by-five score.
    `relevant`, `calculation` and `constraint` are expressions, empty for none: when the part is asked, what works it
    out (nobody can then type it), and what a value must satisfy, with the words that say so.
    `scores` are per cent by option, for a first part that is scored otherwise than yes 100, partly 50, no 0.
    `columns` are what each row holds, for rows; `fixed` are the rows that are always there, `rows_from` the reference
    list they came from; without fixed rows, `least` and `most` (0: any number) rows are asked.
    `years` is how many financial years a money by year is laid out for.
    `matrix` are the words and bands of a five-by-five score, where they are not those of the program.
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
    hint: str = ""
    relevant: str = ""
    calculation: str = ""
    constraint: str = ""
    constraint_message: str = ""
    options_from: str = ""
    scores: tuple[tuple[str, int], ...] = ()
    columns: "tuple[Part, ...]" = ()
    fixed: tuple[Option, ...] = ()
    rows_from: str = ""
    least: int = 0
    most: int = 0
    years: int = 0
    matrix: Scales | None = None
    values: tuple[str, ...] = field(
        init=False, compare=False, repr=False
    )  # that can be chosen, in the order shown

    def __post_init__(self) -> None:
        """Keep the values at hand: every look at an answer asks for them."""
        object.__setattr__(self, "values", tuple(option.value for option in self.options))

    @property
    def scales(self) -> Scales:
        """The words and bands of a five-by-five score."""
        return self.matrix or scales()

    def words(self, value: str) -> str:
        """The label of an option, or the value itself when it is not one of them."""
        return next((option.label for option in self.options if option.value == value), value)

    def column(self, key: str) -> "Part":
        """The column of rows with this key. Raises KeyError."""
        for column in self.columns:
            if column.key == key:
                return column
        raise KeyError(key)


STANDARD_OPTIONS = {
    Kind.YES_PARTLY_NO: (Option("yes", "Yes"), Option("partly", "Partly"), Option("no", "No")),
    Kind.YES_NO: (Option("yes", "Yes"), Option("no", "No")),
    Kind.RATING: (Option("red", "Red"), Option("amber", "Amber"), Option("green", "Green")),
}
DECIDING_KINDS = frozenset(STANDARD_OPTIONS) | {Kind.CHOICE}
"""Kinds with exactly one chosen option, which a gate or a follow-up part can depend on."""

SCORED_KINDS = (Kind.YES_PARTLY_NO, Kind.YES_NO)
"""Kinds that are scored without saying so: yes 100, partly 50, no 0."""

STANDARD_SCORES = {"yes": 100, "partly": 50, "no": 0}

CALCULATED_KINDS = frozenset({Kind.TEXT, Kind.DATE, Kind.NUMBER, Kind.MONEY, Kind.PERCENT})
"""Kinds that a calculation can fill."""

MOST_ROWS = 200
"""The most rows an answer can hold."""

MOST_YEARS = 15
"""The most financial years a money by year is laid out for."""

AUTOMATIC = {
    "notice_by": Kind.DATE,
    "extension_decision_by": Kind.DATE,
    "current_end": Kind.DATE,
    "start": Kind.DATE,
    "decide_by": Kind.DATE,
    "days_to_end": Kind.NUMBER,
    "days_to_notice": Kind.NUMBER,
    "current_value": Kind.MONEY,
    "annual_value": Kind.MONEY,
    "provider": Kind.TEXT,
    "provider_share": Kind.PERCENT,
}
"""The values the program can propose from the contract record, and the kind each has."""
