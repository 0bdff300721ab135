"""The export verb for texts: a specification, or all about a service, as Word, PDF or a web page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from desktop.commandline_files import file_open
from storage.desk.lists.finding import find_service, find_specification
from storage.desk.specification.redline import reading_named, usual_readings
from storage.engine.store import Store
from storage.exchange.paper.papers import SpecificationPaper
from storage.exchange.paper.print_redline import redline_paper
from storage.exchange.paper.print_specification import current_paper
from storage.exchange.paper.service_bundle import bundle_paper
from storage.exchange.word.text_files import write_text


def _specification(store: Store, words: str) -> SpecificationPaper:
    return current_paper(store, find_specification(store, words).key)


def _bundle(store: Store, words: str) -> SpecificationPaper:
    return bundle_paper(store, find_service(store, words).key)


_MAKERS: dict[str, Callable[[Store, str], SpecificationPaper]] = {
    "specification": _specification,
    "service-bundle": _bundle,
}


def export_text(file: Path, what: str, words: str, out: Path) -> int:
    """Write the version in force of a specification, or all about a service, found by reference or number."""
    with file_open(file, read_only=True) as store:
        write_text(_MAKERS[what](store, words), out)
    print(out)
    return 0


def export_redline(file: Path, words: str, out: Path, old: str | None, new: str | None) -> int:
    """Write what changed in a specification between two of its texts; the usual two where none are named."""
    with file_open(file, read_only=True) as store:
        held = find_specification(store, words)
        first, second = usual_readings(store, held.key)
        first = first if old is None else reading_named(store, held.key, old)
        second = second if new is None else reading_named(store, held.key, new)
        write_text(redline_paper(store, first, second), out)
    print(out)
    return 0
