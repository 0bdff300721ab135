"""Questions to a table as data: conditions, order and words searched, turned into SQL with parameters."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from unicodedata import category

from storage.engine.conditions import Cases, Where
from storage.engine.ddl import quoted, same
from storage.engine.fields import Field, Kind, Record, Value
from storage.engine.values_plain import storable
from storage.engine.values_today import FromToday

Sql = tuple[str, list[object]]


@dataclass(frozen=True, slots=True)
class Order:
    """One field to sort by; blanks come last either way."""

    field: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """Which records, in which order. Conditions are all to be met; `words` are searched by their beginnings."""

    where: tuple[Where, ...] = ()
    order: tuple[Order, ...] = ()
    words: str = ""
    group: str = ""  # a field whose values come before the order: those that count as the same stand together
    binned: bool = False  # the bin instead of what is live


ALL = Query()
_COMPARE = {
    "before": "<", "on or before": "<=", "at most": "<=",
    "after": ">", "on or after": ">=", "at least": ">=",
}  # fmt: skip


class Questions:
    """Turns queries on one record class into SQL. `fields` holds its own and the user's fields by name."""

    def __init__(self, cls: type[Record], fields: Mapping[str, Field], today: date) -> None:
        self._cls = cls
        self._fields = fields
        self._today = today

    def select(self, what: str, query: Query) -> Sql:
        """`select {what} from table where … order by …`; `what` comes from our own code, never from outside."""
        where, given = self.where(query)
        order, more = self._order(query)
        return f"select {what} from {quoted(self._cls.TABLE)} where {where} order by {order}", given + more

    def where(self, query: Query, *reads: str) -> Sql:
        """The condition of a query as SQL; `reads` names the fields that are read by it besides its order."""
        parts = ["binned is not null" if query.binned else self._live(query, reads)]
        given: list[object] = []
        for condition in query.where:
            sql, values = self._condition(condition)
            parts.append(sql)
            given += values
        if match := match_words(query.words):
            parts.append(
                "id in (select row from document where tbl = ?"
                " and id in (select rowid from search where search match ?))"
            )
            given += [self._cls.TABLE, match]
        return " and ".join(parts), given

    def _live(self, query: Query, reads: Sequence[str]) -> str:
        """What is not in the bin. The plus keeps SQLite from the listing's index where that is no help."""
        named = {
            *reads,
            *(o.field for o in query.order),
            *(w.field for w in query.where),
            query.group or "id",
        }
        listed = not query.words and named <= {"id", *self._cls.LISTING}
        return "binned is null" if listed else "+binned is null"

    def column(self, name: str) -> Sql:
        """A field as an SQL expression with its parameters."""
        field = self._fields[name] if name != "id" else None
        if field is None:
            return "id", []
        if field.own:
            return "own ->> ?", ["$." + json.dumps(field.key)]
        if field.kind is Kind.NUMBER:
            return f"cast({quoted(name)} as numeric)", []  # kept as digits, compared as numbers
        return self._cases(field.cases) if field.cases else (quoted(name), [])

    def _cases(self, cases: Cases) -> Sql:
        """A word that depends on today as a CASE expression."""
        whens, given = [], []
        for conditions, word in cases(self._today):
            tests = []
            for condition in conditions:
                sql, values = self._condition(condition)
                tests.append(sql)
                given += values
            whens.append(f"when {' and '.join(tests) or '1'} then ?")
            given.append(word)
        return f"case {' '.join(whens)} else '' end", given

    def _condition(self, where: Where) -> Sql:
        column, given = self.column(where.field)
        field = self._fields.get(where.field)
        values = [_sql_value(field, self._settled(v)) for v in where.values]
        if where.op in ("blank", "not blank"):
            blank = "=" if where.op == "blank" else "<>"
            return f"coalesce({column}, '') {blank} ''", given
        number = field is None or field.kind is Kind.LINK
        if number and where.op in ("is", "any of") and None not in values:
            return f"{column} in ({', '.join('?' * len(values))})", given + values  # the index of the link
        if where.op in ("is", "is not", "any of"):
            marks = ", ".join(same("?") for _ in values)
            inside = "not in" if where.op == "is not" else "in"
            return f"{same(column)} {inside} ({marks})", given + values
        if where.op == "contains":
            return f"instr(lower({column}), lower(coalesce(?, ''))) > 0", given + values
        if where.op == "between":
            return f"({column}) between ? and ?", given + values
        return f"({column}) {_COMPARE[where.op]} ?", given + values

    def _settled(self, value: Value) -> Value:
        """A day that moves with the calendar as the day it is today."""
        return value.on(self._today) if isinstance(value, FromToday) else value

    def group(self, name: str) -> Sql:
        """What records of one group have in common: the value of a field, capitals A to Z aside."""
        column, given = self.column(name)
        return same(column), given

    def group_order(self, name: str, key: Sql) -> Sql:
        """The order of groups by their key: as the choices of the field are listed, then by letters, blanks last."""
        field, (sql, given) = self._fields[name], key
        listed = _YES_NO if field.kind is Kind.YESNO else field.choices
        if not listed:
            return f"nullif({sql}, '') nulls last", given
        whens = " ".join(f"when {same('?')} then {place}" for place in range(len(listed)))
        rank = f"case {sql} {whens} when '' then {len(listed) + 1} else {len(listed)} end"
        given = [*given, *listed]
        return (rank, given) if field.cases else (f"{rank}, {sql}", [*given, *key[1]])

    def _order(self, query: Query) -> Sql:
        parts, given = [], []
        if query.group:
            grouped, values = self.group_order(query.group, self.group(query.group))
            parts.append(grouped)
            given += values
        for item in query.order:
            column, values = self.column(item.field)
            field = self._fields.get(item.field)
            collate = " collate nocase" if field and field.kind in _WORDS_KINDS else ""
            down = " desc" if item.descending else ""
            stored = field is None or not (field.own or field.cases)  # only then is a blank always NULL
            blank = f"{column} is null" if stored else f"coalesce({column}, '') = ''"
            parts += [blank, f"{column}{collate}{down}"]
            given += values + values
        return ", ".join([*parts, "id"]), given


_YES_NO = ("1", "0")  # yes comes first
_WORDS_KINDS = frozenset({Kind.TEXT, Kind.NOTE, Kind.CHOICE})


def _sql_value(field: Field | None, value: Value) -> object:
    """What SQLite is asked for: half characters and numbers beyond its own stand in no file, and find nothing."""
    asked = field.to_sql(value) if field else value
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    if isinstance(asked, str):
        return storable(asked)
    return max(-_LARGEST, min(asked, _LARGEST)) if isinstance(asked, int) else asked


_LARGEST = 2**63 - 1
_MARKS = frozenset({"Mn", "Mc"})  # accents written apart belong to their letter, as the index has it


def match_words(words: str) -> str:
    """An FTS5 expression that finds every word by its beginning; the words are quoted, so nothing is syntax."""
    found = "".join(c if c.isalnum() or category(c) in _MARKS else " " for c in words).split()
    return " ".join(f'"{w}"*' for w in found)
