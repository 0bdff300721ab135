"""The reading column of a specification: numbered headings and formatted text, no wider than reads well."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from storage.desk.specifications import SectionText
from widgets.parts import col, panel, scroll, text
from widgets.prose import WIDEST, Prose

ROLES = {1: "record", 2: "fact"}  # of a heading by its level; deeper ones are as strong words
NEAR = 60  # pixels under the top at which a section counts as the one being read
NOTHING = "Nothing written yet."


class SectionBlock(QWidget):
    """One section: its heading and its words."""

    def __init__(self, section: SectionText) -> None:
        super().__init__()
        self.section: SectionText | None = None
        self._heading = text("", ROLES.get(section.level, "strong"), wrap=True)
        self._prose = Prose()
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
    """All sections under one another in one scroll; says which is being read."""

    seen = Signal(str)  # the UUID of a section

    def __init__(self) -> None:
        super().__init__()
        self._blocks: dict[str, SectionBlock] = {}
        self._column = QVBoxLayout()
        self._column.setContentsMargins(32, 12, 32, 32)
        self._column.setSpacing(0)
        self._holder = panel(self._column, "surface")
        self._area = scroll(self._holder)
        self._area.setAccessibleName("Specification")
        self._area.verticalScrollBar().valueChanged.connect(self._follow)
        self.setLayout(col(self._area, gap=0))

    def show_sections(self, sections: Sequence[SectionText]) -> None:
        """Show these sections; the same ones as before only change where they differ."""
        if [s.uuid for s in sections] != list(self._blocks) or self._levels_differ(sections):
            self._rebuild(sections)
        for place, section in enumerate(sections):
            after = sections[place + 1] if place + 1 < len(sections) else None
            is_above = after is not None and after.level > section.level
            self._blocks[section.uuid].show_section(section, is_above=is_above)

    def block(self, key: str) -> SectionBlock:
        """The block of a section. Raises KeyError when it is not shown."""
        return self._blocks[key]

    def go_to(self, key: str) -> None:
        """Bring the heading of a section to the top."""
        if key in self._blocks:
            layout = self._holder.layout()
            if layout is not None:
                layout.activate()
            self._area.verticalScrollBar().setValue(self._blocks[key].y() - 4)

    def _levels_differ(self, sections: Sequence[SectionText]) -> bool:
        held = [b.section.level for b in self._blocks.values() if b.section]
        return held != [s.level for s in sections]

    def _rebuild(self, sections: Sequence[SectionText]) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        self._blocks = {s.uuid: SectionBlock(s) for s in sections}
        for block in self._blocks.values():
            self._column.addWidget(block)
        self._column.addStretch(1)

    def _follow(self, top: int) -> None:
        read = ""
        for key, block in self._blocks.items():
            if block.y() <= top + NEAR or not read:
                read = key
        if read:
            self.seen.emit(read)
