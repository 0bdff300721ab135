"""The life of a specification, and who was asked while it was written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from desktop.pages.part_list import Options, PartColumn, PartCommand, PartList
from desktop.session import Session
from storage.desk.specification.specifications import versions_of
from storage.engine.fields import Record, Value
from storage.engine.query import Order
from storage.engine.reading import Reader
from storage.engine.store import Store
from storage.records.specification_parts import Involvement, LifeEvent
from storage.records.specifications import Specification
from widgets.form import Group
from widgets.table_model import Cell


def _move_on(over: QWidget, session: Session, specification: Specification) -> None:
    from desktop.dialogs.move_on import move_on_dialog

    move_on_dialog(over, session, specification).open()


def _from_to(event: LifeEvent, _today: date) -> Cell:
    return Cell(f"{event.before} → {event.status}" if event.before else event.status)


def _versions(reader: Reader, parent: Record, name: str) -> Options | None:
    if name != "version" or not isinstance(reader, Store):
        return None
    return [(v.key, f"Version {v.number}") for v in versions_of(reader, parent.key)]


def _today_(
    _reader: Reader, _parent: Record, _parts: Sequence[Involvement], today: date
) -> Mapping[str, Value]:
    return {"on": today}


LIFE = PartList[LifeEvent](
    cls=LifeEvent,
    link="specification",
    title="Its life",
    columns=(PartColumn("status", "From and to", _from_to), "on", "by"),
    groups=(Group("", ("on", "by", "why")),),
    order=(Order("on"), Order("id")),
    none="It is a draft; nothing has happened to it yet.",
    commands=(PartCommand("Move it on…", _move_on, "arrow-right"),),
)
INVOLVEMENT = PartList[Involvement](
    cls=Involvement,
    link="specification",
    title="Who was asked",
    columns=("title", "role", "on"),
    groups=(
        Group("", ("title", "role", "how", "on", "version")),
        Group("What came of it", ("said", "changed", "told_on")),
    ),
    order=(Order("on"), Order("id")),
    none="Nobody has been asked yet: people who use the service, those close to them, clinicians, providers.",
    add="Add who was asked",
    defaults=_today_,
    options=_versions,
    also=("specification_version",),
)
