"""Which copies stay as they grow older: by the order they were made in, so that a wrong clock deletes none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from storage.engine.backup.copies import Copy, listed, unlist
from storage.engine.steps import Progress

BEFORE_UPGRADE = "before the file was brought up to date"
CAP = 1024 * 1024 * 1024  # bytes that the copies of one file may take in one place
TOLD = 0.8  # the part of it from which the user is told
_ALL, _DAILY, _WEEKLY, _MONTHLY, LEAST = timedelta(days=2), 12, 10, 9, 3
_UPGRADES = timedelta(days=365)
_BACK = timedelta(
    hours=2
)  # a clock that goes back further was wrong before or is wrong now; summer time is less


def kept(copies: Sequence[Copy], now: datetime) -> set[str]:
    """The names to keep, from copies in the order they were made.

    All of the last two days, the last of each of 12 days, 10 weeks and 9 months that have any, those made
    before an upgrade for a year, and never fewer than the newest three. Where the clock went back, the copies
    made before that are measured among themselves.
    """
    names = {c.name for c in copies[-LEAST:]}
    spans = _spans([*(c.made for c in copies), now])
    for start, end in spans:
        last = now if end > len(copies) else copies[end - 1].made
        names |= _kept_of(copies[start:end], last)
    return names


def _spans(moments: Sequence[datetime]) -> list[tuple[int, int]]:
    """From where to where the clock went on without going back, or being put right after it had."""
    spans, start, latest = list[tuple[int, int]](), 0, moments[0]
    for n, moment in enumerate(moments[1:], 1):
        behind = moments[n - 1] < latest - _BACK
        if moment < moments[n - 1] - _BACK or (behind and moment >= latest - _BACK):
            spans.append((start, n))
            start = n
        latest = max(latest, moment)
    return [*spans, (start, len(moments))]


def _kept_of(copies: Sequence[Copy], end: datetime) -> set[str]:
    names = {c.name for c in copies if end - c.made < _ALL}
    names |= {c.name for c in copies if c.why == BEFORE_UPGRADE and end - c.made < _UPGRADES}
    for period, many in ((_day, _DAILY), (_week, _WEEKLY), (_month, _MONTHLY)):
        last = {period(c.made.astimezone().date()): c.name for c in copies}
        names |= {last[p] for p in sorted(last)[-many:]}
    return names


def _day(on: date) -> tuple[int, ...]:
    return (on.toordinal(),)


def _week(on: date) -> tuple[int, ...]:
    return on.isocalendar()[:2]


def _month(on: date) -> tuple[int, ...]:
    return on.year, on.month


def thin(folder: Path, file: str, now: datetime) -> list[str]:
    """As `thinning`, at once; returns the names of what was deleted."""
    before = [c.name for c in listed(folder)]
    for _ in thinning(folder, file, now):
        pass
    left = {c.name for c in listed(folder)}
    return [name for name in before if name not in left]


def thinning(folder: Path, file: str, now: datetime) -> Iterator[Progress]:
    """Delete the copies of one file that are no longer kept, a slice at a time.

    Only files in the manifest are ever deleted, and none unless three of those that stay are read and found as
    they were made.
    """
    copies = [c for c in listed(folder) if c.file == file and c.path.exists()]
    keep = kept(copies, now)
    keep -= _beyond_the_cap([c for c in copies if c.name in keep], now)
    drop = [c for c in copies if c.name not in keep]
    sound = 0
    for copy in reversed([c for c in copies if c.name in keep] if drop else []):
        yield Progress(0, 0, "Looking at older backups")
        sound += copy.is_as_made()
        if sound == LEAST:
            break
    for copy in drop if sound == LEAST else []:
        copy.path.unlink(missing_ok=True)
        unlist(copy.path)


def _beyond_the_cap(copies: Sequence[Copy], now: datetime) -> set[str]:
    """The oldest of the copies that are kept, until the rest fits; those made before an upgrade go last."""
    size, names = sum(c.size for c in copies), set[str]()
    for copy in sorted(copies[:-LEAST], key=lambda c: c.why == BEFORE_UPGRADE and now - c.made < _UPGRADES):
        if size <= CAP:
            break
        names.add(copy.name)
        size -= copy.size
    return names


def room_words(folder: Path) -> str:
    """What to tell when the copies in a folder take most of the room they may; empty before."""
    size = sum(c.size for c in listed(folder) if c.path.exists())
    if size < TOLD * CAP:
        return ""
    return (
        f"The backups of this file take {size / CAP:.0%} of the {CAP // 1024**2:,} MB they may. The oldest are deleted "
        "to make room; move some elsewhere first if you want to keep them."
    )
