"""What each reference list shows and how it is typed in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.pages.part_list import PartColumn, PartCommand, PartList
from desktop.pages.specification.pathway import freshness
from desktop.session import Session
from storage.desk.specification.phrases import Wording, renew, where_used
from storage.engine.fields import Record, Value
from storage.engine.query import Order
from storage.engine.reading import Reader
from storage.engine.values import show_day, show_money_short, show_number, weekday_name
from storage.records.evidence import Evidence, Phrase
from storage.records.letters import LetterTemplate
from storage.records.planning import DecisionMeeting, DefaultReminder, LeadTime, Threshold
from storage.records.reference import BankHoliday
from storage.records.specifications import OwnOutline
from storage.records.templates import ListItem
from widgets.form import Group
from widgets.table_model import Cell
from widgets.worked import WorkedValue


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


def _like_the_last_entry(
    _reader: Reader, _parent: Record, parts: Sequence[ListItem], _today: date
) -> Mapping[str, Value]:
    """Of the same list as the last one."""
    return {"list_name": parts[-1].list_name} if parts else {}


def _used(reader: Reader, phrase: Phrase, _today: date) -> Sequence[WorkedValue]:
    """Where a phrase stands, and where it reads otherwise by now."""
    found = where_used(reader, phrase.key)
    counts = Counter(each.wording for each in found)
    words = ", ".join(f"{counts[w]:,} {w.value.lower()}" for w in Wording if counts[w])
    names = "; ".join(f"{u.specification.title}, {u.section.number} {u.section.heading}" for u in found)
    return (WorkedValue("used", "Where it stands", words or "Nowhere", f"{names}." if names else "", ()),)


def _renew(_over: QWidget, session: Session, phrase: Phrase) -> None:
    """Let every section that has an earlier wording say what the phrase says now."""
    found = [u for u in where_used(session.store, phrase.key) if u.wording is Wording.OLDER]

    def all_of_them() -> None:
        with session.store.step(f"Renew “{phrase.title}” where it is used"):
            for each in found:
                renew(session.store, phrase.key, each.section.key)

    if found and session.attempt(all_of_them):
        many = "1 section" if len(found) == 1 else f"{len(found):,} sections"
        session.said.emit(f"{many} now read as the phrase does.")
    elif not found:
        session.said.emit("No section has an earlier wording of it.")


PHRASES = PartList[Phrase](
    cls=Phrase,
    link="",
    title="Phrases",
    columns=("title", "topic", "review_date"),
    order=(Order("topic"), Order("title")),
    none="No phrases. Keep here the paragraphs that stand in every specification, such as safeguarding.",
    add="Add a phrase",
    worked=_used,
    actions=(PartCommand("Renew it where it is used", _renew, "arrow-clockwise"),),
    also=("specification_section", "phrase_use"),
)
EVIDENCE = PartList[Evidence](
    cls=Evidence,
    link="",
    title="Evidence",
    columns=("title", "figure", "source", PartColumn("freshness", "Freshness", freshness)),
    groups=(
        Group("", ("title", "kind", "statement", "figure", "group", "weakness")),
        Group("Where it comes from", ("source", "address", "year", "published_on", "stale_on", "owner")),
    ),
    under=("source",),
    order=(Order("kind"), Order("title")),
    none="No facts. Keep each once, with its source, its year and what is weak about it, and cite it from many places.",
    add="Add a fact",
)
CHECKLISTS = PartList[ListItem](
    cls=ListItem,
    link="",
    title="Lists of checklists",
    columns=("list_name", "title", "number", "until"),
    groups=(
        Group("", ("list_name", "title", "value", "number")),
        Group("Bands of risk", ("colour", "escalate_to")),
        Group("When it holds, and where it is laid down", ("from_on", "until", "source")),
    ),
    under=("until",),
    order=(Order("list_name"), Order("id")),
    none="No lists; those of the program are used.",
    add="Add an entry",
    defaults=_like_the_last_entry,
    tone=lambda item, today: "soft" if item.until and item.until < today else "",
)
OUTLINES = PartList[OwnOutline](
    cls=OwnOutline,
    link="",
    title="Outlines of your own",
    columns=("title", "about"),
    groups=(Group("", ("title", "about")),),
    order=(Order("title"),),
    none="None. Write the headings in a specification, then keep it as an outline.",
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
    ReferenceList(
        "evidence",
        "Evidence",
        "The shelf of facts. A fact goes stale on its day, wherever it is cited.",
        EVIDENCE,
    ),
    ReferenceList(
        "checklists",
        "Checklists",
        "What checklists draw on: bands and limits of risk, protected characteristics, inclusion groups, words to "
        "choose from. A checklist that was started keeps the lists as they were.",
        CHECKLISTS,
    ),
    ReferenceList("phrases", "Phrases", "Paragraphs to put into specifications again and again.", PHRASES),
    ReferenceList(
        "outlines",
        "Outlines",
        "Headings a specification can start from, besides those of the program.",
        OUTLINES,
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
