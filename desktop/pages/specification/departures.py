"""Time-limited departures from a national specification, clinical policies beneath it, and who follows it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from desktop.pages.part_list import Options, PartColumn, PartCommand, PartList
from desktop.session import Session
from desktop.words import days_words
from storage.desk.specification.sections import sections_of
from storage.desk.specification.specification_checks import standing_of
from storage.engine.fields import Record
from storage.engine.query import Order
from storage.engine.reading import Reader
from storage.engine.store import Store
from storage.engine.values import show_day
from storage.records.specification_parts import ENDING, EXPIRED, LIFTED, WAITING, ClinicalPolicy, Derogation
from widgets.form import Group
from widgets.table_model import Cell

_TONES = {EXPIRED: "red", ENDING: "amber", WAITING: "amber", LIFTED: "soft"}


def _standing(part: Derogation, today: date) -> Cell:
    word = standing_of(part, today)
    return Cell(word, _TONES.get(word, ""))


def _until(part: Derogation, today: date) -> Cell:
    if part.until is None:
        return Cell("No end", "red")
    return Cell(show_day(part.until), note="" if part.ended_on else days_words(part.until, today))


def _sections(reader: Reader, parent: Record, name: str) -> Options | None:
    if name != "section" or not isinstance(reader, Store):
        return None
    return [(s.key, f"{s.number} {s.heading}") for s in sections_of(reader, parent.key)]


def _summary(_reader: Reader, _parent: Record, parts: Sequence[Derogation], today: date) -> str:
    """How many have expired or end soon."""
    states = [standing_of(p, today) for p in parts]
    said = [f"{states.count(s)} {s.lower()}" for s in (EXPIRED, ENDING, WAITING) if s in states]
    return ", ".join(said)


def _end(_over: QWidget, session: Session, part: Derogation) -> None:
    session.change(Derogation, part.key, {"ended_on": session.today()})


DEROGATIONS = PartList[Derogation](
    cls=Derogation,
    link="specification",
    title="Departures for a time",
    columns=("title", PartColumn("until", "Until", _until), PartColumn("standing", "Standing", _standing)),
    groups=(
        Group("", ("title", "section", "reason", "mitigation")),
        Group("Clinical view", ("clinical_view", "clinical_lead")),
        Group("For how long, and who agreed", ("starts", "until", "review_date", "agreed_by", "agreed_on", "ended_on")),
        Group("Notes", ("notes",)),
    ),
    order=(Order("until"), Order("id")),
    none="Nothing is waived.",
    add="Add a departure",
    summary=_summary,
    options=_sections,
    tone=lambda part, today: _TONES.get(standing_of(part, today), ""),
    actions=(PartCommand("It ends today", _end, "check", when=lambda part, _today: part.ended_on is None),),
    also=("specification_section",),
)  # fmt: skip
POLICIES = PartList[ClinicalPolicy](
    cls=ClinicalPolicy,
    link="specification",
    title="Clinical policies beneath it",
    columns=("title", "status", "review_date"),
    groups=(
        Group("", ("title", "reference", "status", "owner", "criteria", "evidence")),
        Group("When and where", ("in_force_from", "review_date", "address")),
    ),
    order=(Order("title"), Order("id")),
    none="No clinical policy lies beneath it.",
    add="Add a policy",
)
