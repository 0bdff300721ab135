"""What was decided about a kind of file, kept in the file with the import and used again for the next of its kind."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import TYPE_CHECKING, cast

from storage.engine.conditions import Where
from storage.engine.fields import RECORDS
from storage.engine.query import Order, Query
from storage.engine.reading import Reader
from storage.engine.store import Store
from storage.exchange.importing.import_headings import PROVIDER, Choices, Known, known_fields, match
from storage.exchange.importing.list_kinds import BY_KEY, CONTRACTS, KINDS, ListKind
from storage.exchange.importing.list_layout import prepared, shape_words
from storage.exchange.importing.list_links import number_of, token
from storage.exchange.tables.sheet import Sheet
from storage.records.imports import RememberedImport
from storage.records.organisations import Organisation

if TYPE_CHECKING:
    from storage.exchange.importing.plan import ImportPlan

_BY_UUID = "@"  # before the UUID of a record, which means the same in every copy of the file
_SURE = frozenset({"same", "synonym", "chosen", "remembered"})
_PLENTY = 4  # headings that contracts must explain, and half of all, for no other list to be thought of
_LEAD = 2  # more headings a list must explain than contracts do, to be taken for it


@dataclass(frozen=True, slots=True)
class Recalled:
    """How a file is brought in by what is known of its kind."""

    kind: ListKind
    choices: Choices
    memory: RememberedImport | None = None
    known: bool = True  # whether it is known at all: else the list is only where rows go unless somebody says


def shape_of(sheet: Sheet) -> str:
    """A short mark that tables with the same headings share, in whatever order and for whatever months."""
    words = json.dumps(shape_words(sheet.turned or sheet.headings))
    return blake2b(words.encode(), digest_size=16).hexdigest()


def recall(reader: Reader, sheet: Sheet, kind: ListKind | None = None) -> Recalled:
    """What was decided about the last file of this kind, for one list where `kind` says so; else nothing."""
    shape = shape_of(sheet)
    held = reader.all(RememberedImport, Query((), (Order("used_on", descending=True),)))
    for memory in held:
        same = shape in (memory.shape, memory.decided.get("found"))
        if same and memory.list in BY_KEY and kind in (None, BY_KEY[memory.list]):
            return Recalled(BY_KEY[memory.list], _choices(reader, memory, sheet), memory)
    return Recalled(kind or CONTRACTS, Choices(), known=False)


def every_known(reader: Reader) -> dict[str, Known]:
    """The fields of every list, by its key, to judge tables by where the file is not at hand."""
    return {kind.key: known_fields(reader, kind) for kind in KINDS}


def likely_kind(sheet: Sheet, every: Mapping[str, Known]) -> ListKind:
    """The list whose fields most headings name for certain; contracts unless another explains clearly more."""
    as_contracts = _explained(sheet, every[CONTRACTS.key])
    if as_contracts >= _PLENTY and as_contracts * 2 >= len(sheet.headings):
        return CONTRACTS
    best, most = CONTRACTS, as_contracts + _LEAD - 1
    for known in every.values():
        if (explained := 0 if known.kind is CONTRACTS else _explained(sheet, known)) > most:
            best, most = known.kind, explained
    return best


def _explained(sheet: Sheet, known: Known) -> int:
    """How many headings name fields of a list, when they can tell its rows apart; else none."""
    kind = known.kind
    table = prepared(sheet, kind)
    matches = match(table, known, Choices())
    found = {m.field_name for m in matches if m.how in _SURE}
    tells = bool({"title", "reference"} & found) if kind.is_register else False
    for key in kind.keys:
        tells = tells or all(name in found for name in key if name not in kind.links)
    if not tells:
        return 0
    wide = kind.wide is not None and kind.wide[0] in found and bool(table.under)
    worked_out = sum(m.how == "worked out" for m in matches) if kind.is_register else 0
    return len(found - {None}) + worked_out + 2 * wide


def remembering(store: Store, plan: ImportPlan) -> RememberedImport:
    """What is to be remembered of an import, in place of what was known of its kind of file."""
    sheet, kind = plan.sheet, plan.source.kind
    shape = shape_of(sheet)
    where = (Where("list", "is", (kind.key,)), Where("shape", "is", (shape,)))
    before = next(
        iter(store.all(RememberedImport, Query(where))), RememberedImport(list=kind.key, shape=shape)
    )
    return replace(
        before, title=sheet.source, sheet=sheet.name, header_row=sheet.header_row if sheet.said else None,
        decided=_decided(store, plan), used_on=store.today(),
    )  # fmt: skip


def _decided(store: Store, plan: ImportPlan) -> dict[str, object]:
    """Where headings went and what words meant, with records by their UUIDs."""
    choices, kind = plan.choices, plan.source.kind
    orders = choices.date_order if isinstance(choices.date_order, Mapping) else {}
    return {
        "fields": {h.heading: h.name for h in plan.headings if h.name and h.goes in ("field", "own field")},
        "left_out": sorted(h.heading for h in plan.headings if h.how == "left out" and h.goes != "identity"),
        "orders": dict(orders),
        "fixed": {name: _outward(store, kind, name, words) for name, words in choices.fixed.items()},
        "meant": {
            name: {words: _outward(store, kind, name, to) for words, to in meant.items()}
            for name, meant in choices.meant.items()
        },
        "found": plan.sheet.found,
        "fill": plan.sheet.filled,
    }


def _choices(reader: Reader, memory: RememberedImport, sheet: Sheet) -> Choices:
    """The decisions that still fit the sheet and the fields there are."""
    kind = BY_KEY[memory.list]
    table, known = prepared(sheet, kind), known_fields(reader, kind)
    decided = cast("Mapping[str, Mapping[str, str]]", memory.decided)
    there = {" ".join(h.split()).casefold(): h for h in table.headings}
    placed = {
        name: there[key]
        for heading, name in decided.get("fields", {}).items()
        if (key := " ".join(heading.split()).casefold()) in there and _may_fill(known, name)
    }
    left = [h for h in decided.get("left_out", ()) if h in table.headings and h not in placed.values()]
    meant = {
        name: {
            words: _inward(reader, kind, name, to) for words, to in cast("Mapping[str, str]", said).items()
        }
        for name, said in decided.get("meant", {}).items()
    }
    fixed = {
        n: _inward(reader, kind, n, to) for n, to in decided.get("fixed", {}).items() if n in known.fields
    }
    return Choices(
        chosen=placed,
        left_out=tuple(left),
        date_order={h: o for h, o in decided.get("orders", {}).items() if h in table.headings},  # type: ignore[misc]
        meant={name: {w: to for w, to in said.items() if to} for name, said in meant.items()},
        fixed={name: to for name, to in fixed.items() if to},
        remembered=frozenset(placed.values()),
    )


def _may_fill(known: Known, name: str) -> bool:
    field = known.fields.get(name)
    return field is not None and not field.derived and not field.from_today


def _table(kind: ListKind, name: str) -> str:
    """The table that decisions about the words of a field name records of; empty for lists of choices."""
    return Organisation.TABLE if kind.is_register and name == PROVIDER else kind.links.get(name, "")


def _outward(reader: Reader, kind: ListKind, name: str, words: str) -> str:
    """A decision as it is kept: the number of a record, which another copy may give another, as its UUID."""
    number, table = number_of(words), _table(kind, name)
    if number is None or not table:
        return words
    found = reader.many(RECORDS[table], [number])
    return _BY_UUID + found[number].uuid if number in found else words


def _inward(reader: Reader, kind: ListKind, name: str, words: str) -> str:
    """The same the other way round; empty when the record is not here any more."""
    table = _table(kind, name)
    if not words.startswith(_BY_UUID) or not table:
        return words
    found = reader.by_uuid(RECORDS[table], [words.removeprefix(_BY_UUID)])
    return next((token(record.key) for record in found.values() if not record.binned), "")
