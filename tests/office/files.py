"""Every workbook and Word file the program can make. A new one is one line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from storage.desk.lists.arrangement import Arrangement
from storage.desk.meeting.shown_contracts import keep, shown_now
from storage.desk.specification.redline import Reading
from storage.engine.store import Store
from storage.exchange.forms.of_run import form_of
from storage.exchange.forms.run_files import run_writer
from storage.exchange.forms.workbook import write_form
from storage.exchange.paper.print_letter import letter_paper
from storage.exchange.paper.print_redline import redline_paper
from storage.exchange.paper.print_specification import specification_paper
from storage.exchange.paper.service_bundle import bundle_paper
from storage.exchange.published.pipeline_files import export_pipeline
from storage.exchange.published.psr_files import export_psr_summary
from storage.exchange.word.letter import write_word
from storage.exchange.word.specification import write_specification
from storage.exchange.workbooks.list import export_list
from storage.exchange.workbooks.list_sheets import LISTS, ListSheet
from storage.exchange.workbooks.register import Meeting, export_meeting, export_register
from storage.records.assessments import Run
from storage.records.contracts import Contract
from storage.records.letters import Letter
from storage.records.services import Service
from storage.records.specifications import Specification, Version

Write = Callable[[Store, Path], object]


@dataclass(frozen=True, slots=True)
class OfficeFile:
    """One file: its name, and what writes it from the sample."""

    name: str
    write: Write


def _meeting(store: Store, path: Path) -> None:
    """The second workbook of a meeting, so that it says what has changed."""
    keep(store, "Contract board", shown_now(store))
    first = store.all(Contract)[0]
    store.change(Contract, first.key, {"current_value": (first.current_value or 0) + 5_000_000})
    export_meeting(store, path, meeting=Meeting("Contract board"), today=store.today())


def _view(store: Store, path: Path) -> None:
    shown = Arrangement(columns=("reference", "title", "ends", "current_value"))
    export_meeting(store, path, shown=shown, today=store.today())


def _list(what: ListSheet, store: Store, path: Path) -> None:
    export_list(store, path, what, today=store.today())


def _redline(store: Store, path: Path) -> None:
    """The first two versions of a specification, with tracked changes."""
    old, new, *_ = (v for v in store.all(Version) if v.specification == store.ids(Specification)[1])
    first, second = (Reading(old.specification or 0, v.key) for v in (old, new))
    write_specification(redline_paper(store, first, second), path)


def _third_run(store: Store) -> int:
    """A checklist that is half answered."""
    return store.ids(Run)[2]


def files() -> Iterator[OfficeFile]:
    """All of them."""
    yield OfficeFile("register.xlsx", lambda s, path: export_register(s, path, today=s.today()))
    yield OfficeFile("meeting of a view.xlsx", _view)
    yield OfficeFile("meeting.xlsx", _meeting)
    yield OfficeFile("annual summary.xlsx", export_psr_summary)
    yield OfficeFile("pipeline.xlsx", export_pipeline)
    for each in LISTS.values():
        yield OfficeFile(f"list {each.key}.xlsx", partial(_list, each))
    yield OfficeFile("letter.docx", lambda s, path: write_word(letter_paper(s, s.ids(Letter)[0]), path))
    yield OfficeFile(
        "specification.docx",
        lambda s, path: write_specification(specification_paper(s, s.ids(Specification)[0]), path),
    )
    run = _third_run
    yield OfficeFile("checklist form.xlsx", lambda s, path: write_form(form_of(s, run(s)), path, s.today()))
    for ending in ("docx", "xlsx"):
        yield OfficeFile(f"checklist.{ending}", lambda s, path: run_writer(s, run(s), path)(path))
    yield OfficeFile("redline.docx", _redline)
    yield OfficeFile(
        "service bundle.docx", lambda s, path: write_specification(bundle_paper(s, s.ids(Service)[0]), path)
    )
