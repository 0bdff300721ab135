"""A local specification that follows a national one: where it departs, what changed above, what is done about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from storage.desk.specification.sections import numbered, sections_of
from storage.desk.specification.specification_rows import KEYS, of
from storage.desk.specification.specifications import (
    LETTERS,
    SectionText,
    Text,
    draft_text,
    version_text,
    versions_of,
)
from storage.desk.writing import found, held, joined_step, next_reference
from storage.engine.conditions import Where
from storage.engine.errors import StorageError
from storage.engine.fields import Record
from storage.engine.query import Order, Query
from storage.engine.reading import Reader
from storage.engine.store import Store, with_values
from storage.records.specification_parts import LegalBasis, PathwayStep, SpecificationMeasure
from storage.records.specifications import Section, Specification, Version
from storage.rules.three_way import merged

BETWEEN = "*The text it follows now reads:*"


class Standing(StrEnum):
    """How a section of a local specification stands to the one it follows."""

    FOLLOWS = "Follows"
    DEPARTS = "Departs"
    OWN = "Of its own"


class Change(StrEnum):
    """What happened above to a section, or is new there, since it was taken."""

    CHANGED = "Changed"
    NEW = "New"
    GONE = "Taken out"


@dataclass(frozen=True, slots=True)
class News:
    """One change above that nobody has dealt with here. `section` is ours: None for one that is new above."""

    change: Change
    section: Section | None
    heading: str
    number: str
    before: str  # the text above when it was taken
    now: str  # the text above as it reads today
    uuid: str  # of the section above


def customise(
    store: Store, parent_id: int, title: str, *, service: int | None = None, reference: str = ""
) -> Specification:
    """Begin a local specification from a national one: from its last version, or its draft while none is issued.

    Each section remembers which one it follows and how that read. Raises `StorageError` without a title.
    """
    parent = held(store, Specification, parent_id)
    if not title.strip():
        raise StorageError("A specification needs a title. Nothing was changed.")
    version, text = _above(store, parent)
    made = Specification(
        title=title.strip(),
        reference=reference.strip() or next_reference(store, Specification, LETTERS),
        service=service if service is not None else parent.service,
        service_line=parent.service_line,
        template=parent.template,
        level="Local",
        parent=parent.key,
        parent_version=version.key if version else None,
    )
    advice = {s.uuid: s for s in sections_of(store, parent.key)}
    with joined_step(store, f"Begin {made.reference} {made.title} from {parent.name}"):
        made = store.save(made)
        taken = [_taken(made.key, s, advice.get(s.uuid)) for s in text.sections if s.uuid not in KEYS]
        store.save_many(numbered(taken))
        _copy_rows(store, parent.key, made.key)
    return store.get(Specification, made.key)


def _copy_rows(store: Store, above: int, below: int) -> None:
    """Take the measures, the pathway and the legal bases along; policies stay beneath the national text."""
    _copied(store, SpecificationMeasure, above, below, "outcome")
    _copied(store, PathwayStep, above, below, "next_step")
    _copied(store, LegalBasis, above, below, "")


def _copied(store: Store, cls: type[Record], above: int, below: int, to: str) -> None:
    """Copies of rows; a link `to` another row of the same kind leads to its copy."""
    rows = of(store, cls, above)
    made = store.save_many(
        [with_values(replace(r, id=None, uuid=""), {"specification": below}) for r in rows]
    )
    now = {r.key: m.key for r, m in zip(rows, made, strict=True)}
    linked = [m for m in made if to and getattr(m, to)]
    store.save_many([with_values(m, {to: now.get(getattr(m, to))}) for m in linked])


def _above(store: Reader, parent: Specification) -> tuple[Version | None, Text]:
    """What a local specification follows: the last version, or the draft while none is issued."""
    versions = versions_of(store, parent.key)  # type: ignore[arg-type]
    if versions:
        return versions[-1], version_text(versions[-1])
    return None, draft_text(store, parent.key)  # type: ignore[arg-type]


def _taken(specification: int, above: SectionText, advice: Section | None) -> Section:
    return Section(
        specification=specification,
        heading=above.heading,
        level=above.level,
        needed=advice.needed if advice else None,
        guidance=advice.guidance if advice else "",
        body=above.body,
        origin=above.uuid,
        origin_heading=above.heading,
        origin_body=above.body,
    )


def standing(section: Section) -> Standing:
    """Whether a section says what it followed said when it was taken; spaces at the ends of lines do not count."""
    if not section.origin:
        return Standing.OWN
    same = _plain(section.body) == _plain(section.origin_body) and section.heading == section.origin_heading
    return Standing.FOLLOWS if same else Standing.DEPARTS


def _plain(words: str) -> str:
    return "\n".join(line.rstrip() for line in words.strip().splitlines())


def standings(store: Store, specification_id: int) -> Mapping[str, Standing]:
    """How each section of a local specification stands, by its UUID; nothing for one that follows none."""
    if found(store, Specification, specification_id).parent is None:
        return {}
    return {s.uuid: standing(s) for s in sections_of(store, specification_id)}


def news(store: Store, specification_id: int) -> list[News]:
    """What changed above since it was taken and nobody has dealt with, in the order it stands above."""
    local = found(store, Specification, specification_id)
    parent = store.many(Specification, [local.parent or 0]).get(local.parent or 0)
    if parent is None or parent.binned:
        return []
    _, text = _above(store, parent)
    ours = {s.origin: s for s in sections_of(store, specification_id) if s.origin}
    if not ours:
        return []  # it was written apart, and its head alone says what it follows
    left = local.left_out
    told = [
        each
        for above in text.sections
        if above.uuid not in KEYS
        and left.get(above.uuid) != _read(above.heading, above.body)
        and (each := _told(above, ours.get(above.uuid)))
    ]
    there = {s.uuid for s in text.sections}
    gone = [s for s in ours.values() if s.origin not in there]
    return told + [News(Change.GONE, s, s.heading, s.number, s.origin_body, "", s.origin) for s in gone]


def _read(heading: str, body: str) -> str:
    """How a section above reads, to know it again."""
    return f"{heading}\n\n{_plain(body)}"


def _told(above: SectionText, ours: Section | None) -> News | None:
    if ours is None:
        return News(Change.NEW, None, above.heading, above.number, "", above.body, above.uuid)
    if _plain(above.body) == _plain(ours.origin_body) and above.heading == ours.origin_heading:
        return None
    return News(Change.CHANGED, ours, above.heading, ours.number, ours.origin_body, above.body, above.uuid)


def take(store: Store, specification_id: int, told: News) -> None:
    """Let it read here as it reads above: the text taken over, a new section added, one that is gone removed."""
    local = held(store, Specification, specification_id)
    with joined_step(store, f"Take {_named(told)} as above into {local.name}"):
        if told.section is None:
            _add(store, local, told)
        elif told.change is Change.GONE:
            _remove(store, told.section)
        else:
            section = replace(_ours(store, told), body=told.now, heading=told.heading)
            store.save(replace(section, origin_body=told.now, origin_heading=told.heading))
        _up_to_date(store, local)


def keep(store: Store, specification_id: int, told: News) -> None:
    """Leave it as it reads here, knowing how it reads above; it then departs from that, or is left out here."""
    local = held(store, Specification, specification_id)
    with joined_step(store, f"Keep {_named(told)} as it is in {local.name}"):
        if told.section is None:
            left = {**local.left_out, told.uuid: _read(told.heading, told.now)}
            store.save(replace(local, left_out=left))
        elif told.change is Change.GONE:
            store.save(replace(_ours(store, told), origin="", origin_heading="", origin_body=""))
        else:
            section = _ours(store, told)
            store.save(replace(section, origin_body=told.now, origin_heading=told.heading))
        _up_to_date(store, local)


def merge(store: Store, specification_id: int, told: News) -> int:
    """Put both readings together; returns how many paragraphs both changed, where both now stand.

    Raises `StorageError` for what is new above or gone: there is nothing to put together.
    """
    local = held(store, Specification, specification_id)
    if told.section is None or told.change is not Change.CHANGED:
        raise StorageError(
            f"{_named(told)} stands on one side only. Nothing was changed. Take it or leave it."
        )
    section = _ours(store, told)
    body, clashes = merged(section.origin_body, section.body, told.now, BETWEEN)
    with joined_step(store, f"Merge {_named(told)} into {local.name}"):
        store.save(replace(section, body=body, origin_body=told.now, origin_heading=told.heading))
        _up_to_date(store, local)
    return clashes


def _ours(store: Store, told: News) -> Section:
    return held(store, Section, told.section.key if told.section else 0)


def _named(told: News) -> str:
    return f"“{told.heading}”"


def _add(store: Store, local: Specification, told: News) -> None:
    """Put a section that is new above in its place here: behind the one it follows there."""
    here = sections_of(store, local.key)
    _, text = _above(store, held(store, Specification, local.parent or 0))
    order = [s.uuid for s in text.sections]
    before = set(order[: order.index(told.uuid)])
    above = text.sections[order.index(told.uuid)]
    place = max((n for n, s in enumerate(here, 1) if s.origin in before), default=0)
    made = store.save(_taken(local.key, above, None))
    stand = {s.key: s for s in here}
    renumbered = numbered([*here[:place], made, *here[place:]])
    store.save_many([s for s in renumbered if stand.get(s.key) != s])


def _remove(store: Store, section: Section) -> None:
    """Bin one section; those under it move up a level where they have to."""
    here = sections_of(store, section.specification or 0)
    store.bin(Section, [section.key])
    left = [s for s in here if s.key != section.key]
    stand = {s.key: s for s in left}
    store.save_many([s for s in numbered(left) if stand[s.key] != s])


def _up_to_date(store: Store, local: Specification) -> None:
    """Say from which version it is taken once nothing from above waits any more."""
    if news(store, local.key):
        return
    parent = found(store, Specification, local.parent or 0)
    version, _ = _above(store, parent)
    now = store.get(Specification, local.key)
    if version is not None and now.parent_version != version.key:
        store.save(replace(now, parent_version=version.key))


def followers(reader: Reader, parent_id: int) -> list[Specification]:
    """The local specifications that follow one, by title."""
    return reader.all(Specification, Query((Where("parent", "is", (parent_id,)),), (Order("title"),)))
