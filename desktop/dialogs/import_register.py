"""Bringing a register in: read, shown before anything is written, then written as one step."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QDialog, QStackedWidget, QVBoxLayout, QWidget

from desktop.dialogs.import_columns import ColumnsPanel
from desktop.dialogs.import_decisions import DecisionsPanel
from desktop.dialogs.import_lists import problem_list
from desktop.dialogs.import_reading import ImportReading
from desktop.dialogs.import_summary import SummaryDialog, count_facts
from desktop.session import Session
from storage.engine.backup import backups
from storage.engine.steps import IMPORT, Progress
from storage.engine.store import Store
from storage.exchange.import_plan import ImportPlan
from storage.exchange.import_summary import summary_of
from storage.exchange.register_import import write_import
from storage.exchange.sheet import Sheet
from widgets.editors_choice import Chooser
from widgets.facts import FactsBand
from widgets.parts import TabBar, button, col, panel, row, text
from widgets.progress_sheet import ProgressSheet
from widgets.shown import set_field, set_title

WIDE, HIGH = 1160, 680
_SOON = 200  # milliseconds in which further decisions are waited for
_WORKING = "Working out what would happen…"


def import_register(window: QWidget, session: Session, path: Path) -> ImportFlow:
    """Read a register behind a sheet that can be cancelled, then show what importing it would do."""
    flow = ImportFlow(window, session, path)
    flow.begin()
    return flow


class ImportFlow(QObject):
    """One import from the file to its summary."""

    def __init__(self, window: QWidget, session: Session, path: Path) -> None:
        super().__init__(window)
        self._window, self._session, self._path = window, session, path
        self._reading = ImportReading(session.store, path, self)
        self._sheet: ProgressSheet | None = None
        self._plan: ImportPlan | None = None
        self.dialog: ImportDialog | None = None
        self.summary: SummaryDialog | None = None

    def begin(self) -> None:
        """Read the file."""
        self._sheet = ProgressSheet(self._window, f"Reading {self._path.name}", "Opening the file")
        self._sheet.cancelled.connect(self._cancel)
        self._reading.read.connect(self._read)
        self._reading.progressed.connect(self._advance)
        self._reading.planned.connect(self._planned)
        self._reading.failed.connect(self._failed)
        self._reading.open()

    def _cancel(self) -> None:
        self._reading.stop()
        self._finish_sheet()

    def _finish_sheet(self) -> None:
        if self._sheet is not None:
            self._sheet.finish()
        self._sheet = None

    def _advance(self, progress: Progress) -> None:
        if self._sheet is not None:
            self._sheet.advance(progress.done, progress.total, progress.doing)

    def _failed(self, words: str) -> None:
        self._finish_sheet()
        if self.dialog is not None:
            self.dialog.show_failure(words)
        else:
            self._session.failed.emit(words)

    def _read(self, sheet: Sheet) -> None:
        if self.dialog is None:
            self.dialog = ImportDialog(self._window, self._reading)
            self.dialog.accepted.connect(self._write)
        self.dialog.show_sheet(sheet)

    def _planned(self, plan: ImportPlan) -> None:
        self._finish_sheet()
        self._plan = plan
        if self.dialog is not None:
            self.dialog.show_plan(plan)
            if not self.dialog.isVisible():
                self.dialog.begin(plan)

    def _write(self) -> None:
        if self._plan is not None:
            work = writing(self._session.store, self._plan)
            self._session.run(work, self._plan.label, self._written)

    def _written(self) -> None:
        # The pages are drawing what was written; the summary takes the next turn.
        QTimer.singleShot(0, self._show_summary)

    def _show_summary(self) -> None:
        if self._plan is None:
            return
        summary = summary_of(self._plan)
        self._plan = self.dialog = None
        self._session.said.emit(summary.counts)
        self.summary = SummaryDialog(self._window, summary)
        self.summary.open()


def writing(store: Store, plan: ImportPlan) -> Iterator[Progress]:
    """A backup, then the import as one step."""
    yield from backups.making(store.file, backups.BEFORE_IMPORT)
    yield from store.long_step(plan.label, write_import(store, plan), IMPORT)


class ImportDialog(QDialog):
    """What importing would do, and everything that can be decided about it, on one screen."""

    def __init__(self, parent: QWidget, reading: ImportReading) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        set_title(self, "Import a register")
        self.resize(min(WIDE, parent.width() - 40), min(HIGH, parent.height() - 40))
        self._reading = reading
        self._title, self._notes = text("", "title", wrap=True), text("", "soft", wrap=True)
        self._sheets = Chooser()
        self._facts = FactsBand()
        self._columns, self._decisions = ColumnsPanel(reading.known), DecisionsPanel()
        self._problems: QWidget = QWidget()
        self._tabs = TabBar([("columns", "Columns"), ("rows", "Rows to decide"), ("problems", "To look at")])
        self._stack = QStackedWidget()
        self._why = text("", "soft", wrap=True)
        self._import = button("Import", "primary")
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._sheets.setFixedWidth(240)
        self._sheets.setAccessibleName("Sheet of the workbook")
        self._sheet_label = text("Sheet", "label")
        set_field(self._sheet_label, self._sheets)
        for part in (self._columns, self._decisions, self._problems):
            self._stack.addWidget(part)
        cancel = button("Cancel")
        cancel.clicked.connect(self.reject)
        head = row(gap=16, margins=(24, 20, 24, 12))
        head.addLayout(col(self._title, self._notes, gap=4), 1)
        head.addLayout(col(self._sheet_label, self._sheets, gap=4))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(self._facts)
        whole.addWidget(panel(row(self._tabs, margins=(24, 0, 24, 0)), "bar"))
        whole.addWidget(self._stack, 1)
        foot = row(gap=8, margins=(24, 10, 24, 16))
        foot.addWidget(self._why, 1)
        foot.addWidget(cancel)
        foot.addWidget(self._import)
        whole.addWidget(panel(foot, "surface"))

    def _connect(self) -> None:
        self._tabs.chosen.connect(self._show_tab)
        self._columns.changed.connect(self._decided)
        self._decisions.changed.connect(self._decided)
        self._sheets.activated.connect(self._other_sheet)
        self._import.clicked.connect(self.accept)
        self._soon.timeout.connect(self._plan_again)
        self.finished.connect(self._ended)

    def show_sheet(self, sheet: Sheet) -> None:
        """Show the columns of a sheet and have the import worked out."""
        self._title.setText(f"Import {sheet.source}")
        self._notes.setText(" ".join(sheet.notes))
        several = len(sheet.sheets) > 1
        self._sheets.setVisible(several)
        self._sheet_label.setVisible(several)
        self._sheets.clear()
        self._sheets.addItems(list(sheet.sheets))
        self._sheets.setCurrentText(sheet.name)
        self._columns.show_sheet(sheet)
        self._decisions.clear()
        self._plan_again()

    def show_plan(self, plan: ImportPlan) -> None:
        """Show what would happen now."""
        self._facts.set_facts(count_facts(summary_of(plan), done=False))
        self._columns.show_plan(plan)
        self._decisions.show_plan(plan)
        self._stack.removeWidget(self._problems)
        self._problems.deleteLater()
        self._problems = problem_list(plan.problems)
        self._stack.addWidget(self._problems)
        self._tabs.set_words("columns", f"Columns ({len(plan.headings):,})")
        self._tabs.set_words("rows", f"Rows to decide ({self._decisions.open_rows:,})")
        self._tabs.set_words("problems", f"To look at ({len(plan.problems):,})")
        self._show_tab(self._tabs.value())
        self._say(_stands(plan), may=plan.writes and not plan.questions)

    def begin(self, plan: ImportPlan) -> None:
        """Open, with what must be decided in front."""
        if plan.asked and not plan.questions:
            self._tabs.set_value("rows")
            self._show_tab("rows")
        self.open()

    def show_failure(self, words: str) -> None:
        """Say why a sheet could not be read or worked out."""
        self._say(words, may=False)

    def _say(self, words: str, *, may: bool) -> None:
        self._why.setText(words)
        self._import.setEnabled(may)

    def _show_tab(self, key: str) -> None:
        pages = {"columns": self._columns, "rows": self._decisions, "problems": self._problems}
        self._stack.setCurrentWidget(pages[key])

    def _decided(self) -> None:
        self._say(_WORKING, may=False)
        self._soon.start()

    def _plan_again(self) -> None:
        self._say(_WORKING, may=False)
        self._reading.plan(self._columns.decided.choices(), self._decisions.answers)

    def _other_sheet(self, _place: int) -> None:
        self._say("Reading the sheet…", may=False)
        self._reading.open(self._sheets.currentText())

    def _ended(self, _result: int) -> None:
        self._soon.stop()
        self._reading.stop()


def _stands(plan: ImportPlan) -> str:
    """What stands in the way, or what the notes of the plan say."""
    if plan.questions:
        columns = " and ".join(f"“{heading}”" for heading in plan.questions)
        return f"Say first whether day or month comes first under {columns}."
    if not plan.rows:
        return "There are no rows below the headings."
    if not plan.writes:
        return "Nothing to import: it would change nothing."
    own = [note for note in plan.notes if note not in plan.sheet.notes]
    return " ".join(own)
