"""What a finding is: its kind as data, the record it is about, the field that mends it, and who is to mend it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

from storage.engine.fields import Record
from storage.engine.values import show_day

if TYPE_CHECKING:
    from storage.desk.put_right.register import Register

_PLACE = re.compile(r"\{(\d)\}")  # where the words of a kind take what was found


class Severity(IntEnum):
    """How much a finding matters."""

    MUST = 1  # a day is lost, or what the law or the contract asks for is not there
    SHOULD = 2
    COULD = 3

    @property
    def words(self) -> str:
        """`Must`, `Should` or `Could`."""
        return self.name.capitalize()


GROUPS = (
    "Ends and notice", "Extensions", "Last safe day", "Money", "Measures", "How it was bought", "Running it",
    "Providers", "Specifications", "Inherited contracts", "The record itself",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kind:
    """One sort of finding. `words` takes what was found as {0}, {1} and so on; `field` is what mends it."""

    key: str
    severity: Severity
    group: str
    title: str
    words: str
    field: str


class Finding(NamedTuple):  # made by the ten thousand, five times as quickly as a frozen dataclass
    """One thing to put right; its words are put together when somebody wants them."""

    kind: Kind
    table: str
    record: int
    uuid: str
    field: str
    contract: int  # the contract it belongs to, or 0
    subject: str  # what the contract, or else the record, is called
    reference: str
    owner: str  # contract manager, else lead commissioner, or whom an action names; may be blank
    given: tuple[object, ...] = ()

    @property
    def words(self) -> str:
        """What was found, as a sentence."""
        said = [_said(value) for value in self.given]
        return _PLACE.sub(lambda place: said[int(place[1])], self.kind.words)

    @property
    def key(self) -> str:
        """By which the same finding is known again, in any copy of the file, until its cause changes."""
        return f"{self.kind.key}/{self.uuid or _said(self.given[0])}/{self.field}"


Check = Callable[["Register"], Iterator[Finding]]


def _said(value: object) -> str:
    if isinstance(value, date):
        return show_day(value)
    return f"{value:,}" if isinstance(value, int) else str(value)


def days_words(count: int) -> str:
    """`1 day`, `12 days`."""
    return "1 day" if count == 1 else f"{count:,} days"


def counted(count: int, one: str, many: str = "") -> str:
    """`1 result`, `3 results`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def about(record: Record) -> tuple[str, int, str]:
    """The table, number and UUID of what a finding is about."""
    return record.TABLE, record.key, record.uuid
