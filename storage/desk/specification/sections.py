"""The sections of a specification as it is being written: edit, add, remove, reorder; numbers follow the order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from storage.desk.specification.outlines import DEEPEST
from storage.desk.writing import held, joined_step
from storage.engine.conditions import Value, Where
from storage.engine.errors import StorageError
from storage.engine.query import Order, Query
from storage.engine.store import Store, with_values
from storage.records.specifications import Section, Specification


def sections_of(store: Store, specification_id: int) -> list[Section]:
    """The sections of a specification in their order, the bin left out."""
    asked = Query(where=(Where("specification", "is", (specification_id,)),), order=(Order("position"),))
    return store.all(Section, asked)


def numbered(sections: Sequence[Section]) -> list[Section]:
    """The sections with positions from 1 and numbers such as 3.2 by their levels; a level is never skipped."""
    counts = [0] * DEEPEST
    level = 0
    made = []
    for position, section in enumerate(sections, start=1):
        level = max(1, min(section.level or 1, level + 1, DEEPEST))
        counts[level - 1] += 1
        counts[level:] = [0] * (DEEPEST - level)
        number = ".".join(str(count) for count in counts[:level])
        made.append(replace(section, position=position, number=number, level=level))
    return made


def edit_section(
    store: Store, section_id: int, values: Mapping[str, Value], *, origin: object = None
) -> Section:
    """Change heading, text, guidance or whether a section must be filled, as one step."""
    section = held(store, Section, section_id)
    if unknown := set(values) - {"heading", "body", "guidance", "needed"}:
        raise ValueError(f"not changed here: {', '.join(sorted(unknown))}")
    after = with_values(section, values)
    if after == section:
        return section
    with joined_step(store, f"Change {_called(section)} of {_owner(store, section).name}", origin=origin):
        return store.save(after)


def add_section(
    store: Store,
    specification_id: int,
    heading: str,
    *,
    level: int = 1,
    after: int | None = None,
    body: str = "",
) -> Section:
    """Add a section behind another with all that lies under it, or at the end."""
    specification = held(store, Specification, specification_id)
    if not heading.strip():
        raise StorageError("A section needs a heading. Nothing was changed.")
    before = sections_of(store, specification_id)
    place = len(before) if after is None else _block(before, _index(before, after)).stop
    section = Section(specification=specification_id, heading=heading.strip(), level=level, body=body)
    with joined_step(store, f"Add “{section.heading}” to {specification.name}"):
        section = store.save(section)
        _reorder(store, [*before[:place], section, *before[place:]])
    return store.get(Section, section.key)


def remove_section(store: Store, section_id: int) -> list[int]:
    """Move a section and what lies under it to the bin; the ids that went."""
    section = held(store, Section, section_id)
    specification = _owner(store, section)
    before = sections_of(store, specification.key)
    block = _block(before, _index(before, section_id))
    gone = [s.key for s in before[block]]
    with joined_step(store, f"Remove {_called(section)} from {specification.name}"):
        store.bin(Section, gone)
        _reorder(store, before[: block.start] + before[block.stop :])
    return gone


def move_section(store: Store, section_id: int, places: int) -> bool:
    """Move a section, with what lies under it, up (negative) or down among its neighbours; False at the end."""
    section = held(store, Section, section_id)
    specification = _owner(store, section)
    before = sections_of(store, specification.key)
    order = before
    for _ in range(abs(places)):
        order = _swapped(order, _index(order, section_id), down=places > 0)
    return _keep(store, before, order, f"Move {_called(section)} of {specification.name}")


def set_level(store: Store, section_id: int, level: int) -> bool:
    """Put a section, with what lies under it, at another level of heading; False when it is there already."""
    section = held(store, Section, section_id)
    specification = _owner(store, section)
    before = sections_of(store, specification.key)
    block = _block(before, _index(before, section_id))
    highest = (before[block.start - 1].level or 1) + 1 if block.start else 1
    shift = max(1, min(level, highest, DEEPEST)) - (section.level or 1)
    order = [
        replace(s, level=(s.level or 1) + shift) if block.start <= n < block.stop else s
        for n, s in enumerate(before)
    ]
    return _keep(store, before, order, f"Change the level of {_called(section)} of {specification.name}")


def _keep(store: Store, before: list[Section], order: list[Section], label: str) -> bool:
    if numbered(order) == before:
        return False
    with joined_step(store, label):
        _reorder(store, order)
    return True


def _reorder(store: Store, order: Sequence[Section]) -> None:
    """Save new positions and numbers, those that differ only."""
    stand = store.many(Section, [s.key for s in order])
    store.save_many([s for s in numbered(order) if stand[s.key] != s])


def _index(sections: Sequence[Section], section_id: int) -> int:
    for index, section in enumerate(sections):
        if section.key == section_id:
            return index
    raise StorageError("This section is not in the specification any more. Nothing was changed.")


def _block(sections: Sequence[Section], index: int) -> slice:
    """A section and the deeper ones that follow it."""
    level = sections[index].level or 1
    stop = index + 1
    while stop < len(sections) and (sections[stop].level or 1) > level:
        stop += 1
    return slice(index, stop)


def _swapped(sections: list[Section], index: int, *, down: bool) -> list[Section]:
    """The order after a section changed places with its neighbour of the same level; as it was where there is none."""
    level = sections[index].level or 1
    block = _block(sections, index)
    if down:
        if block.stop == len(sections) or (sections[block.stop].level or 1) < level:
            return sections
        after = _block(sections, block.stop)
        return sections[: block.start] + sections[after] + sections[block] + sections[after.stop :]
    start = block.start - 1
    while start >= 0 and (sections[start].level or 1) > level:
        start -= 1
    if start < 0 or (sections[start].level or 1) < level:
        return sections
    return sections[:start] + sections[block] + sections[start : block.start] + sections[block.stop :]


def _owner(store: Store, section: Section) -> Specification:
    if section.specification is None:
        raise StorageError("This section belongs to no specification. Nothing was changed.")
    return held(store, Specification, section.specification)


def _called(section: Section) -> str:
    return " ".join(words for words in (section.number, section.heading) if words)
