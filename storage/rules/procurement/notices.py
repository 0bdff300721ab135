"""The notices a contract owes, each with its day or the date that is missing, and those an organisation owes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from storage.engine.values import show_day
from storage.rules.explained import Explained, Reason
from storage.rules.months import add_months
from storage.rules.procurement.notice_rules import CHECK, NoticeRule, notice_rules, yearly_rules
from storage.rules.procurement.thresholds import NotInForce, Threshold, pence_of, threshold


@dataclass(frozen=True, slots=True)
class ContractFacts:
    """What decides which notices a contract owes. Codes of regime and process; None is not known or not yet.

    `published` holds the days on which notices were published, by the notice's code. `modification_noticed` is the
    answer of the change or modification test for the change of `modified_on`.
    """

    regime: str
    process: str = ""
    value_pence: int | None = None
    market_engaged: bool | None = None
    awarded_on: date | None = None
    signed_on: date | None = None
    start_on: date | None = None
    expected_end: date | None = None
    ended_on: date | None = None
    abandoned_on: date | None = None
    modified_on: date | None = None
    modification_noticed: bool | None = None
    kpis_owed: bool | None = None
    large_payment_on: date | None = None
    published: Mapping[str, Sequence[date]] = field(default_factory=dict)

    @property
    def ends_on(self) -> date | None:
        """The day it ended, or is expected to."""
        return self.ended_on or self.expected_end

    @property
    def last_performance_on(self) -> date | None:
        """The last published performance notice, or the day the contract began."""
        return max(self.published.get("UK9", ()), default=self.start_on or self.signed_on)

    @property
    def payment_quarter_end(self) -> date | None:
        """The last day of the quarter of the last large payment."""
        if self.large_payment_on is None:
            return None
        first = self.large_payment_on.replace(day=1, month=(self.large_payment_on.month - 1) // 3 * 3 + 1)
        return add_months(first, 3) - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class OwedNotice:
    """One notice: how binding it is, when it is due and why; `missing` names the date or fact that is not known."""

    code: str
    title: str
    duty: str  # must, may or check
    timing: str
    due: Explained[date | None]
    missing: str
    published_on: date | None
    source: str

    @property
    def late(self) -> bool:
        """Whether it was published after its day."""
        return (
            self.published_on is not None
            and self.due.value is not None
            and self.published_on > self.due.value
        )

    def overdue(self, on: date) -> bool:
        """Whether its day is past and it is not published."""
        return self.published_on is None and self.due.value is not None and self.due.value < on


_DATES = {
    "awarded_on": "the day of the award",
    "signed_on": "the day of signing",
    "modified_on": "the day of the change",
    "abandoned_on": "the day the procurement was abandoned",
    "ends_on": "the end of the contract",
    "last_performance_on": "the day the contract starts",
    "payment_quarter_end": "the day of a payment large enough",
}
_OPEN = {
    "market_engaged": "whether suppliers were asked beforehand",
    "modification_noticed": "whether the change is large enough to be published",
    "kpis_owed": "whether key performance indicators are owed",
    "copy_owed": "the value of the contract, or the limit it is compared with",
    "large_payment": "whether a large payment was made",
}


def notices_owed(
    facts: ContractFacts,
    on: date,
    limits: Iterable[Threshold],
    rules: Iterable[NoticeRule] | None = None,
) -> tuple[OwedNotice, ...]:
    """The notices a contract owes or will owe, in the order of the procurement, published ones included.

    `on` is the day whose law counts where the date a notice is counted from is not known. A notice that depends on
    something not known is in the list as one to check, with what is missing.
    """
    limits = tuple(limits)
    found = (
        _owed(rule, facts, on, limits)
        for rule in (notice_rules() if rules is None else rules)
        if rule.concerns(facts.regime, facts.process)
    )
    return tuple(each for each in found if each is not None)


def organisation_notices(
    year: int, limits: Iterable[Threshold], rules: Iterable[NoticeRule] | None = None
) -> tuple[OwedNotice, ...]:
    """What an organisation owes for the financial year that begins in April of `year`, by date."""
    limits = tuple(limits)
    found: list[OwedNotice] = []
    for rule in yearly_rules() if rules is None else rules:
        for start in rule.starts_from:
            month, day = (int(part) for part in start.split("-"))
            base = date(year if month >= 4 else year + 1, month, day)
            if rule.in_force(base):
                found.append(_notice(rule, rule.duty, _due(rule, base, limits), "", None))
    return tuple(sorted(found, key=lambda each: each.due.value or date.max))


def _owed(
    rule: NoticeRule, facts: ContractFacts, on: date, limits: tuple[Threshold, ...]
) -> OwedNotice | None:
    """One notice of a contract; None where it is not owed."""
    start = rule.starts_from[0] if rule.starts_from else ""
    base: date | None = getattr(facts, start) if start else None
    if not rule.in_force(base or on):
        return None
    holds = _holds(rule, facts, base or on, limits)
    if holds is False:
        return None
    due = _due(rule, base, limits)
    if rule.months and due.value is not None and facts.ends_on is not None and due.value > facts.ends_on:
        return None  # the last one, on termination, comes first
    missing = _OPEN[rule.when] if holds is None else _DATES[start] if start and base is None else ""
    duty = CHECK if holds is None else rule.duty
    return _notice(rule, duty, due, missing, _published(rule, facts, base))


def _holds(rule: NoticeRule, facts: ContractFacts, on: date, limits: tuple[Threshold, ...]) -> bool | None:
    """Whether the condition of a notice holds; None while it is not known. Raises KeyError for an unheard-of one."""
    return _CONDITIONS[rule.when](facts, on, limits)


def _always(facts: ContractFacts, on: date, limits: tuple[Threshold, ...]) -> bool | None:
    """Owed by whoever procures."""
    return True


def _awarded(facts: ContractFacts, on: date, limits: tuple[Threshold, ...]) -> bool | None:
    """Owed unless the procurement was abandoned."""
    return facts.abandoned_on is None


def _abandoned(facts: ContractFacts, on: date, limits: tuple[Threshold, ...]) -> bool | None:
    """Owed because the procurement was abandoned."""
    return facts.abandoned_on is not None


def _modified(facts: ContractFacts, on: date, limits: tuple[Threshold, ...]) -> bool | None:
    """Owed for a change that its test says is published; open while a change is recorded without its test."""
    return (
        False
        if facts.modified_on is None and facts.modification_noticed is None
        else facts.modification_noticed
    )


def _engaged(facts: ContractFacts, on: date, limits: tuple[Threshold, ...]) -> bool | None:
    """Owed where suppliers were asked beforehand."""
    return facts.market_engaged


def _kpis(facts: ContractFacts, on: date, limits: tuple[Threshold, ...]) -> bool | None:
    """Owed where key performance indicators are."""
    return False if facts.abandoned_on is not None else facts.kpis_owed


def _copied(facts: ContractFacts, on: date, limits: tuple[Threshold, ...]) -> bool | None:
    """Owed for a contract of more than the amount."""
    return False if facts.abandoned_on is not None else _more(facts, "pa23_copy_value", on, limits)


def _paid(facts: ContractFacts, on: date, limits: tuple[Threshold, ...]) -> bool | None:
    """Owed for a large payment; to be looked out for while the contract is large enough for one."""
    if facts.large_payment_on is not None:
        return True
    possible = _more(facts, "pa23_payment_value", on, limits)
    return False if possible is False or facts.abandoned_on is not None else None


_CONDITIONS: Mapping[str, Callable[[ContractFacts, date, tuple[Threshold, ...]], bool | None]] = {
    "always": _always,
    "awarded": _awarded,
    "abandoned": _abandoned,
    "modification_noticed": _modified,
    "market_engaged": _engaged,
    "kpis_owed": _kpis,
    "copy_owed": _copied,
    "large_payment": _paid,
}


def _more(facts: ContractFacts, key: str, on: date, limits: tuple[Threshold, ...]) -> bool | None:
    """Whether the value of the contract is more than an amount; None where value or amount are not known."""
    if facts.value_pence is None:
        return None
    try:
        return facts.value_pence > pence_of(key, on, limits)[0]
    except NotInForce:
        return None


def _due(rule: NoticeRule, base: date | None, limits: tuple[Threshold, ...]) -> Explained[date | None]:
    """The last day of a notice with the count behind it; None where no date is set or its base is not known."""
    step = Reason(f"{rule.title}: {rule.timing}.", rule.source)
    if not rule.starts_from:
        return Explained(None, f"{rule.title}: {rule.timing}. The law sets no day.", (step,))
    if base is None:
        missing = _DATES.get(rule.starts_from[0], "its date")
        return Explained(None, f"{rule.title}: {rule.timing}. Not known yet: {missing}.", (step,))
    try:
        day, used = rule.due(base, limits)
        named = tuple(threshold(key, base, limits) for key in rule.limits)
    except NotInForce as gap:
        return Explained(None, f"{rule.title}: {rule.timing}. {gap}", (step,))
    counted = {
        "with": f"counted with {show_day(base)} as the first day",
        "after": f"counted from {show_day(base)}",
        "on": f"on {show_day(base)} itself",
        "before": "before what it announces is done that day",
    }[rule.counting]
    why = f"{rule.title} by {show_day(day)}, {counted}."
    return Explained(day, why, (step, *(each.reason for each in (*used, *named))))


def _notice(
    rule: NoticeRule, duty: str, due: Explained[date | None], missing: str, published_on: date | None
) -> OwedNotice:
    """The answer for one rule."""
    return OwedNotice(rule.code, rule.title, duty, rule.timing, due, missing, published_on, rule.source)


def _published(rule: NoticeRule, facts: ContractFacts, base: date | None) -> date | None:
    """The day on which the notice for this date was published: one from before it belongs to an earlier event."""
    days = sorted(facts.published.get(rule.code, ()))
    if base is None or not rule.counting:
        return days[-1] if days else None
    if rule.counting == "before":
        return next((day for day in reversed(days) if day <= base), None)
    return next((day for day in days if day > base or (day == base and not rule.months)), None)
