"""What follows a contract performance notice: meeting, plan or investigation, exception report, money withheld."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from storage.engine.values import Period, show_day, show_money
from storage.rules.explained import Explained, Reason
from storage.rules.months import add_period
from storage.rules.wording import weekday_day
from storage.rules.working_days import add_working_days, unlisted

REMEDIAL_PLAN = "Remedial action plan"
IMMEDIATE_PLAN = "Immediate action plan"
INVESTIGATION = "Joint investigation"
WITHDRAWN = "Withdrawn"
OUTCOMES = (REMEDIAL_PLAN, IMMEDIATE_PLAN, INVESTIGATION, WITHDRAWN)
"""What the meeting can come to."""

_INVESTIGATION = Period(2, "m")

DONE, DONE_LATE, DUE, OVERDUE, OPEN, CLOSED = "Done", "Done late", "Due", "Overdue", "Open", "Closed"

GC9 = "NHS Standard Contract, General Condition 9 (check the wording of 2026/27)"
GC9_PRACTICE = "General Condition 9 as known from earlier years: check the days in your own contract"


@dataclass(frozen=True, slots=True)
class NoticeDays:
    """How long each step may take, in Operational Days but for the investigation; a contract may say otherwise."""

    meeting: int = 10  # after the notice
    plan: int = 5  # to agree a plan, after the meeting or the report of an investigation
    investigation: Period = _INVESTIGATION  # at the longest, after the meeting
    remedy: int = 5  # to put a missed milestone right before an exception report


@dataclass(frozen=True, slots=True)
class PlanMilestone:
    """A step of a plan: the day it is due, and the day it was done."""

    title: str
    due: date | None
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """What has happened since a notice was served; None is what has not, or is not recorded."""

    served_on: date | None
    meeting_on: date | None = None
    outcome: str = ""
    reported_on: date | None = None  # the joint investigation
    agreed_on: date | None = None  # the plan
    milestones: tuple[PlanMilestone, ...] = ()
    exception_on: date | None = None
    withheld_on: date | None = None
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the path: the day it is due or possible from, the day it was taken, and how it stands."""

    title: str
    due: date | None
    done_on: date | None
    state: str
    reason: Reason


def notice_path(
    facts: NoticeFacts, today: date, holidays: frozenset[date], days: NoticeDays | None = None
) -> Explained[tuple[Step, ...]]:
    """Every step that is reached or comes next, with its last day by Operational Days.

    An Operational Day is a weekday that is no bank holiday in England; the day a count begins on is left out.
    A joint investigation puts the plan off until its report; a withdrawn notice leads no further. An exception
    report is no duty: the day is the first on which it can be made. Source: NHS Standard Contract, GC9.
    """
    if facts.served_on is None:
        return Explained((), "The day the notice was served is not recorded.")
    path = _Path(today, holidays, days or NoticeDays(), facts)
    path.walk(facts.served_on)
    why = path.next_words() + unlisted((step.due for step in path.steps if step.due), holidays)
    return Explained(tuple(path.steps), why, tuple(step.reason for step in path.steps))


def overdue_milestones(
    milestones: Sequence[PlanMilestone], today: date
) -> Explained[tuple[PlanMilestone, ...]]:
    """The steps of a plan whose day has passed and that are not done, the longest overdue first."""
    late = [(each.due, each) for each in milestones if each.due and each.due < today and not each.done_on]
    late.sort(key=lambda pair: pair[0])
    found = tuple(each for _, each in late)
    undated = sum(each.due is None and each.done_on is None for each in milestones)
    rest = f" {undated} without a day." if undated else ""
    if not milestones:
        return Explained((), "The plan has no milestones.")
    if not found:
        return Explained((), f"No milestone is overdue.{rest}")
    steps = tuple(Reason(f"{each.title}: due {show_day(due)}") for due, each in late)
    count = "1 milestone is" if len(found) == 1 else f"{len(found)} milestones are"
    return Explained(found, f"{count} overdue, of {len(milestones)}.{rest}", steps)


def still_withheld(withheld: int | None, returned: int | None) -> Explained[int | None]:
    """The pence withheld and not returned yet; more returned than withheld is said and counts as nought."""
    if withheld is None:
        return Explained(None, "No money is recorded as withheld.")
    left = withheld - (returned or 0)
    steps = (
        Reason(f"Withheld: {show_money(withheld)}", GC9),
        Reason(f"Returned: {show_money(returned or 0)}"),
    )
    if left < 0:
        why = f"{show_money(-left)} more was returned than withheld: one of the two figures is wrong."
        return Explained(0, why, steps)
    return Explained(left, f"{show_money(left)} is withheld and not returned.", steps)


