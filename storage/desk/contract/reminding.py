"""Reminders of a contract: which date each counts from, and the day on which it reminds."""

from __future__ import annotations

from datetime import date

from storage.records.contracts import Contract
from storage.records.planning import REMINDED_OF, Reminder
from storage.rules.months import subtract_period

WORDS = {name: words for words, name in REMINDED_OF.items()}
"""What a date is called in a reminder, by the name of its field."""


def day_of(contract: Contract, reminder: Reminder) -> date | None:
    """The date a reminder counts from, as it is now; None while the contract has none."""
    name = REMINDED_OF.get(reminder.about, reminder.about)
    found = getattr(contract, name, None) if name in Contract.FIELDS else None
    return found if isinstance(found, date) else None


def remind_on(contract: Contract, reminder: Reminder) -> date | None:
    """The day on which it reminds: so long before its date, or on that day where no time is set."""
    day = day_of(contract, reminder)
    return subtract_period(day, reminder.lead) if day and reminder.lead else day
