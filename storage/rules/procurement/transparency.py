"""Whether a council has to publish a contract under the Local Government Transparency Code."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from storage.engine.values import show_money
from storage.rules.explained import Explained, Reason
from storage.rules.procurement.thresholds import Threshold, pence_of, unknown_without_limits

_CODE = "Local Government Transparency Code 2015"


@unknown_without_limits
def transparency_due(
    value_pence: int | None, on: date | None, limits: Iterable[Threshold], *, council: bool | None = True
) -> Explained[bool | None]:
    """Whether a contract belongs into the published register: more than the amount; exactly it is not more.

    The value is the sum over the contract's life, net of VAT that can be recovered. Purchase orders, frameworks and
    other legally enforceable agreements count as contracts; bodies other than councils are not bound. A value that
    is not known counts as more, so that nothing stays unpublished for want of a figure.
    """
    if council is False:
        why = "The Code binds councils, not this organisation."
        return Explained(False, why, (Reason(why, _CODE),))
    amount, found = pence_of("transparency_value", on, limits)
    if value_pence is not None and value_pence <= amount:
        return Explained(
            False, f"{show_money(value_pence)} is not more than {found.shown}: not required.", (found.reason,)
        )
    if council is None:
        return Explained(None, "Say whether this organisation is a council.", (found.reason,))
    if value_pence is None:
        why = f"No value is recorded, which counts as more than {found.shown}: published each quarter."
        return Explained(True, why, (found.reason,))
    why = f"{show_money(value_pence)} is more than {found.shown}: published each quarter."
    return Explained(True, why, (found.reason,))
