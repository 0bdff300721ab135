"""How the parts of a record are declared for the window: which records, which columns, what can be done with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from PySide6.QtWidgets import QWidget

from desktop.session import Session
from storage.engine.fields import Kind, Record, Value
from storage.engine.query import Order
from storage.engine.reading import Reader
from widgets.form import Group
from widgets.table_model import Cell
from widgets.worked import WorkedValue

P = TypeVar("P", bound=Record)
Options = Sequence[tuple[int, str]]  # what a link can point to: id and name, in the order to show them


@dataclass(frozen=True)
class PartColumn(Generic[P]):
    """One column: a field by its name, or with `cell` anything that can be said of a part.

    `cells` says it of all parts at once, by their ids, for what takes a question to the file.

    The label is the field's own unless given. `width` is the most it takes, in pixels at 100 %; without
    one it is as wide as its words. Money and numbers stand at the right unless `right` says otherwise.
    """

    name: str
    label: str = ""
    cell: Callable[[P, date], Cell] | None = None
    cells: Callable[[Reader, Sequence[P], date], Mapping[int, Cell]] | None = None
    width: int = 0
    right: bool | None = None


@dataclass(frozen=True)
class PartCommand(Generic[P]):
    """Something else that can be done, as a button: with one part, or with a parent's whole list.

    `run` is given the widget to open dialogs over, the session, and the part (or for a command of the list
    the parent). `when` says for which it is offered; `first` only while a list is still empty. Not offered
    while the file is open to read only, unless `reads` is set.
    """

    words: str
    run: Callable[[QWidget, Session, P], object]
    icon: str = ""
    when: Callable[[P, date], bool] | None = None
    reads: bool = False
    first: bool = False


def _nothing(_reader: Reader, _parent: Record, _parts: Sequence[Any], _today: date) -> Mapping[str, Value]:
    return {}


@dataclass(frozen=True, kw_only=True)
class PartList(Generic[P]):
    """The parts of one kind that belong to a record through a link field of theirs; without a link, all there are.

    `columns` begins with the one that names a part; those of `under` are read as its second line first when
    it gets narrow. `groups` are the fields of the form: by default all that are typed or worked out.
    `add` is both the link and, with the parent's name after it, the name of the step: *Add a KPI* makes
    *Add a KPI to Night shelter*; without it nothing can be added. `tone` is soft for a part that is over,
    red or amber for one whose cells say in words what is wrong.

    Functions are given the file to read from, the record whose parts these are, the parts, and today, as far
    as they need them: `defaults` the values of a new part, `summary` one line such as the total, `worked`
    what is worked out of an open part with its reasons, `options` what a link field of the form, given by
    name, can point to (None: all records of its table, of other parts only those of the same parent).
    `also` names other tables that any of these read.
    """

    cls: type[P]
    link: str
    title: str
    columns: tuple[PartColumn[P] | str, ...]
    groups: tuple[Group, ...] = ()
    order: tuple[Order, ...] = ()
    under: tuple[str, ...] = ()
    none: str = ""  # one quiet line while there are none
    add: str = ""
    defaults: Callable[[Reader, Record, Sequence[P], date], Mapping[str, Value]] = _nothing
    summary: Callable[[Reader, Record, Sequence[P], date], str] | None = None
    worked: Callable[[Reader, P, date], Sequence[WorkedValue]] | None = None
    tone: Callable[[P, date], str] | None = None
    options: Callable[[Reader, Record, str], Options | None] | None = None
    children: tuple[PartList[Any], ...] = ()
    children_first: bool = False  # above the form, where they are what a part is mostly opened for
    actions: tuple[PartCommand[P], ...] = ()  # on an open part
    commands: tuple[PartCommand[Any], ...] = ()  # on the list, with the parent
    where: Callable[[P], bool] | None = None  # leaves out parts that another list shows
    also: tuple[str, ...] = ()

    def all_columns(self) -> tuple[PartColumn[P], ...]:
        """The columns, those given by the name of a field filled in."""
        return tuple(PartColumn(c) if isinstance(c, str) else c for c in self.columns)

    def all_groups(self) -> tuple[Group, ...]:
        """The groups of the form."""
        if self.groups:
            return self.groups
        names = (
            f.name
            for f in self.cls.FIELDS.values()
            if f.name != self.link and f.kind is not Kind.DATA and not f.from_today
        )
        return (Group("", tuple(names)),)


def part_place(tab: str, part: Record, field: str = "") -> str:
    """The section of a `Place` that leads to one part on a tab of its parent's page, and to a field of it."""
    return f"{tab}/{part.TABLE}/{part.key}/{field}"
