"""The user’s own fields: added, renamed, changed in kind, put away; no value is lost on the way."""

from __future__ import annotations

from dataclasses import replace

from storage.desk.writing import held, joined_step
from storage.engine.errors import StorageError
from storage.engine.fields import RECORDS, Field, Kind, Record
from storage.engine.own_fields import OWN_KINDS, OwnField, new_code
from storage.engine.query import Order, Query
from storage.engine.store import Store, with_values
from storage.engine.values import Unreadable
from storage.records.contracts import Contract


def own_fields(store: Store, cls: type[Record] = Contract) -> list[OwnField]:
    """The fields users added to a record class, in their order."""
    every = store.all(OwnField, Query(order=(Order("position"),)))
    return [f for f in every if f.table == cls.TABLE]


def add_own_field(
    store: Store, label: str, kind: Kind, *, choices: tuple[str, ...] = (), cls: type[Record] = Contract
) -> OwnField:
    """Add a field. Raises `StorageError` when the heading is empty, taken, or the kind cannot be chosen."""
    _check(store, cls, label, kind)
    there = own_fields(store, cls)
    everywhere = {f.code for f in store.all(OwnField)} | {
        f.code for f in store.all(OwnField, Query(binned=True))
    }
    made = OwnField(
        table=cls.TABLE,
        code=new_code(label, everywhere),
        label=" ".join(label.split()),
        kind=kind.value,
        choices="\n".join(choices),
        position=max((f.position or 0 for f in there), default=0) + 1,
    )
    with joined_step(store, f"Add the field {made.label}"):
        return store.save(made)


def _check(store: Store, cls: type[Record], label: str, kind: Kind, but: int | None = None) -> None:
    wanted = " ".join(label.split()).casefold()
    if not wanted:
        raise StorageError("A field needs a heading. Nothing was changed.")
    if kind not in OWN_KINDS:
        raise StorageError(f"A field of your own cannot be a {kind.value}. Nothing was changed.")
    taken = {f.label.casefold() for f in cls.FIELDS.values()}
    taken |= {f.label.casefold() for f in own_fields(store, cls) if f.id != but}
    if wanted in taken:
        raise StorageError(f"There is a field called {label.strip()} already. Nothing was changed.")


def rename_own_field(store: Store, number: int, label: str) -> OwnField:
    """Give a field another heading; its values stay."""
    field = held(store, OwnField, number)
    _check(store, RECORDS[field.table], label, Kind(field.kind), but=number)
    with joined_step(store, f"Rename the field {field.label}"):
        return store.save(replace(field, label=" ".join(label.split())))


def change_kind(store: Store, number: int, kind: Kind, choices: tuple[str, ...] = ()) -> int:
    """Change what sort of value a field holds; how many values could not be read as the new kind.

    Those are kept as words under *Could not be read* on their contract.
    """
    before = held(store, OwnField, number)
    cls = RECORDS[before.table]
    _check(store, cls, before.label, kind, but=number)
    after = replace(before, kind=kind.value, choices="\n".join(choices))
    kept, changed = 0, []
    for record in [*store.all(cls), *store.all(cls, Query(binned=True))]:
        if before.code in record.own:
            made, unread = _converted(record, before.field(), after.field())
            kept += unread
            changed.append(made)
    with joined_step(store, f"Make {before.label} a {kind.value}"):
        store.save(after)
        store.save_many(changed)
    return kept


def _converted(record: Record, old: Field, new: Field) -> tuple[Record, bool]:
    """The record with the value read as the new kind, or with its words kept; True when they had to be."""
    words = old.show(old.value_of(record))
    try:
        return with_values(record, {new.name: new.read(words)}), False
    except Unreadable:
        lines = [line for line in str(getattr(record, "unread", "")).splitlines() if line]
        kept = "\n".join([*lines, f"{old.label}: {words}"])
        return with_values(record, {new.name: None, "unread": kept}), True


def remove_own_field(store: Store, number: int) -> None:
    """Put a field away; its values stay in the file and come back with it."""
    field = held(store, OwnField, number)
    with joined_step(store, f"Put away the field {field.label}"):
        store.bin(OwnField, [number])
