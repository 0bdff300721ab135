"""A field is declared once: the table, its history, the form, the sheet and the search read the same description."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from types import MappingProxyType
from typing import Any, ClassVar, TypeVar, cast, dataclass_transform

from storage.engine.condition_words import phrase
from storage.engine.conditions import Cases, Value, Where, word
from storage.engine.parts import Reads, Rule
from storage.engine.values import (
    Period,
    Unreadable,
    read_day,
    read_financial_year,
    read_money,
    read_number,
    read_whole,
    read_yes_no,
    show_day,
    show_financial_year,
    show_money_short,
    show_number,
)
from storage.engine.values_today import FromToday

R = TypeVar("R", bound="Record")
Daily = Callable[[date], tuple[tuple[Where, ...], ...]]  # records that meet all conditions of one of these
OWN = "own:"  # how the name of a user's own field begins, before its key


class Kind(Enum):
    """What sort of value a field holds."""

    TEXT = "text"
    NOTE = "note"  # several lines, Markdown kept as typed
    WHOLE = "whole number"
    NUMBER = "number"  # a decimal number, kept as its digits: no binary fraction ever stands in for it
    MONEY = "money"  # whole pence
    DAY = "date"
    PERIOD = "period"
    YESNO = "yes or no"
    CHOICE = "choice"
    LINK = "link"  # the id of a row in the target table
    DATA = "data"  # a JSON object the program writes, never typed by hand

    @property
    def is_words(self) -> bool:
        """True for kinds whose blank is the empty text."""
        return self in _WORDS


_WORDS = frozenset({Kind.TEXT, Kind.NOTE, Kind.CHOICE})
_SQL = {Kind.WHOLE: "INTEGER", Kind.MONEY: "INTEGER", Kind.YESNO: "INTEGER", Kind.LINK: "INTEGER"}


as_json = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode
"""Own values and data as the file keeps them; made once, for an import writes thousands."""


@dataclass(frozen=True, slots=True)
class Field:
    """What one field is, apart from its value."""

    label: str
    kind: Kind
    name: str = ""
    also: tuple[str, ...] = ()  # other headings that mean this field
    required: bool = False  # a finding shown to the user, never a constraint
    unique: bool = False  # likewise
    choices: tuple[str, ...] = ()
    target: str = ""  # the table a link points to
    rule: Rule | None = None  # works the value out; such a field is never typed
    cases: Cases | None = None  # tells its word from today's date, in the query; never stored
    group: str = ""
    help: str = ""
    brief: str = ""  # a shorter heading for tables on screen
    address: bool = False  # a web or e-mail address, which its form offers to open
    years: bool = False  # a whole number that stands for the financial year beginning in it: 2026 for 2026/27
    width: int = 120  # of its table column, in pixels at 100 %
    low: int | None = None
    high: int | None = None
    column: bool = True  # offered as a table column
    shown: bool = False  # a table column from the start
    search: bool = True
    lga: str = ""  # its name in the LGA contracts layout

    @property
    def derived(self) -> bool:
        """True when a rule works the value out."""
        return self.rule is not None

    @property
    def from_today(self) -> bool:
        """True when the value depends on today and so is never stored."""
        return self.cases is not None

    @property
    def own(self) -> bool:
        """True for a field the user added."""
        return self.name.startswith(OWN)

    @property
    def key(self) -> str:
        """The key of a user's own field inside `own`."""
        return self.name.removeprefix(OWN)

    @property
    def sql_type(self) -> str:
        """The column type in a STRICT table."""
        return _SQL.get(self.kind, "TEXT")

    def value_of(self, record: Record, today: date | None = None) -> Value:
        """The value this field has in a record, own fields and words that depend on today included."""
        if self.cases is not None:
            if today is None:
                raise ValueError(f"{self.label} depends on today's date")
            return word(self.cases(today), lambda name: cast("Value", getattr(record, name)))
        if self.own:
            return self.from_sql(record.own.get(self.key))
        return cast("Value", getattr(record, self.name))

    def to_sql(self, value: Value) -> str | int | None:
        """What SQLite holds for a value: blanks as NULL, dates as ISO text, money as pence."""
        if value is None or value == "":
            return None
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, Period):
            return value.code
        if isinstance(value, Decimal):
            return f"{value:f}"
        if isinstance(value, Mapping | list | tuple):
            return as_json(value) if value else None
        return int(value) if isinstance(value, bool) else cast("str | int", value)

    def from_sql(self, held: object) -> Value:
        """The Python value of what SQLite holds."""
        kind = self.kind
        if held is None:
            return "" if kind in _WORDS else {} if kind is Kind.DATA else None
        if kind is Kind.DAY:
            return date.fromisoformat(cast("str", held))
        if kind is Kind.PERIOD:
            return Period.from_code(cast("str", held))
        if kind is Kind.YESNO:
            return bool(held)
        if kind is Kind.NUMBER:
            return Decimal(cast("str", held))
        return json.loads(cast("str", held)) if kind is Kind.DATA else held

    def read(self, words: str, *, today: date | None = None) -> Value:
        """Read what a person typed. Raises `Unreadable` with the reason in plain words."""
        words = words.strip() if self.kind is not Kind.NOTE else words
        if not words:
            return "" if self.kind in _WORDS else None
        if self.kind is Kind.DAY:
            return read_day(words, today=today)
        if self.years:
            return read_financial_year(words)
        reader = _READERS.get(self.kind)
        return reader(words) if reader else self._choice(words)

    def _choice(self, words: str) -> str:
        """The listed spelling of a choice; words that are not listed are kept as they are."""
        folded = words.casefold()
        return next((c for c in self.choices if c.casefold() == folded), words)

    def show(self, value: Value) -> str:
        """The value in words, as tables and forms show it."""
        if value is None or value == "":
            return ""
        if self.kind is Kind.MONEY:
            return show_money_short(cast("int", value))
        if isinstance(value, date):
            return show_day(value)
        if self.years:
            return show_financial_year(cast("int", value))
        if isinstance(value, bool):
            return "Yes" if value else "No"
        if isinstance(value, Decimal):
            return show_number(value)
        return f"{value:,}" if self.kind is Kind.WHOLE else str(value)

    def problem(self, value: Value) -> str:
        """Say in plain words what a person may want to mend, or nothing. Never stops a save."""
        if value is None or value == "":
            return f"{self.label} is needed." if self.required else ""
        if self.choices and value not in self.choices:
            return f"{self.label}: “{value}” is not on the list ({', '.join(self.choices)})."
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            if self.low is not None and value < self.low:
                return f"{self.label} is below {self.show(self.low)}."
            if self.high is not None and value > self.high:
                return f"{self.label} is above {self.show(self.high)}."
        return ""


