"""Editing one section of a specification: its heading, its text as Markdown, and how that will read."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QMenu, QWidget

from desktop.formatted import prose_of
from desktop.links import open_link
from desktop.session import Session
from storage.engine.fields import Field, Kind
from storage.records.specifications import Section
from widgets.editors import Editor, GrowingText, LineEditor, NoteEditor
from widgets.parts import button, col, inset, line, menu_button, panel, row, scroll, text

SIDE_BY_SIDE = 980  # pixels from which the text stands beside how it reads
FEWEST, MOST = 14, 2000  # lines of the text shown: it grows, and the page alone scrolls
LIVE = 200  # ms after the last key
HINT = "**strong**   - point   1. step   ### heading   | table | row |   A blank line begins a paragraph."
ACTS = (  # what can be done with a section, its icon
    ("add", "Add a section", "plus"),
    ("up", "Move up", "arrow-up"),
    ("down", "Move down", "arrow-down"),
)
MORE = (
    ("phrase", "Put in a phrase…"),
    ("picture", "Put in a picture…"),
    ("in", "One level deeper"),
    ("out", "One level up"),
    ("remove", "Remove this section"),
)


class TextEditor(NoteEditor):
    """The text of a section: as tall as its words."""

    def _build(self) -> QWidget:
        held = super()._build()
        self.control = self.box = GrowingText(FEWEST, MOST)
        self.box.textChanged.connect(self._on_changed)
        held.deleteLater()
        return self.box


class SectionEditing(QWidget):
    """One section at a time; what is written is saved when a field is left."""

    edited = Signal(str, object)  # heading or body, and its new value
    typed = Signal(str, str)  # the same, while it is being typed
    act = Signal(str)  # add, up, down, in, out or remove
    step = Signal(int)  # to the next section (1) or the one before (-1)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._shown, today = "", session.today()
        self._number = text("", "record")
        self._heading = LineEditor(Field("Heading", Kind.TEXT, "heading"), today=today)
        self._body = TextEditor(Field("Text", Kind.NOTE, "body"), today=today)
        self._guidance = text("", "soft", wrap=True)
        self._needed = text("Must be filled in before a version is issued.", "small", wrap=True)
        self._prose = prose_of(session)
        self._prose.setAccessibleName("As it will read")
        self._prose.link_clicked.connect(partial(open_link, self))
        self._live = QTimer(self)
        self._live.setSingleShot(True)
        self._live.setInterval(LIVE)
        self._live.timeout.connect(self._show_formatted)
        self._tools: list[QWidget] = []
        self._sides = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._lay_out()
        for editor, name in ((self._heading, "heading"), (self._body, "body")):
            editor.committed.connect(partial(self.edited.emit, name))
            editor.typed.connect(partial(self.typed.emit, name))
        self._body.typed.connect(self._wait)

    @property
    def shown(self) -> str:
        """The UUID of the section shown."""
        return self._shown

    def editor(self, name: str) -> Editor:
        """The editor of the heading or the body."""
        return self._heading if name == "heading" else self._body

    def formatted(self) -> str:
        """The text shown formatted, as Markdown."""
        return self._prose.markdown()

    def show_section(self, section: Section, drafts: Mapping[str, str], *, read_only: bool) -> None:
        """Show a section; while it stays the same, what is being typed is left alone."""
        afresh = section.uuid != self._shown
        self._shown = section.uuid
        self._number.setText(section.number)
        self._guidance.setText(section.guidance)
        self._advice.setVisible(bool(section.guidance))
        self._needed.setVisible(bool(section.needed) and not section.body.strip())
        for name, editor in (("heading", self._heading), ("body", self._body)):
            value = getattr(section, name)
            if afresh:
                editor.set_value(value)
            else:
                editor.renew(value)
            if afresh and name in drafts:
                editor.put_back_draft(drafts[name])
            editor.set_read_only(read_only)
        for tool in self._tools:
            tool.setEnabled(not read_only)
        self._show_formatted()
        if afresh:
            self._area.verticalScrollBar().setValue(0)

    def leave(self) -> None:
        """Save what is being typed."""
        self._heading.commit()
        self._body.commit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The text beside how it reads where there is room, else above it."""
        super().resizeEvent(event)
        wide = self.width() >= SIDE_BY_SIDE
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._sides.setDirection(way)

    def _lay_out(self) -> None:
        self._advice = inset(text("What belongs here", "label"), self._guidance)
        menu = QMenu()
        for key, words in MORE:
            menu.addAction(words).triggered.connect(partial(self._act, key))
        tools = row(gap=4)
        for key, words, icon_name in ACTS:
            made = button(words, "quiet", icon_name)
            made.clicked.connect(partial(self._act, key))
            tools.addWidget(made)
            self._tools.append(made)
        self._tools.append(menu_button("More", menu, "quiet", "dots-three"))
        tools.addWidget(self._tools[-1])
        tools.addStretch(1)
        for words, icon_name, places in (("Previous", "caret-left", -1), ("Next", "caret-right", 1)):
            made = button(words, "quiet", icon_name)
            made.setAccessibleName(f"{words} section")
            made.clicked.connect(partial(self._step, places))
            tools.addWidget(made)
        title = row(self._number, self._heading, gap=12)
        written = col(text("Text", "label"), self._body, text(HINT, "small", wrap=True), None, gap=4)
        reads = col(text("As it will read", "label"), line(), 4, self._prose, None, gap=4)
        self._sides.setContentsMargins(0, 0, 0, 0)
        self._sides.setSpacing(24)
        self._sides.addLayout(written, 1)
        self._sides.addLayout(reads, 1)
        body = col(title, self._needed, self._advice, self._sides, None, gap=12, margins=(32, 16, 32, 24))
        self._area = scroll(panel(body, "surface"))
        bar = panel(row(tools, margins=(24, 6, 24, 6)), "surface")
        self.setLayout(col(bar, line(), self._area, gap=0))

    def _wait(self, _words: str) -> None:
        self._live.start()

    def _show_formatted(self) -> None:
        words = self._body.words()
        if words != self._prose.markdown():
            self._prose.set_markdown(words)

    def _act(self, key: str, _checked: bool = False) -> None:
        self.leave()
        self.act.emit(key)

    def _step(self, places: int, _checked: bool = False) -> None:
        self.leave()
        self.step.emit(places)
