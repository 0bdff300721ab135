"""Saved views: kept under a name, changed, renamed, put in order, thrown away; found again by lists and exports."""

from __future__ import annotations

from dataclasses import dataclass, replace

from storage.desk.bin import move_to_bin
from storage.desk.lists.arrangement import Arrangement, read_back, written
from storage.desk.lists.starting_views import starting_views
from storage.desk.writing import held, joined_step
from storage.engine.errors import StorageError
from storage.engine.fields import Record
from storage.engine.query import Order, Query
from storage.engine.reading import Reader
from storage.engine.store import Store
from storage.records.views import SavedView

LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class View:
    """A view of one list, ready to use."""

    key: str  # the UUID of its record, or for one that comes with the program its name after `starting/`
    name: str
    arrangement: Arrangement
    number: int = 0  # of its record; 0 for one that comes with the program
    left_out: tuple[str, ...] = ()  # what of it cannot be shown any more, a sentence each
    missing: str = ""  # why it cannot be used yet, in words
    on_today: bool = False  # shown under Today with how many records it finds

    @property
    def own(self) -> bool:
        """True when the user saved it."""
        return self.number > 0


def views_of(reader: Reader, page: str, cls: type[Record]) -> list[View]:
    """The views of a list: the user's own in their order, then those that come with the program.

    A view saved under the name of one that comes with the program stands in its place.
    """
    saved = [s for s in reader.all(SavedView, Query(order=(Order("position"),))) if s.page == page]
    own = [_own(reader, cls, each) for each in saved]
    names = {_folded(view.name) for view in own}
    return own + [
        View(f"starting/{each.name}", each.name, each.arrangement, missing=each.missing)
        for each in starting_views(reader, page)
        if _folded(each.name) not in names
    ]


def _own(reader: Reader, cls: type[Record], saved: SavedView) -> View:
    found = read_back(reader, cls, saved.shown)
    shown = bool(saved.on_today)
    return View(saved.uuid, saved.title, found.arrangement, saved.key, found.left_out, on_today=shown)


def view_named(reader: Reader, page: str, cls: type[Record], name: str) -> View:
    """The view of a list with this name, capitals aside.

    Raises `StorageError`, which lists the names there are, when there is none; and when it cannot be used yet.
    """
    every = views_of(reader, page, cls)
    found = next((view for view in every if _folded(view.name) == _folded(name)), None)
    if found is None:
        names = ", ".join(f"“{view.name}”" for view in every) or "none yet"
        raise StorageError(f"There is no view “{name.strip()}”. The views of this list: {names}.")
    if found.missing:
        raise StorageError(found.missing)
    return found


def save_view(store: Store, page: str, cls: type[Record], name: str, shown: Arrangement) -> SavedView:
    """Keep what a list shows under a new name. Raises `StorageError` for no name and for one that is taken."""
    title = _new_name(store, page, name)
    last = max((s.position or 0 for s in store.all(SavedView) if s.page == page), default=0)
    with joined_step(store, f"Save the view {title}"):
        return store.save(
            SavedView(page=page, title=title, shown=written(store, cls, shown), position=last + 1)
        )


def change_view(store: Store, cls: type[Record], number: int, shown: Arrangement) -> SavedView:
    """Let a view show what the list shows now."""
    before = held(store, SavedView, number)
    after = replace(before, shown=written(store, cls, shown))
    if after == before:
        return before
    with joined_step(store, f"Change the view {before.title}"):
        return store.save(after)


def rename_view(store: Store, number: int, name: str) -> SavedView:
    """Give a view another name. Raises `StorageError` for no name and for one that is taken."""
    before = held(store, SavedView, number)
    title = _new_name(store, before.page, name, but=number)
    if title == before.title:
        return before
    with joined_step(store, f"Rename the view {before.title}"):
        return store.save(replace(before, title=title))


def move_view(store: Store, number: int, by: int) -> None:
    """Move a view up (-1) or down (1) among the views of its list; at the end it stays."""
    before = held(store, SavedView, number)
    saved = [s for s in store.all(SavedView, Query(order=(Order("position"),))) if s.page == before.page]
    here = next(place for place, each in enumerate(saved) if each.id == number)
    there = here + by
    if not 0 <= there < len(saved):
        return
    saved[here], saved[there] = saved[there], saved[here]
    with joined_step(store, f"Move the view {before.title}"):
        store.save_many([replace(s, position=n) for n, s in enumerate(saved, 1) if s.position != n])


def watch_view(store: Store, number: int) -> None:
    """Show a view under Today with how many records it finds, or no longer."""
    before = held(store, SavedView, number)
    words = (
        f"No longer show {before.title} under Today"
        if before.on_today
        else f"Show {before.title} under Today"
    )
    with joined_step(store, words):
        store.save(replace(before, on_today=None if before.on_today else True))


def bin_view(store: Store, number: int) -> None:
    """Move a view to the bin."""
    move_to_bin(store, SavedView, [number])


def _new_name(store: Store, page: str, name: str, but: int = 0) -> str:
    """The name, tidied. Raises `StorageError` when it is empty, too long, or another view's of the same list."""
    title = " ".join(name.split())
    if not title:
        raise StorageError("A view needs a name. Nothing was changed.")
    if len(title) > LONGEST_NAME:
        raise StorageError(f"The name of a view has at most {LONGEST_NAME} letters. Nothing was changed.")
    taken = [s for s in store.all(SavedView) if s.page == page and s.id != but]
    if any(_folded(s.title) == _folded(title) for s in taken):
        raise StorageError(
            f"There is a view called “{title}” already. Nothing was changed. Choose another name."
        )
    return title


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
