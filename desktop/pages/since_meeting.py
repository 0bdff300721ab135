"""Since the last meeting: what has changed between two snapshots or since one; each row opens its contract."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QFrame, QMenu, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop.looking import Looking
from desktop.pages.page import Page
from desktop.pages.since_table import ChangeTable
from desktop.session import Session
from desktop.words import count_words
from storage.desk.meeting.shown_contracts import bin_snapshots, snapshots
from storage.desk.meeting.since_meeting import ChangeRow, Since, since
from storage.desk.meeting.since_who import local_day
from storage.engine.reading import Reader
from storage.engine.steps import Changes
from storage.engine.values import show_day
from storage.records.meeting_snapshots import MeetingSnapshot
from widgets.empty import EmptyPage, FirstAction
from widgets.outline import Outline, OutlineEntry
from widgets.parts import button, col, menu_button, panel, row, text
from widgets.shown import escaped

SIDE = 216
ALL, NOW = "all", "Now"
NEWEST = 0  # the number that stands for the newest snapshot, and for now
KEEP = "since.keep"
EMPTY = (
    "Nothing is kept of a meeting yet",
    "Export the register for a meeting, and what it showed is kept here. Next time, this page says what is new, gone, "
    "extended or slipped, up or down in value or rated otherwise, and who did it when.",
    (
        FirstAction("push-pin", "Keep what the contracts say today", "For a meeting, to compare with at the next one",
                    "Keep it…", KEEP),
        FirstAction("file-xls", "Export for a meeting", "The workbook a meeting gets; what it shows is kept",
                    "Export…", "file.meeting"),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look found: every snapshot, the newest first, the one compared with, and what has changed."""

    kept: tuple[MeetingSnapshot, ...]
    before: MeetingSnapshot | None = None
    after: MeetingSnapshot | None = None
    found: Since | None = None


