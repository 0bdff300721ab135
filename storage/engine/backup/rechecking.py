"""Reading copies again after they were made: one each month in turn, and all of them before going back to one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from storage.engine.backup.copies import Copy, enter_looked, list_copies
from storage.engine.values import show_day

EVERY = timedelta(days=30)


def looked_over(copies: Sequence[Copy]) -> Iterator[Copy]:
    """Read copies again and write down what was found; each comes back as it is now."""
    for copy in copies:
        good = copy.is_as_made()
        try:
            yield enter_looked(copy, good=good)
        except OSError:  # its folder can only be read
            yield replace(copy, looked=datetime.now(UTC), good=good)


def next_to_look_at(file: str, now: datetime) -> Copy | None:
    """The copy of a file, by its UUID, whose turn it is to be read again; None when one was within the month."""
    older = list_copies(file)[1:]  # the newest was read when it was made
    if any(c.looked and abs(now - c.looked) < EVERY for c in older):
        return None
    waiting = [c for c in older if abs(now - c.made) >= EVERY]
    return min(waiting, key=lambda c: (c.looked is not None, c.looked or c.made), default=None)


def damaged_words(copy: Copy) -> str:
    """What to tell when a copy is no longer as it was made; empty when it is."""
    if copy.good:
        return ""
    when = copy.made.astimezone()
    return (
        f"The backup of {show_day(when.date())} {when:%H:%M} is no longer as it was made, so it cannot be relied on. "
        "The file itself is not affected, and the other backups are kept. Make a backup now: File → Back up now."
    )
