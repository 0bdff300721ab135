"""Two records that are one: every link moved, the other name kept, blanks filled, in one step and one undo."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from storage.desk.writing import held, joined_step
from storage.engine.conditions import Value, Where, is_blank
from storage.engine.errors import StorageError
from storage.engine.fields import RECORDS, Field, Kind, Record
from storage.engine.query import Query
from storage.engine.store import Store, with_values
from storage.engine.values import show_day
from storage.records.organisations import Organisation, OtherName, Person
from storage.records.services import Service

R = TypeVar("R", bound=Record)
CAN_BE_JOINED: tuple[type[Record], ...] = (Organisation, Person, Service)
MERGED = "merged_into"  # a field of its own, not a link that moves like the others


def join(
    store: Store, cls: type[R], old_id: int, into_id: int, keep: Mapping[str, Value] | None = None
) -> int:
    """Put one record in the place of another everywhere; how many records that names it were changed.

    `keep` are values of the old one that the other takes over; what the other lacks it takes in any case. An
    organisation stays, retired, and says what it was merged into; a person or service goes to the bin. What is
    signed or issued keeps naming the old one. Raises `StorageError` when the two cannot be joined.
    """
    old, into = held(store, cls, old_id), held(store, cls, into_id)
    _refuse(old, into)
    moved = 0
    with joined_step(store, f"Merge {old.name} into {into.name}"):
        for linked, field in _links_to(cls):
            moved += _move(store, linked, field, old_id, into_id)
        store.save(with_values(into, _taken_over(old, into, keep or {})))
        _keep_name(store, old, into)
        if isinstance(old, Organisation):
            store.save(replace(old, retired=True, merged_into=into_id))
        else:
            store.bin(cls, [old_id])
    return moved


def compared(one: Record, other: Record) -> list[Field]:
    """The typed fields in which at least one of the two says something, in their order."""
    return [
        field
        for field in type(one).FIELDS.values()
        if _is_asked(field) and not (is_blank(field.value_of(one)) and is_blank(field.value_of(other)))
    ]


def named_in(store: Store, record: Record) -> str:
    """In words, how many records name this one: `3 contracts, 1 person`."""
    counts: dict[str, int] = {}
    for cls, field in _links_to(type(record)):
        if field.name != MERGED and (
            count := len(store.ids(cls, Query((Where(field.name, "is", (record.key,)),))))
        ):
            counts[cls.TABLE] = counts.get(cls.TABLE, 0) + count
    said = [f"{n:,} {(RECORDS[t].LABEL if n == 1 else RECORDS[t].PLURAL).lower()}" for t, n in counts.items()]
    return ", ".join(said) or "nothing"


def _refuse(old: Record, into: Record) -> None:
    what = type(old).LABEL.lower()
    article = "An" if what[0] in "aeiou" else "A"
    if old.id == into.id:
        raise StorageError(f"{article} {what} cannot be merged into itself. Nothing was changed.")
    if isinstance(into, Organisation) and into.merged_into is not None:
        raise StorageError(
            f"{into.name} was itself merged into another organisation. Nothing was changed. Choose that one."
        )


def _links_to(cls: type[Record]) -> Iterator[tuple[type[Record], Field]]:
    for linked in RECORDS.values():
        for field in linked.FIELDS.values():
            if field.kind is Kind.LINK and field.target == cls.TABLE:
                yield linked, field


def _move(store: Store, cls: type[R], field: Field, old_id: int, into_id: int) -> int:
    """Let the records of one class name the other; where both are named and once is enough, one goes to the bin."""
    pointing = [r for r in store.all(cls, Query((Where(field.name, "is", (old_id,)),))) if not _sealed(r)]
    if field.name not in cls.ONE_PER:
        store.save_many([with_values(r, {field.name: into_id}) for r in pointing])
        return len(pointing)
    there = store.all(cls, Query((Where(field.name, "is", (into_id,)),)))
    taken = {_key(r, field.name) for r in there}
    double = [r for r in pointing if _key(r, field.name) in taken]
    store.bin(cls, [r.key for r in double])
    store.save_many([with_values(r, {field.name: into_id}) for r in pointing if r not in double])
    return len(pointing)


def _key(record: Record, but: str) -> tuple[object, ...]:
    return tuple(getattr(record, name) for name in type(record).ONE_PER if name != but)


def _sealed(record: Record) -> bool:
    seal = type(record).SEALED_BY
    return bool(seal and getattr(record, seal))


def _is_asked(field: Field) -> bool:
    return not (
        field.derived or field.from_today or field.kind is Kind.DATA or field.name in (MERGED, "retired")
    )


def _taken_over(old: Record, into: Record, keep: Mapping[str, Value]) -> dict[str, Value]:
    blank = {
        f.name: f.value_of(old)
        for f in type(old).FIELDS.values()
        if _is_asked(f) and is_blank(f.value_of(into)) and not is_blank(f.value_of(old))
    }
    return {**blank, **keep}


def _keep_name(store: Store, old: Record, into: Record) -> None:
    """The old name finds the other from now on, also when a register is imported that still uses it."""
    name = str(getattr(old, "title", ""))
    kept = store.get(type(into), into.key)
    if not name or _folded(name) == _folded(str(getattr(kept, "title", ""))):
        return
    link = {Organisation: "organisation", Person: "person", Service: "service"}[type(old)]
    known = store.all(OtherName, Query((Where(link, "is", (into.key,)),)))
    if all(_folded(other.title) != _folded(name) for other in known):
        made = OtherName(title=name, source=f"Merged on {show_day(store.today())}")
        store.save(with_values(made, {link: into.key}))


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
