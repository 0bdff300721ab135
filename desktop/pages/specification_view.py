"""One specification, open: outline, reading column or the section being written, and what it is linked to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from desktop.dialogs.issue import issue_dialog
from desktop.dialogs.previews import preview_specification
from desktop.drafts import Drafts
from desktop.pages.specification_about import AboutForm, about_facts
from desktop.pages.specification_links import contracts_of, specification_links
from desktop.pages.specification_read import ReadingColumn
from desktop.pages.specification_sections import SectionDesk
from desktop.pages.specification_side import SidePanel
from desktop.pages.subject_bar import SubjectBar
from desktop.session import Session
from storage.desk.specification.lineage import Standing, news, standings
from storage.desk.specification.sections import sections_of
from storage.desk.specification.specifications import (
    SectionText,
    changed_since_issue,
    draft_text,
    next_numbers,
    problems,
    version_text,
    versions_of,
)
from storage.engine.store import Store
from storage.engine.values import show_day
from storage.records.specifications import Specification, Version
from widgets.outline import Outline, OutlineEntry
from widgets.parts import Segmented, button, col

READ, EDIT = "read", "edit"
SIDES = {False: (240, 240), True: (264, 300)}
WIDE_FROM = 1480


class SpecificationView(QWidget):
    """The draft to read and to write, or an issued version to read. `headed`: the page's button may have changed."""

    go = Signal(object)  # Place
    headed = Signal()
    command = Signal(str)  # the key of a command to run

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.record: Specification | None = None
        self.version: Version | None = None  # the issued version shown; None for the draft
        self._entries: list[OutlineEntry] = []
        self._wide = False
        self._drafts = Drafts(session, self)
        self._switch = Segmented([(READ, "Read"), (EDIT, "Edit")], 94)
        self._switch.setAccessibleName("Read or edit")
        self._to_draft = button("Back to the draft", "quiet", "arrow-left")
        self._bar = SubjectBar(self._to_draft, self._switch)
        self._outline, self._side = Outline(), SidePanel()
        self.reading = ReadingColumn(session)
        self.writing = SectionDesk(session, self._drafts)
        self._middle = QStackedWidget()
        self._middle.addWidget(self.reading)
        self._middle.addWidget(self.writing)
        self.about = AboutForm(session, self._drafts)
        self._lay_out()

    def _lay_out(self) -> None:
        across = QHBoxLayout()
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self._outline)
        across.addWidget(self._middle, 1)
        across.addWidget(self._side)
        self.setLayout(col(self._bar, across, gap=0))
        self._switch.set_value(READ)
        self._set_sides(wide=False)
        self._switch.chosen.connect(self._switched)
        self._to_draft.clicked.connect(partial(self.show_version, 0))
        self._outline.chosen.connect(self.go_to)
        self.reading.seen.connect(self._outline.set_chosen)
        self.writing.chosen.connect(self._outline.set_chosen)
        self._side.go.connect(self.go)
        self._side.version_asked.connect(self.show_version)
        self._side.edit_asked.connect(self._toggle_about)
        self._side.print_asked.connect(self.print_now)
        self._side.command.connect(self.command)

    # ---- showing

    def show_specification(self, number: int, section: str = "") -> None:
        """Open a specification to read, at a section when one is named."""
        self.leave()
        self.version = None
        self.about.end()
        self.record = self.session.store.get(Specification, number)
        self.show_mode(READ)
        if section:
            self.go_to(section)
        elif self._entries:
            self._outline.set_chosen(self._entries[0].key)
            self.reading.to_top()

    def show_mode(self, mode: str) -> None:
        """Read, or edit."""
        self._switch.set_value(mode)
        self._middle.setCurrentWidget(self.writing if mode == EDIT else self.reading)
        self._draw()

    def show_version(self, number: int, _checked: bool = False) -> None:
        """Show an issued version, or with 0 the draft."""
        self.leave()
        if self.record is None:
            return
        held = versions_of(self.session.store, self.record.key)
        self.version = next((v for v in held if v.key == number), None)
        self.about.end()
        self.show_mode(READ)

    def refresh(self) -> bool:
        """Draw it as it is now; False when it is no longer there."""
        if self.record is None:
            return False
        found = self.session.store.many(Specification, [self.record.key]).get(self.record.key)
        self.record = found if found is not None and not found.binned else None
        if self.record is None:
            return False
        if self.version is not None:
            held = versions_of(self.session.store, self.record.key)
            self.version = next((v for v in held if v.id == self.version.id), None)
        self._draw()
        return True

    def leave(self) -> None:
        """Save what is being typed."""
        self.writing.leave()
        self.about.leave()

    def go_to(self, key: str) -> None:
        """Bring a section to the top, or into the editor."""
        self._outline.set_chosen(key)
        if self.is_editing:
            self.writing.show_section(key)
        else:
            self.reading.go_to(key)

    @property
    def is_editing(self) -> bool:
        """True while a section is being written."""
        return self._middle.currentWidget() is self.writing

    def _draw(self) -> None:
        record, store = self.record, self.session.store
        if record is None:
            return
        sections = (
            version_text(self.version).sections if self.version else draft_text(store, record.key).sections
        )
        self._draw_outline(sections)
        if self.is_editing:
            self.writing.show_specification(record.key)
        else:
            self.reading.show_sections(sections)
        self._draw_bar(record)
        self._draw_side(record)
        self.headed.emit()

    def _draw_outline(self, sections: Sequence[SectionText]) -> None:
        draft = self.record if self.version is None else None
        marks = outline_marks(self.session.store, draft.key) if draft is not None else {}
        entries = [OutlineEntry(s.uuid, s.number, s.heading, marks.get(s.uuid, "")) for s in sections]
        if entries != self._entries:
            chosen = next((r.key for r in self._outline.rows if r.isChecked()), "")
            self._entries = entries
            self._outline.set_entries(entries, chosen or (entries[0].key if entries else ""))

    def _draw_bar(self, record: Specification) -> None:
        store, version = self.session.store, self.version
        self._to_draft.setVisible(version is not None)
        self._switch.setVisible(version is None and not self.session.read_only)
        if version is not None:
            on = show_day(version.issued_on) if version.issued_on else ""
            by = f" by {version.issued_by}" if version.issued_by else ""
            note = f"Issued {on}{by}. It does not change."
            self._bar.show_subject("", [record.reference], (f"Version {version.number}", "blue"), note)
            return
        said = [f"In {c.reference or c.name}" for c in contracts_of(store, record)[:2]]
        if record.issued_as:
            same = "" if changed_since_issue(store, record.key) else ", nothing changed since"
            said.insert(0, f"After version {record.issued_as}{same}")
        draft = f"Draft {next_numbers(store, record.key)[0]}"
        self._bar.show_subject("", [record.reference], (draft, "blue"), " · ".join(said))

    def _draw_side(self, record: Specification) -> None:
        if self.about.is_open:
            self.about.show_record(record)
            return
        store = self.session.store
        self._side.show_all(
            about_facts(store, record, self.version),
            specification_links(store, record),
            versions_of(store, record.key),
            [] if self.version else problems(store, record.key),
            viewing=self.version.key if self.version else 0,
            may_edit=self.version is None and not self.session.read_only,
        )

    def _toggle_about(self) -> None:
        if self.record is None:
            return
        if self.about.is_open:
            self.about.end()
        else:
            self._side.show_form(self.about.begin(self.record))
        self._draw_side(self.record)

    def _switched(self, mode: str) -> None:
        self.leave()
        chosen = next((r.key for r in self._outline.rows if r.isChecked()), "")
        self.show_mode(mode)
        if chosen:
            self.go_to(chosen)

    # ---- issue and print

    def ask_issue(self) -> None:
        """Ask for the number and what changed, and issue."""
        self.leave()
        if self.record is not None:
            issue_dialog(self, self.session, self.record).open()

    def print_now(self) -> None:
        """Preview what is shown: the draft or a version."""
        self.leave()
        if self.record is not None:
            preview_specification(self, self.session, self.record, self.version)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the sides to the window."""
        super().resizeEvent(event)
        if (self.width() >= WIDE_FROM) != self._wide:
            self._set_sides(wide=not self._wide)

    def _set_sides(self, *, wide: bool) -> None:
        self._wide = wide
        outline, side = SIDES[wide]
        self._outline.setFixedWidth(outline)
        self._side.setFixedWidth(side)
        self._side.resize(side, self._side.height())
        if self.record is not None:
            self._draw_side(self.record)


def outline_marks(store: Store, number: int) -> Mapping[str, str]:
    """What the outline says beside a section of a draft: what waits first, then that it departs."""
    marks = {key: "departs" for key, each in standings(store, number).items() if each is Standing.DEPARTS}
    marks |= {told.section.uuid: "changed above" for told in news(store, number) if told.section}
    return marks | {s.uuid: "to fill" for s in sections_of(store, number) if s.needed and not s.body.strip()}
