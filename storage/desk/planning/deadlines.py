"""The days ahead that a calendar should hold: dates of contracts, meetings, actions, results of KPIs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from storage.desk.contract.reminding import WORDS
from storage.desk.today.reminders import Wish, wishes
from storage.engine.conditions import Where
from storage.engine.query import ALL, Query
from storage.engine.reading import Reader
from storage.engine.values import show_day
from storage.records.actions import Action
from storage.records.contract_ends import NOTICE_SERVED
from storage.records.contracts import Contract
from storage.records.measures import Kpi, KpiResult
from storage.records.meetings import ReviewMeeting
from storage.records.planning import REMINDED_OF, DefaultReminder, Reminder
from storage.records.specification_parts import Derogation
from storage.records.specifications import Specification
from storage.rules.kpi_periods import FREQUENCIES, ONCE, period_label, periods
from storage.rules.kpis import MILESTONE
from storage.rules.months import add_months, subtract_period

MONTHS_OF_RETURNS = 12
"""How far ahead the returns of KPIs go: they come round for as long as the contract runs."""
_OVER = ("Draft", "Terminated", "Cancelled")
_DONE_WITH_NOTICE = ("notice_by", "serve_by", "provider_notice_by", "act_by", "decide_by")
_TYPED = "Recorded in the register."


@dataclass(frozen=True, slots=True)
class Deadline:
    """One day to keep: `key` never changes for the same thing, whatever its day becomes."""

    key: str
    kind: str
    day: date
    title: str
    why: str
    reference: str = ""
    alarms: tuple[int, ...] = ()  # so many days before

    @property
    def words(self) -> str:
        """What stands in the calendar on the day."""
        return f"{self.kind}: {self.title}"


def deadlines(reader: Reader, query: Query = ALL) -> list[Deadline]:
    """What lies on today or ahead, of the contracts a query finds; the earliest first.

    Drafts and what is terminated or cancelled are left out; under notice the days that led up to it are too. Actions
    of no contract and departures from specifications are there only when every contract is asked for.
    Raises `StorageError` when the file cannot be read.
    """
    contracts = {c.key: c for c in reader.all(Contract, query) if c.stage not in _OVER}
    found = [
        *_of_contracts(reader, list(contracts.values())),
        *_meetings(reader, contracts),
        *_actions(reader, contracts, everything=not (query.where or query.words)),
        *_returns(reader, contracts),
        *(_departures(reader) if not (query.where or query.words) else ()),
    ]
    today = reader.today()
    return sorted((d for d in found if d.day >= today), key=lambda d: (d.day, d.words, d.key))


def _of_contracts(reader: Reader, contracts: Sequence[Contract]) -> Iterator[Deadline]:
    """The dates of contracts one can be reminded of, each with the sentence that says why."""
    names = tuple(dict.fromkeys(REMINDED_OF.values()))
    whys = reader.whys(contracts, names)
    usual = reader.all(DefaultReminder)
    own: dict[int | None, list[Reminder]] = defaultdict(list)
    for each in reader.all(Reminder):
        own[each.contract].append(each)
    for place, contract in enumerate(contracts):
        wished = wishes(own[contract.key], usual)
        for name in names:
            day = getattr(contract, name)
            if day is None or (contract.stage == NOTICE_SERVED and name in _DONE_WITH_NOTICE):
                continue
            why = whys[name][place] if name in whys else _TYPED
            yield Deadline(
                f"{contract.uuid}-{name}", WORDS[name], day, contract.title, why, contract.reference,
                _alarms(wished, name, day),
            )  # fmt: skip


def _alarms(wished: Sequence[Wish], name: str, day: date) -> tuple[int, ...]:
    """How many days before a day its reminders come, the earliest first; those dismissed for it are left out."""
    leads = (
        (day - subtract_period(day, wish.lead)).days
        for wish in wished
        if REMINDED_OF.get(wish.about, wish.about) == name and not wish.off and wish.dismissed_for != day
    )
    return tuple(sorted(set(leads), reverse=True))


def _meetings(reader: Reader, contracts: Mapping[int, Contract]) -> Iterator[Deadline]:
    """Review meetings, and the next one where only its day is known."""
    held = [m for m in reader.all(ReviewMeeting) if m.contract in contracts]
    known = {(m.contract, m.on) for m in held}
    for each in held:
        contract = contracts[each.contract or 0]
        title = f"{each.title} – {contract.title}"
        said = " ".join(
            w for w in (each.at and f"At {each.at}.", each.place and f"Place: {each.place}.") if w
        )
        if each.on is not None:
            yield Deadline(
                f"{each.uuid}-meeting", "Meeting", each.on, title, said or _TYPED, contract.reference
            )
        if each.next_on is not None and (each.contract, each.next_on) not in known:
            why = f"Set at the meeting on {show_day(each.on)}." if each.on else _TYPED
            yield Deadline(
                f"{each.uuid}-next-meeting", "Next meeting", each.next_on, title, why, contract.reference
            )


def _actions(reader: Reader, contracts: Mapping[int, Contract], *, everything: bool) -> Iterator[Deadline]:
    """Open actions with a day, of these contracts, or of all and of none."""
    for each in reader.all(Action, Query((Where("status", "is", ("Open",)), Where("due", "not blank")))):
        contract = contracts.get(each.contract or 0)
        if each.due is None or (contract is None and not everything):
            continue
        why = f"To be done by {each.owner}." if each.owner else "No owner is named."
        reference = contract.reference if contract else ""
        yield Deadline(f"{each.uuid}-due", "Action due", each.due, each.title, why, reference)


def _departures(reader: Reader) -> Iterator[Deadline]:
    """Departures from specifications, by the day they end."""
    parts = reader.all(Derogation, Query((Where("until", "not blank"), Where("ended_on", "blank"))))
    held = reader.many(Specification, [p.specification for p in parts if p.specification])
    for each in parts:
        about = held.get(each.specification or 0)
        if each.until is not None and about is not None and not about.binned:
            title = f"{each.title} – {about.title}"
            yield Deadline(f"{each.uuid}-until", "Departure ends", each.until, title, _TYPED, about.reference)


def _returns(reader: Reader, contracts: Mapping[int, Contract]) -> Iterator[Deadline]:
    """The results of KPIs that will be asked for over the months ahead, and milestones not yet reached."""
    have: dict[int | None, list[date]] = defaultdict(list)
    for result in reader.all(KpiResult):
        if result.period_start is not None and result.value is not None:
            have[result.kpi].append(result.period_start)
    for kpi in reader.all(Kpi):
        contract = contracts.get(kpi.contract or 0)
        if contract is None:
            continue
        title = f"{kpi.title} – {contract.title}"
        if kpi.better == MILESTONE:
            if kpi.due_on is not None and kpi.reached_on is None:
                yield Deadline(
                    f"{kpi.uuid}-milestone",
                    "KPI milestone due",
                    kpi.due_on,
                    title,
                    _TYPED,
                    contract.reference,
                )
            continue
        yield from _periods(kpi, contract, title, have[kpi.key], reader.today())


def _periods(
    kpi: Kpi, contract: Contract, title: str, have: Sequence[date], today: date
) -> Iterator[Deadline]:
    """One KPI's results to come, one a period."""
    since = kpi.begins or contract.start
    if since is None or kpi.frequency not in FREQUENCIES:
        return
    end = min((day for day in (kpi.ends, contract.ends) if day is not None), default=None)
    once = kpi.frequency == ONCE
    done = {"" if once else period_label(kpi.frequency, day) for day in have}
    until = add_months(today, MONTHS_OF_RETURNS)
    for each in periods(kpi.frequency, since, until, end):
        if today <= each.due <= until and ("" if once else each.label) not in done:
            why = f"{each.label} ends on {show_day(each.last)}; measured {kpi.frequency.lower()}."
            key = f"{kpi.uuid}-return-{'once' if once else each.first.isoformat()}"
            yield Deadline(key, "KPI result due", each.due, title, why, contract.reference)
