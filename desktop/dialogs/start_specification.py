"""Starts a specification from an outline."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

from PySide6.QtWidgets import QWidget

from desktop.dialogs.form_dialog import FormDialog, Values
from desktop.session import Session
from storage.desk.outlines import Outline, outlines
from storage.desk.specifications import start_specification as start
from storage.engine.fields import Field, Kind
from storage.engine.query import Order, Query
from storage.records.services import Service
from storage.records.specifications import Specification


class StartSpecification(FormDialog):
    """Says under the choice what the chosen outline is for."""

    def tell_about(self, offered: Sequence[Outline]) -> None:
        """Say it now and whenever another is chosen."""
        self._about = {o.title: o.about for o in offered}
        self._tell(offered[0].title)
        self.editor("outline").committed.connect(self._tell)

    def _tell(self, title: object) -> None:
        self.editor("outline").show_problem(self._about.get(str(title), ""))


def start_dialog(
    parent: QWidget, session: Session, started: Callable[[Specification], object], service: int = 0
) -> FormDialog:
    """A dialog that starts a specification and hands it on."""
    offered = outlines()

    def act(values: Values) -> None:
        chosen = next(o for o in offered if o.title == values["outline"])
        linked = cast("int | None", values["service"])
        title, reference = str(values["title"]), str(values["reference"])
        started(start(session.store, chosen.id, title, service=linked, reference=reference))

    titles = tuple(o.title for o in offered)
    fields = (
        Field("Title", Kind.TEXT, "title", required=True, width=300),
        Field("Outline", Kind.CHOICE, "outline", required=True, width=300, choices=titles),
        Field("Service", Kind.LINK, "service", help="The service it is for, if that is kept here already."),
        Field("Reference", Kind.TEXT, "reference", help="Left blank, it gets the next number."),
    )
    dialog = StartSpecification(
        parent, "New specification", fields, act, do="Start specification", today=session.today(),
        values={"outline": titles[0], "service": service or None},
    )  # fmt: skip
    services = session.store.all(Service, Query(order=(Order("title"),)))
    dialog.set_options("service", [(s.key, s.name) for s in services])
    dialog.tell_about(offered)
    return dialog


def start_specification(parent: QWidget, session: Session, service: int = 0) -> int:
    """Ask, and start one; its number, or 0 when nothing was started."""
    made: list[Specification] = []
    start_dialog(parent, session, made.append, service).exec()
    return made[0].key if made else 0
