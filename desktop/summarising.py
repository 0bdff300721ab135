"""The annual summary and the procurement pipeline from the window: of what time, under which name, as which file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from desktop.dialogs.pick import PickDialog
from desktop.window import MainWindow
from storage.desk.procurement.psr_year import psr_years, usual_year, year_words
from storage.engine.errors import StorageError
from storage.exchange.published.pipeline_files import TITLE as PIPELINE
from storage.exchange.published.pipeline_files import PipelineWritten, export_pipeline
from storage.exchange.published.psr_files import ENDINGS, export_psr_summary

TITLE = "Annual summary of provider selection"
KINDS = {"Excel workbook (*.xlsx)": ".xlsx", "PDF (*.pdf)": ".pdf", "CSV (*.csv)": ".csv"}


def write_summary(window: MainWindow) -> None:
    """Ask for a year and a name, and write the summary; the last year that is over stands first."""
    session = window.session
    usual = usual_year(session.today())
    years = [usual, *(year for year in psr_years(session.today()) if year != usual)]
    dialog = PickDialog(window, TITLE, [(year, year_words(year)) for year in years])
    picked = dialog.picked() if dialog.exec() else None
    dialog.deleteLater()
    if picked is None:
        return
    name = f"{TITLE} {picked.id}-{(picked.id + 1) % 100:02}"
    _write(window, TITLE, name, lambda path: export_psr_summary(session.store, path, picked.id).said)


def write_pipeline(window: MainWindow) -> None:
    """Ask for a name, and write what is to be bought again within the usual years."""
    session = window.session
    name = f"{PIPELINE} {session.today():%Y-%m-%d}"
    _write(window, PIPELINE, name, lambda path: _said(export_pipeline(session.store, path)))


def _said(done: PipelineWritten) -> str:
    return f"{done.path.name} written: {done.planned:,} to be bought again."


def _write(window: MainWindow, title: str, named: str, write: Callable[[Path], str]) -> None:
    """Ask for a name beside the file, write, and say what was written."""
    start = window.session.store.file.user_path.with_name(f"{named}.xlsx")
    name, kind = QFileDialog.getSaveFileName(window, title, str(start), ";;".join(KINDS))
    if not name:
        return
    path = Path(name)
    if path.suffix.lower() not in ENDINGS:
        path = path.with_name(path.name + KINDS.get(kind, ".xlsx"))
    try:
        said = write(path)
    except StorageError as error:
        window.messages.failed(str(error))
        return
    window.status.say(said)
