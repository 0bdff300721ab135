"""The pathway people go through with its handovers, the legal basis, and the evidence relied on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from desktop.pages.part_list import PartColumn, PartList
from storage.engine.fields import Record, Value
from storage.engine.query import Order
from storage.engine.reading import Reader
from storage.engine.values import show_day
from storage.records.evidence import STALE, UNDATED, Citation, Evidence
from storage.records.specification_parts import LegalBasis, PathwayStep
from widgets.form import Group
from widgets.table_model import Cell


def _next_place(
    _reader: Reader, _parent: Record, parts: Sequence[PathwayStep], _today: date
) -> Mapping[str, Value]:
    return {"position": max((p.position or 0 for p in parts), default=0) + 1}


def _handed_to(reader: Reader, steps: Sequence[PathwayStep], _today: date) -> Mapping[int, Cell]:
    """The stage people are handed over to; one that leads on without saying how says so."""
    held = reader.many(PathwayStep, [s.next_step for s in steps if s.next_step])
    cells = {}
    for step in steps:
        after = held.get(step.next_step or 0)
        if after is not None:
            cells[step.key] = Cell(after.title, note="" if step.handover.strip() else "how is not said")
    return cells


PATHWAY = PartList[PathwayStep](
    cls=PathwayStep,
    link="specification",
    title="Pathway",
    columns=(
        "title",
        "provided_by",
        "commissioned_by",
        PartColumn("next_step", "Handed over to", cells=_handed_to),
    ),
    groups=(
        Group("", ("title", "position", "what", "provided_by", "commissioned_by", "self_referral")),
        Group("Handover", ("next_step", "handover", "information")),
    ),
    under=("commissioned_by",),
    order=(Order("position"), Order("id")),
    none="No stage yet. Start with how people come to the service, and say at each stage who hands over to whom.",
    add="Add a stage",
    defaults=_next_place,
)
LEGAL = PartList[LegalBasis](
    cls=LegalBasis,
    link="specification",
    title="Legal basis",
    columns=("act", "section", "kind"),
    groups=(Group("", ("act", "section", "kind", "agreement", "what", "service")),),
    order=(Order("id"),),
    none="Nothing says by what duty or power this service is bought.",
    add="Add a legal basis",
)


def freshness(evidence: Evidence, today: date) -> Cell:
    """Whether a fact may still be relied on."""
    word = str(evidence.FIELDS["freshness"].value_of(evidence, today))
    tone = "red" if word == STALE else "soft" if word == UNDATED else ""
    return Cell(word, tone, note=show_day(evidence.stale_on) if evidence.stale_on else "")


def _fact(reader: Reader, citations: Sequence[Citation], _today: date) -> Mapping[int, Cell]:
    held = reader.many(Evidence, [c.evidence for c in citations if c.evidence])
    return {c.key: Cell(held[c.evidence].title) for c in citations if c.evidence in held}


def _fresh(reader: Reader, citations: Sequence[Citation], today: date) -> Mapping[int, Cell]:
    held = reader.many(Evidence, [c.evidence for c in citations if c.evidence])
    return {c.key: freshness(held[c.evidence], today) for c in citations if c.evidence in held}


CITED = PartList[Citation](
    cls=Citation,
    link="specification",
    title="Evidence relied on",
    columns=(
        PartColumn("evidence", "Fact", cells=_fact),
        PartColumn("fresh", "Freshness", cells=_fresh),
        "where",
    ),
    groups=(Group("", ("evidence", "where")),),
    order=(Order("id"),),
    none="No fact is cited. Facts are kept once, on the shelf under Settings → Lists → Evidence.",
    add="Cite a fact",
    also=("evidence",),
)
