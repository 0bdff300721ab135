"""Options to extend a contract: the end as things stand, the latest it can reach, and when each is to be decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from storage.engine.values import Period, show_day
from storage.rules.anchor import Anchor
from storage.rules.explained import Explained, Reason
from storage.rules.months import subtract_period
from storage.rules.notice import NoticeTerms, last_day_to_give_notice
from storage.rules.value_split import OptionState
from storage.rules.wording import weekday_day, with_rest_day

_BEYOND = "This end lies outside the calendar."


@dataclass(frozen=True, slots=True)
class Option:
    """One option to extend, by how much, and the day to decide by where the contract names one."""

    length: Period
    status: str = OptionState.AVAILABLE
    decide_by: date | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Extendable:
    """A first term and its options, in the order in which they follow one another.

    The first term counts from the start; where its length is not recorded, its end is taken as it is.
    """

    start: date | None
    core: Period | None
    options: tuple[Option, ...] = ()
    first_end: date | None = None

    @property
    def anchor(self) -> Anchor | None:
        """What every end is counted from; None when neither a term with its start nor a first end is recorded."""
        if self.start is not None and self.core is not None:
            return Anchor.of_term(self.start, self.core)
        return None if self.first_end is None else Anchor.of_first_end(self.first_end, self.start)

    def with_status(self, status: str) -> tuple[Option, ...]:
        """The options that stand so, in order."""
        return tuple(option for option in self.options if option.status == status)


@dataclass(frozen=True, slots=True)
class OptionDates:
    """What one option comes to, as of a day."""

    standing: Explained[str]  # one of OptionState
    extends: Explained[date | None]  # the end it would extend, or extended
    end: Explained[date | None]  # the end it leads to; None where it adds nothing
    decide_by: Explained[date | None]  # on or before this day


def current_end(term: Extendable) -> Explained[date | None]:
    """The end as things stand: the first term and every option taken up, counted from the original start."""
    return _end(term, term.with_status(OptionState.TAKEN_UP))


def maximum_end(term: Extendable) -> Explained[date | None]:
    """The latest end there can be: the options taken up and those still available as recorded.

    For the latest end as of a day, options that have lapsed by then left out, hand in `as_at` that day.
    """
    return _end(term, (*term.with_status(OptionState.TAKEN_UP), *term.with_status(OptionState.AVAILABLE)))


def option_dates(
    term: Extendable, notice: NoticeTerms, lead: Period | None, today: date
) -> tuple[OptionDates, ...]:
    """Each option's standing, end and day to decide by, in order, as of `today`.

    An option still available would follow all taken up and the available ones before it. The day to decide by is
    the one recorded, or else the end it would extend less the notice period and `lead`, the time a decision takes
    in the house. An option nobody decided on counts as lapsed once the day recorded, or the last day to give
    notice, or without either the end itself has passed: the lead time is ours, and missing it is only late.
    """
    before: list[Option] = []  # available ones an option would follow
    found = []
    for at, option in enumerate(term.options):
        if option.status == OptionState.TAKEN_UP:
            follows = tuple(each for each in term.options[:at] if each.status == OptionState.TAKEN_UP)
        else:
            follows = (*term.with_status(OptionState.TAKEN_UP), *before)
        dates = _dates(term, option, follows, (notice, lead), today)
        if dates.standing.value == OptionState.AVAILABLE:
            before.append(option)
        found.append(dates)
    return tuple(found)


def as_at(term: Extendable, notice: NoticeTerms, lead: Period | None, today: date) -> Extendable:
    """The term with options marked as lapsed that nobody decided in time, as of `today`; a view, not a record."""
    standing = [dates.standing.value for dates in option_dates(term, notice, lead, today)]
    options = (replace(option, status=now) for option, now in zip(term.options, standing, strict=True))
    return replace(term, options=tuple(options))


def _dates(
    term: Extendable,
    option: Option,
    follows: tuple[Option, ...],
    in_hand: tuple[NoticeTerms, Period | None],
    today: date,
) -> OptionDates:
    """What one option comes to, where it follows on others."""
    extends = _end(term, follows)
    last = last_day_to_give_notice(extends.value, in_hand[0], extends.reasons)
    by = _decide_by(option, last, in_hand[1])
    standing = _standing(option, by.value, option.decide_by or last.value or extends.value, today)
    if standing.value in (OptionState.TAKEN_UP, OptionState.AVAILABLE):
        end = _end(term, (*follows, option))
    else:
        end = Explained(None, f"{standing.why} It adds nothing to the term.", standing.reasons)
    return OptionDates(standing, extends, end, by)


def _decide_by(option: Option, last: Explained[date | None], lead: Period | None) -> Explained[date | None]:
    """The day to decide by: as recorded, or the last day to give notice for the end it extends, less the lead time."""
    if option.decide_by is not None:
        words = f"{with_rest_day(option.decide_by)} is the day to decide by that is recorded for this option."
        return Explained(option.decide_by, words, (Reason(words),))
    if last.value is None:
        return Explained(None, f"No day to decide by: {last.why}", last.reasons)
    if lead is None or lead.count == 0:
        return Explained(last.value, f"{last.why} No lead time is set.", last.reasons)
    day = subtract_period(last.value, lead)
    why = (
        f"{with_rest_day(day)} = {show_day(last.value)}, the last day to give notice, less {lead} lead time."
    )
    return Explained(day, why, (Reason(f"Lead time: {lead}.", "Settings of this register"), *last.reasons))


def _standing(option: Option, decide_by: date | None, deadline: date | None, today: date) -> Explained[str]:
    """Where an option stands as of a day; missing our own lead time makes it late, only the deadline ends it."""
    status = Reason(f"Status: {option.status}.")
    if option.status == OptionState.AVAILABLE and deadline is not None and deadline < today:
        why = f"Lapsed: {show_day(deadline)}, the last day for it, has passed and no decision is recorded."
        return Explained(
            OptionState.LAPSED, why, (status, Reason(f"The last day for it: {weekday_day(deadline)}."))
        )
    if option.status == OptionState.AVAILABLE and deadline and decide_by and decide_by < today:
        why = f"Available, but late: {show_day(decide_by)}, the day to decide by, has passed;"
        why += f" {show_day(deadline)} is the last day for it."
        return Explained(OptionState.AVAILABLE, why, (status, Reason(f"Decide by {weekday_day(decide_by)}.")))
    return Explained(option.status, f"{option.status}: as recorded.", (status,))


def _end(term: Extendable, taken: Sequence[Option]) -> Explained[date | None]:
    """The end once these options follow the first term, with what it is added up from."""
    anchor = term.anchor
    if anchor is None:
        missing = "start date" if term.start is None else "term"
        return Explained(None, f"No {missing} is recorded.")
    lengths = [option.length for option in taken]
    months = sum(each.months for each in lengths)
    try:
        end = anchor.end(months, sum(each.days for each in lengths))
    except OverflowError:
        return Explained(None, _BEYOND)
    reasons = (anchor.as_reason(), *(_added(option) for option in taken))
    if term.start is not None and term.core is not None:
        parts = " + ".join(str(each) for each in (term.core, *lengths))
        last = "to the end of a month without that day" if anchor.is_clipped(months) else "less one day"
        return Explained(
            end, f"{show_day(end)} = start {show_day(term.start)} plus {parts}, {last}.", reasons
        )
    first = show_day(anchor.end())
    why = f"{show_day(end)} = first end {first} plus {' + '.join(map(str, lengths))}."
    return Explained(end, why if lengths else f"{first} is the first end as recorded.", reasons)


def _added(option: Option) -> Reason:
    """An option as a step of the end it is part of."""
    name = option.name or "Option"
    return Reason(f"{name}: {option.length} ({option.status.lower()}).")
