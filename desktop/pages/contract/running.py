"""Variations of a contract and the notices served and received under it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from desktop.pages.part_list import PartColumn, PartList
from desktop.words import count_words
from storage.engine.fields import Record, Value
from storage.engine.query import Order
from storage.engine.reading import Reader
from storage.engine.values import show_day, show_money_short
from storage.records.contracts import Contract
from storage.records.running import Notice, Variation
from storage.rules.totals import Amount, summed
from widgets.form import Group
from widgets.table_model import Cell
from widgets.worked import WorkedValue

SETTLED = ("Agreed", "In force")


def _status(variation: Variation, today: date) -> Cell:
    """Where a variation stands, and by when an answer is due while it is open."""
    due = variation.response_due
    if variation.status != "Proposed" or due is None:
        return Cell(variation.status, "soft" if variation.status == "Refused" else "")
    late = due < today
    return Cell(
        variation.status,
        note=f"answer {'was ' if late else ''}due {show_day(due)}",
        tone="red" if late else "",
    )


def _name(variation: Variation, _today: date) -> Cell:
    return Cell(" · ".join(w for w in (variation.number, variation.title) if w))


def _change(variation: Variation, _today: date) -> Cell:
    pence = variation.value_change
    if pence is None:
        return Cell()
    return Cell(f"{'+' if pence > 0 else ''}{show_money_short(pence)}")


def _variations(_reader: Reader, _parent: Record, parts: Sequence[Variation], _today: date) -> str:
    """What agreed variations come to; one without a figure is told."""
    agreed = [v for v in parts if v.status in SETTLED]
    total = summed(Amount(v.value_change) for v in agreed if v.value_change is not None)
    silent = sum(v.value_change is None for v in agreed)
    said = [f"{len(agreed)} agreed or in force"]
    if total.figures:
        said.append(f"changing the value by {total.words()}")
    if silent:
        said.append(f"{silent} without a figure")
    waiting = sum(v.status == "Proposed" for v in parts)
    return ", ".join(said) + (f"; {waiting} proposed" if waiting else "")


def _next_number(
    _reader: Reader, _parent: Record, parts: Sequence[Variation], _today: date
) -> Mapping[str, Value]:
    """The number after the highest of the kind V1, V2."""
    used = [int(v.number[1:]) for v in parts if v.number[:1] == "V" and v.number[1:].isdecimal()]
    return {"number": f"V{max(used, default=0) + 1}"}


VARIATIONS = PartList[Variation](
    cls=Variation,
    link="contract",
    title="Variations",
    columns=(
        PartColumn("title", "What changes", _name),
        PartColumn("status", "Status", _status),
        "effective_on",
        PartColumn("change", "Change in value", _change, right=True),
    ),
    groups=(
        Group("", ("title", "number", "kind", "status", "effective_on", "value_change", "schedules")),
        Group("Agreeing it", ("proposer", "proposed_on", "response_due", "signed_commissioner", "signed_provider",
                              "notes")),
    ),
    under=("effective_on", "change"),
    order=(Order("id", descending=True),),
    none="No variations.",
    add="Add a variation",
    defaults=_next_number,
    summary=_variations,
    tone=lambda v, _today: "soft" if v.status == "Refused" else "",
)  # fmt: skip


# ---- notices


def _is_late(notice: Notice) -> bool:
    return bool(notice.served_on and notice.latest_valid and notice.served_on > notice.latest_valid)


def _served(notice: Notice, _today: date) -> Cell:
    day = show_day(notice.served_on) if notice.served_on else ""
    return Cell(day, note="after the last valid day" if _is_late(notice) else "")


def _effect(notice: Notice, _today: date) -> Cell:
    return Cell(f"from {show_day(notice.takes_effect)}") if notice.takes_effect else Cell()


def _acknowledged(notice: Notice, _today: date) -> Cell:
    if notice.acknowledged_on:
        return Cell(f"Acknowledged {show_day(notice.acknowledged_on)}")
    return Cell("Not acknowledged", "soft") if notice.served_on else Cell()


def _notice_worked(_reader: Reader, notice: Notice, _today: date) -> Sequence[WorkedValue]:
    """How far a notice was from the last day on which it could be given."""
    if notice.served_on is None or notice.latest_valid is None:
        return ()
    days = (notice.latest_valid - notice.served_on).days
    last = show_day(notice.latest_valid)
    if days < 0:
        words = f"{count_words(-days, 'day')} too late"
        why = (
            f"Served {show_day(notice.served_on)}, after {last}, the last day it was valid as recorded here."
        )
    else:
        words = "On the last day" if days == 0 else f"{count_words(days, 'day')} in hand"
        why = f"Served {show_day(notice.served_on)}; {last} was the last day it was valid, as recorded here."
    return (WorkedValue("valid", "In time?", words, why),)


def _usual(_reader: Reader, parent: Record, _parts: Sequence[Notice], _today: date) -> Mapping[str, Value]:
    """The clause, and the legal date as it stands now: it is kept with the notice and moves no more."""
    if not isinstance(parent, Contract):
        return {}
    return {"clause": parent.notice_clause, "latest_valid": parent.notice_by}


NOTICES = PartList[Notice](
    cls=Notice,
    link="contract",
    title="Notices",
    columns=(
        "kind",
        "direction",
        PartColumn("served_on", "Served on", _served),
        PartColumn("takes_effect", cell=_effect),
        PartColumn("acknowledged", "Answer", _acknowledged),
    ),
    groups=(
        Group("", ("kind", "direction", "served_on", "takes_effect", "latest_valid", "clause")),
        Group("How it went", ("method", "acknowledged_on", "acknowledged_by", "letter", "notes")),
    ),
    under=("takes_effect", "direction", "acknowledged"),
    order=(Order("served_on", descending=True), Order("id", descending=True)),
    none="No notices were served or received.",
    add="Add a notice",
    defaults=_usual,
    worked=_notice_worked,
    tone=lambda notice, _today: "red" if _is_late(notice) else "",
)
