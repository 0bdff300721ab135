"""The last safe day to begin: from the end of a contract back through every stage that has to come before it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from storage.engine.values import Period, show_day
from storage.rules.explained import Explained, Reason
from storage.rules.months import subtract_period
from storage.rules.notice import NoticeTerms, last_day
from storage.rules.planning_reference import LeadTime
from storage.rules.wording import weekday_day
from storage.rules.working_days import (
    add_working_days,
    is_working_day,
    unlisted,
    working_day_on_or_before,
)

START, PAPERS, APPROVAL, TENDER = "start", "papers", "approval", "tender"
AWARD, STANDSTILL, SIGNED, BEGINS, END = "award", "standstill", "signed", "begins", "end"
TELL, LAST_DAY = "tell", "last day"

TITLES = {
    START: "Start by",
    PAPERS: "Papers due",
    APPROVAL: "Approval meeting",
    TENDER: "Tender opens",
    AWARD: "Award notice published",
    STANDSTILL: "Standstill ends",
    SIGNED: "Contract signed",
    BEGINS: "New contract starts",
    END: "Contract ends",
    TELL: "Provider told",
    LAST_DAY: "Last day to extend",
}
"""Every milestone there can be, with the words for it."""

MOVABLE = frozenset((START, PAPERS, APPROVAL, TENDER, AWARD, STANDSTILL, SIGNED, TELL))
"""The milestones a person may set by hand; the others follow from the contract."""

LATE, RED, AMBER = "Late", "Red", "Amber"
RED_DAYS, AMBER_DAYS = 30, 90

EXTENSION_APPROVAL, EXTENSION_PAPERS = Period(1, "m"), Period(2, "w")
"""How long the paper on an extension takes, and how long before a meeting it is due, when nothing else is set."""

Words = Callable[[], str]
"""Words that are only put together when somebody wants them."""

_ONE = timedelta(days=1)
_UNSPOKEN = Reason("")
_NO_END = "There is no end date to count back from."
# A calendar whose last meeting lies longer ago than this says nothing about the meetings then held.
_CALENDAR_REACHES = timedelta(days=92)
_STANDSTILL_SOURCES = {
    "PSR": "SI 2023/1348, regulation 12",
    "PA23": "Procurement Act 2023, section 51",
}


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting at which decisions are made, and the day its papers are due where that is known."""

    on: date
    papers_due: date | None = None
    name: str = ""


class Milestone(NamedTuple):
    """One day on the way: when it is, the latest that would do for all that follows, and why."""

    key: str
    day: date
    latest: date
    reason: Reason
    moved: bool = False  # set by hand

    @property
    def title(self) -> str:
        """What happens on it."""
        return TITLES[self.key]

    @property
    def too_late(self) -> bool:
        """Whether it was set later than what follows allows."""
        return self.day > self.latest


@dataclass(frozen=True, slots=True)
class Plan:
    """The milestones in the order of time; the first is the day to start by."""

    milestones: tuple[Milestone, ...]

    @property
    def start_by(self) -> date:
        """The last safe day to begin."""
        return self.milestones[0].day

    def day(self, key: str) -> date | None:
        """The day of a milestone; None when the plan has none such."""
        return next((each.day for each in self.milestones if each.key == key), None)


def last_safe_date(
    end: date | None,
    lead: LeadTime,
    meetings: Sequence[Meeting] = (),
    holidays: frozenset[date] = frozenset(),
    moved: Mapping[str, date] | None = None,
    because: tuple[Reason, ...] = (),
    *,
    spoken: bool = True,
) -> Explained[Plan | None]:
    """The plan to have a new contract in place the day after `end`, and the day to start by.

    Days on which a person acts are working days. A standstill runs by the count of the route's regime: the
    day of the notice is left out under the Provider Selection Regime and counted under the Procurement Act.
    The meeting is the latest listed on or before the day the tender opens. `moved` are days set by hand, by
    key; what comes before them is counted back from them. `because` are the steps the end rests on.
    Where words are not wanted (`spoken`), the days alone come back.
    Raises ValueError for a key that cannot be moved.
    """
    if end is None:
        return Explained(None, _NO_END, because)
    back = _Back(holidays, moved or {}, because, spoken)
    _buy_again(back, end, lead, meetings)
    return back.plan(f"for a new contract from {show_day(end + _ONE)} ({lead.title})")


