"""What a list shows, as one value: columns, conditions, words, order; written down as JSON and read back with care."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import partial

from storage.engine.condition_words import phrase
from storage.engine.conditions import OPS, Where
from storage.engine.fields import RECORDS, Field, Kind, Record, Value
from storage.engine.query import Order, Query
from storage.engine.reading import Reader
from storage.engine.values import Period, Unreadable
from storage.engine.values_today import FromToday

MOST = 200  # columns, conditions or values of one that are read: what a file holds may be somebody else's
_MOVING, _RECORD = "from today", "record"  # how a day that moves, and a link, are marked
_ONE = frozenset({"contains", "before", "on or before", "after", "on or after", "at least", "at most"})
_IN_ORDER = _ONE - {"contains"} | {"between"}
_ORDERED = frozenset({Kind.DAY, Kind.MONEY, Kind.WHOLE, Kind.NUMBER})
Json = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What a list shows. No columns, and no order, mean the usual ones of the list."""

    columns: tuple[str, ...] = ()
    where: tuple[Where, ...] = ()
    words: str = ""
    order: tuple[Order, ...] = ()
    group: str = ""  # the field whose values are headings, or none

    @property
    def query(self) -> Query:
        """The records shown, in their order."""
        return Query(self.where, self.order, self.words, self.group)


@dataclass(frozen=True, slots=True)
class Read:
    """An arrangement read back, and in a sentence each what of it cannot be used any more."""

    arrangement: Arrangement
    left_out: tuple[str, ...] = ()


# ---- to JSON


def written(reader: Reader, cls: type[Record], made: Arrangement) -> Json:
    """An arrangement as JSON can hold it. A link is written as the UUID of its record, which is the same in
    every copy of the file; the headings of the user's own fields are kept so that one that goes can be named."""
    fields = reader.fields(cls)
    named = {*made.columns, *(w.field for w in made.where), *(o.field for o in made.order), made.group}
    return {
        "columns": list(made.columns),
        "where": [_condition(reader, fields, w) for w in made.where if w.field in fields],
        "words": made.words,
        "order": [[o.field, o.descending] for o in made.order],
        "group": made.group,
        "labels": {name: fields[name].label for name in sorted(named) if name in fields and fields[name].own},
    }


def _condition(reader: Reader, fields: Mapping[str, Field], where: Where) -> list[object]:
    field = fields[where.field]
    return [where.field, where.op, [_held(reader, field, value) for value in where.values]]


def _held(reader: Reader, field: Field, value: Value) -> object:
    if isinstance(value, FromToday):
        return {_MOVING: value.code}
    if field.kind is Kind.LINK and isinstance(value, int):
        linked = reader.many(RECORDS[field.target], [value]).get(value)
        return {_RECORD: linked.uuid if linked else ""}
    return value if isinstance(value, bool) else field.to_sql(value)


# ---- from JSON


def read_back(reader: Reader, cls: type[Record], held: Json) -> Read:
    """An arrangement from what `written` made of it. What names a field that is gone, or does not suit the field any
    more, is left out and told; whatever else JSON can hold is passed over."""
    fields = reader.fields(cls)
    labels = held.get("labels")
    called = partial(_called, fields, labels if isinstance(labels, Mapping) else {})
    told: dict[str, None] = {}  # in order, each once
    columns = tuple(_known(_names(held.get("columns")), fields, called, told))
    order = tuple(
        Order(name, descending)
        for name, descending in _pairs(held.get("order"))
        if name in _known([name], fields, called, told)
    )
    where = tuple(_conditions(reader, fields, held.get("where"), called, told))
    words, group = held.get("words"), held.get("group")
    grouped = _known([group], fields, called, told) if isinstance(group, str) and group else []
    made = Arrangement(
        columns,
        where,
        words if isinstance(words, str) else "",
        order,
        next((name for name in grouped if groupable(fields[name])), ""),
    )
    return Read(made, tuple(told))


def groupable(field: Field) -> bool:
    """Whether the rows of a list can be grouped by a field: by words that repeat, and by yes and no."""
    return field.column and field.kind in (Kind.CHOICE, Kind.TEXT, Kind.YESNO) and not field.unique


def _called(fields: Mapping[str, Field], labels: Mapping[object, object], name: str) -> str:
    return fields[name].label if name in fields else str(labels.get(name) or name)


def _known(
    names: Sequence[str], fields: Mapping[str, Field], called: Callable[[str], str], told: dict[str, None]
) -> list[str]:
    for name in names:
        if name not in fields:
            told[f"The field “{called(name)}” is no longer there."] = None
    return [name for name in dict.fromkeys(names) if name in fields]


