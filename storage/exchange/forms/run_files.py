"""A checklist as a file to work on elsewhere: a Word file or a workbook, by the ending of its name."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from storage.engine.errors import StorageError
from storage.engine.store import Store
from storage.exchange.paper.print_checklist import checklist_paper
from storage.exchange.word.checklist import write_checklist
from storage.exchange.workbooks.list import write_tables
from storage.exchange.workbooks.readme import imprint
from storage.exchange.workbooks.run import run_sheets


def run_writer(store: Store, run_id: int, path: Path) -> Callable[[Path], object]:
    """What writes a run to a path that ends like this one; all it needs is read now.

    Raises `StorageError` for an ending that is neither .docx nor .xlsx.
    """
    match path.suffix.lower():
        case ".docx":
            return partial(write_checklist, checklist_paper(store, run_id))
        case ".xlsx":
            return partial(
                write_tables, sheets=run_sheets(store, run_id), whose=imprint(store), today=store.today()
            )
    raise StorageError(
        f"{path.name} ends in neither .docx nor .xlsx. Nothing was written. Choose one of the two."
    )
