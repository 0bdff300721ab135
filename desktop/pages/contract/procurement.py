"""How a contract was bought and changed: decisions with their key criteria, what was published and what was said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QWidget

from desktop.pages.contract.verdicts import called, verdicts
from desktop.pages.page import Place
from desktop.pages.part_list import PartColumn, PartCommand, PartList
from desktop.pages.run_subjects import runs_about
from desktop.pages.tab_extra import WorkedExtra
from desktop.session import Session
from storage.desk.procurement.procuring import Case, owed, standstill, transparency
from storage.engine.fields import Record, Value
from storage.engine.query import Order
from storage.engine.reading import Reader
from storage.engine.values import show_day
from storage.records.assessments import Run
from storage.records.contracts import Contract
from storage.records.procurements import REGIMES, Procurement, PublishedNotice, Representation
from storage.rules.procurement.thresholds import Threshold
from widgets.form import Group
from widgets.table_model import Cell
from widgets.worked import WorkedValue

if TYPE_CHECKING:
    from desktop.pages.part_opened import OpenedPart

BOUGHT = Group("", ("regime", "process", "above_threshold", "kpi_exempt"))
TABLES = ("procurement", "published_notice", "representation")
ALSO = (*TABLES, "contract", "threshold", "bank_holiday", "checklist_run")


def duties(session: Session) -> WorkedExtra:
    """What the contract as a whole has to be published for, under the form."""
    return WorkedExtra(session, "", _duties, ("contract", "threshold", "desk", "organisation"))


def _duties(reader: Reader, record: Record, today: date) -> Sequence[WorkedValue]:
    if not isinstance(record, Contract):
        return ()
    found = transparency(reader, record, today)
    words = {True: "Each quarter", False: "Not required", None: "Not known yet"}[found.value]
    return (
        WorkedValue("transparency", "Published under the Transparency Code", words, found.why, found.reasons),
    )


# ---- notices and representations


def _next_notice(
    reader: Reader, parent: Record, _parts: Sequence[PublishedNotice], today: date
) -> Mapping[str, Value]:
    """The next notice that has to be published, by its code and name."""
    if not isinstance(parent, Procurement):
        return {}
    waiting = [n for n in owed(Case(reader, parent, today)) if n.published_on is None and n.duty == "must"]
    return {"code": waiting[0].code, "title": waiting[0].title} if waiting else {}


PUBLISHED = PartList[PublishedNotice](
    cls=PublishedNotice,
    link="procurement",
    title="Published notices",
    columns=("title", "code", "published_on", "reference"),
    groups=(Group("", ("title", "code", "published_on", "reference", "address")),),
    under=("reference", "code"),
    order=(Order("published_on"), Order("id")),
    none="No notice is recorded as published.",
    add="Add a notice",
    defaults=_next_notice,
)
REPRESENTATIONS = PartList[Representation](
    cls=Representation,
    link="procurement",
    title="Representations",
    columns=(
        "title",
        "received_on",
        PartColumn("panel", "Panel", lambda r, _today: Cell("Panel" if r.panel else "")),
    ),
    groups=(Group("", ("title", "received_on", "nature", "outcome", "panel")),),
    order=(Order("received_on"), Order("id")),
    none="Nobody wrote against it.",
    add="Add a representation",
)


# ---- decisions


def _waiting(reader: Reader, decisions: Sequence[Procurement], today: date) -> Mapping[int, Cell]:
    """Notices overdue or due of each decision, in as few words as say it."""
    shared: dict[str, tuple[Threshold, ...]] = {}
    cells = {}
    for made in decisions:
        notices = [n for n in owed(Case(reader, made, today, shared)) if n.duty == "must"]
        late = [n for n in notices if n.overdue(today)]
        waiting = [n for n in notices if n.published_on is None and n.due.value and not n.overdue(today)]
        ahead = sorted(waiting, key=lambda n: n.due.value or today)
        if late:
            words = called(late[0]) if len(late) == 1 else f"{len(late)} notices"
            cells[made.key] = Cell(words, "red", note="overdue")
        elif ahead and ahead[0].due.value:
            cells[made.key] = Cell(called(ahead[0]), note=f"due {show_day(ahead[0].due.value)}")
    return cells


def _award(reader: Reader, decisions: Sequence[Procurement], today: date) -> Mapping[int, Cell]:
    """The first safe day to award of a decision that waits for it."""
    shared: dict[str, tuple[Threshold, ...]] = {}
    cells = {}
    for made in decisions:
        found = standstill(Case(reader, made, today, shared)).value if made.awarded_on is None else None
        if made.awarded_on is not None:
            cells[made.key] = Cell(show_day(made.awarded_on))
        elif found is not None:
            safe = found.cautious_award
            cells[made.key] = Cell(f"from {show_day(safe)}") if safe else Cell("kept open", "amber")
    return cells


def _like_the_contract(
    _reader: Reader, parent: Record, parts: Sequence[Procurement], _today: date
) -> Mapping[str, Value]:
    """An award first, a change of what was let afterwards, under the rules of the contract."""
    if not isinstance(parent, Contract):
        return {}
    let = any(p.kind != "Modification" for p in parts)
    values: dict[str, Value] = {"regime": parent.regime, "kind": "Modification" if let else "Award"}
    if not let:
        values |= {"process": parent.process, "lifetime_value": parent.award_value}
    return values


def _which_process(over: QWidget, session: Session, made: Procurement) -> None:
    from desktop.dialogs.which_process import WhichProcess

    WhichProcess(over, session, made).open()


def _draft_notices(over: QWidget, session: Session, made: Procurement) -> None:
    from desktop.dialogs.notice_drafts import preview_drafts

    preview_drafts(over, session, made)


def _start_checklist(over: QWidget, session: Session, made: Procurement) -> None:
    from desktop.dialogs.start_checklist import start_dialog

    def started(run: Run) -> None:
        _go(over, Place("checklists", run.key))

    start_dialog(over, session, started, ("procurement", made.key)).open()


def _show_checklists(over: QWidget, session: Session, made: Procurement) -> None:
    """Go to the checklist about a decision, asked which where there are several."""
    from desktop.dialogs.pick import PickDialog

    runs = runs_about(session.store, "procurement", made.key)
    if not runs:
        session.said.emit(f"No checklist is about {made.name} yet.")
        return
    if len(runs) == 1:
        _go(over, Place("checklists", runs[0].key))
        return
    dialog = PickDialog(
        over, "Which checklist?", [(r.key, f"{r.reference} {r.name}, {r.standing}") for r in runs]
    )

    def go() -> None:
        if picked := dialog.picked():
            _go(over, Place("checklists", picked.id))

    dialog.accepted.connect(go)
    dialog.open()


def _go(over: QWidget, place: Place) -> None:
    cast("OpenedPart", over).go.emit(place)


def _worked(reader: Reader, made: Procurement, today: date) -> Sequence[WorkedValue]:
    """What the rules say, then how far the checklists about the decision have come."""
    runs = runs_about(reader, "procurement", made.key)
    return (*verdicts(reader, made, today), *(_run(run) for run in runs))


def _run(run: Run) -> WorkedValue:
    why = f"{run.reference}, {run.progress} answered." + (
        f" Signed by {run.signed_by}." if run.signed_on else ""
    )
    return WorkedValue(f"run-{run.key}", run.name, run.standing, why)


def _by_the_regime(made: Procurement, _today: date) -> bool:
    return made.regime in ("", REGIMES[0]) and made.kind != "Modification"


DECISIONS = PartList[Procurement](
    cls=Procurement,
    link="contract",
    title="Decisions",
    columns=(
        "title",
        "kind",
        "process",
        "decided_on",
        PartColumn("award", "Award", cells=_award),
        PartColumn("waiting", "Notices", cells=_waiting),
    ),
    groups=(
        Group("", ("title", "kind", "regime", "process", "begun_on", "decided_on", "awarded_on", "lifetime_value")),
        Group("The decision", ("decision_makers", "conflicts", "conflicts_managed", "reasons")),
        Group("Key criteria", ("quality", "value_notes", "integration", "access", "social_value")),
        Group("Standstill", ("intention_on", "representations", "representations_closed")),
        Group("What decides which rules apply", ("above_threshold", "light_touch", "new_provider", "market_engaged")),
        Group("If it changes a running contract", ("value_change", "term_days", "provided_for", "succession",
                                                   "external", "material")),
        Group("Notes", ("notes",)),
    ),
    under=("kind", "process", "decided_on", "award"),
    order=(Order("decided_on", descending=True), Order("id", descending=True)),
    none="No decision is recorded.",
    add="Add a decision",
    defaults=_like_the_contract,
    worked=_worked,
    children=(PUBLISHED, REPRESENTATIONS),
    actions=(
        PartCommand("Which process?…", _which_process, "list-checks", when=_by_the_regime),
        PartCommand("Draft notices…", _draft_notices, "file-text", reads=True),
        PartCommand("Start checklist…", _start_checklist, "check-square"),
        PartCommand("Its checklists…", _show_checklists, "arrow-right", reads=True),
    ),
    also=ALSO,
)  # fmt: skip
