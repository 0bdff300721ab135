"""Where the sections of a specification are written: one at a time, saved on leaving, added, moved and removed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.dialogs.put_in_picture import ask_picture
from desktop.drafts import Drafts
from desktop.pages.specification_edit import SectionEditing
from desktop.session import Session
from storage.desk.specification import sections
from storage.desk.specification.phrases import put_in
from storage.desk.specification.sections import sections_of
from storage.engine.query import Order, Query
from storage.records.evidence import Phrase
from storage.records.specifications import Section
from widgets.parts import button, col, text

NEW = "New section"
NO_PHRASES = "The phrase library is empty. Add paragraphs you use again under Settings → Lists → Phrases."


class SectionDesk(QWidget):
    """Keeps one section of the draft in the editor; what it does to the sections is each one step."""

    chosen = Signal(str)  # the UUID of the section in the editor

    def __init__(self, session: Session, drafts: Drafts) -> None:
        super().__init__()
        self._session, self._drafts = session, drafts
        self._specification = 0
        self._sections: list[Section] = []
        self._wanted = ""
        self.editing = SectionEditing(session)
        self.editing.edited.connect(self._edited)
        self.editing.typed.connect(self._typed)
        self.editing.act.connect(self._act)
        self.editing.step.connect(self._step)
        add = button("Add a section", "primary", "plus")
        add.clicked.connect(self._add)
        self._none = QWidget()
        self._none.setProperty("part", "surface")
        self._none.setLayout(
            col(text("It has no sections.", "soft"), add, None, gap=12, margins=(32, 24, 32, 24))
        )
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(self.editing)
        down.addWidget(self._none)

    def show_specification(self, number: int) -> None:
        """Show the sections of a draft as they are now; the one in the editor stays there."""
        if number != self._specification:
            self._wanted = ""
        self._specification = number
        self._sections = sections_of(self._session.store, number)
        section = self._now()
        self.editing.setVisible(section is not None)
        self._none.setVisible(section is None)
        if section is not None:
            self._wanted = section.uuid
            drafts = self._drafts.of(section) if section.uuid != self.editing.shown else {}
            self.editing.show_section(section, drafts, read_only=self._session.read_only)

    def show_section(self, key: str) -> None:
        """Put another section into the editor; the one before is saved."""
        self.leave()
        self._wanted = key
        self.show_specification(self._specification)
        self.chosen.emit(self._wanted)

    def leave(self) -> None:
        """Save what is being typed."""
        if self._sections:
            self.editing.leave()

    def _now(self) -> Section | None:
        held = {s.uuid: s for s in self._sections}
        return held.get(self._wanted) or next(iter(self._sections), None)

    def _in_editor(self) -> Section | None:
        return next((s for s in self._sections if s.uuid == self.editing.shown), None)

    def _edited(self, name: str, value: object) -> None:
        """Save to the section the editor shows, which is not always the one that is wanted next."""
        section = self._in_editor()
        if section is None:
            return
        edit = partial(sections.edit_section, self._session.store, section.key, {name: value}, origin=self)
        if self._session.attempt(edit):
            self._drafts.settled(section, name)

    def _typed(self, name: str, words: str) -> None:
        section = self._in_editor()
        if section is not None:
            self._drafts.typed(section, name, words)

    def _act(self, key: str) -> None:
        section = self._now()
        if section is None:
            return
        store, number, level = self._session.store, section.key, section.level or 1
        acts: dict[str, Callable[[], object]] = {
            "add": self._add,
            "up": partial(sections.move_section, store, number, -1),
            "down": partial(sections.move_section, store, number, 1),
            "in": partial(sections.set_level, store, number, level + 1),
            "out": partial(sections.set_level, store, number, level - 1),
            "remove": partial(sections.remove_section, store, number),
            "phrase": partial(self._put_in_phrase, number),
            "picture": partial(ask_picture, self, self._session, number),
        }
        if key == "remove":
            before = self._sections.index(section) - 1
            self._wanted = self._sections[before].uuid if before >= 0 else ""
        self._session.attempt(acts[key])
        self.chosen.emit(self._wanted)

    def _put_in_phrase(self, section: int) -> None:
        """Choose a phrase of the library and put it at the end of the section."""
        from desktop.dialogs.pick import PickDialog

        store = self._session.store
        phrases = store.all(Phrase, Query(order=(Order("topic"), Order("title"))))
        if not phrases:
            self._session.said.emit(NO_PHRASES)
            return
        options = [(p.key, " · ".join(w for w in (p.topic, p.title) if w)) for p in phrases]
        dialog = PickDialog(self, "Put in a phrase", options)
        picked = dialog.picked() if dialog.exec() else None
        dialog.deleteLater()
        if picked is not None:
            put_in(store, picked.id, section)

    def _add(self, _checked: bool = False) -> None:
        section, made = self._now(), list[Section]()

        def add() -> None:
            after = section.key if section else None
            level = section.level or 1 if section else 1
            made.append(
                sections.add_section(self._session.store, self._specification, NEW, level=level, after=after)
            )

        if self._session.attempt(add) and made:
            self.show_section(made[0].uuid)
            heading = self.editing.editor("heading").control
            heading.setFocus(Qt.FocusReason.OtherFocusReason)
            heading.selectAll()  # type: ignore[attr-defined]

    def _step(self, places: int) -> None:
        section = self._now()
        if section is None:
            return
        place = self._sections.index(section) + places
        if 0 <= place < len(self._sections):
            self.show_section(self._sections[place].uuid)
