"""The preview of a checklist before it is printed or saved as PDF."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.dialogs.print_preview import PrintPreview, open_preview
from desktop.session import Session
from storage.records.assessments import Run

PRINTS = {"blank": "blank", "part": "so far", "complete": "complete"}


def preview_run(parent: QWidget, session: Session, run: Run, which: str) -> PrintPreview:
    """Preview a run blank, with its answers so far (`part`) or complete."""
    from storage.exchange.print_checklists import run_paper

    make = partial(run_paper, session.store, run.key, which)
    return open_preview(parent, session, make, f"{run.reference} {run.title} {PRINTS[which]} {run.subject}")
