"""Reading records: by id, by query, by words; nothing here writes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from storage.engine import search
from storage.engine.ddl import quoted
from storage.engine.derive import explain_field, read_parts
from storage.engine.fields import Field, Record, Value, named
from storage.engine.file import OpenFile
from storage.engine.own_fields import OwnField
from storage.engine.parts import Parts, Reason
from storage.engine.query import ALL, Query, Questions, Sql
from storage.engine.rows import rows_of
from storage.engine.unreadable import reading

R = TypeVar("R", bound=Record)
_EXTREMES = {True: ("min({})", "max({})"), False: ("null", "null")}  # they cost as much as all the rest


@dataclass(frozen=True, slots=True)
class Summed:
    """What a field comes to over some records."""

    key: str  # of their group: its value, capitals A to Z aside
    value: Value  # of their group, as one of them has it; blank for a group of blanks
    part: str  # the value of the field they are parted by, capitals A to Z aside
    count: int
    filled: int  # those that have an amount
    amount: int
    least: int | None  # only where they are parted
    most: int | None


class Reader:
    """The records of one open file, as they are saved now."""

    def __init__(self, file: OpenFile, today: Callable[[], date]) -> None:
        self.file = file
        self.today = today
        self._own: tuple[object, dict[str, list[Field]]] | None = None  # as of which state of the file

    @property
    def conn(self) -> sqlite3.Connection:
        """The connection in use; it changes after a failed commit, so it is never kept."""
        return self.file.conn

    def fields(self, cls: type[Record]) -> dict[str, Field]:
        """The fields of a record class, the user's own last."""
        return cls.FIELDS | {f.name: f for f in self.own_fields().get(cls.TABLE, [])}

    def own_fields(self) -> dict[str, list[Field]]:
        """The fields users added, by table. Every query asks: they are read again only once something was written."""
        with reading(self.file.path):
            state = self.file.written
            if self._own is None or self._own[0] != state:
                self._own = state, own_fields_of(self.conn)
            return self._own[1]

    def get(self, cls: type[R], number: int) -> R:
        """The record with this id; raises `KeyError` when there is none."""
        return self.many(cls, [number])[number]

    def many(self, cls: type[R], ids: Sequence[int]) -> dict[int, R]:
        """Records by id; ids that do not exist are left out."""
        rows = rows_of(cls)
        with reading(self.file.path):
            found = self.conn.execute(rows.by_ids, (json.dumps(list(ids)),)).fetchall()
            return {r[0]: rows.make(r) for r in found}

    def ids(self, cls: type[Record], query: Query = ALL) -> list[int]:
        """The ids a query finds, in its order."""
        sql, given = self._questions(cls).select("id", query)
        return [r[0] for r in self.ask(sql, given)]

    def ask(self, sql: str, given: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows a statement gives. Raises `DamagedFile`, or `StorageError` when the disk does not answer."""
        with reading(self.file.path):
            return self.conn.execute(sql, given).fetchall()

    def all(self, cls: type[R], query: Query = ALL) -> list[R]:
        """The records a query finds, in its order."""
        rows = rows_of(cls)
        sql, given = self._questions(cls).select(rows.columns, query)
        with reading(self.file.path):
            return [rows.make(r) for r in self.conn.execute(sql, given).fetchall()]

    def tally(
        self, cls: type[Record], by: str, total: str, query: Query = ALL
    ) -> list[tuple[Value, int, int]]:
        """For each value of a field: the value, how many records, and the sum of another field."""
        asked = self._questions(cls)
        (key, given), (amount, more), (where, rest) = (
            asked.column(by),
            asked.column(total),
            asked.where(query, by, total),
        )
        sql = f"""select {key} k, count(*), coalesce(sum({amount}), 0) from {quoted(cls.TABLE)}
                  where {where} group by k order by k"""
        field = self.fields(cls)[by]
        found = self.ask(sql, given + more + rest)
        return [(field.from_sql(k), n, s) for k, n, s in found]

    def count_and_total(self, cls: type[Record], total: str, query: Query = ALL) -> tuple[int, int]:
        """How many records a query finds and the sum of a field over them."""
        asked = self._questions(cls)
        (amount, given), (where, rest) = asked.column(total), asked.where(query, total)
        sql = f"select count(*), coalesce(sum({amount}), 0) from {quoted(cls.TABLE)} where {where}"
        [(count, summed)] = self.ask(sql, given + rest)
        return count, summed

    def summed(self, cls: type[Record], total: str, query: Query = ALL, *, by: str = "") -> list[Summed]:
        """What a field comes to over the records a query finds, for each group of the query and value of `by`.

        Groups come in the order in which the query lists its records. Without a group and without `by`, all are one.
        """
        asked, group = self._questions(cls), query.group
        nothing: Sql = ("''", [])
        field = self.fields(cls)[group] if group else None
        key = asked.group(group) if group else nothing
        shown = (
            asked.column(group) if field and not field.cases else nothing
        )  # a word of today's is in its list
        part = asked.group(by) if by else nothing
        amount, where = asked.column(total), asked.where(query, total, *([by] if by else []))
        order = asked.group_order(group, ("k", [])) if group else ("p", [])
        apart = ", ".join([*(["k"] if group else []), *(["p"] if by else [])])
        end = f"group by {apart} order by {order[0]}, p" if apart else ""
        what = f"{key[0]} k, min({shown[0]}), {part[0]} p, count(*), " + ", ".join(
            each.replace("{}", amount[0])
            for each in ("count({})", "coalesce(sum({}), 0)", *_EXTREMES[bool(by)])
        )
        sql = f"select {what} from {quoted(cls.TABLE)} where {where[0]} {end}"
        given = [*key[1], *shown[1], *part[1], *((4 if by else 2) * amount[1]), *where[1], *order[1]]
        named = {c.lower(): c for c in field.choices} if field and field.cases else {}
        return [
            Summed(k, named.get(k) or (field.from_sql(None if v == "" else v) if field else ""), *rest)
            for k, v, *rest in self.ask(sql, given)
        ]

    def values(
        self, cls: type[Record], names: Sequence[str], query: Query = ALL
    ) -> list[tuple[int, tuple[Value, ...]]]:
        """The ids a query finds, in its order, each with the values of some fields and nothing else of the record."""
        asked, fields = self._questions(cls), self.fields(cls)
        columns = [asked.column(name) for name in names]
        sql, given = asked.select(", ".join(["id", *(column for column, _ in columns)]), query)
        read = [fields[name].from_sql for name in names]
        more = [value for _, values in columns for value in values]
        return [
            (row[0], tuple(each(held) for each, held in zip(read, row[1:], strict=True)))
            for row in self.ask(sql, more + given)
        ]

    def find(self, words: str, *, limit: int = 30, tables: tuple[str, ...] = ()) -> list[search.Hit]:
        """Records of every kind that hold the words."""
        with reading(self.file.path):
            return search.find(self.conn, words, limit=limit, tables=tables)

    def by_uuid(self, cls: type[R], ids: Sequence[str]) -> dict[str, R]:
        """Records by UUID, the bin included; those not here are left out."""
        rows = rows_of(cls)
        sql = f"select {rows.columns} from {quoted(cls.TABLE)} where uuid in (select value from json_each(?))"
        with reading(self.file.path):
            return {r[1]: rows.make(r) for r in self.conn.execute(sql, (json.dumps(list(ids)),)).fetchall()}

    def why(self, record: Record, name: str) -> str:
        """The sentence that says how a worked-out value came about."""
        with reading(self.file.path):
            found = explain_field(self.conn, record, self.fields(type(record))[name], self.today())
            return found.why if found else ""

    def whys(self, records: Sequence[Record], names: Sequence[str]) -> dict[str, list[str]]:
        """The sentences behind some worked-out fields of many records of one class, in their order."""
        if not records:
            return {name: [] for name in names}
        cls = type(records[0])
        with reading(self.file.path):
            parts = read_parts(self.conn, cls, records, self.today())
        rules = {name: rule for name in names if (rule := cls.FIELDS[name].rule) is not None}
        return {name: [rule(r, parts[r.key]).why for r in records] for name, rule in rules.items()}

    def reasons(self, record: Record, name: str) -> tuple[Reason, ...]:
        """The steps behind that sentence, each with its source; none for a value that is typed."""
        with reading(self.file.path):
            found = explain_field(self.conn, record, self.fields(type(record))[name], self.today())
            return tuple(found.reasons) if found else ()

    def parts(self, record: Record) -> Parts:
        """What the rules of a record read besides it."""
        with reading(self.file.path):
            return read_parts(self.conn, type(record), [record], self.today())[record.key]

    def _questions(self, cls: type[Record]) -> Questions:
        return Questions(cls, self.fields(cls), self.today())


def names_of(reader: Reader, cls: type[Record], query: Query = ALL) -> list[tuple[int, str]]:
    """The ids a query finds, in its order, each with what its record is called; for lists to choose from."""
    return [
        (number, named(cls, number, values)) for number, values in reader.values(cls, cls.NAMED_BY, query)
    ]


def own_fields_of(conn: sqlite3.Connection) -> dict[str, list[Field]]:
    """The fields that the users of a file added, by table."""
    rows = rows_of(OwnField)
    sql = f"select {rows.columns} from own_field where binned is null order by position, id"
    found: dict[str, list[Field]] = {}
    for own in map(rows.make, conn.execute(sql).fetchall()):
        found.setdefault(own.table, []).append(own.field())
    return found
