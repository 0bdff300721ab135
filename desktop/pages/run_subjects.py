"""What checklists are about, in the window: the page of a subject, and the checklists of a record as links."""

from __future__ import annotations

from desktop.pages.links_panel import LinkRow
from desktop.pages.page import Place
from desktop.pages.part_list import part_place
from storage.desk.checklists.run_state import SUBJECTS
from storage.engine.conditions import Where
from storage.engine.query import Order, Query
from storage.engine.reading import Reader
from storage.records.assessments import Run
from storage.records.procurements import Procurement

PAGES = {
    "contract": "contracts",
    "service": "services",
    "specification": "specifications",
    "provider": "providers",
}


def subject_place(reader: Reader, run: Run) -> Place | None:
    """Where a run's subject is shown; a procurement decision stands on the page of its contract."""
    for name, page in PAGES.items():
        number = getattr(run, name)
        if number is not None:
            return Place(page, number)
    held = reader.many(Procurement, [run.procurement]).get(run.procurement) if run.procurement else None
    if held is None or held.contract is None:
        return None
    return Place("contracts", held.contract, part_place("procurement", held))


def runs_about(reader: Reader, name: str, *numbers: int) -> list[Run]:
    """The runs about some records of one kind, named as in `SUBJECTS`, the newest first."""
    if name not in SUBJECTS or not numbers:
        return []
    where = (Where(name, "any of", tuple(numbers)),)
    return reader.all(Run, Query(where, (Order("started_on", descending=True), Order("id", descending=True))))


def run_rows(reader: Reader, name: str, number: int) -> tuple[LinkRow, ...]:
    """The runs about one record as links."""
    return tuple(run_row(run) for run in runs_about(reader, name, number))


def run_row(run: Run, note: str = "") -> LinkRow:
    """A run as a link."""
    said = ", ".join(words for words in (note, run.standing, run.progress) if words)
    return LinkRow(run.name, said, Place("checklists", run.key))