def start_by(
    end: date | None,
    lead: LeadTime,
    meetings: Sequence[Meeting] = (),
    holidays: frozenset[date] = frozenset(),
) -> date | None:
    """The first day of `last_safe_date` alone, without the words: for a whole register at once."""
    if end is None:
        return None
    back = _Back(holidays, {}, spoken=False)
    _buy_again(back, end, lead, meetings)
    return back.last.day


def last_safe_extension(
    end: date | None,
    terms: NoticeTerms | None = None,
    decide_by: date | None = None,
    meetings: Sequence[Meeting] = (),
    holidays: frozenset[date] = frozenset(),
    moved: Mapping[str, date] | None = None,
    approval: Period = EXTENSION_APPROVAL,
    papers: Period = EXTENSION_PAPERS,
    because: tuple[Reason, ...] = (),
    *,
    spoken: bool = True,
) -> Explained[Plan | None]:
    """The plan to decide on an extension in time, and the day to start by.

    The last day to extend is the day the contract names, otherwise the end less the notice its terms ask for,
    otherwise the end itself, and the sentence says which. Raises ValueError for a key that cannot be moved.
    Where words are not wanted (`spoken`), the days alone come back.
    """
    if end is None:
        return Explained(None, _NO_END, because)
    back = _Back(holidays, moved or {}, because, spoken)
    _tell_of_extension(back, end, terms, decide_by)
    _decide(back, meetings, approval, papers, "")
    return back.plan(f"to decide on an extension beyond {show_day(end)}")


def urgency(
    day: date | None, today: date, red_days: int = RED_DAYS, amber_days: int = AMBER_DAYS
) -> Explained[str]:
    """Late once the day has passed, red and amber as it comes near, otherwise nothing; both edges included.

    Raises ValueError unless 0 ≤ red ≤ amber.
    """
    if not 0 <= red_days <= amber_days:
        raise ValueError("Red begins no earlier than amber, and neither after the day.")
    if day is None:
        return Explained("", "There is no day to come near.")
    left = (day - today).days
    if left < 0:
        return Explained(LATE, f"Late: {show_day(day)} passed {_days(-left)} ago.")
    to_go = f"{_days(left)} to go to {show_day(day)}" if left else f"{show_day(day)} is today"
    if left <= red_days:
        return Explained(RED, f"Red: {to_go} (red from {_days(red_days)} before).")
    if left <= amber_days:
        return Explained(AMBER, f"Amber: {to_go} (amber from {_days(amber_days)} before).")
    return Explained("", f"{to_go[0].upper()}{to_go[1:]}.")


