"""One list of a record's parts: rows, the open part's form under its row, adding and the bin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.pages.part_cells import rows_of, table_columns
from desktop.pages.part_list import PartCommand, PartList
from desktop.pages.part_opened import OpenedPart
from desktop.session import Session
from desktop.words import noun
from storage.desk.bin import move_to_bin
from storage.engine.conditions import Where
from storage.engine.fields import Kind, Record
from storage.engine.query import Query
from storage.engine.reading import Reader
from storage.engine.steps import Changes
from storage.engine.store import with_values
from widgets.flow import FlowLayout
from widgets.parts import link, row, text
from widgets.row_columns import Edges
from widgets.row_list import RowList, Stack


class PartSection(Stack):
    """The parts of one kind of one parent. At most one is open; what is typed in it is saved field by field."""

    go = Signal(object)  # Place: follow a link
    opened = Signal(object)  # PartSection, when a part was opened in it
    rebuilt = Signal()  # rows or what is open changed, so the way of Tab did

    def __init__(
        self,
        session: Session,
        part: PartList[Any],
        edges: Edges | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(gap=2, parent=parent)
        self.session, self.part = session, part
        self.setAccessibleName(part.title)
        self._edges = edges or Edges()
        self._parent: Record | None = None
        self._read_only = False
        self._records: dict[int, Record] = {}
        self.inside: OpenedPart | None = None
        self.rows = RowList(table_columns(part), part.under, self._edges)
        self._count = text("", "soft")
        self._summary = text("", "small", wrap=True)
        self._none = text(part.none, "soft", wrap=True)
        self._presses: list[tuple[QWidget, PartCommand[Any] | None]] = []
        self._lay_out()
        self.rows.pressed.connect(self._pressed)
        self.rows.left.connect(self.close_part)
        self.rows.bin_asked.connect(self.bin)

    def _lay_out(self) -> None:
        head = row(text(self.part.title, "strong"), self._count, None, gap=8)
        if self.part.add:
            head.addWidget(self._press(self.part.add, "plus", None))
        more = FlowLayout(
            gap=12, line_gap=2
        )  # on lines of their own: side by side they would push the panel wide
        for command in self.part.commands:
            more.addWidget(self._press(command.words, command.icon, command))
        left, right = self._edges.left, self._edges.right
        for each in (head, *([more] if self.part.commands else []), row(self._summary), row(self._none)):
            each.setContentsMargins(left, 0, right, 0)
            self.down.addLayout(each)
        self.down.addWidget(self.rows)

    def _press(self, words: str, icon_name: str, command: PartCommand[Any] | None) -> QWidget:
        made = link(words, icon_name)
        made.clicked.connect(self.add if command is None else partial(self._run, command))
        self._presses.append((made, command))
        return made

    # ---- showing

    def show_parent(self, parent: Record, *, read_only: bool) -> None:
        """Show the parts of a record; of another one than before, with nothing open."""
        if self._parent is None or self._parent.uuid != parent.uuid:
            self.close_part()
        self._parent = parent
        self._read_only = read_only
        self.reload()

    def _offer_commands(self, parent: Record) -> None:
        """Show what can be done with the list as it is."""
        for press, command in self._presses:
            offered = command is None or (
                (command.when is None or command.when(parent, self.session.today()))
                and not (command.first and self._records)
            )
            press.setVisible(offered and (not self._read_only or (command is not None and command.reads)))

    def reload(self) -> None:
        """Read the parts again. While one is open the rows keep their order, so that nothing jumps."""
        parent = self._parent
        if parent is None:
            return
        part, store, today = self.part, self.session.store, self.session.today()
        where = (Where(part.link, "is", (parent.key,)),) if part.link else ()
        found = store.all(part.cls, Query(where, part.order))
        found = [r for r in found if part.where is None or part.where(r)]
        if self.rows.opened():
            places = {number: place for place, number in enumerate(self.rows.ids())}
            found.sort(key=lambda r: places.get(r.key, len(places)))
        self._records = {r.key: r for r in found}
        self._offer_commands(parent)
        self.rows.set_rows(rows_of(store, part, found, today))
        self._count.setText(f"{len(found):,}" if found else "")
        self._none.setVisible(not found and bool(part.none))
        summary = part.summary(store, parent, found, today) if part.summary and found else ""
        self._summary.setText(summary)
        self._summary.setVisible(bool(summary))
        if self.inside is not None and (number := self.rows.opened()):
            self.inside.show_part(self._records[number], read_only=self.is_locked(self._records[number]))
        self.rebuilt.emit()

    def is_locked(self, record: Record) -> bool:
        """True when a part cannot be changed: the file is only read, or it is signed or issued."""
        seal = self.part.cls.SEALED_BY
        return self._read_only or bool(seal and getattr(record, seal))

    def refresh(self, changes: Changes) -> None:
        """Draw what changed, here and in the open part."""
        if changes.touches(self.part.cls.TABLE, *_read_from(self.part)):
            self.reload()  # with what is open, and the lists in it
        elif self.inside is not None and self.rows.opened():
            self.inside.refresh(changes)

    def summary(self) -> str:
        """The line under the heading."""
        return self._summary.text()

    def parent_record(self) -> Record | None:
        """The record whose parts are shown."""
        return self._parent

    def records(self) -> Sequence[Record]:
        """The parts in the order they are shown."""
        return [self._records[n] for n in self.rows.ids()]

    def leave(self) -> None:
        """Save what is being typed."""
        if self.inside is not None:
            self.inside.leave()

    # ---- opening and closing

    def _pressed(self, number: int, inside: bool) -> None:
        if number == self.rows.opened():
            if inside and self.inside is not None:
                self.inside.enter()
            else:
                self.close_part()
            return
        self.open_part(number)
        if inside and self.inside is not None:
            self.inside.enter()

    def open_part(self, number: int, field: str | None = None) -> None:
        """Open a part under its row, with the cursor in a field ("": the first); the one that was open is saved."""
        self.leave()
        if number not in self._records:
            return
        if self.inside is None:
            self.inside = self._made_inside()
        record = self._records[number]
        self.rows.open_row(number, self.inside)
        self.inside.show_part(record, read_only=self.is_locked(record))
        if field is not None:
            self.inside.focus_field(field)
        self.rebuilt.emit()
        self.opened.emit(self)

    def _made_inside(self) -> OpenedPart:
        edges = self._edges
        nested = Edges(edges.left // 2, edges.right)
        children = [PartSection(self.session, each, nested) for each in self.part.children]
        made = OpenedPart(
            self.session, self.part, edges, children, self.parent_record, partial(_called, self.rows)
        )
        made.binned.connect(self.bin)
        made.go.connect(self.go)
        for child in children:
            child.go.connect(self.go)
            child.opened.connect(self.opened)
            child.rebuilt.connect(self.rebuilt)
        return made

    def close_part(self) -> None:
        """Close what is open, saving what is being typed; rows take the order they now belong in."""
        if not self.rows.opened():
            return
        self.leave()
        self.rows.close_row()
        self.reload()

    def reveal(self, table: str, number: int, field: str = "") -> bool:
        """Open a part of this list, or of a list inside one of its parts, with the cursor in a field."""
        mine = _leads_to(self.session.store, self.part, table, number)
        if mine not in self._records:
            return False
        if table == self.part.cls.TABLE:
            self.open_part(mine, field)
            return True
        self.open_part(mine)
        return self.inside is not None and self.inside.reveal(table, number, field)

    # ---- adding and the bin

    def add(self, _checked: bool = False) -> None:
        """Add a part as a step of its own, open, with the cursor in its first field."""
        parent, part = self._parent, self.part
        if parent is None or self._read_only:
            return
        self.leave()
        shown = [self._records[n] for n in self.rows.ids()]
        usual = part.defaults(self.session.store, parent, shown, self.session.today())
        values: Mapping[str, object] = {**({part.link: parent.key} if part.link else {}), **usual}
        label = f"{part.add} to {parent.name}" if part.link else part.add
        made: list[Record] = []

        def save() -> None:
            with self.session.store.step(label):
                made.append(self.session.store.save(with_values(part.cls(), values)))

        if self.session.attempt(save) and made:
            self.reload()
            self.open_part(made[0].key, "")

    def bin(self, number: int) -> None:
        """Move a part to the bin; Undo brings it back."""
        record = self._records.get(number)
        if record is None or self.is_locked(record):
            return
        self.leave()
        called = _called(self.rows, record)

        def put() -> None:
            with self.session.store.step(f"Move {called} to the bin"):
                move_to_bin(self.session.store, self.part.cls, [number])

        if self.session.attempt(put):
            self.session.said.emit(f"{called[0].upper()}{called[1:]} moved to the bin. Undo brings it back.")

    def _run(self, command: PartCommand[Any], _checked: bool = False) -> None:
        if self._parent is not None:
            self.leave()
            command.run(self, self.session, self._parent)


def _read_from(part: PartList[Any]) -> list[str]:
    """Tables besides its own that the rows of a list say something of."""
    fields = (part.cls.FIELDS.get(c.name) for c in part.all_columns())
    named = [f.target for f in fields if f is not None and f.kind is Kind.LINK]
    return [*named, *(child.cls.TABLE for child in part.children), *part.also]


def _called(rows: RowList, record: Record) -> str:
    """What a step calls a part: by its name, or by what it is and the words that name its row."""
    words = rows.row(record.key).cell(rows.main).text
    if record.NAMED_BY or words == record.name:
        return record.name
    return f"{noun(record.LABEL)} {words}"


def _leads_to(reader: Reader, part: PartList[Any], table: str, number: int) -> int:
    """The part of a list in which a record lies, however deep inside it; 0 when it is none of them."""
    if table == part.cls.TABLE:
        return number
    for child in part.children:
        if inner := _leads_to(reader, child, table, number):
            held = reader.many(child.cls, [inner]).get(inner)
            above = getattr(held, child.link, None) if held is not None else None
            return above if isinstance(above, int) else 0
    return 0
