"""What an import did: counts, where each heading went, and what a person should look at."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QStackedWidget, QVBoxLayout, QWidget

from desktop.dialogs.import_lists import heading_list, problem_list
from storage.exchange.importing.summary import Summary
from widgets.facts import Fact, FactsBand
from widgets.parts import TabBar, button, col, panel, row, text
from widgets.shown import set_title

WIDE, HIGH = 980, 620
UNDO = "Edit → Undo takes the whole import back. A backup was made before it."


def count_facts(summary: Summary, *, done: bool) -> list[Fact]:
    """The counts as facts; the four add up to the rows read."""
    created, updated = ("Created", "Updated") if done else ("To be created", "To be updated")
    missing = "reasons under To look at" if summary.not_imported else ""
    return [
        Fact("rows", "Rows read", f"{summary.rows_read:,}", "in the file"),
        Fact("created", created, f"{summary.created:,}", f"new {summary.things}"),
        Fact("updated", updated, f"{summary.updated:,}", "changed by the file"),
        Fact("unchanged", "Unchanged", f"{summary.unchanged:,}", "as they are here"),
        Fact("not_imported", "Not imported", f"{summary.not_imported:,}", missing, tone="amber"),
    ]


class SummaryDialog(QDialog):
    """Counts above, lists below; nothing here changes anything."""

    def __init__(self, parent: QWidget, summary: Summary) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        set_title(self, "Import finished")
        self.resize(min(WIDE, parent.width() - 40), min(HIGH, parent.height() - 40))
        self._stack = QStackedWidget()
        self._summary = summary
        self._made: dict[str, QWidget] = {}  # a list once it is looked at
        self._tabs = TabBar(
            [
                ("problems", f"To look at ({len(summary.problems):,})"),
                ("headings", f"Headings ({len(summary.headings):,})"),
            ]
        )
        self._tabs.chosen.connect(self._show)
        first = "problems" if summary.problems else "headings"
        self._tabs.set_value(first)
        self._show(first)
        close = button("Close", "primary")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        notes = [text(note, "soft", wrap=True) for note in summary.notes]
        head = [text(f"Imported {summary.source}", "title", wrap=True), *notes, text(UNDO, "soft", wrap=True)]
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(col(*head, gap=4, margins=(24, 20, 24, 12)))
        whole.addWidget(FactsBand(count_facts(summary, done=True)))
        whole.addWidget(panel(row(self._tabs, margins=(24, 0, 24, 0)), "bar"))
        whole.addWidget(self._stack, 1)
        whole.addLayout(row(None, close, margins=(24, 8, 24, 16)))

    def _show(self, key: str) -> None:
        if key not in self._made:
            summary = self._summary
            made = problem_list(summary.problems) if key == "problems" else heading_list(summary.headings)
            self._made[key] = made
            self._stack.addWidget(made)
        self._stack.setCurrentWidget(self._made[key])