class _Back:
    """Milestones found one after another from the end backwards, each resting on the one that follows it."""

    def __init__(
        self,
        holidays: frozenset[date],
        moved: Mapping[str, date],
        because: tuple[Reason, ...] = (),
        spoken: bool = True,
    ) -> None:
        unknown = sorted(set(moved) - MOVABLE)
        if unknown:
            raise ValueError(f"These cannot be set by hand: {', '.join(unknown)}.")
        self.holidays = holidays
        self.moved = moved
        self.because = because
        self.spoken = spoken  # words cost more than days, and a whole register needs only the days
        self.found: list[Milestone] = []
        self.last: Milestone  # the one found last, which the next one is counted back from

    def _add(self, found: Milestone) -> None:
        self.found.append(found)
        self.last = found

    def fixed(self, key: str, day: date, words: Words, because: tuple[Reason, ...] = ()) -> None:
        """Note a day that follows from the contract, and from `because`."""
        self._add(Milestone(key, day, day, self._reason(words, "", because)))

    def working(self, key: str, day: date, how: Words, source: str = "") -> None:
        """Note the working day on or before `day`, unless it was set by hand."""
        latest = working_day_on_or_before(day, self.holidays)
        if latest == day or not self.spoken:
            self.note(key, latest, how, source)
        else:
            back = f", moved back from {weekday_day(day)} to a working day"
            self.note(key, latest, lambda: how() + back, source)

    def note(self, key: str, latest: date, how: Words, source: str = "") -> None:
        """Note the latest day that would do, or the day set by hand in its place."""
        day = self.moved.get(key)
        if day is None and not self.spoken:
            self._add(Milestone(key, latest, latest, _UNSPOKEN))
        elif day is None:
            reason = self._reason(lambda: f"{TITLES[key]}: {weekday_day(latest)} = {how()}.", source)
            self._add(Milestone(key, latest, latest, reason))
        else:
            rest = "" if is_working_day(day, self.holidays) else " It is not a working day."
            reason = self._reason(
                lambda: f"{TITLES[key]}: {weekday_day(day)}, set by hand{_against(day, latest)}{rest}"
            )
            self._add(Milestone(key, day, latest, reason, moved=True))

    def period(self, key: str, period: Period, stage: str, source: str) -> None:
        """Note the working day a stage has to begin on."""
        after = self.last
        self.working(
            key,
            subtract_period(after.day, period),
            lambda: f"{after.title.lower()} {show_day(after.day)} less {period} ({stage})",
            source,
        )

    def plan(self, what_for: str) -> Explained[Plan | None]:
        """The milestones in the order of time, with the sentence of the whole."""
        # The new contract starts after the end, although it is found from it.
        after = [each for each in self.found if each.key == BEGINS]
        plan = Plan((*(each for each in reversed(self.found) if each.key != BEGINS), *after))
        if not self.spoken:
            return Explained(plan, "")
        why = f"Start by {weekday_day(plan.start_by)} {what_for}."
        slipped = [f"{each.title.lower()} {show_day(each.day)}" for each in plan.milestones if each.too_late]
        if slipped:
            why += f" Set by hand too late for what follows: {', '.join(slipped)}."
        why += unlisted((each.day for each in plan.milestones if each.key != END), self.holidays)
        return Explained(plan, why, (plan.milestones[0].reason,))

    def _reason(self, words: Words, source: str = "", because: tuple[Reason, ...] = ()) -> Reason:
        """A step that rests on the milestone found last, or on what the end itself rests on."""
        if not self.spoken:
            return _UNSPOKEN
        return Reason(words(), source, (*because, *((self.last.reason,) if self.found else self.because)))


def _tell_of_extension(back: _Back, end: date, terms: NoticeTerms | None, decide_by: date | None) -> None:
    """The end, the last day to extend, and the working day on which to say so."""
    back.fixed(END, end, lambda: f"The contract ends on {weekday_day(end)}.")
    by_notice = last_day(end, terms) if terms is not None else None
    last = min(decide_by or by_notice or end, end)
    if decide_by is not None:
        given, after = decide_by, ", after its end, so the end is taken" if decide_by > end else ""
        back.fixed(
            LAST_DAY, last, lambda: f"The contract asks for a decision by {weekday_day(given)}{after}."
        )
    elif terms is not None and by_notice is not None:
        agreed = (terms.as_reason(),) if back.spoken else ()
        back.fixed(LAST_DAY, last, lambda: f"The end less the notice agreed: {weekday_day(last)}.", agreed)
    else:
        no_day = "No day to decide by is recorded, so the end itself is taken"
        back.fixed(LAST_DAY, last, lambda: f"{no_day}: {weekday_day(last)}.")
    back.working(TELL, last, lambda: "the last working day on or before the last day to extend")