class _Path:
    """The steps of one notice, found one after another."""

    def __init__(self, today: date, holidays: frozenset[date], days: NoticeDays, facts: NoticeFacts) -> None:
        self.today = today
        self.holidays = holidays
        self.days = days
        self.facts = facts
        self.steps: list[Step] = []

    def walk(self, served_on: date) -> None:
        """Note each step as far as the path has got, and the one that comes next."""
        facts, days = self.facts, self.days
        self._note(
            "Notice served", None, served_on, f"The notice was served on {weekday_day(served_on)}.", GC9
        )
        met = self._within("Meeting", served_on, days.meeting, facts.meeting_on, "the notice", GC9)
        if met is None or facts.outcome == WITHDRAWN:
            return
        settled, since = met, "the meeting"
        if facts.outcome == INVESTIGATION:
            due = add_period(met, days.investigation)
            words = (
                f"{days.investigation} at the longest after the meeting of {show_day(met)}: {show_day(due)}."
            )
            self._note("Investigation reported", due, facts.reported_on, words, GC9_PRACTICE)
            if facts.reported_on is None:
                return
            settled, since = facts.reported_on, "the report"
        agreed = self._within("Plan agreed", settled, days.plan, facts.agreed_on, since, GC9_PRACTICE)
        if agreed is not None:
            self._after_the_plan()

    def next_words(self) -> str:
        """The step that waits, or how the path has ended."""
        facts = self.facts
        if facts.closed_on is not None:
            return f"Closed on {show_day(facts.closed_on)}."
        if facts.outcome == WITHDRAWN:
            return "The notice was withdrawn at the meeting."
        for step in self.steps:
            if step.done_on is None and step.state in (DUE, OVERDUE) and step.due is not None:
                late = f", overdue since {show_day(step.due)}" if step.state == OVERDUE else ""
                by = "" if late else f" by {weekday_day(step.due)}"
                return f"Next: {step.title[0].lower()}{step.title[1:]}{by}{late}."
        waiting = [step for step in self.steps if step.state == OPEN]
        if waiting:
            return waiting[0].reason.words
        return "Every step so far is done."

    def _after_the_plan(self) -> None:
        """The milestones, and what a missed one leads to."""
        for each in self.facts.milestones:
            words = (
                f"{each.title}: due {show_day(each.due)}." if each.due else f"{each.title}: no day is set."
            )
            self._note(each.title, each.due, each.done_on, words, "The plan agreed")
        missed = overdue_milestones(self.facts.milestones, self.today).value
        exception = self.facts.exception_on
        if exception is None and missed and missed[0].due is not None:
            possible = add_working_days(missed[0].due, self.days.remedy, self.holidays)
            words = (
                f"“{missed[0].title}” was missed on {show_day(missed[0].due)}: an exception report can be made "
                f"from {show_day(possible)}, {self.days.remedy} Operational Days later, if it is not put right."
            )
            self.steps.append(
                Step("Exception report", possible, None, self._open(), Reason(words, GC9_PRACTICE))
            )
        if exception is not None:
            words = f"The exception report was made on {weekday_day(exception)}."
            self._note("Exception report", None, exception, words, GC9)
            words = "Money can be withheld while the breach lasts; the contract says how much."
            withheld = self.facts.withheld_on
            state = DONE if withheld is not None else self._open()
            self.steps.append(Step("Withholding", None, withheld, state, Reason(words, GC9_PRACTICE)))

    def _within(
        self, title: str, since: date, count: int, done_on: date | None, after: str, source: str
    ) -> date | None:
        """Note a step that has so many Operational Days, and the day it was taken."""
        due = add_working_days(since, count, self.holidays)
        words = f"{count} Operational Days after {after} of {show_day(since)}: {weekday_day(due)}."
        self._note(title, due, done_on, words, source)
        return done_on

    def _note(self, title: str, due: date | None, done_on: date | None, words: str, source: str) -> None:
        """Note a step and how it stands."""
        if done_on is not None:
            state = DONE_LATE if due is not None and done_on > due else DONE
        elif self.facts.closed_on is not None:
            state = CLOSED
        else:
            state = OPEN if due is None else OVERDUE if due < self.today else DUE
        self.steps.append(Step(title, due, done_on, state, Reason(words, source)))

    def _open(self) -> str:
        """How a step stands that may be taken and need not be."""
        return OPEN if self.facts.closed_on is None else CLOSED
