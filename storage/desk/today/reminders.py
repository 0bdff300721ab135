"""Reminders that have come: those a contract has of its own, and those every contract has by default."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from storage.desk.contract.reminding import WORDS, day_of
from storage.desk.put_right.register import OVER, Register, grouped
from storage.desk.today.due import AHEAD, Due, due_of
from storage.desk.writing import found, joined_step
from storage.engine.conditions import Where
from storage.engine.fields import Period
from storage.engine.partly import read_partly
from storage.engine.query import Query
from storage.engine.store import Store
from storage.engine.values import show_day
from storage.records.contracts import Contract
from storage.records.planning import REMINDED_OF, DefaultReminder, Reminder
from storage.rules.reviews import reminders_due


@dataclass(frozen=True, slots=True)
class Wish:
    """To be reminded so long before a date of a contract; `number` is that of its record, 0 for one by default."""

    about: str
    lead: Period
    dismissed_for: date | None = None
    off: bool = False
    number: int = 0
    title: str = ""

    @property
    def key(self) -> str:
        """The date and how long before it, by which a contract's own reminder replaces the one by default."""
        return f"{self.about}/{self.lead.code}"


def wishes(own: Sequence[Reminder], usual: Sequence[DefaultReminder]) -> tuple[Wish, ...]:
    """The reminders of one contract: the usual ones, each replaced by its own for the same date and time."""
    held = {w.key: w for w in (Wish(u.about, u.lead) for u in usual if u.lead and u.about and not u.off)}
    for each in own:
        wish = Wish(
            each.about, each.lead or Period(0, "d"), each.dismissed_for, bool(each.off), each.key, each.title
        )
        held[wish.key] = wish
    return tuple(held.values())


def reminders(register: Register) -> Iterator[Due]:
    """The reminders that have come and are not dismissed; of several for one date only the latest.

    What is due within the days looked ahead stands in the list of its own accord, so the usual reminders are for
    days further off; one that a contract has of its own is always shown until it is dismissed.
    """
    usual = register.rows(DefaultReminder, "about", "lead", "off")
    own = grouped(
        register.rows(Reminder, "contract", "title", "about", "lead", "dismissed_for", "off"), "contract"
    )
    names = tuple(dict.fromkeys(REMINDED_OF.values()))
    contracts = read_partly(register.reader, Contract, [n for n in names if n not in _READ])
    dates = {c.key: c for c in contracts}
    for contract in register.contracts:
        if contract.position in OVER or contract.position == "Draft":
            continue
        asked = wishes(own.get(contract.key, ()), usual)
        if asked:
            yield from _come(register, contract, dates[contract.key], asked)


_READ = frozenset(
    ("notice_by", "serve_by", "act_by", "ends", "review_date", "insurance_expiry", "form_target_date")
)


def _come(register: Register, contract: Contract, more: Contract, asked: Sequence[Wish]) -> Iterator[Due]:
    by_date: dict[str, list[Wish]] = defaultdict(list)
    for wish in asked:
        if not wish.off:
            by_date[wish.about].append(wish)
    for about, those in by_date.items():
        name = REMINDED_OF.get(about, about)
        day = getattr(contract if name in _READ else more, name, None)
        if not isinstance(day, date):
            continue
        shown = _latest(those, day, register.today)
        if shown is not None and (shown.number or (day - register.today).days > AHEAD):
            what = shown.title or _told(WORDS.get(name, about), shown.lead)
            due = due_of(contract, what, day, "reminder", name)
            yield replace(due, reminder=f"{contract.key}/{shown.key}")


def _latest(asked: Sequence[Wish], day: date, today: date) -> Wish | None:
    """The reminder of a day that came last, unless it was dismissed; None while none has come."""
    gone = {(w.lead, day) for w in asked if w.dismissed_for == day}
    come = reminders_due(day, [w.lead for w in asked], (), today).value
    if not come or (come[-1].lead, day) in gone:
        return None
    return next(w for w in asked if w.lead == come[-1].lead)


def _told(date_words: str, lead: Period) -> str:
    return f"{date_words}, less than {lead} away" if lead.count else date_words


def dismiss(store: Store, key: str) -> Reminder:
    """Dismiss a reminder for the date it has now; when that date moves, it comes again. One undo brings it back.

    Raises `StorageError` when the contract is gone.
    """
    number, about, code = key.split("/")
    contract = found(store, Contract, int(number))
    where = (Where("contract", "is", (contract.key,)),)
    kept = [r for r in store.all(Reminder, Query(where=where)) if r.about == about]
    lead = Period.from_code(code)
    held = next((r for r in kept if (r.lead or Period(0, "d")) == lead), None)
    wish = held or Reminder(contract=contract.key, about=about, lead=lead)
    day = day_of(contract, wish)
    told = f" for {show_day(day)}" if day else ""
    with joined_step(store, f"Dismiss the reminder of {contract.name}{told}"):
        return store.save(replace(wish, dismissed_for=day))
