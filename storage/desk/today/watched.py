"""Saved views that are watched: shown under Today with how many records they find now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from storage.desk.lists.views import views_of
from storage.engine.conditions import Where
from storage.engine.fields import RECORDS
from storage.engine.query import Query
from storage.engine.reading import Reader
from storage.records.views import SavedView

LISTS: Mapping[str, str] = {
    "contracts": "contract", "providers": "organisation", "services": "service",
    "specifications": "specification", "checklists": "checklist_run", "actions": "action",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Watched:
    """A view, the page whose list it is, and how many records it finds."""

    page: str
    key: str
    name: str
    count: int


def watched(reader: Reader) -> tuple[Watched, ...]:
    """The views marked to be shown, in their order."""
    marked = reader.all(SavedView, Query(where=(Where("on_today", "is", (True,)),)))
    found = []
    for page in dict.fromkeys(each.page for each in marked if each.page in LISTS):
        cls = RECORDS[LISTS[page]]
        for view in views_of(reader, page, cls):
            if view.on_today and not view.missing:
                count = len(reader.ids(cls, view.arrangement.query))
                found.append(Watched(page, view.key, view.name, count))
    return tuple(found)
