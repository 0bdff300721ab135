"""An open part: its form, the parts it has itself, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.pages.detail_forms import DetailForms
from desktop.pages.page import Place
from desktop.pages.part_list import Options, PartCommand, PartList
from desktop.session import Session
from desktop.words import noun
from storage.engine.conditions import Where
from storage.engine.fields import RECORDS, Kind, Record
from storage.engine.query import Order, Query
from storage.engine.reading import Reader, names_of
from storage.engine.steps import Changes
from widgets.flow import FlowLayout
from widgets.form import RecordForm
from widgets.parts import button, col
from widgets.row_columns import Edges
from widgets.row_list import Stack
from widgets.worked import WorkedList

if TYPE_CHECKING:
    from desktop.pages.part_section import PartSection

FORM = "part"  # the one form of a list
PAGES = {
    "contract": "contracts",
    "organisation": "providers",
    "service": "services",
    "specification": "specifications",
    "checklist_run": "checklists",
    "action": "actions",
}  # where the records a link can point to are shown


class OpenedPart(Stack):
    """Made once for a list, and shown under whichever of its rows is open."""

    go = Signal(object)  # Place
    binned = Signal(int)

    def __init__(
        self,
        session: Session,
        part: PartList[Any],
        edges: Edges,
        children: Sequence[PartSection],
        parent_record: Callable[[], Record | None],
        called: Callable[[Record], str],
    ) -> None:
        """`parent_record` says which record the parts belong to just now, `called` what a step calls a part."""
        super().__init__(gap=10)
        self._session, self._part = session, part
        self._record: Record | None = None
        self._parent_record, self.lists = parent_record, children
        self._forms = DetailForms(session, part.cls, self._set_options, self, called)
        self._form = self._forms.make(FORM, part.all_groups(), with_own=part.cls.OWN_FIELDS)
        self._form.link_opened.connect(self._open_link)
        self._worked = WorkedList()
        self._presses: list[tuple[QWidget, PartCommand[Any]]] = []
        self._bin = button("Bin", "quiet", "trash")
        self._bin.setAccessibleName(f"Move this {noun(part.cls.LABEL)} to the bin")
        self._bin.clicked.connect(self._bin_asked)
        self._lay_out(edges)

    def _lay_out(self, edges: Edges) -> None:
        down = self.down
        down.setContentsMargins(0, 10, 0, 12)
        inside = (edges.left, 0, edges.right, 0)
        outer = edges.left - edges.left // 2
        lists = [col(child, margins=(outer, 0, 0, 0)) for child in self.lists]
        form = [col(self._form, margins=inside)]
        for layout in (
            col(self._worked, margins=inside),
            *((*lists, *form) if self._part.children_first else (*form, *lists)),
        ):
            down.addLayout(layout)
        foot = FlowLayout()
        foot.setContentsMargins(*inside)
        for command in self._part.actions:
            made = button(command.words, icon_name=command.icon)
            made.clicked.connect(partial(self._run, command))
            self._presses.append((made, command))
            foot.addWidget(made)
        foot.addWidget(self._bin)
        down.addLayout(foot)

    def show_part(self, record: Record, *, read_only: bool) -> None:
        """Show a part; words being typed in the same one are left alone."""
        afresh = self._record is None or self._record.uuid != record.uuid
        self._record = record
        self._forms.fill(FORM, record, read_only=read_only)
        today = self._session.today()
        worked = self._part.worked(self._session.store, record, today) if self._part.worked else ()
        self._worked.setVisible(bool(worked))
        self._worked.show_values(worked, afresh=afresh)
        for press, command in self._presses:
            wanted = command.when is None or command.when(record, today)
            press.setVisible(wanted and (command.reads or not self._session.read_only))
        self._bin.setVisible(not read_only)
        for child in self.lists:
            child.show_parent(record, read_only=read_only)

    def refresh(self, changes: Changes) -> None:
        """Draw what changed in the lists inside."""
        for child in self.lists:
            child.refresh(changes)

    def leave(self) -> None:
        """Save what is being typed; words that cannot be read are kept for when the part is opened again."""
        self._forms.leave()
        self._forms.drafts.keep_now()
        for child in self.lists:
            child.leave()

    def form(self) -> RecordForm:
        """The form of the part."""
        return self._form

    def enter(self) -> None:
        """Give the keyboard to what comes first: a list inside that has rows, or the first field."""
        first = next((each for each in self.lists if each.rows.ids()), None)
        if self._part.children_first and first is not None:
            first.rows.focus_row(first.rows.ids()[0])
        else:
            self.focus_field("")

    def focus_field(self, name: str) -> None:
        """Put the cursor into a field, or into the first when there is no such field here."""
        names = [n for g in self._part.all_groups() for n in g.names if self._form.has(n)]
        if names:
            self._form.focus_field(name if name in names else names[0])
        else:
            self._bin.setFocus(Qt.FocusReason.TabFocusReason)

    def reveal(self, table: str, number: int, field: str) -> bool:
        """Open a part of a list inside."""
        return any(child.reveal(table, number, field) for child in self.lists)

    # ---- links, commands

    def _set_options(self, form: RecordForm) -> None:
        parent = self._parent_record()
        for group in self._part.all_groups():
            for name in group.names:
                field = self._part.cls.FIELDS.get(name)
                if field is not None and field.kind is Kind.LINK and form.has(name) and parent is not None:
                    form.set_options(name, self._options(parent, name))

    def _options(self, parent: Record, name: str) -> Options:
        given = self._part.options(self._session.store, parent, name) if self._part.options else None
        return usual_options(self._session.store, self._part, parent, name) if given is None else given

    def _open_link(self, name: str, number: object) -> None:
        page = PAGES.get(self._part.cls.FIELDS[name].target)
        if page and isinstance(number, int):
            self.go.emit(Place(page, number))

    def _bin_asked(self, _checked: bool = False) -> None:
        if self._record is not None:
            self.binned.emit(self._record.key)

    def _run(self, command: PartCommand[Any], _checked: bool = False) -> None:
        if self._record is not None:
            self.leave()
            command.run(self, self._session, self._record)


def usual_options(reader: Reader, part: PartList[Any], parent: Record, name: str) -> list[tuple[int, str]]:
    """What a link of a part can point to: records of its table by name; of parts, only those of the same parent."""
    cls = RECORDS[part.cls.FIELDS[name].target]
    same = cls.FIELDS.get(part.link)
    beside = same is not None and same.target == parent.TABLE
    where = (Where(part.link, "is", (parent.key,)),) if beside else ()
    order = (Order(cls.NAMED_BY[0]),) if cls.NAMED_BY else ()
    return names_of(reader, cls, Query(where, order))
