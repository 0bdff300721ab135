"""Review meetings of a contract with who came and what was agreed, and all its actions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from desktop.pages.part_list import PartColumn, PartCommand, PartList
from desktop.pages.tab_extra import WorkedExtra
from desktop.session import Session
from desktop.words import count_words
from storage.desk.contract.contract_actions import meetings_of, numbered_actions
from storage.engine.conditions import Where
from storage.engine.fields import Record, Value
from storage.engine.query import Order, Query
from storage.engine.reading import Reader
from storage.engine.values import show_day
from storage.records.actions import Action
from storage.records.contracts import Contract
from storage.records.meetings import Attendance, ReviewMeeting
from storage.rules.reviews import CYCLES, RHYTHMS, next_review
from widgets.form import Group
from widgets.table_model import Cell
from widgets.worked import WorkedValue


def review(session: Session) -> WorkedExtra:
    """When the next review is due, above the meetings."""
    return WorkedExtra(session, "", next_due, ("contract", "review_meeting"))


def next_due(reader: Reader, record: Record, today: date) -> Sequence[WorkedValue]:
    """The next review by the cycle set, else by the one that is usual for the tier."""
    if not isinstance(record, Contract):
        return ()
    cycle = CYCLES.get(record.review_cycle or RHYTHMS.get(record.tier, ""))
    if cycle is None:
        return ()
    held = [m.on for m in meetings_of(reader, record.key) if m.on and m.on <= today]
    found = next_review(max(held, default=None), cycle, today, record.start, record.ends)
    words = show_day(found.value) if found.value else "None"
    words += ", overdue" if found.value and found.value < today else ""
    return (WorkedValue("review", "Next review due", words, found.why, found.reasons),)


# ---- actions


def _done(action: Action) -> bool:
    return action.status != "Open"


def _due(action: Action, today: date) -> Cell:
    if action.due is None:
        return Cell()
    late = not _done(action) and action.due < today
    return Cell(show_day(action.due), "red" if late else "", note="overdue" if late else "")


def _numbers(reader: Reader, actions: Sequence[Action], _today: date) -> Mapping[int, Cell]:
    """The number each action keeps, on paper and in meetings."""
    number = next((a.contract for a in actions if a.contract), None)
    found = numbered_actions(reader, number) if number else {}
    return {action.key: Cell(f"{place}") for place, action in found.items()}


def _mark_done(_over: QWidget, session: Session, action: Action) -> None:
    values: Mapping[str, Value] = {"status": "Done", "done_on": action.done_on or session.today()}
    session.change(Action, action.key, values)


def _open_count(_reader: Reader, _parent: Record, actions: Sequence[Action], today: date) -> str:
    waiting = [a for a in actions if not _done(a)]
    late = sum(a.due is not None and a.due < today for a in waiting)
    return f"{len(waiting)} open" + (f", {late} overdue" if late else "") if actions else ""


def _of_contract(
    _reader: Reader, parent: Record, _parts: Sequence[Action], _today: date
) -> Mapping[str, Value]:
    return {"contract": parent.contract} if isinstance(parent, ReviewMeeting) else {}


def actions_of(link: str, title: str) -> PartList[Action]:
    """The actions of a contract, or of one of its meetings."""
    return PartList[Action](
        cls=Action,
        link=link,
        title=title,
        columns=(
            "title",
            PartColumn("number", "No.", cells=_numbers, right=True),
            "owner",
            PartColumn("due", "Due", _due),
            "status",
        ),
        groups=(
            Group("", ("title", "owner", "due", "status", "done_on", "notes")),
            Group("Arose from", ("meeting", "run", "question", "service", "specification")),
        ),
        under=("number", "owner", "status"),
        order=(Order("status", descending=True), Order("due"), Order("id")),
        none="No actions yet.",
        add="Add an action",
        defaults=_of_contract,
        summary=_open_count,
        tone=lambda action, _today: "soft" if _done(action) else "",
        actions=(PartCommand("Mark done", _mark_done, "check", when=lambda a, _today: not _done(a)),),
    )


# ---- meetings


def _pack(over: QWidget, session: Session, record: Contract | ReviewMeeting) -> None:
    """Make the pack for a meeting, or for the next meeting on a contract."""
    from desktop.dialogs.meeting_pack import MeetingPack

    meeting = record if isinstance(record, ReviewMeeting) else None
    number = record.contract if isinstance(record, ReviewMeeting) else record.key
    contract = session.store.many(Contract, [number or 0]).get(number or 0)
    if contract is not None:
        MeetingPack(over.window(), session, contract, meeting).open()


def _enter(over: QWidget, session: Session, meeting: ReviewMeeting) -> None:
    """Enter the actions of a meeting by the numbers of its pack."""
    from desktop.dialogs.enter_actions import EnterActions

    EnterActions(over.window(), session, meeting).open()


def _came(person: Attendance, _today: date) -> Cell:
    words = (
        "Came"
        if person.came
        else "Apologies"
        if person.apologies
        else "Did not come"
        if person.came is False
        else ""
    )
    return Cell(words)


ATTENDANCE = PartList[Attendance](
    cls=Attendance,
    link="meeting",
    title="Who was asked",
    columns=("title", "role", PartColumn("came", "Came", _came)),
    under=("role",),
    order=(Order("id"),),
    none="Nobody is listed.",
    add="Add a person",
)


def _in_meetings(reader: Reader, meetings: Sequence[ReviewMeeting]) -> dict[int, list[Action]]:
    found: dict[int, list[Action]] = {m.key: [] for m in meetings}
    for action in reader.all(Action, Query((Where("meeting", "any of", tuple(found)),))) if meetings else ():
        found[action.meeting or 0].append(action)
    return found


def _agreed(reader: Reader, meetings: Sequence[ReviewMeeting], _today: date) -> Mapping[int, Cell]:
    """How many actions a meeting led to, and how many are open."""
    cells = {}
    for number, actions in _in_meetings(reader, meetings).items():
        waiting = sum(not _done(a) for a in actions)
        said = f"{waiting} of {len(actions)} open" if waiting else f"{len(actions)}, all done"
        cells[number] = Cell(said if actions else "")
    return cells


def _when(meeting: ReviewMeeting, today: date) -> Cell:
    if meeting.on is None:
        return Cell("No date", "soft")
    return Cell(show_day(meeting.on), note="to come" if meeting.on > today else "")


def _next_meeting(
    reader: Reader, parent: Record, meetings: Sequence[ReviewMeeting], today: date
) -> Mapping[str, Value]:
    """On the day the last meeting set, or when the next review is due, with the same people asked for."""
    if not isinstance(parent, Contract):
        return {}
    last = next((m for m in meetings_of(reader, parent.key) if m.next_on and m.next_on >= today), None)
    values: dict[str, Value] = {"on": last.next_on if last else None}
    if meetings:
        latest = meetings[0]
        values |= {"title": latest.title, "kind": latest.kind, "chair": latest.chair, "place": latest.place,
                   "at": latest.at}  # fmt: skip
    return values


def _meeting_count(_reader: Reader, _parent: Record, meetings: Sequence[ReviewMeeting], today: date) -> str:
    ahead = sum(m.on is not None and m.on > today for m in meetings)
    return f"{count_words(len(meetings) - ahead, 'meeting')} held" + (f", {ahead} to come" if ahead else "")


MEETINGS = PartList[ReviewMeeting](
    cls=ReviewMeeting,
    link="contract",
    title="Meetings",
    columns=(
        "title",
        PartColumn("on", "Date", _when),
        PartColumn("actions", "Actions", cells=_agreed),
    ),
    groups=(
        Group("", ("title", "kind", "on", "at", "place", "chair")),
        Group("What was said", ("agenda", "minutes", "next_on")),
    ),
    under=("actions",),
    order=(Order("on", descending=True),),
    none="No meetings yet.",
    add="Add a meeting",
    defaults=_next_meeting,
    summary=_meeting_count,
    actions=(
        PartCommand("Meeting pack…", _pack, "printer", reads=True),
        PartCommand("Enter the actions…", _enter, "list-checks"),
    ),
    commands=(PartCommand[Contract]("Meeting pack…", _pack, "printer", reads=True),),
    children=(ATTENDANCE, actions_of("meeting", "Actions agreed")),
)
ACTIONS = actions_of("contract", "Actions")
