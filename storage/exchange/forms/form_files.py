"""A checklist to be filled in by somebody else, as a workbook or a PDF, by the ending of its name."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from storage.desk.office import letterhead_picture, office
from storage.engine.errors import StorageError
from storage.engine.store import Store
from storage.exchange.forms.of_run import Form
from storage.exchange.forms.pdf_form import write_pdf_form
from storage.exchange.forms.workbook import write_form


def form_writer(store: Store, form: Form, path: Path) -> Callable[[Path], object]:
    """What writes a form to a path that ends like this one; all it needs is read now.

    Raises `StorageError` for an ending that is neither .xlsx nor .pdf.
    """
    today = store.today()
    match path.suffix.lower():
        case ".xlsx":
            return partial(write_form, form, today=today)
        case ".pdf":
            letterhead = letterhead_picture(office(store).letterhead)
            return partial(write_pdf_form, form, today=today, letterhead=letterhead)
    raise StorageError(
        f"{path.name} ends in neither .xlsx nor .pdf. Nothing was written. Choose one of the two."
    )