def _buy_again(back: _Back, end: date, lead: LeadTime, meetings: Sequence[Meeting]) -> None:
    """Every milestone of a new contract, from the end of the old one back to the day to start by."""
    back.fixed(END, end, lambda: f"The contract ends on {weekday_day(end)}.")
    begins = end + _ONE
    back.fixed(BEGINS, begins, lambda: f"The new contract starts the day after: {weekday_day(begins)}.")
    back.period(SIGNED, lead.mobilisation, "mobilisation", lead.source)
    if lead.standstill_working_days:
        _stand_still(back, lead)
    back.period(TENDER, lead.tender, "choosing the provider", lead.source)
    _decide(back, meetings, lead.approval, lead.paper_deadline, lead.source)


def _stand_still(back: _Back, lead: LeadTime) -> None:
    """The last day of the standstill and the day of the notice that begins it."""
    days, signed = lead.standstill_working_days, back.last.day
    ends = working_day_on_or_before(signed - _ONE, back.holidays)
    back.note(
        STANDSTILL, ends, lambda: f"the last working day before the contract is signed {show_day(signed)}"
    )
    last = working_day_on_or_before(back.last.day, back.holidays)
    counted = lead.regime == "PA23"
    published = add_working_days(last, -(days - 1 if counted else days), back.holidays)
    source = _STANDSTILL_SOURCES.get(lead.regime, lead.source)
    how = "the day of the notice counted" if counted else "the day of the notice not counted"
    length = f"{days} working {'day' if days == 1 else 'days'}"
    back.note(AWARD, published, lambda: f"{length} of standstill to {show_day(last)}, {how}", source)


def _decide(back: _Back, meetings: Sequence[Meeting], approval: Period, papers: Period, source: str) -> None:
    """The meeting that decides, the day its papers are due, and the day to begin writing them."""
    needed = back.last.day
    meeting, why_not = _meeting_for(needed, meetings)
    if meeting is not None:
        named = f" ({meeting.name})" if meeting.name else ""
        on = meeting.on
        back.note(APPROVAL, on, lambda: f"the latest meeting{named} listed on or before {show_day(needed)}")
    else:
        back.working(APPROVAL, needed, lambda: why_not)
    decided = back.last.day
    if meeting is None or meeting.on != decided:
        meeting = next((each for each in meetings if each.on == decided), None)
    if meeting is not None and meeting.papers_due is not None:
        due = min(meeting.papers_due, decided)
        words = "the day the calendar gives for the meeting of"
        back.working(PAPERS, due, lambda: f"{words} {show_day(decided)}")
    else:
        back.period(PAPERS, papers, "papers before a meeting", source)
    back.period(START, approval, "writing the paper and clearing it", source)


def _meeting_for(needed: date, meetings: Sequence[Meeting]) -> tuple[Meeting | None, str]:
    """The latest meeting on or before a day, or none and why the day itself is taken."""
    before = [each for each in meetings if each.on <= needed]
    if not before:
        return None, f"no meeting is listed on or before {show_day(needed)}, so the day itself is taken"
    latest = max(before, key=lambda each: each.on)
    if len(before) == len(meetings) and needed - latest.on > _CALENDAR_REACHES:
        return None, (
            f"the calendar of meetings ends with {show_day(latest.on)}, too long before {show_day(needed)}, "
            "so the day itself is taken"
        )
    return latest, ""


def _against(day: date, latest: date) -> str:
    """How a day set by hand compares with the latest that would do."""
    if day == latest:
        return ", which is the latest that would do."
    apart = _days(abs((day - latest).days))
    if day < latest:
        return f", {apart} before the latest that would do, {show_day(latest)}."
    return f", {apart} after the latest that would do, {show_day(latest)}: too late for what follows."


def _days(count: int) -> str:
    """A count of days."""
    return str(Period(count, "d")) if count <= 99_999 else f"{count:,} days"
