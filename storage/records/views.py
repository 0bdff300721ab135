"""Saved views: what a list shows, kept under a name so that lists, exports and reminders can use it again."""

from __future__ import annotations

from collections.abc import Mapping

from storage.engine.fields import Record, data, record, text, whole, yesno


@record("saved_view", "Saved view", named_by=("title",), searched=False, one_per=("page", "title"))
class SavedView(Record):
    """One view of one list. What it shows is written and read by `storage.desk.lists.arrangement`."""

    page: str = text("List", help="The key of the page whose list it is, such as contracts.")
    title: str = text("Name", required=True)
    shown: Mapping[str, object] = data("What it shows")
    position: int | None = whole("Place among the views")
    on_today: bool | None = yesno("Shown under Today", help="With how many records it finds.")
