"""The rows of a register ready to be held against the file: values by field, and a fingerprint of each."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import blake2b

from storage.engine.fields import Field, Kind, Period, Value
from storage.engine.own_fields import OwnField
from storage.exchange.importing.columns import TypedRow, Words, read_columns
from storage.exchange.importing.headings import Match
from storage.exchange.importing.import_headings import (
    CREATE,
    LEAVE,
    Choices,
    Heading,
    Known,
    headings_of,
    match,
    new_own_fields,
)
from storage.exchange.importing.list_kinds import CONTRACTS, ListKind
from storage.exchange.importing.list_layout import with_periods
from storage.exchange.importing.synonyms import WORDS
from storage.exchange.tables.sheet import Problem, Sheet
from storage.exchange.workbooks.columns import UUID_HEADING

Plain = str | int
Cells = Mapping[str, Plain]
UNREAD = "unread:"  # before the heading of a cell that could not be read


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row: values by the name of the field, what could not be read by heading, and what tells it apart.

    `cells` are the same as the file would keep them, so that a date is the same date in whatever style it is
    written; `occurrence` counts rows that are equal, from 0.
    """

    number: int
    uuid: str
    values: Mapping[str, Value]
    unread: Mapping[str, str]
    cells: Cells
    fingerprint: str
    occurrence: int
    raw: Mapping[str, str]  # every filled cell in words, by heading


@dataclass(frozen=True)
class Source:
    """A sheet read: rows, columns, what to ask, and the own fields it needs."""

    sheet: Sheet
    fields: Mapping[str, Field]  # that the rows hold values of, new own fields included
    headings: list[Heading]
    rows: list[SourceRow]
    problems: list[Problem]
    questions: list[str]  # headings whose dates may be day first or month first
    made: Mapping[str, OwnField]  # own fields to make, by heading
    kind: ListKind = CONTRACTS

    def heading_of(self, name: str) -> str:
        """The heading that fills a field; empty when none does."""
        return next((h.heading for h in self.headings if h.name == name), "")


def read_source(sheet: Sheet, known: Known, choices: Choices) -> Source:
    """Read a sheet by what was decided about its columns. Touches no file. Raises SourceError."""
    matches = match(sheet, known, choices)
    sheet = _with_periods(sheet, matches, known.kind)
    typed = read_columns(
        sheet,
        matches,
        known.fields,
        date_order=choices.date_order,
        words_of=_words_of(known, choices),
        own_kinds=choices.own_kinds,
    )
    made = new_own_fields(typed.own, known)
    names = {heading: own.field().name for heading, own in made.items()}
    headings = headings_of(sheet, matches, known, made)
    filled = [*(h.name for h in headings if h.name), *choices.fixed]
    fields = {n: known.fields[n] for n in filled if n in known.fields}
    fields |= {own.field().name: own.field() for own in made.values()}
    rows = _rows(_fixed(_said_once(typed.rows, sheet, known.kind), known, choices.fixed), names)
    return Source(sheet, fields, headings, rows, typed.problems, typed.questions, made, known.kind)


def _with_periods(sheet: Sheet, matches: Sequence[Match], kind: ListKind) -> Sheet:
    """Months and quarters under the heading of a period read as days."""
    said = [m.heading for m in matches if kind.wide and m.field_name == kind.wide[0]]
    return with_periods(sheet, said[0]) if said else sheet


def _said_once(rows: list[TypedRow], sheet: Sheet, kind: ListKind) -> list[TypedRow]:
    """Of a table turned on its side, what a row says beside its results: it goes with the last of them alone."""
    if not sheet.under or kind.wide is None:
        return rows
    last = {row.number: place for place, row in enumerate(rows) if kind.wide[1] in row.values}
    keeps = {*kind.links, *kind.wide}
    return [
        row
        if last.get(row.number) == place
        else replace(row, values={n: v for n, v in row.values.items() if n in keeps})
        for place, row in enumerate(rows)
    ]


def _words_of(known: Known, choices: Choices) -> Words:
    """The words that mean a value for one field alone: those everybody uses, and those a person has decided on."""
    made = dict(WORDS) if known.kind.is_register else {}
    for name, meant in choices.meant.items():
        if name in known.fields and known.fields[name].kind is Kind.CHOICE:
            decided = {words: "" if to == LEAVE else to for words, to in meant.items() if to != CREATE}
            made[name] = {**made.get(name, {}), **decided}
    return made


def _fixed(rows: list[TypedRow], known: Known, fixed: Mapping[str, str]) -> list[TypedRow]:
    """The rows with what was said for all of them, where a row says nothing itself."""
    said = {name: known.fields[name].read(words) for name, words in fixed.items() if name in known.fields}
    return [replace(row, values=said | row.values) for row in rows] if said else rows


def _rows(rows: Sequence[TypedRow], names: Mapping[str, str]) -> list[SourceRow]:
    seen: dict[str, int] = {}
    made = []
    for row in rows:
        values = row.values
        if row.own:
            values = values | {names[heading]: value for heading, value in row.own.items()}
        cells = {name: kept(value) for name, value in values.items() if value != ""}
        if row.unread:
            cells |= {UNREAD + heading: text for heading, text in row.unread.items()}
        print_ = fingerprint(cells)
        occurrence = seen.get(print_, 0)
        seen[print_] = occurrence + 1
        uuid = row.raw.get(UUID_HEADING, "").strip().lower()
        made.append(SourceRow(row.number, uuid, values, row.unread, cells, print_, occurrence, row.raw))
    return made


def fingerprint(cells: Cells) -> str:
    """A short mark that equal cells share, in whatever order their columns stand."""
    text = json.dumps(cells, sort_keys=True)
    return blake2b(text.encode(), digest_size=16).hexdigest()


def kept(value: Value) -> Plain:
    """A value as the file keeps it: ISO dates, pence, 1 and 0 for yes and no. Never of a blank."""
    if type(value) is str or type(value) is int:  # nearly all are
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Period):
        return value.code
    if isinstance(value, bool):
        return int(value)
    return str(value)
