"""Checking the backups of a file: whether there are any, how old the newest is, and each against its hash."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from storage.engine.backup import backups, plain
from storage.engine.backup.copies import Copy, second_place
from storage.engine.backup.thinning import room_words
from storage.engine.check.report import Advice, Looked, Outcome, Remedy, Report
from storage.engine.steps import Progress
from storage.engine.values import show_day

COPIES, NEWEST, SECOND, PLAIN = "Backups", "Newest backup", "Second place", "Weekly zip"
OLD_DAYS = 7


def look(path: Path, report: Report) -> Iterator[Progress]:
    """Read every backup of a file and compare it with the hash it had when it was made and checked."""
    copies = backups.list_copies(path.absolute())
    if not copies:
        report.advise(NEWEST, "There is no backup of this file yet.", Remedy.BACK_UP)
        return
    _newest(copies[0], report)
    changed = []
    for done, copy in enumerate(copies):
        yield Progress(done, len(copies), "Reading the backups")
        if not copy.is_as_made():
            changed.append(copy)
    if words := room_words(copies[0].folder):
        report.advise(COPIES, words, Remedy.BACK_UP)
    report.facts["backups"] = {"copies": len(copies), "bytes": sum(copy.size for copy in copies)}
    _enter(copies, changed, report)
    _second_place(copies[0], report)
    yield Progress(len(copies), len(copies), "Reading the weekly zip")
    _plain(copies[0], report)


def _newest(newest: Copy, report: Report) -> None:
    report.facts["last_backup"] = newest.made.isoformat(timespec="seconds")
    day, age = show_day(newest.made.astimezone().date()), (datetime.now(UTC) - newest.made).days
    if age >= OLD_DAYS:
        report.advise(NEWEST, f"The last backup is {age} days old, of {day}.", Remedy.BACK_UP)
    else:
        report.looked.append(Looked(NEWEST, Outcome.GOOD, f"Made on {day}, {newest.why}"))


def _enter(copies: Sequence[Copy], changed: Sequence[Copy], report: Report) -> None:
    if not changed:
        every = f"All {len(copies):,}" if len(copies) > 1 else "The one there is"
        words = f"{every} read, byte for byte as checked when made"
        report.looked.append(Looked(COPIES, Outcome.GOOD, words))
        return
    named = ", ".join(copy.name for copy in changed[:3]) + (" and others" if len(changed) > 3 else "")
    words = (
        f"{len(changed):,} of {len(copies):,} backups {'is' if len(changed) == 1 else 'are'} not as made: {named}. "
        "The file itself is not affected, and the others can be used."
    )
    report.looked.append(Looked(COPIES, Outcome.NOTE, words))
    report.advice.append(Advice(words, Remedy.BACK_UP))


def _second_place(newest: Copy, report: Report) -> None:
    """Whether the newest backup lies in the second place too, so that one broken disk does not take everything."""
    second = second_place()
    if second is None:
        words = "None is chosen. A copy on a stick or in another folder outlasts this computer"
        report.looked.append(Looked(SECOND, Outcome.NOTE, words))
        return
    there = second / newest.folder.name / newest.name
    if there.exists():
        report.looked.append(Looked(SECOND, Outcome.GOOD, f"The newest backup lies in {second} too"))
    else:
        words = f"The newest backup is not in the second place, {second}. Connect that disk if it is one, and back up."
        report.advise(SECOND, words, Remedy.BACK_UP)


def _plain(newest: Copy, report: Report) -> None:
    """Whether the zip that can be read without the program is there and whole."""
    last = plain.newest(newest.folder.name)
    if last is None:
        report.looked.append(Looked(PLAIN, Outcome.NOTE, "None yet: one is made each week while you work"))
        return
    try:
        with zipfile.ZipFile(last) as packed:
            broken = packed.testzip()
    except (OSError, zipfile.BadZipFile):
        broken = last.name
    if broken is None:
        day = show_day(datetime.fromtimestamp(last.stat().st_mtime, UTC).astimezone().date())
        words = f"Made on {day}; it holds the workbook and every table, and needs no program of ours"
        report.looked.append(Looked(PLAIN, Outcome.GOOD, words))
    else:
        report.advise(PLAIN, f"The zip {last.name} cannot be read. The next one is made within a week.")
