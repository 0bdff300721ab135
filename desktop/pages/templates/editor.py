"""The editor of a draft template: its outline, the place that is chosen as a form, and what is to be mended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.pages.templates.outline import TemplateOutline
from desktop.pages.templates.side import TemplateSide
from desktop.session import Session
from storage.checklists.data import Data
from storage.checklists.editing import NotThere, Place, add_part, add_question, add_section, move, remove
from storage.checklists.toml_table import Problem
from storage.desk.checklists import templates
from storage.desk.checklists.template_fields import groups_at, holds_rows, set_value, values_at
from storage.desk.checklists.template_words import condition_words
from storage.engine.errors import StorageError
from storage.engine.fields import Field
from storage.records.templates import DRAFT, OwnTemplate
from widgets.form import Group, RecordForm
from widgets.holder import Holder
from widgets.parts import Item, button, col, line, panel, row, scroll, text

OUTLINE = 300  # pixels
SEALED = "This version is published and does not change. Start a new version of it to change it."


class TemplateEditor(QWidget):
    """Every change is a step of its own, saved as a field is left; Undo takes it back."""

    closed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.own: OwnTemplate | None = None
        self._place = Place()
        self._data: Data = {}
        self.form: RecordForm | None = None
        self.outline = TemplateOutline()
        self.outline.chosen.connect(self.show_place)
        self._side = TemplateSide()
        self._side.chosen.connect(self.show_place)
        self._middle = Holder()
        self._tools: dict[str, QWidget] = {}
        self._lay_out()

    def _lay_out(self) -> None:
        tools = row(gap=4)
        for key, words, icon_name, act in (
            ("question", "Add a question", "plus", self.add_question),
            ("section", "Add a section", "plus", self.add_section),
            ("part", "Add a part", "plus", self.add_part),
            ("up", "Move up", "arrow-up", partial(self.shift, -1)),
            ("down", "Move down", "arrow-down", partial(self.shift, 1)),
            ("remove", "Remove", "trash", self.remove),
        ):
            made = button(words, "quiet", icon_name)
            made.clicked.connect(partial(self._press, act))
            self._tools[key] = made
            tools.addWidget(made)
        tools.addStretch(1)
        across = QHBoxLayout()
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        self.outline.setFixedWidth(OUTLINE)
        across.addWidget(self.outline)
        across.addWidget(self._middle, 1)
        across.addWidget(self._side)
        bar = panel(row(tools, margins=(16, 6, 16, 6)), "surface")
        self.setLayout(col(bar, line(), across, gap=0))

    # ---- showing

    def show_template(self, number: int) -> bool:
        """Show a template as the file has it now; False when it is gone."""
        found = self._session.store.many(OwnTemplate, [number]).get(number)
        if found is None or found.binned:
            return False
        if self.own is None or found.key != self.own.key:
            self._place = Place()
        self.own = found
        self._data = templates.draft_data(found)
        self.outline.show_data(self._data, self._place)
        self._draw()
        return True

    @property
    def is_draft(self) -> bool:
        """Whether it can be changed."""
        return self.own is not None and self.own.state == DRAFT and not self._session.read_only

    def show_place(self, place: Place) -> None:
        """Put another place into the form; what is being typed is saved first."""
        self.leave()
        self._place = place
        self.outline.show_data(self._data, place)
        self._draw()

    def leave(self) -> None:
        """Save what is being typed."""
        if self.form is not None:
            self.form.leave()

    def _draw(self) -> None:
        try:
            groups, values = groups_at(self._data, self._place), values_at(self._data, self._place)
        except NotThere:
            self._place = Place()
            groups, values = groups_at(self._data, self._place), values_at(self._data, self._place)
        shape = (self.own.key if self.own else 0, self._place, tuple(f.name for _, fs in groups for f in fs))
        if self.form is None or self.form.property("shape") != shape:
            self._make_form(groups, shape)
        found = self._problems()
        if self.form is not None:
            said = {p.key: p.mistake for p in found if p.key and self._is_here(p)}
            self.form.show_record(values, problems=said, read_only=not self.is_draft, record=shape)
        self._draw_tools()
        words = condition_words(self._data, self._place, templates.lists_of(self._session.store))
        self._side.show_all(words, found, self.outline, self._place)

    def _make_form(self, groups: Sequence[tuple[str, tuple[Field, ...]]], shape: object) -> None:
        fields = {f.name: f for _, members in groups for f in members}
        named = [Group(title, tuple(f.name for f in members)) for title, members in groups]
        self.form = RecordForm(named, fields, today=self._session.today(), columns=2)
        self.form.setProperty("shape", shape)
        self.form.edited.connect(self._edited)
        title = text(self.outline.words(self._place), "record", wrap=True)
        items: list[Item] = [title, self.form]
        if not self.is_draft:
            items.insert(1, text(SEALED, "soft", wrap=True))
        self._middle.put(scroll(panel(col(*items, gap=12, margins=(24, 16, 24, 24)), "surface")))

    def _draw_tools(self) -> None:
        place, on = self._place, self.is_draft
        self._tools["question"].setEnabled(on and bool(place.section or place.question))
        self._tools["section"].setEnabled(on)
        self._tools["part"].setEnabled(on and bool(place.question) and not place.column)
        for key in ("up", "down", "remove"):
            self._tools[key].setEnabled(on and place != Place())

    def _problems(self) -> Sequence[Problem]:
        return templates.check(self._session.store, self.own.key) if self.own is not None else ()

    def _is_here(self, problem: Problem) -> bool:
        return self.outline.place_named(problem.where) == self._place

    # ---- changing

    def _press(self, act: Callable[[], object], _checked: bool = False) -> None:
        self.leave()
        act()

    def _edited(self, name: str, value: object) -> None:
        place = self._place
        try:
            data = set_value(self._data, place, name, value)
        except StorageError as error:
            self._session.failed.emit(str(error))
            return
        self._keep(data, f"Change {self.outline.words(place)}")

    def _keep(self, data: Data, doing: str, place: Place | None = None) -> None:
        own = self.own
        if own is None:
            return
        before, self._place = self._place, place or self._place
        if self._session.attempt(partial(templates.change, self._session.store, own.key, data, doing)):
            self.show_template(own.key)
        else:
            self._place = before

    def add_section(self) -> None:
        """Add a section at the end, with one question."""
        data, place = add_section(self._data, "New section")
        self._keep(data, "Add a section", place)

    def add_question(self) -> None:
        """Add a question behind the one that is chosen, or at the end of the section."""
        section, after = self.outline.section_of(self._place), self._place.question
        data, place = add_question(self._data, section, "New question", after=after)
        self._keep(data, "Add a question", place)

    def add_part(self) -> None:
        """Add a part to the question, or a column to rows."""
        place = self._place
        if not place.question:
            return
        rows = holds_rows(self._data, place)
        owner = place if rows else Place(question=place.question)
        data, made = add_part(self._data, owner, "New column" if rows else "New part", "text")
        self._keep(data, "Add a column" if rows else "Add a part", made)

    def shift(self, by: int) -> None:
        """Move what is chosen up or down."""
        self._keep(move(self._data, self._place, by), f"Move {self.outline.words(self._place)}")

    def remove(self) -> None:
        """Take away what is chosen; Undo brings it back."""
        place = self._place
        above = (
            Place(question=place.question, part=place.part if place.column else "") if place.part else Place()
        )
        self._keep(remove(self._data, place), f"Remove {self.outline.words(place)}", above)
