"""Outlines of the user’s own, beside those of the program: made of a specification, offered when one is started."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from storage.desk.specification.outlines import DEEPEST, Outline, OutlineSection, outline, outlines
from storage.desk.specification.sections import sections_of
from storage.desk.writing import found, joined_step
from storage.engine.errors import StorageError
from storage.engine.query import Order, Query
from storage.engine.reading import Reader
from storage.engine.store import Store
from storage.records.specifications import OwnOutline, Specification

_OWN = "own:"  # how the id of such an outline begins, before its UUID


def every_outline(reader: Reader) -> list[Outline]:
    """Those of the user’s own by name, then those of the program."""
    own = reader.all(OwnOutline, Query(order=(Order("title"), Order("id"))))
    return [*map(_outline, own), *outlines()]


def outline_of(reader: Reader, outline_id: str) -> Outline:
    """One outline by its id, of either sort. Raises `StorageError` when there is none."""
    if outline_id.startswith(_OWN):
        held = reader.by_uuid(OwnOutline, [outline_id.removeprefix(_OWN)])
        for each in held.values():
            if not each.binned:
                return _outline(each)
        raise StorageError("This outline is in the bin or no longer in the file. Nothing was changed.")
    return outline(outline_id)


def keep_as_outline(
    store: Store, specification_id: int, title: str, about: str, *, words: bool
) -> OwnOutline:
    """Keep the headings of a specification, with their guidance, as an outline; with `words` their texts too.

    Raises `StorageError` without a title or without sections.
    """
    specification = found(store, Specification, specification_id)
    sections = sections_of(store, specification_id)
    if not title.strip() or not sections:
        raise StorageError("An outline needs a name and at least one heading. Nothing was changed.")
    rows = [
        {"heading": s.heading, "level": s.level or 1, "needed": bool(s.needed), "guidance": s.guidance,
         "body": s.body if words else ""}
        for s in sections
    ]  # fmt: skip
    with joined_step(store, f"Keep {specification.name} as an outline"):
        return store.save(OwnOutline(title=title.strip(), about=about.strip(), content={"sections": rows}))


def _outline(held: OwnOutline) -> Outline:
    rows = cast("list[Mapping[str, object]]", held.content.get("sections", []))
    return Outline(f"{_OWN}{held.uuid}", held.title, held.about, tuple(map(_section, rows)))


def _section(row: Mapping[str, object]) -> OutlineSection:
    level = row.get("level")
    return OutlineSection(
        heading=str(row.get("heading", "")),
        level=level if isinstance(level, int) and 1 <= level <= DEEPEST else 1,
        needed=bool(row.get("needed")),
        guidance=str(row.get("guidance", "")),
        body=str(row.get("body", "")),
    )
