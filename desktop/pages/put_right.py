"""To put right: the standing list of findings, by how grave they are, by who is to mend them, or by kind."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QMenu, QStackedWidget, QVBoxLayout, QWidget

from desktop.looking import Looking
from desktop.pages.page import Page
from desktop.pages.put_right_table import BRING_BACK, PUT_ASIDE, FindingTable
from desktop.session import Session
from desktop.words import count_words
from storage.desk.put_right.asides import bring_back
from storage.desk.put_right.finding import Finding
from storage.desk.put_right.listing import NOBODY, By, Listed, grouped_by, of_owner, owners, put_right
from storage.engine.fields import RECORDS
from storage.engine.steps import Changes
from widgets.empty import EmptyPage, FirstAction
from widgets.narrow_bar import NarrowBar
from widgets.outline import Outline, OutlineEntry
from widgets.parts import Segmented, button, col, menu_button, panel, row, text
from widgets.shown import escaped

SIDE = 256
NARROW = 744  # pixels of the bar below which the bar leaves its hint out
ALL, ASIDES, EVERYBODY = "all", "put aside", "Everybody"
WAYS: tuple[tuple[By, str], ...] = (("severity", "Level"), ("owner", "Who"), ("kind", "Kind"))
Shown = Literal["looking", "nothing", "clear", "list"]
EMPTY = (
    FirstAction("tray-arrow-down", "Bring your register", "Excel, CSV or Word; or drop the file here",
                "Choose a file…", "file.import"),
    FirstAction("plus", "Enter a contract", "Start with one and add the rest later", "New contract", "new.contract"),
)  # fmt: skip


class PutRightPage(Page):
    """Looks over the whole file on a thread of its own; one click goes to the cell that mends a finding."""

    key, title, icon = "put_right", "To put right", "list-checks"

    def __init__(self, session: Session) -> None:
        self.tables = tuple(
            t for t in RECORDS if t not in ("saved_view", "import_row", "meeting_snapshot", "shown_contract")
        )
        super().__init__(session)
        self.listed: Listed | None = None
        self._by: By = "severity"
        self.group, self.owner = ALL, ""
        self._looking = Looking(session, put_right, self)
        self._looking.found.connect(self._show)
        self._looking.failed.connect(self._could_not)
        self.table = FindingTable()
        self.outline = Outline("Shown")
        self._ways = Segmented(WAYS)
        self._ways.set_value("severity")
        self._menu = QMenu()
        self._owner_button = menu_button(EVERYBODY, self._menu, "", "user")
        self._totals = text("", "soft")
        self._said = text("Looking over the file…", "soft", wrap=True)
        self._pages = QStackedWidget(self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        hint = text("A click goes to the cell, N puts it aside", "small")
        export = button("Export", "quiet", "export")
        export.clicked.connect(lambda: self.command.emit("list.export"))
        across = row(self._owner_button, self._totals, None, hint, export, margins=(24, 0, 12, 0))
        bar = NarrowBar(across, (hint,), NARROW)
        whole = QWidget(self._pages)
        side, right = QFrame(whole), QWidget(whole)
        side.setProperty("part", "side")
        side.setFixedWidth(SIDE)
        side.setLayout(col(row(self._ways, margins=(12, 8, 12, 0)), self.outline, gap=0))
        right.setLayout(col(bar, self.table, gap=0))
        whole.setLayout(row(side, right, gap=0))
        self._held: dict[Shown, QWidget] = {
            "looking": panel(col(self._said, None, margins=24)),
            "nothing": self._empty("Nothing to look over yet", "Once there are contracts, this page says what is late, "
                                   "missing or at odds in them, and leads to the cell that mends it.", EMPTY),
            "clear": self._empty("Nothing is to be put right", "No date is missed, nothing is missing, and nothing is "
                                 "at odds. The list looks again whenever the file changes.", ()),
            "list": whole,
        }  # fmt: skip
        for each in self._held.values():
            self._pages.addWidget(each)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(self._pages)
        self.setFocusProxy(self.table)

    def _empty(self, title: str, words: str, actions: Sequence[FirstAction]) -> EmptyPage:
        made = EmptyPage(title, words, actions, self.icon)
        made.chosen.connect(self.command)
        return made

    def _connect(self) -> None:
        self._ways.chosen.connect(self.group_by)
        self.outline.chosen.connect(self.choose)
        self.table.go.connect(self.go)
        self.table.aside_asked.connect(self.put_aside)
        self.table.said.connect(self.session.said)

    # ---- what the window asks

    @property
    def primary(self) -> tuple[str, str]:
        """Print what is shown."""
        return ("Print…", "printer") if self.listed and self.listed.findings else ("", "")

    def do_primary(self) -> None:
        """Show the list of the owner chosen, or of everybody, as it prints."""
        from desktop.dialogs.previews import preview_put_right

        if self.listed is not None:
            aside = len(self.of_owner(self.listed.aside))
            preview_put_right(self, self.session, self.of_owner(self.listed.findings), self.owner, aside)

    def print_page(self) -> bool:
        """As the primary button does."""
        self.do_primary()
        return True

    def refresh(self, changes: Changes) -> None:
        """Look again when the file has been quiet for a moment."""
        self._looking.soon()

    def showEvent(self, event: object) -> None:
        """The first look is taken when the page is first seen."""
        super().showEvent(event)  # type: ignore[arg-type]
        if self.listed is None and not self._looking.busy:
            self._looking.now()

    @property
    def settled(self) -> bool:
        """Whether it has looked, and the file has not changed since."""
        return self.listed is not None and not self._looking.busy

    # ---- what is shown

    def _could_not(self, words: str) -> None:
        self._said.setText(words)
        if self.listed is None:
            self._pages.setCurrentWidget(self._held["looking"])

    def _show(self, listed: Listed) -> None:
        first, self.listed = self.listed is None, listed
        names = [*owners(listed.findings), *([NOBODY] if any(not f.owner for f in listed.findings) else [])]
        if self.owner and self.owner not in names:
            self.owner = ""
        self._fill_menu(names)
        self._draw()
        self.headed.emit()
        if first and self.isVisible() and self.window().focusWidget() is None:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def of_owner(self, found: Sequence[Finding]) -> Sequence[Finding]:
        """The findings of the owner chosen."""
        return of_owner(found, self.owner) if self.owner else found

    def _fill_menu(self, names: Sequence[str]) -> None:
        self._menu.clear()
        for name in (EVERYBODY, *names):
            action = QAction(escaped(name), self._menu)
            action.triggered.connect(partial(self.choose_owner, "" if name == EVERYBODY else name))
            self._menu.addAction(action)

    def choose_owner(self, name: str, _checked: bool = False) -> None:
        """Show only what one person is to put right; blank for everybody."""
        self.owner = name
        self._draw()

    def group_by(self, by: str) -> None:
        """List by how grave, by owner or by kind."""
        self._by = next(way for way, _ in WAYS if way == by)
        self.group = ALL
        self._ways.set_value(by)
        self._draw()

    def choose(self, group: str) -> None:
        """Show one of the groups at the left."""
        self.group = group
        self._draw()

    def _draw(self) -> None:
        listed = self.listed
        if listed is None:
            return
        found, aside = self.of_owner(listed.findings), self.of_owner(listed.aside)
        groups = grouped_by(found, self._by)
        if self.group not in (ALL, *groups, *([ASIDES] if aside else [])):
            self.group = ALL
        entries = [OutlineEntry(ALL, "", "Everything", f"{len(found):,}")]
        entries += [OutlineEntry(name, "", name, f"{len(those):,}") for name, those in groups.items()]
        if aside:
            entries.append(OutlineEntry(ASIDES, "", "Put aside", f"{len(aside):,}"))
        self.outline.set_entries(entries, self.group)
        shown = aside if self.group == ASIDES else found if self.group == ALL else groups[self.group]
        last = BRING_BACK if self.group == ASIDES else PUT_ASIDE
        self.table.show_findings(shown, "" if self.session.read_only else last)
        self._owner_button.setText(escaped(self.owner or EVERYBODY))
        contracts = len({f.contract for f in shown if f.contract})
        self._totals.setText(f"{count_words(len(shown), 'finding')} in {count_words(contracts, 'contract')}")
        self._pages.setCurrentWidget(self._held[self._which(listed)])

    def _which(self, listed: Listed) -> Shown:
        if listed.findings or listed.aside:
            return "list"
        return "clear" if listed.contracts else "nothing"

    # ---- what is done with a finding

    def put_aside(self, finding: Finding) -> None:
        """Ask why a finding can wait; one that was put aside is brought back at once."""
        if self.group == ASIDES:
            self.session.attempt(partial(bring_back, self.session.store, finding))
            return
        from desktop.dialogs.put_aside import put_aside_dialog

        put_aside_dialog(self, self.session, finding).open()
