"""The annual summary of provider selection from the window: which year, under which name, as which kind of file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from desktop.dialogs.pick import PickDialog
from desktop.window import MainWindow
from storage.desk.psr_year import psr_years, usual_year, year_words
from storage.engine.errors import StorageError
from storage.exchange.psr_files import ENDINGS, export_psr_summary

TITLE = "Annual summary of provider selection"
KINDS = {"Excel workbook (*.xlsx)": ".xlsx", "PDF (*.pdf)": ".pdf", "The counts as CSV (*.csv)": ".csv"}


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
    start = session.store.file.user_path.with_name(f"{TITLE} {picked.id}-{(picked.id + 1) % 100:02}.xlsx")
    name, kind = QFileDialog.getSaveFileName(window, TITLE, str(start), ";;".join(KINDS))
    if not name:
        return
    path = Path(name)
    if path.suffix.lower() not in ENDINGS:
        path = path.with_name(path.name + KINDS.get(kind, ".xlsx"))
    try:
        written = export_psr_summary(session.store, path, picked.id)
    except StorageError as error:
        window.messages.failed(str(error))
        return
    window.status.say(written.said)
