"""Checking where a file lies, and whether it is what was last closed here."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from storage.engine import disk
from storage.engine.check.report import Looked, Outcome, Remedy, Report
from storage.engine.file import closed_properly
from storage.engine.place import known_files
from storage.engine.place.places import Place, Sort, place_of

PLACE, LAST = "Where it lies", "Since it was last closed"


def look(path: Path, conn: sqlite3.Connection, report: Report, *, is_open: bool) -> None:
    """Note the place, and hold the file against what is known of it; the bytes too unless it is open here."""
    place = place_of(path)
    report.facts["place"] = place.name
    if place.sort is Sort.REMOVABLE:
        report.advise(PLACE, _removable(path, place), Remedy.MOVE)
    else:
        report.looked.append(Looked(PLACE, Outcome.GOOD, _words(place)))
    clean = not is_open and closed_properly(conn) and not disk.side_files(path)
    verdict = known_files.compare(conn, path, disk.sha256(path) if clean else "", clean=clean)
    if verdict.words:
        report.advise(LAST, verdict.words, Remedy.RESTORE if verdict.suspicious else Remedy.NONE)
        return
    known = next((e for e in known_files.known() if e.path == str(path.absolute()) and e.head), None)
    good = (
        f"It holds all that it held when it was closed here on {known.when}"
        if known
        else "Not closed here before"
    )
    words = f"{good}, byte for byte" if known and clean else good
    report.looked.append(Looked(LAST, Outcome.GOOD, words))


def _words(place: Place) -> str:
    if place.shared:
        return f"In {place.name}: the program works on a copy on this computer and puts that back"
    return f"On {place.name}"


def _removable(path: Path, place: Place) -> str:
    return (
        f"{path.name} lies on {place.name}, which can be lost or pulled out while it is written to. Keep the file on "
        "this computer and put copies of it on the disk instead."
    )
