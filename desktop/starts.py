"""Counts starts that did not get as far as a window that stands still, so that a file cannot keep the program out."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from storage.engine.backup.backups import home

NAME = "starts.txt"
TOO_MANY = 2  # starts in a row that failed before the next one is careful
MOST_READ = 8  # characters of the count


def _path() -> Path:
    return home() / NAME


def failed() -> int:
    """How many starts in a row have failed until now; what cannot be read counts as none."""
    try:
        with _path().open(encoding="ascii") as file:
            return max(0, int(file.read(MOST_READ)))
    except (OSError, ValueError):
        return 0


def begin() -> None:
    """Count this start as failed until `reached` is called; without a place to count in there is no counting."""
    count = failed() + 1
    with suppress(OSError):
        _path().parent.mkdir(parents=True, exist_ok=True)
        _path().write_text(str(count), encoding="ascii")


def reached() -> None:
    """The window is there and stands still, or the user closed it: this start and those before it count no more."""
    with suppress(OSError):
        _path().unlink(missing_ok=True)
