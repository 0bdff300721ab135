"""The merge screen for a workbook that came home: every changed cell as sent, theirs and mine, taken or refused."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QStackedWidget, QWidget

from desktop.dialogs.home_choices import HomeChoices
from desktop.dialogs.home_panels import ChangesPanel, missing_panel, new_panel
from desktop.dialogs.import_lists import problem_list
from desktop.words import count_words, time_words
from storage.exchange.home.plan import Homecoming
from widgets.empty import EmptyPage
from widgets.facts import Fact, FactsBand
from widgets.parts import TabBar, button, col, line, panel, row, text
from widgets.shown import set_title

WIDE, HIGH = 1500, 900
KEPT = "Taking is one change that Undo takes back. A backup is made first."
NOTHING = "Nothing has changed"
NOTHING_SAID = (
    "Every cell of the workbook says what the register says, or what it said when the workbook was sent. "
    "There is nothing to take."
)


class HomeDialog(QDialog):
    """What came home, in tabs, and one button that takes what is chosen."""

    def __init__(self, parent: QWidget, home: Homecoming) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        set_title(self, "Bring a workbook home")
        self.resize(min(WIDE, parent.width() - 40), min(HIGH, parent.height() - 40))
        self.home, self.choices = home, HomeChoices(home)
        self.changes = ChangesPanel(self.choices)
        self.new, self.missing = new_panel(self.choices), missing_panel(self.choices)
        self._stack = QStackedWidget()
        self._pages = self._made_pages()
        self.tabs = TabBar([(key, words) for key, words, _ in self._pages])
        self._summary, self.go = text("", "strong"), button("", "primary")
        self._close = button("Cancel")
        self._lay_out()
        for part in (self.changes, self.new, self.missing):
            part.changed.connect(self._show_choice)
        self.tabs.chosen.connect(self.show_tab)
        self.go.clicked.connect(self.accept)
        self._close.clicked.connect(self.reject)
        self._show_choice()
        self.show_tab(self._pages[0][0])

    def _made_pages(self) -> list[tuple[str, str, QWidget]]:
        """The tabs there is something on, the first of them in front."""
        home = self.home
        told = [*home.problems, *home.ignored]
        pages: list[tuple[str, str, QWidget]] = [
            ("changes", f"Changes ({len(home.changes):,})", self.changes),
            ("new", f"New rows ({len(home.new):,})", self.new),
            ("missing", f"Missing ({len(home.missing):,})", self.missing),
        ]
        filled = [len(home.changes), len(home.new), len(home.missing)]
        shown = [page for page, count in zip(pages, filled, strict=True) if count]
        if home.nothing:
            shown = [("nothing", "Changes (0)", EmptyPage(NOTHING, NOTHING_SAID, [], "check-circle"))]
        if told:
            shown.append(("told", f"Left out ({len(told):,})", problem_list(told)))
        for _, _, page in (*pages, shown[0], shown[-1]):
            self._stack.addWidget(page)
        return shown

    def _lay_out(self) -> None:
        notes = text(" ".join((_sent(self.home), *self.home.notes)).strip(), "soft", wrap=True)
        title = text(f"Bring home {self.home.source}", "title", wrap=True)
        self._facts = FactsBand(facts_of(self.home))
        foot = row(gap=12, margins=(24, 10, 24, 14))
        foot.addLayout(col(self._summary, text("" if self.home.nothing else KEPT, "small"), gap=0), 1)
        foot.addWidget(self._close)
        foot.addWidget(self.go)
        whole = col(
            col(title, notes, gap=4, margins=(24, 16, 24, 12)),
            self._facts,
            panel(row(self.tabs, margins=(24, 0, 24, 0)), "bar"),
            gap=0,
        )
        whole.addWidget(self._stack, 1)
        whole.addWidget(line())
        whole.addWidget(panel(foot, "surface"))
        self.setLayout(whole)

    def show_tab(self, key: str) -> None:
        """Show one of the tabs and give its list the keyboard."""
        page = next(page for name, _, page in self._pages if name == key)
        self.tabs.set_value(key)
        self._stack.setCurrentWidget(page)
        if page is self.changes:
            self.changes.view.setFocus()

    def _show_choice(self) -> None:
        count = self.choices.chosen.count
        self.go.setText(self.choices.button)
        self.go.setAccessibleName(self.choices.button)
        self.go.setEnabled(bool(count))
        self.go.setVisible(not self.home.nothing)
        self._close.setText("Close" if self.home.nothing else "Cancel")
        self._summary.setText(self.choices.summary)


def _sent(home: Homecoming) -> str:
    try:
        return (
            f"Sent {time_words(datetime.fromisoformat(home.exported).astimezone())}." if home.exported else ""
        )
    except ValueError:
        return ""


def facts_of(home: Homecoming) -> list[Fact]:
    """What the workbook brings, in numbers."""
    contracts = len({change.contract for change in home.changes})
    conflicts = home.conflicts
    return [
        Fact("rows", "Rows read", f"{home.rows_read:,}"),
        Fact("cells", "Changed cells", f"{len(home.changes):,}",
             f"in {count_words(contracts, 'contract')}" if contracts else ""),
        Fact("conflicts", "Conflicts", f"{conflicts:,}", "changed on both sides" if conflicts else "",
             tone="amber" if conflicts else ""),
        Fact("new", "New rows", f"{len(home.new):,}"),
        Fact("missing", "Missing rows", f"{len(home.missing):,}", "nothing is deleted" if home.missing else ""),
        Fact("left", "Cannot be taken", f"{len(home.problems):,}", "listed with reasons" if home.problems else ""),
    ]  # fmt: skip
