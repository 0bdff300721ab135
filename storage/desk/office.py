"""Who keeps the file: the one record of My organisation and me, and its letterhead."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping

from storage.desk.files import pictures
from storage.desk.writing import joined_step
from storage.engine.conditions import Value
from storage.engine.errors import StorageError
from storage.engine.reading import Reader
from storage.engine.store import Store, with_values
from storage.records.reference import Desk

MOST_BYTES = 1_000_000


def office(store: Reader) -> Desk:
    """The record of who keeps the file; an empty one, not saved, while nobody has filled it in."""
    return next(iter(store.all(Desk)), Desk())


def change_office(store: Store, values: Mapping[str, Value]) -> Desk:
    """Set fields of My organisation and me, making the record the first time."""
    before = office(store)
    after = with_values(before, values)
    if after != before:
        with joined_step(store, "Change my organisation and me"):
            store.save(after)
    return office(store)


def who(store: Store, given: str = "") -> str:
    """The name to write beside an act: as given, else the person of the file, else who opened it."""
    return given.strip() or office(store).person.strip() or store.steps.who


def letterhead_words(picture: bytes) -> str:
    """A picture as the text the file keeps. Raises `StorageError` when it is no PNG or JPEG, or too large."""
    if not pictures.pixels(picture):
        raise StorageError("The letterhead must be a PNG or JPEG picture. Nothing was changed.")
    if not pictures.is_safe(picture):
        raise StorageError(
            "The letterhead picture has too many pixels to be drawn. Nothing was changed. Make it smaller and "
            "try again."
        )
    if len(picture) > MOST_BYTES:
        raise StorageError(
            "The letterhead picture is larger than 1 MB. Nothing was changed. Make it smaller and try again."
        )
    return base64.b64encode(picture).decode("ascii")


def letterhead_picture(words: str) -> bytes:
    """The picture the file keeps as text; empty when there is none or the text is no picture."""
    try:
        picture = base64.b64decode("".join(words.split()), validate=True)
    except (binascii.Error, ValueError):
        return b""
    return picture if pictures.is_safe(picture) else b""
