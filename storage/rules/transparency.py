"""Whether a contract is large enough that it has to be published."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from storage.engine.values import show_money
from storage.rules.explained import Explained
from storage.rules.procurement.thresholds import Threshold, pence_of, unknown_without_limits

LIMIT = "transparency_value"
"""The key of the limit under the Local Government Transparency Code 2015."""


@unknown_without_limits
def must_be_published(pence: int | None, on: date, limits: Iterable[Threshold]) -> Explained[bool | None]:
    """Whether a contract of this value is to be published: only *over* the limit of that day, exactly on it not.

    A value that is not known counts as over it, so that nothing stays unpublished for want of a figure. None where
    no limit is on record for the day.
    """
    limit, found = pence_of(LIMIT, on, limits)
    reasons = (found.reason,)
    if pence is None:
        why = f"To be published: no value is recorded, which counts as over {show_money(limit)}."
        return Explained(True, why, reasons)
    if pence > limit:
        return Explained(True, f"To be published: {show_money(pence)} is over {show_money(limit)}.", reasons)
    return Explained(False, f"Not required: {show_money(pence)} is not over {show_money(limit)}.", reasons)
