"""Changing many records at once: what becomes of each is known before, and all of it is one step and one undo."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from storage.engine.fields import Field, Kind, Record, Value
from storage.engine.steps import Progress
from storage.engine.store import Store, with_values

SLICE = 100  # records looked at, or changed, between two turns of the event loop
SO_ALREADY = "It says so already."
BINNED = "It is in the bin."
SEALED = "It is signed or issued and does not change."


class Stays(Exception):
    """A record is not changed; the words say why."""


Values = Mapping[str, Value]
Made = Callable[[Record], tuple[Values, str]]


@dataclass(frozen=True, slots=True)
class Change:
    """One change made to many records.

    `make` gives the new values of a record and a warning, or no words; it raises `Stays` for one that stays as it is.
    """

    does: str  # what stands before the records in the name of the step, such as Change tier of
    shown: tuple[str, ...]  # the fields whose values a preview shows, now and then
    make: Made
    done: str = ""  # what stands after them


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of one record: its shown values now and then, and a warning or the reason why it stays."""

    now: str
    will: str
    note: str = ""
    changes: bool = True


@dataclass(slots=True)
class Plan:
    """Which of the records change and which stay, by id and in the order given; `warned` are among those changing."""

    changing: list[int] = field(default_factory=list)
    warned: list[int] = field(default_factory=list)
    staying: list[int] = field(default_factory=list)


def set_field(wanted: Field, value: Value) -> Change:
    """Give a field one value in every record; a blank one empties it."""

    def make(_record: Record) -> tuple[Values, str]:
        return {wanted.name: value}, wanted.problem(value)

    return Change(f"Change {wanted.label.lower()} of", (wanted.name,), make)


def may_be_set(wanted: Field) -> bool:
    """Whether a field can be set in many records: typed, seen in a table, and not one that tells records apart."""
    worked_out = wanted.derived or wanted.from_today or wanted.kind in (Kind.LINK, Kind.DATA)
    return wanted.column and not worked_out and not wanted.unique


def outcome(change: Change, record: Record, fields: Mapping[str, Field]) -> Outcome:
    """What becomes of a record."""
    now = said(change.shown, record, fields)
    try:
        after, warning = _after(change, record)
    except Stays as reason:
        return Outcome(now, now, str(reason), changes=False)
    return Outcome(now, said(change.shown, after, fields), warning)


def _after(change: Change, record: Record) -> tuple[Record, str]:
    cls = type(record)
    if record.binned:
        raise Stays(BINNED)
    if cls.SEALED_BY and getattr(record, cls.SEALED_BY):
        raise Stays(SEALED)
    values, warning = change.make(record)
    after = with_values(record, values)
    if after == record:
        raise Stays(SO_ALREADY)
    return after, warning


def said(names: Sequence[str], record: Record, fields: Mapping[str, Field]) -> str:
    """What a record says in some fields, by their labels where they are several."""
    shown = [fields[name] for name in names if name in fields]
    words = [each.show(each.value_of(record)) or "blank" for each in shown]
    if len(shown) == 1:
        return words[0]
    return "; ".join(f"{each.label}: {word}" for each, word in zip(shown, words, strict=True))


def planning(
    store: Store, cls: type[Record], ids: Sequence[int], change: Change, into: Plan
) -> Iterator[Progress]:
    """Look at every record, a slice at a time, and note in `into` what becomes of it."""
    for records in _slices(store, cls, ids):
        for record in records:
            try:
                _, warning = _after(change, record)
            except Stays:
                into.staying.append(record.key)
                continue
            into.changing.append(record.key)
            if warning:
                into.warned.append(record.key)
        yield Progress(len(into.changing) + len(into.staying), len(ids), "Looking at what changes")


def label(store: Store, cls: type[Record], change: Change, ids: Sequence[int]) -> str:
    """What the step is called: the record by its name when it is one alone, otherwise how many."""
    alone = store.many(cls, ids).values() if len(ids) == 1 else ()
    whose = next((record.name for record in alone), f"{len(ids):,} {cls.PLURAL.lower()}")
    return " ".join(filter(None, (change.does, whose, change.done)))


def changing(store: Store, cls: type[Record], ids: Sequence[int], change: Change) -> Iterator[Progress]:
    """Change the records as one step, a slice at a time; closing the work, or an error, takes all of it back."""
    return store.long_step(label(store, cls, change, ids), _changing(store, cls, ids, change))


def _changing(store: Store, cls: type[Record], ids: Sequence[int], change: Change) -> Iterator[Progress]:
    done = 0
    for records in _slices(store, cls, ids):
        after: list[Record] = []
        for record in records:
            try:
                after.append(_after(change, record)[0])
            except Stays:  # it was changed since it was looked at
                continue
        store.save_many(after)
        done += len(records)
        yield Progress(done, len(ids), f"Changing {cls.PLURAL.lower()}")


def _slices(store: Store, cls: type[Record], ids: Sequence[int]) -> Iterator[list[Record]]:
    """The records that are still there, in the order of their ids."""
    for first in range(0, len(ids), SLICE):
        some = ids[first : first + SLICE]
        found = store.many(cls, some)
        yield [found[each] for each in some if each in found]
