"""The import dialog: the table, its columns, its words, the rows to decide on, and what will happen, as steps."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QStackedWidget, QVBoxLayout, QWidget

from desktop.dialogs.import_columns import ColumnsPanel, Decided
from desktop.dialogs.import_decisions import DecisionsPanel
from desktop.dialogs.import_lists import problem_list
from desktop.dialogs.import_preview import PreviewPanel
from desktop.dialogs.import_reading import ImportReading
from desktop.dialogs.import_summary import count_facts
from desktop.dialogs.import_top import TopPanel
from desktop.dialogs.import_words import WordsPanel
from storage.engine.values import show_day
from storage.exchange.importing.list_kinds import KINDS
from storage.exchange.importing.plan import ImportPlan
from storage.exchange.importing.summary import summary_of
from storage.exchange.tables.sheet import Sheet
from storage.exchange.tables.tabular import Ways
from storage.records.imports import RememberedImport
from widgets.choices import TabBar
from widgets.editors_choice import Chooser
from widgets.facts import FactsBand
from widgets.parts import button, col, panel, row, text
from widgets.shown import set_field, set_title

WIDE, HIGH = 1180, 720
_SOON = 200  # milliseconds in which further decisions are waited for
_WORKING = "Working out what would happen…"
_HIDDEN = " (hidden)"
_STEPS = (
    ("table", "1 Table"),
    ("columns", "2 Columns"),
    ("words", "3 Words"),
    ("rows", "4 Rows to decide"),
    ("preview", "5 What will happen"),
    ("problems", "To look at"),
)
_LISTS = tuple(sorted(KINDS[1:], key=lambda kind: kind.title))


class ImportDialog(QDialog):
    """What importing would do, and everything that can be decided about it: any step at any time, or one by one."""

    def __init__(self, parent: QWidget, reading: ImportReading) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        set_title(self, "Import")
        self.resize(min(WIDE, parent.width() - 40), min(HIGH, parent.height() - 40))
        self._reading = reading
        self._title, self._notes = text("", "title", wrap=True), text("", "soft", wrap=True)
        self._lists, self._sheets = Chooser(), Chooser()
        self._facts = FactsBand()
        self._top, self._words = TopPanel(), WordsPanel(reading.store)
        self._columns, self._decisions = ColumnsPanel(reading.known), DecisionsPanel()
        self._preview = PreviewPanel()
        self._problems: QWidget = QWidget()
        self._tabs = TabBar(list(_STEPS))
        self._stack = QStackedWidget()
        self._why = text("", "soft", wrap=True)
        self._next, self._import = button("Next"), button("Import", "primary")
        self._afresh = button("Decide afresh")
        self._afresh.hide()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._lists.addItems([KINDS[0].title, *(kind.title for kind in _LISTS)])
        self._lists.setFixedWidth(220)
        self._lists.setAccessibleName("Brought in as")
        self._list_label = text("Brought in as", "label")
        set_field(self._list_label, self._lists)
        self._sheets.setFixedWidth(200)
        self._sheets.setAccessibleName("Sheet of the workbook")
        self._sheet_label = text("Sheet", "label")
        set_field(self._sheet_label, self._sheets)
        for part in (self._top, self._columns, self._words, self._decisions, self._preview, self._problems):
            self._stack.addWidget(part)
        cancel = button("Cancel")
        cancel.clicked.connect(self.reject)
        head = row(gap=16, margins=(24, 20, 24, 12))
        head.addLayout(col(self._title, self._notes, gap=4), 1)
        head.addLayout(col(self._list_label, self._lists, None, gap=4))
        head.addLayout(col(self._sheet_label, self._sheets, None, gap=4))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(self._facts)
        whole.addWidget(panel(row(self._tabs, margins=(24, 0, 24, 0)), "bar"))
        whole.addWidget(self._stack, 1)
        foot = row(gap=8, margins=(24, 10, 24, 16))
        foot.addWidget(self._why, 1)
        for press in (self._afresh, cancel, self._next, self._import):
            foot.addWidget(press)
        whole.addWidget(panel(foot, "surface"))

    def _connect(self) -> None:
        self._tabs.chosen.connect(self._show_tab)
        self._columns.changed.connect(self._decided)
        self._words.changed.connect(self._decided)
        self._decisions.changed.connect(self._decided)
        self._top.header_chosen.connect(self._other_header)
        self._top.fill_chosen.connect(self._fill)
        self._sheets.activated.connect(self._other_sheet)
        self._lists.activated.connect(self._other_list)
        self._next.clicked.connect(self._step_on)
        self._import.clicked.connect(self.accept)
        self._afresh.clicked.connect(lambda: self._reading.use(self._reading.kind, afresh=True))
        self._soon.timeout.connect(self._plan_again)
        self.finished.connect(self._ended)

    def show_sheet(self, sheet: Sheet) -> None:
        """Show the columns of a sheet and have the import worked out."""
        self._title.setText(f"Import {sheet.source}")
        recalled = self._reading.recalled
        self._notes.setText(" ".join((*_last_time(recalled.memory, sheet.source), *sheet.notes)))
        self._afresh.setVisible(recalled.memory is not None)
        several = len(sheet.sheets) > 1
        self._sheets.setVisible(several)
        self._sheet_label.setVisible(several)
        self._sheets.clear()
        for name in sheet.sheets:
            self._sheets.addItem(name + _HIDDEN * (name in sheet.hidden), name)
        self._sheets.setCurrentIndex(self._sheets.findData(sheet.name))
        kind = self._reading.kind
        self._lists.setCurrentText(kind.title)
        decided = Decided.of(recalled.choices)
        self._words.decided, self._words.remembered = decided, recalled.choices.meant
        self._top.show_sheet(sheet)
        self._columns.show_sheet(sheet, self._reading.known, decided)
        self._decisions.clear()
        self._plan_again()

    def show_plan(self, plan: ImportPlan) -> None:
        """Show what would happen now."""
        self._facts.set_facts(count_facts(summary_of(plan), done=False))
        self._columns.show_plan(plan)
        self._words.show_plan(plan)
        self._decisions.show_plan(plan)
        self._preview.show_plan(plan)
        self._stack.removeWidget(self._problems)
        self._problems.deleteLater()
        self._problems = problem_list(plan.problems)
        self._stack.addWidget(self._problems)
        self._tabs.set_words("columns", f"2 Columns ({len(plan.headings):,})")
        self._tabs.set_words("words", f"3 Words ({self._words.open_words:,})")
        self._tabs.set_words("rows", f"4 Rows to decide ({self._decisions.open_rows:,})")
        self._tabs.set_words("problems", f"To look at ({len(plan.problems):,})")
        self._show_tab(self._tabs.value())
        self._say(_stands(plan), may=plan.writes and not plan.questions and not plan.sheet.doubtful)

    def begin(self, plan: ImportPlan) -> None:
        """Open, with what must be decided in front; with a file of a known kind, what will happen."""
        known = self._reading.recalled.memory is not None
        if plan.sheet.doubtful:
            self._go("table")
        elif plan.missing:
            self._go("words")
        elif plan.asked and not plan.questions:
            self._go("rows")
        else:
            self._go("preview" if known and not plan.questions else "columns")
        self.open()
        (self._import if known and self._import.isEnabled() else self._next).setFocus()

    def show_failure(self, words: str) -> None:
        """Say why a sheet could not be read or worked out."""
        self._say(words, may=False)

    def _say(self, words: str, *, may: bool) -> None:
        self._why.setText(words)
        self._import.setEnabled(may)

    def _go(self, key: str) -> None:
        self._tabs.set_value(key)
        self._show_tab(key)

    def _step_on(self) -> None:
        keys = [key for key, _ in _STEPS]
        self._go(keys[keys.index(self._tabs.value()) + 1])

    def _show_tab(self, key: str) -> None:
        pages = (self._top, self._columns, self._words, self._decisions, self._preview, self._problems)
        keys = [name for name, _ in _STEPS]
        self._stack.setCurrentWidget(pages[keys.index(key)])
        self._next.setVisible(key in keys[:4])

    def _decided(self) -> None:
        self._say(_WORKING, may=False)
        self._soon.start()

    def _plan_again(self) -> None:
        self._say(_WORKING, may=False)
        self._reading.plan(self._columns.decided.choices(), self._decisions.answers)

    def _other_sheet(self, _place: int) -> None:
        self._say("Reading the sheet…", may=False)
        self._reading.open(self._sheets.currentData())

    def _other_header(self, number: int) -> None:
        sheet = self._reading.sheet
        self._read_anew(Ways(number, fill=sheet is not None and sheet.filled))

    def _fill(self, fill: bool) -> None:
        sheet = self._reading.sheet
        self._read_anew(Ways(sheet.header_row if sheet is not None and sheet.said else None, fill=fill))

    def _read_anew(self, ways: Ways) -> None:
        self._say("Reading the sheet…", may=False)
        self._reading.open(self._sheets.currentData(), ways)

    def _other_list(self, place: int) -> None:
        self._say(_WORKING, may=False)
        self._reading.use(KINDS[0] if place == 0 else _LISTS[place - 1])

    def _ended(self, _result: int) -> None:
        self._soon.stop()
        self._reading.stop()


def _last_time(memory: RememberedImport | None, source: str) -> tuple[str, ...]:
    """Whose decisions are used again, of a file whose headings came in before."""
    if memory is None:
        return ()
    day = f" on {show_day(memory.used_on)}" if memory.used_on else ""
    which = "this file" if memory.title in ("", source) else f"“{memory.title}”"
    return (f"Headings and words go as they went with {which}{day}.",)


def _stands(plan: ImportPlan) -> str:
    """What stands in the way, or what the notes of the plan say."""
    if plan.sheet.doubtful:
        return "Say first, under Table, in which row the headings stand."
    if plan.questions:
        columns = " and ".join(f"“{heading}”" for heading in plan.questions)
        return f"Say first whether day or month comes first under {columns}."
    if not plan.rows:
        return "There are no rows below the headings."
    if plan.missing:
        label = plan.source.kind.record.FIELDS[plan.missing].label
        return (
            f"Say first, under Words, which {label} the rows belong to, or give it a heading under Columns."
        )
    if not plan.writes and plan.count("not imported", "ask") == len(plan.rows):
        return "No row can be imported as it stands. The reasons are under What will happen."
    if not plan.writes:
        return "Nothing to import: it would change nothing."
    own = [note for note in plan.notes if note not in plan.sheet.notes]
    return " ".join(own)