class SincePage(Page):
    """Compares on a thread of its own, so that the window stays alive."""

    key, title, icon = "since", "Since the meeting", "clock-counter-clockwise"
    tables = (
        "contract", "contract_party", "organisation", "extension", "kpi", "kpi_result", "procurement",
        "meeting_snapshot", "own_field",
    )  # fmt: skip

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.seen: Seen | None = None
        self._before = self._after = NEWEST
        self.kind = ALL
        self._looking = Looking(session, self._look, self)
        self._looking.found.connect(self._show)
        self._looking.failed.connect(self._could_not)
        self.table, self.outline = ChangeTable(), Outline("Kind of change")
        self._from, self._to = QMenu(), QMenu()
        self.from_button = menu_button("", self._from, "", "users-three")
        self.to_button = menu_button(NOW, self._to)
        self._totals, self._said = text("", "soft"), text("Comparing…", "soft", wrap=True)
        self._which = text("", "small", wrap=True)
        self._none = text("Nothing has changed.", "soft", wrap=True)
        self.keep = self._button("Keep what is shown…", "push-pin", self.keep_shown)
        self.delete = self._button("Delete", "trash", self.delete_snapshot)
        self.export = self._button("Export…", "export", lambda: self.command.emit("list.export"))
        self._pages = QStackedWidget(self)
        self._lay_out()
        self.outline.chosen.connect(self.choose)
        self.table.go.connect(self.go)
        self.table.said.connect(session.said)

    def _button(self, words: str, icon: str, do: Callable[[], object]) -> QPushButton:
        made = button(words, "quiet", icon)
        made.clicked.connect(do)
        return made

    def _lay_out(self) -> None:
        bar = panel(
            row(self.from_button, text("compared with", "soft"), self.to_button, self._totals, None, self.keep,
                self.delete, self.export, margins=(24, 0, 12, 0)),
            "subbar", height=48,
        )  # fmt: skip
        whole = QWidget(self._pages)
        across = QWidget(whole)
        side = QFrame(across)
        side.setProperty("part", "side")
        side.setFixedWidth(SIDE)
        side.setLayout(col(self.outline, panel(col(self._which, margins=(14, 8, 12, 12))), gap=0))
        self._rows = QStackedWidget(across)
        self._rows.addWidget(self.table)
        self._rows.addWidget(panel(col(self._none, None, margins=24)))
        across.setLayout(row(side, self._rows, gap=0))
        whole.setLayout(col(bar, across, gap=0))
        empty = EmptyPage(*EMPTY, self.icon)
        empty.chosen.connect(self._begin)
        for each in (panel(col(self._said, None, margins=24)), whole, empty):
            self._pages.addWidget(each)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(self._pages)
        self.setFocusProxy(self.table)

    # ---- looking

    def _look(self, reader: Reader) -> Seen:
        """Runs on the thread, over a snapshot of the file."""
        kept = tuple(snapshots(reader))
        before = next((s for s in kept if s.key == self._before), kept[0] if kept else None)
        if before is None:
            return Seen(kept)
        after = next((s for s in kept if s.key == self._after), None)
        return Seen(kept, before, after, since(reader, before, after))

    def showEvent(self, event: QShowEvent) -> None:
        """The first look is taken when the page is first seen."""
        super().showEvent(event)
        if self.seen is None and not self._looking.busy:
            self._looking.now()

    def refresh(self, changes: Changes) -> None:
        """Look again when the file has been quiet for a moment."""
        self._looking.soon()

    @property
    def settled(self) -> bool:
        """Whether it has looked, and the file has not changed since."""
        return self.seen is not None and not self._looking.busy

    def compare(self, before: int, after: int = NEWEST, _checked: bool = False) -> None:
        """Compare one snapshot with another, or with the register as it is now."""
        self._before, self._after = before, after
        self._looking.now()

    def _could_not(self, words: str) -> None:
        self._said.setText(words)
        if self.seen is None:
            self._pages.setCurrentIndex(0)

    # ---- what the window asks

    @property
    def primary(self) -> tuple[str, str]:
        """Print what is compared."""
        return ("Print…", "printer") if self.seen and self.seen.found else ("", "")

    def do_primary(self) -> None:
        """Show the page of changes as it prints."""
        from desktop.dialogs.print_preview import open_preview
        from storage.exchange.paper.print_since import since_paper

        if self.seen is not None and self.seen.found is not None:
            make = partial(since_paper, self.session.store, self.seen.found)
            open_preview(self, self.session, make, f"Changes since {self.seen.found.meeting}")

    def print_page(self) -> bool:
        """As the primary button does."""
        self.do_primary()
        return True

    # ---- what is shown

    def _show(self, seen: Seen) -> None:
        first, self.seen = self.seen is None, seen
        if seen.before is not None:
            self._before, self._after = seen.before.key, seen.after.key if seen.after else NEWEST
            self._fill_menus(seen, seen.before)
            self._draw()
        self._pages.setCurrentIndex(1 if seen.found else 2)
        self.headed.emit()
        if first and self.isVisible() and self.window().focusWidget() is None:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill_menus(self, seen: Seen, before: MeetingSnapshot) -> None:
        names = _names(seen.kept)
        _fill(self._from, [(names[s.key], partial(self.compare, s.key)) for s in seen.kept])
        later = [s for s in seen.kept if s.kept_at > before.kept_at]
        ways = [(NOW, NEWEST), *((names[s.key], s.key) for s in later)]
        _fill(self._to, [(words, partial(self.compare, before.key, key)) for words, key in ways])
        self.from_button.setText(escaped(names[before.key]))
        self.to_button.setText(escaped(names[seen.after.key] if seen.after else NOW))
        self.to_button.setEnabled(bool(later))
        self.delete.setEnabled(not self.session.read_only)
        self.keep.setEnabled(not self.session.read_only)

    def choose(self, kind: str) -> None:
        """Show one kind of change, or everything but what only follows from others."""
        self.kind = kind
        self._draw()

    def _draw(self) -> None:
        found = self.seen.found if self.seen else None
        if found is None:
            return
        of_kind = {kind.value: [r for r in found.rows if r.kind is kind] for kind in found.counts}
        if self.kind not in of_kind:
            self.kind = ALL
        entries = [OutlineEntry(ALL, "", "Every change", f"{len(found.told):,}")]
        entries += [OutlineEntry(name, "", name, f"{len(rows):,}") for name, rows in of_kind.items()]
        self.outline.set_entries(entries, self.kind)
        rows: Sequence[ChangeRow] = found.told if self.kind == ALL else of_kind[self.kind]
        self.table.show_changes(rows)
        self._rows.setCurrentIndex(0 if rows else 1)
        contracts = len({each.uuid for each in rows})
        said = f"{count_words(len(rows), 'change')} in {count_words(contracts, 'contract')}"
        self._totals.setText(said if rows else "")
        self._which.setText(f"Shown: {found.which}.")

    # ---- what a person does

    def _begin(self, key: str) -> None:
        if key == KEEP:
            self.keep_shown()
        else:
            self.command.emit(key)

    def keep_shown(self, _checked: bool = False) -> None:
        """Ask for a meeting and keep what the contracts say today."""
        from desktop.dialogs.keep_shown import keep_shown

        before = self.seen.before if self.seen else None
        keep_shown(self, self.session, before.title if before else "").open()

    def delete_snapshot(self, _checked: bool = False) -> None:
        """Move the snapshot that is compared with to the bin."""
        before = self.seen.before if self.seen else None
        if before is not None:
            self.session.attempt(partial(bin_snapshots, self.session.store, [before.key]))


def _names(kept: Sequence[MeetingSnapshot]) -> dict[int, str]:
    """What each snapshot is called: its meeting and day, and the time where a day has several of one meeting."""
    named = {s.key: f"{s.title}, {show_day(day)}" if (day := local_day(s.kept_at)) else s.title for s in kept}
    twice = {name for name, count in Counter(named.values()).items() if count > 1}
    return {
        s.key: f"{named[s.key]}, {_clock(s.kept_at)}" if named[s.key] in twice else named[s.key] for s in kept
    }


def _clock(at: str) -> str:
    return f"{datetime.fromisoformat(at).astimezone():%H:%M:%S}"


def _fill(menu: QMenu, ways: Sequence[tuple[str, Callable[[], object]]]) -> None:
    menu.clear()
    for words, choose in ways:
        action = QAction(escaped(words), menu)
        action.triggered.connect(choose)
        menu.addAction(action)
