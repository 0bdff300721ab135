"""Whether a health care contract may be changed without a new procurement, and whether that has to be published."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from storage.engine.values import show_day, show_money_short
from storage.rules.explained import Explained, Reason
from storage.rules.procurement.thresholds import (
    Threshold,
    count_of,
    number_of,
    pence_of,
    percent_shown,
    unknown_without_limits,
)

_REGULATION = "SI 2023/1348, regulation 13"


@dataclass(frozen=True, slots=True)
class Modification:
    """What the test needs to know of a change. Money in pence; None stands for what nobody has said yet.

    `cumulative_pence` is the change of the lifetime value since award, this one included; `change_pence` this one.
    """

    original_pence: int | None
    cumulative_pence: int | None
    change_pence: int | None
    awarded_by_a_or_b: bool | None = False
    provided_for: bool | None = False  # clearly, in the contract itself
    succession: bool | None = False  # only another identity of the provider, which meets the basic criteria
    external: bool | None = False  # volume or a price formula, beyond the control of both sides
    material: bool | None = False  # materially different in character


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result: permitted or not, and whether a notice is owed for it; None where something is not known."""

    permitted: bool | None
    notice: bool | None
    notice_by: date | None = None  # the last day of the notice, once the day of the change is known


@unknown_without_limits
def modification(
    change: Modification, on: date | None, limits: Iterable[Threshold], made_on: date | None = None
) -> Explained[Verdict | None]:
    """Whether a change is permitted, and its notice (SI 2023/1348, regulation 13; NHS England's flowchart).

    A contract awarded by direct award A or B: permitted unless the character changes. Otherwise permitted if the
    contract provides for it, if only the provider's identity changes, if external factors cause it, or if the change
    since award is below the amount or less than the percentage set; the last two only while the character stays.
    Exactly the amount is not below it and exactly the percentage not less; either alone is enough.
    """
    limits = tuple(limits)
    permitted, why, reasons = _permitted(change, on, limits)
    notice, notice_why, notice_reason = _notice(change, permitted, on, limits)
    due: date | None = None
    if notice and made_on is not None:
        days, found = count_of("psr_modification_notice_days", on, limits)
        due = made_on + timedelta(days=days)
        notice_why += f" It is due by {show_day(due)}."
        notice_reason += (found.reason,)
    sentence = f"{why} {notice_why}".strip()
    return Explained(Verdict(permitted, notice, due), sentence, (*reasons, *notice_reason))


def _permitted(
    change: Modification, on: date | None, limits: tuple[Threshold, ...]
) -> tuple[bool | None, str, tuple[Reason, ...]]:
    """The first ground that holds; not known while an unanswered question could still give one."""
    if change.awarded_by_a_or_b:
        return _while_character_stays(change.material)
    by_value, value_reasons = _below(change, on, limits)
    stays = None if change.material is None else not change.material
    grounds = (
        (change.provided_for, "the contract clearly provides for it", f"{_REGULATION}(1)(a)"),
        (change.succession, "only the identity of the provider changes", f"{_REGULATION}(1)(b)"),
        (_both(change.external, stays), "external factors cause it", f"{_REGULATION}(1)(c)"),
        (_both(by_value, stays), "the change since award is small enough", f"{_REGULATION}(1)(d)"),
    )
    for holds, words, source in grounds:
        # Not yet known to be awarded by A or B: certain only where the character stays, which is enough for both.
        if holds and (change.awarded_by_a_or_b is False or change.material is False):
            why = f"Permitted: {words}."
            return True, why, (Reason(why, source), *value_reasons)
    if change.awarded_by_a_or_b is None or any(holds is None for holds, _, _ in grounds):
        return None, "Not known yet: answer the open questions about the change.", value_reasons
    why = (
        "Not permitted: none of the grounds holds, so a new procurement is needed, unless the change is so urgent that"
        " regulation 14 applies."
    )
    return (
        False,
        why,
        (Reason("No ground for a change without a new procurement holds.", _REGULATION), *value_reasons),
    )


def _while_character_stays(material: bool | None) -> tuple[bool | None, str, tuple[Reason, ...]]:
    """A contract awarded by A or B: only the character counts."""
    source = f"{_REGULATION}(3); NHS England, Provider Selection Regime: contract modifications"
    awarded = "the contract was awarded by direct award process A or B"
    if material is None:
        return None, f"Not known yet: {awarded}, so say whether its character changes.", ()
    if material:
        why = f"Not permitted: {awarded} and its character changes, so a new procurement is needed."
    else:
        why = f"Permitted: {awarded} and its character stays the same."
    return not material, why, (Reason(why, source),)


def _below(
    change: Modification, on: date | None, limits: tuple[Threshold, ...]
) -> tuple[bool | None, tuple[Reason, ...]]:
    """Whether the change since award is below the amount or less than the percentage; None if not known."""
    if change.cumulative_pence is None:
        return None, (Reason("The change of the lifetime value since award is not recorded."),)
    amount, by_amount = pence_of("psr_modification_value", on, limits)
    percent, by_percent = number_of("psr_modification_percent", on, limits)
    size = abs(change.cumulative_pence)
    if change.original_pence is None:
        known = Reason(f"The change since award is {show_money_short(size)}.", by_amount.source)
        return (True if size < amount else None), (known, by_amount.reason)
    small = size < amount or size * 100 < percent * abs(change.original_pence)
    part = percent_shown(change.cumulative_pence, change.original_pence)
    words = f"The change since award is {show_money_short(size)}, {part} of {show_money_short(change.original_pence)}."
    return small, (Reason(words, f"{_REGULATION}(2)"), by_amount.reason, by_percent.reason)


def _notice(
    change: Modification, permitted: bool | None, on: date | None, limits: tuple[Threshold, ...]
) -> tuple[bool | None, str, tuple[Reason, ...]]:
    """Whether a permitted change has to be published, by its own value."""
    if permitted is False:
        return False, "", ()
    if change.change_pence is None:
        return None, "Enter the change in value to know whether a notice is owed.", ()
    amount, found = pence_of("psr_modification_notice_value", on, limits)
    size = show_money_short(abs(change.change_pence))
    if abs(change.change_pence) < amount:
        return False, f"No notice: this change is {size}, below {found.shown}.", (found.reason,)
    if permitted is None:
        return None, f"If it is permitted, a notice is owed: this change is {size}.", (found.reason,)
    return True, f"A notice is owed: this change is {size}, {found.shown} or more.", (found.reason,)


def _both(one: bool | None, other: bool | None) -> bool | None:
    """Whether both hold: no as soon as one does not, not known while one is open."""
    if one is False or other is False:
        return False
    return None if one is None or other is None else True