_READERS: dict[Kind, Callable[[str], Value]] = {
    Kind.MONEY: read_money,
    Kind.WHOLE: read_whole,
    Kind.NUMBER: read_number,
    Kind.YESNO: read_yes_no,
    Kind.PERIOD: Period.read,
}


def _spec(kind: Kind, label: str, default: object, **more: object) -> object:
    described = Field(label, kind, **more)  # type: ignore[arg-type]
    return dataclasses.field(default=default, metadata={"field": described})


# The field specifiers return Any-like values so that `title: str = text("Title")` type-checks.
def text(label: str, *, default: str = "", **more: object) -> str:
    """One line of words."""
    return cast("str", _spec(Kind.TEXT, label, default, **more))


def note(label: str, *, default: str = "", **more: object) -> str:
    """Several lines of words, kept exactly as typed."""
    return cast("str", _spec(Kind.NOTE, label, default, **more))


def choice(label: str, choices: tuple[str, ...] = (), *, default: str = "", **more: object) -> str:
    """One of a list; a word outside the list is kept and reported."""
    return cast("str", _spec(Kind.CHOICE, label, default, choices=choices, **more))


def whole(label: str, *, default: int | None = None, **more: object) -> int | None:
    """A whole number."""
    return cast("int | None", _spec(Kind.WHOLE, label, default, **more))


def number(label: str, *, default: Decimal | None = None, **more: object) -> Decimal | None:
    """A decimal number, such as a rate in per cent or what a measure reached."""
    return cast("Decimal | None", _spec(Kind.NUMBER, label, default, **more))


def money(label: str, *, default: int | None = None, **more: object) -> int | None:
    """An amount in whole pence."""
    return cast("int | None", _spec(Kind.MONEY, label, default, **more))


def day(label: str, *, default: date | None = None, **more: object) -> date | None:
    """A calendar date."""
    return cast("date | None", _spec(Kind.DAY, label, default, **more))


def period(label: str, *, default: Period | None = None, **more: object) -> Period | None:
    """A length of time in days, weeks, months or years."""
    return cast("Period | None", _spec(Kind.PERIOD, label, default, **more))


def yesno(label: str, *, default: bool | None = None, **more: object) -> bool | None:
    """Yes, no, or not said."""
    return cast("bool | None", _spec(Kind.YESNO, label, default, **more))


def link(label: str, target: str, *, default: int | None = None, **more: object) -> int | None:
    """The id of a record of another table."""
    return cast("int | None", _spec(Kind.LINK, label, default, target=target, **more))


def data(label: str, **more: object) -> Mapping[str, object]:
    """A JSON object the program keeps, for example the cells of an imported row."""
    described = Field(label, Kind.DATA, column=False, search=False, **more)  # type: ignore[arg-type]
    return cast(
        "Mapping[str, object]", dataclasses.field(default_factory=dict, metadata={"field": described})
    )


