"""The workbook for a meeting from the window: asked for, written by a worker, and what it shows kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QFileDialog

from desktop.dialogs.export_meeting import Chosen
from desktop.exporting import WORKBOOKS, Exporting, Written
from desktop.file_names import with_ending
from desktop.pages.register import RegisterPage
from desktop.window import MainWindow
from storage.desk.lists.arrangement import Arrangement
from storage.desk.meeting.shown_contracts import keeping
from storage.engine.reading import Reader
from storage.exchange.files_out import safe_name

if TYPE_CHECKING:
    from storage.exchange.workbooks.register import MeetingExported

NOT_KEPT = "The file is open to read only, so what it shows is not kept for the next meeting."


class MeetingExports:
    """The command of one window."""

    def __init__(self, window: MainWindow) -> None:
        self._window, self._session = window, window.session

    def ask(self) -> None:
        """Ask what is to be exported, then where to."""
        from desktop.dialogs.export_meeting import export_meeting

        page = self._window.pages.get("contracts")
        shown = page.list.arrangement() if isinstance(page, RegisterPage) else Arrangement()
        export_meeting(self._window, self._session, shown, self.choose_place).open()

    def choose_place(self, chosen: Chosen) -> None:
        """Ask for a name and write the workbook."""
        day = chosen.meeting.on or self._session.today()
        name = safe_name(
            f"{chosen.meeting.name or 'Contract register'} {day:%Y-%m-%d}", ".xlsx", "Contract register"
        )
        start = str(self._session.store.file.user_path.with_name(name))
        picked, _ = QFileDialog.getSaveFileName(self._window, "Export for a meeting", start, WORKBOOKS)
        exporting = self._window.findChild(Exporting, "exporting")
        if picked and exporting is not None:
            path = with_ending(Path(picked), ".xlsx")
            today, file_name = self._session.today(), self._session.store.file.path.name
            write = partial(_write, path, chosen, today, file_name)
            exporting.start(
                path, "Exporting for the meeting", write, partial(self._keep, chosen.meeting.name)
            )

    def _keep(self, meeting: str, written: Written) -> None:
        """Keep what a named meeting was shown, so that the next can compare."""
        shown = cast("MeetingExported", written).shown
        if shown is None:
            return
        if self._session.read_only:
            self._window.status.say(f"{written.said} {NOT_KEPT}")
            return
        told = f"{written.said} What it shows is kept for {meeting}."
        self._session.run(
            keeping(self._session.store, meeting, shown),
            f"Keep what is shown for {meeting}",
            lambda: self._window.status.say(told),
        )


def _write(
    path: Path,
    chosen: Chosen,
    today: date,
    file_name: str,
    reader: Reader,
    progress: Callable[[int, int], bool],
) -> MeetingExported:
    from storage.exchange.workbooks.register import export_meeting

    return export_meeting(
        reader,
        path,
        shown=chosen.shown,
        meeting=chosen.meeting,
        filter_words=chosen.words,
        view=chosen.view,
        today=today,
        file_name=file_name,
        progress=progress,
    )
