"""Performance notices of a contract with the plans that follow them, and improvement plans by themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from desktop.pages.part_list import PartColumn, PartCommand, PartList
from desktop.session import Session
from storage.desk.contract.performing import milestones_of, path_of
from storage.engine.fields import Record, Value
from storage.engine.query import Order
from storage.engine.reading import Reader
from storage.engine.values import show_day, show_money_short
from storage.records.running import ImprovementPlan, Milestone, PerformanceNotice
from storage.rules.performance import DUE, OVERDUE, PlanMilestone, Step, overdue_milestones, still_withheld
from widgets.form import Group
from widgets.table_model import Cell
from widgets.worked import WorkedValue

OVER = ("Closed", "Withdrawn")
ENDED = ("Done", "Dropped")


def _milestone_due(part: Milestone, today: date) -> Cell:
    if part.due is None:
        return Cell()
    late = part.done_on is None and part.due < today
    return Cell(show_day(part.due), "red" if late else "", note="overdue" if late else "")


def _milestone_done(_over: QWidget, session: Session, part: Milestone) -> None:
    session.change(Milestone, part.key, {"done_on": session.today()})


MILESTONES = PartList[Milestone](
    cls=Milestone,
    link="plan",
    title="Milestones",
    columns=("title", "owner", PartColumn("due", "Due", _milestone_due), "done_on"),
    under=("owner", "done_on"),
    order=(Order("due"), Order("id")),
    none="No milestones yet.",
    add="Add a milestone",
    tone=lambda part, _today: "soft" if part.done_on else "",
    actions=(
        PartCommand("Done today", _milestone_done, "check", when=lambda part, _today: part.done_on is None),
    ),
)


def _progress(reader: Reader, plans: Sequence[ImprovementPlan], today: date) -> Mapping[int, Cell]:
    """How many milestones of a plan are done, and how many are late."""
    cells = {}
    for number, held in milestones_of(reader, [p.key for p in plans]).items():
        done = sum(m.done_on is not None for m in held)
        late = len(overdue_milestones(_as_rules(held), today).value)
        words = f"{done} of {len(held)} done" if held else ""
        cells[number] = Cell(words, "red" if late else "", note=f"{late} overdue" if late else "")
    return cells


def _as_rules(held: Sequence[Milestone]) -> list[PlanMilestone]:
    return [PlanMilestone(m.title, m.due, m.done_on) for m in held]


def _plan_worked(reader: Reader, plan: ImprovementPlan, today: date) -> Sequence[WorkedValue]:
    held = milestones_of(reader, [plan.key])[plan.key]
    found = overdue_milestones(_as_rules(held), today)
    if not found.value:
        return ()
    words = f"{len(found.value)} of {len(held)}"
    return (WorkedValue("late", "Milestones overdue", words, found.why, found.reasons),)


def _plan_due(plan: ImprovementPlan, today: date) -> Cell:
    if plan.due is None:
        return Cell()
    late = plan.status not in ENDED and plan.due < today
    return Cell(show_day(plan.due), "red" if late else "", note="overdue" if late else "")


def _of_notice(
    _reader: Reader, parent: Record, _parts: Sequence[ImprovementPlan], _today: date
) -> Mapping[str, Value]:
    return {"contract": parent.contract} if isinstance(parent, PerformanceNotice) else {}


def _other_plan(
    _reader: Reader, _parent: Record, _parts: Sequence[ImprovementPlan], _today: date
) -> Mapping[str, Value]:
    return {"kind": "Service development and improvement"}


def _plans(link: str, title: str) -> PartList[ImprovementPlan]:
    """Plans that follow a performance notice, or those a contract has without one."""
    by_itself = link == "contract"
    return PartList[ImprovementPlan](
        cls=ImprovementPlan,
        link=link,
        title=title,
        columns=(
            "title",
            "kind",
            "status",
            PartColumn("progress", "Milestones", cells=_progress),
            PartColumn("due", "Due", _plan_due),
        ),
        groups=(
            Group(
                "",
                (
                    "title", "kind", "status", "agreed_on", "due", "consequence", "notes",
                    *(("performance_notice",) if by_itself else ()),
                ),
            ),
        ),
        under=("kind", "progress"),
        order=(Order("due"), Order("id")),
        none="No improvement plans." if by_itself else "No plan yet.",
        add="Add a plan",
        defaults=_other_plan if by_itself else _of_notice,
        worked=_plan_worked,
        tone=lambda plan, _today: "soft" if plan.status in ENDED else "",
        children=(MILESTONES,),
        where=(lambda plan: plan.performance_notice is None) if by_itself else None,
        also=("milestone",),
    )  # fmt: skip


PLANS = _plans("contract", "Improvement plans")


# ---- performance notices


def _next_step(steps: Sequence[Step]) -> Step | None:
    return next((s for s in steps if s.done_on is None and s.state in (DUE, OVERDUE)), None)


def _next(reader: Reader, notices: Sequence[PerformanceNotice], today: date) -> Mapping[int, Cell]:
    """The step that waits, red when its day has passed."""
    cells = {}
    for notice in notices:
        step = _next_step(path_of(reader, notice, today).value)
        if step is not None and notice.status not in OVER:
            due = f"by {show_day(step.due)}" if step.due else ""
            cells[notice.key] = Cell(step.title, "red" if step.state == OVERDUE else "", note=due)
    return cells


def _withheld(notice: PerformanceNotice, _today: date) -> Cell:
    left = still_withheld(notice.withheld, notice.returned).value
    return Cell(show_money_short(left) if left else "")


def _notice_worked(reader: Reader, notice: PerformanceNotice, today: date) -> Sequence[WorkedValue]:
    """The path step by step, and what is still withheld."""
    path, said = path_of(reader, notice, today), []
    if path.value:
        step = _next_step(path.value)
        due = f", by {show_day(step.due)}" if step and step.due else ""
        said.append(
            WorkedValue("path", "What comes next", f"{step.title}{due}" if step else "Nothing is due", path.why,
                        path.reasons)
        )  # fmt: skip
    left = still_withheld(notice.withheld, notice.returned)
    if left.value is not None:
        said.append(
            WorkedValue("left", "Still withheld", show_money_short(left.value), left.why, left.reasons)
        )
    return said


PERFORMANCE = PartList[PerformanceNotice](
    cls=PerformanceNotice,
    link="contract",
    title="Performance notices",
    columns=(
        "title",
        "status",
        "served_on",
        PartColumn("next", "Next", cells=_next),
        PartColumn("withheld", "Withheld", _withheld, right=True),
    ),
    groups=(
        Group("", ("title", "status", "served_on", "clause", "meeting_on", "outcome")),
        Group("Where it is not put right", ("exception_on", "withheld", "returned", "closed_on", "notes")),
    ),
    under=("served_on", "withheld", "status"),
    order=(Order("served_on", descending=True), Order("id", descending=True)),
    none="No performance notices.",
    add="Add a performance notice",
    worked=_notice_worked,
    tone=lambda notice, _today: "soft" if notice.status in OVER else "",
    children=(_plans("performance_notice", "Plans that follow"),),
    also=("milestone", "bank_holiday"),
)
