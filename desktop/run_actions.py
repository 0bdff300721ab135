"""What the commands on a checklist do: send it to be filled in by somebody else, and take it out as a file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.commands import Run as Act
from desktop.dialogs.form_dialog import FormDialog, Values
from desktop.dialogs.save_text import ask_file, save_apart
from desktop.window import MainWindow
from storage.engine.fields import Field, Kind
from storage.records.assessments import Run

if TYPE_CHECKING:
    from storage.exchange.forms.of_run import Form

TITLES = {"xlsx": "Send the checklist to be filled in", "pdf": "Send the checklist as a PDF form"}
NONE_OPEN = "Open or choose a checklist first; this is about one checklist."
EVERYTHING, UNANSWERED = "Every question", "Only what is unanswered"
FIELDS = (
    Field("Which questions", Kind.CHOICE, "which", required=True, choices=(EVERYTHING, UNANSWERED)),
    Field("Of sections (A, C; empty for all)", Kind.TEXT, "letters"),
)
SAID = (
    "It has a place for each answer, with what can be chosen, and room for comments. When it comes back, bring it "
    "home: every difference is shown before it is taken."
)
WORKBOOK, PDF = {"Excel workbook (*.xlsx)": "xlsx"}, {"PDF form (*.pdf)": "pdf"}
FILES = {"Word file (*.docx)": "docx", "Excel workbook (*.xlsx)": "xlsx"}


class RunActions:
    """The commands of one window on the checklist that is open or chosen."""

    def __init__(self, window: MainWindow) -> None:
        self._window, self._session = window, window.session

    def runs(self) -> Mapping[str, Act]:
        """Each command with what it does."""
        return {
            "run.send": partial(self.send, WORKBOOK | PDF),
            "run.send_pdf": partial(self.send, PDF | WORKBOOK),
            "run.export": self.export,
        }

    def send(self, kinds: Mapping[str, str]) -> FormDialog | None:
        """Ask what is sent, then where to; the first of the kinds of file is the usual one."""
        run = self._run()
        if run is None:
            return None
        dialog = FormDialog(
            self._window,
            TITLES[next(iter(kinds.values()))],
            FIELDS,
            partial(self._choose_place, run, kinds),
            do="Choose where to…",
            today=self._session.today(),
            words=SAID,
            values={"which": EVERYTHING},
        )
        dialog.open()
        return dialog

    def _choose_place(self, run: Run, kinds: Mapping[str, str], values: Values) -> None:
        from storage.exchange.forms.of_run import form_of, letters_in

        letters, unanswered = letters_in(str(values["letters"] or "")), values["which"] == UNANSWERED
        form = form_of(self._session.store, run.key, letters=letters, unanswered=unanswered)
        save = partial(self._save_form, form)
        name = f"{run.reference} {run.title} to fill in"
        ask_file(self._window, self._session, "Send the checklist", name, kinds, save)

    def _save_form(self, form: Form, path: Path) -> None:
        from storage.exchange.forms.form_files import form_writer

        self._session.attempt(
            lambda: save_apart(self._session, form_writer(self._session.store, form, path), path)
        )

    def export(self) -> None:
        """Save the checklist as it stands, as a Word file or a workbook."""
        run = self._run()
        if run is not None:
            name = f"{run.reference} {run.title}"
            save = partial(self._save, run.key)
            ask_file(self._window, self._session, "Export the checklist", name, FILES, save)

    def _save(self, number: int, path: Path) -> None:
        from storage.exchange.forms.run_files import run_writer

        self._session.attempt(
            lambda: save_apart(self._session, run_writer(self._session.store, number, path), path)
        )

    def _run(self) -> Run | None:
        """The checklist that is open or chosen; without one, say so."""
        page = self._window.page
        number = page.record_shown() if page.key == "checklists" else 0
        run = self._session.store.many(Run, [number]).get(number) if number else None
        if run is None:
            self._window.status.say(NONE_OPEN)
        return run
