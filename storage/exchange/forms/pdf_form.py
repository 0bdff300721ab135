"""A checklist as a PDF to be filled in by somebody else: our own page, with a field in the place of each of its boxes.

What was sent stands in a field that nobody sees, as JSON: `format`, `checklist` (the UUID of the run), `template`,
`version`, `exported`, `sent`, what each field held by the id of its answer, and `aside`, the answers whose box *does
not apply* was ticked.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

from storage.exchange.files_out import not_written, put_in_place
from storage.exchange.forms.of_run import Form
from storage.exchange.forms.pdf_fields import make_fields
from storage.exchange.forms.pdf_names import AT_ALL, key_of
from storage.exchange.forms.pdf_paper import FieldBox, form_paper
from storage.exchange.forms.workbook import FORMAT
from storage.exchange.paper.printing import PrintError, pdf


def write_pdf_form(
    form: Form, path: Path, today: date, now: datetime | None = None, letterhead: bytes = b""
) -> None:
    """Write the form to `path`, which ends in .pdf. Raises PrintError; what stood there is then as it was."""
    content = pdf_form(form, today, now, letterhead)
    try:
        with put_in_place(path) as made:
            made.write_bytes(content)
    except OSError as error:
        raise PrintError(not_written(error, path)) from error


def pdf_form(form: Form, today: date, now: datetime | None = None, letterhead: bytes = b"") -> bytes:
    """The form as a PDF. Raises PrintError."""
    from pypdf import PdfWriter

    paper, boxes = form_paper(form, today, letterhead)
    writer = PdfWriter(clone_from=BytesIO(pdf(paper)))
    writer.pdf_header = "%PDF-1.7"
    make_fields(writer, boxes, json.dumps(_sent(form, boxes, now or datetime.now().astimezone())))
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def _sent(form: Form, boxes: Sequence[FieldBox], now: datetime) -> dict[str, object]:
    """What was sent, and of what; JSON makes it ASCII, so that no program changes a letter of it."""
    return {
        "format": str(FORMAT),
        "checklist": form.run.uuid,
        "named": form.run.name,
        "file": form.whose.file_id,
        "template": form.run.template,
        "version": form.run.template_version,
        "exported": now.isoformat(timespec="seconds"),
        "sent": {key: held for question in form.questions for key, held in question.sent()},
        "aside": sorted({key_of(box.field) for box in boxes if box.value == AT_ALL}),
    }
