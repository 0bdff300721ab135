"""The register as it was at the end of a past day, as a file of its own that is only read."""

from __future__ import annotations

from collections.abc import Generator
from datetime import date
from pathlib import Path

from storage.engine.as_at import rebuild
from storage.engine.backup.snapshots import save_as
from storage.engine.errors import StorageError
from storage.engine.private import private_folder
from storage.engine.steps import Progress
from storage.engine.store import Store
from storage.engine.values import show_day


def past_file(store: Store, day: date) -> Generator[Progress, None, Path]:
    """Make the file of a past day, gone when the program ends, and return where it lies. Raises `StorageError`."""
    if day > store.today():
        raise StorageError(
            f"{show_day(day)} has not come yet. Nothing was changed. Choose a day up to today."
        )
    path = private_folder() / f"{store.file.user_path.stem} as at {day.isoformat()}.desk"
    save_as(store, path)
    yield from rebuild(path, day)
    return path