def _conditions(
    reader: Reader,
    fields: Mapping[str, Field],
    held: object,
    called: Callable[[str], str],
    told: dict[str, None],
) -> Iterator[Where]:
    for name, op, values in _triples(held):
        if name not in _known([name], fields, called, told):
            continue
        field = fields[name]
        try:
            if not _fits(field, op, len(values)):
                raise Unreadable("The comparison does not suit the field.")
            yield Where(name, op, tuple(_value(reader, field, op, v) for v in values))
        except (Unreadable, ValueError, InvalidOperation):
            told[f"The filter on “{field.label}” no longer suits the field and is left out."] = None


def _fits(field: Field, op: str, count: int) -> bool:
    """Whether a comparison has the values it needs, and a field that can be compared so."""
    if op not in OPS or field.kind is Kind.DATA or (op in _IN_ORDER and field.kind not in _ORDERED):
        return False
    if op in ("blank", "not blank"):
        return count == 0
    return count == 2 if op == "between" else count == 1 if op in _ONE else count > 0


def _value(reader: Reader, field: Field, op: str, held: object) -> Value:
    """A value as the field holds it. Raises `Unreadable` or `ValueError` when it is none of the field's kind."""
    if held is None:
        return field.from_sql(None)
    if isinstance(held, Mapping):
        return _marked(reader, field, held)
    if op == "contains" or field.kind.is_words:
        wanted: type = str
    else:
        wanted = _TYPES.get(field.kind, dict)
    if type(held) is not wanted:  # a yes is no number here, although Python counts with it
        raise Unreadable("This is no value of the field.")
    return held if op == "contains" else _CONVERT.get(field.kind, _same)(held)


_TYPES: Mapping[Kind, type] = {
    Kind.DAY: str, Kind.PERIOD: str, Kind.NUMBER: str, Kind.YESNO: bool, Kind.WHOLE: int, Kind.MONEY: int,
}  # fmt: skip


def _same(held: object) -> Value:
    return held


_CONVERT: Mapping[Kind, Callable[..., Value]] = {
    Kind.DAY: date.fromisoformat,
    Kind.PERIOD: Period.from_code,
    Kind.NUMBER: Decimal,
}


def _marked(reader: Reader, field: Field, held: Mapping[object, object]) -> Value:
    """A day that moves, or a link by the UUID of its record."""
    moving, uuid = held.get(_MOVING), held.get(_RECORD)
    if field.kind is Kind.DAY and isinstance(moving, str):
        return FromToday.from_code(moving)
    if field.kind is Kind.LINK and isinstance(uuid, str):
        linked = reader.by_uuid(RECORDS[field.target], [uuid]).get(uuid)
        if linked is not None:
            return linked.key
    raise Unreadable("This is no value of the field.")


def _list(held: object) -> list[object]:
    return held[:MOST] if isinstance(held, list) else []


def _names(held: object) -> list[str]:
    return [name for name in _list(held) if isinstance(name, str)]


def _pairs(held: object) -> Iterator[tuple[str, bool]]:
    for each in _list(held):
        match each:
            case [str(name), bool(descending)]:
                yield name, descending


def _triples(held: object) -> Iterator[tuple[str, str, list[object]]]:
    for each in _list(held):
        match each:
            case [str(name), str(op), list(values)]:
                yield name, op, values[:MOST]


# ---- in words


def described(reader: Reader, cls: type[Record], made: Arrangement, every: str) -> str:
    """The conditions in words; `every` where there are none, such as *all contracts*."""
    fields = reader.fields(cls)
    said = [_said(reader, fields[w.field], w) for w in made.where if w.field in fields]
    if made.words:
        said.append(f"has “{made.words}”")
    return "; ".join(said) or every


def in_order(reader: Reader, cls: type[Record], made: Arrangement) -> str:
    """The order in words: *grouped by Tier, sorted by Ends, then Value, largest first*; nothing where there is none."""
    fields = reader.fields(cls)
    grouped = f"grouped by {fields[made.group].label}" if made.group in fields else ""
    said = [
        fields[o.field].label + (", largest first" if o.descending else "")
        for o in made.order
        if o.field in fields
    ]
    return ", ".join(filter(None, (grouped, f"sorted by {', then '.join(said)}" if said else "")))


def _said(reader: Reader, field: Field, where: Where) -> str:
    return f"{field.label}: {phrase(where.op, [_shown(reader, field, v) for v in where.values])}"


def _shown(reader: Reader, field: Field, value: Value) -> str:
    if field.kind is Kind.LINK and isinstance(value, int):
        linked = reader.many(RECORDS[field.target], [value]).get(value)
        return linked.name if linked else "a record that is gone"
    return field.show(value) or "blank"
