"""The reference lists every file starts with, and that an older file is given once: afterwards they are the user’s."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from importlib import resources
from types import MappingProxyType
from typing import Final

from storage.checklists.lists import shipped_entries
from storage.desk.limits import as_shipped
from storage.engine.fields import Period, Record
from storage.engine.store import Store
from storage.records.letters import LetterTemplate
from storage.records.planning import DefaultReminder, LeadTime, Threshold
from storage.records.reference import BankHoliday
from storage.records.templates import ListItem
from storage.rules.planning_reference import lead_times
from storage.rules.reference import bank_holidays


def _bank_holidays() -> list[Record]:
    return [BankHoliday(on=day, title=name) for day, name in bank_holidays().items()]


def _lead_times() -> list[Record]:
    return [
        LeadTime(
            title=each.title,
            code=each.route,
            regime=each.regime,
            mobilisation=each.mobilisation,
            standstill_days=each.standstill_working_days,
            tender=each.tender,
            approval=each.approval,
            paper_deadline=each.paper_deadline,
            source=each.source,
        )
        for each in lead_times()
    ]


def _letter_templates() -> list[Record]:
    """The templates in `resources/letters`, by name of file."""
    folder = resources.files("resources") / "letters"
    texts = sorted(
        (f.name, f.read_text(encoding="utf-8")) for f in folder.iterdir() if f.name.endswith(".toml")
    )
    rows = [tomllib.loads(text) for _, text in texts]
    return [
        LetterTemplate(title=r["title"], kind=r["kind"], subject=r["subject"], body=r["body"].strip())
        for r in rows
    ]


def _limits() -> list[Record]:
    return [*as_shipped()]


def _reminders() -> list[Record]:
    return [
        DefaultReminder(about=about, lead=lead)
        for about in ("Last day to give notice", "Last safe day to act")
        for lead in (Period(6, "m"), Period(3, "m"))
    ]


def _list_entries() -> list[Record]:
    return [
        ListItem(
            list_name=each.list, value=each.value, title=each.label, number=each.number, colour=each.colour,
            escalate_to=each.escalate_to, from_on=each.from_on, until=each.until, source=each.source,
        )
        for each in shipped_entries()
    ]  # fmt: skip


LISTS: Final[Mapping[type[Record], Callable[[], list[Record]]]] = MappingProxyType(
    {
        BankHoliday: _bank_holidays,
        LeadTime: _lead_times,
        LetterTemplate: _letter_templates,
        Threshold: _limits,
        DefaultReminder: _reminders,
        ListItem: _list_entries,
    }
)
"""Each list with what the program knows of it."""


def lacking(store: Store) -> list[type[Record]]:
    """The lists this file has never had; one that somebody emptied stays empty."""
    return [cls for cls in LISTS if store.next_id(cls) == 1]


def add_lists(store: Store) -> None:
    """Add the lists the file has never had, inside the open step."""
    for cls in lacking(store):
        store.save_many(LISTS[cls]())
