"""The import verb for a Word specification: into a new specification or one that is there, shown with --dry-run."""

from __future__ import annotations

import argparse

from desktop.commandline_files import file_open
from desktop.commandline_output import print_json
from storage.desk.lists.finding import find_specification
from storage.engine.backup import backups
from storage.engine.contents import finished
from storage.engine.store import Store
from storage.exchange.word.bringing_in import WordPlan, bring_in, plan_word
from storage.exchange.word.door import read_document
from storage.exchange.word.placing import ABOVE, LEFT_OUT, OWN, UNPLACED, known_headings
from storage.exchange.word.words import sayings
from storage.records.specifications import Specification

NEW = "new"
_PLACES = {
    ABOVE: "with the one above",
    OWN: "a section of its own",
    UNPLACED: "Unplaced",
    LEFT_OUT: "left out",
}


def import_word(given: argparse.Namespace) -> int:
    """Read a document, say where each of its headings goes, and write it unless it was only to be looked at."""
    source = read_document(given.source, known_headings())
    with file_open(given.file, read_only=given.dry_run) as store:
        if given.specification.strip().lower() == NEW:
            plan = plan_word(store, source, outline_id=given.outline)
        else:
            plan = plan_word(store, source, specification=find_specification(store, given.specification).key)
        written = None if given.dry_run else _write(store, plan)
        _say(plan, written, as_json=given.json)
    return 0


def _write(store: Store, plan: WordPlan) -> Specification:
    backups.make(store, backups.BEFORE_IMPORT)
    return finished(bring_in(store, plan))


def _say(plan: WordPlan, written: Specification | None, *, as_json: bool) -> None:
    headings = {target.key: target.heading for target in plan.targets}
    placed = [
        (part.heading or "(before the first heading)", headings.get(p.goes) or _PLACES.get(p.goes, ""), p.why)
        for part, p in zip(plan.source.parts, plan.placings, strict=True)
    ]
    notes = sayings(plan.source)
    if as_json:
        print_json({
            "specification": written.reference if written else None, "dry_run": written is None,
            "headings": [{"heading": h, "goes_to": goes, "why": why} for h, goes, why in placed],
            "notes": [{"words": note.words, "lines": list(note.lines)} for note in notes],
        })  # fmt: skip
        return
    print(f"Brought in as {written.name}." if written else "Nothing was written. It would be:")
    for heading, goes, why in placed:
        print(f"  {heading} → {goes} ({why})")
    for note in notes:
        print(note.words)
        for line in note.lines:
            print(f"  {line}")
