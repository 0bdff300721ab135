"""What each reference list shows and how it is typed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop.pages.part_list import PartColumn, PartList
from storage.engine.fields import Record, Value
from storage.engine.query import Order
from storage.engine.reading import Reader
from storage.engine.values import show_day, show_money_short, show_number, weekday_name
from storage.records.letters import LetterTemplate
from storage.records.planning import DecisionMeeting, DefaultReminder, LeadTime, Threshold
from storage.records.reference import BankHoliday
from widgets.form import Group
from widgets.table_model import Cell


@dataclass(frozen=True, slots=True)
class ReferenceList:
    """One list of the dialog: its tab, a sentence on what it is for, and its rows."""

    key: str
    title: str
    note: str
    parts: PartList[Any]


def _figure(limit: Threshold, _today: date) -> Cell:
    if limit.amount is not None:
        return Cell(show_money_short(limit.amount))
    return Cell(show_number(limit.figure) if limit.figure is not None else "")


def _day(holiday: BankHoliday, _today: date) -> Cell:
    return (
        Cell(f"{weekday_name(holiday.on)} {show_day(holiday.on)}") if holiday.on else Cell("No date", "soft")
    )


def _like_the_last(
    _reader: Reader, _parent: Record, parts: Sequence[DecisionMeeting], _today: date
) -> Mapping[str, Value]:
    """The same committee as the last one listed."""
    return {"title": parts[-1].title} if parts else {}


LEAD_TIMES = PartList[LeadTime](
    cls=LeadTime,
    link="",
    title="Ways of buying",
    columns=("title", "mobilisation", "standstill_days", "tender", "approval"),
    groups=(
        Group("", ("title", "code", "mobilisation", "tender", "approval", "paper_deadline", "standstill_days",
                   "regime", "source")),
    ),
    under=("approval", "standstill_days"),
    order=(Order("id"),),
    none="No way of buying is listed, so no last safe date can be worked out.",
    add="Add a way of buying",
)  # fmt: skip
MEETINGS = PartList[DecisionMeeting](
    cls=DecisionMeeting,
    link="",
    title="Meetings that decide",
    columns=("title", "on", "papers_due"),
    order=(Order("on"), Order("id")),
    none="No meetings are listed: the day a decision is needed is then taken as it is.",
    add="Add a meeting",
    defaults=_like_the_last,
    tone=lambda meeting, today: "soft" if meeting.on and meeting.on < today else "",
)
LIMITS = PartList[Threshold](
    cls=Threshold,
    link="",
    title="Limits of the law",
    columns=("title", PartColumn("figure", "Limit", _figure, right=True), "from_on", "until"),
    groups=(Group("", ("title", "code", "amount", "figure", "from_on", "until", "source")),),
    under=("until",),
    order=(Order("title"), Order("from_on")),
    none="No limits are listed; those of the program are used.",
    add="Add a limit",
    tone=lambda limit, today: "soft" if limit.until and limit.until < today else "",
)
HOLIDAYS = PartList[BankHoliday](
    cls=BankHoliday,
    link="",
    title="Bank holidays",
    columns=(PartColumn("on", "Date", _day), "title"),
    order=(Order("on"),),
    none="No bank holidays are listed, so only weekends are passed over.",
    add="Add a bank holiday",
    tone=lambda holiday, today: "soft" if holiday.on and holiday.on < today else "",
)
TEMPLATES = PartList[LetterTemplate](
    cls=LetterTemplate,
    link="",
    title="Letter templates",
    columns=("title", "kind"),
    order=(Order("kind"), Order("title")),
    none="No letter templates.",
    add="Add a template",
)
REMINDERS = PartList[DefaultReminder](
    cls=DefaultReminder,
    link="",
    title="Usual reminders",
    columns=("about", "lead", "off"),
    order=(Order("about"), Order("id")),
    none="None. Contracts remind only of what is set on them.",
    add="Add a reminder",
    defaults=lambda _reader, _parent, _parts, _today: {"about": "Last day to give notice"},
    tone=lambda reminder, _today: "soft" if reminder.off or reminder.lead is None else "",
)
LISTS = (
    ReferenceList(
        "lead_times",
        "Lead times",
        "How long each way of buying takes, stage by stage, counted back from the day the new contract starts.",
        LEAD_TIMES,
    ),
    ReferenceList(
        "meetings",
        "Decision meetings",
        "The calendar of the committees that decide, with the day each wants its papers.",
        MEETINGS,
    ),
    ReferenceList(
        "limits",
        "Limits",
        "What the law sets, with the days between which it holds. A change of the law is a new row with its first "
        "day; the old row stays for what was done under it. The code says which rule a limit belongs to.",
        LIMITS,
    ),
    ReferenceList("holidays", "Bank holidays", "Days that are no working days, besides weekends.", HOLIDAYS),
    ReferenceList(
        "templates",
        "Letter templates",
        "The words of letters; places in curly brackets are filled from the contract.",
        TEMPLATES,
    ),
    ReferenceList(
        "reminders",
        "Usual reminders",
        "Every contract has these. One that a contract has of its own for the same date and time stands in its place. "
        "Each is shown under Today when it has come, until it is dismissed.",
        REMINDERS,
    ),
)
