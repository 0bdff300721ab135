"""Reads the files of the sample: days counted from today, money and periods as people write them, links by key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from importlib.resources import files

from storage.engine.fields import Field, Kind, Record, Value
from storage.engine.values import Period, long_day, read_money, read_number
from storage.rules.terms import end_of_parts

Entry = Mapping[str, object]

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_SHIFT = re.compile(r"([+-])(\d{1,3}[dwmy])", re.ASCII)
_NOTATION = re.compile(
    r"(?P<base>[A-Za-z_]+|(?:next|last) \d{1,2} [A-Z][a-z]+|[a-z ]+)(?P<shifts>(?:[+-]\w+)*)"
)
_YEARLY = re.compile(r"(next|last) (\d{1,2}) ([A-Z][a-z]+)")
_LENGTH = re.compile(r"(?P<from>.+) for (?P<length>\d{1,3}[my])", re.ASCII)
_YEAR = re.compile(r"this year(?:([+-])(\d))?", re.ASCII)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
_IN_BRACES = re.compile(r"\{([^{}]*)\}")
_FIRST_MONTH = 4  # the financial year begins in April


class SampleError(ValueError):
    """The files of the sample hold something that cannot be; the message names it."""


@dataclass(frozen=True, slots=True)
class Days:
    """Days as written: `today-14m`, `next 31 March`, `start of the financial year+2y`, `start for 3y`, `Friday+4w`."""

    today: date
    named: Mapping[str, date] = field(default_factory=dict)  # days of the same entry, by field

    def read(self, words: str) -> date:
        """The day that is meant. Raises SampleError."""
        if stretch := _LENGTH.fullmatch(words):
            return end_of_parts(self.read(stretch["from"]), (Period.from_code(stretch["length"]),))
        match = _NOTATION.fullmatch(words)
        if match is None:
            raise SampleError(f"“{words}” is not a day")
        day = self._base(match["base"].strip())
        shifts = _SHIFT.findall(match["shifts"])
        if "".join(sign + code for sign, code in shifts) != match["shifts"]:
            raise SampleError(f"“{words}” is not a day")
        for sign, code in shifts:
            length = Period.from_code(code)
            day = length.after(day) if sign == "+" else length.before(day)
        return day

    def _base(self, words: str) -> date:
        year = self.today.year - (self.today.month < _FIRST_MONTH)
        known = {
            "today": self.today,
            "start of the financial year": date(year, _FIRST_MONTH, 1),
            "end of the financial year": date(year + 1, _FIRST_MONTH, 1) - timedelta(days=1),
            "weekday": self._latest(*range(5)),
            **{name: self._latest(number) for number, name in enumerate(_WEEKDAYS)},
            **self.named,
        }
        yearly = _YEARLY.fullmatch(words)
        if yearly and yearly[3] in _MONTHS:
            return self._yearly(yearly[1] == "next", int(yearly[2]), _MONTHS.index(yearly[3]) + 1)
        if words not in known:
            raise SampleError(f"“{words}” is not a day")
        return known[words]

    def _latest(self, *weekdays: int) -> date:
        """The latest day on or before today that is one of these days of the week, Monday being 0."""
        week = (self.today - timedelta(days=back) for back in range(7))
        return next(day for day in week if day.weekday() in weekdays)

    def financial_year(self, words: str) -> int:
        """The year in which `this year`, `this year-1` or `this year+2` begins. Raises SampleError."""
        match = _YEAR.fullmatch(words)
        if match is None:
            raise SampleError(f"“{words}” is not a financial year")
        apart = int(match[2] or 0)
        return self._base("start of the financial year").year + (apart if match[1] == "+" else -apart)

    def _yearly(self, later: bool, day: int, month: int) -> date:
        """The first such day after today, or the latest before it."""
        if later:
            years = (self.today.year, self.today.year + 1)
            return next(d for y in years if (d := date(y, month, day)) > self.today)
        years = (self.today.year, self.today.year - 1)
        return next(d for y in years if (d := date(y, month, day)) < self.today)

    def fill(self, words: str) -> str:
        """A text with the days in braces written out."""
        return _IN_BRACES.sub(lambda match: long_day(self.read(match[1])), words.strip())


@dataclass(slots=True)
class Reading:
    """What is needed to read an entry: the day it is, and the numbers of what was saved before it."""

    today: date
    saved: dict[tuple[str, str], int] = field(default_factory=dict)  # by table and key

    @property
    def days(self) -> Days:
        """The notation of days, without those of an entry."""
        return Days(self.today)

    def remember(self, record: Record, key: str) -> None:
        """Keep the number of a saved record under its key."""
        self.saved[record.TABLE, key] = record.key

    def number(self, table: str, key: str) -> int:
        """The number of a record saved before. Raises SampleError."""
        if (table, key) not in self.saved:
            raise SampleError(f"there is no {table} “{key}”")
        return self.saved[table, key]

    def values(self, fields: Mapping[str, Field], entry: Entry) -> dict[str, Value]:
        """The values of an entry by field; a key that is no field is refused."""
        named: dict[str, date] = {}
        made: dict[str, Value] = {}
        for name, held in entry.items():
            if name not in fields:
                raise SampleError(f"“{name}” is no field")
            value = self._value(fields[name], held, Days(self.today, named))
            if isinstance(value, date):
                named[name] = value
            made[name] = value
        return made

    def _value(self, described: Field, held: object, days: Days) -> Value:
        if isinstance(held, bool) and described.kind is Kind.YESNO:
            return held
        if isinstance(held, int) and described.kind is Kind.WHOLE:
            return held
        if not isinstance(held, str):
            raise SampleError(f"“{described.label}” cannot be {held!r}")
        if described.kind is Kind.LINK:
            return self.number(described.target, held)
        return _read(described, held, days)


def _read(described: Field, held: str, days: Days) -> Value:
    """A value as it is written, by the kind of its field. Raises SampleError."""
    match described.kind:
        case Kind.DAY:
            return days.read(held)
        case Kind.WHOLE if described.years:
            return days.financial_year(held)
        case Kind.NUMBER:
            return read_number(held)
        case Kind.MONEY:
            return read_money(held)
        case Kind.PERIOD:
            return Period.read(held)
        case Kind.TEXT | Kind.NOTE | Kind.CHOICE:
            return days.fill(held)
    raise SampleError(f"“{described.label}” cannot be {held!r}")


def read_sample() -> dict[str, list[Entry]]:
    """The entries of all files of the sample, by the name of their list; a table alone is a list of one."""
    found: dict[str, list[Entry]] = {}
    folder = files("resources").joinpath("sample")
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".toml"):
            table: dict[str, object] = tomllib.loads(file.read_text(encoding="utf-8"))
            for name, held in table.items():
                found.setdefault(name, []).extend(_entries(held))
    return found


def _entries(held: object) -> Iterator[Entry]:
    for entry in held if isinstance(held, list) else [held]:
        if not isinstance(entry, dict):
            raise SampleError("a file of the sample holds something beside tables")
        yield entry


def part(entry: Entry, name: str) -> Entry:
    """A table inside an entry; empty when there is none."""
    return next(_entries(entry.get(name, {})))


def parts(entry: Entry, name: str) -> list[Entry]:
    """A list of tables inside an entry; empty when there is none."""
    return list(_entries(entry.get(name, [])))


def words(entry: Entry, name: str) -> str:
    """A text of an entry; empty when there is none."""
    return str(entry.get(name, ""))


def several(entry: Entry, name: str) -> list[str]:
    """A list of texts of an entry; empty when there is none."""
    held = entry.get(name, [])
    return [str(one) for one in held] if isinstance(held, list) else []


def without(entry: Entry, *names: str) -> dict[str, object]:
    """An entry without some of its keys."""
    return {name: held for name, held in entry.items() if name not in names}
