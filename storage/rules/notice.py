"""Notice: the day it ends a contract, the last day to give it, the day to serve it by, and what guidance asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from storage.engine.values import Period, show_day
from storage.rules.explained import Explained, Reason
from storage.rules.months import add_period, month_end, subtract_period
from storage.rules.wording import clause_name, in_brackets, notice_words, weekday_day, with_rest_day
from storage.rules.working_days import unlisted, working_day_on_or_before

DEFAULT_CUSHION_DAYS = 28
"""Days kept in hand before the legal date when nothing else is set."""

VCSE_NOTICE = Period(3, "m")
"""The least notice guidance asks for when a voluntary or community provider’s contract is ended."""

VCSE_SOURCE = (
    "National Audit Office, decommissioning toolkit (notice under the Compact); Best Value statutory guidance"
)

NO_PERIOD = "No notice period is recorded."
_ONE = timedelta(days=1)

Side = Literal["commissioner", "provider", "either side"]


def by_whom(side: Side) -> str:
    """Who acts: by the commissioner, by either side."""
    return f"by {side}" if side == "either side" else f"by the {side}"


@dataclass(frozen=True, slots=True)
class NoticeTerms:
    """The notice one side has to give, as the contract states it; no period is ever assumed."""

    period: Period | None
    to_month_end: bool = False
    not_before: date | None = None  # notice cannot end the contract before this day
    clause: str = ""
    side: Side = "commissioner"

    def as_reason(self, *rests_on: Reason) -> Reason:
        """The notice agreed, with its clause, as one step of an explanation."""
        if self.period is None:
            return Reason(NO_PERIOD, clause_name(self.clause), rests_on)
        words = f"{notice_words(self.period)} {by_whom(self.side)}"
        if self.to_month_end:
            words += ", to the end of a month"
        if self.not_before:
            words += f", which cannot end the contract before {show_day(self.not_before)}"
        return Reason(f"{words}.", clause_name(self.clause), rests_on)


def end_given(day: date, period: Period, terms: NoticeTerms) -> date:
    """The day of `end_if_given` alone, without the words, for the period of the terms."""
    end = max(add_period(day, period), terms.not_before or date.min)
    return month_end(end) if terms.to_month_end else end


def end_if_given(day: date, terms: NoticeTerms) -> Explained[date | None]:
    """The day the contract ends, at the end of that day, if notice is given on `day`.

    The period is added by the calendar; the end is then put off to the earliest day agreed and, where notice
    runs to a month’s end, to the last day of that month.
    """
    if terms.period is None:
        return Explained(None, NO_PERIOD, (terms.as_reason(),))
    end = add_period(day, terms.period)
    steps = [f"given {show_day(day)} plus {notice_words(terms.period)}"]
    if terms.not_before and end < terms.not_before:
        steps[-1] += f", {show_day(end)}"
        end = terms.not_before
        steps.append(f"put off to {show_day(end)}, before which it cannot end")
    if terms.to_month_end and end != month_end(end):
        if len(steps) == 1:
            steps[-1] += f", {show_day(end)}"
        end = month_end(end)
        steps.append("on to the end of that month")
    why = f"{show_day(end)} = {', '.join(steps)}{in_brackets(terms.clause)}."
    return Explained(end, why, (terms.as_reason(Reason(f"Notice given on {weekday_day(day)}.")),))


def last_day(end: date | None, terms: NoticeTerms) -> date | None:
    """The day of `last_day_to_give_notice` alone, without the words: for a whole register at once."""
    if end is None or terms.period is None:
        return None
    if terms.not_before and _earliest(terms.not_before, terms) > end:
        return None
    if not terms.to_month_end:
        return subtract_period(end, terms.period)
    day = subtract_period(_month_end_within(end), terms.period)
    return (
        month_end(day) if terms.period.months else day
    )  # any day of that month leads into the month aimed at


def last_day_to_give_notice(
    end: date | None, terms: NoticeTerms, because: tuple[Reason, ...] = ()
) -> Explained[date | None]:
    """The legal date: the end less the notice period, clipped to the month’s end, on any day of the week.

    Months and years go back by the calendar, weeks and days are taken straight off. At the end of a short
    month the clipped day is kept even where a strict reading would allow a later one: earlier is safe. Notice
    that runs to a month’s end is strict instead: the latest day from which it still ends the contract in time.
    `because` are the steps the end itself rests on.
    """
    if end is None:
        return Explained(None, "There is no end date, so no day is the last to give notice for it.", because)
    rests_on = Reason(f"The end: {weekday_day(end)}.", rests_on=because)
    if terms.period is None:
        return Explained(None, NO_PERIOD, (terms.as_reason(), rests_on))
    day = last_day(end, terms)
    if day is None:
        earliest = show_day(_earliest(terms.not_before or end, terms))
        why = f"Notice cannot end the contract before {earliest}, so none can end it on {show_day(end)}."
        return Explained(None, why, (terms.as_reason(rests_on),))
    if terms.to_month_end:
        return _to_a_month_end(day, end, terms.period, terms, rests_on)
    why = _less(day, f"end {show_day(end)}", terms.period, terms)
    if terms.period.months and day.day != end.day:
        why += f" That month has no day {end.day}, so its last day is taken."
    return Explained(day, why, (_counted_back(day, terms.as_reason(), rests_on),))


def serve_day(last_day: date, holidays: frozenset[date], cushion_days: int = DEFAULT_CUSHION_DAYS) -> date:
    """The day of `serve_by` alone, without the words."""
    working = working_day_on_or_before(last_day, holidays)
    return working_day_on_or_before(working - timedelta(days=cushion_days), holidays)


def serve_by(
    last_day: date | None,
    holidays: frozenset[date],
    cushion_days: int = DEFAULT_CUSHION_DAYS,
    because: tuple[Reason, ...] = (),
) -> Explained[date | None]:
    """The working day by which to serve notice: the last one on or before the legal date, less the cushion.

    The cushion is in calendar days; where it lands on a day of rest, the working day before is taken.
    `because` are the steps the legal date rests on. Raises ValueError for a cushion below nought.
    """
    if cushion_days < 0:
        raise ValueError("The cushion cannot be less than 0 days.")
    if last_day is None:
        return Explained(None, "There is no last day to give notice to count back from.", because)
    working = working_day_on_or_before(last_day, holidays)
    day = serve_day(last_day, holidays, cushion_days)
    legal = Reason(f"The last day to give notice: {weekday_day(last_day)}.", rests_on=because)
    steps = [Reason(f"The last working day on or before it: {weekday_day(working)}.", rests_on=(legal,))]
    if working == last_day:
        anchor = "the last day to give notice"
    else:
        anchor = f"the last working day on or before {weekday_day(last_day)}, the last day to give notice"
    if cushion_days:
        anchor = f"{weekday_day(working)}, {anchor}, less {Period(cushion_days, 'd')} in hand"
        steps.append(Reason(f"Kept in hand: {Period(cushion_days, 'd')}.", "Settings of this register"))
    why = f"{weekday_day(day)} = {anchor}"
    if day != working - timedelta(days=cushion_days):
        why += ", moved back to a working day"
        steps.append(Reason(f"Moved back to a working day: {weekday_day(day)}."))
    return Explained(day, why + "." + unlisted([last_day], holidays), tuple(steps))


def vcse_notice(
    end: date | None, terms: NoticeTerms, because: tuple[Reason, ...] = ()
) -> Explained[date | None]:
    """The day by which guidance would have a voluntary or community provider told: three months before the end.

    Guidance, not the contract: it changes neither the last day to give notice nor the day to serve it by.
    Source: National Audit Office, decommissioning toolkit, which rests on the Compact; Best Value guidance.
    """
    if end is None:
        return Explained(None, "There is no end date to count three months back from.", because)
    day = subtract_period(end, VCSE_NOTICE)
    why = (
        f"{with_rest_day(day)} = end {show_day(end)} less 3 months. This is guidance for voluntary and community"
        " providers; the last day to give notice is what the contract says."
    )
    warning = vcse_warning(end, terms)
    reasons = (
        Reason("At least 3 months’ notice to a voluntary or community provider.", VCSE_SOURCE),
        Reason(f"The end: {weekday_day(end)}.", rests_on=because),
    )
    return Explained(day, f"{why} {warning}".rstrip(), reasons)


def vcse_warning(end: date, terms: NoticeTerms) -> str:
    """What to look out for where the contract’s own notice is shorter than guidance asks; empty when it is not."""
    if terms.period is None:
        return "The contract’s own notice period is not recorded, so the two cannot be compared."
    if subtract_period(end, terms.period) <= subtract_period(end, VCSE_NOTICE):
        return ""
    return (
        f"The contract asks for only {terms.period}: notice on its last day is less than guidance asks for."
    )


def warn_on(last_day: date | None, ahead: Period, because: tuple[Reason, ...] = ()) -> Explained[date | None]:
    """The day a reminder is due that comes so long before a last day; it may be any day of the week."""
    if last_day is None:
        return Explained(None, "There is no last day to be reminded of.", because)
    day = subtract_period(last_day, ahead)
    why = f"{with_rest_day(day)} = {ahead} before {show_day(last_day)}, the last day."
    return Explained(day, why, (Reason(f"The last day: {weekday_day(last_day)}.", rests_on=because),))


def _earliest(day: date, terms: NoticeTerms) -> date:
    """The first day on or after `day` on which notice can end the contract."""
    return month_end(day) if terms.to_month_end else day


def _month_end_within(end: date) -> date:
    """The last month’s end on or before a day."""
    return end if end == month_end(end) else end.replace(day=1) - _ONE


def _to_a_month_end(
    day: date, end: date, period: Period, terms: NoticeTerms, rests_on: Reason
) -> Explained[date | None]:
    """The latest day from which notice to a month’s end ends the contract on or before `end`, in words."""
    target = _month_end_within(end)
    why = _less(day, f"month’s end {show_day(target)}", period, terms)
    if target != end:
        why += f" The end, {show_day(end)}, is no month’s end, so the one before it is taken."
        rests_on = Reason(f"The last month’s end on or before the end: {show_day(target)}.", "", (rests_on,))
    return Explained(day, why, (_counted_back(day, terms.as_reason(), rests_on),))


def _less(day: date, target: str, period: Period, terms: NoticeTerms) -> str:
    return f"{with_rest_day(day)} = {target} less {notice_words(period)}{in_brackets(terms.clause)}."


def _counted_back(day: date, *rests_on: Reason) -> Reason:
    """The rule of the legal date as a step."""
    return Reason(f"Counted back by the calendar, any day of the week: {weekday_day(day)}.", "", rests_on)
