"""The risks of a contract: scored now and after what is done about them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QWidget

from desktop.pages.part_list import PartColumn, PartCommand, PartList
from desktop.session import Session
from storage.desk.checklists.last_review import risk_moves
from storage.desk.risk_scales import risk_scales
from storage.engine.fields import Record
from storage.engine.query import Order
from storage.engine.reading import Reader
from storage.engine.values import show_day
from storage.records.contracts import Contract
from storage.records.meetings import ReviewMeeting
from storage.records.running import Risk
from storage.records.templates import ListItem
from storage.rules.explained import Explained
from storage.rules.risk_movement import Way
from storage.rules.risks import STEPS, Band, Scales, risk_band
from widgets.form import Group
from widgets.table_model import Cell
from widgets.worked import WorkedValue

if TYPE_CHECKING:
    from desktop.pages.part_section import PartSection

Steps = tuple[int | None, int | None]  # likelihood and consequence
MARKS: Mapping[str, str] = MappingProxyType(
    {"green": "green", "yellow": "amber", "orange": "amber", "red": "red"}
)  # the shapes there are for the colours of the bands; the band says its own word


def _band(words: Scales, likelihood: int | None, consequence: int | None) -> Explained[Band | None]:
    """The band of a risk; a number that is no step of the matrix leaves it unscored."""
    wrong = [n for n in (likelihood, consequence) if n is not None and not 1 <= n <= STEPS]
    if wrong:
        return Explained(None, f"Not scored: {wrong[0]} is not between 1 and {STEPS}.")
    return risk_band(likelihood, consequence, words)


def _score(words: Scales, likelihood: int | None, consequence: int | None) -> Cell:
    band = _band(words, likelihood, consequence).value
    if band is None or likelihood is None or consequence is None:
        return Cell()
    return Cell(f"{band.name} {likelihood * consequence}", mark=MARKS.get(band.colour, ""))


def _now(reader: Reader, risks: Sequence[Risk], _today: date) -> Mapping[int, Cell]:
    return {
        key: cell if cell.text else Cell("Not scored", "soft")
        for key, cell in _moved(reader, risks, lambda r: (r.likelihood, r.consequence), "now").items()
    }


def _after(reader: Reader, risks: Sequence[Risk], _today: date) -> Mapping[int, Cell]:
    return _moved(reader, risks, lambda r: (r.likelihood_after, r.consequence_after), "after")


def _moved(
    reader: Reader, risks: Sequence[Risk], steps: Callable[[Risk], Steps], which: str
) -> dict[int, Cell]:
    """Scores with a word on how each has moved since the last review meeting; none while it stays."""
    found, words = risk_moves(reader, risks), risk_scales(reader)
    made = {}
    for risk in risks:
        movement = getattr(found[risk.key], which)
        note = movement.short if movement and movement.way is not Way.SAME else ""
        made[risk.key] = replace(_score(words, *steps(risk)), note=note)
    return made


def _review(risk: Risk, today: date) -> Cell:
    if risk.review_on is None or risk.status == "Closed":
        return Cell()
    late = risk.review_on < today
    return Cell(show_day(risk.review_on), "red" if late else "", note="overdue" if late else "")


def _worked(reader: Reader, risk: Risk, _today: date) -> Sequence[WorkedValue]:
    said = []
    moved, scored = risk_moves(reader, [risk])[risk.key], risk_scales(reader)
    for key, label, pair, movement in (
        ("now", "Now", (risk.likelihood, risk.consequence), moved.now),
        ("after", "After mitigation", (risk.likelihood_after, risk.consequence_after), moved.after),
    ):
        found, cell = _band(scored, *pair), _score(scored, *pair)
        if cell.text or key == "now":
            why = f"{found.why} {movement.sentence(moved.since)}" if movement else found.why
            words = f"{cell.text}, {movement.short}" if movement else cell.text
            said.append(WorkedValue(key, label, words or "Not scored", why, found.reasons, cell.mark))
    return said


def _summary(reader: Reader, _parent: Record, risks: Sequence[Risk], _today: date) -> str:
    """How many open risks there are in each band, the worst first."""
    words = risk_scales(reader)
    found = [_band(words, r.likelihood, r.consequence).value for r in risks if r.status != "Closed"]
    bands = sorted({b for b in found if b is not None}, key=lambda b: -b.highest)
    said = [f"{found.count(band)} {band.name.lower()}" for band in bands]
    said += [f"{found.count(None)} not scored"] if None in found else []
    return ", ".join(said)


def _matrix(over: QWidget, session: Session, contract: Contract) -> None:
    """All open risks of the contract on one matrix."""
    from desktop.dialogs.risk_matrix import matrix_of_contract

    dialog = matrix_of_contract(over, session, contract.key)
    dialog.go.connect(cast("PartSection", over).go)
    dialog.open()


RISKS = PartList[Risk](
    cls=Risk,
    link="contract",
    title="Risks",
    columns=(
        "title",
        PartColumn("now", "Now", cells=_now),
        PartColumn("after", "After", cells=_after),
        "owner",
        PartColumn("review", "Review", _review),
    ),
    groups=(
        Group(
            "", ("title", "likelihood", "consequence", "mitigation", "likelihood_after", "consequence_after")
        ),
        Group("Looking after it", ("owner", "review_on", "status", "escalated", "notes")),
    ),
    under=("after", "owner", "review"),
    order=(Order("status", descending=True), Order("review_on"), Order("id")),
    none="No risks are recorded.",
    add="Add a risk",
    summary=_summary,
    commands=(PartCommand[Contract]("All on one matrix…", _matrix, "rows", reads=True),),
    worked=_worked,
    also=(ReviewMeeting.TABLE, ListItem.TABLE),
    tone=lambda risk, _today: "soft" if risk.status == "Closed" else "",
)
