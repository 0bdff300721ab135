"""How a result stands against its target, in colours and in words, and where several results lead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal

from storage.engine.values import show_day
from storage.engine.values_money import MINUS
from storage.rules.explained import Explained, Reason

HIGHER = "Higher is better"
LOWER = "Lower is better"
RANGE = "Within a range"
MILESTONE = "Milestone"
DIRECTIONS = (HIGHER, LOWER, RANGE, MILESTONE)

GREEN, AMBER, RED, UNRATED = "Green", "Amber", "Red", "Unrated"
RATINGS = (GREEN, AMBER, RED, UNRATED)

IMPROVING, STEADY, WORSENING, NOT_ENOUGH = "Improving", "Steady", "Worsening", "Not enough data"
TRENDS = (IMPROVING, STEADY, WORSENING, NOT_ENOUGH)

TREND_PERIODS = 4
"""How many of the last results a trend looks at when nothing else is asked."""
OVER_BY_PERCENT = Decimal(10)
"""How far past its target, in per cent of it, a result must be before it is flagged."""
STEADY_PERCENT = Decimal(1)
"""A difference up to this much, in per cent of the earlier results, counts as steady."""

_LEAST_FOR_TREND = 3
_OVER_SOURCE = "Children’s commissioning framework (Nottinghamshire), section 8, footnote 17"
_HUNDRED = Decimal(100)
_ODD_TOLERANCE = "the tolerance is not a number from nought up."


@dataclass(frozen=True, slots=True)
class Kpi:
    """What a result is measured against.

    `target` is the least, the most or, for a range, its lower end; `upper` is the upper end of a range. The
    tolerance is how far a result may miss and still be amber: in the unit, or in per cent of the target;
    for a milestone in days after `by`.
    """

    direction: str
    target: Decimal | None = None
    upper: Decimal | None = None
    tolerance: Decimal | None = None
    in_percent: bool = False
    unit: str = ""
    by: date | None = None


def show_number(number: Decimal, unit: str = "") -> str:
    """A number with its unit, without empty decimals: 95%, £1,250, 12.5 days, −3."""
    size = f"{abs(number):,f}"
    if "." in size:
        size = size.rstrip("0").rstrip(".")
    sign = MINUS if number < 0 and size.strip("0") else ""
    if unit == "£":
        return f"{sign}£{size}"
    return f"{sign}{size}{unit if unit in ('', '%') else ' ' + unit}"


def show_mean(mean: Decimal) -> str:
    """A mean to three decimals, cut and never rounded up: what lies below a limit is not shown as if it reached it."""
    return show_number(mean.quantize(Decimal("0.001"), ROUND_FLOOR))


def rating(result: Decimal | None, kpi: Kpi) -> Explained[str]:
    """Green when the target is met, amber within the tolerance, otherwise red; unrated when it cannot be told.

    Meeting the target or the edge of the tolerance exactly is enough. A milestone goes through
    `milestone_rating`.
    """
    if result is None:
        return Explained(UNRATED, "Unrated: no result is recorded.")
    problem = _unusable(kpi)
    if problem:
        return Explained(UNRATED, f"Unrated: {problem}")
    if not result.is_finite():
        return Explained(UNRATED, "Unrated: the result is not a number.")
    missed, nearest = _missed(result, kpi)
    allowed = _allowed(kpi, nearest)
    result_step = Reason(f"Result: {show_number(result, kpi.unit)}")
    target_step = Reason(f"Target: {target_words(kpi)}")
    if not missed:
        why = f"Green: {show_number(result, kpi.unit)} meets the target of {target_words(kpi)}."
        return Explained(GREEN, why, (result_step, target_step))
    reasons = (result_step, target_step, _tolerance_step(kpi, allowed))
    colour = AMBER if missed <= allowed else RED
    why = (
        f"{colour}: {show_number(result, kpi.unit)} misses the target of {target_words(kpi)} by "
        f"{_gap(missed, kpi.unit)}, {_against_tolerance(colour, allowed, kpi)}."
    )
    return Explained(colour, why, reasons)


def milestone_rating(reached: date | None, kpi: Kpi, today: date) -> Explained[str]:
    """Green when a milestone was reached by its day, amber within the tolerance in days, otherwise red.

    One that is neither reached nor due yet is unrated; the day itself still counts as in time.
    """
    if kpi.by is None:
        return Explained(UNRATED, "Unrated: no day is set for the milestone.")
    if not _sound(kpi.tolerance):
        return Explained(UNRATED, f"Unrated: {_ODD_TOLERANCE}")
    due = show_day(kpi.by)
    reasons = (Reason(f"Milestone: by {due}"), _reached_step(reached))
    if reached is None and today <= kpi.by:
        return Explained(UNRATED, f"Unrated: the milestone is not due until {due}.", reasons)
    late = ((reached or today) - kpi.by).days
    if late <= 0:
        return Explained(GREEN, f"Green: reached by {due}, the day set for it.", reasons)
    allowed = kpi.tolerance or Decimal(0)
    colour = AMBER if late <= allowed else RED
    how = "was reached" if reached is not None else "is not reached and is"
    why = (
        f"{colour}: the milestone of {due} {how} {late:,} {'day' if late == 1 else 'days'} late, "
        f"{_against_tolerance(colour, allowed, Kpi(MILESTONE, unit='days'))}."
    )
    step = Reason(f"Tolerance: {show_number(allowed, 'days')} after it")
    return Explained(colour, why, (*reasons, step))


def over_performance(
    result: Decimal | None, kpi: Kpi, over_by_percent: Decimal = OVER_BY_PERCENT
) -> Explained[bool]:
    """Whether a result is so far past its target that it should be asked about, and why.

    Only where higher or lower is better: outside a range is a miss, and a milestone cannot be overdone.
    Raises ValueError for a margin below nought.
    """
    if over_by_percent < 0:
        raise ValueError("The margin cannot be below nought.")
    if result is None or not result.is_finite() or _unusable(kpi) or kpi.target is None:
        return Explained(False, "There is no result with a target to hold against it.")
    if kpi.direction == RANGE:
        return Explained(False, "A result outside a range misses it; it is not over-performance.")
    if kpi.target == 0:
        return Explained(False, "The target is nought, so nothing can be a share of it.")
    ahead = result - kpi.target if kpi.direction == HIGHER else kpi.target - result
    percent = ahead * _HUNDRED / abs(kpi.target)
    steps = (
        Reason(f"Result: {show_number(result, kpi.unit)}"),
        Reason(f"Target: {target_words(kpi)}"),
        Reason(f"Flagged when past the target by more than {show_number(over_by_percent)}%", _OVER_SOURCE),
    )
    if percent <= over_by_percent:
        return Explained(False, "The result is not far past its target.", steps)
    why = (
        f"{show_number(result, kpi.unit)} is past the target of {target_words(kpi)} by "
        f"{show_number(round(percent, 1))}% of it: the target may be wrong, more may be put in than was agreed, "
        "or demand may have changed."
    )
    return Explained(True, why, steps)


def so_far(results: Sequence[Decimal | None]) -> list[Decimal | None]:
    """The results up to the last one there is: periods opened ahead, which wait for theirs, are no results yet."""
    filled = [place for place, result in enumerate(results, 1) if result is not None]
    return list(results[: filled[-1]]) if filled else []


def trend(
    results: Sequence[Decimal | None],
    kpi: Kpi,
    periods: int = TREND_PERIODS,
    steady_percent: Decimal = STEADY_PERCENT,
) -> Explained[str]:
    """Where the last results lead, the oldest given first; blanks are passed over, three are the least.

    The later half is held against the earlier half by their averages, with the middle one of an odd number
    left out; for a range it is the distance from the range that counts.
    Raises ValueError for fewer than three periods.
    """
    if periods < _LEAST_FOR_TREND:
        raise ValueError("A trend looks at three periods at least.")
    if kpi.direction == MILESTONE:
        return Explained(NOT_ENOUGH, "Not enough data: a milestone is reached once and has no trend.")
    if kpi.direction not in DIRECTIONS or (kpi.direction == RANGE and _unusable(kpi)):
        return Explained(NOT_ENOUGH, "Not enough data: it is not recorded which way is better.")
    known = [result for result in results[-periods:] if result is not None and result.is_finite()]
    if len(known) < _LEAST_FOR_TREND:
        why = f"Not enough data: {len(known)} of the last {periods} periods have a result; 3 are needed."
        return Explained(NOT_ENOUGH, why)
    half = len(known) // 2
    earlier, later = _mean(known[:half]), _mean(known[-half:])
    found = _trend_of(known, half, kpi, abs(earlier) * steady_percent / _HUNDRED)
    shown = [show_number(round(mean, 2), kpi.unit) for mean in (earlier, later)]
    if half == 1:
        why = f"{found}: the latest result is {shown[1]}, {len(known) - 1} results earlier it was {shown[0]}"
    else:
        why = f"{found}: the last {half} results average {shown[1]}, the {half} first {shown[0]}"
    aim = f"the aim is {target_words(kpi)}" if kpi.direction == RANGE else kpi.direction.lower()
    steps = tuple(Reason(f"Result: {show_number(result, kpi.unit)}") for result in known)
    limit = Reason(f"A difference up to {show_number(steady_percent)}% of the earlier results is steady")
    return Explained(found, f"{why}; {aim}.", (*steps, limit))


def target_words(kpi: Kpi) -> str:
    """The target as it is said in a sentence: at least 95%, at most 5 days, 10 to 20, by 1 Apr 2027."""
    if kpi.direction == MILESTONE:
        return f"by {show_day(kpi.by)}" if kpi.by is not None else "no day set"
    if kpi.target is None:
        return "no target set"
    shown = show_number(kpi.target, kpi.unit)
    if kpi.direction == RANGE:
        upper = "any" if kpi.upper is None else show_number(kpi.upper, kpi.unit)
        return f"{show_number(kpi.target, '£' if kpi.unit == '£' else '')} to {upper}"
    return f"{'at most' if kpi.direction == LOWER else 'at least'} {shown}"


def _unusable(kpi: Kpi) -> str:
    """Why nothing can be rated against this, or nothing."""
    if kpi.direction == MILESTONE:
        return "a milestone is rated by the day it is reached."
    if kpi.direction not in DIRECTIONS:
        return "it is not recorded which way is better."
    if kpi.target is None or not kpi.target.is_finite():
        return "no target is recorded."
    if kpi.direction == RANGE and (kpi.upper is None or not kpi.upper.is_finite()):
        return "the range has no upper end."
    if kpi.direction == RANGE and kpi.upper is not None and kpi.upper < kpi.target:
        return "the upper end of the range lies below its lower end."
    return "" if _sound(kpi.tolerance) else _ODD_TOLERANCE


def _sound(tolerance: Decimal | None) -> bool:
    """Whether a tolerance is not set or can be one."""
    return tolerance is None or (tolerance.is_finite() and tolerance >= 0)


def _missed(result: Decimal, kpi: Kpi) -> tuple[Decimal, Decimal]:
    """By how much a result misses its target, nought when it meets it, and the figure it is held against."""
    target = kpi.target or Decimal(0)
    upper = target if kpi.direction == LOWER else kpi.upper
    if kpi.direction != HIGHER and upper is not None and result > upper:
        return result - upper, upper
    if kpi.direction != LOWER and result < target:
        return target - result, target
    return Decimal(0), target


def _allowed(kpi: Kpi, nearest: Decimal) -> Decimal:
    """The tolerance in the unit of the result."""
    tolerance = kpi.tolerance or Decimal(0)
    return abs(nearest) * tolerance / _HUNDRED if kpi.in_percent else tolerance


def _gap(size: Decimal, unit: str) -> str:
    """A difference in the unit; between percentages it is counted in points."""
    if unit != "%":
        return show_number(size, unit)
    return show_number(size, "percentage point" if size == 1 else "percentage points")


def _against_tolerance(colour: str, allowed: Decimal, kpi: Kpi) -> str:
    """How a miss compares with the tolerance."""
    if not allowed:
        return "and no tolerance is set"
    within = "within" if colour == AMBER else "more than"
    return f"{within} the tolerance of {_gap(allowed, kpi.unit)}"


def _tolerance_step(kpi: Kpi, allowed: Decimal) -> Reason:
    """The step that says how far a result may miss."""
    if kpi.tolerance is None:
        return Reason("Tolerance: none set")
    if not kpi.in_percent:
        return Reason(f"Tolerance: {_gap(allowed, kpi.unit)}")
    return Reason(
        f"Tolerance: {show_number(kpi.tolerance)}% of the target, which is {_gap(allowed, kpi.unit)}"
    )


def _reached_step(reached: date | None) -> Reason:
    """The step that says when a milestone was reached."""
    return Reason(f"Reached: {show_day(reached)}" if reached is not None else "Reached: not yet")


def _mean(numbers: Sequence[Decimal]) -> Decimal:
    """The average of at least one number."""
    return sum(numbers, Decimal(0)) / len(numbers)


def _trend_of(known: Sequence[Decimal], half: int, kpi: Kpi, steady: Decimal) -> str:
    """Whether the later half of results is better than the earlier half."""
    if kpi.direction == RANGE:
        known = [_missed(result, kpi)[0] for result in known]
    gain = _mean(known[-half:]) - _mean(known[:half])
    if kpi.direction != HIGHER:
        gain = -gain
    if abs(gain) <= steady:
        return STEADY
    return IMPROVING if gain > 0 else WORSENING
