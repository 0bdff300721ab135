"""Starts a specification: from an outline, or as a local copy of a national one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import cast

from PySide6.QtWidgets import QWidget

from desktop.dialogs.form_dialog import FormDialog, Values
from desktop.session import Session
from storage.desk.specification.lineage import customise
from storage.desk.specification.own_outlines import every_outline
from storage.desk.specification.specifications import start_specification as start
from storage.engine.conditions import Where
from storage.engine.fields import Field, Kind
from storage.engine.query import Order, Query
from storage.engine.store import Store
from storage.records.services import Service
from storage.records.specifications import Specification

LOCAL_COPY = (
    "Its sections, measures and pathway come along. Each section knows how it read above, so a departure shows, "
    "and you are told when the national text changes."
)


@dataclass(frozen=True, slots=True)
class Beginning:
    """One way to begin: its words in the list, what it is for, and what makes the specification."""

    title: str
    about: str
    make: Callable[[Values], Specification]


class StartSpecification(FormDialog):
    """Says under the choice what the chosen beginning is for."""

    def tell_about(self, offered: Sequence[Beginning], first: str) -> None:
        """Say it now and whenever another is chosen."""
        self._about = {o.title: o.about for o in offered}
        self._tell(first)
        self.editor("outline").committed.connect(self._tell)

    def _tell(self, title: object) -> None:
        self.editor("outline").show_problem(self._about.get(str(title), ""))


def beginnings(store: Store) -> list[Beginning]:
    """The outlines, then a local copy of each specification that others can follow."""
    made = [Beginning(o.title, o.about, partial(_from_outline, store, o.id)) for o in every_outline(store)]
    query = Query((Where("level", "is not", ("Local",)),), (Order("title"),))
    made += [
        Beginning(copy_of(s), LOCAL_COPY, partial(_copy, store, s.key))
        for s in store.all(Specification, query)
    ]
    return made


def copy_of(specification: Specification) -> str:
    """What the list calls a local copy."""
    return f"Local copy of {specification.name}"


def _from_outline(store: Store, outline: str, values: Values) -> Specification:
    service = cast("int | None", values["service"])
    return start(store, outline, str(values["title"]), service=service, reference=str(values["reference"]))


def _copy(store: Store, number: int, values: Values) -> Specification:
    service = cast("int | None", values["service"])
    return customise(store, number, str(values["title"]), service=service, reference=str(values["reference"]))


def start_dialog(
    parent: QWidget,
    session: Session,
    started: Callable[[Specification], object],
    service: int = 0,
    first: str = "",
) -> FormDialog:
    """A dialog that starts a specification and hands it on; `first` is the beginning chosen from the start."""
    offered = beginnings(session.store)
    by_title: Mapping[str, Beginning] = {o.title: o for o in offered}

    def act(values: Values) -> None:
        started(by_title[str(values["outline"])].make(values))

    chosen = first if first in by_title else offered[0].title
    fields = (
        Field("Title", Kind.TEXT, "title", required=True, width=300),
        Field("Begin with", Kind.CHOICE, "outline", required=True, width=300, choices=tuple(by_title)),
        Field("Service", Kind.LINK, "service", help="The service it is for, if that is kept here already."),
        Field("Reference", Kind.TEXT, "reference", help="Left blank, it gets the next number."),
    )
    dialog = StartSpecification(
        parent, "New specification", fields, act, do="Start specification", today=session.today(),
        values={"outline": chosen, "service": service or None},
    )  # fmt: skip
    services = session.store.all(Service, Query(order=(Order("title"),)))
    dialog.set_options("service", [(s.key, s.name) for s in services])
    dialog.tell_about(offered, chosen)
    return dialog


def start_specification(parent: QWidget, session: Session, service: int = 0) -> int:
    """Ask, and start one; its number, or 0 when nothing was started."""
    made: list[Specification] = []
    start_dialog(parent, session, made.append, service).exec()
    return made[0].key if made else 0