def derived(label: str, kind: Kind, *, rule: Rule, **more: object) -> Any:  # noqa: ANN401
    """A value a rule works out from the record and what it reads; stored for sorting, outside history.

    Returns Any, since the type belongs to the rule and not to the declaration.
    """
    return _spec(kind, label, "" if kind.is_words else None, rule=rule, **more)


def by_today(label: str, choices: tuple[str, ...], *, cases: Cases, **more: object) -> str:
    """A word that depends on today, such as whether a contract runs; worked out in the query."""
    return cast("str", _spec(Kind.CHOICE, label, "", choices=choices, cases=cases, **more))


@dataclass_transform(kw_only_default=True, frozen_default=True)
def _every(cls: type[R]) -> type[R]:
    """Let a checker know that every record takes what `Record` declares; at run time it changes nothing."""
    return cls


@_every
class Record:
    """Base of everything that is kept. Frozen: a change is made with `dataclasses.replace` and saved."""

    TABLE: ClassVar[str]
    LABEL: ClassVar[str]  # "Contract"
    PLURAL: ClassVar[str]  # "Contracts"
    FIELDS: ClassVar[dict[str, Field]]
    READS: ClassVar[tuple[Reads, ...]]
    RULES_READ: ClassVar[
        tuple[str, ...]
    ]  # all that its rules read of the record itself; every field when blank
    NAMED_BY: ClassVar[tuple[str, ...]]  # the fields that name the record, best first
    OWN_FIELDS: ClassVar[bool]  # users may add fields of their own
    SEALED_BY: ClassVar[str]  # the field that, once filled, seals the row for good
    SEALED_WITH: ClassVar[str]  # the link to the record whose seal covers this row
    SEARCHED: ClassVar[bool]
    ONE_PER: ClassVar[tuple[str, ...]]  # there is one record for each combination of these fields
    DAILY: ClassVar[Daily | None]  # which records hold worked-out values that a new day has changed
    LISTING: ClassVar[tuple[str, ...]]  # what the usual list is sorted by, then what is added up over it

    id: int | None = None
    uuid: str = ""
    binned: str = ""
    own: Mapping[str, object] = MappingProxyType({})

    @property
    def key(self) -> int:
        """The id of a record that has been saved."""
        if self.id is None:
            raise ValueError(f"{self.LABEL} has not been saved yet")
        return self.id

    @property
    def name(self) -> str:
        """What to call this record when speaking of it."""
        return named(type(self), self.id, (getattr(self, field) for field in self.NAMED_BY))


def named(cls: type[Record], number: int | None, values: Iterable[object]) -> str:
    """What to call a record of which only the number and the values of `NAMED_BY` are at hand."""
    unnamed = f"{cls.LABEL} {number}" if number else f"New {cls.LABEL.lower()}"
    return next((str(value) for value in values if value), unnamed)


RECORDS: dict[str, type[Record]] = {}


def _base_fields(cls: type[Record]) -> None:
    """Give every record its identity: number in this file, UUID everywhere, bin mark, own values."""
    notes = {"id": "int | None", "uuid": "str", "binned": "str", "own": "Mapping[str, object]"}
    cls.__annotations__ = {**cls.__annotations__, **notes}
    cls.id = None
    cls.uuid = ""
    cls.binned = ""
    cls.own = dataclasses.field(default_factory=dict)


# The field specifiers are not named here: a checker would then take a field for one without a default.
@dataclass_transform(kw_only_default=True, frozen_default=True)
def record(
    table: str,
    label: str,
    plural: str = "",
    *,
    named_by: tuple[str, ...] = (),
    reads: tuple[Reads, ...] = (),
    rules_read: tuple[str, ...] = (),
    own_fields: bool = False,
    sealed_by: str = "",
    sealed_with: str = "",
    searched: bool = True,
    listing: tuple[str, ...] = (),
    one_per: tuple[str, ...] = (),
    daily: Daily | None = None,
) -> Callable[[type[R]], type[R]]:
    """Turn a class of field declarations into a stored record and enter it in `RECORDS`."""

    def make(cls: type[R]) -> type[R]:
        _base_fields(cls)
        made = dataclass(frozen=True, kw_only=True)(cls)
        made.TABLE, made.LABEL, made.PLURAL = table, label, plural or label + "s"
        made.NAMED_BY, made.READS, made.RULES_READ = named_by, reads, rules_read
        made.OWN_FIELDS = own_fields
        made.SEALED_BY, made.SEALED_WITH, made.SEARCHED = sealed_by, sealed_with, searched
        made.LISTING, made.ONE_PER, made.DAILY = listing, one_per, daily
        made.FIELDS = {
            f.name: dataclasses.replace(cast("Field", f.metadata["field"]), name=f.name)
            for f in dataclasses.fields(made)
            if "field" in f.metadata
        }
        RECORDS[table] = made
        return made

    return make


__all__ = [
    "Field", "FromToday", "Kind", "Period", "Record", "Unreadable", "Value", "Where", "phrase", "record",
]  # fmt: skip
