"""The reading column of a specification: numbered headings and formatted text, no wider than reads well."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from time import perf_counter

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.formatted import prose_of
from desktop.links import open_link
from desktop.session import Session
from storage.desk.specification.specifications import SectionText
from widgets.parts import col, panel, scroll, text
from widgets.prose import WIDEST

ROLES = {1: "record", 2: "fact"}  # of a heading by its level; deeper ones are as strong words
NEAR = 60  # pixels under the top at which a section counts as the one being read
AHEAD = 4  # sections made before the window is drawn
ENOUGH = 3_500  # letters that fill a window, after which the others wait
SLICE = 0.03  # seconds of making between two turns of the event loop
NOTHING = "Nothing written yet."


class SectionBlock(QWidget):
    """One section: its heading and its words."""

    def __init__(self, session: Session, section: SectionText) -> None:
        super().__init__()
        self.section: SectionText | None = None
        self._heading = text("", ROLES.get(section.level, "strong"), wrap=True)
        self._prose = prose_of(session)
        self._prose.link_clicked.connect(partial(open_link, self))
        self._nothing = text(NOTHING, "soft", wrap=True)
        self.setMaximumWidth(WIDEST)
        self.setLayout(col(self._heading, self._prose, self._nothing, gap=6, margins=(0, 8, 0, 8)))

    def show_section(self, section: SectionText, *, is_above: bool) -> None:
        """Show a section; one that only heads those under it needs no words of its own."""
        if section == self.section and self._nothing.isHidden() == (is_above or bool(section.body.strip())):
            return
        self.section = section
        self._heading.setText(f"{section.number}   {section.heading}")
        written = bool(section.body.strip())
        if self._prose.markdown() != section.body:
            self._prose.set_markdown(section.body)
        self._prose.setVisible(written)
        self._prose.setAccessibleName(section.heading)
        self._nothing.setVisible(not written and not is_above)


class ReadingColumn(QWidget):
    """All sections under one another in one scroll; says which is being read.

    The first sections are made at once and the rest between turns of the event loop, so that a long
    specification opens as fast as a short one.
    """

    seen = Signal(str)  # the UUID of a section

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._sections: tuple[SectionText, ...] = ()
        self._blocks: dict[str, SectionBlock] = {}
        self._column = QVBoxLayout()
        self._column.setContentsMargins(32, 12, 32, 32)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self._holder = panel(self._column, "surface")
        self._area = scroll(self._holder)
        self._area.setAccessibleName("Specification")
        self._area.verticalScrollBar().valueChanged.connect(self._follow)
        self._soon = QTimer(self)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._make_some)
        self.setLayout(col(self._area, gap=0))

    def show_sections(self, sections: Sequence[SectionText]) -> None:
        """Show these sections; the same ones as before only change where they differ."""
        shape = [(s.uuid, s.level) for s in sections]
        same = shape == [(s.uuid, s.level) for s in self._sections]
        self._sections = tuple(sections)
        if same:
            for place in range(len(self._blocks)):
                self._show(place)
            return
        for block in self._blocks.values():
            self._column.removeWidget(block)
            block.hide()
            block.deleteLater()
        self._blocks = {}
        letters = 0
        while len(self._blocks) < min(AHEAD, len(self._sections)) and letters < ENOUGH:
            letters += len(self._sections[len(self._blocks)].body)
            self._make_next()
        self._soon.start()

    def block(self, key: str) -> SectionBlock:
        """The block of a section. Raises KeyError when it is not shown."""
        self._make_all()
        return self._blocks[key]

    def go_to(self, key: str) -> None:
        """Bring the heading of a section to the top."""
        self._make_all()
        if key in self._blocks:
            layout = self._holder.layout()
            if layout is not None:
                layout.activate()
            self._area.verticalScrollBar().setValue(self._blocks[key].y() - 4)

    def to_top(self) -> None:
        """Back to the beginning."""
        self._area.verticalScrollBar().setValue(0)

    def _make_all(self) -> None:
        while len(self._blocks) < len(self._sections):
            self._make_next()

    def _make_some(self) -> None:
        until = perf_counter() + SLICE
        while len(self._blocks) < len(self._sections) and perf_counter() < until:
            self._make_next()
        if len(self._blocks) == len(self._sections):
            self._soon.stop()

    def _make_next(self) -> None:
        place = len(self._blocks)
        section = self._sections[place]
        self._blocks[section.uuid] = SectionBlock(self._session, section)
        self._column.insertWidget(place, self._blocks[section.uuid])
        self._show(place)

    def _show(self, place: int) -> None:
        section = self._sections[place]
        after = self._sections[place + 1] if place + 1 < len(self._sections) else None
        is_above = after is not None and after.level > section.level
        self._blocks[section.uuid].show_section(section, is_above=is_above)

    def _follow(self, top: int) -> None:
        read = ""
        for key, block in self._blocks.items():
            if block.y() <= top + NEAR or not read:
                read = key
        if read:
            self.seen.emit(read)
